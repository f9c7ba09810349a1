//! Which reports are compared at all: those that share rare words at about the same time, or tell of one type of event
//! in one place on one day. Whether two are compared depends on the two and on what was there when the index was sealed,
//! not on the order in which they came; a report has few keys and meets few others by each, so that it costs about the
//! same in a collection of any size.

use super::alike::precise;
use super::rarity::{Rarity, Weighed};
use super::rows::Report;
use crate::reconcile::packed::Numbers;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

/// The words of a report that it is found by: this many, the heaviest.
const KEYS: usize = 14;
/// A key that more reports have within a report's window of time says too little to find it by.
const CROWD: usize = 400;
/// Days in one stretch of time: reports are compared with those of their own stretch and of the two beside it.
const STRETCH: i32 = 10;
/// Keys that two reports must share.
const ENOUGH: u8 = 2;
/// What the shared keys must tell together, in nats less than the logarithm of the reports in the collection: of what they
/// share, chance should give a report no more than a few others. In small collections any two keys tell that much.
const SLACK: f32 = 1.5;
/// Steps that a nat is counted in.
const STEPS: f32 = 64.0;

/// What reports share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shared {
    pub keys: u8,
    /// How rare the keys are together (1/64 nat).
    pub tells: u16,
}

impl Shared {
    /// What a happening in common says: enough by itself.
    const HAPPENING: Shared = Shared { keys: ENOUGH, tells: u16::MAX };

    fn and(self, other: Shared) -> Shared {
        Shared { keys: self.keys.saturating_add(other.keys), tells: self.tells.saturating_add(other.tells) }
    }

    /// The least that two reports of a collection must share to be compared; `keys` of the one that needs fewer.
    pub fn enough(keys: u8, reports: u32) -> Shared {
        let tells = ((reports.max(1) as f32).ln() - SLACK).max(0.0) * STEPS;
        Shared { keys, tells: tells as u16 }
    }

    pub fn reaches(self, least: Shared) -> bool {
        self.keys >= least.keys && self.tells >= least.tells
    }
}

/// What a report is found by.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keys {
    /// Its heaviest words, with how much sharing one says.
    words: Vec<(u32, Shared)>,
    /// Type, town and day of its events that are known to the day.
    happenings: Vec<u32>,
    stretch: Option<i32>,
    /// Shared keys that are enough: fewer where a report has hardly any. Of a pair, the fewer.
    pub enough: u8,
}

impl Keys {
    /// The keys of a report: `words` are its own, weighed by `rarity`.
    pub fn of(report: &Report, words: &[Weighed], rarity: &Rarity) -> Keys {
        let pull = |w: &Weighed| w.weight() * if w.name() { 1.3 } else { 1.0 } * if w.lead() { 1.3 } else { 1.0 };
        let mut best: Vec<(f32, u32)> = words.iter().map(|w| (pull(w), w.key)).collect();
        let heavier = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if best.len() > KEYS {
            best.select_nth_unstable_by(KEYS, heavier);
            best.truncate(KEYS);
        }
        let tells = |key: u32| (rarity.of(key) * STEPS) as u16;
        let mut words: Vec<(u32, Shared)> =
            best.iter().map(|(_, key)| (*key, Shared { keys: 1, tells: tells(*key) })).collect();
        words.sort_unstable();
        let mut happenings: Vec<u32> = happenings(report).collect();
        happenings.sort_unstable();
        happenings.dedup();
        let stretch = report.day.map(|day| day.div_euclid(STRETCH));
        Keys { enough: if words.len() < 4 { 1 } else { ENOUGH }, words, happenings, stretch }
    }
}

/// Type, town and day of the events that are known to the day.
fn happenings(report: &Report) -> impl Iterator<Item = u32> {
    report.events.iter().filter_map(|e| {
        let place = report.places.get(usize::from(e.place?)).filter(|p| precise(p))?;
        let (day, _) = e.days.filter(|(a, b)| a == b)?;
        let mixed = u64::from(super::words::hash(&e.class)) << 32 | u64::from(place.geonameid?);
        let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xff51_afd7_ed55_8ccd) ^ u64::from(day as u32);
        Some((mixed.wrapping_mul(0xc4ce_b9fe_1a85_ec53) >> 32) as u32)
    })
}

