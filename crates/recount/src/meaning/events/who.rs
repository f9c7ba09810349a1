//! Which words can be a party to an event, and what a noun or verb says of its neighbours: people, bodies, weapons, times.

use super::grammar::Grammar;
use super::lexicon::LEXICON;
use crate::language::{Kind, Pos};

/// Whether a word names someone who can act.
pub(crate) fn can_act(grammar: &Grammar<'_>, w: usize) -> bool {
    match grammar.kind(w) {
        Some(Kind::Person | Kind::Group | Kind::Organisation | Kind::Place) => true,
        Some(_) => false,
        None => {
            LEXICON.is("person", grammar.lemma(w), &grammar.lower[w])
                || LEXICON.is("armed", grammar.lemma(w), &grammar.lower[w])
                || LEXICON.is("police", grammar.lemma(w), &grammar.lower[w])
                || institution(grammar.lemma(w))
                || grammar.pos(w) == Pos::Propn
        }
    }
}

/// Whether a describing word names the one who acts: "rebel attacks", "a Russian raid", not "terrorist attacks".
pub(super) fn names_someone(grammar: &Grammar<'_>, w: usize) -> bool {
    let kind_of_deed = matches!(
        grammar.lemma(w),
        "terrorist" | "terror" | "criminal" | "suicide" | "revenge" | "enemy" | "civilian" | "sniper"
    );
    !kind_of_deed && (grammar.pos(w) != Pos::Adj || grammar.kind(w).is_some() || people_in_arms(grammar, w))
}

/// What people fight from.
pub(super) fn manned(lemma: &str) -> bool {
    matches!(
        lemma,
        "aircraft"
            | "plane"
            | "airplane"
            | "helicopter"
            | "gunship"
            | "ship"
            | "warship"
            | "boat"
            | "gunboat"
            | "vehicle"
            | "tank"
            | "convoy"
            | "submarine"
            | "drone"
            | "warplane"
            | "jet"
            | "vessel"
    )
}

/// Police, soldiers and fighters; not their machines.
pub(super) fn people_in_arms(grammar: &Grammar<'_>, w: usize) -> bool {
    let (lemma, lower) = (grammar.lemma(w), &grammar.lower[w]);
    let machine = matches!(lemma, "tank" | "jet" | "helicopter" | "warplane" | "bomber" | "terrorist");
    (LEXICON.is("police", lemma, lower) || lemma == "police" || LEXICON.is("armed", lemma, lower)) && !machine
}

pub(super) fn institution(lemma: &str) -> bool {
    const INSTITUTIONS: [&str; 30] = [
        "government",
        "authority",
        "army",
        "court",
        "parliament",
        "ministry",
        "union",
        "company",
        "party",
        "council",
        "agency",
        "embassy",
        "administration",
        "regime",
        "state",
        "country",
        "nation",
        "opposition",
        "coalition",
        "committee",
        "organisation",
        "organization",
        "cabinet",
        "commission",
        "senate",
        "congress",
        "side",
        "bank",
        "tribunal",
        "movement",
    ];
    INSTITUTIONS.contains(&lemma)
}

pub(super) fn weapon(grammar: &Grammar<'_>, w: usize) -> bool {
    const MORE: [&str; 14] = [
        "knife",
        "machete",
        "axe",
        "stone",
        "rock",
        "brick",
        "baton",
        "cannon",
        "gas",
        "teargas",
        "dynamite",
        "artillery",
        "bullet",
        "vest",
    ];
    let lemma = grammar.lemma(w);
    (LEXICON.is("weapon", lemma, &grammar.lower[w]) || MORE.contains(&lemma))
        && grammar.kind(w) != Some(Kind::Organisation)
}

/// A noun that itself tells of an event: "attack", "blast", "clashes".
pub(super) fn event_noun(grammar: &Grammar<'_>, w: usize) -> bool {
    matches!(grammar.pos(w), Pos::Noun | Pos::Propn)
        && grammar.mention(w).is_none_or(|m| m.form != crate::language::Form::Name)
        && LEXICON
            .entries(grammar.lemma(w), &grammar.lower[w])
            .any(|e| e.noun && e.words.len() == 1 && e.class.is_some())
}

/// Verbs whose subject is the one to whom it happens.
pub(super) fn suffers(lemma: &str) -> bool {
    matches!(lemma, "die" | "perish" | "dead")
}

/// Nouns whose possessor is the one to whom it happens: "the judge's murder".
pub(super) fn suffered(lemma: &str) -> bool {
    const SUFFERED: [&str; 24] = [
        "arrest",
        "murder",
        "killing",
        "death",
        "assassination",
        "detention",
        "execution",
        "kidnapping",
        "abduction",
        "release",
        "conviction",
        "imprisonment",
        "trial",
        "expulsion",
        "deportation",
        "torture",
        "beating",
        "lynching",
        "slaying",
        "rape",
        "indictment",
        "impeachment",
        "extradition",
        "injury",
    ];
    SUFFERED.contains(&lemma)
}

/// Nouns whose "of" names the one to whom it is done.
pub(super) fn takes_object(lemma: &str) -> bool {
    suffered(lemma)
        || lemma.ends_with("ing")
        || matches!(
            lemma,
            "massacre"
                | "bombardment"
                | "destruction"
                | "siege"
                | "invasion"
                | "seizure"
                | "occupation"
                | "evacuation"
                | "condemnation"
                | "criticism"
                | "investigation"
                | "rejection"
                | "recognition"
                | "suspension"
                | "blockade"
                | "dispersal"
                | "genocide"
                | "accusation"
                | "endorsement"
                | "persecution"
                | "repression"
                | "deployment"
                | "violation"
                | "displacement"
                | "eviction"
                | "capture"
                | "recapture"
                | "withdrawal"
                | "prosecution"
        )
}

/// Verbs whose object is the event that their subject does.
pub(super) fn carrying(lemma: &str) -> bool {
    matches!(
        lemma,
        "launch"
            | "carry"
            | "conduct"
            | "stage"
            | "hold"
            | "mount"
            | "commit"
            | "perpetrate"
            | "make"
            | "begin"
            | "start"
            | "wage"
            | "undertake"
            | "perform"
            | "impose"
            | "issue"
            | "give"
            | "pay"
            | "open"
            | "resume"
            | "continue"
            | "order"
            | "declare"
            | "announce"
            | "sign"
            | "organise"
            | "organize"
            | "lead"
            | "unleash"
            | "execute"
            | "reject"
            | "threaten"
            | "plan"
            | "attempt"
            | "do"
            | "take"
            | "deliver"
            | "join"
            | "attend"
            | "have"
            | "face"
            | "end"
            | "call"
    )
}

/// Days, months and years: "on Friday".
pub(super) fn timely(grammar: &Grammar<'_>, w: usize) -> bool {
    const TIMES: [&str; 34] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "day",
        "week",
        "month",
        "year",
        "night",
        "morning",
        "evening",
        "afternoon",
        "hour",
        "time",
        "weekend",
        "century",
    ];
    TIMES.contains(&grammar.lower[w].as_str())
        || TIMES.contains(&grammar.lemma(w))
        || grammar.full_rel(w).ends_with(":tmod")
        || grammar.full_rel(w) == "obl:unmarked"
}
