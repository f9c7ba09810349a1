//! Which words can be a party to an event, and what a noun or verb says of its neighbours: people, bodies, weapons, times.

use super::grammar::Grammar;
use super::lexicon::LEXICON;
use crate::language::{Kind, Pos};
use crate::meaning::EventClass;

/// Whether a word names someone who can act.
pub(crate) fn can_act(grammar: &Grammar<'_>, w: usize) -> bool {
    match grammar.kind(w) {
        Some(Kind::Person | Kind::Group | Kind::Organisation | Kind::Place) => true,
        Some(Kind::Other) => is_unit(grammar, w),
        Some(_) => false,
        // "Suspected of arming a militia": what describes someone is no one.
        None if grammar.pos(w) == Pos::Verb => false,
        None => {
            LEXICON.is("person", grammar.lemma(w), &grammar.lower[w])
                || LEXICON.is("armed", grammar.lemma(w), &grammar.lower[w])
                || LEXICON.is("police", grammar.lemma(w), &grammar.lower[w])
                || institution(grammar.lemma(w))
                || is_unit(grammar, w)
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

/// A body of people in arms: "a patrol", "a rebel cell", "an army column".
fn is_unit(grammar: &Grammar<'_>, w: usize) -> bool {
    match grammar.lemma(w) {
        "squad" | "patrol" | "battalion" | "detachment" | "platoon" | "regiment" | "squadron" | "brigade"
        | "commando" | "militia" | "cartel" | "mafia" | "faction" | "gang" | "mob" => true,
        "cell" | "column" | "unit" | "band" | "ring" | "team" | "wing" | "contingent" | "element" => {
            // "A rebel cell", "a Red Dawn cell".
            let named = |k: usize| grammar.is(k, &["compound"]) && grammar.pos(k) == Pos::Propn;
            grammar
                .kids(w)
                .any(|k| grammar.is(k, &["amod", "compound", "nmod"]) && people_in_arms(grammar, k) || named(k))
        }
        _ => false,
    }
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

/// Words for a body as a whole, which its name stands beside.
pub(super) fn is_body(lemma: &str) -> bool {
    matches!(
        lemma,
        "group"
            | "movement"
            | "organisation"
            | "organization"
            | "gang"
            | "militia"
            | "front"
            | "party"
            | "cartel"
            | "network"
            | "faction"
            | "brigade"
            | "army"
            | "union"
            | "company"
            | "syndicate"
    )
}

/// A weapon, a piece of one ("dynamite sticks", "20 kg of explosives") or some of several ("one of the bombs").
pub(super) fn weapon(grammar: &Grammar<'_>, w: usize) -> bool {
    let parts = |k: &usize| {
        let piece = grammar.is(*k, &["compound"])
            && !can_act(grammar, w)
            && matches!(grammar.kind(w), None | Some(Kind::Other));
        piece || grammar.case(*k) == Some("of") && (grammar.pos(w) == Pos::Num || measure(grammar.lemma(w)))
    };
    names_weapon(grammar, w) || grammar.kids(w).filter(parts).any(|k| names_weapon(grammar, k))
}

fn measure(lemma: &str) -> bool {
    matches!(
        lemma,
        "kg" | "kilo"
            | "kilogram"
            | "pound"
            | "ton"
            | "stick"
            | "charge"
            | "series"
            | "number"
            | "load"
            | "quantity"
            | "rest"
    )
}

fn names_weapon(grammar: &Grammar<'_>, w: usize) -> bool {
    const MORE: [&str; 18] = [
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
        "carbomb",
        "device",
        "machinegun",
        "submachinegun",
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
                | "life"
                | "damage"
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

/// Verbs whose object, or whose subject where they have none, is what the deed is done with.
pub(super) fn wields(lemma: &str) -> bool {
    matches!(
        lemma,
        "explode"
            | "detonate"
            | "burst"
            | "go"
            | "set"
            | "fire"
            | "throw"
            | "hurl"
            | "lob"
            | "launch"
            | "drop"
            | "plant"
            | "place"
            | "use"
            | "shoot"
            | "put"
            | "leave"
            | "lay"
            | "hide"
            | "attach"
            | "toss"
            | "activate"
            | "fall"
            | "land"
            | "explosion"
            | "detonation"
    )
}

/// Words for a blast: what stands where it goes off is what it hits.
pub(super) fn blast(lemma: &str) -> bool {
    matches!(lemma, "explode" | "explosion" | "detonate" | "detonation" | "blast" | "go" | "bomb" | "bombing")
}

/// Verbs whose subject is the one whom the attack that they have as object was made on.
pub(super) fn undergoes(lemma: &str) -> bool {
    matches!(lemma, "suffer" | "survive" | "escape" | "repel" | "resist" | "undergo" | "sustain" | "repulse")
}

/// Verbs whose subject is the one to whom the arrest or ban happens, or would, that they have as object.
pub(super) fn befalls(lemma: &str) -> bool {
    matches!(lemma, "face" | "court" | "undergo" | "suffer" | "resist" | "escape" | "evade" | "avoid")
}

/// Whether nobody is meant: "no one has claimed the attack".
pub(super) fn nobody(grammar: &Grammar<'_>, w: usize) -> bool {
    let none = |w: usize| {
        let any = |k: usize| grammar.lower[k] == "any" && grammar.head(w).is_some_and(|v| grammar.pos(v) == Pos::Verb);
        matches!(grammar.lower[w].as_str(), "nobody" | "none" | "nothing" | "neither")
            || grammar.kids(w).any(|k| (grammar.lower[k] == "no" || any(k)) && grammar.is(k, &["det", "advmod"]))
    };
    none(w) || grammar.is(w, &["conj"]) && grammar.head(w).is_some_and(none)
}

/// Whether words say nothing of someone but that the deed is theirs: "those responsible", "the perpetrators".
pub(super) fn only_the_author(grammar: &Grammar<'_>, w: usize) -> bool {
    if grammar.mention(w).is_some_and(|m| m.form == crate::language::Form::Name) {
        return false;
    }
    let responsible = |k: usize| {
        matches!(grammar.lower[k].as_str(), "responsible" | "guilty" | "involved" | "implicated")
            || grammar.kids(k).any(|m| grammar.lower[m] == "responsible")
    };
    match grammar.lemma(w) {
        "perpetrator" | "culprit" | "author" | "mastermind" => true,
        "those" | "person" | "people" | "one" | "individual" | "whoever" | "party" => {
            grammar.kids(w).any(|k| grammar.is(k, &["amod", "acl", "xcomp"]) && responsible(k))
        }
        _ => false,
    }
}

/// Verbs whose object is the deed of force that their subject does.
pub(super) fn perpetrates(lemma: &str) -> bool {
    matches!(
        lemma,
        "launch"
            | "carry"
            | "conduct"
            | "stage"
            | "mount"
            | "commit"
            | "perpetrate"
            | "make"
            | "begin"
            | "start"
            | "wage"
            | "undertake"
            | "perform"
            | "resume"
            | "continue"
            | "order"
            | "organise"
            | "organize"
            | "lead"
            | "unleash"
            | "execute"
            | "threaten"
            | "plan"
            | "attempt"
            | "do"
            | "deliver"
            | "join"
    )
}

/// Verbs whose object is the event of a class that their subject does.
pub(super) fn carrying(class: EventClass, lemma: &str) -> bool {
    let of_words = matches!(class, EventClass::Accuse | EventClass::Request | EventClass::Threaten);
    // Whoever rejects a charge, calls it absurd or faces it does not make it.
    let answers = of_words && matches!(lemma, "reject" | "call" | "face" | "attend" | "end" | "take");
    let befalls = class == EventClass::Coerce && befalls(lemma);
    !(answers || befalls)
        && (perpetrates(lemma)
            || matches!(
                lemma,
                "hold"
                    | "impose"
                    | "issue"
                    | "give"
                    | "pay"
                    | "open"
                    | "declare"
                    | "announce"
                    | "sign"
                    | "reject"
                    | "take"
                    | "attend"
                    | "have"
                    | "face"
                    | "end"
                    | "call"
            ))
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
