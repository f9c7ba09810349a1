//! Names: where one ends and the next begins.

use super::super::{Pos, Word};
use super::hangs;
use crate::span::TokenId;
use crate::text::Text;

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
pub(super) fn follow_first(text: &Text, words: &mut [Word]) {
    for w in 1..words.len() {
        if words[w].rel != "flat" || words[w].head.at() <= w || words[w - 1].pos != Pos::Propn {
            continue;
        }
        if text.tokens[w - 1].sentence != text.tokens[w].sentence {
            continue;
        }
        let first = if words[w - 1].rel == "flat" { words[w - 1].head.at() } else { w - 1 };
        if first < w && !hangs(words, first, w) {
            words[w].head = TokenId::from(first);
        }
    }
}

/// "Lawyers for the commander, Radu Stan": one name is no other name for several; it is one for the single noun that stands
/// right before it.
pub(super) fn name_one(text: &Text, words: &mut [Word]) {
    for w in 2..words.len() {
        let (first, before) = (words[w].head.at(), w - 2);
        let name = words[w].rel == "appos" && words[w].pos == Pos::Propn && first < before;
        let noun = words[before].pos == Pos::Noun && words[before].plural == Some(false);
        if !name || !noun || words[first].plural != Some(true) || text.word(TokenId::from(w - 1)) != "," {
            continue;
        }
        let listed = words[w..]
            .iter()
            .take(2 * super::NEAR)
            .any(|k| k.rel == "conj" && matches!(k.head.at(), h if h == w || h == first));
        if !listed && words[before].rel == "nmod" && words[before].head.at() == first {
            words[w].head = TokenId::from(before);
        }
    }
}
