//! The model's words as pieces: where cues, sources and contents begin and end.

use super::Levels;
use crate::model::Head;
use crate::span::{TokenId, Tokens};
use crate::text::{Layout, Quote};

/// A run of words that the model gives one part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    pub tokens: Tokens,
    /// Mean probability that its words have this part.
    pub chance: f32,
    /// Tagged as going on from a piece before it: the other part of what stands apart.
    pub continues: bool,
}

/// What the model reads of every word, and the pieces that these make.
pub(super) struct Spans {
    /// Probability that a word is part of a cue.
    pub cue: Vec<f32>,
    /// Probability that a word is part of a source.
    pub source: Vec<f32>,
    /// Probability that a word is part of a content.
    pub content: Vec<f32>,
    pub cues: Vec<Piece>,
    pub sources: Vec<Piece>,
    pub contents: Vec<Piece>,
}

/// Probabilities of outside, begin and inside for every word.
type Chances = Vec<[f32; 3]>;

/// Costs in log-odds of leaving and of taking up a run of words; higher gives fewer, longer pieces.
struct Steps {
    enter: f32,
    resume: f32,
    leave: f32,
    /// What is added to the log-odds of every word's being part.
    part: f32,
}

// By trial on the development half of PolNeAR: single words tagged apart from any run are mostly wrong, and the model
// is too unsure of sources.
const CUE: Steps = Steps { enter: 0.3, resume: 0.3, leave: 0.4, part: 0.2 };
const SOURCE: Steps = Steps { enter: 0.0, resume: 0.5, leave: 0.2, part: 1.2 };
const CONTENT: Steps = Steps { enter: 0.6, resume: 1.5, leave: 1.2, part: 0.6 };
/// A quotation of so many words is content whatever the model says of its words: of 560 in the development half of
/// PolNeAR nine in a thousand were not.
const LONG_QUOTE: usize = 9;

pub(super) fn spans(levels: Levels<'_>) -> Spans {
    let cue = chances(levels, Head::Cue);
    let source = chances(levels, Head::Source);
    let content = chances(levels, Head::Content);
    let mut states = best_path(&content, &CONTENT);
    // A word has one part: the cue clause and the source are no content.
    let (cues, sources) = (best_path(&cue, &CUE), best_path(&source, &SOURCE));
    for t in 0..states.len() {
        let other = (1.0 - cue[t][0]).max(1.0 - source[t][0]);
        if states[t] != 0 && (cues[t] != 0 || sources[t] != 0) && other > 1.0 - content[t][0] {
            states[t] = 0;
            if let Some(next) = states.get_mut(t + 1).filter(|s| **s == 2) {
                *next = 2;
            }
        }
    }
    fill_quotes(levels, &content, &mut states);
    let sentence = |t: usize| levels.text.tokens[t].sentence.0;
    let part = |chances: &Chances| chances.iter().map(|c| 1.0 - c[0]).collect();
    Spans {
        cue: part(&cue),
        source: part(&source),
        content: part(&content),
        cues: pieces(&cues, &cue, |t| sentence(t) != sentence(t - 1)),
        sources: pieces(&sources, &source, |t| sentence(t) != sentence(t - 1)),
        contents: pieces(&states, &content, |t| parts_paragraphs(levels, TokenId::from(t))),
    }
}

/// Softmax of a head; all outside before a model has read.
fn chances(levels: Levels<'_>, head: Head) -> Chances {
    let reading = &levels.language.reading;
    (0..levels.text.tokens.len())
        .map(|w| match reading.tag(w, head) {
            [o, b, i] if w < reading.words => {
                let top = o.max(*b).max(*i);
                let e = [(o - top).exp(), (b - top).exp(), (i - top).exp()];
                let sum: f32 = e.iter().sum();
                e.map(|x| x / sum)
            }
            _ => [1.0, 0.0, 0.0],
        })
        .collect()
}

/// The likeliest sequence of outside (0), begin (1), inside (2) (Viterbi). Inside after outside is allowed: the corpus
/// tags the later pieces of one span so.
fn best_path(chances: &Chances, steps: &Steps) -> Vec<u8> {
    let cost = |from: usize, to: usize| match (from, to) {
        (0, 1) => steps.enter,
        (0, 2) => steps.resume,
        (_, 0) if from != 0 => steps.leave,
        (_, 1) => steps.enter + steps.leave,
        _ => 0.0,
    };
    let mut score = [0.0f32; 3];
    let mut back: Vec<[u8; 3]> = Vec::with_capacity(chances.len());
    for chance in chances {
        let mut next = [f32::NEG_INFINITY; 3];
        let mut from = [0u8; 3];
        for to in 0..3 {
            for (at, before) in score.iter().enumerate() {
                let part = if to == 0 { 0.0 } else { steps.part };
                let total = before - cost(at, to) + chance[to].max(1e-6).ln() + part;
                if total > next[to] {
                    (next[to], from[to]) = (total, at as u8);
                }
            }
        }
        score = next;
        back.push(from);
    }
    let mut state = (0..3).max_by(|a, b| score[*a].total_cmp(&score[*b])).unwrap_or(0) as u8;
    let mut out = vec![0; chances.len()];
    for t in (0..chances.len()).rev() {
        out[t] = state;
        state = back[t][state as usize];
    }
    out
}