/// Keys → reports that have them. Reports that were there when the index was sealed are numbered by day, those without
/// one last, so that a window of time is a range of numbers.
#[derive(Clone, Default)]
pub struct Index {
    words: Lists,
    happenings: Lists,
    /// Stretches of time with the number of their first report; by both.
    firsts: Vec<(i32, u32)>,
    /// Reports with a day, and all, when the index was sealed.
    dated: u32,
    sealed: u32,
    /// The stretch of each report that came later.
    late: Vec<Option<i32>>,
}

/// Key → numbers of reports, ordered.
#[derive(Clone, Default)]
struct Lists {
    /// Key and number of a report, packed; the last bit says that the report has too much company by the key.
    rows: Vec<u64>,
    /// Where the rows begin whose keys have these as their first bits.
    starts: Vec<u32>,
    late: HashMap<u32, Vec<u32>, BuildHasherDefault<super::rarity::AsItIs>>,
}

/// First bits of a key that `starts` is by.
const BITS: u32 = 18;

const CROWDED: u64 = 1;

fn number(row: u64) -> u32 {
    (row >> 1) as u32 & 0x7fff_ffff
}

impl Lists {
    fn add(&mut self, key: u32, n: u32) {
        self.rows.push(u64::from(key) << 32 | u64::from(n) << 1);
    }

    fn seal(&mut self) {
        self.rows.sort_unstable();
        self.rows.shrink_to_fit();
        self.note_starts();
    }

    fn note_starts(&mut self) {
        let mut at = 0;
        self.starts = Vec::with_capacity((1 << BITS) + 1);
        for prefix in 0..=1u64 << BITS {
            while self.rows.get(at).is_some_and(|r| r >> (64 - BITS) < prefix) {
                at += 1;
            }
            self.starts.push(at as u32);
        }
    }

    /// Places of the rows of a key whose numbers lie in a range.
    fn places(&self, key: u32, within: &Range<u32>) -> Range<usize> {
        let prefix = (key >> (32 - BITS)) as usize;
        let (Some(&a), Some(&b)) = (self.starts.get(prefix), self.starts.get(prefix + 1)) else { return 0..0 };
        let part = &self.rows[a as usize..b as usize];
        let place = |n: u32| a as usize + part.partition_point(|r| *r < (u64::from(key) << 32 | u64::from(n) << 1));
        place(within.start)..place(within.end.max(within.start))
    }

    fn rows(&self, key: u32, within: &Range<u32>) -> &[u64] {
        &self.rows[self.places(key, within)]
    }

    fn late(&self, key: u32) -> &[u32] {
        self.late.get(&key).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The index as it was sealed, to be kept.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Sealed<'a> {
    words: Numbers<'a>,
    happenings: Numbers<'a>,
    firsts: Cow<'a, [(i32, u32)]>,
    dated: u32,
    sealed: u32,
}

impl Index {
    /// The index as it was sealed, without what came later.
    pub fn pack(&self) -> Sealed<'_> {
        let (words, happenings) = (Numbers::of(&self.words.rows), Numbers::of(&self.happenings.rows));
        Sealed { words, happenings, firsts: (&self.firsts).into(), dated: self.dated, sealed: self.sealed }
    }

