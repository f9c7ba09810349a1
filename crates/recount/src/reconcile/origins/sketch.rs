//! What is kept of one report to tell whose text it is: its words as hashes, its quotations, its agency credit.

use super::agency::{Agency, agency};
use super::words::Words;
use crate::record::Record;
use serde::{Deserialize, Serialize};

/// One report as origins see it: some four bytes a word. Made one report at a time, so that a million stream past.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    pub(super) id: Box<str>,
    pub(super) date: Option<Box<str>>,
    pub(super) agency: Option<Agency>,
    pub(super) words: Words,
}

impl Sketch {
    /// The sketch of a record: of its text, or of its title where it has no text.
    pub fn of(record: &Record) -> Sketch {
        let text =
            if record.text.trim().is_empty() { record.title.as_deref().unwrap_or_default() } else { &record.text };
        Sketch::of_text(&record.id, record.published.best.as_deref(), record.credit.as_deref(), text)
    }

    /// The sketch of a report that was not analysed: nothing here needs more than its text. `date` is its day of
    /// publication (`YYYY-MM-DD`), `credit` its byline or agency as printed.
    pub fn of_text(id: &str, date: Option<&str>, credit: Option<&str>, text: &str) -> Sketch {
        Sketch {
            id: id.into(),
            date: date.map(Into::into),
            agency: agency(credit, text).and_then(Agency::named),
            words: Words::of(text),
        }
    }

    /// The id of the report.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Words that stand in quotation marks count half: several reporters can hear the same speaker.
    pub(super) fn weights(&self, quoted: f32) -> Vec<f32> {
        let mut out = vec![1.0; self.words.hashes.len()];
        for [from, to] in &self.words.quoted {
            out[*from as usize..*to as usize].fill(quoted);
        }
        out
    }
}
