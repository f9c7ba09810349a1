//! Who the people told of by a noun are, where the report names them apart: "the dead were X and Y", "the suspects were
//! identified as X and Y".

use super::grammar::Grammar;
use crate::language::{Form, Kind};
use crate::span::EntityId;

/// Entities told of by a noun, each with the words that head the names of its people.
pub(crate) fn identified(grammar: &Grammar<'_>) -> Vec<(EntityId, Vec<usize>)> {
    (0..grammar.len())
        .filter_map(|w| {
            let names = names_behind(grammar, w)?;
            let group = grammar.kid(w, &["nsubj"]).or_else(|| grammar.head(w).filter(|_| grammar.is(w, &["acl"])))?;
            let group = antecedent(grammar, group);
            let nameless = grammar.mention(group).is_some_and(|m| m.form == Form::Nominal && m.kind != Kind::Place);
            let names: Vec<usize> = names.into_iter().filter(|&n| is_person(grammar, n)).collect();
            let entity = grammar.entity(group).filter(|_| nameless && !names.is_empty())?;
            Some((entity, names))
        })
        .collect()
}

/// The list of names that the word `w` brings in: as a predicate itself, or behind "identified as".
fn names_behind(grammar: &Grammar<'_>, w: usize) -> Option<Vec<usize>> {
    if grammar.negated(w) {
        return None;
    }
    if is_person(grammar, w) && grammar.kid(w, &["cop"]).is_some() {
        return Some(grammar.conjuncts(w));
    }
    let naming = matches!(grammar.lemma(w), "identify" | "name") && grammar.passive(w);
    let name = grammar.kids(w).find(|&k| {
        naming && k > w && is_person(grammar, k) && (grammar.case(k) == Some("as") || grammar.is(k, &["xcomp", "obj"]))
    })?;
    Some(grammar.conjuncts(name))
}

fn is_person(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.mention(w).is_some_and(|m| m.form == Form::Name && m.kind == Kind::Person)
}

/// "who" stands for the noun that its clause describes.
fn antecedent(grammar: &Grammar<'_>, w: usize) -> usize {
    let described = || grammar.head(w).filter(|&v| grammar.is(v, &["acl"])).and_then(|v| grammar.head(v));
    if grammar.lower[w] == "who" { described().unwrap_or(w) } else { w }
}
