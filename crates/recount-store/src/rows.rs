//! A record as flat rows: one a statement, event, count, relation, entity, place and time.

use recount::record::{Participant, Range, Record};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Tables that [`write`] fills, those that point at others first.
pub(crate) const TABLES: [&str; 8] =
    ["participants", "counts", "relations", "events", "statements", "times", "places", "entities"];

/// A record with what its rows ask for again and again.
pub(crate) struct Flat<'a> {
    record: &'a Record,
    /// Byte where each code point of the text begins, and one for the end; likewise for the title.
    text: Vec<u32>,
    title: Vec<u32>,
    entities: BTreeMap<&'a str, usize>,
    places: BTreeMap<&'a str, usize>,
    times: BTreeMap<&'a str, usize>,
    statements: BTreeMap<&'a str, usize>,
    events: BTreeMap<&'a str, usize>,
}

fn starts(text: &str) -> Vec<u32> {
    text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect()
}

fn index<'a>(ids: impl Iterator<Item = &'a String>) -> BTreeMap<&'a str, usize> {
    ids.enumerate().map(|(n, id)| (id.as_str(), n)).collect()
}

impl<'a> Flat<'a> {
    pub(crate) fn of(record: &'a Record) -> Flat<'a> {
        Flat {
            record,
            text: starts(&record.text),
            title: starts(record.title.as_deref().unwrap_or_default()),
            entities: index(record.entities.iter().map(|e| &e.id)),
            places: index(record.places.iter().map(|p| &p.id)),
            times: index(record.times.iter().map(|t| &t.id)),
            statements: index(record.statements.iter().map(|s| &s.id)),
            events: index(record.events.iter().map(|v| &v.id)),
        }
    }

    /// The words of a span; empty where it lies outside.
    fn words(&self, span: Range, within: &Option<String>) -> &'a str {
        let (starts, source) = match within {
            Some(_) => (&self.title, self.record.title.as_deref().unwrap_or_default()),
            None => (&self.text, self.record.text.as_str()),
        };
        let byte = |point: usize| starts.get(point).map(|b| *b as usize);
        byte(span[0]).zip(byte(span[1])).and_then(|(a, b)| source.get(a..b)).unwrap_or_default()
    }

    /// Who says a statement, by name or in the report's words, and of what class the source is.
    fn speaker(&self, statement: &str) -> Option<(&'a str, &'a str)> {
        let s = &self.record.statements[*self.statements.get(statement)?];
        let source = s.source.as_ref()?;
        let entity = source.entity.as_deref().and_then(|e| self.entities.get(e));
        let name = match entity {
            Some(n) => self.record.entities[*n].name.as_str(),
            None => source.span.map_or("", |span| self.words(span, &s.within_title)),
        };
        Some((name, &source.class))
    }

    /// Speakers of a chain, outermost first, and the class of the innermost; `None` for the outlet itself.
    pub(crate) fn source(&self, said_by: &[String]) -> (Option<String>, Option<&'a str>) {
        let speakers: Vec<_> = said_by.iter().filter_map(|s| self.speaker(s)).collect();
        let names: Vec<&str> = speakers.iter().map(|s| s.0).filter(|n| !n.is_empty()).collect();
        ((!names.is_empty()).then(|| names.join(" > ")), speakers.last().map(|s| s.1))
    }

    fn names(&self, people: &[Participant], within: &Option<String>) -> Option<String> {
        let name = |p: &Participant| match p.entity.as_deref().and_then(|e| self.entities.get(e)) {
            Some(n) => self.record.entities[*n].name.as_str(),
            None => self.words(p.span, within),
        };
        let names: Vec<&str> = people.iter().map(name).collect();
        (!names.is_empty()).then(|| names.join("; "))
    }

    fn party(&self, id: &str) -> Option<&'a str> {
        let entity = self.entities.get(id).map(|n| self.record.entities[*n].name.as_str());
        entity.or_else(|| self.places.get(id).map(|n| self.record.places[*n].name.as_str()))
    }
}

/// An id as it may stand in a foreign key: null where the record has no such row.
fn known<'a>(id: Option<&'a String>, rows: &BTreeMap<&str, usize>) -> Option<&'a str> {
    id.map(String::as_str).filter(|id| rows.contains_key(id))
}

/// A score as the record writes it: three places, also where the table has more.
fn score(x: f32) -> f64 {
    (f64::from(x) * 1000.0).round() / 1000.0
}

