//! Which reports are worth comparing: those that have enough fingerprints in common.
//!
//! Postings (fingerprint, report) lie sorted. In a bucket of few reports each is a candidate of each. A crowded bucket
//! (stock sentences, or hundreds of copies) is sorted by the reports' signatures, one component of MinHash for each
//! bucket, and a report meets only its neighbours there: those most alike, so that the work stays linear.

use super::prints::{SIGNS, prints, signature};
use super::sketch::Sketch;
use crate::reconcile::packed::{Numbers, Rows};
use crate::reconcile::threads::shared_out;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;

/// A bucket with more reports than this is crowded.
const CROWD: usize = 48;

/// Neighbours on either side that a report meets in a crowded bucket.
const NEIGHBOURS: usize = 6;

/// Bits of a fingerprint that lead to its postings directly.
const BITS: u32 = 20;

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Fingerprint and report, packed, in order; of buckets that are not crowded.
    postings: Vec<u64>,
    /// Where the postings of each value of a fingerprint's first [`BITS`] begin.
    starts: Vec<u32>,
    /// The fingerprints of crowded buckets, in order, each with where its bucket begins.
    crowded: Vec<(u32, u32)>,
    /// The reports of crowded buckets, each behind what it is sorted by there ([`turned`]).
    crowds: Vec<u64>,
    /// Fingerprint → reports that came later.
    late: HashMap<u32, Vec<u32>>,
    sizes: Vec<u32>,
}

fn pack(hash: u32, doc: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(doc)
}

/// Each fingerprint of a report once, sorted.
pub(super) fn hashes(sketch: &Sketch) -> (Vec<u32>, [u32; SIGNS]) {
    let prints = prints(&sketch.words.hashes);
    let signature = signature(&prints);
    let mut hashes: Vec<u32> = prints.into_iter().map(|p| p.hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    (hashes, signature)
}

impl Index {
    pub fn of(sketches: &Rows<Sketch>, threads: usize) -> Index {
        let mut index = Index::default();
        let mut signatures = Vec::with_capacity(sketches.len() as usize);
        let all: Vec<u32> = (0..sketches.len()).collect();
        for some in all.chunks(super::AT_ONCE) {
            for (hashes, signature) in shared_out(some, threads, || (), |(), n| hashes(sketches.get(*n))) {
                let doc = index.sizes.len() as u32;
                index.postings.extend(hashes.iter().map(|h| pack(*h, doc)));
                index.sizes.push(hashes.len() as u32);
                signatures.push(signature);
            }
        }
        index.postings.sort_unstable();
        index.set_crowds_apart(&signatures);
        index.postings.shrink_to_fit();
        index.note_starts();
        index
    }

    fn note_starts(&mut self) {
        self.starts = vec![0; (1 << BITS) + 1];
        for p in &self.postings {
            self.starts[(p >> (64 - BITS)) as usize + 1] += 1;
        }
        for i in 1..self.starts.len() {
            self.starts[i] += self.starts[i - 1];
        }
    }

    /// The index as it was built, without what came later.
    pub fn pack(&self) -> Built<'_> {
        let crowded = self.crowded.iter().map(|(hash, begin)| pack(*hash, *begin)).collect();
        Built {
            postings: Numbers::of(&self.postings),
            crowded: Numbers(Cow::Owned(crowded)),
            crowds: Numbers::of(&self.crowds),
        }
    }

    /// The index that was packed, of reports with so many fingerprints each.
    pub fn unpacked(built: Built<'_>, sizes: Vec<u32>) -> Index {
        let crowded = built.crowded.0.iter().map(|c| ((c >> 32) as u32, *c as u32)).collect();
        let (postings, crowds) = (built.postings.0.into_owned(), built.crowds.0.into_owned());
        let mut index = Index { postings, crowded, crowds, sizes, ..Index::default() };
        index.note_starts();
        index
    }

    /// How many fingerprints each report has, from a number on.
    pub fn sizes(&self, from: u32) -> &[u32] {
        &self.sizes[from as usize..]
    }

    /// Takes crowded buckets out of the postings and sorts each by signature.
    fn set_crowds_apart(&mut self, signatures: &[[u32; SIGNS]]) {
        let (mut from, mut to) = (0, 0);
        while from < self.postings.len() {
            let hash = (self.postings[from] >> 32) as u32;
            let n = self.postings[from..].iter().take_while(|p| (**p >> 32) as u32 == hash).count();
            if n > CROWD {
                let begin = self.crowds.len();
                self.crowded.push((hash, begin as u32));
                let bucket = self.postings[from..from + n].iter().map(|p| *p as u32);
                self.crowds.extend(bucket.map(|doc| pack(turned(&signatures[doc as usize], hash), doc)));
                self.crowds[begin..].sort_unstable();
            } else {
                self.postings.copy_within(from..from + n, to);
                to += n;
            }
            from += n;
        }
        self.postings.truncate(to);
    }

    /// The reports that have a fingerprint, as postings, where they are no crowd.
    fn bucket(&self, hash: u32) -> &[u64] {
        if self.starts.is_empty() {
            return &[];
        }
        let top = (hash >> (32 - BITS)) as usize;
        within(&self.postings[self.starts[top] as usize..self.starts[top + 1] as usize], hash)
    }

    /// The crowd that has a fingerprint.
    fn crowd(&self, hash: u32) -> Option<&[u64]> {
        let at = self.crowded.binary_search_by_key(&hash, |c| c.0).ok()?;
        let end = self.crowded.get(at + 1).map_or(self.crowds.len(), |c| c.1 as usize);
        Some(&self.crowds[self.crowded[at].1 as usize..end])
    }

    /// The reports below `doc` that share enough fingerprints with it to be compared. `share` is the least share of
    /// the smaller one's fingerprints; `counts` is scratch, as long as there are reports and all 0 between calls.
    pub fn candidates(&self, doc: u32, sketch: &Sketch, share: f32, counts: &mut Vec<u16>) -> Vec<u32> {
        counts.resize(counts.len().max(doc as usize), 0);
        let (hashes, signature) = hashes(sketch);
        let mut met: Vec<u32> = Vec::new();
        let mut meet = |other: u32| {
            if other < doc {
                let count = &mut counts[other as usize];
                if *count == 0 {
                    met.push(other);
                }
                *count = count.saturating_add(1);
            }
        };
        for hash in &hashes {
            let crowd = self.crowd(*hash);
            match crowd {
                None => {
                    self.bucket(*hash).iter().for_each(|p| meet(*p as u32));
                    // Of those that came later each is met, in whatever order they came.
                    self.late.get(hash).into_iter().flatten().for_each(|p| meet(*p));
                }
                Some(crowd) => {
                    let own = pack(turned(&signature, *hash), doc);
                    let at = crowd.partition_point(|p| *p < own);
                    let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(crowd.len());
                    crowd[near].iter().for_each(|p| meet(*p as u32));
                }
            }
        }
        met.sort_unstable();
        met.retain(|other| {
            let count = std::mem::take(&mut counts[*other as usize]);
            let smaller = (hashes.len() as u32).min(self.sizes[*other as usize]) as f32;
            f32::from(count) >= (share * smaller).max(2.0)
        });
        met
    }

    /// Takes one report more; its number is the next.
    pub fn add(&mut self, sketch: &Sketch) {
        self.enter(&hashes(sketch).0);
    }

    /// Takes one report more by its fingerprints.
    pub fn enter(&mut self, hashes: &[u32]) {
        let doc = self.sizes.len() as u32;
        self.sizes.push(hashes.len() as u32);
        hashes.iter().for_each(|h| self.late.entry(*h).or_default().push(doc));
    }
}

