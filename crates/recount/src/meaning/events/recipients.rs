//! Whom an act is directed at, where the words after it name the party only within what is refused, threatened,
//! promised or demanded: "threatened to shell Iraqi towns", "promised aid to the republic", "probe crimes by rebels".

use super::arguments::Parties;
use super::grammar::Grammar;
use super::triggers::Trigger;
use super::who::{can_act, people_in_arms, timely};
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
        parties.actors.iter().any(|&a| a == w || grammar.entity(a).is_some() && grammar.entity(a) == grammar.entity(w))
    };
    let mut targets = Vec::new();
    for &t in &parties.targets {
        let inside = if party(grammar, t) { Vec::new() } else { within(grammar, t, &own) };
        if inside.is_empty() { targets.push(t) } else { targets.extend(inside) }
    }
    if !targets.iter().any(|&t| party(grammar, t) || grammar.pos(t) == Pos::Pron) {
        let mut found: Vec<usize> = Vec::new();
        for &w in std::iter::once(&trigger.head).chain(&trigger.words) {
            found.extend(within(grammar, w, &own));
            if !found.is_empty() {
                break;
            }
        }
        targets.retain(|t| found.is_empty() || !found.contains(t));
        targets.extend(found);
    }
    let mut seen = std::collections::BTreeSet::new();
    targets.retain(|&t| seen.insert(t) && !parties.actors.contains(&t));
    parties.targets = targets;
}

/// "to demand", "calling for", "protesting against".
fn is_purpose(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.kid(w, &["mark"]).is_some_and(|m| grammar.lower[m] == "to")
        || matches!(grammar.lemma(w), "demand" | "call" | "protest" | "urge" | "condemn" | "denounce" | "oppose")
}

/// Someone named or told by people's words; not a thing, not a time.
fn party(grammar: &Grammar<'_>, w: usize) -> bool {
    can_act(grammar, w)
        && !timely(grammar, w)
        && (grammar.pos(w) != Pos::Adj || grammar.kind(w).is_some() || people_in_arms(grammar, w))
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
                || grammar.is(k, &["advcl"]) && depth == 0 && !(k > at && is_purpose(grammar, k))
                || grammar.is(k, &["conj"]) && depth == 0
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
