//! Groups of reports, and within each the events that are one: what the reports of a story tell of.

use super::alike::{LEAST, SURE};
use super::cluster::{Fixed, Pair, Rule, groups};
use super::collection::Collection;
use super::rows::Happening;
use super::same;
use std::collections::BTreeMap;

/// Events are put together while they are surer than even on average.
const EVENTS: Rule = Rule { absent: -SURE, least: 0.0 };

/// Share of a story's reports that must tell of an event for the story to be of that event.
const COVERED: f32 = 1.0 / 3.0;

/// Reports tied to one another, directly or through others, up to which every pair is compared.
const FEW: usize = 200;

/// An event: its report's number in the collection, and its place among the report's events.
pub type At = (u32, u32);

/// Reports of one happening, and the events that they tell of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// By id.
    pub reports: Vec<u32>,
    /// Groups of events that are one, each by report, then by place; the groups by their first.
    pub events: Vec<Vec<At>>,
    /// The group that the story is of; null where it is no conflict event.
    pub main: Option<usize>,
}

impl Collection {
    /// The stories that reports fall into, which depend on nobody else: `reports` are all that scores or decisions tie to
    /// one another.
    pub(super) fn stories_of(&self, mut reports: Vec<u32>) -> Vec<Story> {
        reports.sort_by(|a, b| self.report(*a).id.cmp(&self.report(*b).id));
        let local: BTreeMap<u32, u32> = reports.iter().enumerate().map(|(n, r)| (*r, n as u32)).collect();
        let pairs = self.scored(&reports, &local);
        let mut fixed = Fixed::default();
        for (a, b, together) in self.ties_within(&local) {
            if together { fixed.together.push((a, b)) } else { fixed.apart.push((a, b)) }
        }
        let home = groups(reports.len(), &pairs, &fixed, Rule { absent: -SURE, least: LEAST });
        let mut stories: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (n, home) in home.into_iter().enumerate() {
            stories.entry(home).or_default().push(reports[n]);
        }
        let mut near: BTreeMap<u32, Vec<(u32, f32)>> = BTreeMap::new();
        for pair in pairs.iter().filter(|p| p.score > LEAST) {
            near.entry(reports[pair.a as usize]).or_default().push((reports[pair.b as usize], pair.score));
        }
        stories.into_values().map(|reports| self.story(reports, &near)).collect()
    }

