//! What sort of people stand on one side of an event: forces of a state, rebels, a crowd, protesters.

use super::grammar::Grammar;
use super::lexicon::LEXICON;
use crate::language::Kind;

/// What sort of people stand on one side.
#[derive(Default)]
pub(super) struct Sides {
    /// Nobody is named.
    pub none: bool,
    /// Soldiers, fighters and what they hold: "an army base".
    pub armed: bool,
    pub police: bool,
    /// Forces of a state.
    pub state: bool,
    /// Armed people who are none.
    pub rebel: bool,
    pub crowd: bool,
    /// People who take the law into their own hands, or live where it happens.
    pub mob: bool,
    pub protest: bool,
}

impl Sides {
    pub fn of(grammar: &Grammar<'_>, side: &[usize]) -> Sides {
        let mut sides = Sides { none: side.is_empty(), ..Sides::default() };
        for &party in side {
            let w = counted(grammar, party);
            let sector = grammar.sector(w);
            let names = naming(grammar, w);
            let any = |class: &str| names.iter().any(|&k| is(grammar, class, k));
            // A parliament's opposition bears no arms.
            let in_arms = sector == Some("REB") || any("rebel");
            let crowd = (is(grammar, "crowd", w) || is(grammar, "protest", w) || is(grammar, "mob", w))
                && grammar.kind(w) != Some(Kind::Organisation);
            let opposed = in_arms || names.iter().any(|&k| grammar.lower[k] == "opposition");
            let state = !opposed && !crowd && (matches!(sector, Some("MIL" | "GOV" | "COP")) || any("state"));
            let rebel = opposed || sector == Some("UAF") && !state;
            // "an army base" is held by soldiers; "a soldier's house" is not.
            let held = is(grammar, "outpost", w);
            let person = !is(grammar, "building", w);
            sides.rebel |= rebel && (person || held);
            sides.armed |= is(grammar, "armed", w)
                || matches!(sector, Some("MIL" | "REB" | "PRM" | "UAF"))
                || in_arms && person
                || names.iter().any(|&k| grammar.lower[k] == "armed")
                || held && (any("armed") || any("outpost_alone"));
            sides.state |= state;
            sides.police |=
                is(grammar, "police", w) || sector == Some("COP") || security(grammar, w) || held && any("police");
            sides.protest |= is(grammar, "protest", w);
            sides.mob |= is(grammar, "mob", w) && crowd;
            sides.crowd |= crowd;
        }
        sides
    }

    /// Both sides as one.
    pub fn with(self, other: Sides) -> Sides {
        Sides {
            none: self.none && other.none,
            armed: self.armed || other.armed,
            police: self.police || other.police,
            state: self.state || other.state,
            rebel: self.rebel || other.rebel,
            crowd: self.crowd || other.crowd,
            mob: self.mob || other.mob,
            protest: self.protest || other.protest,
        }
    }
}

pub(super) fn is(grammar: &Grammar<'_>, class: &str, w: usize) -> bool {
    LEXICON.is(class, grammar.lemma(w), &grammar.lower[w])
}

/// "security forces", "security guards".
pub(super) fn security(grammar: &Grammar<'_>, w: usize) -> bool {
    matches!(grammar.lemma(w), "force" | "guard" | "personnel" | "agent" | "officer")
        && grammar.kids(w).any(|k| matches!(grammar.lower[k].as_str(), "security" | "riot" | "police"))
}

/// What is counted, where a word only counts it: "dozens of militants" are militants.
pub(crate) fn counted(grammar: &Grammar<'_>, w: usize) -> usize {
    if !is(grammar, "measure", w) {
        return w;
    }
    // "a group of 30 to 40 men": the figure may have taken the preposition.
    let beside = grammar.lower.get(w + 1).is_some_and(|n| n == "of");
    let of = |&k: &usize| {
        let case = grammar.case(k);
        grammar.is(k, &["nmod"]) && (case == Some("of") || beside && case.is_none() && k > w + 1)
    };
    grammar.kids(w).find(of).unwrap_or(w)
}

/// The words that say who someone is: the noun, what stands before it in its phrase, and what it is "of".
fn naming(grammar: &Grammar<'_>, w: usize) -> Vec<usize> {
    let phrase = grammar.phrase(w).range();
    let mut words: Vec<usize> = (phrase.start..=w).collect();
    words.extend(grammar.kids(w).filter(|&k| k > w && grammar.is(k, &["nmod"]) && grammar.case(k) == Some("of")));
    words
}
