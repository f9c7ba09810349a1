//! A record as the tables look at it: the words of a span, the speaker of a chain, rows by their id.

use recount::record::{Entity, Event, Place, Range, Record, Statement, Time};
use std::collections::HashMap;

/// A record with what is looked up in it again and again.
pub struct Reading<'a> {
    pub record: &'a Record,
    text: Offsets<'a>,
    title: Offsets<'a>,
    entities: HashMap<&'a str, &'a Entity>,
    places: HashMap<&'a str, &'a Place>,
    times: HashMap<&'a str, &'a Time>,
    statements: HashMap<&'a str, &'a Statement>,
}

/// A text whose code points are found without counting from its start each time.
struct Offsets<'a> {
    text: &'a str,
    /// Byte of every 64th code point.
    marks: Vec<usize>,
    length: usize,
}

const STEP: usize = 64;

impl<'a> Offsets<'a> {
    fn of(text: &'a str) -> Offsets<'a> {
        let mut length = 0;
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        for (byte, _) in text.char_indices() {
            if length % STEP == 0 {
                marks.push(byte);
            }
            length += 1;
        }
        Offsets { text, marks, length }
    }

    fn byte(&self, at: usize) -> usize {
        if at >= self.length {
            return self.text.len();
        }
        let mark = self.marks[at / STEP];
        self.text[mark..].char_indices().nth(at % STEP).map_or(self.text.len(), |(byte, _)| mark + byte)
    }

    fn words(&self, [start, end]: Range) -> &'a str {
        self.text.get(self.byte(start)..self.byte(end)).unwrap_or_default()
    }
}

/// Who says something: the innermost speaker of a chain.
pub struct Speaker<'a> {
    /// The entity's name, otherwise the words that name the source.
    pub name: Option<&'a str>,
    pub class: Option<&'a str>,
}

impl<'a> Reading<'a> {
    pub fn of(record: &'a Record) -> Reading<'a> {
        Reading {
            record,
            text: Offsets::of(&record.text),
            title: Offsets::of(record.title.as_deref().unwrap_or_default()),
            entities: record.entities.iter().map(|e| (e.id.as_str(), e)).collect(),
            places: record.places.iter().map(|p| (p.id.as_str(), p)).collect(),
            times: record.times.iter().map(|t| (t.id.as_str(), t)).collect(),
            statements: record.statements.iter().map(|s| (s.id.as_str(), s)).collect(),
        }
    }

    /// The words of a span; empty where the span lies outside.
    pub fn words(&self, span: Range, within: &Option<String>) -> &'a str {
        if within.is_some() { self.title.words(span) } else { self.text.words(span) }
    }

    /// The words before and after a span, up to so many code points each.
    pub fn around(&self, span: Range, within: &Option<String>, reach: usize) -> (&'a str, &'a str) {
        let before = self.words([span[0].saturating_sub(reach), span[0]], within);
        (before, self.words([span[1], span[1].saturating_add(reach)], within))
    }

    /// The paragraph's sentence around a span, as far as full stops and line ends tell.
    pub fn sentence(&self, span: Range, within: &Option<String>) -> String {
        let source = if within.is_some() { &self.title } else { &self.text };
        let (start, end) = (source.byte(span[0]), source.byte(span[1]));
        let (head, tail) = (source.text.get(..start).unwrap_or_default(), source.text.get(end..).unwrap_or_default());
        let ends_sentence = |s: &str, at: usize, c: char| {
            c == '\n' || (matches!(c, '.' | '!' | '?') && s[at + c.len_utf8()..].starts_with(char::is_whitespace))
        };
        let from = head.char_indices().rev().find(|&(at, c)| {
            // The last character of the head is followed by the span itself.
            at + c.len_utf8() < head.len() && ends_sentence(head, at, c) || c == '\n'
        });
        let from = from.map_or(0, |(at, c)| at + c.len_utf8());
        let to = tail.char_indices().find(|&(at, c)| ends_sentence(tail, at, c));
        let to = to.map_or(tail.len(), |(at, c)| if c == '\n' { at } else { at + c.len_utf8() });
        let whole = source.text.get(from..end + to).unwrap_or_default();
        whole.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The id of a row over all reports: report, slash, row.
    pub fn key(&self, row: &str) -> String {
        format!("{}/{row}", self.record.id)
    }

    /// The keys of a chain of statements.
    pub fn keys(&self, rows: &[String]) -> Vec<String> {
        rows.iter().filter(|r| self.statements.contains_key(r.as_str())).map(|r| self.key(r)).collect()
    }

    pub fn entity(&self, row: Option<&str>) -> Option<&'a Entity> {
        self.entities.get(row?).copied()
    }

    pub fn place(&self, row: Option<&str>) -> Option<&'a Place> {
        self.places.get(row?).copied()
    }

    pub fn time(&self, row: Option<&str>) -> Option<&'a Time> {
        self.times.get(row?).copied()
    }

    pub fn statement(&self, row: Option<&str>) -> Option<&'a Statement> {
        self.statements.get(row?).copied()
    }

    /// The innermost speaker of a chain; nobody where the outlet itself speaks.
    pub fn speaker(&self, said_by: &[String]) -> Speaker<'a> {
        let source = said_by.last().and_then(|s| self.statement(Some(s)));
        self.source_of(source)
    }

    /// Who makes a statement.
    pub fn source_of(&self, statement: Option<&'a Statement>) -> Speaker<'a> {
        let Some((statement, source)) = statement.and_then(|s| Some((s, s.source.as_ref()?))) else {
            return Speaker { name: None, class: None };
        };
        let name = self.entity(source.entity.as_deref()).map(|e| e.name.as_str());
        let words = || source.span.map(|span| self.words(span, &statement.within_title));
        Speaker { name: name.or_else(words).filter(|n| !n.is_empty()), class: Some(&source.class) }
    }

    /// What a participant is called: the entity's name, otherwise the words.
    pub fn name_of(&self, participant: &'a recount::record::Participant, event: &Event) -> &'a str {
        let entity = self.entity(participant.entity.as_deref());
        entity.map_or_else(|| self.words(participant.span, &event.within_title), |e| e.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_code_points_far_into_a_text() {
        let text = "“é”— ".repeat(100) + "here. And now";
        let offsets = Offsets::of(&text);
        assert_eq!(offsets.words([500, 504]), "here");
        assert_eq!(offsets.words([506, 9999]), "And now");
        assert_eq!(offsets.words([9999, 10_000]), "");
        assert_eq!(offsets.words([7, 3]), "");
    }
}
