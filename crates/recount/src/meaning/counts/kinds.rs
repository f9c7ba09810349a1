//! What a figure counts: read off the verb, adjective or noun that it belongs to, first by syntax, then by the order of
//! the words where syntax gives nothing.

use super::again::part_of_them;
use super::distractors::{fits, is_unit, measured, superseded};
use super::order::{by_order, right_beside};
use crate::language::Pos;
use crate::meaning::CountKind;
use crate::meaning::events::grammar::Grammar;
use crate::meaning::events::lexicon::LEXICON;
use crate::meaning::events::sides;
use crate::span::Tokens;

/// What a figure counts and the words that say so.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub kind: CountKind,
    /// The noun that is counted: "people" in "26 people".
    pub noun: Option<usize>,
    /// The word that says what happened to them.
    pub governor: Option<usize>,
    pub by: &'static str,
    pub score: f32,
}

/// Reads what the figure at `tokens` (with its bounds at `whole`) counts; `last` is what the figure before it in the sentence
/// does.
pub(crate) fn counted(grammar: &Grammar<'_>, tokens: Tokens, whole: Tokens, last: Option<&Counted>) -> Option<Counted> {
    let (noun, top) = noun_and_top(grammar, tokens);
    if is_no_count(grammar, tokens, whole) {
        return None;
    }
    let found = of_some(grammar, noun, top)
        .or_else(|| right_beside(grammar, tokens, whole))
        .or_else(|| by_syntax(grammar, noun, top))
        .or_else(|| by_order(grammar, tokens, whole));
    // "15 injured, three of them critically": no verb that stands before the comma tells of the three.
    let start = whole.start as usize;
    let before = |r: &Reading| r.1 < start && start.checked_sub(1).is_some_and(|c| grammar.lower[c] == ",");
    if let Some(part) = part_of_them(grammar, tokens, last).filter(|_| found.as_ref().is_none_or(before)) {
        return Some(part);
    }
    let found = found.or_else(|| by_toll(grammar, noun, top, tokens));
    let found = found.map(|(kind, governor, by, score)| Counted { kind, noun, governor: Some(governor), by, score });
    match found {
        Some(c) if fits(grammar, c.kind, noun) => Some(c),
        Some(c) => Some(Counted { kind: CountKind::Other, ..c }).filter(|_| noun.is_some()),
        None => participants(grammar, noun, top),
    }
}

/// "Three of the wounded died": what is told of the three is more than what they were before.
fn of_some(grammar: &Grammar<'_>, noun: Option<usize>, top: usize) -> Option<Reading> {
    let noun = noun.filter(|&n| grammar.head(n) == Some(top) && grammar.case(n) == Some("of"))?;
    let verb =
        grammar.head(top).filter(|_| grammar.is(top, &["nsubj", "obj"]) && state(&grammar.lower[noun]).is_some())?;
    // "Six of the dead had been shot" are dead.
    let dead = state(&grammar.lower[noun]) == Some(CountKind::Killed);
    let told = kind_from_clause(grammar, top, verb)?;
    (!dead || told.0 == CountKind::Killed).then_some((told.0, told.1, "rule/clause", 0.85))
}

/// Whether a figure is one of a measure, a time, an age, or no longer held.
pub(crate) fn is_no_count(grammar: &Grammar<'_>, tokens: Tokens, whole: Tokens) -> bool {
    let (noun, _) = noun_and_top(grammar, tokens);
    noun.is_some_and(|n| is_unit(grammar, n)) || measured(grammar, tokens) || superseded(grammar, tokens, whole)
}

/// The same for words that say none: "no one", "nobody".
pub(crate) fn counted_none(grammar: &Grammar<'_>, tokens: Tokens) -> Option<Counted> {
    let (noun, top) = noun_and_top(grammar, tokens);
    let (kind, governor, by, score) =
        right_beside(grammar, tokens, tokens).or_else(|| by_syntax(grammar, noun, top))?;
    Some(Counted { kind, noun, governor: Some(governor), by, score })
}