/// Writes the rows of a report's record.
pub(crate) fn write(sql: &Connection, report: i64, flat: &Flat) -> rusqlite::Result<()> {
    things(sql, report, flat)?;
    said(sql, report, flat)?;
    happened(sql, report, flat)?;
    let r = flat.record;
    let mut row = sql.prepare_cached("INSERT INTO counts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")?;
    for c in &r.counts {
        let (source, class) = flat.source(&c.said_by);
        // SQLite's integers have a sign; a figure that large is a slip of the text.
        let [low, best, high] = [c.low, c.best, c.high].map(|n| n.and_then(|n| i64::try_from(n).ok()));
        let of = c.of.as_ref().map(|of| flat.words(of.span, &c.within_title));
        let words = flat.words(c.span, &c.within_title);
        let event = known(c.event.as_ref(), &flat.events);
        let title = c.within_title.is_some();
        let (start, end) = (c.span[0], c.span[1]);
        row.execute(params![
            report,
            c.id,
            c.kind,
            low,
            best,
            high,
            words,
            of,
            event,
            source,
            class,
            start,
            end,
            title,
            score(c.score)
        ])?;
    }
    let mut row = sql.prepare_cached("INSERT INTO relations VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)")?;
    for t in &r.relations {
        let (source, class) = flat.source(&t.said_by);
        let (subject, object) = (flat.party(&t.subject), flat.party(&t.object));
        let title = t.within_title.is_some();
        let (start, end) = (t.span[0], t.span[1]);
        row.execute(params![
            report,
            t.id,
            t.subject,
            subject,
            t.kind,
            t.detail,
            t.object,
            object,
            source,
            class,
            start,
            end,
            title,
            score(t.score)
        ])?;
    }
    Ok(())
}

fn things(sql: &Connection, report: i64, flat: &Flat) -> rusqlite::Result<()> {
    let r = flat.record;
    let mut row = sql.prepare_cached("INSERT INTO entities VALUES (?,?,?,?,?,?,?,?,?,?)")?;
    for e in &r.entities {
        let mentions = e.mentions.len();
        row.execute(params![
            report,
            e.id,
            e.kind,
            e.name,
            e.country,
            e.sector,
            e.role,
            e.private,
            mentions,
            score(e.score)
        ])?;
    }
    let mut row = sql.prepare_cached("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?)")?;
    for p in &r.places {
        row.execute(params![
            report,
            p.id,
            p.name,
            p.geonameid,
            p.lat,
            p.lon,
            p.country,
            p.admin1,
            p.precision,
            score(p.score)
        ])?;
    }
    let mut row = sql.prepare_cached("INSERT INTO times VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")?;
    for t in &r.times {
        let words = flat.words(t.span, &t.within_title);
        let title = t.within_title.is_some();
        let (from, to) = (t.span[0], t.span[1]);
        row.execute(params![
            report,
            t.id,
            words,
            t.class,
            t.timex,
            t.start,
            t.end,
            t.precision,
            from,
            to,
            title,
            score(t.score)
        ])?;
    }
    Ok(())
}

fn said(sql: &Connection, report: i64, flat: &Flat) -> rusqlite::Result<()> {
    let mut row = sql.prepare_cached("INSERT INTO statements VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)")?;
    for s in &flat.record.statements {
        let speaker = flat.speaker(&s.id);
        let entity = known(s.source.as_ref().and_then(|x| x.entity.as_ref()), &flat.entities);
        let cue = s.cue.map(|c| flat.words(c, &s.within_title));
        let within = known(s.within.as_ref(), &flat.statements);
        let (start, end) = (s.content.iter().map(|c| c[0]).min(), s.content.iter().map(|c| c[1]).max());
        let title = s.within_title.is_some();
        let (name, class) = (speaker.map(|x| x.0).filter(|n| !n.is_empty()), speaker.map(|x| x.1));
        row.execute(params![
            report,
            s.id,
            s.form,
            s.act,
            name,
            class,
            entity,
            cue,
            s.channel,
            within,
            start,
            end,
            title,
            score(s.score)
        ])?;
    }
    Ok(())
}

fn happened(sql: &Connection, report: i64, flat: &Flat) -> rusqlite::Result<()> {
    let r = flat.record;
    let mut row = sql.prepare_cached("INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")?;
    let mut part = sql.prepare_cached("INSERT INTO participants VALUES (?,?,?,?,?,?)")?;
    for v in &r.events {
        let (source, class) = flat.source(&v.said_by);
        let place = known(v.place.as_ref(), &flat.places).map(|p| &r.places[flat.places[p]]);
        let time = known(v.time.as_ref(), &flat.times).map(|t| &r.times[flat.times[t]]);
        let tellings = v.mentions.len();
        row.execute(params![
            report,
            v.id,
            v.class,
            v.mode,
            v.acled,
            v.status,
            flat.words(v.trigger, &v.within_title),
            flat.names(&v.actors, &v.within_title),
            flat.names(&v.targets, &v.within_title),
            source,
            class,
            place.map(|p| &p.id),
            place.map(|p| &p.name),
            place.and_then(|p| p.country.as_ref()),
            time.map(|t| &t.id),
            time.and_then(|t| t.start.as_ref()),
            time.and_then(|t| t.end.as_ref()),
            v.historical,
            tellings,
            v.trigger[0],
            v.trigger[1],
            v.within_title.is_some(),
            score(v.score)
        ])?;
        for (name, people) in [("actor", &v.actors), ("target", &v.targets), ("instrument", &v.instruments)] {
            for (n, p) in people.iter().enumerate() {
                let entity = known(p.entity.as_ref(), &flat.entities);
                part.execute(params![report, v.id, name, n, entity, flat.words(p.span, &v.within_title)])?;
            }
        }
    }
    Ok(())
}
