//! ACLED sub-event types, where one fits: the lexicon's hint, corrected by who does it to whom.

use super::arguments::Parties;
use super::grammar::Grammar;
use super::lexicon::LEXICON;
use super::triggers::Trigger;
use crate::language::Kind;
use crate::meaning::EventClass;

/// The sub-event type of one event.
pub(crate) fn sub_event(grammar: &Grammar<'_>, trigger: &Trigger, parties: &Parties) -> Option<&'static str> {
    let actors = Sides::of(grammar, &parties.actors);
    let targets = Sides::of(grammar, &parties.targets);
    let protest_near = grammar.sentence(trigger.head).range().any(|w| is(grammar, "protest", w));
    let state_near = grammar.sentence(trigger.head).range().any(|w| is(grammar, "police", w) || security(grammar, w));
    let unmoded = matches!(trigger.mode, None | Some("targeted" | "firearms" | "beat" | "primitive"));
    match (trigger.class, trigger.acled) {
        (EventClass::Assault, hint) if unmoded && hint != Some("Armed clash") || hint == Some("Attack") => {
            if hint.is_some_and(|h| !matches!(h, "Attack")) {
                return hint;
            }
            Some(if targets.protest || (protest_near && (actors.police || (actors.none && state_near))) {
                "Excessive force against protesters"
            } else if actors.crowd && !actors.armed && !actors.police {
                if protest_near { "Violent demonstration" } else { "Mob violence" }
            } else if (actors.armed || actors.police) && targets.armed || (actors.none && targets.armed) {
                "Armed clash"
            } else {
                "Attack"
            })
        }
        (EventClass::Assault, Some("Armed clash"))
            if protest_near && (actors.crowd || targets.police || actors.police) =>
        {
            Some("Violent demonstration")
        }
        (EventClass::Assault, Some("Looting/property destruction")) if actors.crowd && protest_near => {
            Some("Violent demonstration")
        }
        (EventClass::Assault, Some("Looting/property destruction")) if actors.crowd => Some("Mob violence"),
        (EventClass::Coerce, Some("Arrests")) if targets.protest || (targets.crowd && protest_near) => {
            Some("Protest with intervention")
        }
        (EventClass::Protest, Some("Peaceful protest")) if crowd_control_near(grammar, trigger.head) => {
            Some("Protest with intervention")
        }
        (EventClass::Protest, Some("Violent demonstration"))
            if !protest_near && actors.crowd && trigger.mode != Some("riot") =>
        {
            Some("Mob violence")
        }
        (_, hint) => hint,
    }
}

/// What sort of people stand on one side.
#[derive(Default)]
struct Sides {
    none: bool,
    armed: bool,
    police: bool,
    crowd: bool,
    protest: bool,
}

impl Sides {
    fn of(grammar: &Grammar<'_>, side: &[usize]) -> Sides {
        let mut sides = Sides { none: side.is_empty(), ..Sides::default() };
        for &w in side {
            let sector = grammar.sector(w);
            sides.armed |= is(grammar, "armed", w) || matches!(sector, Some("MIL" | "REB" | "PRM" | "UAF"));
            sides.police |= is(grammar, "police", w) || sector == Some("COP") || security(grammar, w);
            sides.protest |= is(grammar, "protest", w);
            sides.crowd |= (is(grammar, "crowd", w) || is(grammar, "protest", w) || grammar.lemma(w) == "mob")
                && grammar.kind(w) != Some(Kind::Organisation);
        }
        sides
    }
}

fn is(grammar: &Grammar<'_>, class: &str, w: usize) -> bool {
    LEXICON.is(class, grammar.lemma(w), &grammar.lower[w])
}

/// "security forces", "security guards".
fn security(grammar: &Grammar<'_>, w: usize) -> bool {
    matches!(grammar.lemma(w), "force" | "guard" | "personnel" | "agent")
        && grammar.kids(w).any(|k| matches!(grammar.lower[k].as_str(), "security" | "riot" | "police"))
}

fn crowd_control_near(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.sentence(w).range().any(|k| {
        matches!(grammar.lemma(k), "disperse" | "dispersal" | "detain" | "arrest" | "teargas" | "break_up" | "chase")
            || (matches!(grammar.lemma(k), "gas" | "cannon")
                && k > 0
                && matches!(grammar.lower[k - 1].as_str(), "tear" | "water"))
    })
}
