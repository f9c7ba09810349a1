//! Which reports are worth comparing: those that have enough fingerprints in common.
//!
//! Postings (fingerprint, report) lie sorted. In a bucket of few reports each is a candidate of each. A crowded bucket
//! (stock sentences, or hundreds of copies) is sorted by the reports' signatures, one component of MinHash for each
//! bucket, and a report meets only its neighbours there: those most alike, so that the work stays linear.

use super::prints::{SIGNS, prints, signature};
use super::sketch::Sketch;

/// A bucket with more reports than this is crowded.
const CROWD: usize = 48;

/// Neighbours on either side that a report meets in a crowded bucket.
const NEIGHBOURS: usize = 6;

/// Bits of a fingerprint that lead to its postings directly.
const BITS: u32 = 20;

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Fingerprint and report, packed; sorted by fingerprint, then as [`Index::arrange`] has it.
    postings: Vec<u64>,
    /// Where the postings of each value of a fingerprint's first [`BITS`] begin.
    starts: Vec<u32>,
    /// Postings of reports that came later, sorted.
    late: Vec<u64>,
    signatures: Vec<[u32; SIGNS]>,
    sizes: Vec<u32>,
}

fn pack(hash: u32, doc: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(doc)
}

/// Each fingerprint of a report once, sorted.
fn hashes(sketch: &Sketch) -> (Vec<u32>, [u32; SIGNS]) {
    let prints = prints(&sketch.words.hashes);
    let signature = signature(&prints);
    let mut hashes: Vec<u32> = prints.into_iter().map(|p| p.hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    (hashes, signature)
}

impl Index {
    pub fn of(sketches: &[Sketch]) -> Index {
        let mut index = Index::default();
        for (doc, sketch) in sketches.iter().enumerate() {
            let (hashes, signature) = hashes(sketch);
            index.postings.extend(hashes.iter().map(|h| pack(*h, doc as u32)));
            index.signatures.push(signature);
            index.sizes.push(hashes.len() as u32);
        }
        index.postings.sort_unstable();
        index.arrange();
        index
    }

    /// Sorts crowded buckets by signature, and notes where fingerprints begin.
    fn arrange(&mut self) {
        let mut from = 0;
        while from < self.postings.len() {
            let hash = (self.postings[from] >> 32) as u32;
            let n = self.postings[from..].iter().take_while(|p| (**p >> 32) as u32 == hash).count();
            if n > CROWD {
                let signatures = &self.signatures;
                self.postings[from..from + n]
                    .sort_unstable_by_key(|p| turned(&signatures[*p as u32 as usize], hash, *p as u32));
            }
            from += n;
        }
        self.starts = vec![0; (1 << BITS) + 1];
        for p in &self.postings {
            self.starts[(p >> (64 - BITS)) as usize + 1] += 1;
        }
        for i in 1..self.starts.len() {
            self.starts[i] += self.starts[i - 1];
        }
    }

    /// The reports that have a fingerprint, as postings: those indexed together, and those that came later.
    fn bucket(&self, hash: u32) -> (&[u64], &[u64]) {
        let early = if self.starts.is_empty() {
            &[][..]
        } else {
            let top = (hash >> (32 - BITS)) as usize;
            let part = &self.postings[self.starts[top] as usize..self.starts[top + 1] as usize];
            let from = part.partition_point(|p| ((*p >> 32) as u32) < hash);
            let n = part[from..].partition_point(|p| (*p >> 32) as u32 == hash);
            &part[from..from + n]
        };
        let from = self.late.partition_point(|p| ((*p >> 32) as u32) < hash);
        let n = self.late[from..].partition_point(|p| (*p >> 32) as u32 == hash);
        (early, &self.late[from..from + n])
    }

    /// The reports below `doc` that share enough fingerprints with it to be compared. `share` is the least share of
    /// the smaller one's fingerprints; `counts` is scratch, as long as there are reports and all 0 between calls.
    pub fn candidates(&self, doc: u32, sketch: &Sketch, share: f32, counts: &mut [u16]) -> Vec<u32> {
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
            let (early, late) = self.bucket(*hash);
            if early.len() <= CROWD {
                early.iter().for_each(|p| meet(*p as u32));
            } else {
                let key = turned(&signature, *hash, doc);
                let at =
                    early.partition_point(|p| turned(&self.signatures[*p as u32 as usize], *hash, *p as u32) < key);
                let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(early.len());
                early[near].iter().for_each(|p| meet(*p as u32));
            }
            late.iter().take(CROWD).for_each(|p| meet(*p as u32));
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
        let doc = self.sizes.len() as u32;
        let (hashes, signature) = hashes(sketch);
        self.signatures.push(signature);
        self.sizes.push(hashes.len() as u32);
        self.late.extend(hashes.iter().map(|h| pack(*h, doc)));
        self.late.sort_unstable();
        if self.late.len() > self.postings.len() / 8 + 4096 {
            self.postings.append(&mut self.late);
            self.postings.sort_unstable();
            self.arrange();
        }
    }
}

/// Where a report stands in a crowded bucket: its signature from the component on that the bucket goes by.
fn turned(signature: &[u32; SIGNS], hash: u32, doc: u32) -> ([u32; 3], u32) {
    let j = hash as usize % SIGNS;
    ([signature[j], signature[(j + 1) % SIGNS], signature[(j + 2) % SIGNS]], doc)
}

impl Index {
    /// What `row` makes of each fingerprint that more than one report has, in the order of fingerprints. `row` is
    /// given the turn (no two alike), the fingerprint and its reports.
    pub fn fingerprints<T>(&self, mut row: impl FnMut(u32, u32, &mut dyn Iterator<Item = u32>) -> Option<T>) -> Vec<T> {
        let mut out = Vec::new();
        let hash = |postings: &[u64], at: usize| postings.get(at).map(|p| (*p >> 32) as u32);
        let (mut early, mut late, mut turn) = (0, 0, 0);
        while let Some(next) = [hash(&self.postings, early), hash(&self.late, late)].into_iter().flatten().min() {
            let run = |postings: &[u64], from: usize| {
                postings[from..].iter().take_while(|p| (**p >> 32) as u32 == next).count()
            };
            let (n, m) = (run(&self.postings, early), run(&self.late, late));
            if n + m > 1 {
                let docs = self.postings[early..early + n].iter().chain(&self.late[late..late + m]);
                out.extend(row(turn, next, &mut docs.map(|p| *p as u32)));
                turn += 1;
            }
            (early, late) = (early + n, late + m);
        }
        out
    }
}
