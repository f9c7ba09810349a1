//! Reports that are grouped together, and can be added to: what each has in common with which others, and the stories
//! that follow.
//!
//! How rare words are, and which keys are crowded, is taken when the collection is built and held still while reports are
//! added, so that adding one report changes nothing between others; building anew takes it afresh. A report added this
//! way ends up where it would stand had it been added in any other order.

use super::alike::{self, LEAST, SURE, Sizes};
use super::candidates::{Index, Keys, Shared, Tally};
use super::decisions::{Decided, Telling, event_of};
use super::rarity::{Rarity, Weighed};
use super::rows::Report;
use super::stories::{At, Story};
use crate::reconcile::packed::Rows;
use crate::reconcile::threads::shared_out;
use crate::record::across::Decision;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reports with what they share, and the stories that they tell.
#[derive(Default)]
pub struct Collection {
    pub(super) rarity: Rarity,
    pub(super) nodes: Rows<Node>,
    pub(super) numbers: HashMap<Box<str>, u32>,
    /// How many reports there were when it was built.
    pub(super) built: u32,
    pub(super) index: Index,
    /// Other reports with the log-odds that both tell of one happening, where these are above the floor; by number.
    pub(super) edges: Vec<Vec<(u32, f32)>>,
    /// Pairs of reports with scores, as they came: what `edges` has both ways round.
    pub(super) pairs: Vec<(u32, u32, f32)>,
    /// Keys that each report must share to be compared.
    pub(super) enough: Vec<u8>,
    /// Keys of the reports that came later.
    pub(super) later: Vec<Keys>,
    /// Events whose type, town and day are known, by these.
    pub(super) dated: Vec<(Day, At)>,
    /// Reports that were taken away, or that others took the place of.
    pub(super) gone: BTreeSet<u32>,
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

/// Type, town and day of an event: a hash, a GeoNames id, days since 1970-01-01.
pub(super) type Day = (u32, u32, i32);

/// The story of a report whose stories were not worked out yet.
pub(super) const OPEN: u32 = u32::MAX;

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Node {
    report: Report,
    words: Box<[Weighed]>,
    sizes: Sizes,
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
    pub fn with(rarity: Rarity, reports: Vec<Report>, decisions: &[Decision], threads: usize) -> Collection {
        let mut out = Collection::built(rarity, reports, threads);
        out.decisions = decisions.to_vec();
        out.decide();
        out.settle_all(threads);
        out
    }

    /// Reports that were compared, before anything is grouped: what others are added to by [`Collection::grow`].
    pub fn compared(reports: Vec<Report>, threads: usize) -> Collection {
        let mut rarity = Rarity::default();
        reports.iter().for_each(|r| rarity.add(r));
        Collection::built(rarity, reports, threads)
    }

    fn built(rarity: Rarity, mut reports: Vec<Report>, threads: usize) -> Collection {
        reports.sort_by(|a, b| (&a.id, a.day, a.terms.len(), a.lead).cmp(&(&b.id, b.day, b.terms.len(), b.lead)));
        reports.dedup_by(|a, b| a.id == b.id);
        // By day: what is compared stands together.
        reports.sort_by(|a, b| (a.day.is_none(), a.day, &a.id).cmp(&(b.day.is_none(), b.day, &b.id)));
        let mut out = Collection { rarity, built: reports.len() as u32, ..Collection::default() };
        for report in reports {
            out.enter(report);
        }
        out.index.seal();
        // Each pair once: the later of two looks back.
        let all: Vec<u32> = (0..out.nodes.len()).collect();
        let met = shared_out(&all, threads, Tally::default, |tally, n| out.likes(*n, tally));
        for (n, near) in met.into_iter().enumerate() {
            out.tie(n as u32, near);
        }
        out
    }

    /// Works out all stories that are open.
    pub fn settle_all(&mut self, threads: usize) {
        let mut seen = vec![false; self.story_of.len()];
        let mut parts: Vec<Vec<u32>> = Vec::new();
        for n in 0..self.nodes.len() {
            if !seen[n as usize] && self.story_of[n as usize] == OPEN && !self.gone.contains(&n) {
                let part = self.tied_to(n);
                part.iter().for_each(|m| seen[*m as usize] = true);
                parts.push(part);
            }
        }
        let stories = shared_out(&parts, threads, || (), |(), part| self.stories_of(part.clone()));
        stories.into_iter().for_each(|some| self.keep(some));
    }

    /// Takes some reports away, by id, and takes others in, in any order. Gives the numbers of the reports whose stories
    /// these could bear on, those taken away among them; their stories are open then.
    pub fn grow(&mut self, gone: &[&str], new: Vec<Report>, decisions: &[Decision]) -> BTreeSet<u32> {
        let mut near: BTreeSet<u32> = BTreeSet::new();
        let decided = |d: &Collection| -> BTreeSet<u32> {
            d.ties.keys().copied().chain(d.events.keys().flat_map(|(a, b)| [a.0, b.0])).collect()
        };
        if self.decisions != decisions {
            near.extend(decided(self));
            self.decisions = decisions.to_vec();
        }
        for id in gone {
            if let Some(n) = self.numbers.remove(*id) {
                near.extend(self.tied_to(n));
                self.gone.insert(n);
            }
        }
        let mut tally = Tally::default();
        for report in new {
            if self.numbers.contains_key(&report.id) {
                continue;
            }
            let n = self.enter(report);
            let likes = self.likes(n, &mut tally);
            self.tie(n, likes);
            near.insert(n);
        }
        self.decide();
        near.extend(decided(self));
        let mut next: Vec<u32> = near.iter().copied().collect();
        while let Some(n) = next.pop() {
            if !self.gone.contains(&n) {
                next.extend(self.tied_to(n).into_iter().filter(|m| near.insert(*m)));
            }
        }
        for n in &near {
            let old = std::mem::replace(&mut self.story_of[*n as usize], OPEN);
            if let Some(story) = self.stories.get_mut(old as usize) {
                *story = Story::default();
            }
        }
        near
    }

    /// Works out the stories of a report and of all that is tied to it, where they are open.
    pub(super) fn settle(&mut self, n: u32) {
        if self.story_of[n as usize] == OPEN && !self.gone.contains(&n) {
            let stories = self.stories_of(self.tied_to(n));
            self.keep(stories);
        }
    }

    /// Gives stories their numbers.
    fn keep(&mut self, stories: Vec<Story>) {
        for story in stories {
            let number = self.stories.len() as u32;
            story.reports.iter().for_each(|r| self.story_of[*r as usize] = number);
            self.stories.push(story);
        }
    }

    /// Enters a report without comparing it.
    fn enter(&mut self, mut report: Report) -> u32 {
        let n = self.nodes.len();
        let words = self.rarity.weigh(&report);
        // From here on its words count as weighed.
        report.terms = Box::default();
        let keys = Keys::of(&report, &words, &self.rarity);
        self.index.add(n, &keys);
        self.numbers.insert(report.id.clone(), n);
        self.enough.push(keys.enough);
        if n >= self.built {
            self.later.push(keys);
        }
        self.nodes.push(Node { sizes: Sizes::of(&words), report, words });
        let events = (0..self.report(n).events.len() as u32).map(|e| (n, e));
        let dated: Vec<(Day, At)> = events.filter_map(|at| Some((self.day_of(at)?, at))).collect();
        self.dated.extend(dated);
        self.edges.push(Vec::new());
        self.story_of.push(OPEN);
        n
    }

    /// Leaves room for a report that lies packed.
    pub(super) fn make_room(&mut self, id: Box<str>, enough: u8) {
        let n = self.edges.len() as u32;
        self.numbers.insert(id, n);
        self.enough.push(enough);
        self.edges.push(Vec::new());
        self.story_of.push(OPEN);
    }

    /// Takes decisions for known, without looking at what they change.
    pub(super) fn hold(&mut self, decisions: &[Decision]) {
        self.decisions = decisions.to_vec();
        self.decide();
    }

    /// Type, town and day of an event where all are known.
    pub(super) fn day_of(&self, at: At) -> Option<Day> {
        let event = self.event(at);
        let place = self.side(at).place().filter(|p| alike::precise(p))?;
        let (day, last) = event.days?;
        Some((super::words::hash(&event.class), place.geonameid?, day)).filter(|_| day == last)
    }

    /// The reports before one that share enough with it and look like it, each with its score; by number.
    fn likes(&self, n: u32, tally: &mut Tally) -> Vec<(u32, f32)> {
        let node = self.nodes.get(n);
        let keys = Keys::of(&node.report, &node.words, &self.rarity);
        let reports = self.rarity.reports();
        let mut out = Vec::new();
        for (m, shared) in self.index.near(&keys, n, Shared::enough(1, reports), tally) {
            let enough = keys.enough.min(self.enough[m as usize]);
            if self.gone.contains(&m) || !shared.reaches(Shared::enough(enough, reports)) {
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
    pub(super) fn tie(&mut self, n: u32, near: Vec<(u32, f32)>) {
        for (m, score) in near {
            self.pairs.push((n, m, score));
            for (a, b) in [(n, m), (m, n)] {
                let edges = &mut self.edges[a as usize];
                let at = edges.partition_point(|(o, _)| *o < b);
                edges.insert(at, (b, score));
            }
        }
    }

    pub(super) fn report_features(&self, a: u32, b: u32) -> alike::Features {
        let side = |n: u32| {
            let node = self.nodes.get(n);
            alike::Side { report: &node.report, words: &node.words, sizes: node.sizes }
        };
        alike::features(&side(a), &side(b))
    }

    /// Works out what people's decisions come to for the reports that are there.
    fn decide(&mut self) {
        if self.decisions.is_empty() {
            (self.decided, self.ties, self.events) = Default::default();
            return;
        }
        let find = |id: &str| self.numbers.get(id).map(|n| self.report(*n));
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
            let alike = self.edges(n).iter().filter(|(m, s)| *s > LEAST && !self.gone.contains(m)).map(|(m, _)| *m);
            let merged = self.ties.get(&n).into_iter().flatten().filter(|(_, t)| **t).map(|(m, _)| *m);
            for m in alike.chain(merged) {
                if seen.insert(m) {
                    next.push(m);
                }
            }
        }
        seen.into_iter().collect()
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

    pub(super) fn report(&self, n: u32) -> &Report {
        &self.nodes.get(n).report
    }

    /// Reports that look like telling of the same, with log-odds; by number.
    pub(super) fn edges(&self, n: u32) -> &[(u32, f32)] {
        &self.edges[n as usize]
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
    pub fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// The event that a telling of an incident is of.
    pub(super) fn at(&self, told: &crate::record::across::Told) -> Option<At> {
        let n = self.number(&told.report)?;
        Some((n, event_of(self.report(n), told)?))
    }
}
