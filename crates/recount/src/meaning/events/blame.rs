//! Who is said to be behind a deed, where the sentence names the deed and its author apart: "claimed responsibility for
//! the attack", "blamed rebels for the killing", "accused of murdering", "those responsible for the bombing".

use super::governors::{Effect, GOVERNORS};
use super::grammar::Grammar;
use super::triggers::{agents, objects, subjects};
use crate::language::Pos;
use crate::meaning::Status;

/// The authors of what the word `w` tells of, by the word that it completes.
pub(crate) fn authors(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let mut at = w;
    // "for the killing and wounding of", "for a series of attacks".
    for _ in 0..3 {
        // "The death squads are behind the murder."
        if grammar.case(at) == Some("behind") && grammar.kid(at, &["cop"]).is_some() && !grammar.negated(at) {
            return grammar
                .kids(at)
                .filter(|&k| grammar.rel(k) == "nsubj")
                .flat_map(|k| grammar.conjuncts(k))
                .collect();
        }
        let Some(head) = grammar.head(at) else { return Vec::new() };
        if grammar.is(at, &["conj"]) || grammar.case(at) == Some("of") && is_measure(grammar.lemma(head)) {
            at = head;
            continue;
        }
        let found = if denied(grammar, head) { Vec::new() } else { named_by(grammar, at, head) };
        return found.into_iter().flat_map(|a| grammar.conjuncts(a)).collect();
    }
    Vec::new()
}

/// "Denied that soldiers had taken part in the massacre": nobody is charged by a word that is denied.
pub(super) fn denied(grammar: &Grammar<'_>, w: usize) -> bool {
    let clauses = std::iter::successors(Some(w), |&c| {
        grammar.head(c).filter(|_| grammar.is(c, &["ccomp", "xcomp", "advcl", "obj", "cop", "conj"]))
    });
    let denies = |v: usize, place| GOVERNORS.effect(grammar, v, place) == Some(Effect::Gives(Status::Denied));
    clauses.take(4).skip(1).any(|v| (denies(v, "c") || denies(v, "o")) && !grammar.negated(v))
}

fn is_measure(lemma: &str) -> bool {
    matches!(lemma, "series" | "wave" | "spate" | "string" | "act" | "number" | "crime" | "case")
}

