//! Who did it, where a harm is told through the deed that brought it about: "killed in police firing", "two died when
//! troops opened fire", "the shelling left three dead".

use super::Draft;
use super::grammar::Grammar;
use super::who::{suffers, weapon};
use crate::meaning::{EventClass, Status};
use std::collections::BTreeMap;

/// For each draft the one that tells of the deed behind it, where it is an assault told without an actor.
pub(crate) fn causes(grammar: &Grammar<'_>, drafts: &[Draft]) -> Vec<Option<usize>> {
    let deeds = || drafts.iter().enumerate().filter(|(_, d)| is_deed(grammar, d));
    // "A bomb planted by rebels damaged a bank": the deed's phrase holds what it was done with.
    let with =
        deeds().flat_map(|(i, d)| d.trigger.words.iter().map(move |&w| (w, i))).filter(|(w, _)| weapon(grammar, *w));
    let heads: BTreeMap<usize, usize> = with.chain(deeds().map(|(i, d)| (d.trigger.head, i))).collect();
    drafts
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let open = d.class == EventClass::Assault && d.parties.actors.is_empty();
            let behind = |k: usize| heads.get(&k).copied().filter(|&c| c != i);
            if open { cause_words(grammar, d.trigger.head).into_iter().find_map(behind) } else { None }
        })
        .collect()
}

/// A one-sided deed that took place: in a clash nobody says which side killed.
fn is_deed(grammar: &Grammar<'_>, draft: &Draft) -> bool {
    const TWO_SIDED: [&str; 10] =
        ["clash", "fight", "battle", "fighting", "violence", "war", "riot", "firefight", "gunfight", "shootout"];
    draft.class == EventClass::Assault
        && draft.mood.status == Status::Happened
        && draft.trigger.acled != Some("Armed clash")
        && !TWO_SIDED.contains(&grammar.lemma(draft.trigger.head))
}

/// The words that say what brought about what the word `w` tells of.
fn cause_words(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for k in grammar.kids(w) {
        // "Killed in police firing": the tree may take the deed for a clause.
        let through = grammar.is(k, &["obl", "nmod", "advcl"])
            && matches!(
                grammar.case(k),
                Some("in" | "by" | "during" | "from" | "of" | "due" | "after" | "as" | "to" | "because" | "under")
            );
        let when = grammar.is(k, &["advcl"]) && when(grammar, k);
        if through || when {
            found.extend(grammar.conjuncts(k));
        }
        if when {
            // "when police resorted to firing", "after troops had to open fire".
            let inner = |m: usize| grammar.is(m, &["xcomp", "obj", "obl"]) || grammar.is(m, &["advcl"]) && m > k;
            found.extend(grammar.kids(k).filter(|&m| inner(m)));
        }
        if through {
            // "in incidents of police firing", "in a wave of attacks by rebels".
            found.extend(grammar.kids(k).filter(|&m| grammar.case(m) == Some("of")));
        }
    }
    // "Three were killed and two wounded in an ambush", "... when police opened fire": the tree hangs it on the last.
    if (grammar.passive(w) || suffers(grammar.lemma(w))) && found.is_empty() {
        let beside = grammar.kids(w).find(|&k| grammar.is(k, &["conj"]) && grammar.is_short_passive(k));
        let own = |k: usize, c: usize| (w..c).contains(&k) && grammar.is(k, &["obl", "advcl"]);
        if let Some(c) = beside.filter(|&c| !grammar.kids(w).any(|k| own(k, c))) {
            let through = |&k: &usize| grammar.is(k, &["obl"]) && matches!(grammar.case(k), Some("in" | "during"));
            found.extend(grammar.kids(c).filter(|k| through(k) || grammar.is(*k, &["advcl"]) && when(grammar, *k)));
        }
    }
    // "In the firing three died and seven were injured": what stands before both belongs to both.
    if found.is_empty() && grammar.is(w, &["conj"]) {
        let first = grammar.head(w).into_iter();
        let before = first.flat_map(|h| grammar.kids(h).filter(move |&k| k < h));
        found.extend(before.filter(|&k| grammar.is(k, &["obl"]) && matches!(grammar.case(k), Some("in" | "during"))));
    }
    // "The bomb went off, killing two."
    if grammar.is(w, &["advcl"]) && grammar.lower[w].ends_with("ing") && grammar.kid(w, &["mark", "nsubj"]).is_none() {
        found.extend(grammar.head(w));
    }
    // "The attack killed two", "the attack that killed two".
    for s in grammar.kids(w).filter(|&k| grammar.full_rel(k) == "nsubj") {
        found.push(s);
        if matches!(grammar.lower[s].as_str(), "which" | "that") && grammar.full_rel(w) == "acl:relcl" {
            found.extend(grammar.head(w));
        }
    }
    // "the shelling left three dead"
    if let Some(verb) = grammar.head(w).filter(|&h| matches!(grammar.lemma(h), "leave" | "cause" | "claim")) {
        for s in grammar.kids(verb).filter(|&k| grammar.rel(k) == "nsubj") {
            found.push(s);
            if matches!(grammar.lower[s].as_str(), "which" | "that") {
                found.extend(grammar.head(verb));
            }
        }
    }
    found
}

/// Whether a clause says when, as news tells what brought something about: "when police opened fire", "as troops shelled it".
fn when(grammar: &Grammar<'_>, clause: usize) -> bool {
    grammar.kids(clause).any(|m| {
        // "Even as police fired in another town" tells of no cause.
        let even = m > 0 && grammar.lower[m - 1] == "even";
        let told = matches!(grammar.lower[m].as_str(), "when" | "after" | "as");
        grammar.is(m, &["mark", "advmod"]) && told && !even
    })
}
