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
mod kept;
mod prints;
mod rows;
mod runs;
mod sketch;
mod ties;
mod words;

pub use kept::Mark;
pub use sketch::Sketch;

use crate::reconcile::packed::Rows;
use crate::reconcile::threads::shared_out;
use crate::record::across::Origin;
use carriers::Carriers;
use groups::{Names, Sets, groups};
use index::Index;
use std::collections::{BTreeSet, HashMap};
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

/// The reports of a collection and what ties them. More are added in time that hardly grows with the collection: how
/// common passages and names are was taken when it was built, and is held still.
#[derive(Debug, Default)]
pub struct Origins {
    bounds: Bounds,
    sketches: Rows<Sketch>,
    numbers: HashMap<Box<str>, u32>,
    /// How many reports there were when it was built.
    built: u32,
    index: Index,
    ties: Vec<Tie>,
    /// What counts of each tie.
    shares: Vec<f32>,
    carriers: Carriers,
    names: Names,
    gone: BTreeSet<u32>,
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
        let numbers = sketches.iter().zip(0..).map(|(s, n)| (s.id.clone(), n)).collect();
        let sketches = Rows::of(sketches);
        let index = Index::of(&sketches, threads);
        let all: Vec<u32> = (0..sketches.len()).collect();
        let mut ties: Vec<Tie> = Vec::new();
        for some in all.chunks(AT_ONCE) {
            let found = shared_out(some, threads, Vec::new, |counts, doc| {
                let met = index.candidates(*doc, sketches.get(*doc), bounds.candidate, counts);
                met.into_iter().filter_map(|other| kept(&sketches, *doc, other, &bounds)).collect::<Vec<Tie>>()
            });
            ties.extend(found.into_iter().flatten());
        }
        ties.sort_unstable_by_key(|t| (t.a, t.b));
        let (names, built) = (Names::of(&sketches), sketches.len());
        let mut out = Origins { bounds, sketches, numbers, built, index, ties, names, ..Origins::default() };
        out.weigh(threads);
        out
    }

    /// Works out what counts of each tie: by how many groups carry what the two share, by the groups that come of that,
    /// and so on.
    fn weigh(&mut self, threads: usize) {
        let (ranks, n) = (self.ranks(), self.sketches.len());
        let of_one: Vec<&[Tie]> = self.ties.chunk_by(|s, t| s.a == t.a).collect();
        let mut found = self.alike();
        for _ in 0..ROUNDS {
            let carriers = Carriers::of(&self.index, &found);
            let together = |t: &Tie| found[t.a as usize] == found[t.b as usize];
            let counted = shared_out(
                &of_one,
                threads,
                || (),
                |(), ties| carriers.shares(&self.sketches, ties, together, &self.bounds),
            );
            self.shares = counted.into_iter().flatten().collect();
            let next = groups(
                n as usize,
                &|i| self.sketches.get(i),
                &self.ties,
                &self.shares,
                &ranks,
                &self.names,
                &self.bounds,
            );
            let settled = next == found;
            found = next;
            self.carriers = carriers;
            if settled {
                break;
            }
        }
    }

    /// Takes some reports away, by id, and takes others in, in any order; what is there already stays as it is. Gives the
    /// origins of all reports that these could bear on.
    pub fn grow(&mut self, gone: &[&str], new: Vec<Sketch>) -> Vec<Origin> {
        let mut near: BTreeSet<u32> = BTreeSet::new();
        let gone: BTreeSet<u32> = gone.iter().filter_map(|id| self.numbers.remove(*id)).collect();
        for tie in self.ties.iter().filter(|t| gone.contains(&t.a) || gone.contains(&t.b)) {
            near.extend([tie.a, tie.b]);
        }
        self.gone.extend(&gone);
        let mut counts = Vec::new();
        for sketch in new {
            let doc = self.sketches.len();
            if self.numbers.contains_key(&sketch.id) {
                continue;
            }
            self.numbers.insert(sketch.id.clone(), doc);
            let met = self.index.candidates(doc, &sketch, self.bounds.candidate, &mut counts);
            self.index.add(&sketch);
            self.sketches.push(sketch);
            near.insert(doc);
            for other in met.into_iter().filter(|other| !self.gone.contains(other)) {
                if let Some(tie) = kept(&self.sketches, doc, other, &self.bounds) {
                    let share =
                        self.carriers.shares(&self.sketches, std::slice::from_ref(&tie), |_| true, &self.bounds);
                    self.shares.extend(share);
                    self.ties.push(tie);
                }
            }
        }
        near.retain(|n| !self.gone.contains(n));
        let mut of: HashMap<u32, Vec<u32>> = HashMap::new();
        for (t, tie) in self.ties.iter().enumerate().filter(|(t, tie)| self.holds(*t, tie)) {
            of.entry(tie.a).or_default().push(t as u32);
            of.entry(tie.b).or_default().push(t as u32);
        }
        let mut next: Vec<u32> = near.iter().copied().collect();
        while let Some(n) = next.pop() {
            for t in of.get(&n).into_iter().flatten() {
                let tie = &self.ties[*t as usize];
                next.extend([tie.a, tie.b].into_iter().filter(|m| near.insert(*m)));
            }
        }
        self.among(near.into_iter().collect())
    }

    /// Whether a tie can join two reports.
    fn holds(&self, t: usize, tie: &Tie) -> bool {
        self.shares[t] >= self.bounds.share && !self.gone.contains(&tie.a) && !self.gone.contains(&tie.b)
    }

    /// How many reports there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The origins of all reports.
    pub fn rows(&self) -> Vec<Origin> {
        if self.gone.is_empty() {
            let (ranks, sketch) = (self.ranks(), |i: u32| self.sketches.get(i));
            let n = self.sketches.len() as usize;
            let found = groups(n, &sketch, &self.ties, &self.shares, &ranks, &self.names, &self.bounds);
            return rows::rows(&sketch, &self.ties, &found, &ranks);
        }
        self.among((0..self.sketches.len()).filter(|n| !self.gone.contains(n)).collect())
    }

    /// The origins of some reports, where no tie that holds leads to others. By number.
    fn among(&self, reports: Vec<u32>) -> Vec<Origin> {
        let local: HashMap<u32, u32> = reports.iter().copied().zip(0..).collect();
        let (mut ties, mut shares) = (Vec::new(), Vec::new());
        for (tie, share) in self.ties.iter().zip(&self.shares) {
            if let (Some(a), Some(b)) = (local.get(&tie.a), local.get(&tie.b)) {
                ties.push(Tie { a: *a, b: *b, ..tie.clone() });
                shares.push(*share);
            }
        }
        let sketch = |i: u32| self.sketches.get(reports[i as usize]);
        let mut by_id: Vec<u32> = (0..reports.len() as u32).collect();
        by_id.sort_unstable_by_key(|i| &sketch(*i).id);
        let ranks = ranks_of(&by_id);
        let found = groups(reports.len(), &sketch, &ties, &shares, &ranks, &self.names, &self.bounds);
        rows::rows(&sketch, &ties, &found, &ranks)
    }

    fn ranks(&self) -> Vec<u32> {
        let mut by_id: Vec<u32> = (0..self.sketches.len()).collect();
        by_id.sort_unstable_by_key(|i| &self.sketches.get(*i).id);
        ranks_of(&by_id)
    }

    /// The groups of reports of which one plainly holds the other.
    fn alike(&self) -> Vec<u32> {
        let mut sets = Sets::of(self.sketches.len() as usize);
        self.ties.iter().filter(|t| t.of_a >= self.bounds.alike).for_each(|t| sets.join(t.a, t.b));
        sets.all()
    }
}

fn ranks_of(by_id: &[u32]) -> Vec<u32> {
    let mut ranks = vec![0; by_id.len()];
    by_id.iter().enumerate().for_each(|(rank, i)| ranks[*i as usize] = rank as u32);
    ranks
}

/// The tie of two reports where it can come to anything.
fn kept(sketches: &Rows<Sketch>, x: u32, y: u32, bounds: &Bounds) -> Option<Tie> {
    // Leaving stock words out of a report's length can raise its share a little.
    Tie::between(sketches, x, y, bounds.share * 0.75, bounds)
}

#[cfg(test)]
mod tests;
