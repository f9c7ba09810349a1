//! What a blast hits, by where it goes off.

use super::grammar::Grammar;
use super::lexicon::LEXICON;
use super::sides::is;
use crate::language::Kind;

/// The buildings that a word behind a blast names: "exploded at the ministry", "in front of a bank".
pub(super) fn site(grammar: &Grammar<'_>, k: usize) -> Vec<usize> {
    let building = |w: usize| match grammar.kind(w) {
        Some(Kind::Facility) => true,
        Some(Kind::Organisation) => true,
        Some(Kind::Place) | None => LEXICON.is("building", grammar.lemma(w), &grammar.lower[w]),
        Some(_) => false,
    };
    let near = |w: usize| {
        matches!(
            grammar.case(w),
            Some(
                "at" | "in"
                    | "inside"
                    | "outside"
                    | "under"
                    | "beneath"
                    | "underneath"
                    | "of"
                    | "on"
                    | "onto"
                    | "into"
                    | "against"
            ) // A bomb near a house is meant for it; one near a town only says where.
        ) || matches!(grammar.case(w), Some("near" | "beside" | "behind")) && !is(grammar, "town", w)
    };
    let mut found: Vec<usize> =
        [k].into_iter().filter(|&w| near(w) && grammar.case(w) != Some("of") && building(w)).collect();
    if found.is_empty() {
        // "in front of a bank", "in the vicinity of the courts", "in Guayaquil at the consul's residence".
        let front =
            matches!(grammar.lemma(k), "front" | "entrance" | "door" | "gate" | "vicinity" | "basement" | "lobby");
        let beside = |&w: &usize| {
            w > k
                && grammar.is(w, &["nmod", "obl"])
                && near(w)
                && building(w)
                && (front || grammar.case(w) != Some("of"))
        };
        let whole = front || grammar.kind(k) == Some(Kind::Place);
        found.extend(grammar.kids(k).filter(beside).filter(|_| whole));
    }
    found.into_iter().flat_map(|w| grammar.conjuncts(w)).collect()
}
