//! What a collection keeps of its origins, so that more reports can be added without comparing all anew.

use super::carriers::Carriers;
use super::groups::Names;
use super::index::{Built, Index, hashes};
use super::ties::Tie;
use super::{Bounds, Origins};
use crate::reconcile::packed::Packed;
use serde::{Deserialize, Serialize};

/// What came with one go: the first holds what all later ones are compared with.
#[derive(Default, Serialize, Deserialize)]
struct Part {
    built: Option<(Built, Carriers, Names)>,
    ids: Vec<Box<str>>,
    /// Fingerprints of the reports that came later, how many each of the first has.
    prints: Vec<Vec<u32>>,
    sizes: Vec<u32>,
    sketches: Packed,
    ties: Vec<Tie>,
    shares: Vec<f32>,
    gone: Vec<u32>,
}

/// How much of origins was kept already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    reports: u32,
    ties: usize,
}

impl Origins {
    /// Where it stands: what comes later is what [`Origins::part`] gives from here.
    pub fn mark(&self) -> Mark {
        Mark { reports: self.sketches.len(), ties: self.ties.len() }
    }

    /// What came since a mark, as bytes; from the first mark on, all.
    pub fn part(&self, since: Mark) -> Vec<u8> {
        let first = since == Mark::default();
        let numbers = since.reports..self.sketches.len();
        let part = Part {
            built: first.then(|| (self.index.pack(), self.carriers.clone(), self.names.clone())),
            ids: numbers.clone().map(|n| self.sketches.get(n).id.clone()).collect(),
            prints: numbers.filter(|n| *n >= self.built).map(|n| hashes(self.sketches.get(n)).0).collect(),
            sizes: if first { self.index.sizes(0)[..self.built as usize].to_vec() } else { Vec::new() },
            sketches: self.sketches.pack(since.reports),
            ties: self.ties[since.ties..].to_vec(),
            shares: self.shares[since.ties..].to_vec(),
            gone: self.gone.iter().copied().collect(),
        };
        postcard::to_allocvec(&part).expect("origins are plain data")
    }

    /// Origins from their parts, in order; null where the bytes are none.
    pub fn from_parts<'a>(parts: impl Iterator<Item = &'a [u8]>) -> Option<Origins> {
        let mut out = Origins { bounds: Bounds::default(), ..Origins::default() };
        for (turn, bytes) in parts.enumerate() {
            let part: Part = postcard::from_bytes(bytes).ok()?;
            if let Some((built, carriers, names)) = part.built.filter(|_| turn == 0) {
                out.built = part.sizes.len() as u32;
                out.index = Index::unpacked(&built, part.sizes);
                (out.carriers, out.names) = (carriers, names);
            } else if turn == 0 {
                return None;
            }
            part.prints.iter().for_each(|prints| out.index.enter(prints));
            let from = out.sketches.len();
            out.numbers.extend(part.ids.into_iter().zip(from..));
            out.sketches.put(part.sketches);
            out.ties.extend(part.ties);
            out.shares.extend(part.shares);
            out.gone.extend(part.gone);
        }
        let all = out.sketches.len();
        if out.ties.len() != out.shares.len() || out.ties.iter().any(|t| t.a >= all || t.b >= all) {
            return None;
        }
        out.numbers.retain(|_, n| !out.gone.contains(n));
        Some(out)
    }

    /// Whether what was kept turned out to be damaged where it was looked at.
    pub fn torn(&self) -> bool {
        self.sketches.torn()
    }
}
