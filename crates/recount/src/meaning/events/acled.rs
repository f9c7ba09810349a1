//! ACLED sub-event types, where one fits: the lexicon's hint, corrected by who does it to whom.

use super::Draft;
use super::arguments::Parties;
use super::grammar::Grammar;
use super::lexicon::LEXICON;
use super::triggers::Trigger;
use crate::language::Kind;
use crate::meaning::{EventClass, Status};

/// The sub-event types of a report's events, in their order.
///
/// ACLED codes what happens in one place on one day between the same sides once: the killing in an air strike is the
/// air strike, a march that is dispersed is a protest with intervention. So what is told next to something more
/// specific takes its type.
pub(crate) fn sub_events(grammar: &Grammar<'_>, drafts: &[Draft]) -> Vec<Option<&'static str>> {
    let own: Vec<_> = drafts
        .iter()
        .map(|d| sub_event(grammar, &d.trigger, &d.parties).filter(|_| d.class == d.trigger.class))
        .collect();
    let sentence = |i: usize| grammar.text.tokens[drafts[i].trigger.head].sentence;
    let paragraph = |i: usize| grammar.text.sentences.get(sentence(i).at()).map(|s| s.paragraph);
    let real = |i: usize| drafts[i].mood.status == Status::Happened;
    let mut all = own.clone();
    for i in 0..drafts.len() {
        let Some(mine) = own[i] else { continue };
        let beside = (i.saturating_sub(8)..(i + 9).min(drafts.len())).filter(|&k| {
            let apart = sentence(k).0.abs_diff(sentence(i).0);
            k != i && real(k) && apart <= 1 && paragraph(k) == paragraph(i)
        });
        all[i] = beside
            .filter(|&k| sentence(k) == sentence(i) || is_loose(mine))
            .filter_map(|k| own[k].filter(|theirs| absorbs(theirs, mine)))
            .max_by_key(|theirs| weight(theirs))
            .or(Some(mine));
    }
    all
}

/// Types so general that a neighbouring sentence may say what it was.
fn is_loose(hint: &str) -> bool {
    matches!(hint, "Attack" | "Peaceful protest")
}

/// Whether an event of the second type, told beside one of the first, is part of it.
fn absorbs(specific: &str, general: &str) -> bool {
    match general {
        "Attack" => weight(specific) > 4,
        "Peaceful protest" => matches!(
            specific,
            "Protest with intervention" | "Violent demonstration" | "Excessive force against protesters"
        ),
        "Protest with intervention" => specific == "Excessive force against protesters",
        _ => false,
    }
}

fn weight(kind: &str) -> u8 {
    match kind {
        "Chemical weapon" => 9,
        "Suicide bomb" => 8,
        "Grenade" => 7,
        "Remote explosive/landmine/IED" => 6,
        "Air/drone strike" | "Shelling/artillery/missile attack" => 5,
        "Excessive force against protesters" => 3,
        "Violent demonstration" => 2,
        "Protest with intervention" => 1,
        _ => 0,
    }
}

/// The sub-event type of one event.
fn sub_event(grammar: &Grammar<'_>, trigger: &Trigger, parties: &Parties) -> Option<&'static str> {
    let actors = Sides::of(grammar, &parties.actors);
    let targets = Sides::of(grammar, &parties.targets);
    let protest_near = grammar.sentence(trigger.head).range().any(|w| is(grammar, "protest", w));
    let state_near = grammar.sentence(trigger.head).range().any(|w| is(grammar, "police", w) || security(grammar, w));
    let unmoded = matches!(trigger.mode, None | Some("targeted" | "firearms" | "beat" | "primitive"));
    match (trigger.class, trigger.acled) {
        (EventClass::Assault, Some("Air/drone strike" | "Shelling/artillery/missile attack" | "Attack") | None)
            if trigger.mode != Some("crowd-control") && poison_near(grammar, trigger.head) =>
        {
            Some("Chemical weapon")
        }
        (_, Some(territory @ ("Government regains territory" | "Non-state actor overtakes territory"))) => {
            Some(match (actors.state, actors.rebel) {
                (true, false) => "Government regains territory",
                (false, true) => "Non-state actor overtakes territory",
                _ => territory,
            })
        }
        (EventClass::Assault, hint) if unmoded && hint != Some("Armed clash") || hint == Some("Attack") => {
            if hint.is_some_and(|h| !matches!(h, "Attack")) {
                return hint;
            }
            Some(if targets.protest || (protest_near && (actors.police || (actors.none && state_near))) {
                "Excessive force against protesters"
            } else if actors.crowd && !actors.armed && !actors.police {
                if protest_near { "Violent demonstration" } else { "Mob violence" }
            } else if (actors.armed || actors.police || actors.none) && targets.armed {
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
    /// Forces of a state.
    state: bool,
    /// Armed people who are none.
    rebel: bool,
    crowd: bool,
    protest: bool,
}

impl Sides {
    fn of(grammar: &Grammar<'_>, side: &[usize]) -> Sides {
        let mut sides = Sides { none: side.is_empty(), ..Sides::default() };
        for &w in side {
            let sector = grammar.sector(w);
            sides.armed |= is(grammar, "armed", w) || matches!(sector, Some("MIL" | "REB" | "PRM" | "UAF"));
            let around = || grammar.phrase(w).range().map(|k| grammar.lower[k].as_str());
            let rebel = matches!(sector, Some("REB" | "UAF"))
                || around().any(|k| {
                    matches!(
                        k.strip_suffix('s').unwrap_or(k),
                        "rebel"
                            | "militant"
                            | "insurgent"
                            | "taliban"
                            | "jihadist"
                            | "guerrilla"
                            | "terrorist"
                            | "separatist"
                            | "opposition"
                            | "houthi"
                            | "fighter"
                            | "gunman"
                            | "gunmen"
                            | "militia"
                            | "shabab"
                            | "isi"
                            | "isil"
                    )
                });
            sides.rebel |= rebel;
            sides.state |= !rebel
                && (matches!(sector, Some("MIL" | "GOV" | "COP"))
                    || around().any(|k| {
                        matches!(k, "army" | "government" | "military" | "police" | "security" | "troops" | "forces")
                    }));
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

/// Poison as a weapon in the sentence; tear gas is none.
fn poison_near(grammar: &Grammar<'_>, w: usize) -> bool {
    let sentence = grammar.sentence(w).range();
    sentence.clone().any(|k| match grammar.lower[k].as_str() {
        "chlorine" | "sarin" | "mustard" => true,
        "chemical" | "poison" | "poisonous" | "toxic" | "nerve" => (k + 1..(k + 4).min(sentence.end)).any(|n| {
            matches!(
                grammar.lower[n].as_str(),
                "gas"
                    | "gases"
                    | "agent"
                    | "agents"
                    | "weapon"
                    | "weapons"
                    | "attack"
                    | "attacks"
                    | "munitions"
                    | "bomb"
                    | "bombs"
            )
        }),
        _ => false,
    })
}

fn crowd_control_near(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.sentence(w).range().any(|k| {
        matches!(grammar.lemma(k), "disperse" | "dispersal" | "detain" | "arrest" | "teargas" | "break_up" | "chase")
            || (matches!(grammar.lemma(k), "gas" | "cannon")
                && k > 0
                && matches!(grammar.lower[k - 1].as_str(), "tear" | "water"))
    })
}
