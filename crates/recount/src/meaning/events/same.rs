//! One event told several times is one row. Two tellings are joined only where something says so: a shared party and no
//! disagreement, or a definite noun that points back.

use super::Draft;
use super::grammar::Grammar;
use crate::language::{Form, Pos};
use crate::span::EntityId;
use std::collections::BTreeSet;

/// How many earlier events a telling is compared with; keeps long reports linear.
const REACH: usize = 40;

/// For each draft the earlier one that tells of the same event.
pub(crate) fn same(grammar: &Grammar<'_>, drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut first: Vec<Option<usize>> = vec![None; drafts.len()];
    for later in 0..drafts.len() {
        let from = later.saturating_sub(REACH);
        first[later] = (from..later)
            .rev()
            .find(|&earlier| tells_again(grammar, &drafts[earlier], &drafts[later]))
            .map(|earlier| first[earlier].unwrap_or(earlier));
    }
    first
}

fn tells_again(grammar: &Grammar<'_>, a: &Draft, b: &Draft) -> bool {
    if a.trigger.class != b.trigger.class || !same_deed(grammar, a, b) {
        return false;
    }
    let agree = |x: Option<u32>, y: Option<u32>| x.is_none() || y.is_none() || x == y;
    let own_place =
        |d: &Draft| d.setting.place.filter(|_| d.setting.near == super::settings::Nearness::Clause).map(|p| p.0);
    if !agree(own_place(a), own_place(b)) || !agree(a.setting.time.map(|t| t.0), b.setting.time.map(|t| t.0)) {
        return false;
    }
    let (a_targets, b_targets) = (entities(grammar, &a.parties.targets), entities(grammar, &b.parties.targets));
    let (a_actors, b_actors) = (entities(grammar, &a.parties.actors), entities(grammar, &b.parties.actors));
    let clash = |x: &BTreeSet<EntityId>, y: &BTreeSet<EntityId>| !x.is_empty() && !y.is_empty() && x.is_disjoint(y);
    // A body acts through people: "two gunmen" and "the Front" may have done it both.
    let (a_bodies, a_people) = bodies_and_people(grammar, &a_actors);
    let (b_bodies, b_people) = bodies_and_people(grammar, &b_actors);
    let other_actors = clash(&a_bodies, &b_bodies) || clash(&a_people, &b_people);
    let told_again = b.parties.targets.iter().any(|&y| a.parties.targets.iter().any(|&x| alike(grammar, x, y)));
    if clash(&a_targets, &b_targets) && !told_again || other_actors || figures_differ(grammar, a, b) {
        return false;
    }
    let share_target = told_again || !a_targets.is_disjoint(&b_targets);
    let share_actor = !a_actors.is_disjoint(&b_actors);
    let bare = b.parties.targets.is_empty() && b.parties.actors.is_empty();
    let near = grammar.text.tokens[b.trigger.head].sentence.0 - grammar.text.tokens[a.trigger.head].sentence.0 <= 3;
    let pointed = near && b.parties.targets.is_empty() && definite(grammar, b) && !a_actors.is_empty() && !bare;
    share_target && (share_actor || a_actors.is_empty() || b_actors.is_empty())
        // Nobody is killed twice.
        || share_target && lethal(grammar, a) && lethal(grammar, b)
        || pointed && !share_actor && (a_bodies.is_empty() != b_bodies.is_empty())
        || share_actor && b.parties.targets.is_empty() && near && definite(grammar, b)
        || bare && near && definite(grammar, b)
}

/// "26 were killed" and "18 were killed" are two tellings of different figures, maybe of different events.
fn figures_differ(grammar: &Grammar<'_>, a: &Draft, b: &Draft) -> bool {
    let figures = |d: &Draft| -> BTreeSet<String> {
        let counted = |&t: &usize| {
            grammar.kids(t).chain([t]).filter(|&k| grammar.pos(k) == Pos::Num).map(|k| grammar.lower[k].clone())
        };
        d.parties.targets.iter().flat_map(|t| counted(t).collect::<Vec<_>>()).collect()
    };
    let (a, b) = (figures(a), figures(b));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

fn entities(grammar: &Grammar<'_>, words: &[usize]) -> BTreeSet<EntityId> {
    words.iter().filter_map(|&w| grammar.entity(w)).collect()
}

/// Whether the words `y` tell again of those of whom `x` told before: one entity, or a definite description with the same
/// noun and no other figure ("six priests", "the priests").
pub(super) fn alike(grammar: &Grammar<'_>, x: usize, y: usize) -> bool {
    if x == y || grammar.entity(x).is_some() && grammar.entity(x) == grammar.entity(y) {
        return true;
    }
    let nameless = |w: usize| {
        matches!(grammar.pos(w), Pos::Noun | Pos::Propn)
            && grammar.mention(w).is_none_or(|m| m.form == Form::Nominal || m.head.at() != w)
    };
    let pointing = grammar
        .kids(y)
        .any(|k| matches!(grammar.lower[k].as_str(), "the" | "these" | "those") && grammar.is(k, &["det"]));
    let figure = |w: usize| grammar.kids(w).find(|&k| grammar.is(k, &["nummod"])).map(|k| grammar.lower[k].as_str());
    let figures = match (figure(x), figure(y)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let narrowed = |w: usize| -> Vec<&str> {
        let more = grammar.kids(w).filter(|&k| grammar.is(k, &["amod", "compound", "nmod"]));
        more.map(|k| grammar.lower[k].as_str()).collect()
    };
    nameless(x)
        && nameless(y)
        && x < y
        && pointing
        && figures
        && grammar.lemma(x) == grammar.lemma(y)
        && grammar.word(x).plural == grammar.word(y).plural
        && narrowed(y).iter().all(|n| narrowed(x).is_empty() || narrowed(x).contains(n))
}

/// The same word, or words of one mode.
fn same_deed(grammar: &Grammar<'_>, a: &Draft, b: &Draft) -> bool {
    let stem = |w: usize| {
        let lemma = grammar.lemma(w);
        let lemma = lemma.strip_suffix("ing").unwrap_or(lemma);
        lemma.chars().take(4).collect::<String>()
    };
    stem(a.trigger.head) == stem(b.trigger.head)
        || (a.trigger.mode.is_some() && a.trigger.mode == b.trigger.mode)
        || lethal(grammar, a) && lethal(grammar, b)
}

/// Whether a telling says that someone was killed: "shot dead", "murdered", "the death of".
fn lethal(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    let w = draft.trigger.head;
    let fatally = |k: &usize| matches!(grammar.lower[*k].as_str(), "dead" | "death" | "fatally" | "down");
    draft.class == crate::meaning::EventClass::Assault
        && (draft.trigger.mode == Some("targeted")
            || matches!(grammar.lemma(w), "kill" | "die" | "death" | "dead" | "perish" | "slay" | "murder")
            || draft.trigger.mode == Some("firearms") && draft.trigger.words.iter().any(fatally))
}

/// Actors that are organisations, and the others.
fn bodies_and_people(grammar: &Grammar<'_>, actors: &BTreeSet<EntityId>) -> (BTreeSet<EntityId>, BTreeSet<EntityId>) {
    actors.iter().partition(|e| {
        matches!(
            grammar.language.entities[e.at()].kind,
            crate::language::Kind::Organisation | crate::language::Kind::Place
        )
    })
}

fn definite(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    grammar.kids(draft.trigger.head).any(|k| {
        grammar.is(k, &["det", "nmod:poss"])
            && (matches!(grammar.lower[k].as_str(), "the" | "this" | "that" | "these" | "those")
                // "Monday's attack"
                || super::who::timely(grammar, k))
    })
}
