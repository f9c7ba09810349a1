//! Stories → incidents: groups of tellings with what most voices say of them.

use super::collection::{Collection, Day};
use super::rows::{Happening, Spot, date_of};
use super::same;
use super::stories::{At, Story};
use crate::record::across::{Incident, Told, Verification, Where};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Events of one type, town and day in the whole collection that are compared with one another across stories: more
/// are a front, not an incident.
const CROWD: usize = 400;
/// Names shown of each side.
const NAMES: usize = 5;

/// One group of a story, or what is left of a story with no event of its own.
type Part = (u32, Option<usize>);

/// A telling: report, and event where there is one.
type Telling = (u32, Option<u32>);

impl Collection {
    /// All incidents, by the earliest telling. `origin` gives the row of origins that a report belongs to; where it knows
    /// none, each report is a voice of its own. All stories are worked out before ([`Collection::settle_all`]).
    pub fn incidents(&self, origin: &dyn Fn(&str) -> Option<String>) -> Vec<Incident> {
        let mut out = Vec::new();
        self.each_incident(origin, |incident| out.push(incident));
        out
    }

    /// Hands on all incidents one by one, in the order of [`Collection::incidents`].
    pub fn each_incident(&self, origin: &dyn Fn(&str) -> Option<String>, take: impl FnMut(Incident)) {
        let mut parts: Vec<Part> = Vec::new();
        let mut dated: Vec<(Day, Part, At)> = Vec::with_capacity(self.dated.len());
        let mut part_of: HashMap<At, Part> = HashMap::new();
        let decided = self.decided_events().next().is_some();
        let mut days: Vec<(At, Day)> = self.dated.iter().map(|(day, at)| (*at, *day)).collect();
        days.sort_unstable();
        for (s, story) in self.stories().iter().enumerate() {
            parts.extend(parts_of(s as u32, story));
            for (g, group) in story.events.iter().enumerate() {
                let part = (s as u32, Some(g));
                let day = |at: &At| days.binary_search_by_key(at, |d| d.0).ok().map(|n| days[n].1);
                dated.extend(group.iter().filter_map(|at| Some((day(at)?, part, *at))));
                part_of.extend(group.iter().filter(|_| decided).map(|at| (*at, part)));
            }
        }
        drop(days);
        dated.sort_unstable();
        let met = dated.chunk_by(|x, y| x.0 == y.0).filter(|l| l.len() <= CROWD);
        let mut wanted: Vec<(Part, Part, bool)> = Vec::new();
        for list in met {
            for (n, (_, p, a)) in list.iter().enumerate() {
                for (_, q, b) in &list[n + 1..] {
                    if p != q && same::plainly_one(self.side(*a), self.side(*b)) {
                        wanted.push((*p, *q, false));
                    }
                }
            }
        }
        drop(dated);
        for (a, b, _) in self.decided_events().filter(|(.., together)| *together) {
            if let (Some(p), Some(q)) = (part_of.get(&a), part_of.get(&b)) {
                wanted.push((*p, *q, true));
            }
        }
        self.tell(self.joined(parts, wanted), origin, take);
    }

    /// The incidents that bear on some reports, and all that these could have changed: `changed` are reports whose stories
    /// are open or that are gone, `renamed` those that belong to another origin than before.
    pub fn incidents_near(
        &mut self,
        changed: &BTreeSet<u32>,
        renamed: &BTreeSet<u32>,
        origin: &dyn Fn(&str) -> Option<String>,
    ) -> Vec<Incident> {
        let mut lists: HashMap<Day, Vec<At>> = HashMap::new();
        for (day, at) in self.dated.iter().filter(|(_, at)| !self.gone.contains(&at.0)) {
            lists.entry(*day).or_default().push(*at);
        }
        let of_changed = self.dated.iter().filter(|(_, at)| changed.contains(&at.0));
        let days: BTreeSet<Day> = of_changed.map(|(day, _)| *day).collect();
        // Where a list was a crowd before and is one now, nothing is joined by it.
        let crowd = |list: &Vec<At>| list.len() > CROWD + changed.len() * CROWD.min(60);
        let seeds: BTreeSet<u32> = changed.union(renamed).copied().filter(|n| !self.gone.contains(n)).collect();
        let mut next: Vec<Part> = Vec::new();
        let met: Vec<At> = days.iter().filter_map(|d| lists.get(d)).filter(|l| !crowd(l)).flatten().copied().collect();
        for at in met {
            self.settle(at.0);
            next.extend(self.part_of(at));
        }
        for n in seeds {
            self.settle(n);
            let s = self.story_of(n);
            next.extend(parts_of(s, &self.stories()[s as usize]));
        }
        let decided: Vec<(At, At)> =
            self.decided_events().filter(|(.., together)| *together).map(|(a, b, _)| (a, b)).collect();
        let mut parts: BTreeSet<Part> = BTreeSet::new();
        let mut wanted: BTreeSet<(Part, Part, bool)> = BTreeSet::new();
        while let Some(part) = next.pop() {
            if !parts.insert(part) {
                continue;
            }
            let events: Vec<At> = part.1.map(|g| self.stories()[part.0 as usize].events[g].clone()).unwrap_or_default();
            for a in events {
                let others = self.day_of(a).and_then(|d| lists.get(&d)).filter(|l| l.len() <= CROWD);
                let alike = others.into_iter().flatten().filter(|b| **b != a);
                let mut found: Vec<(At, bool)> =
                    alike.filter(|b| same::plainly_one(self.side(a), self.side(**b))).map(|b| (*b, false)).collect();
                found.extend(
                    decided
                        .iter()
                        .filter(|(x, y)| *x == a || *y == a)
                        .map(|(x, y)| (if *x == a { *y } else { *x }, true)),
                );
                for (b, by_people) in found {
                    self.settle(b.0);
                    if let Some(other) = self.part_of(b).filter(|other| *other != part) {
                        wanted.insert((part.min(other), part.max(other), by_people));
                        next.push(other);
                    }
                }
            }
        }
        let mut out = Vec::new();
        self.tell(self.joined(parts.into_iter().collect(), wanted.into_iter().collect()), origin, |i| out.push(i));
        out
    }

