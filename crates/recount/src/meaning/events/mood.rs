//! The mood that a word has by itself: "did not fire", "will march", "if he is released", "an alleged attack".

use super::governors::{Effect, GOVERNORS};
use super::grammar::Grammar;
use super::status::Mood;
use crate::language::{Pos, Verb};
use crate::meaning::Status;

pub(super) fn is_marked(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.kids(w).any(|k| grammar.is(k, &["mark", "advmod"]) && conditional_mark(&grammar.lower[k]))
}

fn conditional_mark(word: &str) -> bool {
    matches!(word, "if" | "unless" | "whether" | "provided" | "once" | "lest" | "should")
}

/// The mood that a word has by itself: its auxiliaries, negation, marks and describing words.
pub(super) fn own(grammar: &Grammar<'_>, w: usize) -> Option<Mood> {
    let mut mood: Option<Mood> = None;
    let mut set = |status: Status, k: usize| {
        let known = mood.map(|m| m.status);
        // "if he is not released": neither is said to be so.
        let open = |s: Status| s == Status::Conditional;
        if known.is_some_and(|s| open(s) && status == Status::Negated) {
            return;
        }
        if known.is_none_or(|s| rank(status) > rank(s) || open(status) && s == Status::Negated) {
            mood = Some(Mood { status, cue: Some(grammar.span(k)) });
        }
    };
    if grammar.negated(w) {
        let cue = grammar.kids(w).find(|&k| is_negation(&grammar.lower[k])).unwrap_or(w);
        set(Status::Negated, cue);
    }
    for k in grammar.kids(w) {
        let lower = grammar.lower[k].as_str();
        match grammar.rel(k) {
            "nsubj" if is_nobody(grammar, k) => set(Status::Negated, k),
            "aux" => match lower {
                "will" | "shall" | "'ll" | "wo" | "’ll" | "going" | "gonna" => set(Status::Predicted, k),
                "would" | "'d" | "’d" if perfect(grammar, w) => set(Status::Conditional, k),
                "would" | "'d" | "’d" => set(Status::Planned, k),
                "may" | "might" | "could" | "can" => set(Status::Possible, k),
                "must" => set(Status::Ordered, k),
                "should" | "ought" => set(Status::Requested, k),
                _ => {}
            },
            // "will not return until demands are met": they may never be.
            "mark" | "advmod" if lower == "until" && grammar.head(w).is_some_and(|h| grammar.negated(h)) => {
                set(Status::Conditional, k)
            }
            "mark" | "advmod" if conditional_mark(lower) && !(lower == "once" && grammar.rel(k) == "advmod") => {
                // "it is unclear if", "asked whether": a question, no condition.
                let asked = lower == "whether" || (lower == "if" && grammar.is(w, &["ccomp", "csubj"]));
                set(if asked { Status::Possible } else { Status::Conditional }, k)
            }
            "mark" if lower == "to" && k < w && w - k <= 2 && is_purpose(grammar, w) => set(Status::Planned, k),
            "advmod"
                if matches!(
                    lower,
                    "allegedly"
                        | "possibly"
                        | "perhaps"
                        | "maybe"
                        | "purportedly"
                        | "supposedly"
                        | "probably"
                        | "presumably"
                ) =>
            {
                set(Status::Possible, k)
            }
            "advmod" if lower == "longer" => set(Status::Negated, k),
            "amod" | "compound" if grammar.pos(w) != Pos::Verb && describing(grammar, k).is_some() => {
                if let Some(status) = describing(grammar, k) {
                    set(status, k);
                }
            }
            "advcl" if is_marked(grammar, k) => {
                // An order or a threat on a condition is still one; what would happen on a condition is not.
                set(Status::Conditional, k);
            }
            _ => {}
        }
    }
    if mood.is_none() && of_anyone(grammar, w) {
        mood = Some(Mood { status: Status::Conditional, cue: grammar.head(w).map(|h| grammar.span(h)) });
    }
    // "A panel is to visit the town", "the court was to hear him".
    let be = |k: usize| grammar.is(k, &["cop", "aux", "aux:pass"]) && matches!(grammar.lemma(k), "be");
    let to = grammar.kids(w).find(|&k| grammar.is(k, &["mark"]) && grammar.lower[k] == "to");
    if mood.is_none()
        && grammar.pos(w) == Pos::Verb
        && let Some(to) = to.filter(|&t| t > 0 && be(t - 1) && grammar.head(t - 1) == Some(w))
    {
        mood = Some(Mood { status: Status::Planned, cue: Some(grammar.span(to)) });
    }
    let asked = grammar.sentence(w).range().last().is_some_and(|l| grammar.lower[l] == "?");
    if mood.is_none() && asked && grammar.head(w).is_none() {
        mood = Some(Mood { status: Status::Possible, cue: None });
    }
    if mood.is_none() && grammar.word(w).verb == Verb::Imperative && grammar.text.tokens[w].quoted {
        mood = Some(Mood { status: Status::Requested, cue: None });
    }
    mood
}

