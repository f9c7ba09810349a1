//! [`Document`] → [`Record`].

use super::{
    Captured, Count, Counted, Entity, Event, Mention, Participant, Place, Published, Range, Record, Relation, Run,
    SCHEMA, Source, Stated, Statement, Telling, Time,
};
use crate::document::Document;
use crate::language;
use crate::meaning::{self, Party};
use crate::span::{Span, StatementId};

/// Bytes of the source → code points of the title or of the body.
struct Offsets {
    /// Code points before each byte of the source.
    before: Vec<u32>,
    body: u32,
}

impl Offsets {
    fn of(document: &Document) -> Offsets {
        let source = &document.text.source;
        let mut before = vec![0; source.len() + 1];
        let mut n = 0;
        for (at, c) in source.char_indices() {
            before[at..at + c.len_utf8()].fill(n);
            n += 1;
        }
        before[source.len()] = n;
        Offsets { before, body: document.text.body }
    }

    fn range(&self, span: Span) -> Range {
        let base = if span.start < self.body { 0 } else { self.before[self.body as usize] };
        [(self.before[span.start as usize] - base) as usize, (self.before[span.end as usize] - base) as usize]
    }

    fn within(&self, span: Span) -> Option<String> {
        (span.start < self.body).then(|| "title".to_owned())
    }
}

fn ids(prefix: char, rows: &[StatementId]) -> Vec<String> {
    rows.iter().map(|s| id(prefix, s.at())).collect()
}

fn id(prefix: char, row: usize) -> String {
    format!("{prefix}{}", row + 1)
}

/// Scores are written to three places: more would be noise.
fn score(x: f32) -> f32 {
    (x * 1000.0).round() / 1000.0
}

