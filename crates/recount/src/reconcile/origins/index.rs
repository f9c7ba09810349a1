//! Which reports are worth comparing: those that have enough fingerprints in common.
//!
//! Postings (fingerprint, report) lie sorted. In a bucket of few reports each is a candidate of each. A crowded bucket
//! (stock sentences, or hundreds of copies) is sorted by the reports' signatures, one component of MinHash for each
//! bucket, and a report meets only its neighbours there: those most alike, so that the work stays linear.

use super::prints::{SIGNS, prints, signature};
use super::sketch::Sketch;
use crate::reconcile::threads::shared_out;

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
    /// Postings of reports that came later, sorted.
    late: Vec<u64>,
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
    pub fn of(sketches: &[Sketch], threads: usize) -> Index {
        let mut index = Index::default();
        let mut signatures = Vec::with_capacity(sketches.len());
        for some in sketches.chunks(super::AT_ONCE) {
            for (hashes, signature) in shared_out(some, threads, || (), |(), s| hashes(s)) {
                let doc = index.sizes.len() as u32;
                index.postings.extend(hashes.iter().map(|h| pack(*h, doc)));
                index.sizes.push(hashes.len() as u32);
                signatures.push(signature);
            }
        }
        index.postings.sort_unstable();
        index.set_crowds_apart(&signatures);
        index.postings.shrink_to_fit();
        index.starts = vec![0; (1 << BITS) + 1];
        for p in &index.postings {
            index.starts[(p >> (64 - BITS)) as usize + 1] += 1;
        }
        for i in 1..index.starts.len() {
            index.starts[i] += index.starts[i - 1];
        }
        index
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
            let few = self.bucket(*hash);
            few.iter().for_each(|p| meet(*p as u32));
            if few.is_empty()
                && let Some(crowd) = self.crowd(*hash)
            {
                let own = pack(turned(&signature, *hash), doc);
                let at = crowd.partition_point(|p| *p < own);
                let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(crowd.len());
                crowd[near].iter().for_each(|p| meet(*p as u32));
            }
            within(&self.late, *hash).iter().take(CROWD).for_each(|p| meet(*p as u32));
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
        let (hashes, _) = hashes(sketch);
        self.sizes.push(hashes.len() as u32);
        self.late.extend(hashes.iter().map(|h| pack(*h, doc)));
        self.late.sort_unstable();
    }
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
    /// What `row` makes of each fingerprint that more than one report has, in the order of fingerprints. `row` is
    /// given the turn (no two alike), the fingerprint and its reports.
    pub fn fingerprints<T>(&self, mut row: impl FnMut(u32, u32, &mut dyn Iterator<Item = u32>) -> Option<T>) -> Vec<T> {
        let mut out = Vec::new();
        let hash = |postings: &[u64], at: usize| postings.get(at).map(|p| (*p >> 32) as u32);
        let (mut early, mut late, mut crowd, mut turn) = (0, 0, 0, 0);
        let crowded = |at: usize| self.crowded.get(at).map(|c| c.0);
        while let Some(next) =
            [hash(&self.postings, early), hash(&self.late, late), crowded(crowd)].into_iter().flatten().min()
        {
            let run = |postings: &[u64], from: usize| {
                postings[from..].iter().take_while(|p| (**p >> 32) as u32 == next).count()
            };
            let (n, m) = (run(&self.postings, early), run(&self.late, late));
            let many = if crowded(crowd) == Some(next) { self.crowd(next).unwrap_or_default() } else { &[] };
            if n + m + many.len() > 1 {
                let docs = self.postings[early..early + n].iter().chain(many).chain(&self.late[late..late + m]);
                out.extend(row(turn, next, &mut docs.map(|p| *p as u32)));
                turn += 1;
            }
            (early, late, crowd) = (early + n, late + m, crowd + usize::from(!many.is_empty()));
        }
        out
    }
}