/// The noun that is counted, and the word that stands for it in the clause.
fn noun_and_top(grammar: &Grammar<'_>, tokens: Tokens) -> (Option<usize>, usize) {
    let mut at = tokens
        .range()
        .find(|&w| grammar.head(w).is_none_or(|h| !tokens.range().contains(&h)))
        .unwrap_or(tokens.start as usize);
    let mut noun = None;
    for _ in 0..3 {
        let Some(head) = grammar.head(at) else { break };
        let nominal = matches!(grammar.pos(head), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Adj | Pos::Sym | Pos::Num);
        let group = grammar.is(at, &["nmod"])
            && grammar.case(at) == Some("of")
            && matches!(
                grammar.lemma(head),
                "family" | "group" | "team" | "crew" | "band" | "gang" | "total" | "crowd"
            );
        if (grammar.is(at, &["nummod", "det", "compound", "amod", "advmod", "goeswith", "flat"])
            && nominal
            && head > at)
            || group
            // "and two cousins": whatever the tree calls it.
            || grammar.pos(at) == Pos::Num && head == at + 1 && grammar.pos(head) == Pos::Noun
        {
            noun = Some(head);
            at = head;
        } else {
            break;
        }
    }
    if noun.is_none() {
        noun = grammar.kids(at).find(|&k| grammar.is(k, &["nmod"]) && grammar.case(k) == Some("of") && k > at);
    }
    (noun, at)
}