/// The author that the governing word `head` names for the deed `at`.
fn named_by(grammar: &Grammar<'_>, at: usize, head: usize) -> Vec<usize> {
    let case = grammar.case(at).or_else(|| grammar.kid(at, &["mark"]).map(|m| grammar.lower[m].as_str()));
    let lemma = grammar.lemma(head);
    match (lemma, case) {
        // "are to blame for the murder"
        ("blame", Some("for")) if to_blame(grammar, head) => subjects(grammar, head),
        ("responsibility" | "credit" | "blame", Some("for" | "in")) if grammar.pos(head) == Pos::Noun => grammar
            .head(head)
            .filter(|&v| matches!(grammar.lemma(v), "claim" | "take" | "assume" | "admit" | "accept" | "acknowledge"))
            .filter(|&v| !grammar.negated(v))
            .map_or_else(Vec::new, |v| subjects(grammar, v)),
        (_, _) if grammar.negated(head) => Vec::new(),
        ("responsible" | "guilty", Some("for" | "of")) => whom_it_describes(grammar, head),
        (
            "blame" | "accuse" | "charge" | "suspect" | "convict" | "try" | "implicate" | "sentence" | "prosecute"
            | "indict" | "condemn" | "arrest" | "detain" | "link" | "punish" | "jail" | "imprison",
            Some("for" | "of" | "with" | "in" | "to" | "over"),
        ) if matches!(grammar.pos(head), Pos::Verb | Pos::Adj) => {
            // "with" and "to" tie people to many things; only these verbs tie them to what they did.
            let loose = matches!(case, Some("to")) && lemma != "link";
            if loose { Vec::new() } else { objects(grammar, head) }
        }
        // "Sentenced to death for the murder."
        ("death" | "life" | "prison" | "year" | "imprisonment" | "jail", Some("for")) => grammar
            .head(head)
            .filter(|&v| matches!(grammar.lemma(v), "sentence" | "condemn" | "jail" | "imprison" | "send"))
            .map_or_else(Vec::new, |v| objects(grammar, v)),
        ("want" | "seek" | "hold" | "extradite" | "question", Some("for" | "over")) if grammar.passive(head) => {
            objects(grammar, head)
        }
        // "arrested in connection with the murder"
        ("connection" | "relation" | "case", Some("with" | "to" | "of")) => grammar
            .head(head)
            .filter(|&v| matches!(grammar.case(head), Some("in" | "over")) && charges(grammar.lemma(v)))
            .map_or_else(Vec::new, |v| objects(grammar, v)),
        ("claim" | "take" | "assume" | "admit" | "accept", Some("for"))
            if grammar.kid(head, &["obj"]).is_some_and(|o| matches!(grammar.lemma(o), "responsibility" | "credit")) =>
        {
            subjects(grammar, head)
        }
        ("confess", Some("to")) => subjects(grammar, head),
        ("suspect" | "defendant" | "accused", Some("in" | "of")) if grammar.pos(head) == Pos::Noun => {
            let names = grammar.kids(head).filter(|&k| grammar.is(k, &["appos"]));
            std::iter::once(head).chain(names).collect()
        }
        ("involved" | "involve" | "implicate", Some("in")) => whom_it_describes(grammar, head),
        ("resort", Some("to")) => subjects(grammar, head),
        ("participate" | "take" | "partake" | "help" | "assist" | "engage" | "join", Some("in"))
            if grammar.pos(head) == Pos::Verb =>
        {
            subjects(grammar, head)
        }
        ("involvement" | "participation" | "complicity", Some("in")) => grammar
            .kids(head)
            .filter(|&k| grammar.case(k) == Some("of") || grammar.full_rel(k) == "nmod:poss")
            .collect(),
        // "The attack was the work of the rebels", "was a manoeuvre by the army".
        (_, None) if grammar.is(at, &["nsubj"]) && grammar.pos(head) == Pos::Noun => grammar
            .kids(head)
            .filter(|&k| {
                let work = matches!(lemma, "work" | "doing" | "handiwork");
                grammar.case(k) == Some("by") || work && grammar.case(k) == Some("of")
            })
            .collect(),
        ("claim" | "mastermind" | "instigate" | "orchestrate" | "engineer" | "sponsor", None)
            if grammar.is(at, &["obj"]) =>
        {
            subjects(grammar, head)
        }
        ("mastermind" | "instigate" | "orchestrate" | "engineer", None) if grammar.full_rel(at) == "nsubj:pass" => {
            agents(grammar, head)
        }
        // "They were behind the bombing": the deed is the predicate, "behind" its preposition.
        (_, Some("behind")) if matches!(grammar.lemma(head), "be" | "stand") => subjects(grammar, head),
        ("attribute", None) => grammar.kids(head).filter(|&k| grammar.case(k) == Some("to")).collect(),
        (
            "author" | "perpetrator" | "mastermind" | "culprit" | "instigator" | "ringleader",
            Some("of" | "behind" | "in"),
        ) => vec![head],
        _ => Vec::new(),
    }
}

/// Verbs whose object is taken for the author of what they took place over.
fn charges(lemma: &str) -> bool {
    matches!(
        lemma,
        "arrest" | "detain" | "hold" | "seek" | "want" | "question" | "charge" | "indict" | "jail" | "capture" | "try"
    )
}

/// "To blame": the infinitive that says of its subject that the deed is theirs.
fn to_blame(grammar: &Grammar<'_>, w: usize) -> bool {
    w.checked_sub(1).is_some_and(|b| grammar.lower[b] == "to") && grammar.lower[w] == "blame"
}

/// Whom an adjective or participle describes: "they are responsible", "soldiers involved".
fn whom_it_describes(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let own: Vec<usize> = grammar.kids(w).filter(|&k| grammar.rel(k) == "nsubj").collect();
    if !own.is_empty() {
        return own;
    }
    match grammar.head(w) {
        Some(noun) if grammar.is(w, &["amod", "acl"]) => vec![noun],
        Some(verb) if grammar.is(w, &["xcomp", "obl", "obj"]) => {
            // "held rebels responsible for"
            let held = objects(grammar, verb);
            if held.is_empty() { subjects(grammar, verb) } else { held }
        }
        _ => Vec::new(),
    }
}
