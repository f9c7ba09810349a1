//! How long and how often: durations and sets.

use super::grammar::{Expr, Length, Scan};
use super::lexicon::{Lex, Unit};

/// Words of measure before a length.
const MEASURE: [&str; 13] = [
    "about",
    "around",
    "nearly",
    "almost",
    "over",
    "roughly",
    "approximately",
    "some",
    "just",
    "only",
    "within",
    "another",
    "exactly",
];

/// Words between a number and its unit: "five trading days".
const BETWEEN: [&str; 9] =
    ["more", "trading", "business", "consecutive", "straight", "full", "long", "whole", "additional"];

/// A number of units, with vague ones, and the position behind them. `article` allows "a year".
pub(super) fn amount(scan: &Scan, at: usize, article: bool) -> Option<(usize, Length)> {
    let (mut end, mut n) = match scan.lex(at) {
        Lex::Word("few" | "several" | "many") => (at + 1, None),
        Lex::Word("a") if scan.is(at + 1, "few") => (at + 2, None),
        Lex::Word("half") => {
            let from = scan.hyphen(at + 1).unwrap_or(scan.skip(at + 1, &["a", "an"]));
            let Lex::Unit(unit, false) = scan.lex(from) else { return None };
            return (from > at + 1).then(|| (from + 1, half(unit)));
        }
        _ => {
            let (end, n) = scan.number(at, article)?;
            (end, Some(n))
        }
    };
    // "12 to 18 months", "two or three weeks", "3-4 days": between two, so vague; the first is told.
    let link = if scan.any(end, &["to", "or"]) { Some(end + 1) } else { scan.hyphen(end) };
    if let (Some(second), Some(_)) = (link, n)
        && let Some((behind, _)) = scan.number(second, false)
        && matches!(scan.lex(behind), Lex::Unit(_, true))
    {
        end = behind;
    }
    // "two and a half years"
    if scan.is(end, "and") && scan.is(end + 1, "a") && scan.is(end + 2, "half") {
        n = n.map(|n| n + 0.5);
        end += 3;
    }
    let digits = matches!(scan.lex(at), Lex::Digits(..));
    let from = match scan.hyphen(end) {
        Some(from) => from,
        None => scan.skip(end, &BETWEEN),
    };
    let Lex::Unit(unit, plural) = scan.lex(from) else { return None };
    // "the 1988 quarter", "three-quarters of it"
    if (matches!(scan.lex(at), Lex::Digits(1000..=2199, 4)) && !plural)
        || (unit == Unit::Quarter && plural && scan.hyphen(end).is_some())
    {
        return None;
    }
    // "the 100 second", "one second" as an ordinal; "21 min" is short for minutes only behind digits.
    if unit == Unit::Second && !plural && !digits {
        return None;
    }
    let mut end = from + 1;
    if n == Some(1.0) && scan.is(end, "and") && scan.is(end + 1, "a") && scan.is(end + 2, "half") {
        // "a year and a half"
        n = Some(1.5);
        end += 3;
    }
    // "40-year-old", "years old", "of age"
    let age = scan.hyphen(end).unwrap_or(end);
    if scan.any(age, &["old"])
        || scan.raw(age).eq_ignore_ascii_case("olds")
        || (scan.is(end, "of") && scan.raw(end + 1) == "age")
    {
        return None;
    }
    let mut parts = vec![(n, unit)];
    // "two hours and ten minutes"
    let link = scan.skip(end, &["and"]);
    if let Some((behind, more)) = scan.number(link, false)
        && let Lex::Unit(small, _) = scan.lex(behind)
        && small < unit
        && n.is_some()
    {
        parts.push((Some(more), small));
        end = behind + 1;
    }
    Some((end, parts))
}

fn half(unit: Unit) -> Length {
    match unit {
        Unit::Hour => vec![(Some(30.0), Unit::Minute)],
        Unit::Day => vec![(Some(12.0), Unit::Hour)],
        Unit::Year => vec![(Some(6.0), Unit::Month)],
        Unit::Decade => vec![(Some(5.0), Unit::Year)],
        Unit::Century => vec![(Some(50.0), Unit::Year)],
        _ => vec![(Some(0.5), unit)],
    }
}

/// Behind "more than", "at least", "nearly" and the like, at most two of them.
pub(super) fn behind_measure(scan: &Scan, mut at: usize) -> usize {
    for _ in 0..2 {
        if (scan.any(at, &["more", "less", "fewer"]) && scan.is(at + 1, "than"))
            || (scan.is(at, "at") && scan.is(at + 1, "least"))
            || (scan.is(at, "up") && scan.is(at + 1, "to"))
        {
            at += 2;
        } else if scan.any(at, &MEASURE) {
            at += 1;
        }
    }
    at
}