/// A kind, the word that gives it, the rule, and how sure it is.
pub(crate) type Reading = (CountKind, usize, &'static str, f32);

fn by_syntax(grammar: &Grammar<'_>, noun: Option<usize>, top: usize) -> Option<Reading> {
    let mut at = top;
    for _ in 0..3 {
        // "24 people murdered", "18 injured people", "65 others wounded".
        for k in grammar.kids(at).filter(|&k| grammar.is(k, &["acl", "amod", "xcomp"])) {
            if let Some(kind) = kind_of_state(grammar, k).filter(|_| grammar.kid(k, &["obj", "nsubj"]).is_none()) {
                return Some((kind, k, "rule/participle", 0.85));
            }
        }
        if let Some(kind) = kind_of_noun(grammar, at).or_else(|| noun.and_then(|n| kind_of_noun(grammar, n))) {
            return Some((kind, at, "rule/casualty-noun", 0.85));
        }
        let head = grammar.head(at)?;
        match grammar.rel(at) {
            "nsubj" | "obj" | "obl" | "dep" | "csubj" if grammar.is(at, &["nsubj", "obj", "dep"]) => {
                if let Some((kind, governor)) = kind_from_clause(grammar, at, head) {
                    return Some((kind, governor, "rule/clause", 0.9));
                }
                return None;
            }
            "nmod" | "obl" => {
                let case = grammar.case(at);
                if matches!(case, Some("of" | "to")) && matches!(grammar.pos(head), Pos::Noun) {
                    // "the assassination of six": the noun itself counts deeds, its "of" counts the dead.
                    let deed = is_killing_noun(grammar.lemma(head)) || grammar.lemma(head) == "massacre";
                    return kind_of_noun(grammar, head)
                        .or(Some(CountKind::Killed).filter(|_| deed && case == Some("of")))
                        .map(|kind| (kind, head, "rule/casualty-noun", 0.8));
                }
                if case == Some("including") || case == Some("among") {
                    at = head;
                    continue;
                }
                return None;
            }
            "conj" | "appos" => at = head,
            _ => return None,
        }
    }
    None
}

/// The kind that a clause gives to its subject or object.
fn kind_from_clause(grammar: &Grammar<'_>, at: usize, verb: usize) -> Option<(CountKind, usize)> {
    let object = grammar.is(at, &["obj"]);
    let patient = object || grammar.passive(verb) || (grammar.kid(verb, &["obj"]).is_none() && !acts_on(grammar, verb));
    // "leaving seven dead", "were found dead", "are feared drowned"
    for k in grammar.kids(verb).filter(|&k| {
        grammar.is(k, &["xcomp"]) && k > verb && !grammar.lower[k].ends_with("ing")
            || grammar.is(k, &["xcomp"]) && grammar.lower[k] == "missing"
    }) {
        let light = matches!(
            grammar.lemma(verb),
            "leave"
                | "find"
                | "report"
                | "believe"
                | "fear"
                | "confirm"
                | "say"
                | "know"
                | "presume"
                | "think"
                | "declare"
                | "pronounce"
                | "get"
                | "go"
                | "be"
                | "remain"
                | "force"
        );
        if let Some(kind) = kind_of_state(grammar, k).filter(|_| light) {
            return Some((kind, k));
        }
    }
    let lemma = grammar.lemma(verb);
    if grammar.lemma(at) == "life" && matches!(lemma, "lose" | "claim" | "take" | "cost") {
        return Some((CountKind::Killed, verb));
    }
    // "The army lost six men."
    if object && lemma == "lose" && (is_fighter(grammar, at) || grammar.lemma(at) == "man") {
        return Some((CountKind::Killed, verb));
    }
    if matches!(lemma, "take" | "hold") && near_word(grammar, verb, &["hostage", "captive"]) {
        return Some((CountKind::Abducted, verb));
    }
    // "Hacked to death 14 worshippers".
    if patient && grammar.kids(verb).any(|k| grammar.lower[k] == "death" && grammar.case(k) == Some("to")) {
        return Some((CountKind::Killed, verb));
    }
    // "160 people were in custody".
    let held = matches!(lemma, "custody" | "detention") && grammar.case(verb) == Some("in");
    if held && !object && grammar.kid(verb, &["cop"]).is_some() {
        return Some((CountKind::Arrested, verb));
    }
    if lemma == "take" && near_word(grammar, verb, &["custody"]) {
        return Some((CountKind::Arrested, verb));
    }
    if lemma == "shoot" && near_word(grammar, verb, &["dead", "death", "fatally"]) {
        return Some((CountKind::Killed, verb));
    }
    if !object && let Some(kind) = kind_of_doing(grammar, verb) {
        return Some((kind, verb));
    }
    if let Some(kind) = kind_of_state(grammar, verb).filter(|_| patient) {
        return Some((kind, verb));
    }
    // "22 miners were trapped and are missing".
    let next = grammar
        .kids(verb)
        .filter(|&k| !object && grammar.is(k, &["conj"]) && grammar.kid(k, &["nsubj", "obj"]).is_none());
    next.filter(|&k| grammar.passive(k) || grammar.kid(k, &["cop"]).is_some() || grammar.lower[k] == "missing")
        .find_map(|k| Some((kind_of_state(grammar, k)?, k)))
}

/// Whether what follows a verb begins an object: then its subject is no victim.
fn acts_on(grammar: &Grammar<'_>, verb: usize) -> bool {
    let end = grammar.sentence(verb).end as usize;
    let word = |k: usize| grammar.lower.get(k).filter(|_| k < end).map(String::as_str);
    let bounds = matches!(
        (word(verb + 1), word(verb + 2)),
        (Some("at"), Some("least")) | (Some("more"), Some("than")) | (Some("up"), Some("to"))
    );
    let timely = word(verb + 1).is_some_and(|w| w.ends_with("day") || w == "in");
    let noun = verb + 1 < end
        && matches!(grammar.pos(verb + 1), Pos::Noun | Pos::Propn | Pos::Num | Pos::Det | Pos::Pron | Pos::Adj);
    (noun && !timely) || bounds
}

fn near_word(grammar: &Grammar<'_>, w: usize, words: &[&str]) -> bool {
    let end = grammar.sentence(w).end as usize;
    (w.saturating_sub(1)..(w + 9).min(end)).any(|k| words.contains(&grammar.lower[k].as_str()))
}

/// What has been done to someone, by the word for it: "killed", "dead", "missing".
pub(crate) fn kind_of_state(grammar: &Grammar<'_>, w: usize) -> Option<CountKind> {
    if !matches!(grammar.pos(w), Pos::Verb | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Aux) {
        return None;
    }
    if grammar.lower[w] == "shot" && grammar.pos(w) == Pos::Verb {
        return Some(of_shot(grammar, w));
    }
    taken_in(grammar, w).or_else(|| state(grammar.lemma(w))).or_else(|| state(&grammar.lower[w]))
}

/// What happens to people by a word, done to them or done by them: "killed", "died".
pub(super) fn happening(grammar: &Grammar<'_>, w: usize) -> Option<CountKind> {
    kind_of_state(grammar, w).or_else(|| kind_of_doing(grammar, w).filter(|k| *k != CountKind::Participants))
}

/// Arrests told in two words: "rounded up", "taken into custody", "held without charge".
fn taken_in(grammar: &Grammar<'_>, w: usize) -> Option<CountKind> {
    let beside = |word: &str| grammar.kids(w).any(|k| grammar.lower[k] == word);
    let arrested = match grammar.lemma(w) {
        "round" => beside("up"),
        "pick" => beside("up") && grammar.passive(w),
        "take" | "hold" | "keep" => beside("custody") || beside("detention") || beside("charge") && grammar.passive(w),
        "lock" => beside("up"),
        "lead" | "haul" | "drag" => near_word(grammar, w, &["handcuffs", "cuffs", "shackles"]),
        _ => false,
    };
    (arrested && grammar.pos(w) == Pos::Verb).then_some(CountKind::Arrested)
}

/// Who is shot is hurt, unless the words beside it say dead.
fn of_shot(grammar: &Grammar<'_>, w: usize) -> CountKind {
    let dead = near_word(grammar, w, &["dead", "death", "fatally", "killed", "died", "killing"]);
    if dead { CountKind::Killed } else { CountKind::Injured }
}

/// A verb of suffering a wound: "sustained injuries".
pub(crate) fn suffers_wound(grammar: &Grammar<'_>, w: usize) -> bool {
    matches!(grammar.lemma(w), "suffer" | "sustain" | "receive")
        && near_word(grammar, w, &["injury", "injuries", "wound", "wounds", "burns"])
}

/// Whether those who flee leave where they live, and not a crime.
fn leaves_home(grammar: &Grammar<'_>, verb: usize) -> bool {
    const LEFT: [&str; 20] = [
        "home", "homes", "house", "houses", "village", "villages", "town", "city", "area", "region", "country",
        "province", "fighting", "violence", "border", "clashes", "war", "bombing", "shelling", "conflict",
    ];
    let living = ["family", "resident", "villager", "civilian", "refugee", "people", "household", "person"];
    near_word(grammar, verb, &LEFT)
        || grammar
            .kids(verb)
            .any(|k| grammar.rel(k) == "nsubj" && living.contains(&grammar.lemma(sides::counted(grammar, k))))
}

/// "Lost their lives", "lost her life".
pub(crate) fn loses_life(grammar: &Grammar<'_>, w: usize) -> bool {
    grammar.lemma(w) == "lose" && grammar.kid(w, &["obj"]).is_some_and(|o| grammar.lemma(o) == "life")
}

fn is_fighter(grammar: &Grammar<'_>, w: usize) -> bool {
    let is = |class| LEXICON.is(class, grammar.lemma(w), &grammar.lower[w]);
    is("armed") || is("police")
}

/// Nouns that say that the one they are "of" was killed.
pub(crate) fn is_killing_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "murder" | "assassination" | "killing" | "slaying" | "death" | "execution" | "lynching" | "beheading"
    )
}