/// "Anyone who kills a policeman", "those who loot": nobody is said to do it.
fn of_anyone(grammar: &Grammar<'_>, w: usize) -> bool {
    let clause = grammar.full_rel(w) == "acl:relcl" && grammar.word(w).verb == Verb::Present;
    let helped = grammar.kids(w).any(|k| grammar.is(k, &["aux", "cop"]) && !grammar.lower[k].starts_with("do"));
    clause
        && !helped
        && grammar.head(w).is_some_and(|h| {
            matches!(grammar.lower[h].as_str(), "anyone" | "anybody" | "whoever" | "everyone" | "those")
                || grammar
                    .kids(h)
                    .any(|k| grammar.is(k, &["det"]) && matches!(grammar.lower[k].as_str(), "any" | "every"))
        })
}

/// Whether a clause with "to" says what for: not "claimed to have seized", "resorted to firing", "were lucky to arrest".
fn is_purpose(grammar: &Grammar<'_>, w: usize) -> bool {
    let told = |h| grammar.pos(h) == Pos::Adj && GOVERNORS.effect(grammar, h, "t") == Some(Effect::Fact);
    grammar.is(w, &["advcl"])
        && !perfect(grammar, w)
        && !grammar.lower[w].ends_with("ing")
        && !grammar.head(w).is_some_and(told)
}

fn perfect(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.kids(w).any(|h| grammar.is(h, &["aux"]) && grammar.lower[h] == "have")
}

/// "Nobody gave an order", "no shots were fired".
fn is_nobody(grammar: &Grammar<'_>, subject: usize) -> bool {
    let no = |w: usize| matches!(grammar.lower[w].as_str(), "no" | "nobody" | "none" | "neither");
    no(subject) || grammar.kids(subject).any(|k| grammar.is(k, &["det"]) && no(k))
}

/// Of several marks on one word the weightier decides.
fn rank(status: Status) -> u8 {
    match status {
        Status::Happened => 0,
        Status::Predicted | Status::Planned => 1,
        Status::Possible => 2,
        Status::Requested | Status::Ordered => 3,
        Status::Conditional => 4,
        _ => 5,
    }
}

fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "n't" | "never" | "no" | "neither" | "nor" | "nobody" | "without")
}

/// Adjectives and participles that take an event out of the world of facts.
fn describing(grammar: &Grammar<'_>, k: usize) -> Option<Status> {
    match grammar.lower[k].as_str() {
        "alleged" | "suspected" | "purported" | "possible" | "potential" | "rumoured" | "rumored" | "supposed" => {
            Some(Status::Possible)
        }
        "planned" | "scheduled" | "upcoming" | "forthcoming" | "proposed" | "impending" | "imminent" | "future"
        | "looming" | "expected" | "intended" | "prospective" => Some(Status::Planned),
        "attempted" | "failed" | "foiled" | "thwarted" | "botched" | "abortive" | "aborted" => Some(Status::Attempted),
        "threatened" => Some(Status::Threatened),
        "feared" | "anticipated" => Some(Status::Predicted),
        "cancelled" | "canceled" | "averted" => Some(Status::Negated),
        "hypothetical" => Some(Status::Possible),
        _ => None,
    }
}