/// "three days", "a week", "the past two months", "ten-day", "weeks", "recent months"
pub(super) fn length(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let measured = behind_measure(scan, at);
    let (from, framed) = frame(scan, measured);
    let article = !framed;
    if let Some((end, parts)) = amount(scan, from, article) {
        let whole = matches!(scan.lex(from), Lex::Word("a" | "an")) && end == from + 2;
        // "more than a quarter of them"
        if whole && parts[0].1 == Unit::Quarter && measured > at {
            return None;
        }
        // "a second", "a minute" stand for "another" and "soon" too often.
        if whole
            && matches!(parts[0].1, Unit::Second | Unit::Minute | Unit::Day | Unit::Weekend | Unit::Quarter)
            && measured == at
        {
            return if matches!(parts[0].1, Unit::Day | Unit::Quarter) && rate(scan, from) {
                Some((end, per(parts[0].1)))
            } else {
                None
            };
        }
        if whole && rate(scan, from) {
            return Some((end, per(parts[0].1)));
        }
        let expr = Expr::Length(parts);
        return Some((scan.skip(end, &["long"]), expr));
    }
    // "the past year", "the last decade": a length that ends now.
    if framed {
        if let Lex::Unit(unit @ (Unit::Decade | Unit::Century), false) = scan.lex(from) {
            return Some((from + 1, Expr::Length(vec![(Some(1.0), unit)])));
        }
        if let Lex::Unit(unit, true) = scan.lex(from) {
            // TimeBank's custom: weeks and months have a length, recent days and years are just past.
            let recent = scan.any(from - 1, &["recent", "past"]) && matches!(unit, Unit::Day | Unit::Year);
            return Some((
                from + 1,
                if recent { Expr::Reference("PAST_REF") } else { Expr::Length(vec![(None, unit)]) },
            ));
        }
        return None;
    }
    // "weeks", "for years"
    if let Lex::Unit(unit, true) = scan.lex(at)
        && unit > Unit::Second
        && unit != Unit::Quarter
        && measured == at
        && !matches!(scan.before(at), Lex::Digits(..) | Lex::Number(_) | Lex::Ordinal(_) | Lex::Dash | Lex::Fraction(_))
        && !scan.any(at + 1, &["old"])
    {
        let end = scan.hyphen(at + 1).filter(|n| scan.is(*n, "long")).map_or(at + 1, |n| n + 1);
        return Some((end, Expr::Length(vec![(None, unit)])));
    }
    None
}

/// "the past", "the next", "the first", "recent" before a length, and the position behind it.
fn frame(scan: &Scan, at: usize) -> (usize, bool) {
    const FRAMES: [&str; 9] =
        ["last", "past", "next", "coming", "previous", "following", "latest", "recent", "preceding"];
    let from = scan.skip(at, &["the", "these", "those", "this"]);
    if scan.any(from, &FRAMES) || (scan.lex(from) == Lex::Ordinal(1) && from > at) {
        return (from + 1, true);
    }
    (if scan.is(at, "the") { from } else { at }, false)
}

/// Whether an amount stands before "a year": "$5 a year", "twice a day".
fn rate(scan: &Scan, at: usize) -> bool {
    at > 0
        && (matches!(scan.before(at), Lex::Digits(..) | Lex::Fraction(_) | Lex::Number(_))
            || matches!(
                scan.raw(at - 1),
                "once"
                    | "twice"
                    | "times"
                    | "million"
                    | "billion"
                    | "%"
                    | "percent"
                    | "dollars"
                    | "hours"
                    | "days"
                    | "barrels"
                    | "tons"
            ))
}

fn per(unit: Unit) -> Expr {
    Expr::Set(one(unit).to_string())
}

fn one(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "PT1S",
        Unit::Minute => "PT1M",
        Unit::Hour => "PT1H",
        Unit::Day => "P1D",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Week => "P1W",
        Unit::Month => "P1M",
        Unit::Quarter => "P3M",
        Unit::Year => "P1Y",
        Unit::Decade => "P10Y",
        Unit::Century => "P100Y",
    }
}

/// "every day", "each Thursday", "daily", "Mondays", "Tuesday nights"
pub(super) fn set(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    match scan.lex(at) {
        Lex::Set(unit) => return Some((at + 1, per(unit))),
        Lex::Weekday(n, true) => {
            return Some((at + 1, Expr::Set(format!("XXXX-WXX-{n}"))));
        }
        Lex::Weekday(n, false) => {
            let Lex::Part(part) = scan.lex(at + 1) else { return None };
            let many = scan.raw(at + 1).ends_with('s');
            return many.then(|| (at + 2, Expr::Set(format!("XXXX-WXX-{n}T{}", part.code()))));
        }
        Lex::Word("every" | "each" | "per") => {}
        _ => return None,
    }
    if let Some((end, parts)) = amount(scan, at + 1, false) {
        let value = super::value::Value::length(&parts).timex;
        return Some((end, Expr::Set(value)));
    }
    match scan.lex(at + 1) {
        Lex::Unit(unit, false) if !scan.is(at, "per") => Some((at + 2, per(unit))),
        Lex::Weekday(n, false) => Some((at + 2, Expr::Set(format!("XXXX-WXX-{n}")))),
        Lex::Month(n) => Some((at + 2, Expr::Set(format!("XXXX-{n:02}")))),
        Lex::Part(part) => Some((at + 2, Expr::Set(format!("XXXX-XX-XXT{}", part.code())))),
        Lex::Season(season) => Some((at + 2, Expr::Set(format!("XXXX-{}", season.code())))),
        _ => None,
    }
}
