//! The trained encoder: one pass a window of whole sentences, many heads read off it.
//!
//! Uses no level above the words: it takes strings and gives [`Reading`], scores for every word.
//! What the heads mean and how windows are cut stands in `training/CONTRACT.md`.

mod decode;
mod heads;
mod pieces;
mod run;
mod tree;
mod windows;

use std::ops::Range;

use self::heads::{Coref, Heads};
use self::pieces::Pieces;
use self::run::Network;
use crate::error::{Error, Result};
use crate::span::Tokens;

/// One word as the model takes it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    pub word: &'a str,
    pub quoted: bool,
}

/// The weights, ready to run. Opening takes a fraction of a second; share one between threads.
pub struct Model {
    pieces: Pieces,
    heads: Heads,
    network: Network,
    version: String,
}

/// Word pieces that neighbouring windows share at least in part, so that a sentence at an edge is read with what stands
/// on both sides of it.
const OVERLAP: usize = 0;

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
    /// Whether a word belongs to one who acts or to one who is acted on, whatever the deed: none, actor, target.
    Party,
    /// What part a word has in violence: none, perpetrator, victim, thing.
    Harm,
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
    /// For each pointer head and word the best targets with their probabilities, best first; empty at words that are
    /// surely no content (or source).
    pub pointers: [Vec<Vec<(u32, f32)>>; 3],
    /// Coreference projections: `coref_width` numbers a word as anaphor, then as antecedent.
    pub coref: Vec<f32>,
    pub coref_width: usize,
    /// The sentence of each word.
    pub sentence_of: Vec<u32>,
    /// How two projections become a score.
    pub(crate) coreference: Coref,
}

impl Model {
    /// Opens the weights that the program carries, to run on one thread.
    ///
    /// # Errors
    /// Where no weights are built in, or they are not what the program reads.
    pub fn open() -> Result<Model> {
        Model::on_threads(1)
    }

    /// The same, on at most `threads` threads at a time over all callers. The number changes no score.
    ///
    /// # Errors
    /// As [`Model::open`].
    pub fn on_threads(threads: usize) -> Result<Model> {
        if recount_data::MODEL.is_empty() {
            return Err(Error::Model("no weights are built in (crates/recount-data/data/model is empty)".into()));
        }
        let heads = Heads::of(recount_data::HEADS)?;
        let pieces = Pieces::of(recount_data::VOCAB)?;
        let network = Network::of(recount_data::MODEL, threads)?;
        let version = format!("minilm-l6/{}", heads.steps);
        Ok(Model { pieces, heads, network, version })
    }

    /// The version of the weights, as the record's `run.model` names it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The labels of a head, in the order of its logits.
    pub fn labels(&self, head: Head) -> &[String] {
        self.heads.labels(head)
    }

    /// The names of the semantic roles.
    pub fn roles(&self) -> &[String] {
        &self.heads.roles
    }

    /// Whether a string in lower case is a word of its own in the model's vocabulary.
    pub fn knows(&self, word: &str) -> bool {
        self.pieces.knows(word)
    }

