//! What a collection keeps of its reports' likeness, so that more can be added without comparing all anew.

use super::candidates::{Index, Keys, Sealed};
use super::collection::{Collection, Day, Node};
use super::rarity::Rarity;
use super::stories::At;
use crate::reconcile::packed::{Numbers, Packed, Packing, write};
use crate::record::across::Decision;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{Error, Write};

/// What came with one go: the first holds what all later ones are compared with.
#[derive(Serialize, Deserialize)]
struct Part<'a, N> {
    built: Option<(Sealed<'a>, u32, Numbers<'a>)>,
    ids: Vec<Box<str>>,
    enough: Cow<'a, [u8]>,
    /// Of the reports that came later.
    keys: Cow<'a, [Keys]>,
    nodes: N,
    pairs: Cow<'a, [(u32, u32, f32)]>,
    dated: Cow<'a, [(Day, At)]>,
    gone: Vec<u32>,
}

/// How much of a collection was kept already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    reports: u32,
    pairs: usize,
    dated: usize,
}

impl Collection {
    /// Where it stands: what comes later is what [`Collection::part`] gives from here.
    pub fn mark(&self) -> Mark {
        Mark { reports: self.nodes.len(), pairs: self.pairs.len(), dated: self.dated.len() }
    }

    /// Writes what came since a mark; from the first mark on, all.
    ///
    /// # Errors
    /// Where `to` does not take it.
    pub fn put_away(&self, since: Mark, to: impl Write) -> Result<(), Error> {
        let first = since == Mark::default();
        let later = since.reports.max(self.built) - self.built;
        let part: Part<'_, Packing<'_, Node>> = Part {
            built: first.then(|| {
                let (reports, words) = self.rarity.pack();
                (self.index.pack(), reports, words)
            }),
            ids: (since.reports..self.nodes.len()).map(|n| self.report(n).id.clone()).collect(),
            enough: self.enough[since.reports as usize..].into(),
            keys: self.later[later as usize..].into(),
            nodes: self.nodes.packing(since.reports),
            pairs: self.pairs[since.pairs..].into(),
            dated: self.dated[since.dated..].into(),
            gone: self.gone.iter().copied().collect(),
        };
        write(&part, to)
    }

    /// A collection from its parts, in order, with no stories worked out; null where the bytes are none. `decisions` are
    /// those that held when the last part was made.
    pub fn from_parts<'a>(parts: impl Iterator<Item = &'a [u8]>, decisions: &[Decision]) -> Option<Collection> {
        let mut out = Collection::default();
        for (turn, bytes) in parts.enumerate() {
            let part: Part<'_, Packed> = postcard::from_bytes(bytes).ok()?;
            if let Some((index, reports, words)) = part.built.filter(|_| turn == 0) {
                out.built = (part.ids.len() - part.keys.len()) as u32;
                out.index = Index::unpacked(index);
                out.rarity = Rarity::unpacked(reports, &words);
            } else if turn == 0 {
                return None;
            }
            let from = out.nodes.len();
            out.nodes.put(part.nodes);
            let all = out.nodes.len();
            if part.ids.len() != (all - from) as usize
                || part.enough.len() != part.ids.len()
                || part.keys.len() > part.ids.len()
                || part.pairs.iter().any(|(a, b, _)| *a >= all || *b >= all)
                || part.dated.iter().any(|(_, at)| at.0 >= all)
            {
                return None;
            }
            let keyed = all - part.keys.len() as u32;
            part.ids.into_iter().zip(part.enough.iter()).for_each(|(id, enough)| out.make_room(id, *enough));
            part.keys.iter().zip(keyed..).for_each(|(keys, n)| out.index.add(n, keys));
            out.later.extend_from_slice(&part.keys);
            part.pairs.iter().for_each(|(a, b, score)| out.tie(*a, vec![(*b, *score)]));
            out.dated.extend_from_slice(&part.dated);
            out.gone.extend(part.gone);
        }
        let gone = std::mem::take(&mut out.gone);
        out.numbers.retain(|_, n| !gone.contains(n));
        out.gone = gone;
        out.hold(decisions);
        Some(out)
    }

    /// Whether what was kept turned out to be damaged where it was looked at.
    pub fn torn(&self) -> bool {
        self.nodes.torn()
    }
}
