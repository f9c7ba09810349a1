//! PLOVER's tie-breaks between what is told and what is done by telling it: a meeting to come is an agreement, a refusal
//! to do something is a rejection, a declared blow is a threat.

use super::grammar::Grammar;
use super::status::Mood;
use super::triggers::{Trigger, subjects};
use crate::evidence::Evidence;
use crate::language::Pos;
use crate::meaning::{EventClass, Status};

/// The type of an event that is still to come: promised cooperation is agreement.
pub(crate) fn to_come(grammar: &Grammar<'_>, trigger: &Trigger, mood: &Mood) -> EventClass {
    use EventClass::*;
    let will = auxiliary(grammar, trigger.head, &["will", "shall", "'ll", "’ll", "would"]).is_some()
        || mood.cue.is_some_and(|c| matches!(grammar.text.words(c), "will" | "shall" | "would" | "'ll" | "’ll"));
    match (trigger.class, mood.status) {
        (Consult | Support | Cooperate | Aid, Status::Planned | Status::Predicted) if will => Agree,
        (Retreat | Concede, Status::Planned) if will && trigger.mode != Some("withdraw") => Agree,
        (Retreat, Status::Planned) if will => Concede,
        (class, _) => class,
    }
}

/// The act of refusing or threatening that lies in how the event is told, as an event of its own.
pub(crate) fn act_of_saying(grammar: &Grammar<'_>, trigger: &Trigger, mood: &Mood) -> Option<Trigger> {
    use EventClass::*;
    let w = trigger.head;
    if let Some(must) = auxiliary(grammar, w, &["must"]).filter(|_| mood.status == Status::Ordered) {
        // "The council said the sides must negotiate" asks for it; "we must" does not.
        let asked = !matches!(trigger.class, Assault | Threaten)
            && subjects(grammar, w).iter().any(|&s| grammar.pos(s) != Pos::Pron && super::who::can_act(grammar, s));
        return asked.then(|| Trigger {
            class: Request,
            mode: None,
            acled: None,
            head: w,
            first: must,
            last: must,
            words: vec![must],
            because: Evidence::new("rule/must", 0.6),
        });
    }
    let modal = auxiliary(grammar, w, &["will", "would", "wo", "'ll", "’ll", "shall"])?;
    let speaks_for_itself =
        subjects(grammar, w).iter().any(|&s| super::who::can_act(grammar, s) || grammar.pos(s) == Pos::Pron);
    if !speaks_for_itself || grammar.passive(w) {
        return None;
    }
    let not = grammar.kids(w).find(|&k| matches!(grammar.lower[k].as_str(), "not" | "n't" | "never"));
    let act = |class, words: Vec<usize>, by| {
        let (first, last) = (*words.iter().min()?, *words.iter().max()?);
        Some(Trigger { class, mode: None, acled: None, head: w, first, last, words, because: Evidence::new(by, 0.6) })
    };
    match (trigger.class, not) {
        (Agree | Consult | Support | Cooperate | Aid | Retreat | Concede, Some(not)) => {
            act(Reject, vec![modal, not], "rule/will-not")
        }
        (Protest | Sanction | Mobilize | Coerce | Assault, None)
            if matches!(mood.status, Status::Planned | Status::Conditional) && declared(grammar, w) =>
        {
            act(Threaten, vec![modal], "rule/declared-blow")
        }
        _ => None,
    }
}

/// Whether the one who would do it is the one who says so: "they said they would", "we will".
fn declared(grammar: &Grammar<'_>, w: usize) -> bool {
    let own = subjects(grammar, w);
    if own.iter().any(|&s| matches!(grammar.lower[s].as_str(), "we" | "i")) {
        return true;
    }
    let Some(saying) = grammar.head(w).filter(|_| grammar.is(w, &["ccomp"])) else { return false };
    let speakers = subjects(grammar, saying);
    own.iter().any(|&s| {
        matches!(grammar.lower[s].as_str(), "it" | "they" | "he" | "she")
            || speakers.iter().any(|&p| grammar.entity(p).is_some() && grammar.entity(p) == grammar.entity(s))
    })
}

fn auxiliary(grammar: &Grammar<'_>, w: usize, which: &[&str]) -> Option<usize> {
    grammar.kids(w).find(|&k| grammar.is(k, &["aux"]) && which.contains(&grammar.lower[k].as_str()))
}
