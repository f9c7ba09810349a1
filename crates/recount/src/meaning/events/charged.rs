//! Who is said to be behind a deed that the report told before: "the Front claimed responsibility", "police attribute the
//! crime to the cartel", "the Brigade is behind these acts".

use super::arguments::Parties;
use super::blame::authors;
use super::grammar::Grammar;
use super::triggers::subjects;
use super::who::{can_act, nobody, only_the_author, perpetrates};
use crate::language::Pos;

/// Those charged with a deed that is only pointed at, by the word that points.
pub(crate) fn charged(grammar: &Grammar<'_>) -> Vec<(usize, Vec<usize>)> {
    (0..grammar.len())
        .filter_map(|w| {
            let mut by = if points_back(grammar, w) { behind(grammar, w) } else { claimed(grammar, w) };
            by.retain(|&a| {
                (can_act(grammar, a) || grammar.pos(a) == Pos::Pron && grammar.entity(a).is_some())
                    && !nobody(grammar, a)
                    && !only_the_author(grammar, a)
            });
            let mut parties = Parties { actors: by, ..Parties::default() };
            parties.add_bodies(grammar);
            (!parties.actors.is_empty()).then_some((w, parties.actors))
        })
        .collect()
}

/// Whether a word only points at a deed told before: "the crime", "this incident".
fn points_back(grammar: &Grammar<'_>, w: usize) -> bool {
    const DEEDS: [&str; 12] = [
        "crime",
        "act",
        "action",
        "deed",
        "incident",
        "atrocity",
        "operation",
        "tragedy",
        "event",
        "outrage",
        "felony",
        "violence",
    ];
    let pointing = |k: usize| matches!(grammar.lower[k].as_str(), "the" | "this" | "that" | "these" | "those");
    matches!(grammar.pos(w), Pos::Noun)
        && DEEDS.contains(&grammar.lemma(w))
        && grammar.kids(w).any(|k| grammar.is(k, &["det"]) && pointing(k))
}

/// Those behind what a pointing word means.
fn behind(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let told = authors(grammar, w);
    if !told.is_empty() {
        return told;
    }
    let does = |v: &usize| grammar.pos(*v) == Pos::Verb && perpetrates(grammar.lemma(*v)) && !grammar.negated(*v);
    let verb = grammar.head(w).filter(|_| grammar.is(w, &["obj", "nsubj"])).filter(does);
    let deed = |v: &usize| {
        matches!(
            grammar.lemma(*v),
            "commit"
                | "perpetrate"
                | "carry"
                | "stage"
                | "execute"
                | "plan"
                | "order"
                | "lead"
                | "organise"
                | "organize"
        )
    };
    let directed = grammar.head(w).filter(|&v| {
        grammar.is(w, &["obj"]) && matches!(grammar.lemma(v), "direct" | "mastermind" | "plot") && !grammar.negated(v)
    });
    verb.filter(deed).or(directed).map_or_else(Vec::new, |v| subjects(grammar, v))
}

/// "Claimed responsibility" with nothing said of what for.
fn claimed(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let alone = matches!(grammar.lemma(w), "responsibility" | "credit")
        && !grammar.kids(w).any(|k| matches!(grammar.case(k), Some("for" | "in")));
    let verb = grammar.head(w).filter(|_| alone && grammar.is(w, &["obj", "nsubj"])).filter(|&v| {
        matches!(grammar.lemma(v), "claim" | "take" | "assume" | "admit" | "accept" | "acknowledge")
            && !grammar.negated(v)
            && !grammar.kids(v).any(|k| grammar.case(k) == Some("for"))
    });
    verb.map_or_else(Vec::new, |v| subjects(grammar, v))
}