pub(crate) fn state(word: &str) -> Option<CountKind> {
    Some(match word {
        "kill" | "killed" | "murder" | "murdered" | "slay" | "slain" | "massacre" | "massacred" | "assassinate"
        | "assassinated" | "execute" | "executed" | "slaughter" | "behead" | "beheaded" | "lynch" | "lynched"
        | "dead" | "drown" | "drowned" | "killing" | "deceased" => CountKind::Killed,
        "injure" | "injured" | "wound" | "wounded" | "hurt" | "maim" | "maimed" | "hospitalise" | "hospitalize"
        | "hospitalised" | "hospitalized" | "injuring" | "wounding" => CountKind::Injured,
        "arrest" | "arrested" | "detain" | "detained" | "jail" | "jailed" | "imprison" | "imprisoned" | "nab"
        | "nabbed" | "apprehend" | "apprehended" | "remand" | "remanded" => CountKind::Arrested,
        "kidnap" | "kidnapped" | "kidnaped" | "abduct" | "abducted" => CountKind::Abducted,
        "displace" | "displaced" | "homeless" | "evacuate" | "evacuated" | "uproot" | "uprooted" => {
            CountKind::Displaced
        }
        "missing" => CountKind::Missing,
        "destroy" | "destroyed" | "raze" | "razed" | "demolish" | "demolished" | "torch" | "torched" => {
            CountKind::Destroyed
        }
        _ => return None,
    })
}