/// A quotation is content as a whole or not at all, and is never two pieces.
fn fill_quotes(levels: Levels<'_>, content: &Chances, states: &mut [u8]) {
    for quote in &levels.text.quotes {
        let all = levels.text.tokens_in(quote.span);
        if all.is_empty() || !is_said(levels, quote, content) {
            continue;
        }
        let before = all.start.checked_sub(1).map_or(0, |t| states[t as usize]);
        let first = states[all.range()].iter().copied().find(|s| *s != 0).unwrap_or(1);
        states[all.range()].fill(2);
        if before == 0 || quote_closes_at(levels, all.start) {
            states[all.start as usize] = if quote.continues { 2 } else { first };
        }
    }
}

/// Whether another quotation ends right before a token.
fn quote_closes_at(levels: Levels<'_>, token: u32) -> bool {
    token > 0 && {
        let end = levels.text.tokens[token as usize - 1].span.end;
        levels.text.quotes.iter().any(|q| q.closed && q.span.end == end)
    }
}

/// Whether the words between some quotation marks are someone's: most of them content to the model, or too many to be a
/// title or a word held at arm's length.
fn is_said(levels: Levels<'_>, quote: &Quote, content: &Chances) -> bool {
    let inner = levels.text.tokens_in(quote.inner);
    if inner.is_empty() {
        return false;
    }
    let sentence = &levels.text.sentences[levels.text.tokens[inner.start as usize].sentence.at()];
    let layout = levels.text.paragraphs.get(sentence.paragraph as usize).map(|p| p.layout);
    if layout == Some(Layout::Furniture) {
        return false;
    }
    let mean = inner.range().map(|w| 1.0 - content[w][0]).sum::<f32>() / inner.len() as f32;
    mean >= 0.5 || (inner.len() >= LONG_QUOTE && !quote.single && mean >= 0.1)
}

/// Whether a piece of content ends before this token: a new paragraph, and no quotation that runs on into it.
fn parts_paragraphs(levels: Levels<'_>, token: TokenId) -> bool {
    let before = TokenId(token.0 - 1);
    levels.paragraph(token) != levels.paragraph(before) && {
        let start = levels.text.tokens[token.at()].span.start;
        !levels.text.quotes.iter().any(|q| q.continues && q.span.start == start)
    }
}

/// The runs of words that are not outside, parted at each begin and wherever `parted` says.
fn pieces(states: &[u8], chances: &Chances, parted: impl Fn(usize) -> bool) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut start: Option<(usize, bool)> = None;
    for t in 0..=states.len() {
        let state = states.get(t).copied().unwrap_or(0);
        let ends = start.is_some_and(|_| state != 2 || parted(t));
        if ends && let Some((from, continues)) = start.take() {
            let chance = (from..t).map(|w| 1.0 - chances[w][0]).sum::<f32>() / (t - from) as f32;
            out.push(Piece { tokens: Tokens::new(from, t), chance, continues });
        }
        if state != 0 && start.is_none() {
            start = Some((t, state == 2));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sure(tags: &[u8]) -> Chances {
        tags.iter().map(|t| std::array::from_fn(|k| if k == *t as usize { 0.98 } else { 0.01 })).collect()
    }

    #[test]
    fn a_sure_reading_is_kept() {
        let tags = [0, 1, 2, 2, 0, 2, 0, 1, 1, 2];
        assert_eq!(best_path(&sure(&tags), &CONTENT), tags);
    }

    #[test]
    fn a_hole_of_one_unsure_word_is_closed() {
        let mut chances = sure(&[0, 1, 2, 2, 2, 2, 0]);
        chances[3] = [0.5, 0.05, 0.45];
        assert_eq!(best_path(&chances, &CONTENT), [0, 1, 2, 2, 2, 2, 0]);
    }

    #[test]
    fn pieces_part_at_begins_and_know_when_they_go_on() {
        let tags = [1, 2, 0, 2, 2, 1, 0];
        let got = pieces(&tags, &sure(&tags), |_| false);
        let got: Vec<_> = got.iter().map(|p| (p.tokens.start, p.tokens.end, p.continues)).collect();
        assert_eq!(got, [(0, 2, false), (3, 5, true), (5, 6, false)]);
    }
}
