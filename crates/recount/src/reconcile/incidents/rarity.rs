//! How rare words are in a collection: what two reports share tells the more, the fewer others have it.

use super::rows::Report;
use super::words;
use crate::reconcile::packed::Numbers;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How many reports of general English news the carried expectation of a word counts for beside the collection's own.
/// Small collections lean on it: in three reports of one story every word of the story is common.
const EXPECTED_REPORTS: f32 = 300.0;
/// Words in more than one report of this many tell nothing.
const COMMON: f32 = 8.0;

/// Keys are hashes already.
#[derive(Clone, Copy, Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*b);
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A map by keys that are hashes. Its order is never looked at.
pub type ByKey<V> = HashMap<u32, V, BuildHasherDefault<AsItIs>>;

/// In how many reports of a collection each word stands.
#[derive(Clone, Default)]
pub struct Rarity {
    reports: u32,
    with: ByKey<u32>,
}

impl Rarity {
    /// Counts a report in.
    pub fn add(&mut self, report: &Report) {
        self.reports += 1;
        for term in &report.terms {
            *self.with.entry(term.key).or_default() += 1;
        }
    }

    /// As plain numbers: how many reports, and word with reports.
    pub(in crate::reconcile) fn pack(&self) -> (u32, Numbers<'static>) {
        let mut rows: Vec<u64> = self.with.iter().map(|(key, n)| u64::from(*key) << 32 | u64::from(*n)).collect();
        rows.sort_unstable();
        (self.reports, Numbers(rows.into()))
    }

    pub(in crate::reconcile) fn unpacked(reports: u32, rows: &Numbers<'_>) -> Rarity {
        Rarity { reports, with: rows.0.iter().map(|r| ((r >> 32) as u32, *r as u32)).collect() }
    }

    /// Reports counted.
    pub fn reports(&self) -> u32 {
        self.reports
    }

    /// Reports with the word.
    pub fn with(&self, key: u32) -> u32 {
        self.with.get(&key).copied().unwrap_or(0)
    }

    /// -ln of the share of reports with the word, in the collection and in English news together; from 0 up.
    pub fn of(&self, key: u32) -> f32 {
        let expected = words::expected(key) * EXPECTED_REPORTS;
        -((self.with(key) as f32 + expected) / (self.reports as f32 + EXPECTED_REPORTS)).min(1.0).ln()
    }

    /// A report's words that tell something, with how much.
    pub fn weigh(&self, report: &Report) -> Box<[Weighed]> {
        let weighed = |t: &super::rows::Term| {
            let rarity = self.of(t.key);
            let weight = (1.0 + f32::from(t.times).ln()) * rarity;
            (rarity > COMMON.ln()).then(|| Weighed::of(t, weight))
        };
        report.terms.iter().filter_map(weighed).collect()
    }
}

/// A word of a report with its weight. There are some hundred a report: the last two bits of the weight are flags.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighed {
    pub key: u32,
    packed: u32,
}

impl Weighed {
    const NAME: u32 = 1;
    const LEAD: u32 = 2;

    fn of(term: &super::rows::Term, weight: f32) -> Weighed {
        let flag = |is: bool, bit: u32| if is { bit } else { 0 };
        let flags = flag(term.name, Weighed::NAME) | flag(term.lead, Weighed::LEAD);
        Weighed { key: term.key, packed: weight.to_bits() & !3 | flags }
    }

    pub fn weight(&self) -> f32 {
        f32::from_bits(self.packed & !3)
    }

    /// Stands in a name.
    pub fn name(&self) -> bool {
        self.packed & Weighed::NAME != 0
    }

    /// Stands in the title or the lead.
    pub fn lead(&self) -> bool {
        self.packed & Weighed::LEAD != 0
    }
}
