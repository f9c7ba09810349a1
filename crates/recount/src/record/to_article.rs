//! [`Record`] → the [`Article`] that it was read from: what is kept can be read again without its bytes.

use super::{Range, Record};
use crate::intake::{Article, Captured, Published, StatedDate};
use crate::span::Span;

/// Where dates are stated, as [`StatedDate::from`] names it.
const PLACES: [&str; 9] = ["text", "page", "json-ld", "meta", "microdata", "time", "url", "option", "input"];

impl Record {
    /// The report as intake gave it. Reading it with the same program, model and data gives this record once more.
    pub fn article(&self) -> Article {
        let starts: Vec<u32> =
            self.text.char_indices().map(|(at, _)| at as u32).chain([self.text.len() as u32]).collect();
        let bytes = |range: Range| {
            let at = |point: usize| starts[point.min(starts.len() - 1)];
            Span { start: at(range[0]), end: at(range[1]) }
        };
        let day = |day: &Option<String>| day.as_ref().and_then(|d| d.parse().ok());
        let stated = self.published.stated.iter().map(|s| StatedDate {
            value: day(&s.value),
            span: s.span.map(bytes),
            // What a later program may have named otherwise came with the input at any rate.
            from: PLACES.into_iter().find(|p| *p == s.from).unwrap_or("input"),
            words: s.words.clone(),
            modified: s.modified,
        });
        Article {
            id: self.id.clone(),
            uri: self.uri.clone(),
            title: self.title.clone(),
            outlet: self.outlet.clone(),
            credit: self.credit.clone(),
            language: self.language.clone(),
            text: self.text.clone(),
            published: Published { best: day(&self.published.best), stated: stated.collect() },
            notes: self.notes.clone(),
            captured: self.captured.as_ref().map(|c| Captured {
                date: c.date.clone(),
                digest: c.digest.clone(),
                kind: c.kind.clone(),
            }),
        }
    }
}
