//! What a collection keeps of its origins, so that more reports can be added without comparing all anew.

use super::carriers::Carriers;
use super::groups::Names;
use super::index::{Built, Index, hashes};
use super::sketch::Sketch;
use super::ties::Tie;
use super::{Bounds, Origins};
use crate::reconcile::packed::{Packed, Packing, write};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{Error, Write};

/// What came with one go: the first holds what all later ones are compared with.
#[derive(Serialize, Deserialize)]
struct Part<'a, S> {
    built: Option<(Built<'a>, Cow<'a, Carriers>, Cow<'a, Names>)>,
    ids: Vec<Box<str>>,
    /// Fingerprints of the reports that came later, how many each of the first has.
    prints: Vec<Vec<u32>>,
    sizes: Cow<'a, [u32]>,
    sketches: S,
    ties: Cow<'a, [Tie]>,
    shares: Cow<'a, [f32]>,
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

    /// Writes what came since a mark; from the first mark on, all.
    ///
    /// # Errors
    /// Where `to` does not take it.
    pub fn put_away(&self, since: Mark, to: impl Write) -> Result<(), Error> {
        let first = since == Mark::default();
        let numbers = since.reports..self.sketches.len();
        let part: Part<'_, Packing<'_, Sketch>> = Part {
            built: first.then(|| (self.index.pack(), Cow::Borrowed(&self.carriers), Cow::Borrowed(&self.names))),
            ids: numbers.clone().map(|n| self.sketches.get(n).id.clone()).collect(),
            prints: numbers.filter(|n| *n >= self.built).map(|n| hashes(self.sketches.get(n)).0).collect(),
            sizes: if first { self.index.sizes(0)[..self.built as usize].into() } else { Cow::default() },
            sketches: self.sketches.packing(since.reports),
            ties: self.ties[since.ties..].into(),
            shares: self.shares[since.ties..].into(),
            gone: self.gone.iter().copied().collect(),
        };
        write(&part, to)
    }

    /// Origins from their parts, in order; null where the bytes are none.
    pub fn from_parts<'a>(parts: impl Iterator<Item = &'a [u8]>) -> Option<Origins> {
        let mut out = Origins { bounds: Bounds::default(), ..Origins::default() };
        for (turn, bytes) in parts.enumerate() {
            let part: Part<'_, Packed> = postcard::from_bytes(bytes).ok()?;
            if let Some((built, carriers, names)) = part.built.filter(|_| turn == 0) {
                out.built = part.sizes.len() as u32;
                out.index = Index::unpacked(built, part.sizes.into_owned());
                (out.carriers, out.names) = (carriers.into_owned(), names.into_owned());
            } else if turn == 0 {
                return None;
            }
            part.prints.iter().for_each(|prints| out.index.enter(prints));
            let from = out.sketches.len();
            out.numbers.extend(part.ids.into_iter().zip(from..));
            out.sketches.put(part.sketches);
            out.ties.extend_from_slice(&part.ties);
            out.shares.extend_from_slice(&part.shares);
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
