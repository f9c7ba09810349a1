//! Scores of one window to the rows of the words that it answers for.

use std::ops::Range;

use super::heads::Heads;
use super::run::Scores;
use super::tree::tree;
use super::windows::Part;
use super::{Head, Reading, RoleScore};

/// Roles below this probability are not kept.
const ROLE_FLOOR: f32 = 0.15;
/// A word's roles are read where it is a predicate with at least this probability.
const PREDICATE_FLOOR: f32 = 0.2;
/// A word's pointers are read where it is content or source with at least this probability.
const POINTER_FLOOR: f32 = 0.1;
/// Pointer targets below this probability are not kept, and no more than `TARGETS` of them.
const TARGET_FLOOR: f32 = 0.02;
const TARGETS: usize = 4;

/// What one window says about the words it answers for; `arcs`, `roles` and `pointers` count words over the report.
pub struct Decoded {
    pub words: Range<usize>,
    pub tags: Vec<f32>,
    pub arcs: Vec<(u32, f32)>,
    pub roles: Vec<RoleScore>,
    pub pointers: [Vec<Vec<(u32, f32)>>; 3],
    pub coref: Vec<f32>,
}

/// Reads the scores of a window that begins at word `begin` for the parts in `owned`, which stand side by side.
pub fn decode(heads: &Heads, scores: &Scores, begin: usize, owned: &[Part]) -> Decoded {
    let words = match (owned.first(), owned.last()) {
        (Some(a), Some(b)) => a.words.start..b.words.end,
        _ => begin..begin,
    };
    let mut out = Decoded {
        tags: Vec::new(),
        arcs: words.clone().map(|w| (w as u32, 0.0)).collect(),
        roles: Vec::new(),
        pointers: [0; 3].map(|_| vec![Vec::new(); words.len()]),
        coref: Vec::new(),
        words: words.clone(),
    };
    let n = scores.words;
    if !scores.fit(heads.width, heads.roles.len(), heads.coref.size) || words.end > begin + n {
        out.tags = vec![0.0; words.len() * heads.width];
        out.coref = vec![0.0; words.len() * 2 * heads.coref.size];
        flatten(&mut out, owned);
        return out;
    }
    let local = words.start - begin..words.end - begin;
    out.tags = scores.tags[local.start * heads.width..local.end * heads.width].to_vec();
    out.coref = scores.coref[local.start * 2 * heads.coref.size..local.end * 2 * heads.coref.size].to_vec();
    let ranges = heads.ranges();
    let row = |w: usize, head: Head| {
        let (a, b) = ranges[head as usize];
        &scores.tags[w * heads.width + a as usize..w * heads.width + b as usize]
    };
    for part in owned {
        let at = part.words.start - begin;
        let m = part.words.len();
        let chances: Vec<f32> =
            (at..at + m).flat_map(|w| log_softmax(&scores.arcs[w * n + at..w * n + at + m])).collect();
        for (w, h) in tree(m, |w, h| chances[w * m + h]).into_iter().enumerate() {
            let chance = chances[w * m + h].exp();
            out.arcs[part.words.start + w - words.start] = ((part.words.start + h) as u32, finite(chance));
        }
        for w in at..at + m {
            if 1.0 - first_chance(row(w, Head::Predicate)) >= PREDICATE_FLOOR {
                roles(scores, heads.roles.len(), w, at..at + m, begin, &mut out.roles);
            }
            let content = 1.0 - first_chance(row(w, Head::Content));
            let source = 1.0 - first_chance(row(w, Head::Source));
            for (which, chance) in [content, source, content].into_iter().enumerate() {
                if chance >= POINTER_FLOOR {
                    let row = &scores.pointers[(which * n + w) * n..][..n];
                    out.pointers[which][w - local.start] = targets(row, begin);
                }
            }
        }
    }
    out
}

/// Each part a chain, where there are no scores to go by: still one tree each.
fn flatten(out: &mut Decoded, owned: &[Part]) {
    let start = out.words.start;
    for part in owned {
        for w in part.words.clone() {
            out.arcs[w - start].0 = part.words.start as u32;
        }
    }
}

/// The roles of the words of `sentence` towards the predicate `w`, where they are likelier than the floor.
fn roles(scores: &Scores, count: usize, w: usize, sentence: Range<usize>, begin: usize, out: &mut Vec<RoleScore>) {
    let n = scores.words;
    for argument in sentence {
        let score = |role: usize| scores.roles[(role * n + w) * n + argument];
        // `none` has the fixed score 0.
        let top = (0..count).map(score).fold(0.0, f32::max);
        let sum = (-top).exp() + (0..count).map(|r| (score(r) - top).exp()).sum::<f32>();
        for role in 0..count {
            let chance = (score(role) - top).exp() / sum;
            if chance >= ROLE_FLOOR {
                out.push(RoleScore {
                    predicate: (begin + w) as u32,
                    argument: (begin + argument) as u32,
                    role: role as u8,
                    score: chance,
                });
            }
        }
    }
}

/// The likeliest targets, best first.
fn targets(row: &[f32], begin: usize) -> Vec<(u32, f32)> {
    let mut found: Vec<(u32, f32)> = log_softmax(row)
        .enumerate()
        .map(|(t, s)| ((begin + t) as u32, s.exp()))
        .filter(|(_, s)| *s >= TARGET_FLOOR)
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.truncate(TARGETS);
    found
}

/// Logarithms of the probabilities that scores stand for.
pub fn log_softmax(row: &[f32]) -> impl Iterator<Item = f32> + '_ {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum = row.iter().map(|s| (s - top).exp()).sum::<f32>().ln() + top;
    row.iter().map(move |s| s - sum)
}

/// Probability of the first label, which in every head with a "none" is that.
fn first_chance(row: &[f32]) -> f32 {
    log_softmax(row).next().map_or(1.0, f32::exp)
}

fn finite(x: f32) -> f32 {
    if x.is_finite() { x } else { 0.0 }
}

/// Joins what the windows say, in order, into the reading of a report. `sentence_of` is each word's sentence.
pub fn join(heads: &Heads, parts: &[Part], decoded: Vec<Decoded>, sentence_of: Vec<u32>) -> Reading {
    let words = sentence_of.len();
    let mut reading = Reading {
        words,
        width: heads.width,
        ranges: heads.ranges(),
        coref_width: heads.coref.size,
        pointers: [0; 3].map(|_| Vec::with_capacity(words)),
        ..Reading::default()
    };
    for d in decoded {
        reading.tags.extend(d.tags);
        reading.arcs.extend(d.arcs);
        reading.roles.extend(d.roles);
        reading.coref.extend(d.coref);
        for (all, some) in reading.pointers.iter_mut().zip(d.pointers) {
            all.extend(some);
        }
    }
    // A sentence read in pieces has a root in each: the later ones hang on the first.
    let mut root: Option<(usize, u32)> = None;
    for part in parts {
        let own = part.words.clone().find(|&w| reading.arcs.get(w).is_some_and(|a| a.0 as usize == w));
        let Some(own) = own else { continue };
        match root {
            Some((sentence, first)) if sentence == part.sentence => reading.arcs[own] = (first, 0.0),
            _ => root = Some((part.sentence, own as u32)),
        }
    }
    let column = heads.factuality();
    reading.factuality = reading.tags.chunks_exact(heads.width.max(1)).map(|row| row[column]).collect();
    reading.sentence_of = sentence_of;
    reading.coreference = heads.coref.clone();
    reading
}
