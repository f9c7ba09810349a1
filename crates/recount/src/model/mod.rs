//! The trained encoder: one pass a window of whole sentences, many heads read off it.
//!
//! Uses no level above the words: it takes strings and gives [`Reading`], scores for every word.
//! What the heads mean and how windows are cut stands in `training/CONTRACT.md`.

use crate::error::Result;
use crate::span::Tokens;

/// One word as the model takes it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    pub word: &'a str,
    pub quoted: bool,
}

/// The weights, ready to run. Opening takes a fraction of a second; share one between threads.
pub struct Model {}

/// The heads whose scores are given as one row of logits a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Head {
    Pos,
    Number,
    Verb,
    Rel,
    Name,
    Mention,
    Predicate,
    Cue,
    Source,
    Content,
    Event,
}

/// Pointer heads: for a word, which word it belongs to (itself: none).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pointer {
    /// Content word → first word of its cue.
    ContentCue,
    /// Source word → first word of its cue.
    SourceCue,
    /// Content word → first word of its source.
    ContentSource,
}

/// A semantic role that the model scored above its floor.
#[derive(Clone, Copy, Debug)]
pub struct RoleScore {
    pub predicate: u32,
    pub argument: u32,
    /// Index into [`Model::roles`].
    pub role: u8,
    /// Probability.
    pub score: f32,
}

/// All scores for the words of one report, joined from its windows.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Number of words.
    pub words: usize,
    /// Logits of all tag heads, one row of `width` a word.
    pub tags: Vec<f32>,
    pub width: usize,
    /// Range of each head in a row, by `Head as usize`.
    pub ranges: Vec<(u16, u16)>,
    /// Syntactic head of each word (itself: root of its sentence) and its probability.
    pub arcs: Vec<(u32, f32)>,
    /// How surely each word, as a predicate, tells of something that happened (above 0) or not.
    pub factuality: Vec<f32>,
    pub roles: Vec<RoleScore>,
    /// For each pointer head and word the best targets with their probabilities, best first.
    pub pointers: [Vec<Vec<(u32, f32)>>; 3],
    /// Coreference projections: `coref_width` numbers a word as anaphor, then as antecedent.
    pub coref: Vec<f32>,
    pub coref_width: usize,
}

impl Model {
    /// Opens the weights that the program carries.
    pub fn open() -> Result<Model> {
        Ok(Model {})
    }

    /// The version of the weights, as the record's `run.model` names it.
    pub fn version(&self) -> &str {
        "none"
    }

    /// The labels of a head, in the order of its logits.
    pub fn labels(&self, head: Head) -> &[String] {
        let _ = head;
        &[]
    }

    /// The names of the semantic roles.
    pub fn roles(&self) -> &[String] {
        &[]
    }

    /// Reads the words of a report; `sentences` are ranges of `words`, in order.
    pub fn read(&self, words: &[Input<'_>], sentences: &[Tokens]) -> Reading {
        let _ = sentences;
        Reading { words: words.len(), ..Reading::default() }
    }
}

impl Reading {
    /// The logits of one head for one word; empty before the model has read.
    pub fn tag(&self, word: usize, head: Head) -> &[f32] {
        match self.ranges.get(head as usize) {
            Some(&(a, b)) => &self.tags[word * self.width + a as usize..word * self.width + b as usize],
            None => &[],
        }
    }

    /// How surely the mention headed by `anaphor` means the same as the one headed by `antecedent`, as log-odds
    /// against "a new entity".
    pub fn same(&self, anaphor: usize, antecedent: usize) -> f32 {
        let _ = (anaphor, antecedent);
        0.0
    }
}
