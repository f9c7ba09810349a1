//! Who the people told of by a noun are, where the report names them apart: "the dead were X and Y", "the suspects were
//! identified as X and Y", "among the wounded was X".

use super::grammar::Grammar;
use crate::language::{Form, Kind};
use crate::meaning::Event;
use crate::span::EntityId;

/// People told of by a noun, and the words that head their names.
pub(crate) struct Identified {
    /// The word that names them or says that they are named.
    pub at: usize,
    /// The entity that the noun means.
    pub group: Option<EntityId>,
    /// What befell them, where the noun says it.
    pub harm: Option<Harm>,
    pub names: Vec<usize>,
}

/// What a noun for people says of what befell them.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Harm {
    /// "The dead".
    Death,
    /// "The hostages".
    Abduction,
    /// "The wounded", "the victims".
    Any,
}

impl Harm {
    fn of(grammar: &Grammar<'_>, w: usize) -> Option<Harm> {
        Some(match grammar.lower[w].as_str() {
            "dead" | "deceased" | "slain" | "fatalities" => Harm::Death,
            "kidnapped" | "abducted" | "hostages" | "captives" => Harm::Abduction,
            "wounded" | "injured" | "victim" | "victims" | "casualties" => Harm::Any,
            _ => return None,
        })
    }

    /// Whether an event is such a deed, by its mode: an abduction takes, what else is done to people may hurt or kill.
    pub fn may_come_of(self, grammar: &Grammar<'_>, event: &Event) -> bool {
        let taking = event.mode == Some("abduct");
        let sparing = event.mode == Some("destroy")
            || event.mode.is_none()
                && matches!(grammar.lemma(event.mentions[0].head.at()), "wound" | "injure" | "hurt");
        match self {
            Harm::Abduction => taking,
            Harm::Death => !taking && !sparing,
            Harm::Any => true,
        }
    }
}

/// Everyone whom the report tells of by a noun and then names.
pub(crate) fn identified(grammar: &Grammar<'_>) -> Vec<Identified> {
    (0..grammar.len())
        .filter_map(|w| {
            let (group, names) = if grammar.negated(w) { return None } else { named_at(grammar, w)? };
            let group = antecedent(grammar, group);
            let names: Vec<usize> = names.into_iter().filter(|&n| is_person(grammar, n)).collect();
            let entity = grammar.entity(group);
            let nameless = entity.is_none_or(|e| !has_name(grammar, e)) && grammar.kind(group) != Some(Kind::Place);
            (nameless && !names.is_empty()).then(|| Identified {
                at: w,
                group: entity,
                harm: Harm::of(grammar, group),
                names,
            })
        })
        .collect()
}

/// The noun and the list of names that the word `w` brings together.
fn named_at(grammar: &Grammar<'_>, w: usize) -> Option<(usize, Vec<usize>)> {
    let copula = grammar.kid(w, &["cop"]);
    let subject = grammar.kid(w, &["nsubj"]);
    if copula.is_some() && is_person(grammar, w) {
        return Some((subject?, grammar.conjuncts(w)));
    }
    // "Among the dead were X and Y."
    if copula.is_some() && Harm::of(grammar, w).is_some() {
        let name = subject.filter(|&s| copula.is_some_and(|c| c < s))?;
        return Some((w, grammar.conjuncts(name)));
    }
    if !matches!(grammar.lemma(w), "identify" | "name") {
        return None;
    }
    let passive = grammar.passive(w);
    let group = if passive {
        subject.or_else(|| grammar.head(w).filter(|_| grammar.is(w, &["acl"])))
    } else {
        grammar.kid(w, &["obj"])
    };
    let name = grammar.kids(w).find(|&k| {
        let told = grammar.case(k) == Some("as") || passive && grammar.is(k, &["xcomp", "obj"]);
        k > w && told && is_person(grammar, k)
    })?;
    Some((group?, grammar.conjuncts(name)))
}

/// A person's name, or a word for someone whom a name right behind it tells: "the cameraman Manuel Diaz".
fn is_person(grammar: &Grammar<'_>, w: usize) -> bool {
    let name = |w: usize| grammar.mention(w).is_some_and(|m| m.form == Form::Name && m.kind == Kind::Person);
    name(w) || grammar.kids(w).any(|k| k > w && grammar.is(k, &["flat", "appos"]) && name(k))
}

fn has_name(grammar: &Grammar<'_>, entity: EntityId) -> bool {
    let mentions = &grammar.language.entities[entity.at()].mentions;
    mentions.iter().any(|m| grammar.language.mentions[m.at()].form == Form::Name)
}

/// "who" stands for the noun that its clause describes.
fn antecedent(grammar: &Grammar<'_>, w: usize) -> usize {
    let described = || grammar.head(w).filter(|&v| grammar.is(v, &["acl"])).and_then(|v| grammar.head(v));
    if grammar.lower[w] == "who" { described().unwrap_or(w) } else { w }
}
