//! Which reports go back to one author: a wire story and its copies, whole, cut, reworded or within another story.
//!
//! [`Sketch::of`] keeps of each report its words as hashes. Reports with enough fingerprints in common (`prints`,
//! `index`) are compared word by word (`runs`, `ties`); what they share counts less the more unrelated reports have it
//! too (`carriers`); the ties that remain make groups (`groups`), and these are written as [`Origin`]s (`rows`).
//! Nothing depends on the order in which reports were given.

mod agency;
mod carriers;
mod groups;
mod index;
mod prints;
mod rows;
mod runs;
mod sketch;
mod ties;
mod words;

pub use sketch::Sketch;

use crate::reconcile::threads::shared_out;
use crate::record::across::Origin;
use carriers::Carriers;
use groups::{Names, Sets, groups};
use index::Index;
use ties::Tie;

/// What has to hold for reports to be one origin. The values were set by what they mean and not fitted;
/// `eval/origins.md` has what becomes of the figures when each is off by a third.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Least share of the shorter report's words that the two have in runs, after discounts: a fifth of a report is
    /// more than a reporter takes without credit.
    pub share: f32,
    /// Least number of such words: a long sentence.
    pub words: f32,
    /// Least number of words, word for word, in a run that counts.
    pub run: u32,
    /// Words that may be changed, dropped or added within a run.
    pub gap: u32,
    /// What a word in quotation marks counts: speeches are public.
    pub quoted: f32,
    /// How many foreign carriers a passage may have before it counts less, per odds of the shared part (see `carriers`).
    pub odds: f32,
    /// Words that so many groups carry are left out of a report's length where they are not what it shares.
    pub stock: u32,
    /// Reports that share this much of the shorter one are taken as one group while carriers are counted first.
    pub alike: f32,
    /// A tie that accounts for more than this much of a report is never to a mere piece of it.
    pub whole: f32,
    /// Two ties of a report that have no more than this share of fingerprints in common are to different pieces of it.
    pub overlap: f32,
    /// Reports that have at least this share of names in common, rare names counting more, are about one thing.
    pub topic: f32,
    /// Least share of the smaller report's fingerprints that two must have in common to be compared at all.
    pub candidate: f32,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds {
            share: 0.2,
            words: 12.0,
            run: 6,
            gap: 3,
            quoted: 0.5,
            odds: 1.0,
            stock: 6,
            alike: 0.6,
            whole: 0.9,
            overlap: 0.25,
            topic: 0.25,
            candidate: 0.05,
        }
    }
}

/// Reports that are compared at once: what threads find is kept apart until then.
const AT_ONCE: usize = 1 << 14;

/// How often carriers are counted anew from the groups that came out.
const ROUNDS: usize = 3;

/// The reports of a collection and what ties them. One more is added in time that hardly grows with the collection.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    bounds: Bounds,
    sketches: Vec<Sketch>,
    index: Index,
    /// Sorted by `a`, then `b`.
    ties: Vec<Tie>,
}

/// The origins of some reports, those of a single report among them; by the day and id of their earliest report.
pub fn origins(sketches: Vec<Sketch>, threads: usize) -> Vec<Origin> {
    Origins::of(sketches, Bounds::default(), threads).rows()
}

impl Origins {
    /// Takes the reports of a collection together, on so many threads. Of reports with the same id one is kept.
    pub fn of(mut sketches: Vec<Sketch>, bounds: Bounds, threads: usize) -> Origins {
        sketches.sort_unstable_by(|x, y| (&x.id, &x.words.hashes).cmp(&(&y.id, &y.words.hashes)));
        sketches.dedup_by(|x, y| x.id == y.id);
        let index = Index::of(&sketches, threads);
        let all: Vec<u32> = (0..sketches.len() as u32).collect();
        let mut ties: Vec<Tie> = Vec::new();
        for some in all.chunks(AT_ONCE) {
            let found = shared_out(some, threads, Vec::new, |counts, doc| {
                let met = index.candidates(*doc, &sketches[*doc as usize], bounds.candidate, counts);
                met.into_iter().filter_map(|other| kept(&sketches, *doc, other, &bounds)).collect::<Vec<Tie>>()
            });
            ties.extend(found.into_iter().flatten());
        }
        ties.sort_unstable_by_key(|t| (t.a, t.b));
        Origins { bounds, sketches, index, ties }
    }

    /// Takes one report more; false where its id is there already. [`Origins::rows`] then gives what it would give had
    /// all come together, except where more reports than a crowd (`index`) have the same words: there a report added
    /// later has met more of the others.
    pub fn add(&mut self, sketch: Sketch) -> bool {
        if self.sketches.iter().any(|s| s.id == sketch.id) {
            return false;
        }
        let doc = self.sketches.len() as u32;
        let met = self.index.candidates(doc, &sketch, self.bounds.candidate, &mut Vec::new());
        self.index.add(&sketch);
        self.sketches.push(sketch);
        self.ties.extend(met.into_iter().filter_map(|other| kept(&self.sketches, doc, other, &self.bounds)));
        self.ties.sort_by_key(|t| (t.a, t.b));
        true
    }

    /// How many reports there are.
    pub fn len(&self) -> usize {
        self.sketches.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sketches.is_empty()
    }

    /// The origins of all reports.
    pub fn rows(&self) -> Vec<Origin> {
        let mut ranks = vec![0; self.sketches.len()];
        let mut by_id: Vec<u32> = (0..self.sketches.len() as u32).collect();
        by_id.sort_unstable_by_key(|i| self.sketches[*i as usize].id.as_str());
        by_id.iter().enumerate().for_each(|(rank, i)| ranks[*i as usize] = rank as u32);
        let names = Names::of(&self.sketches);
        let mut found = self.alike();
        for _ in 0..ROUNDS {
            let shares = self.shares(&found);
            let next = groups(&self.sketches, &self.ties, &shares, &ranks, &names, &self.bounds);
            let settled = next == found;
            found = next;
            if settled {
                break;
            }
        }
        rows::rows(&self.sketches, &self.ties, &found, &ranks)
    }

    /// The groups of reports of which one plainly holds the other.
    fn alike(&self) -> Vec<u32> {
        let mut sets = Sets::of(self.sketches.len());
        self.ties.iter().filter(|t| t.of_a >= self.bounds.alike).for_each(|t| sets.join(t.a, t.b));
        sets.all()
    }

    /// What counts of each tie, given groups.
    fn shares(&self, groups: &[u32]) -> Vec<f32> {
        let carriers = Carriers::of(&self.sketches, &self.index, groups);
        let of_one = self.ties.chunk_by(|s, t| s.a == t.a);
        of_one.flat_map(|ties| carriers.shares(&ties.iter().collect::<Vec<_>>(), &self.bounds)).collect()
    }
}

/// The tie of two reports where it can come to anything.
fn kept(sketches: &[Sketch], x: u32, y: u32, bounds: &Bounds) -> Option<Tie> {
    // Leaving stock words out of a report's length can raise its share a little.
    Tie::between(sketches, x, y, bounds.share * 0.75, bounds)
}

#[cfg(test)]
mod tests;
