//! Pairs with scores → groups: the two groups whose members look most alike on average are put together, again and
//! again, as long as they look more alike than not.
//!
//! Average linkage keeps one stray pair from chaining two stories: every pair across the two groups has its say, and a
//! pair that was never compared speaks against. Groups depend on the pairs alone, not on their order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// What decides when to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// What a pair without a score counts for.
    pub absent: f32,
    /// Groups are put together while the mean over the pairs across them is above this.
    pub least: f32,
}

/// Two nodes and how much they look like one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub a: u32,
    pub b: u32,
    pub score: f32,
}

/// What people decided on pairs of nodes: it holds whatever the scores say. Where the two contradict, what is apart
/// stays apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fixed {
    pub together: Vec<(u32, u32)>,
    pub apart: Vec<(u32, u32)>,
}

/// Two groups that could be put together, as of the time when this was worked out.
#[derive(PartialEq)]
struct Offer {
    mean: f64,
    a: u32,
    b: u32,
    age: (u32, u32),
}

impl Eq for Offer {}

impl Ord for Offer {
    fn cmp(&self, other: &Offer) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Offer) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A group on its way.
#[derive(Clone, Default)]
struct Group {
    members: Vec<u32>,
    /// Other group → sum over the scored pairs of what they have above `absent`.
    toward: BTreeMap<u32, f64>,
    apart: BTreeSet<u32>,
    age: u32,
}

/// For each of `n` nodes, the smallest node of its group.
pub fn groups(n: usize, pairs: &[Pair], fixed: &Fixed, rule: Rule) -> Vec<u32> {
    let mut rows: Vec<Group> = (0..n as u32).map(|m| Group { members: vec![m], ..Group::default() }).collect();
    for pair in pairs.iter().filter(|p| p.a != p.b) {
        let more = f64::from(pair.score) - f64::from(rule.absent);
        rows[pair.a as usize].toward.insert(pair.b, more);
        rows[pair.b as usize].toward.insert(pair.a, more);
    }
    for &(a, b) in &fixed.apart {
        if a != b {
            rows[a as usize].apart.insert(b);
            rows[b as usize].apart.insert(a);
        }
    }
    let mut home: Vec<u32> = (0..n as u32).collect();
    for &(a, b) in &fixed.together {
        let (a, b) = (home[a as usize], home[b as usize]);
        if a != b && !rows[a as usize].apart.contains(&b) {
            join(&mut rows, &mut home, a.min(b), a.max(b));
        }
    }
    let mut heap = BinaryHeap::new();
    for a in 0..n as u32 {
        let others: Vec<u32> = rows[a as usize].toward.range(a + 1..).map(|(b, _)| *b).collect();
        heap.extend(others.into_iter().filter_map(|b| offer(&rows, a, b, rule)));
    }
    while let Some(best) = heap.pop() {
        let (a, b) = (best.a as usize, best.b as usize);
        if best.age != (rows[a].age, rows[b].age) || rows[a].members.is_empty() || rows[b].members.is_empty() {
            continue;
        }
        join(&mut rows, &mut home, best.a, best.b);
        let others: Vec<u32> = rows[a].toward.keys().copied().collect();
        heap.extend(others.into_iter().filter_map(|c| offer(&rows, best.a.min(c), best.a.max(c), rule)));
    }
    home
}

/// The offer to put two groups together, where they look more alike than not.
fn offer(rows: &[Group], a: u32, b: u32, rule: Rule) -> Option<Offer> {
    let (x, y) = (&rows[a as usize], &rows[b as usize]);
    if x.apart.contains(&b) {
        return None;
    }
    let pairs = (x.members.len() * y.members.len()) as f64;
    let mean = f64::from(rule.absent) + x.toward.get(&b)? / pairs;
    (mean > f64::from(rule.least)).then_some(Offer { mean, a, b, age: (x.age, y.age) })
}

/// Puts `b` into `a`.
fn join(rows: &mut [Group], home: &mut [u32], a: u32, b: u32) {
    let gone = std::mem::take(&mut rows[b as usize]);
    for m in &gone.members {
        home[*m as usize] = a;
    }
    for (c, sum) in gone.toward.iter().filter(|(c, _)| **c != a) {
        let other = &mut rows[*c as usize].toward;
        other.remove(&b);
        *other.entry(a).or_insert(0.0) += sum;
    }
    for c in gone.apart.iter().filter(|c| **c != a) {
        let other = &mut rows[*c as usize].apart;
        other.remove(&b);
        other.insert(a);
    }
    let kept = &mut rows[a as usize];
    kept.toward.remove(&b);
    for (c, sum) in gone.toward.into_iter().filter(|(c, _)| *c != a) {
        *kept.toward.entry(c).or_insert(0.0) += sum;
    }
    kept.apart.extend(gone.apart.into_iter().filter(|c| *c != a));
    kept.members.extend(gone.members);
    kept.age += 1;
    rows[b as usize].age += 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULE: Rule = Rule { absent: -2.0, least: 0.0 };

    fn told(n: usize, pairs: &[(u32, u32, f32)], fixed: &Fixed) -> Vec<u32> {
        let pairs: Vec<Pair> = pairs.iter().map(|&(a, b, score)| Pair { a, b, score }).collect();
        groups(n, &pairs, fixed, RULE)
    }

    #[test]
    fn a_stray_pair_does_not_chain_two_stories() {
        let pairs = [(0, 1, 3.0), (0, 2, 3.0), (1, 2, 3.0), (3, 4, 3.0), (3, 5, 3.0), (4, 5, 3.0), (2, 3, 2.5)];
        assert_eq!(told(6, &pairs, &Fixed::default()), [0, 0, 0, 3, 3, 3]);
    }

    #[test]
    fn decisions_hold_against_scores() {
        let pairs = [(0, 1, 5.0), (1, 2, 5.0), (0, 2, 5.0)];
        let fixed = Fixed { together: vec![(2, 3)], apart: vec![(0, 1)] };
        let groups = told(4, &pairs, &fixed);
        assert_ne!(groups[0], groups[1]);
        assert_eq!(groups[2], groups[3]);
    }

    #[test]
    fn apart_wins_where_decisions_contradict() {
        let fixed = Fixed { together: vec![(0, 1), (1, 2)], apart: vec![(0, 2)] };
        let groups = told(3, &[], &fixed);
        assert_eq!((groups[0], groups[1]), (0, 0));
        assert_eq!(groups[2], 2);
    }

    proptest! {
        #[test]
        fn groups_do_not_depend_on_the_order_of_the_pairs(
            pairs in prop::collection::btree_map((0u32..12, 0u32..12), -4.0f32..4.0, 0..60),
            turn in 0usize..60,
        ) {
            let mut rows: Vec<Pair> = pairs.into_iter().filter(|((a, b), _)| a < b).map(|((a, b), score)| Pair { a, b, score }).collect();
            let first = groups(12, &rows, &Fixed::default(), RULE);
            let by = turn % rows.len().max(1);
            rows.rotate_left(by);
            rows.reverse();
            prop_assert_eq!(first, groups(12, &rows, &Fixed::default(), RULE));
        }
    }
}
