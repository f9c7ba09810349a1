//! Which reports are compared at all: those that share rare words at about the same time, or tell of one type of event
//! in one place on one day. Whether two are compared depends on the two alone, so that it costs about the same for each
//! report of a large collection.

use super::alike::precise;
use super::rarity::{Rarity, Weighed};
use super::rows::Report;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// The words of a report that it is found by: this many, the heaviest.
const KEYS: usize = 14;
/// Reports with one key that are compared for it: what more reports have says too little.
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

/// Keys → reports that have them: sorted rows for what was there when the collection was built, lists for what came
/// after. A million reports have some thirty million rows, and a list of its own for each key would fill the memory.
#[derive(Clone, Default)]
pub struct Index {
    rows: Vec<(u64, u32)>,
    /// Where the rows begin whose keys have these as their first bits.
    starts: Vec<u32>,
    late: HashMap<u64, Vec<u32>, BuildHasherDefault<super::rarity::AsItIs>>,
}

/// First bits of a key that `starts` is by.
const BITS: u32 = 20;

/// What reports share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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

/// Where a report stands in the index, and where it looks for others.
pub struct Keys {
    /// Its own, and how much sharing one counts.
    stands: Vec<u64>,
    looks: Vec<(u64, Shared)>,
    /// Shared keys that are enough: fewer where a report has hardly any. Of a pair, the fewer.
    pub enough: u8,
}

/// Lists of keys are told apart by what they hold.
#[derive(Clone, Copy)]
enum List {
    /// Reports of a stretch of time.
    Stretch(i32),
    Undated,
    All,
    /// Events of a day.
    Day(i32),
}

fn key(word: u32, list: List) -> u64 {
    let (kind, number) = match list {
        List::Stretch(n) => (1u64, n),
        List::Undated => (2, 0),
        List::All => (3, 0),
        List::Day(n) => (4, n),
    };
    let mixed = (kind << 32 | u64::from(number as u32)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed ^ mixed >> 29) ^ u64::from(word).wrapping_mul(0xc4ce_b9fe_1a85_ec53)
}

impl Keys {
    /// The keys of a report: `words` are its own, weighed by `rarity`.
    pub fn of(report: &Report, words: &[Weighed], rarity: &Rarity) -> Keys {
        let pull = |w: &Weighed| w.weight * if w.name { 1.3 } else { 1.0 } * if w.lead { 1.3 } else { 1.0 };
        let mut best: Vec<&Weighed> = words.iter().collect();
        best.sort_unstable_by(|a, b| pull(b).total_cmp(&pull(a)).then(a.key.cmp(&b.key)));
        best.truncate(KEYS);
        let (mut stands, mut looks) = (Vec::new(), Vec::new());
        for word in &best {
            let shared = Shared { keys: 1, tells: (rarity.of(word.key) * STEPS) as u16 };
            stands.push(key(word.key, List::All));
            match report.day {
                Some(day) => {
                    let stretch = day.div_euclid(STRETCH);
                    stands.push(key(word.key, List::Stretch(stretch)));
                    looks.extend((stretch - 1..=stretch + 1).map(|s| (key(word.key, List::Stretch(s)), shared)));
                    looks.push((key(word.key, List::Undated), shared));
                }
                None => {
                    stands.push(key(word.key, List::Undated));
                    looks.push((key(word.key, List::All), shared));
                }
            }
        }
        let happened: Vec<u64> = happenings(report).collect();
        looks.extend(happened.iter().map(|k| (*k, Shared::HAPPENING)));
        stands.extend(happened);
        stands.sort_unstable();
        stands.dedup();
        looks.sort_unstable();
        looks.dedup();
        Keys { stands, looks, enough: if best.len() < 4 { 1 } else { ENOUGH } }
    }
}

/// Type, town and day of the events that are known to the day.
fn happenings(report: &Report) -> impl Iterator<Item = u64> {
    report.events.iter().filter_map(|e| {
        let place = report.places.get(usize::from(e.place?)).filter(|p| precise(p))?;
        let (day, _) = e.days.filter(|(a, b)| a == b)?;
        let word = super::words::hash(&e.class).rotate_left(7) ^ place.geonameid?;
        Some(key(word, List::Day(day)))
    })
}

impl Index {
    /// Enters a report under its number.
    pub fn add(&mut self, number: u32, keys: &Keys) {
        if self.starts.is_empty() {
            self.rows.extend(keys.stands.iter().map(|k| (*k, number)));
            return;
        }
        for key in &keys.stands {
            self.late.entry(*key).or_default().push(number);
        }
    }

    /// Puts the rows in order, once all that there is has been entered. What is entered later is kept apart.
    pub fn seal(&mut self) {
        self.rows.sort_unstable();
        self.rows.shrink_to_fit();
        let first = |prefix: u64| self.rows.partition_point(|(k, _)| k >> (64 - BITS) < prefix) as u32;
        self.starts = (0..=1u64 << BITS).map(first).collect();
    }

    /// The rows of a key.
    fn rows_of(&self, key: u64) -> &[(u64, u32)] {
        let prefix = (key >> (64 - BITS)) as usize;
        let (Some(&a), Some(&b)) = (self.starts.get(prefix), self.starts.get(prefix + 1)) else { return &[] };
        let part = &self.rows[a as usize..b as usize];
        let from = part.partition_point(|(k, _)| *k < key);
        let to = from + part[from..].partition_point(|(k, _)| *k == key);
        &part[from..to]
    }

    /// Of the reports that were entered before the `n`th, those that share keys that tell enough: their numbers, ordered,
    /// with what they share. `least` is what the two must share at least, whatever their own keys are.
    pub fn near(&self, keys: &Keys, n: u32, least: Shared, tally: &mut Tally) -> Vec<(u32, Shared)> {
        tally.shared.resize((n as usize).max(tally.shared.len()), Shared::default());
        for (key, shared) in &keys.looks {
            let rows = self.rows_of(*key);
            let late = self.late.get(key).map(Vec::as_slice).unwrap_or_default();
            if rows.len() + late.len() > CROWD {
                continue;
            }
            for m in rows.iter().map(|(_, m)| *m).chain(late.iter().copied()).take_while(|m| *m < n) {
                let sum = &mut tally.shared[m as usize];
                if *sum == Shared::default() {
                    tally.met.push(m);
                }
                *sum = sum.and(*shared);
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
