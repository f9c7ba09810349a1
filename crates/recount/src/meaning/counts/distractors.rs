//! Figures that are no counts of victims: ages, prices, measures, times, animals, houses.

use crate::language::{Kind, Pos};
use crate::meaning::CountKind;
use crate::meaning::events::grammar::Grammar;
use crate::meaning::events::is_machine;
use crate::meaning::events::lexicon::LEXICON;
use crate::span::Tokens;

/// Whether a kind can be said of what is counted.
pub(crate) fn fits(grammar: &Grammar<'_>, kind: CountKind, noun: Option<usize>) -> bool {
    let Some(noun) = noun else { return kind != CountKind::Destroyed };
    let thing = LEXICON.is("building", grammar.lemma(noun), &grammar.lower[noun]) && grammar.lemma(noun) != "police"
        || LEXICON.is("weapon", grammar.lemma(noun), &grammar.lower[noun])
        || LEXICON.is("town", grammar.lemma(noun), &grammar.lower[noun])
        || is_machine(grammar.lemma(noun))
        || is_animal(grammar.lemma(noun));
    let people = matches!(grammar.kind(noun), Some(Kind::Person | Kind::Group))
        || LEXICON.is("person", grammar.lemma(noun), &grammar.lower[noun]);
    match kind {
        CountKind::Killed
        | CountKind::Injured
        | CountKind::Arrested
        | CountKind::Abducted
        | CountKind::Missing
        | CountKind::Participants => people || !thing,
        CountKind::Destroyed => !people || thing,
        _ => true,
    }
}

fn is_animal(lemma: &str) -> bool {
    matches!(
        lemma,
        "cow"
            | "cattle"
            | "goat"
            | "sheep"
            | "animal"
            | "dog"
            | "horse"
            | "elephant"
            | "rhino"
            | "bird"
            | "pig"
            | "camel"
            | "chicken"
    )
}

/// Units of time, money and measure, and other nouns whose number is never one of victims.
pub(crate) fn is_unit(grammar: &Grammar<'_>, w: usize) -> bool {
    const UNITS: [&str; 76] = [
        "year",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "second",
        "decade",
        "century",
        "time",
        "occasion",
        "dollar",
        "euro",
        "pound",
        "rupee",
        "rs",
        "yen",
        "yuan",
        "cent",
        "percent",
        "%",
        "km",
        "kilometre",
        "kilometer",
        "mile",
        "metre",
        "meter",
        "foot",
        "feet",
        "inch",
        "kg",
        "kilogram",
        "ton",
        "tonne",
        "litre",
        "liter",
        "acre",
        "hectare",
        "round",
        "shot",
        "bullet",
        "degree",
        "point",
        "vote",
        "seat",
        "count",
        "page",
        "percentage",
        "per",
        "barrel",
        "megawatt",
        "magnitude",
        "storey",
        "story",
        "a.m.",
        "p.m.",
        "am",
        "pm",
        "block",
        "street",
        "avenue",
        "old",
        "inhabitant",
        "resolution",
        "article",
        "section",
        "floor",
        "lane",
        "grade",
        "class",
        "gallon",
        "cm",
        "mm",
        "stab",
        "gunshot",
        "lakh",
    ];
    UNITS.contains(&grammar.lemma(w)) || UNITS.contains(&grammar.lower[w].as_str())
}

/// A figure with a currency before it, a unit or "-year-old" behind it, or one that is a date, an age, a time.
pub(crate) fn measured(grammar: &Grammar<'_>, tokens: Tokens) -> bool {
    let (start, end) = (tokens.start as usize, tokens.end as usize);
    let sentence = grammar.sentence(start).range();
    let word = |k: usize| grammar.lower.get(k).filter(|_| sentence.contains(&k)).map(String::as_str);
    let before = start.checked_sub(1).and_then(word);
    // "no one", "not one of", "the other two" count nobody anew.
    if matches!(before, Some("no" | "not")) && grammar.lower[start] == "one" && end == start + 1 {
        return true;
    }
    let two_before = start.checked_sub(2).and_then(word);
    if matches!(
        before,
        Some(
            "$" | "€"
                | "£"
                | "¥"
                | "rs"
                | "rs."
                | "usd"
                | "aged"
                | "age"
                | "no."
                | "nos."
                | "number"
                | "#"
                | "chapter"
                | "section"
                | "article"
                | "resolution"
                | "magnitude"
                | "room"
                | "route"
                | "flight"
                | "under-"
        )
    ) || before == Some(".") && two_before == Some("rs")
    {
        return true;
    }
    let unit_at = |k: usize| sentence.contains(&k) && is_unit(grammar, k);
    let hyphen = matches!(word(end), Some("-" | "–"));
    if unit_at(end)
        || (hyphen && unit_at(end + 1))
        || (hyphen && word(end + 1).is_some() && !grammar.lower[start].ends_with('s'))
    {
        return true;
    }
    if matches!(word(end), Some("%" | "percent" | "years" | "°" | "/")) || matches!(before, Some("/" | ":" | "-")) {
        return true;
    }
    // "Ahmed Ali, 27, was": an age stands between commas behind a name.
    let name_before = two_before.is_some() && before == Some(",") && start >= 2 && grammar.pos(start - 2) == Pos::Propn;
    name_before && matches!(word(end), Some("," | "." | ";" | ")"))
}

/// A figure that its own sentence says is no longer held: "revised down from 60 to 52", "up from 26".
pub(crate) fn superseded(grammar: &Grammar<'_>, tokens: Tokens, whole: Tokens) -> bool {
    let sentence = grammar.sentence(tokens.start as usize).range();
    let word = |k: usize| grammar.lower.get(k).filter(|_| sentence.contains(&k)).map_or("", String::as_str);
    let Some(from) = (whole.start as usize).checked_sub(1).filter(|&k| word(k) == "from") else { return false };
    if from.checked_sub(1).is_some_and(|k| matches!(word(k), "up" | "down")) {
        return true;
    }
    let end = tokens.end as usize;
    let to = (end..end + 3).find(|&k| word(k) == "to");
    let reached = to.is_some_and(|t| (t + 1..t + 4).any(|k| sentence.contains(&k) && grammar.pos(k) == Pos::Num));
    let moves = |w: usize| {
        matches!(
            grammar.lemma(w),
            "rise"
                | "climb"
                | "revise"
                | "raise"
                | "increase"
                | "lower"
                | "reduce"
                | "fall"
                | "drop"
                | "cut"
                | "jump"
                | "grow"
                | "downgrade"
                | "correct"
                | "adjust"
                | "amend"
                | "go"
                | "change"
                | "update"
                | "soar"
                | "double"
        )
    };
    reached && sentence.clone().any(moves)
}
