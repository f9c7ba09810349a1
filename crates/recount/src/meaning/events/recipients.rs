//! Whom an act is directed at, where the words after it name the party only within what is refused, threatened,
//! promised or demanded: "threatened to shell Iraqi towns", "promised aid to the republic", "probe crimes by rebels".

use super::arguments::Parties;
use super::grammar::Grammar;
use super::triggers::Trigger;
use super::who::{can_act, timely};
use crate::language::{Form, Kind, Pos};
use crate::meaning::EventClass;

/// Fills or sharpens the targets of an act of words, of dealings or of measures. Deeds of force are left as they are:
/// what they hit is said at their own verb.
pub(crate) fn direct(grammar: &Grammar<'_>, trigger: &Trigger, parties: &mut Parties) {
    use EventClass::*;
    if matches!(trigger.class, Assault | Consult | Mobilize) {
        return;
    }
    let own = |w: usize| {
        let noun = trigger.words.contains(&w) && !matches!(grammar.kind(w), Some(Kind::Person | Kind::Group));
        noun || parties
            .actors
            .iter()
            .any(|&a| a == w || grammar.entity(a).is_some() && grammar.entity(a) == grammar.entity(w))
    };
    let someone = |t: usize| party(grammar, t) || grammar.pos(t) == Pos::Pron;
    let words = || std::iter::once(trigger.head).chain(trigger.words.iter().copied());
    let mut targets = Vec::new();
    if !parties.targets.iter().any(|&t| someone(t)) {
        targets.extend(
            words().map(|w| bound(grammar, trigger.class, w, &own)).find(|f| !f.is_empty()).unwrap_or_default(),
        );
    }
    for &t in &parties.targets {
        let inside = if party(grammar, t) { Vec::new() } else { within(grammar, t, &own) };
        if inside.is_empty() { targets.push(t) } else { targets.extend(inside) }
    }
    if !targets.iter().any(|&t| someone(t)) {
        let mut found = words().map(|w| within(grammar, w, &own)).find(|f| !f.is_empty()).unwrap_or_default();
        let measure = match trigger.class {
            Coerce => trigger.mode.is_none_or(|m| matches!(m, "curfew" | "martial-law" | "restrict")),
            Threaten | Concede | Sanction | Agree | Reject | Retreat => true,
            _ => false,
        };
        if found.is_empty() && measure {
            found = words().chain(targets.iter().copied()).find_map(|w| region(grammar, w)).into_iter().collect();
        }
        targets.retain(|t| found.is_empty() || !found.contains(t));
        targets.extend(found);
    }
    // What is refused or asked for is no party beside the one from whom it is asked.
    if targets.iter().any(|&t| someone(t)) {
        targets.retain(|&t| someone(t) || grammar.entity(t).is_some());
    }
    let mut seen = std::collections::BTreeSet::new();
    targets.retain(|&t| seen.insert(t) && !parties.actors.contains(&t));
    parties.targets = targets;
}

/// Whose conduct the act turns on, where a clause says it: "demanded that the army leave", "alleged that police beat
/// them", "will strike unless the ministry pays".
fn bound(grammar: &Grammar<'_>, class: EventClass, w: usize, own: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let clause = |k: &usize| match class {
        EventClass::Request => grammar.is(*k, &["ccomp", "acl"]),
        // "Alleged that the police beat them."
        EventClass::Accuse => grammar.is(*k, &["ccomp"]) && !grammar.passive(*k),
        EventClass::Threaten => {
            // Whoever is to be released does not threaten, nor is threatened.
            grammar.is(*k, &["advcl"]) && !grammar.passive(*k) && conditional(grammar, *k)
        }
        _ => false,
    };
    let below = grammar.kids(w).filter(|&k| grammar.is(k, &["xcomp", "ccomp", "obj", "obl"]));
    let verbs = grammar.kids(w).chain(below.flat_map(|k| grammar.kids(k))).filter(clause);
    let subjects = verbs.filter_map(|v| grammar.kid(v, &["nsubj"])).filter(|&s| party(grammar, s) && !own(s));
    subjects.take(1).flat_map(|s| grammar.conjuncts(s)).collect()
}

/// The named place that a measure is for, where nobody is named: "a curfew in Cizre".
fn region(grammar: &Grammar<'_>, top: usize) -> Option<usize> {
    let mut todo = vec![(top, 0u8)];
    while let Some((at, depth)) = todo.pop() {
        for k in grammar.kids(at).filter(|&k| k > at && grammar.is(k, &["obl", "nmod", "obj", "xcomp"])) {
            let here = matches!(grammar.case(k), Some("in" | "across" | "throughout" | "within"));
            let named = grammar.mention(k).is_some_and(|m| m.form == Form::Name && m.kind == Kind::Place);
            if here && named {
                return Some(k);
            }
            if depth < 3 && !named {
                todo.push((k, depth + 1));
            }
        }
    }
    None
}

/// "If its leader is not released", "unless the ministry pays".
fn conditional(grammar: &Grammar<'_>, clause: usize) -> bool {
    grammar.kids(clause).any(|m| matches!(grammar.lower[m].as_str(), "unless" | "if") && m < clause)
}

/// "to demand", "calling for", "protesting against".
fn is_purpose(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.kid(w, &["mark"]).is_some_and(|m| grammar.lower[m] == "to")
        || matches!(grammar.lemma(w), "demand" | "call" | "protest" | "urge" | "condemn" | "denounce" | "oppose")
}

/// Someone named or told by people's words; not a thing, not a time.
fn party(grammar: &Grammar<'_>, w: usize) -> bool {
    can_act(grammar, w) && !timely(grammar, w) && (grammar.pos(w) != Pos::Adj || grammar.kind(w).is_some())
}

/// The first party that hangs below a word, with those coordinated with it; none from clauses that tell another story.
fn within(grammar: &Grammar<'_>, top: usize, own: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut todo = vec![(top, 0u8)];
    let mut found: Vec<(u8, usize)> = Vec::new();
    let mut left = 60;
    while let Some((at, depth)) = todo.pop().filter(|_| left > 0) {
        left -= 1;
        for k in grammar.kids(at) {
            let elsewhere = grammar.is(k, &["nsubj", "csubj", "acl:relcl", "parataxis", "appos", "discourse", "punct"])
                && grammar.full_rel(k) != "nsubj:pass"
                // "marched to protest against": what a purpose names is what the act is for.
                || grammar.is(k, &["advcl"]) && (depth == 0 || conditional(grammar, k)) && !(k > at && is_purpose(grammar, k))
                || grammar.is(k, &["conj"]) && depth == 0
                // "Gathered in support of the strikers": not against them.
                || grammar.case(k) == Some("in")
                    && matches!(grammar.lemma(k), "support" | "solidarity" | "sympathy" | "memory" | "honour" | "honor")
                || at == top && k < top && grammar.is(k, &["obl", "advmod"]);
            if elsewhere || depth > 6 {
                continue;
            }
            // Where something is names no party, unless it is a country's name with nothing nearer.
            let located = matches!(grammar.case(k), Some("in" | "at" | "near" | "on" | "outside" | "inside"))
                && matches!(grammar.kind(k), Some(Kind::Place | Kind::Facility));
            let named = grammar.mention(k).is_some_and(|m| m.form != Form::Pronoun);
            if named && party(grammar, k) && !own(k) && !located {
                found.push((depth, k));
            } else if !located {
                todo.push((k, depth + 1));
            }
        }
    }
    found.sort();
    match found.first() {
        Some(&(_, first)) => grammar.conjuncts(first).into_iter().filter(|&c| !own(c)).collect(),
        None => Vec::new(),
    }
}