    pub fn unpacked(kept: Sealed<'_>) -> Index {
        let lists = |rows: Numbers<'_>| {
            let mut lists = Lists { rows: rows.0.into_owned(), ..Lists::default() };
            lists.note_starts();
            lists
        };
        Index {
            words: lists(kept.words),
            happenings: lists(kept.happenings),
            firsts: kept.firsts.into_owned(),
            dated: kept.dated,
            sealed: kept.sealed,
            late: Vec::new(),
        }
    }

    /// Enters a report under its number. Before the index is sealed numbers go by day, reports without one last.
    pub fn add(&mut self, n: u32, keys: &Keys) {
        if self.words.starts.is_empty() {
            keys.words.iter().for_each(|(key, _)| self.words.add(*key, n));
            keys.happenings.iter().for_each(|key| self.happenings.add(*key, n));
            self.sealed = n + 1;
            if let Some(stretch) = keys.stretch {
                self.dated = n + 1;
                if self.firsts.last().is_none_or(|(last, _)| *last < stretch) {
                    self.firsts.push((stretch, n));
                }
            }
            return;
        }
        self.late.push(keys.stretch);
        for (key, _) in &keys.words {
            if !self.crowded(*key, keys.stretch) {
                self.words.late.entry(*key).or_default().push(n);
            }
        }
        for key in &keys.happenings {
            self.happenings.late.entry(*key).or_default().push(n);
        }
    }

    /// Puts the lists in order, once all that there is has been entered. What is entered later is kept apart.
    pub fn seal(&mut self) {
        self.words.seal();
        self.happenings.seal();
        let mut crowded: Vec<usize> = Vec::new();
        let mut from = 0;
        for of_key in self.words.rows.chunk_by(|a, b| a >> 32 == b >> 32) {
            if of_key.len() > CROWD {
                let mut last = None;
                for (at, row) in of_key.iter().enumerate() {
                    let stretch = self.stretch(number(*row));
                    let much = match last {
                        Some((known, much)) if known == stretch => much,
                        _ => self.crowded((*row >> 32) as u32, stretch),
                    };
                    last = Some((stretch, much));
                    crowded.extend(much.then_some(from + at));
                }
            }
            from += of_key.len();
        }
        crowded.into_iter().for_each(|at| self.words.rows[at] |= CROWDED);
    }

    /// The stretch of a report; null where it has no day.
    fn stretch(&self, n: u32) -> Option<i32> {
        match n.checked_sub(self.sealed) {
            Some(late) => self.late.get(late as usize).copied().flatten(),
            None if n >= self.dated => None,
            None => {
                let at = self.firsts.partition_point(|(_, first)| *first <= n).checked_sub(1)?;
                self.firsts.get(at).map(|(stretch, _)| *stretch)
            }
        }
    }

    /// The numbers, of those that were there when the index was sealed, that a report of some stretch is compared with.
    fn window(&self, stretch: Option<i32>) -> [Range<u32>; 2] {
        let Some(stretch) = stretch else { return [0..self.sealed, 0..0] };
        let first = |stretch: i32| {
            let at = self.firsts.partition_point(|(s, _)| *s < stretch);
            self.firsts.get(at).map_or(self.dated, |(_, n)| *n)
        };
        [first(stretch - 1)..first(stretch.saturating_add(2)), self.dated..self.sealed]
    }

    /// Whether a report of some stretch would meet too many others by a key.
    fn crowded(&self, key: u32, stretch: Option<i32>) -> bool {
        self.window(stretch).iter().map(|within| self.words.places(key, within).len()).sum::<usize>() > CROWD
    }

    /// Of the reports that were entered before the `n`th, those that share keys that tell enough: their numbers, ordered,
    /// with what they share. `least` is what the two must share at least, whatever their own keys are.
    pub fn near(&self, keys: &Keys, n: u32, least: Shared, tally: &mut Tally) -> Vec<(u32, Shared)> {
        let before = |within: Range<u32>| within.start.min(n)..within.end.min(n);
        let window = self.window(keys.stretch).map(before);
        for (key, shared) in &keys.words {
            if self.crowded(*key, keys.stretch) {
                continue;
            }
            let early = window.iter().flat_map(|within| self.words.rows(*key, within));
            early.filter(|row| *row & CROWDED == 0).for_each(|row| tally.add(number(*row), *shared));
            for m in self.words.late(*key).iter().take_while(|m| **m < n) {
                let near = match (keys.stretch, self.stretch(*m)) {
                    (Some(x), Some(y)) => (x - y).abs() <= 1,
                    _ => true,
                };
                if near {
                    tally.add(*m, *shared);
                }
            }
        }
        for key in &keys.happenings {
            if self.happenings.rows(*key, &(0..self.sealed)).len() <= CROWD {
                let early = self.happenings.rows(*key, &before(0..self.sealed)).iter().map(|row| number(*row));
                let late = self.happenings.late(*key).iter().copied().take_while(|m| *m < n);
                early.chain(late).for_each(|m| tally.add(m, Shared::HAPPENING));
            }
        }
        let sums = tally.met.drain(..).map(|m| (m, std::mem::take(&mut tally.shared[m as usize])));
        let mut found: Vec<(u32, Shared)> = sums.filter(|(_, shared)| shared.reaches(least)).collect();
        found.sort_unstable();
        found
    }
}

/// Room to add up in what each report shares with one: empty between two of them. Most share too little to be sorted.
#[derive(Default)]
pub struct Tally {
    shared: Vec<Shared>,
    met: Vec<u32>,
}

impl Tally {
    fn add(&mut self, m: u32, shared: Shared) {
        if self.shared.len() <= m as usize {
            self.shared.resize(m as usize + 1, Shared::default());
        }
        let sum = &mut self.shared[m as usize];
        if *sum == Shared::default() {
            self.met.push(m);
        }
        *sum = sum.and(shared);
    }
}