/// What people do whose number is given: "died", "fled", "marched".
fn kind_of_doing(grammar: &Grammar<'_>, verb: usize) -> Option<CountKind> {
    Some(match grammar.lemma(verb) {
        "die" | "perish" | "succumb" => CountKind::Killed,
        "lose" if loses_life(grammar, verb) => CountKind::Killed,
        "take" if grammar.kid(verb, &["obj"]).is_some_and(|o| grammar.lower[o] == "part") => CountKind::Participants,
        "suffer" | "sustain" | "receive" | "take" | "rush" | "transport" | "treat" | "hospitalize"
            if near_word(grammar, verb, &["injury", "injuries", "wound", "wounds", "burns"]) =>
        {
            CountKind::Injured
        }
        "flee" if leaves_home(grammar, verb) => CountKind::Displaced,
        "disappear" | "vanish" => CountKind::Missing,
        "protest" | "march" | "rally" | "demonstrate" | "participate" => CountKind::Participants,
        "gather" | "assemble" | "turn" | "take" | "join" | "pour" | "attend" | "congregate" | "converge"
            if near_word(
                grammar,
                verb,
                &[
                    "protest",
                    "protests",
                    "rally",
                    "march",
                    "demonstration",
                    "demonstrations",
                    "street",
                    "streets",
                    "square",
                    "strike",
                    "vigil",
                    "sit",
                ],
            ) =>
        {
            CountKind::Participants
        }
        _ => return None,
    })
}

/// Nouns that are casualties by themselves: "deaths", "the wounded", "arrests".
fn kind_of_noun(grammar: &Grammar<'_>, w: usize) -> Option<CountKind> {
    if !matches!(grammar.pos(w), Pos::Noun | Pos::Adj | Pos::Propn | Pos::Verb) {
        return None;
    }
    if matches!(grammar.lower[w].as_str(), "bodies" | "body") {
        let found =
            ["found", "recovered", "pulled", "discovered", "retrieved", "brought", "exhumed", "counted", "received"];
        return (near_word(grammar, w, &found) || before_word(grammar, w, &found)).then_some(CountKind::Killed);
    }
    Some(match grammar.lemma(w) {
        "death" | "fatality" | "killing" | "dead" | "corpse" | "murder" | "fatalities" | "deaths" => CountKind::Killed,
        "injury" | "wounded" | "injured" => CountKind::Injured,
        "arrest" | "detention" => CountKind::Arrested,
        "kidnapping" | "abduction" => CountKind::Abducted,
        "protester" | "demonstrator" | "marcher" | "protestor" if grammar.is(w, &["nsubj"]) => {
            let verb = grammar.head(w)?;
            kind_of_doing(grammar, verb).filter(|k| *k == CountKind::Participants)?
        }
        _ => return None,
    })
}

