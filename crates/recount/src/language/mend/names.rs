//! Names: where one ends and the next begins.

use super::super::{Pos, Word};
use super::hangs;
use crate::span::TokenId;

/// "The leader Hector Olano and journalist Gilda Flores": a name that a noun behind "and" describes is another's, not the
/// rest of the first.
pub(super) fn keep_apart(words: &mut [Word]) {
    for w in 2..words.len() {
        let (first, noun) = (words[w].head.at(), w - 1);
        let described = words[noun].pos == Pos::Noun && (words[noun].head.at() == w || words[noun].rel == "compound");
        if words[w].rel != "flat" || first >= noun || !described {
            continue;
        }
        let Some(and) = (first + 1..noun).find(|c| words[*c].rel == "cc") else { continue };
        if hangs(words, first, w) {
            continue;
        }
        words[w].rel = "conj";
        words[and].head = TokenId::from(w);
        (words[noun].head, words[noun].rel) = (TokenId::from(w), "compound");
        // The rest of the second name hangs on its own first word.
        for later in words[w + 1..].iter_mut().take_while(|k| k.rel == "flat" && k.pos == Pos::Propn) {
            later.head = TokenId::from(w);
        }
    }
}

/// "Omar Castro, Luis Vega": the rest of a name stands behind its first word.
pub(super) fn follow_first(words: &mut [Word]) {
    for w in 1..words.len() {
        if words[w].rel != "flat" || words[w].head.at() <= w || words[w - 1].pos != Pos::Propn {
            continue;
        }
        let first = if words[w - 1].rel == "flat" { words[w - 1].head.at() } else { w - 1 };
        if first < w && !hangs(words, first, w) {
            words[w].head = TokenId::from(first);
        }
    }
}
