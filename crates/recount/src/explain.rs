//! Why a value is there: a row of a record with its words and its evidence.

use crate::document::Document;
use crate::evidence::Evidence;
use crate::meaning::Party;
use crate::span::{Span, StatementId};

/// One row, told with its reasons.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    /// The row in words: `event v3: ASSAULT firearms`.
    pub row: String,
    /// What each of its values was read from; `None` for a value without words of its own.
    pub values: Vec<(String, Option<Span>)>,
    pub evidence: &'a Evidence,
}

/// Explains a row by its id in the record (`s2`, `v3`, `c1`, `e4`, `p1`, `t2`, `r5`); `None` where there is no such row.
pub fn explain<'a>(document: &'a Document, id: &str) -> Option<Explanation<'a>> {
    let (kind, number) = id.split_at_checked(1)?;
    let row = number.parse::<usize>().ok()?.checked_sub(1)?;
    match kind {
        "s" => statement(document, row),
        "v" => event(document, row),
        "c" => count(document, row),
        "e" => entity(document, row),
        "p" => place(document, row),
        "t" => time(document, row),
        "r" => relation(document, row),
        _ => None,
    }
    .map(|(row, values, evidence)| Explanation { row: format!("{id}: {row}"), values, evidence })
}

type Told<'a> = (String, Vec<(String, Option<Span>)>, &'a Evidence);

fn value(label: &str, span: Span) -> (String, Option<Span>) {
    (label.to_owned(), Some(span))
}

fn chain(document: &Document, said_by: &[StatementId]) -> Vec<(String, Option<Span>)> {
    if said_by.is_empty() {
        return vec![("said by the report itself: no statement's content holds these words".to_owned(), None)];
    }
    let told = |s: &StatementId| {
        let source = document.meaning.statements[s.at()].source.and_then(|x| x.span);
        (format!("said by s{}: its content holds these words; its source", s.at() + 1), source)
    };
    said_by.iter().rev().map(told).collect()
}

fn statement(document: &Document, row: usize) -> Option<Told<'_>> {
    let s = document.meaning.statements.get(row)?;
    let mut values = Vec::new();
    match s.source {
        Some(source) => {
            let name = source
                .entity
                .map(|e| format!("source, entity e{} “{}”", e.at() + 1, document.language.entities[e.at()].name));
            values.push((name.unwrap_or_else(|| "source, no entity".to_owned()), source.span));
        }
        None => values.push(("no source: no words name one".to_owned(), None)),
    }
    values.extend(s.cue.map(|c| value("cue", c)));
    values.extend(s.content.iter().map(|c| value("content", *c)));
    values.extend(s.channel.map(|c| value("channel", c)));
    values.extend(s.addressee.map(|a| value("addressee", a)));
    values.extend(s.within.map(|w| (format!("within s{}, whose content holds it", w.at() + 1), None)));
    Some((format!("statement, {}, {}", s.form.name(), s.act.name()), values, &s.because))
}

fn event(document: &Document, row: usize) -> Option<Told<'_>> {
    let v = document.meaning.events.get(row)?;
    let mut values = Vec::new();
    for telling in &v.mentions {
        values.push(value(&format!("trigger, status {}", telling.status.name()), telling.trigger));
        values.extend(chain(document, &telling.said_by));
    }
    for (label, rows) in [("actor", &v.actors), ("target", &v.targets), ("instrument", &v.instruments)] {
        values.extend(rows.iter().map(|p| value(label, p.span)));
    }
    values.extend(
        v.place.map(|p| {
            (format!("place p{}", p.at() + 1), document.meaning.places[p.at()].mentions.first().map(|m| m.span))
        }),
    );
    values.extend(v.time.map(|t| value(&format!("time t{}", t.at() + 1), document.meaning.times[t.at()].span)));
    let mode = v.mode.map(|m| format!(" {m}")).unwrap_or_default();
    let acled = v.acled.map(|a| format!(", ACLED “{a}”")).unwrap_or_default();
    Some((format!("event {}{mode}{acled}", v.class.name()), values, &v.because))
}

fn count(document: &Document, row: usize) -> Option<Told<'_>> {
    let c = document.meaning.counts.get(row)?;
    let mut values = vec![value("figure", c.span)];
    values.extend(c.of.map(|of| value("of", of)));
    values.extend(c.event.map(|v| {
        (format!("event v{}", v.at() + 1), document.meaning.events[v.at()].mentions.first().map(|m| m.trigger))
    }));
    values.extend(chain(document, &c.said_by));
    let bound = |n: Option<u64>| n.map_or("open".to_owned(), |n| n.to_string());
    Some((
        format!("count, {}: low {}, best {}, high {}", c.kind.name(), bound(c.low), bound(c.best), bound(c.high)),
        values,
        &c.because,
    ))
}

fn entity(document: &Document, row: usize) -> Option<Told<'_>> {
    let e = document.language.entities.get(row)?;
    let mut values: Vec<_> = e
        .mentions
        .iter()
        .map(|m| &document.language.mentions[m.at()])
        .map(|m| value(&format!("{}, score {:.2}", m.form.name(), m.score), m.span))
        .collect();
    values.extend(e.role.map(|r| value("role", r)));
    values.extend(e.country.iter().map(|c| (format!("country {c}"), None)));
    values.extend(e.sector.iter().map(|s| (format!("PLOVER sector {s}"), None)));
    Some((format!("{} “{}”", e.kind.name(), e.name), values, &e.because))
}

fn place(document: &Document, row: usize) -> Option<Told<'_>> {
    let p = document.meaning.places.get(row)?;
    let values = p.mentions.iter().map(|m| value(if m.metonym { "metonym" } else { m.form.name() }, m.span)).collect();
    let id = p.geonameid.map_or("left open".to_owned(), |g| format!("GeoNames {g}"));
    Some((format!("place “{}”, {id}", p.name), values, &p.because))
}

fn time(document: &Document, row: usize) -> Option<Told<'_>> {
    let t = document.meaning.times.get(row)?;
    Some((format!("{} {}", t.class.name(), t.timex), vec![value("words", t.span)], &t.because))
}

fn relation(document: &Document, row: usize) -> Option<Told<'_>> {
    let r = document.meaning.relations.get(row)?;
    let party = |p: Party| match p {
        Party::Entity(e) => format!("e{} “{}”", e.at() + 1, document.language.entities[e.at()].name),
        Party::Place(p) => format!("p{} “{}”", p.at() + 1, document.meaning.places[p.at()].name),
    };
    let mut values = vec![value("words", r.span)];
    values.extend(r.detail.map(|d| value("detail", d)));
    values.extend(chain(document, &r.said_by));
    Some((format!("relation {}: {} to {}", r.kind.name(), party(r.subject), party(r.object)), values, &r.because))
}
