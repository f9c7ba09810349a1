//! Whether the clause around a time speaks of what was or of what will be.

use super::grammar::Scan;
use crate::language::{Language, Pos, Verb};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// Verbs behind which an infinitive has not happened yet.
const AHEAD: &str = "expected expects expect scheduled due plans plan planned planning set hopes hope hoped agreed ready going \
    likely slated intends intend wants want aims promised promises vowed about is are supposed";

/// Past forms that do not end in -ed, of verbs that news uses.
const PAST: &str = "was were had did said told went came took made met left found began fell rose won lost killed held broke \
    got gave sent shot struck hit saw spoke wrote fled fought led put ran set stood thought brought became knew \
    kept paid sold bought built drove ended been died flew sank tore threw";

/// Tense of the clause around the items `start..end` of a sentence whose first word is `first` in the report.
pub(super) fn tense(scan: &Scan, start: usize, end: usize, first: usize, language: &Language) -> Option<Tense> {
    let cue = |at: usize| match language.words.get(first + at) {
        Some(_) => tagged(scan, at, first, language),
        None => spelled(scan, at),
    };
    // "until Friday", "as early as Friday"
    let as_early_as = start > 2 && scan.raw(start - 1) == "as" && scan.raw(start - 3) == "as";
    if as_early_as || (start > 0 && scan.any(start - 1, &["until", "till"])) {
        return Some(Tense::Future);
    }
    // "since March", "since shortly after Oct. 23"
    if (start.saturating_sub(3)..start).any(|at| scan.raw(at).eq_ignore_ascii_case("since")) {
        return Some(Tense::Past);
    }
    // Leftwards first: "said on Friday that it will"; commas and dashes close the clause.
    for at in (0..start).rev().take(25) {
        if matches!(scan.raw(at), ";" | ":" | "“" | "”" | "\"" | "``" | "''") {
            break;
        }
        if let Some(tense) = cue(at) {
            return Some(tense);
        }
    }
    for at in (end..scan.items.len()).take(25) {
        if matches!(scan.raw(at), ";" | ":" | "”" | "\"" | "''") {
            break;
        }
        if let Some(tense) = cue(at) {
            return Some(tense);
        }
    }
    None
}

fn future_word(word: &str) -> bool {
    ["will", "'ll", "’ll", "wo", "shall", "would"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// From the model's reading.
fn tagged(scan: &Scan, at: usize, first: usize, language: &Language) -> Option<Tense> {
    let word = language.words.get(first + at)?;
    if !matches!(word.pos, Pos::Verb | Pos::Aux) {
        return None;
    }
    if future_word(scan.raw(at)) {
        return Some(Tense::Future);
    }
    match word.verb {
        Verb::Past => Some(Tense::Past),
        Verb::Infinitive => infinitive(scan, at),
        // "has left", "was killed": the auxiliary decides, unless it stands alone.
        _ => None,
    }
}

/// From the spelling alone, where there is no model's reading.
fn spelled(scan: &Scan, at: usize) -> Option<Tense> {
    let raw = scan.raw(at);
    if future_word(raw) {
        return Some(Tense::Future);
    }
    if let Some(tense) = infinitive(scan, at) {
        return Some(tense);
    }
    let lower = raw.chars().all(char::is_lowercase);
    if lower && AHEAD.split_whitespace().any(|w| w == raw) && scan.is(at + 1, "to") {
        return Some(Tense::Future);
    }
    // "will be opened": the word before decides.
    if at > 0 && matches!(scan.raw(at - 1), "be" | "been" | "being") {
        return None;
    }
    let past = PAST.split_whitespace().any(|w| w == raw) || (lower && raw.len() > 4 && raw.ends_with("ed"));
    past.then_some(Tense::Past)
}

/// "plans to meet": what is meant to come.
fn infinitive(scan: &Scan, at: usize) -> Option<Tense> {
    let ahead = |n: usize| AHEAD.split_whitespace().any(|w| w == scan.raw(n));
    (at >= 2 && scan.is(at - 1, "to") && ahead(at - 2)).then_some(Tense::Future)
}
