//! Stories → incidents: groups of tellings with what most voices say of them.

use super::collection::Collection;
use super::rows::{Happening, Spot, date_of};
use super::same;
use super::stories::At;
use crate::record::across::{Incident, Told, Verification, Where};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Events of one type, town and day in the whole collection that are compared with one another across stories: more
/// are a front, not an incident.
const CROWD: usize = 400;
/// Names shown of each side.
const NAMES: usize = 5;

/// One group of a story, or what is left of a story with no event of its own.
type Part = (u32, Option<usize>);

/// Type, town and day of an event: a hash, a GeoNames id, days since 1970-01-01.
type Day = (u32, u32, i32);

/// A telling: report, and event where there is one.
type Telling = (u32, Option<u32>);

impl Collection {
    /// All incidents, by the earliest telling. `origin` gives the row of origins that a report belongs to; where it knows
    /// none, each report is a voice of its own.
    pub fn incidents(&self, origin: &dyn Fn(&str) -> Option<String>) -> Vec<Incident> {
        self.among((0..self.stories().len() as u32).collect(), origin)
    }

    /// The incidents that the stories of these numbers tell of, with what other stories tell of the same events.
    pub fn incidents_of(&self, stories: &[u32], origin: &dyn Fn(&str) -> Option<String>) -> Vec<Incident> {
        let mut all: BTreeSet<u32> = stories.iter().copied().collect();
        let keys: BTreeSet<Day> = self.happenings(&all).into_keys().collect();
        // Other stories that tell of events of the same place, type and day, or that people tied to these.
        let meets = |s: u32| {
            let mut events = self.stories()[s as usize].events.iter().flatten();
            events.any(|at| self.key_of(*at).is_some_and(|k| keys.contains(&k)))
        };
        if !keys.is_empty() {
            all.extend((0..self.stories().len() as u32).filter(|s| meets(*s)));
        }
        let tied: Vec<[u32; 2]> = self
            .decided_events()
            .filter(|(.., together)| *together)
            .map(|(a, b, _)| [self.story_of(a.0), self.story_of(b.0)])
            .collect();
        while let Some([x, y]) = tied.iter().find(|[x, y]| all.contains(x) != all.contains(y)) {
            all.extend([*x, *y]);
        }
        let wanted: BTreeSet<u32> =
            stories.iter().flat_map(|s| &self.stories()[*s as usize].reports).copied().collect();
        let tells = |i: &Incident| i.reports.iter().any(|r| self.number(r).is_some_and(|n| wanted.contains(&n)));
        self.among(all.into_iter().collect(), origin).into_iter().filter(tells).collect()
    }

    fn among(&self, stories: Vec<u32>, origin: &dyn Fn(&str) -> Option<String>) -> Vec<Incident> {
        let mut out: Vec<(Option<i32>, Incident)> = Vec::new();
        for part in self.joined(&stories) {
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
            let day = tellings.iter().filter_map(|(r, _)| self.report(*r).day).min();
            out.push((day, self.incident(tellings, origin)));
        }
        let undated = |day: &Option<i32>| (day.is_none(), day.unwrap_or_default());
        out.sort_by(|(d, i), (e, j)| {
            undated(d).cmp(&undated(e)).then_with(|| (&i.reports, &i.id).cmp(&(&j.reports, &j.id)))
        });
        out.into_iter().map(|(_, i)| i).collect()
    }

    /// Type, town and day of an event where all are known.
    fn key_of(&self, at: At) -> Option<Day> {
        let event = self.event(at);
        let place = self.side(at).place().filter(|p| super::alike::precise(p))?;
        let (day, last) = event.days?;
        Some((super::words::hash(&event.class), place.geonameid?, day)).filter(|_| day == last)
    }

    /// Events of some stories by type, town and day.
    fn happenings(&self, stories: &BTreeSet<u32>) -> BTreeMap<Day, Vec<(Part, At)>> {
        let mut out: BTreeMap<Day, Vec<(Part, At)>> = BTreeMap::new();
        for s in stories {
            for (g, group) in self.stories()[*s as usize].events.iter().enumerate() {
                for at in group {
                    if let Some(key) = self.key_of(*at) {
                        out.entry(key).or_default().push(((*s, Some(g)), *at));
                    }
                }
            }
        }
        out
    }

    /// Groups of events with those of other stories that are plainly the same, and stories without events.
    fn joined(&self, stories: &[u32]) -> Vec<Vec<Part>> {
        let mut members: BTreeMap<Part, Vec<Part>> = BTreeMap::new();
        let mut home: BTreeMap<Part, Part> = BTreeMap::new();
        for s in stories {
            let story = &self.stories()[*s as usize];
            let groups = (0..story.events.len()).map(Some);
            let rest = (story.main.is_none() && !story.reports.is_empty()).then_some(None);
            for group in groups.chain(rest) {
                members.insert((*s, group), vec![(*s, group)]);
                home.insert((*s, group), (*s, group));
            }
        }
        let all: BTreeSet<u32> = stories.iter().copied().collect();
        let mut wanted: Vec<(Part, Part, bool)> = Vec::new();
        for list in self.happenings(&all).values().filter(|l| l.len() <= CROWD) {
            for (n, (p, a)) in list.iter().enumerate() {
                for (q, b) in &list[n + 1..] {
                    if p != q && same::plainly_one(self.side(*a), self.side(*b)) {
                        wanted.push((*p, *q, false));
                    }
                }
            }
        }
        if self.decided_events().next().is_some() {
            let part_of: HashMap<At, Part> = members
                .keys()
                .filter_map(|(s, g)| Some((*s, *g, &self.stories()[*s as usize].events[(*g)?])))
                .flat_map(|(s, g, events)| events.iter().map(move |at| (*at, (s, g))))
                .collect();
            for (a, b, _) in self.decided_events().filter(|(.., together)| *together) {
                if let (Some(p), Some(q)) = (part_of.get(&a), part_of.get(&b)) {
                    wanted.push((*p, *q, true));
                }
            }
        }
        // What people put together first; then by the ids of reports, so that numbers do not matter.
        let name = |p: &Part| self.first_of(p);
        wanted.sort_by_cached_key(|(p, q, decided)| {
            let (x, y) = (name(p), name(q));
            (!decided, x.min(y), x.max(y))
        });
        for (p, q, _) in wanted {
            let (x, y) = (home[&p], home[&q]);
            if x == y || self.any_barred(&members[&x], &members[&y]) {
                continue;
            }
            let gone = members.remove(&y).unwrap_or_default();
            gone.iter().for_each(|m| {
                home.insert(*m, x);
            });
            members.entry(x).or_default().extend(gone);
        }
        members.into_values().collect()
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

    fn incident(&self, mut tellings: Vec<Telling>, origin: &dyn Fn(&str) -> Option<String>) -> Incident {
        // In the order of publication, then of id, then as told.
        tellings.sort_by(|a, b| {
            let key = |(r, e): &Telling| {
                let report = self.report(*r);
                (report.day.is_none(), report.day, &report.id, e.is_none(), *e)
            };
            key(a).cmp(&key(b))
        });
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
            links: self.links(&tellings),
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