fn before_word(grammar: &Grammar<'_>, w: usize, words: &[&str]) -> bool {
    let start = grammar.sentence(w).start as usize;
    (w.saturating_sub(8).max(start)..w).any(|k| words.contains(&grammar.lower[k].as_str()))
}

/// "The death toll rose to 164", "a toll of 12", "the number of dead stands at 26".
fn by_toll(grammar: &Grammar<'_>, noun: Option<usize>, top: usize, tokens: Tokens) -> Option<Reading> {
    if noun.is_some_and(|n| !matches!(grammar.lemma(n), "people" | "person" | "mark" | "dead" | "death")) {
        return None;
    }
    let sentence = grammar.sentence(tokens.start as usize).range();
    let near = |w: usize| tokens.start as usize - w < 16;
    let of_clause = |w: usize| grammar.rel(w) == "nsubj" && grammar.head(w) == grammar.head(top);
    let toll = sentence.clone().filter(|&w| w < tokens.start as usize && (near(w) || of_clause(w))).find_map(|w| {
        let kind = match grammar.lemma(w) {
            "toll" => {
                let of = w.checked_sub(1).map(|k| grammar.lower[k].as_str());
                match of {
                    Some("injury" | "injured" | "wounded") => CountKind::Injured,
                    _ => CountKind::Killed,
                }
            }
            "crowd" | "turnout" | "attendance" => CountKind::Participants,
            "number" | "count" | "tally" => {
                let next = (w + 1..(w + 5).min(sentence.end)).find_map(|k| match grammar.lower[k].as_str() {
                    "dead" | "deaths" | "death" | "killed" | "fatalities" => Some(CountKind::Killed),
                    "injured" | "wounded" | "injuries" => Some(CountKind::Injured),
                    "arrests" | "arrested" | "detained" | "detainees" => Some(CountKind::Arrested),
                    "missing" => Some(CountKind::Missing),
                    "protesters" | "demonstrators" | "marchers" | "participants" => Some(CountKind::Participants),
                    _ => None,
                });
                next?
            }
            _ => return None,
        };
        Some((kind, w))
    })?;
    // The figure has to be where a toll stands or moves to, not a day or a count of something else.
    let case = grammar.case(top);
    let moved = matches!(case, Some("to" | "at" | "of" | "in" | "above" | "past" | "over"))
        || grammar.is(top, &["obj", "nsubj", "root", "nmod", "obl", "nummod", "conj", "xcomp", "ccomp", "parataxis"]);
    moved.then_some((toll.0, toll.1, "rule/toll", 0.75))
}

/// Figures of people who protest, or of things in an event; everything else is no count of ours.
fn participants(grammar: &Grammar<'_>, noun: Option<usize>, top: usize) -> Option<Counted> {
    let noun = noun?;
    let head = grammar.head(top)?;
    let counted =
        |kind, governor, by, score| Some(Counted { kind, noun: Some(noun), governor: Some(governor), by, score });
    if LEXICON.is("protest", grammar.lemma(head), &grammar.lower[head]) && grammar.is(top, &["nmod", "compound"]) {
        return counted(CountKind::Participants, head, "rule/protest-noun", 0.6);
    }
    let told = LEXICON.knows(grammar.lemma(head), &grammar.lower[head]);
    if grammar.is(top, &["nsubj", "obj"]) && told && matches!(grammar.pos(noun), Pos::Noun) {
        return counted(CountKind::Other, head, "rule/event-argument", 0.5);
    }
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_state_is_found_by_lemma_and_as_written() {
        for word in ["kill", "killed", "dead", "wounded", "detained", "missing", "kidnapped", "homeless"] {
            assert!(super::state(word).is_some(), "{word}");
        }
    }
}