    /// The part that an event stands in, once its stories are worked out.
    fn part_of(&self, at: At) -> Option<Part> {
        let s = self.story_of(at.0);
        let story = self.stories().get(s as usize)?;
        story.events.iter().position(|group| group.contains(&at)).map(|g| (s, Some(g)))
    }

    /// Writes out what parts that were joined tell of, in the order of the earliest telling.
    fn tell(&self, joined: Vec<Vec<Part>>, origin: &dyn Fn(&str) -> Option<String>, take: impl FnMut(Incident)) {
        let mut all: Vec<Vec<Telling>> = Vec::with_capacity(joined.len());
        for part in joined {
            let mut tellings: Vec<Telling> = Vec::new();
            for (s, group) in part {
                let story = &self.stories()[s as usize];
                let events: &[At] = group.map(|g| story.events[g].as_slice()).unwrap_or_default();
                tellings.extend(events.iter().map(|(r, e)| (*r, Some(*e))));
                if group == story.main {
                    let silent = story.reports.iter().filter(|r| !events.iter().any(|(t, _)| t == *r));
                    tellings.extend(silent.map(|r| (*r, None)));
                }
            }
            self.in_order(&mut tellings);
            all.push(tellings);
        }
        // By the earliest day, then by the reports, then by what is told of first.
        let day = |t: &[Telling]| {
            let day = t.iter().filter_map(|(r, _)| self.report(*r).day).min();
            (day.is_none(), day)
        };
        let ids = |t: &[Telling]| {
            let mut ids: Vec<&str> = t.iter().map(|(r, _)| &*self.report(*r).id).collect();
            ids.dedup();
            ids.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        all.sort_by(|x, y| {
            let rest = || ids(x).cmp(&ids(y)).then_with(|| (x[0].1.is_none(), x[0].1).cmp(&(y[0].1.is_none(), y[0].1)));
            day(x).cmp(&day(y)).then_with(rest)
        });
        all.into_iter().map(|tellings| self.incident(&tellings, origin)).for_each(take);
    }

    /// Tellings in the order of publication, then of id, then as told.
    fn in_order(&self, tellings: &mut [Telling]) {
        tellings.sort_by(|a, b| {
            let key = |(r, e): &Telling| {
                let report = self.report(*r);
                (report.day.is_none(), report.day, &report.id, e.is_none(), *e)
            };
            key(a).cmp(&key(b))
        });
    }

    /// Puts parts together that are wanted together: those that are plainly the same, or that people decided on.
    fn joined(&self, parts: Vec<Part>, mut wanted: Vec<(Part, Part, bool)>) -> Vec<Vec<Part>> {
        let mut home: HashMap<Part, Part> = HashMap::new();
        let mut members: HashMap<Part, Vec<Part>> = HashMap::new();
        // What people put together first; then by the ids of reports, so that numbers do not matter.
        wanted.sort_by_cached_key(|(p, q, decided)| {
            let name = |p: &Part| {
                let (id, event) = self.first_of(p);
                (id.to_owned(), event)
            };
            let (x, y) = (name(p), name(q));
            (!decided, x.clone().min(y.clone()), x.max(y))
        });
        for (p, q, _) in wanted {
            let (x, y) = (*home.entry(p).or_insert(p), *home.entry(q).or_insert(q));
            let of = |of: &Part| members.get(of).cloned().unwrap_or_else(|| vec![*of]);
            if x == y || self.any_barred(&of(&x), &of(&y)) {
                continue;
            }
            let both = [of(&x), of(&y)].concat();
            both.iter().for_each(|m| {
                home.insert(*m, x);
            });
            members.remove(&y);
            members.insert(x, both);
        }
        let alone = parts.into_iter().filter(|p| home.get(p).is_none_or(|h| h == p));
        alone.map(|p| members.get(&p).cloned().unwrap_or_else(|| vec![p])).collect()
    }

    /// What a part is told apart by: its first report and event.
    fn first_of(&self, (s, group): &Part) -> (&str, u32) {
        let story = &self.stories()[*s as usize];
        let (r, e) = match group {
            Some(g) => story.events[*g][0],
            None => (story.reports[0], u32::MAX),
        };
        (&self.report(r).id, e)
    }

    fn any_barred(&self, x: &[Part], y: &[Part]) -> bool {
        if self.decided().pairs().next().is_none() {
            return false;
        }
        let events = |parts: &[Part]| -> Vec<At> {
            let of = |(s, g): &Part| g.map(|g| self.stories()[*s as usize].events[g].clone()).unwrap_or_default();
            parts.iter().flat_map(of).collect()
        };
        let (x, y) = (events(x), events(y));
        x.iter().any(|a| y.iter().any(|b| self.barred(*a, *b)))
    }

    fn told(&self, (r, event): Telling) -> Told {
        let report = self.report(r);
        let (span, in_title) = match event.map(|e| &report.events[e as usize]) {
            Some(e) => (e.trigger, e.in_title),
            None => (report.lead, false),
        };
        Told {
            report: report.id.to_string(),
            event: event.map(|e| format!("v{}", report.events[e as usize].row)),
            trigger: span.map(|x| x as usize),
            within_title: in_title.then(|| "title".to_owned()),
        }
    }

    fn incident(&self, tellings: &[Telling], origin: &dyn Fn(&str) -> Option<String>) -> Incident {
        let mut reports: Vec<u32> = tellings.iter().map(|(r, _)| *r).collect();
        reports.dedup();
        let voice: Vec<String> = reports
            .iter()
            .map(|r| origin(&self.report(*r).id).unwrap_or_else(|| format!("={}", self.report(*r).id)))
            .collect();
        let voice_of: BTreeMap<u32, &str> = reports.iter().copied().zip(voice.iter().map(String::as_str)).collect();
        let events: Vec<(&str, At)> = tellings.iter().filter_map(|(r, e)| Some((voice_of[r], (*r, (*e)?)))).collect();
        let of = |value: &dyn Fn(&Happening) -> Option<String>| {
            most(events.iter().filter_map(|(v, at)| Some((*v, value(self.event(*at))?))))
        };
        let window = most(events.iter().filter_map(|(v, at)| {
            let e = self.event(*at);
            Some((*v, (e.days?, e.date_precision)))
        }));
        let parties = |targets: bool| {
            let rows = events.iter().flat_map(|(v, at)| {
                let e = self.event(*at);
                let side = if targets { &e.targets } else { &e.actors };
                side.iter().filter_map(|p| Some((*v, p.name.as_deref()?.to_owned())))
            });
            ranked(rows).into_iter().take(NAMES).collect::<Vec<String>>()
        };
        let voices: BTreeSet<&str> = voice.iter().map(String::as_str).collect();
        let first = self.told(tellings[0]);
        let named =
            format!("{}\u{1f}{}\u{1f}{:?}{:?}", first.report, first.event.is_some(), first.trigger, first.within_title);
        let told: Vec<Told> = tellings.iter().filter(|(_, e)| e.is_some()).map(|t| self.told(*t)).collect();
        let holds = |t: &Told| match (self.number(&t.report), self.at(t)) {
            (Some(_), Some(at)) => tellings.contains(&(at.0, Some(at.1))),
            (Some(n), None) => tellings.iter().any(|(r, _)| *r == n),
            (None, _) => false,
        };
        let by_voices = if voices.len() > 1 { Verification::PartiallyCorroborated } else { Verification::Unconfirmed };
        let (start, end) = window.as_ref().map(|((a, b), _)| (date_of(*a), date_of(*b))).unwrap_or_default();
        Incident {
            id: format!("i{}", &blake3::hash(named.as_bytes()).to_hex()[..12]),
            class: of(&|e| Some(e.class.to_string())),
            mode: of(&|e| e.mode.as_deref().map(str::to_owned)),
            acled: of(&|e| e.acled.as_deref().map(str::to_owned)),
            status: of(&|e| Some(e.status.to_string())),
            place: self.place(&events),
            start,
            end,
            date_precision: window.and_then(|(_, p)| p),
            actors: parties(false),
            targets: parties(true),
            reports: reports.iter().map(|r| self.report(*r).id.to_string()).collect(),
            origins: voices.iter().filter(|v| !v.starts_with('=')).map(|v| (*v).to_owned()).collect(),
            events: told,
            links: self.links(tellings),
            verification: self.decided().level(holds).unwrap_or(by_voices),
            tallies: Vec::new(),
        }
    }

    /// The place that most voices give, among the finest that any gives.
    fn place(&self, events: &[(&str, At)]) -> Option<Where> {
        let spots: Vec<(&str, &Spot)> =
            events.iter().filter_map(|(v, at)| Some((*v, self.side(*at).place()?))).collect();
        let located = spots.iter().filter(|(_, p)| p.geonameid.is_some());
        let towns: Vec<&(&str, &Spot)> = located.clone().filter(|(_, p)| p.precision <= 3).collect();
        let rows = if towns.is_empty() { located.collect() } else { towns };
        let id = most(rows.iter().filter_map(|(v, p)| Some((*v, (p.precision, p.geonameid?)))))?;
        let (_, spot) = rows.iter().find(|(_, p)| Some((p.precision, p.geonameid)) == Some((id.0, Some(id.1))))?;
        let coordinate = |x: f32| spot.located.then(|| (f64::from(x) * 1e4).round() / 1e4);
        Some(Where {
            name: spot.name.to_string(),
            geonameid: spot.geonameid,
            lat: coordinate(spot.lat),
            lon: coordinate(spot.lon),
            country: spot.country.map(|c| String::from_utf8_lossy(&c).into_owned()),
            admin1: spot.admin1.as_deref().map(str::to_owned),
            precision: Some(spot.precision),
        })
    }

    /// A tree over the tellings: the surest links that hold the reports together, and each report's further events to
    /// its first.
    fn links(&self, tellings: &[Telling]) -> Vec<crate::record::across::Link> {
        let mut out = Vec::new();
        let mut heads: BTreeMap<u32, Telling> = BTreeMap::new();
        let mut order: Vec<u32> = Vec::new();
        for t in tellings {
            match heads.get(&t.0) {
                Some(head) => out.push((*head, *t)),
                None => {
                    heads.insert(t.0, *t);
                    order.push(t.0);
                }
            }
        }
        let place: HashMap<u32, usize> = order.iter().enumerate().map(|(n, r)| (*r, n)).collect();
        let mut edges: Vec<(f32, usize, usize)> = Vec::new();
        for (n, r) in order.iter().enumerate() {
            edges
                .extend(self.edges(*r).iter().filter_map(|(m, s)| Some((*s, n, *place.get(m)?))).filter(|e| e.1 < e.2));
        }
        edges.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        // Reports that no scored pair ties hang on the first.
        let rest = (1..order.len()).map(|n| (-super::alike::SURE, 0, n));
        let mut home: Vec<usize> = (0..order.len()).collect();
        let mut tree = Vec::new();
        for (_, a, b) in edges.into_iter().chain(rest) {
            let (x, y) = (root(&mut home, a), root(&mut home, b));
            if x != y {
                home[x.max(y)] = x.min(y);
                tree.push((heads[&order[a]], heads[&order[b]]));
            }
        }
        tree.extend(out);
        tree.into_iter().map(|(a, b)| self.link(a, b, [self.told(a), self.told(b)])).collect()
    }
}

/// The groups of a story, and what is left of one that no group is the main one of.
fn parts_of(s: u32, story: &Story) -> impl Iterator<Item = Part> + use<> {
    let groups = (0..story.events.len()).map(move |g| (s, Some(g)));
    groups.chain((story.main.is_none() && !story.reports.is_empty()).then_some((s, None)))
}

fn root(home: &mut [usize], mut n: usize) -> usize {
    while home[n] != n {
        home[n] = home[home[n]];
        n = home[n];
    }
    n
}

/// Values by how many voices give them, most first, then by themselves.
fn ranked<'a, V: Ord>(rows: impl Iterator<Item = (&'a str, V)>) -> Vec<V> {
    let mut voices: BTreeMap<V, BTreeSet<&str>> = BTreeMap::new();
    for (voice, value) in rows {
        voices.entry(value).or_default().insert(voice);
    }
    let mut rows: Vec<(V, usize)> = voices.into_iter().map(|(v, s)| (v, s.len())).collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    rows.into_iter().map(|(v, _)| v).collect()
}

fn most<'a, V: Ord>(rows: impl Iterator<Item = (&'a str, V)>) -> Option<V> {
    ranked(rows).into_iter().next()
}
