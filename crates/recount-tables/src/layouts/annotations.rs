//! A W3C Web Annotation for every span of evidence, anchored by quotation and by position.

use super::Sink;
use super::gathered::Gathered;
use crate::Result;
use crate::across::Across;
use crate::digest;
use crate::files::{Format, Sealed, Written};
use crate::reading::Reading;
use recount::record::Range;
use serde_json::{Value, json};
use std::path::Path;

pub const CONVENTIONS: &str = "\
annotations.jsonld (W3C Web Annotation)
  One annotation for every span that a value was read from. The target's source names the text by its SHA-256, as
  urn:sha-256:HEX: the text (or title) of the report in the tables and records. TextPositionSelector counts Unicode
  code points, half-open, from 0; TextQuoteSelector has the words with up to 32 code points before and behind them.
";

/// Code points before and behind a quotation.
const CONTEXT: usize = 32;

pub struct Annotations {
    file: Sealed,
    written: u64,
}

impl Annotations {
    pub fn create(folder: &Path) -> Result<Annotations> {
        let mut file = Sealed::create(folder, "annotations.jsonld")?;
        file.put(
            b"{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:recount:annotations\",\
              \"type\":\"AnnotationCollection\",\"label\":\"Spans of evidence\",\"first\":{\
              \"id\":\"urn:recount:annotations:1\",\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[",
        )?;
        Ok(Annotations { file, written: 0 })
    }

    fn add(&mut self, annotation: &Value) -> Result<()> {
        self.file.put(if self.written == 0 { b"\n" } else { b",\n" })?;
        self.written += 1;
        self.file.json(annotation)
    }
}

impl Sink for Annotations {
    fn report(&mut self, reading: &Reading<'_>, _: &Across<'_>) -> Result<()> {
        let texts = Texts::of(reading);
        spans(reading, &mut |s| self.add(&texts.annotation(reading, s)))
    }

    fn end(mut self: Box<Self>, _: &Across<'_>, _: &Gathered) -> Result<Vec<Written>> {
        self.file.put(format!("\n]}},\"total\":{}}}\n", self.written).as_bytes())?;
        Ok(vec![self.file.done(Format::JsonLd, None, "Web Annotations, one a span of evidence", self.written)?])
    }
}

/// A span with what was read from it.
struct Evidence<'a> {
    /// The row, and which of its values.
    row: String,
    span: Range,
    within: &'a Option<String>,
    /// What the span is evidence of, in words.
    says: String,
}

/// How a report's text and title are named.
struct Texts {
    text: String,
    title: Option<String>,
}

impl Texts {
    fn of(reading: &Reading<'_>) -> Texts {
        let name = |s: &str| format!("urn:sha-256:{}", digest::sha256(s.as_bytes()));
        Texts { text: name(&reading.record.text), title: reading.record.title.as_deref().map(name) }
    }

    fn annotation(&self, reading: &Reading<'_>, e: &Evidence<'_>) -> Value {
        let (prefix, suffix) = reading.around(e.span, e.within, CONTEXT);
        let source = if e.within.is_some() { self.title.as_deref().unwrap_or(&self.text) } else { &self.text };
        let mut target = json!({
            "source": source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": reading.words(e.span, e.within),
                    "prefix": prefix,
                    "suffix": suffix,
                },
                {"type": "TextPositionSelector", "start": e.span[0], "end": e.span[1]},
            ],
        });
        if let Some(uri) = reading.record.uri.as_deref().filter(|u| u.contains("://")) {
            target["scope"] = json!(uri);
        }
        json!({
            "id": format!("urn:recount:{}", escaped(&reading.key(&e.row))),
            "type": "Annotation",
            "motivation": "classifying",
            "body": {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": e.says},
            "target": target,
        })
    }
}

/// A key as the last part of a URN: what is no letter, digit, or one of `-._~/` in percent notation.
fn escaped(key: &str) -> String {
    use std::fmt::Write;
    key.bytes().fold(String::new(), |mut out, b| {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(b.into()),
            _ => {
                let _ = write!(out, "%{b:02X}");
            }
        }
        out
    })
}

type Take<'a> = dyn FnMut(&Evidence<'_>) -> Result<()> + 'a;

/// Every span of a record that a value was read from.
fn spans(reading: &Reading<'_>, take: &mut Take<'_>) -> Result<()> {
    let r = reading.record;
    let mut put =
        |row: String, span: Range, within: &Option<String>, says: String| take(&Evidence { row, span, within, says });
    for (i, d) in r.published.stated.iter().enumerate() {
        if let Some(span) = d.span {
            put(format!("d{}", i + 1), span, &None, "stated date of publication".to_owned())?;
        }
    }
    let named = r.entities.iter().map(|e| (&e.id, &e.kind, &e.mentions));
    let place = "place".to_owned();
    for (id, kind, mentions) in named.chain(r.places.iter().map(|p| (&p.id, &place, &p.mentions))) {
        for (n, m) in mentions.iter().enumerate() {
            put(format!("{id}/m{}", n + 1), m.span, &m.within_title, format!("{kind}, {}", m.form))?;
        }
    }
    for t in &r.times {
        put(t.id.clone(), t.span, &t.within_title, format!("time: {}", t.timex))?;
    }
    for s in &r.statements {
        let parts = [("source", s.source.as_ref().and_then(|x| x.span)), ("cue", s.cue), ("addressee", s.addressee)];
        for (part, span) in parts.into_iter().filter_map(|(part, span)| Some((part, span?))) {
            put(format!("{}/{part}", s.id), span, &s.within_title, format!("{part} of a statement"))?;
        }
        for (n, span) in s.content.iter().enumerate() {
            let says = format!("content of a statement: {}, {}", s.form, s.act);
            put(format!("{}/content{}", s.id, n + 1), *span, &s.within_title, says)?;
        }
    }
    for v in &r.events {
        let class = [Some(v.class.as_str()), v.mode.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        for (n, m) in v.mentions.iter().enumerate() {
            put(format!("{}/t{}", v.id, n + 1), m.trigger, &m.within_title, format!("event: {class}, {}", m.status))?;
        }
        for (part, letter, rows) in
            [("actor", 'a', &v.actors), ("target", 'o', &v.targets), ("instrument", 'i', &v.instruments)]
        {
            for (n, p) in rows.iter().enumerate() {
                put(format!("{}/{letter}{}", v.id, n + 1), p.span, &v.within_title, format!("{part} of {class}"))?;
            }
        }
    }
    for c in &r.counts {
        put(c.id.clone(), c.span, &c.within_title, format!("count: {}", c.kind))?;
        if let Some(of) = &c.of {
            put(format!("{}/of", c.id), of.span, &c.within_title, format!("counted: {}", c.kind))?;
        }
    }
    for x in &r.relations {
        put(x.id.clone(), x.span, &x.within_title, format!("relation: {}", x.kind))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn keys_become_parts_of_a_urn() {
        assert_eq!(escaped("a b/é:1"), "a%20b/%C3%A9%3A1");
    }
}