impl Record {
    /// What is written out for a document. `model` and `data` name the weights and the carried data.
    pub fn of(document: &Document, model: &str, data: &str) -> Record {
        let at = Offsets::of(document);
        let Document { article, text, language, meaning } = document;
        let words = |span: Span| text.words(span).to_owned();
        // Dates are found in the article's own text, before the title stands above it.
        let stated_span = |span: Span| at.range(Span { start: span.start + text.body, end: span.end + text.body });
        let participants = |rows: &[meaning::Participant]| -> Vec<Participant> {
            rows.iter()
                .map(|p| Participant { entity: p.entity.map(|e| id('e', e.at())), span: at.range(p.span) })
                .collect()
        };
        let party = |p: Party| match p {
            Party::Entity(e) => id('e', e.at()),
            Party::Place(p) => id('p', p.at()),
        };
        Record {
            schema: SCHEMA.to_owned(),
            id: article.id.clone(),
            uri: article.uri.clone(),
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            credit: article.credit.clone(),
            language: article.language.clone(),
            text: article.text.clone(),
            published: Published {
                best: article.published.best.map(|d| d.to_string()),
                stated: article
                    .published
                    .stated
                    .iter()
                    .map(|s| Stated {
                        value: s.value.map(|d| d.to_string()),
                        span: s.span.map(stated_span),
                        from: s.from.to_owned(),
                        words: s.words.clone(),
                        modified: s.modified,
                    })
                    .collect(),
            },
            entities: language
                .entities
                .iter()
                .enumerate()
                .map(|(i, e)| Entity {
                    id: id('e', i),
                    kind: e.kind.name().to_owned(),
                    name: e.name.clone(),
                    country: e.country.clone(),
                    sector: e.sector.map(str::to_owned),
                    role: e.role.map(words),
                    private: e.private,
                    mentions: e
                        .mentions
                        .iter()
                        .map(|m| &language.mentions[m.at()])
                        .map(|m| mention(&at, m.span, m.form, false))
                        .collect(),
                    score: score(e.because.score),
                })
                .collect(),
            statements: meaning
                .statements
                .iter()
                .enumerate()
                .map(|(i, s)| Statement {
                    id: id('s', i),
                    form: s.form.name().to_owned(),
                    source: s.source.map(|x| Source {
                        entity: x.entity.map(|e| id('e', e.at())),
                        class: x.class.name().to_owned(),
                        span: x.span.map(|s| at.range(s)),
                    }),
                    cue: s.cue.map(|c| at.range(c)),
                    content: s.content.iter().map(|c| at.range(*c)).collect(),
                    act: s.act.name().to_owned(),
                    channel: s.channel.map(words),
                    addressee: s.addressee.map(|a| at.range(a)),
                    time: s.time.map(|t| id('t', t.at())),
                    within: s.within.map(|w| id('s', w.at())),
                    score: score(s.because.score),
                    within_title: s.content.first().and_then(|c| at.within(*c)),
                })
                .collect(),
            events: meaning
                .events
                .iter()
                .enumerate()
                .filter_map(|(i, v)| {
                    let first = v.mentions.first()?;
                    Some(Event {
                        id: id('v', i),
                        class: v.class.name().to_owned(),
                        mode: v.mode.map(str::to_owned),
                        acled: v.acled.map(str::to_owned),
                        trigger: at.range(first.trigger),
                        status: first.status.name().to_owned(),
                        actors: participants(&v.actors),
                        targets: participants(&v.targets),
                        instruments: participants(&v.instruments),
                        place: v.place.map(|p| id('p', p.at())),
                        time: v.time.map(|t| id('t', t.at())),
                        said_by: ids('s', &first.said_by),
                        historical: v.historical,
                        mentions: v
                            .mentions
                            .iter()
                            .map(|m| Telling {
                                trigger: at.range(m.trigger),
                                status: m.status.name().to_owned(),
                                said_by: ids('s', &m.said_by),
                                within_title: at.within(m.trigger),
                            })
                            .collect(),
                        score: score(v.because.score),
                        within_title: at.within(first.trigger),
                    })
                })
                .collect(),
            counts: meaning
                .counts
                .iter()
                .enumerate()
                .map(|(i, c)| Count {
                    id: id('c', i),
                    kind: c.kind.name().to_owned(),
                    low: c.low,
                    best: c.best,
                    high: c.high,
                    span: at.range(c.span),
                    of: c.of.map(|s| Counted { span: at.range(s) }),
                    event: c.event.map(|v| id('v', v.at())),
                    said_by: ids('s', &c.said_by),
                    score: score(c.because.score),
                    within_title: at.within(c.span),
                })
                .collect(),
            relations: meaning
                .relations
                .iter()
                .enumerate()
                .map(|(i, r)| Relation {
                    id: id('r', i),
                    subject: party(r.subject),
                    kind: r.kind.name().to_owned(),
                    detail: r.detail.map(words),
                    object: party(r.object),
                    span: at.range(r.span),
                    said_by: ids('s', &r.said_by),
                    score: score(r.because.score),
                    within_title: at.within(r.span),
                })
                .collect(),
            places: meaning
                .places
                .iter()
                .enumerate()
                .map(|(i, p)| Place {
                    id: id('p', i),
                    name: p.name.clone(),
                    geonameid: p.geonameid,
                    lat: p.lat,
                    lon: p.lon,
                    country: p.country.clone(),
                    admin1: p.admin1.clone(),
                    precision: p.precision,
                    mentions: p.mentions.iter().map(|m| mention(&at, m.span, m.form, m.metonym)).collect(),
                    score: score(p.because.score),
                })
                .collect(),
            times: meaning
                .times
                .iter()
                .enumerate()
                .map(|(i, t)| Time {
                    id: id('t', i),
                    span: at.range(t.span),
                    class: t.class.name().to_owned(),
                    timex: t.timex.clone(),
                    start: t.start.map(|d| d.to_string()),
                    end: t.end.map(|d| d.to_string()),
                    precision: t.precision,
                    score: score(t.because.score),
                    within_title: at.within(t.span),
                })
                .collect(),
            notes: article.notes.clone(),
            captured: article.captured.as_ref().map(|c| Captured {
                date: c.date.clone(),
                digest: c.digest.clone(),
                kind: c.kind.clone(),
            }),
            run: Run::with(model, data),
        }
    }
}

fn mention(at: &Offsets, span: Span, form: language::Form, metonym: bool) -> Mention {
    Mention { span: at.range(span), form: form.name().to_owned(), metonym, within_title: at.within(span) }
}
