//! Reports that are grouped together, and can be added to: what each has in common with which others, and the stories
//! that follow.
//!
//! How rare words are is taken from the whole collection when it is built and held still while reports are added, so that
//! adding one report changes nothing between others; building anew takes it afresh. A report added this way ends up
//! where it would stand had the collection been built with it and the same rarities.

use super::alike::{self, LEAST, SURE, Sizes};
use super::candidates::{Index, Keys, Shared, Tally};
use super::decisions::{Decided, Telling, event_of};
use super::rarity::{Rarity, Weighed};
use super::rows::Report;
use super::stories::{At, Story};
use crate::reconcile::threads::shared_out;
use crate::record::across::Decision;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reports with what they share, and the stories that they tell.
pub struct Collection {
    rarity: Rarity,
    nodes: Vec<Node>,
    numbers: HashMap<Box<str>, u32>,
    index: Index,
    decisions: Vec<Decision>,
    decided: Decided,
    /// Report → report, with whether they are together: what people decided on whole reports.
    ties: BTreeMap<u32, BTreeMap<u32, bool>>,
    /// Pairs of events that people decided on.
    events: BTreeMap<(At, At), bool>,
    /// By number, gone ones left empty.
    stories: Vec<Story>,
    story_of: Vec<u32>,
}

struct Node {
    report: Report,
    words: Box<[Weighed]>,
    sizes: Sizes,
    /// Other reports with the log-odds that both tell of one happening, where these are above the floor; by number.
    edges: Vec<(u32, f32)>,
    /// Keys that it must share to be compared.
    enough: u8,
    /// Another report stands in its place.
    gone: bool,
}

impl Collection {
    /// Groups reports, whatever their order, on so many threads. Of reports with one id the first by day and length is
    /// kept.
    pub fn of(reports: Vec<Report>, decisions: &[Decision], threads: usize) -> Collection {
        let mut rarity = Rarity::default();
        reports.iter().for_each(|r| rarity.add(r));
        Collection::with(rarity, reports, decisions, threads)
    }

    /// As [`Collection::of`], with rarities that were taken before.
    pub fn with(rarity: Rarity, mut reports: Vec<Report>, decisions: &[Decision], threads: usize) -> Collection {
        reports.sort_by(|a, b| (&a.id, a.day, a.terms.len(), a.lead).cmp(&(&b.id, b.day, b.terms.len(), b.lead)));
        reports.dedup_by(|a, b| a.id == b.id);
        // By day: what is compared stands together.
        reports.sort_by(|a, b| (a.day.is_none(), a.day, &a.id).cmp(&(b.day.is_none(), b.day, &b.id)));
        let mut out = Collection {
            rarity,
            nodes: Vec::with_capacity(reports.len()),
            numbers: HashMap::with_capacity(reports.len()),
            index: Index::default(),
            decisions: decisions.to_vec(),
            decided: Decided::default(),
            ties: BTreeMap::new(),
            events: BTreeMap::new(),
            stories: Vec::new(),
            story_of: Vec::new(),
        };
        for report in reports {
            out.enter(report);
        }
        out.index.seal();
        // Each pair once: the later of two looks back.
        let all: Vec<u32> = (0..out.nodes.len() as u32).collect();
        let met = shared_out(&all, threads, Tally::default, |tally, n| out.likes(*n, tally));
        for (n, near) in met.into_iter().enumerate() {
            out.tie(n as u32, near);
        }
        out.decide();
        let mut seen = vec![false; out.nodes.len()];
        let mut parts: Vec<Vec<u32>> = Vec::new();
        for n in 0..out.nodes.len() as u32 {
            if !seen[n as usize] {
                let part = out.tied_to(n);
                part.iter().for_each(|m| seen[*m as usize] = true);
                parts.push(part);
            }
        }
        let stories = shared_out(&parts, threads, || (), |(), part| out.stories_of(part.clone()));
        stories.into_iter().for_each(|some| out.keep(some));
        out
    }

