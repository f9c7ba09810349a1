//! What two reports share: how many words, and which of their fingerprints stand in the shared runs.

use super::Bounds;
use super::prints::{Print, SHINGLE, prints};
use super::runs::Shingles;
use super::sketch::Sketch;
use crate::reconcile::packed::Rows;
use serde::{Deserialize, Serialize};

/// A pair of reports with runs of words in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Tie {
    /// Rows of sketches. `a` is the report of fewer words (of two alike, the one of lesser id).
    pub a: u32,
    pub b: u32,
    /// Weight of the words in shared runs, words in quotation marks counting less; and of those, what is quoted.
    pub shared: f32,
    pub quoted: f32,
    /// `shared` over the weight of all words of `a`, and of `b`.
    pub of_a: f32,
    pub of_b: f32,
    /// Of the words in shared runs, the share that is the same word for word.
    pub verbatim: f32,
    /// Which fingerprints of `a` and of `b`, in their order, stand in shared runs.
    pub in_a: Mask,
    pub in_b: Mask,
    /// Those of `in_a` that `b` has as they are.
    pub alike: Mask,
}

/// A set of fingerprints of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mask(Box<[u64]>);

impl Mask {
    fn of(prints: &[Print], spans: impl Iterator<Item = [u32; 2]>) -> Mask {
        let mut bits = vec![0u64; prints.len().div_ceil(64)];
        for [from, to] in spans {
            let first = prints.partition_point(|p| p.at < from);
            for (i, _) in prints.iter().enumerate().skip(first).take_while(|(_, p)| p.at + SHINGLE as u32 <= to) {
                bits[i / 64] |= 1 << (i % 64);
            }
        }
        Mask(bits.into())
    }

    fn retain(&self, keep: impl Fn(usize) -> bool) -> Mask {
        let bits = self.0.iter().enumerate().map(|(n, word)| {
            (0..64).filter(|i| word >> i & 1 == 1 && keep(n * 64 + i)).fold(0, |bits, i| bits | 1 << i)
        });
        Mask(bits.collect())
    }

    pub fn has(&self, i: usize) -> bool {
        self.0.get(i / 64).is_some_and(|w| w >> (i % 64) & 1 == 1)
    }

    pub fn len(&self) -> u32 {
        self.0.iter().map(|w| w.count_ones()).sum()
    }

    /// How many stand in both.
    pub fn common(&self, other: &Mask) -> u32 {
        self.0.iter().zip(&other.0).map(|(x, y)| (x & y).count_ones()).sum()
    }
}

impl Tie {
    /// The tie of two reports, if the runs that they share are at least this share of the one of fewer words.
    pub fn between(sketches: &Rows<Sketch>, x: u32, y: u32, least: f32, bounds: &Bounds) -> Option<Tie> {
        let key = |i: u32| (sketches.get(i).words.hashes.len(), &sketches.get(i).id);
        let (a, b) = if key(x) <= key(y) { (x, y) } else { (y, x) };
        let (one, other) = (sketches.get(a), sketches.get(b));
        let runs = Shingles::of(&one.words.hashes).runs(&other.words.hashes, bounds);
        if runs.is_empty() {
            return None;
        }
        let (weight_a, weight_b) = (one.weights(bounds.quoted), other.weights(bounds.quoted));
        // A passage that one of the two has twice is one passage.
        let shared = covered(&weight_a, runs.iter().map(|r| r.a)).min(covered(&weight_b, runs.iter().map(|r| r.b)));
        let all = weight_a.iter().sum::<f32>().max(1.0);
        if shared / all < least {
            return None;
        }
        let words: u32 = runs.iter().map(|r| r.b[1] - r.b[0]).sum();
        let same: u32 = runs.iter().map(|r| r.same).sum();
        let all_quoted = covered_quoted(one, runs.iter().map(|r| r.a)) * bounds.quoted;
        let (prints_a, prints_b) = (prints(&one.words.hashes), prints(&other.words.hashes));
        let in_a = Mask::of(&prints_a, runs.iter().map(|r| r.a));
        let mut theirs: Vec<u32> = prints_b.iter().map(|p| p.hash).collect();
        theirs.sort_unstable();
        Some(Tie {
            a,
            b,
            shared,
            quoted: all_quoted.min(shared),
            of_a: shared / all,
            of_b: shared / weight_b.iter().sum::<f32>().max(1.0),
            verbatim: same as f32 / words.max(1) as f32,
            alike: in_a.retain(|i| theirs.binary_search(&prints_a[i].hash).is_ok()),
            in_a,
            in_b: Mask::of(&prints_b, runs.iter().map(|r| r.b)),
        })
    }

    /// The other report of the tie, and the fingerprints of `report` that it shares.
    pub fn seen_from(&self, report: u32) -> (u32, &Mask) {
        if report == self.a { (self.b, &self.in_a) } else { (self.a, &self.in_b) }
    }

    /// Share of a report's own words that the tie accounts for.
    pub fn share_of(&self, report: u32) -> f32 {
        if report == self.a { self.of_a } else { self.of_b }
    }
}

/// The weight of the words in some spans, each word once.
fn covered(weights: &[f32], spans: impl Iterator<Item = [u32; 2]>) -> f32 {
    let mut seen = vec![false; weights.len()];
    for [from, to] in spans {
        seen[from as usize..to as usize].fill(true);
    }
    weights.iter().zip(seen).filter(|(_, s)| *s).map(|(w, _)| w).sum()
}

/// How many of the words in some spans stand in quotation marks.
fn covered_quoted(sketch: &Sketch, spans: impl Iterator<Item = [u32; 2]>) -> f32 {
    let quoted: Vec<f32> = sketch.weights(0.0).into_iter().map(|w| 1.0 - w).collect();
    covered(&quoted, spans)
}