/// The index as it was built, to be kept.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Built<'a> {
    postings: Numbers<'a>,
    crowded: Numbers<'a>,
    crowds: Numbers<'a>,
}

/// The postings of a fingerprint among sorted ones.
fn within(postings: &[u64], hash: u32) -> &[u64] {
    let from = postings.partition_point(|p| ((*p >> 32) as u32) < hash);
    let n = postings[from..].partition_point(|p| (*p >> 32) as u32 == hash);
    &postings[from..from + n]
}

/// What a report is sorted by in a crowded bucket: the first bits of its signature from the component on that the bucket
/// goes by.
fn turned(signature: &[u32; SIGNS], hash: u32) -> u32 {
    let component = |n: usize| signature[(hash as usize + n) % SIGNS];
    component(0) >> 16 << 16 | component(1) >> 24 << 8 | component(2) >> 24
}

impl Index {
    /// What `row` makes of each fingerprint that more than one report has, in the order of fingerprints; of reports that
    /// were there when the index was built. `row` is given the turn (no two alike), the fingerprint and its reports.
    pub fn fingerprints<T>(&self, mut row: impl FnMut(u32, u32, &mut dyn Iterator<Item = u32>) -> Option<T>) -> Vec<T> {
        let mut out = Vec::new();
        let few = self.postings.chunk_by(|p, q| p >> 32 == q >> 32).map(|some| ((some[0] >> 32) as u32, some));
        let mut few = few.filter(|(_, some)| some.len() > 1).peekable();
        let mut many = self.crowded.iter().filter_map(|(hash, _)| Some((*hash, self.crowd(*hash)?))).peekable();
        let mut turn = 0;
        loop {
            let first = match (few.peek(), many.peek()) {
                (Some(f), Some(m)) if f.0 < m.0 => few.next(),
                (Some(_), None) => few.next(),
                _ => many.next(),
            };
            let Some((hash, docs)) = first else { return out };
            out.extend(row(turn, hash, &mut docs.iter().map(|p| *p as u32)));
            turn += 1;
        }
    }
}
