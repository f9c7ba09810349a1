//! Ties → groups: the strongest first, each joining two groups unless it would join two stories through a report that
//! only holds a piece of each.

use super::Bounds;
use super::sketch::Sketch;
use super::ties::Tie;

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

/// The group of each report. `shares` has what counts of each tie, `ranks` the order of the reports' ids.
pub(super) fn groups(sketches: &[Sketch], ties: &[Tie], shares: &[f32], ranks: &[u32], bounds: &Bounds) -> Vec<u32> {
    let mut order: Vec<u32> = (0..ties.len() as u32).filter(|t| shares[*t as usize] >= bounds.share).collect();
    let rank = |t: &Tie| {
        let (x, y) = (ranks[t.a as usize], ranks[t.b as usize]);
        (x.min(y), x.max(y))
    };
    order.sort_unstable_by(|s, t| {
        let (i, j) = (*s as usize, *t as usize);
        shares[j].total_cmp(&shares[i]).then_with(|| rank(&ties[i]).cmp(&rank(&ties[j])))
    });
    let mut sets = Sets::of(sketches.len());
    // The ties that hold, at either end.
    let mut held: Vec<Vec<u32>> = vec![Vec::new(); sketches.len()];
    for t in order {
        let tie = &ties[t as usize];
        let joined = sets.find(tie.a) == sets.find(tie.b);
        let parted =
            |hub: u32| held[hub as usize].iter().any(|h| two_stories(sketches, hub, &ties[*h as usize], tie, bounds));
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
/// the two others have no name in common.
fn two_stories(sketches: &[Sketch], hub: u32, one: &Tie, other: &Tie, bounds: &Bounds) -> bool {
    let ((x, in_x), (y, in_y)) = (one.seen_from(hub), other.seen_from(hub));
    let whole = |t: &Tie| t.share_of(hub) > bounds.whole;
    let apart = in_x.common(in_y) as f32 <= bounds.overlap * in_x.len().min(in_y.len()) as f32;
    if x == y || whole(one) || whole(other) || !apart {
        return false;
    }
    let day = |i: u32| sketches[i as usize].date.as_deref();
    match (day(x), day(hub), day(y)) {
        (Some(x), Some(hub), Some(y)) if hub > x && hub > y => return true,
        (Some(x), Some(hub), Some(y)) if hub < x && hub < y => return false,
        _ => {}
    }
    let (x, y) = (&sketches[x as usize].words.names, &sketches[y as usize].words.names);
    !x.iter().any(|name| y.binary_search(name).is_ok())
}
