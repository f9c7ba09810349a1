//! Ties → groups: the strongest first, each joining two groups unless it would join two stories through a report that
//! only holds a piece of each.

use super::Bounds;
use super::prints::{SHINGLE, prints};
use super::sketch::Sketch;
use super::ties::{Mask, Tie};
use crate::reconcile::packed::Rows;
use serde::{Deserialize, Serialize};

/// Sets that only grow, each known by its least member.
pub(super) struct Sets(Vec<u32>);

impl Sets {
    pub fn of(n: usize) -> Sets {
        Sets((0..n as u32).collect())
    }

    pub fn find(&mut self, x: u32) -> u32 {
        let mut root = x;
        while self.0[root as usize] != root {
            root = self.0[root as usize];
        }
        let mut at = x;
        while self.0[at as usize] != root {
            at = std::mem::replace(&mut self.0[at as usize], root);
        }
        root
    }

    pub fn join(&mut self, x: u32, y: u32) {
        let (x, y) = (self.find(x), self.find(y));
        self.0[x.max(y) as usize] = x.min(y);
    }

    /// The set of each member.
    pub fn all(mut self) -> Vec<u32> {
        (0..self.0.len() as u32).map(|x| self.find(x)).collect()
    }
}

/// The group of each of `n` reports. `shares` has what counts of each tie, `ranks` the order of the reports' ids.
pub(super) fn groups<'a>(
    n: usize,
    sketches: &dyn Fn(u32) -> &'a Sketch,
    ties: &[Tie],
    shares: &[f32],
    ranks: &[u32],
    names: &Names,
    bounds: &Bounds,
) -> Vec<u32> {
    let mut order: Vec<u32> = (0..ties.len() as u32).filter(|t| shares[*t as usize] >= bounds.share).collect();
    let rank = |t: &Tie| {
        let (x, y) = (ranks[t.a as usize], ranks[t.b as usize]);
        (x.min(y), x.max(y))
    };
    order.sort_unstable_by(|s, t| {
        let (i, j) = (*s as usize, *t as usize);
        shares[j].total_cmp(&shares[i]).then_with(|| rank(&ties[i]).cmp(&rank(&ties[j])))
    });
    let mut sets = Sets::of(n);
    // The ties that hold, at either end.
    let mut held: Vec<Vec<u32>> = vec![Vec::new(); n];
    for t in order {
        let tie = &ties[t as usize];
        let joined = sets.find(tie.a) == sets.find(tie.b);
        let parted = |hub: u32| {
            held[hub as usize].iter().any(|h| two_stories(sketches, hub, &ties[*h as usize], tie, names, bounds))
        };
        if joined || !(parted(tie.a) || parted(tie.b)) {
            sets.join(tie.a, tie.b);
            held[tie.a as usize].push(t);
            held[tie.b as usize].push(t);
        }
    }
    sets.all()
}

/// Whether two ties of one report are to two different stories of which it holds a piece each: they account for
/// different words of it, neither for most of it, and it is the latest of the three, or, where the days do not tell,
/// neither the two others nor the two pieces have names in common to speak of.
fn two_stories<'a>(
    sketches: &dyn Fn(u32) -> &'a Sketch,
    hub: u32,
    one: &Tie,
    other: &Tie,
    names: &Names,
    bounds: &Bounds,
) -> bool {
    let ((x, in_x), (y, in_y)) = (one.seen_from(hub), other.seen_from(hub));
    let whole = |t: &Tie| t.share_of(hub) > bounds.whole;
    let apart = in_x.common(in_y) as f32 <= bounds.overlap * in_x.len().min(in_y.len()) as f32;
    if x == y || whole(one) || whole(other) || !apart {
        return false;
    }
    let day = |i: u32| sketches(i).date.as_deref();
    match (day(x), day(hub), day(y)) {
        (Some(x), Some(hub), Some(y)) if hub > x && hub > y => return true,
        (Some(x), Some(hub), Some(y)) if hub < x && hub < y => return false,
        _ => {}
    }
    let of = |i: u32| &sketches(i).words.names[..];
    let (in_x, in_y) = (names_within(sketches(hub), in_x), names_within(sketches(hub), in_y));
    names.common(of(x), of(y)).max(names.common(&in_x, &in_y)) < bounds.topic
}

/// The names of a report that stand in some passages of it.
fn names_within(sketch: &Sketch, mask: &Mask) -> Vec<u32> {
    let words = &sketch.words.hashes;
    let prints = prints(words);
    let at = prints.iter().enumerate().filter(|(i, _)| mask.has(*i)).map(|(_, p)| p.at as usize);
    let mut out: Vec<u32> = at.flat_map(|at| &words[at..at + SHINGLE]).copied().collect();
    out.sort_unstable();
    out.dedup();
    out.retain(|w| sketch.words.names.binary_search(w).is_ok());
    out
}

/// How many reports have each name. Held still while reports are added to a collection.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Names {
    reports: usize,
    /// Name and number of reports, sorted.
    rows: Vec<(u32, u32)>,
}

impl Names {
    pub fn of(sketches: &Rows<Sketch>) -> Names {
        let mut all: Vec<u32> = (0..sketches.len()).flat_map(|n| sketches.get(n).words.names.iter().copied()).collect();
        all.sort_unstable();
        let rows = all.chunk_by(|x, y| x == y).map(|same| (same[0], same.len() as u32)).collect();
        Names { reports: sketches.len() as usize, rows }
    }

    /// A name tells the more, the fewer reports have it. A small collection is taken for part of a larger one.
    fn weight(&self, name: u32) -> f32 {
        let reports = self.rows.binary_search_by_key(&name, |r| r.0).map_or(1, |i| self.rows[i].1);
        ((self.reports + 20) as f32 / reports as f32).ln()
    }

    /// How much of what the names of one report tell the other has too: of the report whose names tell less.
    fn common(&self, x: &[u32], y: &[u32]) -> f32 {
        let all = |names: &[u32]| names.iter().map(|n| self.weight(*n)).sum::<f32>();
        let both = x.iter().filter(|n| y.binary_search(n).is_ok());
        both.map(|n| self.weight(*n)).sum::<f32>() / all(x).min(all(y)).max(1.0)
    }
}