    /// Adds one report, or puts it in the place of the one with its id. Gives the numbers of the stories that changed.
    pub fn add(&mut self, report: Report) -> Vec<u32> {
        let mut parts: BTreeSet<u32> = BTreeSet::new();
        if let Some(&old) = self.numbers.get(&report.id) {
            parts.extend(self.tied_to(old));
            let near: Vec<u32> = self.nodes[old as usize].edges.drain(..).map(|(m, _)| m).collect();
            for m in near {
                self.nodes[m as usize].edges.retain(|(o, _)| *o != old);
            }
            self.nodes[old as usize].gone = true;
            self.ties.remove(&old);
            self.numbers.remove(&report.id);
            parts.remove(&old);
            let story = self.story_of[old as usize];
            self.stories[story as usize] = Story::default();
        }
        let n = self.enter(report);
        let near = self.likes(n, &mut Tally::default());
        self.tie(n, near);
        self.decide();
        parts.insert(n);
        let mut changed = Vec::new();
        while let Some(&first) = parts.first() {
            let part = self.tied_to(first);
            part.iter().for_each(|m| {
                parts.remove(m);
            });
            changed.extend(self.settle(part));
        }
        changed
    }

    /// Enters a report without comparing it.
    fn enter(&mut self, mut report: Report) -> u32 {
        let n = self.nodes.len() as u32;
        let words = self.rarity.weigh(&report);
        // From here on its words count as weighed.
        report.terms = Box::default();
        let keys = Keys::of(&report, &words, &self.rarity);
        self.index.add(n, &keys);
        self.numbers.insert(report.id.clone(), n);
        self.nodes.push(Node {
            sizes: Sizes::of(&words),
            report,
            words,
            edges: Vec::new(),
            enough: keys.enough,
            gone: false,
        });
        self.story_of.push(u32::MAX);
        n
    }

    /// The reports before one that share enough with it and look like it, each with its score; by number.
    fn likes(&self, n: u32, tally: &mut Tally) -> Vec<(u32, f32)> {
        let node = self.node(n);
        let keys = Keys::of(&node.report, &node.words, &self.rarity);
        let reports = self.rarity.reports();
        let mut out = Vec::new();
        for (m, shared) in self.index.near(&keys, n, Shared::enough(1, reports), tally) {
            let other = self.node(m);
            if other.gone || !shared.reaches(Shared::enough(node.enough.min(other.enough), reports)) {
                continue;
            }
            let score = alike::score(&self.report_features(n, m));
            if score > -SURE {
                out.push((m, score));
            }
        }
        out
    }

    /// Keeps scores with both reports of each pair.
    fn tie(&mut self, n: u32, near: Vec<(u32, f32)>) {
        for (m, score) in near {
            for (a, b) in [(n, m), (m, n)] {
                let edges = &mut self.nodes[a as usize].edges;
                let at = edges.partition_point(|(o, _)| *o < b);
                edges.insert(at, (b, score));
            }
        }
    }

    pub(super) fn report_features(&self, a: u32, b: u32) -> alike::Features {
        let side = |n: u32| {
            let node = self.node(n);
            alike::Side { report: &node.report, words: &node.words, sizes: node.sizes }
        };
        alike::features(&side(a), &side(b))
    }

    /// Works out what people's decisions come to for the reports that are there.
    fn decide(&mut self) {
        if self.decisions.is_empty() {
            return;
        }
        let find = |id: &str| self.numbers.get(id).map(|n| &self.nodes[*n as usize].report);
        self.decided = Decided::of(&self.decisions, find);
        self.ties.clear();
        let at = |t: &Telling| Some((*self.numbers.get(&t.0)?, t.1?));
        let pair = |a: &Telling, b: &Telling| Some((at(a)?, at(b)?));
        self.events = self.decided.pairs().filter_map(|(a, b, r)| Some((pair(a, b)?, r.together))).collect();
        for (a, b, ruling) in self.decided.pairs() {
            // A merge of two events ties the events; a split parts the reports as well, or one would stand in the
            // other's incident without an event of its own.
            let whole = !ruling.together || a.1.is_none() || b.1.is_none();
            let (Some(&n), Some(&m)) = (self.numbers.get(&a.0), self.numbers.get(&b.0)) else { continue };
            if n != m && whole {
                for (x, y) in [(n, m), (m, n)] {
                    let tie = self.ties.entry(x).or_default().entry(y).or_insert(ruling.together);
                    *tie &= ruling.together;
                }
            }
        }
    }

