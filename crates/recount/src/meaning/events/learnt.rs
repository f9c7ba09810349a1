//! Parties that the model marks where no path through the tree leads to them: who did a deed of violence and who or what
//! suffered it (head `harm`), and who is acted on at all (head `party`).
//!
//! The grammar has the first word: a party is added only to an event that has none of that side, and only from the event's
//! own sentence.

use super::arguments::Parties;
use super::grammar::Grammar;
use super::triggers::Trigger;
use super::who::{can_act, event_noun, nobody, timely, weapon};
use crate::language::{Form, Kind};
use crate::meaning::EventClass;
use crate::model::Head;

/// Labels of the head `harm`.
const PERPETRATOR: usize = 1;
const VICTIM: usize = 2;
const THING: usize = 3;
/// Label of the head `party`.
const TARGET: usize = 2;

/// A party is taken from this probability on; set on the development half of `muc4` and `event_types`.
const SURE: f32 = 0.5;

/// Adds what the model marks to the sides of an event that are empty.
pub(crate) fn complete(grammar: &Grammar<'_>, trigger: &Trigger, parties: &mut Parties) {
    if trigger.class == EventClass::Assault {
        if parties.actors.is_empty() {
            parties.actors = marked(grammar, trigger, |w| chance(grammar, w, Head::Harm, PERPETRATOR))
                .filter(|w| can_act(grammar, *w) && !parties.targets.contains(w))
                .collect();
        }
        if parties.targets.is_empty() {
            let harmed = |w| chance(grammar, w, Head::Harm, VICTIM) + chance(grammar, w, Head::Harm, THING);
            parties.targets = marked(grammar, trigger, harmed)
                .filter(|w| !weapon(grammar, *w) && !parties.actors.contains(w) && !parties.instruments.contains(w))
                .collect();
        }
    } else if parties.targets.is_empty() && directed(trigger.class) {
        let target = |w| chance(grammar, w, Head::Party, TARGET);
        let mut found: Vec<usize> =
            marked(grammar, trigger, target).filter(|w| can_act(grammar, *w) && !parties.actors.contains(w)).collect();
        found.sort_by_key(|w| w.abs_diff(trigger.head));
        parties.targets = found.into_iter().take(1).flat_map(|w| grammar.conjuncts(w)).collect();
    }
}

/// Whether a deed is by its nature done to someone whom its sentence mostly names.
fn directed(class: EventClass) -> bool {
    use EventClass::*;
    matches!(class, Accuse | Request | Reject | Threaten | Sanction | Coerce | Aid | Support | Concede)
}

/// Heads of names and descriptions in the trigger's sentence that `chance` is sure of.
fn marked<'a>(
    grammar: &'a Grammar<'_>,
    trigger: &'a Trigger,
    chance: impl Fn(usize) -> f32 + 'a,
) -> impl Iterator<Item = usize> + 'a {
    grammar.sentence(trigger.head).range().filter(move |&w| {
        let told = grammar.mention(w).is_some_and(|m| m.head.at() == w && m.form != Form::Pronoun);
        told && !trigger.words.contains(&w)
            && grammar.kind(w) != Some(Kind::Other)
            && chance(w) >= SURE
            && !timely(grammar, w)
            && !event_noun(grammar, w)
            && !nobody(grammar, w)
    })
}

/// Probability of a label at a word; 0 without a model, or with weights that lack the head.
fn chance(grammar: &Grammar<'_>, w: usize, head: Head, label: usize) -> f32 {
    grammar.language.reading.chance(w, head, label)
}
