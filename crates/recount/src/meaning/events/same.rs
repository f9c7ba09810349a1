//! One event told several times is one row. Two tellings are joined only where something says so: a shared party and no
//! disagreement, or a definite noun that points back.

use super::Draft;
use super::grammar::Grammar;
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
    if clash(&a_targets, &b_targets) || clash(&a_actors, &b_actors) || figures_differ(grammar, a, b) {
        return false;
    }
    let share_target = !a_targets.is_disjoint(&b_targets);
    let share_actor = !a_actors.is_disjoint(&b_actors);
    let bare = b.parties.targets.is_empty() && b.parties.actors.is_empty();
    let near = grammar.text.tokens[b.trigger.head].sentence.0 - grammar.text.tokens[a.trigger.head].sentence.0 <= 3;
    share_target && (share_actor || a_actors.is_empty() || b_actors.is_empty())
        || share_actor && b.parties.targets.is_empty() && near && definite(grammar, b)
        || bare && near && definite(grammar, b)
}

/// "26 were killed" and "18 were killed" are two tellings of different figures, maybe of different events.
fn figures_differ(grammar: &Grammar<'_>, a: &Draft, b: &Draft) -> bool {
    let figures = |d: &Draft| -> BTreeSet<String> {
        let counted = |&t: &usize| {
            grammar
                .kids(t)
                .chain([t])
                .filter(|&k| grammar.pos(k) == crate::language::Pos::Num)
                .map(|k| grammar.lower[k].clone())
        };
        d.parties.targets.iter().flat_map(|t| counted(t).collect::<Vec<_>>()).collect()
    };
    let (a, b) = (figures(a), figures(b));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

fn entities(grammar: &Grammar<'_>, words: &[usize]) -> BTreeSet<EntityId> {
    words.iter().filter_map(|&w| grammar.entity(w)).collect()
}

/// The same word, or words of one mode.
fn same_deed(grammar: &Grammar<'_>, a: &Draft, b: &Draft) -> bool {
    let stem = |w: usize| {
        let lemma = grammar.lemma(w);
        let lemma = lemma.strip_suffix("ing").unwrap_or(lemma);
        lemma.chars().take(4).collect::<String>()
    };
    stem(a.trigger.head) == stem(b.trigger.head) || (a.trigger.mode.is_some() && a.trigger.mode == b.trigger.mode)
}

fn definite(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    grammar.kids(draft.trigger.head).any(|k| {
        grammar.is(k, &["det", "nmod:poss"])
            && matches!(grammar.lower[k].as_str(), "the" | "this" | "that" | "these" | "those")
    })
}
