//! How much of what two reports share speaks for one author: little where many unrelated reports have it too.
//!
//! A stock sentence, an agency's credit line and a background paragraph stand in reports that otherwise have nothing in
//! common; a wire's sentences stand in reports that are copies of it. So a fingerprint counts by its carriers outside
//! the two reports' own groups, and the more of the shorter report the two share, the more such carriers it takes to
//! make the shared words stock: with share s, a fingerprint with n foreign carriers counts (s / (1 - s) / n)², at most 1.
//! Where two share most of the shorter one, a stretch of fingerprints in a row is as rare as its rarest.

use super::Bounds;
use super::index::Index;
use super::prints::{Print, prints};
use super::sketch::Sketch;
use super::ties::Tie;
use crate::reconcile::packed::Rows;
use serde::{Deserialize, Serialize};

/// How many groups carry each fingerprint that several have. Taken when a collection is built, and held still while
/// reports are added to it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Carriers {
    /// Fingerprint and number of groups that carry it, sorted; only of those that more than one carries.
    rows: Vec<(u32, u32)>,
}

impl Carriers {
    /// Carriers by the group of each report.
    pub fn of(index: &Index, groups: &[u32]) -> Self {
        let mut seen = vec![u32::MAX; groups.len()];
        let rows = index.fingerprints(|turn, hash, docs| {
            let mut n = 0;
            docs.for_each(|d| {
                let group = groups[d as usize] as usize;
                if seen[group] != turn {
                    seen[group] = turn;
                    n += 1;
                }
            });
            (n > 1).then_some((hash, n))
        });
        Carriers { rows }
    }

    fn groups_with(&self, hash: u32) -> u32 {
        self.rows.binary_search_by_key(&hash, |r| r.0).map_or(1, |i| self.rows[i].1)
    }

    /// The share of each tie that counts, for ties that have the same `a`. `together` says whether the reports of a tie
    /// are one group already.
    pub fn shares(
        &self,
        sketches: &Rows<Sketch>,
        ties: &[Tie],
        together: impl Fn(&Tie) -> bool,
        bounds: &Bounds,
    ) -> Vec<f32> {
        let Some(first) = ties.first() else { return Vec::new() };
        let one = sketches.get(first.a);
        let prints_a = prints(&one.words.hashes);
        let weights = segments(one, &prints_a, bounds.quoted);
        let total: f32 = weights.iter().sum();
        let carried: Vec<u32> = prints_a.iter().map(|p| self.groups_with(p.hash)).collect();
        let share = |tie: &Tie| {
            let together = together(tie);
            let odds = bounds.odds * tie.of_a / (1.0 - tie.of_a).max(0.01);
            let mostly = tie.of_a >= bounds.alike;
            let (mut masked, mut counted, mut stock) = (0.0, 0.0, 0.0);
            let mut i = 0;
            while i < prints_a.len() {
                // What stands in one stretch, word for word in both, has no more carriers than its rarest part. Where two
                // reports share little, a name or two in a stock phrase is not enough.
                let mut end = i + 1;
                while mostly && tie.alike.has(i) && end < prints_a.len() && tie.alike.has(end) {
                    end += 1;
                }
                let own = if together || !tie.alike.has(i) { 1 } else { 2 };
                let carriers = carried[i..end].iter().min().map_or(1, |n| *n);
                let foreign = carriers.saturating_sub(own);
                let factor = if foreign == 0 { 1.0 } else { (odds / foreign as f32).powi(2).min(1.0) };
                for i in i..end {
                    if tie.in_a.has(i) {
                        masked += weights[i];
                        counted += weights[i] * factor;
                    }
                    if carried[i] >= bounds.stock && (!tie.in_a.has(i) || factor < 0.1) {
                        stock += weights[i];
                    }
                }
                i = end;
            }
            if masked == 0.0 {
                return 0.0;
            }
            // The runs say how many words are shared, the fingerprints in them how far these count.
            let shared = tie.shared * counted / masked;
            if shared < bounds.words { 0.0 } else { shared / (total - stock).max(shared).max(1.0) }
        };
        ties.iter().map(share).collect()
    }
}

/// The weight of the words that each fingerprint stands for: from its first word to the next one's.
fn segments(sketch: &Sketch, prints: &[Print], quoted: f32) -> Vec<f32> {
    let weights = sketch.weights(quoted);
    let from = |i: usize| if i == 0 { 0 } else { prints[i].at as usize };
    let to = |i: usize| prints.get(i + 1).map_or(weights.len(), |p| p.at as usize);
    (0..prints.len()).map(|i| weights[from(i)..to(i)].iter().sum()).collect()
}