    /// What goes into the network for words that fit in one window: piece ids, features, and where each word begins.
    pub fn pieces(&self, words: &[Input<'_>]) -> (Vec<i32>, Vec<i32>, Vec<i32>) {
        let window = Cut::of(&self.pieces, words).window(&self.pieces, 0..words.len());
        (window.pieces, window.features, window.words)
    }

    /// Reads the words of a report; `sentences` are ranges of `words`, in order, without gaps.
    pub fn read(&self, words: &[Input<'_>], sentences: &[Tokens]) -> Reading {
        let sentences = covering(sentences, words.len());
        let cut = Cut::of(&self.pieces, words);
        let parts = windows::parts(&sentences, &cut.costs(), self.heads.max_pieces - 2);
        let windows = windows::windows(&parts, self.heads.max_pieces - 2, OVERLAP);
        let inputs: Vec<run::Window> = windows
            .iter()
            .map(|w| cut.window(&self.pieces, parts[w.parts.start].words.start..parts[w.parts.end - 1].words.end))
            .collect();
        let decoded = self.network.each(&inputs, |at, scores| {
            let window = &windows[at];
            let begin = parts[window.parts.start].words.start;
            decode::decode(&self.heads, &scores, begin, &parts[window.owned.clone()])
        });
        let mut sentence_of = vec![0; words.len()];
        for (i, s) in sentences.iter().enumerate() {
            sentence_of[s.range()].fill(i as u32);
        }
        decode::join(&self.heads, &parts, decoded, sentence_of)
    }
}

/// Sentences that cover all words in order, whatever the caller gave.
fn covering(sentences: &[Tokens], words: usize) -> Vec<Tokens> {
    let mut out = Vec::with_capacity(sentences.len() + 1);
    let mut at = 0;
    for s in sentences {
        let (start, end) = ((s.start as usize).clamp(at, words), (s.end as usize).clamp(at, words));
        if start > at {
            out.push(Tokens::new(at, start));
        }
        if end > start {
            out.push(Tokens::new(start, end));
        }
        at = end.max(start);
    }
    if at < words {
        out.push(Tokens::new(at, words));
    }
    out
}

/// A report cut into word pieces.
struct Cut {
    pieces: Vec<i32>,
    /// Where each word's pieces begin, and the end.
    starts: Vec<usize>,
    features: Vec<i32>,
}

impl Cut {
    fn of(table: &Pieces, words: &[Input<'_>]) -> Cut {
        let mut pieces = Vec::with_capacity(words.len() * 3 / 2);
        let mut starts = vec![0];
        for w in words {
            table.push(w.word, &mut pieces);
            starts.push(pieces.len());
        }
        Cut { pieces, starts, features: words.iter().map(pieces::feature).collect() }
    }

    fn costs(&self) -> Vec<usize> {
        self.starts.windows(2).map(|s| s[1] - s[0]).collect()
    }

    /// The network's input for a range of words.
    fn window(&self, table: &Pieces, words: Range<usize>) -> run::Window {
        let mut out =
            run::Window { pieces: vec![table.cls], features: vec![0], words: Vec::with_capacity(words.len()) };
        for w in words {
            out.words.push(out.pieces.len() as i32);
            out.pieces.extend(&self.pieces[self.starts[w]..self.starts[w + 1]]);
            out.features.resize(out.pieces.len(), self.features[w]);
        }
        out.pieces.push(table.sep);
        out.features.push(0);
        out
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
        let size = self.coref_width;
        let row = |word: usize, half: usize| self.coref.get((2 * word + half) * size..(2 * word + half + 1) * size);
        let (Some(a), Some(b)) = (row(anaphor, 0), row(antecedent, 1)) else { return f32::NEG_INFINITY };
        let dot: f32 = a.iter().zip(b).map(|(x, y)| x * y).sum();
        let sentence = |w: usize| self.sentence_of.get(w).copied().unwrap_or(0) as usize;
        let distance = sentence(anaphor).saturating_sub(sentence(antecedent));
        let bucket = self.coreference.sentences.iter().rposition(|&from| from <= distance).unwrap_or(0);
        self.coreference.scale * dot + self.coreference.bias.get(bucket).copied().unwrap_or(0.0)
    }

    /// The likeliest label of one head for one word, as an index into [`Model::labels`], and its probability.
    pub fn best(&self, word: usize, head: Head) -> (usize, f32) {
        let row = self.tag(word, head);
        let mut top = 0;
        for (i, s) in row.iter().enumerate() {
            if *s > row[top] {
                top = i;
            }
        }
        (top, self.chance(word, head, top))
    }

    /// The probability of one label of one head for one word; 0 before the model has read.
    pub fn chance(&self, word: usize, head: Head, label: usize) -> f32 {
        decode::log_softmax(self.tag(word, head)).nth(label).map_or(0.0, f32::exp)
    }
}
