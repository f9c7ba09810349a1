//! Figures that count what another figure counted: what the rest of a list, a part, or another teller's figure leaves out.

use super::kinds::{Counted, happening};
use super::numbers::Figure;
use crate::language::Pos;
use crate::meaning::CountKind;
use crate::meaning::events::grammar::Grammar;
use crate::span::Tokens;

/// "86 people were hurt, six of them police officers": what befell all of them befell the part.
pub(super) fn part_of_them(grammar: &Grammar<'_>, tokens: Tokens, last: Option<&Counted>) -> Option<Counted> {
    let (last, end) = (last.filter(|l| l.kind != CountKind::Other)?, tokens.end as usize);
    if !names_part(grammar, end) {
        return None;
    }
    // "Wounding five, two of whom later died": what is told of them next is said of the part.
    let bounds = end + 2..(end + 6).min(grammar.sentence(end).end as usize);
    let next = bounds.take_while(|&w| grammar.pos(w) != Pos::Punct).find_map(|w| Some((happening(grammar, w)?, w)));
    let (kind, governor) = next.map_or((last.kind, last.governor), |(kind, w)| (kind, Some(w)));
    Some(Counted { kind, governor, noun: Some(end + 1), by: "rule/part", score: 0.7 })
}

/// Whether "of them" or "of whom" begins at a word.
pub(super) fn names_part(grammar: &Grammar<'_>, w: usize) -> bool {
    let word = |k: usize| grammar.lower.get(k).map_or("", String::as_str);
    word(w) == "of" && matches!(word(w + 1), "them" | "whom" | "these" | "those")
}

/// "24 were arrested in one town, 26 in the next": a bare figure before a place counts what the one before counted.
pub(super) fn gapped(grammar: &Grammar<'_>, figure: &Figure, last: Option<&Counted>) -> Option<Counted> {
    let last = last.filter(|l| l.kind != CountKind::Other)?;
    let next = grammar.lower.get(figure.tokens.end as usize)?;
    let before = (figure.with_bounds.start as usize).checked_sub(1).map(|k| grammar.lower[k].as_str());
    let place = matches!(next.as_str(), "in" | "at" | "from" | "near");
    (place && matches!(before, Some("and" | ","))).then(|| Counted {
        noun: None,
        by: "rule/gapped",
        score: 0.6,
        ..last.clone()
    })
}

/// "34 were detained; lawyers put the figure at 200": another figure of what was counted last.
pub(super) fn given_anew(grammar: &Grammar<'_>, figure: &Figure, last: Option<&Counted>) -> Option<Counted> {
    let last = last.filter(|l| l.kind != CountKind::Other)?;
    let start = figure.with_bounds.start as usize;
    let near = start.saturating_sub(4).max(grammar.sentence(start).start as usize)..start;
    let given = near.clone().find(|&w| matches!(grammar.lemma(w), "figure" | "number" | "total"))?;
    let verb = grammar.head(given).filter(|&v| grammar.is(given, &["obj", "nsubj"]) && v <= start)?;
    let puts = matches!(grammar.lemma(verb), "put" | "place" | "set" | "estimate");
    (puts && near.into_iter().any(|w| grammar.lower[w] == "at")).then(|| Counted {
        noun: None,
        governor: Some(given),
        by: "rule/figure-given",
        score: 0.6,
        ..last.clone()
    })
}