    /// A report and all that scores or merges tie it to, directly or through others.
    fn tied_to(&self, n: u32) -> Vec<u32> {
        let mut seen = BTreeSet::from([n]);
        let mut next = vec![n];
        while let Some(n) = next.pop() {
            let alike = self.edges(n).iter().filter(|(_, s)| *s > LEAST).map(|(m, _)| *m);
            let merged = self.ties.get(&n).into_iter().flatten().filter(|(_, t)| **t).map(|(m, _)| *m);
            for m in alike.chain(merged) {
                if seen.insert(m) {
                    next.push(m);
                }
            }
        }
        seen.into_iter().collect()
    }

    /// Works out the stories of a part anew. Gives their numbers.
    fn settle(&mut self, part: Vec<u32>) -> Vec<u32> {
        for n in &part {
            let old = self.story_of[*n as usize];
            if let Some(story) = self.stories.get_mut(old as usize) {
                *story = Story::default();
            }
        }
        let stories = self.stories_of(part);
        let first = self.stories.len() as u32;
        self.keep(stories);
        (first..self.stories.len() as u32).collect()
    }

    /// Gives stories their numbers.
    fn keep(&mut self, stories: Vec<Story>) {
        for story in stories {
            let number = self.stories.len() as u32;
            story.reports.iter().for_each(|r| self.story_of[*r as usize] = number);
            self.stories.push(story);
        }
    }

    /// Decided pairs of whole reports among some reports, by their places there.
    pub(super) fn ties_within(&self, local: &BTreeMap<u32, u32>) -> Vec<(u32, u32, bool)> {
        let mut out = Vec::new();
        for (r, n) in local {
            for (other, together) in self.ties.get(r).into_iter().flatten() {
                if let Some(m) = local.get(other).filter(|m| *m > n) {
                    out.push((*n, *m, *together));
                }
            }
        }
        out.sort_unstable();
        out
    }

    /// Decided pairs of events among some events, by their places there.
    pub(super) fn fixed_events(&self, place: &BTreeMap<At, u32>) -> super::cluster::Fixed {
        let mut fixed = super::cluster::Fixed::default();
        for (a, b, together) in self.decided_events() {
            if let (Some(&n), Some(&m)) = (place.get(&a), place.get(&b)) {
                if together { fixed.together.push((n, m)) } else { fixed.apart.push((n, m)) }
            }
        }
        fixed
    }

    /// Pairs of events that people decided on, with whether they are one.
    pub(super) fn decided_events(&self) -> impl Iterator<Item = (At, At, bool)> {
        self.events.iter().map(|((a, b), together)| (*a, *b, *together))
    }

    /// Whether people decided that two events are not one, or that their reports tell of different happenings.
    pub(super) fn barred(&self, a: At, b: At) -> bool {
        let apart = |x: u32, y: u32| self.ties.get(&x).and_then(|t| t.get(&y)) == Some(&false);
        let events = |x: At, y: At| self.events.get(&(x, y)) == Some(&false);
        apart(a.0, b.0) || events(a, b) || events(b, a)
    }

    fn node(&self, n: u32) -> &Node {
        &self.nodes[n as usize]
    }

    pub(super) fn report(&self, n: u32) -> &Report {
        &self.node(n).report
    }

    /// Reports that look like telling of the same, with log-odds; by number.
    pub(super) fn edges(&self, n: u32) -> &[(u32, f32)] {
        &self.node(n).edges
    }

    pub(super) fn decided(&self) -> &Decided {
        &self.decided
    }

    pub(super) fn rarity(&self) -> &Rarity {
        &self.rarity
    }

    pub(super) fn stories(&self) -> &[Story] {
        &self.stories
    }

    /// Number of the story that a report stands in.
    pub(super) fn story_of(&self, report: u32) -> u32 {
        self.story_of[report as usize]
    }

    /// Number of the report with an id.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// The event that a telling of an incident is of.
    pub(super) fn at(&self, told: &crate::record::across::Told) -> Option<At> {
        let n = self.number(&told.report)?;
        Some((n, event_of(self.report(n), told)?))
    }
}