    /// Scores of the pairs of some reports. Where they are few all are compared: what shared no rare words may still have
    /// its say once others brought the two together.
    fn scored(&self, reports: &[u32], local: &BTreeMap<u32, u32>) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (n, r) in reports.iter().enumerate() {
            let n = n as u32;
            if reports.len() <= FEW {
                let rest = reports.iter().enumerate().skip(n as usize + 1);
                let score = |m: u32| super::alike::score(&self.report_features(*r, m));
                pairs.extend(rest.map(|(b, m)| Pair { a: n, b: b as u32, score: score(*m) }));
            } else {
                let edges = self.edges(*r).iter().filter_map(|(m, s)| Some((*local.get(m)?, *s)));
                pairs.extend(edges.filter(|(b, _)| *b > n).map(|(b, score)| Pair { a: n, b, score }));
            }
        }
        pairs
    }

    /// Works out the events of a story. `near` are the pairs of reports that look like one, each under its first.
    fn story(&self, reports: Vec<u32>, near: &BTreeMap<u32, Vec<(u32, f32)>>) -> Story {
        let nodes: Vec<At> =
            reports.iter().flat_map(|r| (0..self.report(*r).events.len() as u32).map(|e| (*r, e))).collect();
        let first: BTreeMap<u32, u32> = nodes.iter().enumerate().rev().map(|(n, (r, _))| (*r, n as u32)).collect();
        let mut pairs = Vec::new();
        for r in &reports {
            let others = near.get(r).into_iter().flatten();
            for (other, score) in std::iter::once(&(*r, SURE)).chain(others) {
                let (Some(a), Some(b)) = (first.get(r), first.get(other)) else { continue };
                for (n, e) in self.report(*r).events.iter().enumerate() {
                    for (m, f) in self.report(*other).events.iter().enumerate() {
                        if (r != other || m > n) && same::comparable(e, f) {
                            let score = self.alike((*r, n as u32), (*other, m as u32), *score);
                            if score > -SURE {
                                pairs.push(Pair { a: a + n as u32, b: b + m as u32, score });
                            }
                        }
                    }
                }
            }
        }
        let place: BTreeMap<At, u32> = nodes.iter().enumerate().map(|(n, at)| (*at, n as u32)).collect();
        let fixed = self.fixed_events(&place);
        let home = groups(nodes.len(), &pairs, &fixed, EVENTS);
        let mut found: BTreeMap<u32, Vec<At>> = BTreeMap::new();
        for (n, home) in home.iter().enumerate() {
            found.entry(*home).or_default().push(nodes[n]);
        }
        let mut events: Vec<Vec<At>> = found.into_values().collect();
        let main = self.main(&reports, &events).map(|main| self.widened(&mut events, main));
        Story { reports, events, main }
    }

    /// Log-odds that two events are one.
    pub(super) fn alike(&self, a: At, b: At, reports: f32) -> f32 {
        same::score(&self.event_features(a, b, reports))
    }

    pub(super) fn event_features(&self, a: At, b: At, reports: f32) -> same::Features {
        same::features(self.side(a), self.side(b), self.rarity(), reports)
    }

    pub(super) fn side(&self, at: At) -> same::Side<'_> {
        same::Side { report: self.report(at.0), event: self.event(at) }
    }

    pub(super) fn event(&self, (report, event): At) -> &Happening {
        &self.report(report).events[event as usize]
    }

    /// The group of events that a story is of: told in most of its reports, in their leads, as done and of late.
    fn main(&self, reports: &[u32], events: &[Vec<At>]) -> Option<usize> {
        let mut best: Option<(f32, usize)> = None;
        for (n, group) in events.iter().enumerate() {
            let mut tellers: Vec<u32> = group.iter().map(|(r, _)| *r).collect();
            tellers.dedup();
            if (tellers.len() as f32) < COVERED * reports.len() as f32 {
                continue;
            }
            let leads = group.iter().filter(|at| self.event(**at).lead).count().min(tellers.len()) as f32;
            let share = |fits: &dyn Fn(&Happening) -> bool| {
                group.iter().filter(|at| fits(self.event(**at))).count() as f32 / group.len() as f32
            };
            let done = share(&|e| &*e.status == "happened" && !e.historical);
            let material = share(&|e| same::material(&e.class));
            let weight = (tellers.len() as f32 + 2.0 * leads) * (0.3 + done) * (0.3 + material);
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, n));
            }
        }
        best.map(|(_, n)| n)
    }

    /// Puts with the main group the groups that tell of other sides of the same: of its type ("attacked", "killed"), as
    /// done as it is, with nothing that speaks against it. Gives where the main group stands then.
    fn widened(&self, events: &mut Vec<Vec<At>>, main: usize) -> usize {
        let core = events[main].clone();
        let class = self.event(core[0]).class.clone();
        let joins = |group: &Vec<At>| {
            let fits = |at: &At| {
                let e = self.event(*at);
                e.class == class && &*e.status == "happened" && !e.historical
            };
            let pairs = group.iter().flat_map(|a| core.iter().map(move |b| (*a, *b)));
            let against = pairs.clone().filter(|(a, b)| self.contradict(*a, *b)).count();
            let barred = pairs.clone().any(|(a, b)| self.barred(a, b));
            !barred && group.iter().filter(|at| fits(at)).count() * 2 > group.len() && against * 4 < pairs.count()
        };
        let joined: Vec<bool> = events.iter().enumerate().map(|(n, g)| n != main && joins(g)).collect();
        let mut whole = core.clone();
        let mut kept = Vec::new();
        for (n, group) in std::mem::take(events).into_iter().enumerate() {
            match joined[n] {
                true => whole.extend(group),
                false if n != main => kept.push(group),
                false => {}
            }
        }
        let by_id = |at: &At| (self.report(at.0).id.clone(), at.1);
        whole.sort_by_cached_key(by_id);
        kept.push(whole.clone());
        kept.sort_by_cached_key(|g| by_id(&g[0]));
        *events = kept;
        events.iter().position(|g| *g == whole).unwrap_or(0)
    }

    /// Whether two events cannot be sides of one happening.
    fn contradict(&self, a: At, b: At) -> bool {
        let (x, y) = (self.side(a), self.side(b));
        same::where_both(x, y) == Some(false) || same::days(x.event, y.event).is_some_and(|d| d > 1)
    }
}
