//! What a figure counts by the order of the words, where no tree is needed or none is to be had: a casualty word shortly
//! behind the figure, or right before it.

use super::kinds::{Reading, kind_of_state, state};
use crate::language::Pos;
use crate::meaning::events::grammar::Grammar;
use crate::span::Tokens;

/// "18 injured", "wounding 18": a casualty word that touches the figure or its noun needs no tree.
pub(crate) fn right_beside(grammar: &Grammar<'_>, tokens: Tokens, whole: Tokens) -> Option<Reading> {
    let end = tokens.end as usize;
    behind(grammar, end).filter(|r| r.1 <= end + 2 && r.1 >= end).or_else(|| ahead(grammar, whole.start as usize))
}

/// The order of words: a casualty word shortly behind the figure, or right before it.
pub(crate) fn by_order(grammar: &Grammar<'_>, tokens: Tokens, whole: Tokens) -> Option<Reading> {
    behind(grammar, tokens.end as usize).or_else(|| ahead(grammar, whole.start as usize))
}

fn behind(grammar: &Grammar<'_>, from: usize) -> Option<Reading> {
    let end = grammar.sentence(from.saturating_sub(1)).end as usize;
    let (mut at, mut seen, mut passive) = (from, 0, false);
    while at < end && seen < 9 {
        let lower = grammar.lower[at].as_str();
        if lower == ","
            && at + 1 < end
            && matches!(grammar.lower[at + 1].as_str(), "including" | "among" | "most" | "mostly" | "many" | "some")
        {
            // "14 people, including seven children, were injured"
            at = (at + 1..end).find(|&k| grammar.lower[k] == ",")? + 1;
            continue;
        }
        if grammar.pos(at) == Pos::Verb
            && state(lower).is_none()
            && grammar.lower.get(at + 1).is_some_and(|n| n == "by")
        {
            // "40 monks led by a party leader were arrested"
            at = (at + 1..end.min(at + 14))
                .find(|&k| matches!(grammar.lower[k].as_str(), "were" | "was" | "have" | "had" | "has"))?;
            continue;
        }
        let participle = lower.ends_with("ed") || matches!(lower, "dead" | "hurt" | "slain" | "missing" | "homeless");
        let found = if lower == "shot" { kind_of_state(grammar, at) } else { state(lower).filter(|_| participle) };
        if let Some(kind) = found {
            let next = grammar.lower.get(at + 1).filter(|_| at + 1 < end).map(String::as_str);
            let object_follows = at + 1 < end
                && (matches!(grammar.pos(at + 1), Pos::Noun | Pos::Propn | Pos::Num | Pos::Det | Pos::Pron | Pos::Adj)
                    || matches!(next, Some("at" | "more"))
                        && at + 2 < end
                        && matches!(grammar.lower[at + 2].as_str(), "least" | "than"));
            let timely = next.is_some_and(|n| {
                matches!(
                    n,
                    "today"
                        | "yesterday"
                        | "monday"
                        | "tuesday"
                        | "wednesday"
                        | "thursday"
                        | "friday"
                        | "saturday"
                        | "sunday"
                )
            });
            if passive || !object_follows || timely || lower == "dead" || lower == "missing" {
                return Some((kind, at, "rule/word-order", 0.7));
            }
            return None;
        }
        match grammar.pos(at) {
            Pos::Aux => passive |= matches!(lower, "were" | "was" | "been" | "being" | "are" | "is" | "be"),
            Pos::Noun | Pos::Propn | Pos::Adj | Pos::Adv | Pos::Det => {}
            _ if matches!(
                lower,
                "of" | "the"
                    | "others"
                    | "other"
                    | "more"
                    | "who"
                    | "that"
                    | "\""
                    | "“"
                    | "”"
                    | "-"
                    | "reported"
                    | "confirmed"
                    | "feared"
                    | "believed"
                    | "left"
                    | "found"
                    | "to"
                    | "got"
                    | "in"
                    | "from"
                    | "its"
            ) => {}
            _ => return None,
        }
        if matches!(lower, "in" | "from") {
            seen += 2;
        }
        seen += 1;
        at += 1;
    }
    None
}

fn ahead(grammar: &Grammar<'_>, from: usize) -> Option<Reading> {
    let start = grammar.sentence(from.min(grammar.len() - 1)).start as usize;
    let mut at = from;
    for _ in 0..3 {
        at = at.checked_sub(1).filter(|&a| a >= start)?;
        let lower = grammar.lower[at].as_str();
        let active = matches!(grammar.pos(at), Pos::Verb) && !grammar.passive(at);
        if let Some(kind) = state(lower).or_else(|| state(grammar.lemma(at))).filter(|_| active) {
            return Some((kind, at, "rule/word-order", 0.7));
        }
        if !matches!(
            lower,
            "another" | "the" | "a" | "also" | "total" | "of" | "some" | "all" | "further" | "additional"
        ) {
            return None;
        }
    }
    None
}
