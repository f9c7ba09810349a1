//! Parties as the model marks them: who did a deed of violence and who or what suffered it (head `harm`), and who is acted on
//! at all (head `party`).
//!
//! The grammar has the first word: a party is added only to an event that has none of that side, and only from the event's
//! own sentence. The model has a veto where the tree reaches the party on a way that is easily misread: a party of violence
//! that is no subject and no object of its verb is left out when the model finds it very unlikely.

use super::arguments::Parties;
use super::blame::{authors, denied};
use super::grammar::Grammar;
use super::sides::is;
use super::triggers::{Trigger, foiled};
use super::who::{can_act, event_noun, manned, nobody, people_in_arms, suffered, timely, weapon};
use crate::language::{Form, Kind, Pos};
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

/// Below this probability a party that stands aside is left out; set on the development halves of `muc4` and `event_types`
/// (0.08, 0.12, 0.15, 0.18, 0.22: muc4 0.395, 0.401, 0.407, 0.409, 0.410).
const UNLIKELY: f32 = 0.18;

/// Takes out of an act of violence the parties that stand aside of its verb and that the model does not see in it, and the
/// things that it does not see harmed.
///
/// The head learnt from reports of crimes and terror, so that it says nothing of police and soldiers who do what they do,
/// nor of states; nor of pronouns, which were not marked there.
pub(crate) fn without_the_unlikely(grammar: &Grammar<'_>, trigger: &Trigger, parties: &mut Parties) {
    if trigger.class != EventClass::Assault || grammar.language.reading.tag(trigger.head, Head::Harm).is_empty() {
        return;
    }
    let unlikely = |w: usize, labels: &[usize]| {
        let words = grammar.mention(w).map_or(w..w + 1, |m| m.tokens.range());
        let sum = |v: usize| labels.iter().map(|&l| chance(grammar, v, Head::Harm, l)).sum::<f32>();
        grammar.pos(w) != Pos::Pron && words.map(sum).fold(0.0, f32::max) < UNLIKELY
    };
    let blamed = authors(grammar, trigger.head);
    parties.actors.retain(|&w| {
        let told = plain(grammar, trigger, w)
            || blamed.contains(&w)
            || people_in_arms(grammar, w)
            || grammar.kind(w) == Some(Kind::Place);
        told || !unlikely(w, &[PERPETRATOR])
    });
    parties.targets.retain(|&w| {
        // "Set two lorries on fire": a phrase says what is done to its object.
        let phrase = trigger.words.len() > 1 || trigger.mode.is_some_and(|m| matches!(m, "aerial" | "heavy-weapons"));
        let object = phrase && grammar.is(w, &["obj"]) && !weapon(grammar, w);
        let someone = grammar.kind(w).is_some() || manned(grammar.lemma(w)) || is(grammar, "crowd", w);
        let told = plain(grammar, trigger, w) && (someone || object);
        told || !unlikely(w, &[VICTIM, THING])
    });
}

/// Whether a word is the subject or object of the trigger's verb, or what the deed is aimed at or against, or in one list
/// with such a word.
fn plain(grammar: &Grammar<'_>, trigger: &Trigger, w: usize) -> bool {
    let first = std::iter::successors(Some(w), |&w| grammar.head(w).filter(|_| grammar.is(w, &["conj"]))).last();
    first.is_some_and(|f| {
        let of_verb = grammar.pos(trigger.head) == Pos::Verb && grammar.head(f) == Some(trigger.head);
        // "Youths blocked the road and set fire to a truck".
        let beside = grammar.head(trigger.head).filter(|_| grammar.is(trigger.head, &["conj"]));
        let shared = grammar.pos(trigger.head) == Pos::Verb
            && grammar.full_rel(f) == "nsubj"
            && grammar.head(f) == beside
            && !grammar.passive(trigger.head);
        let hit = matches!(grammar.case(f), Some("at" | "on" | "upon"));
        // "The killing, carried out by a patrol".
        let carries = |v: usize| grammar.head(v) == Some(trigger.head) && grammar.is(v, &["acl"]) && grammar.passive(v);
        let agent = grammar.full_rel(f) == "obl:agent" && grammar.head(f).is_some_and(carries);
        // "The killing of protesters".
        let suffers = grammar.case(f) == Some("of") && grammar.head(f) == Some(trigger.head);
        let suffers = suffers && suffered(grammar.lemma(trigger.head));
        // "Two people killed in the raid"; "the attack on the convoy".
        let described = grammar.is(trigger.head, &["acl"])
            && grammar.head(trigger.head) == Some(f)
            && grammar.passive(trigger.head);
        let aimed = grammar.case(f) == Some("on")
            && grammar.head(f) == Some(trigger.head)
            && !matches!(grammar.kind(f), Some(Kind::Place));
        grammar.case(f) == Some("against")
            || described
            || aimed
            || agent
            || suffers
            || shared
            || of_verb && (hit || grammar.is(f, &["nsubj", "obj"]))
    })
}

/// Adds what the model marks to the sides of an event that are empty; to the side of those it was done to only where its verb
/// has no object (`hit`).
pub(crate) fn complete(grammar: &Grammar<'_>, trigger: &Trigger, parties: &mut Parties, hit: bool) {
    if trigger.class == EventClass::Assault {
        // "Foiled a plot to bomb the station": whoever foils it does not do it.
        if parties.actors.is_empty() && !foiled(grammar, trigger.head) {
            parties.actors = marked(grammar, trigger, |w| chance(grammar, w, Head::Harm, PERPETRATOR))
                .filter(|w| can_act(grammar, *w) && !parties.targets.contains(w) && !elsewhere(grammar, trigger, *w))
                .collect();
        }
        if parties.targets.is_empty() && !hit {
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

/// Whether what a word does is told to be something else: "threw stones after a teenager was shot", "denied that soldiers
/// had taken part in the massacre".
fn elsewhere(grammar: &Grammar<'_>, trigger: &Trigger, w: usize) -> bool {
    let Some(verb) = grammar.head(w).filter(|_| grammar.is(w, &["nsubj"])) else { return false };
    let before = |v: usize| {
        let after = |k: usize| matches!(grammar.lower[k].as_str(), "after" | "before" | "since" | "because");
        grammar.is(v, &["advcl"]) && grammar.kids(v).any(|k| grammar.is(k, &["mark"]) && after(k))
    };
    let up = std::iter::successors(Some(trigger.head), |&v| grammar.head(v)).take(8);
    up.take_while(|&v| v != verb).any(before) || denied(grammar, verb)
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
            // "16 Russian advisers": what describes a party is no other.
            && !grammar.is(w, &["amod", "compound"])
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
