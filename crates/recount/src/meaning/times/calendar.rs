//! Dates that the calendar names: days, months, quarters, seasons, feasts, years, decades.

use super::grammar::{Expr, Lean, Scan, YearRef};
use super::lexicon::{HOLIDAYS, Lex, Season, Unit};

/// Words before a time of which it is said to be early or late.
const WITHIN: [&str; 6] = ["early", "late", "mid", "middle", "beginning", "end"];

/// Words that stand before a date and hardly before a name.
const BEFORE_DATE: [&str; 26] = [
    "in", "of", "on", "since", "until", "till", "by", "from", "to", "between", "during", "before", "after", "last",
    "next", "this", "through", "and", "early", "late", "mid", "for", "around", "about", "past", "until",
];

/// Behind "early", "late", "mid-", "the beginning of", "the end of": where the time itself begins.
pub(super) fn behind_modifier(scan: &Scan, at: usize) -> Option<usize> {
    let from = scan.skip(at, &["the"]);
    let from = if scan.is(from, "very") { from + 1 } else { from };
    if scan.any(from, &["beginning", "end", "middle", "start"]) && scan.is(from + 1, "of") {
        return Some(from + 2);
    }
    if scan.any(from, &WITHIN[..3]) {
        return Some(scan.hyphen(from + 1).unwrap_or(from + 1));
    }
    None
}

/// The same expression with "early" and the like before it.
fn modified(scan: &Scan, at: usize, rule: fn(&Scan, usize) -> Option<(usize, Expr)>) -> Option<(usize, Expr)> {
    if let Some(found) = rule(scan, at) {
        return Some(found);
    }
    rule(scan, behind_modifier(scan, at)?)
}

pub(super) fn day(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    iso(scan, at)
        .or_else(|| slashed(scan, at))
        .or_else(|| named_day(scan, at))
        .or_else(|| behind_modifier(scan, at).and_then(|from| named_day(scan, from)))
}

/// 2022-01-09
fn iso(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let Lex::Digits(year @ 1000..=2199, 4) = scan.lex(at) else { return None };
    let month_at = scan.hyphen(at + 1)?;
    let Lex::Digits(month @ 1..=12, 2) = scan.lex(month_at) else { return None };
    let day_at = scan.hyphen(month_at + 1)?;
    let Lex::Digits(day @ 1..=31, 2) = scan.lex(day_at) else { return None };
    let year = YearRef::Is(year as i16);
    Some((day_at + 1, Expr::Day { year, month: month as i8, day: day as i8, weekday: None }))
}

fn slashed(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    match scan.lex(at) {
        Lex::Slashed(y @ 1000..=2199, m @ 1..=12, d @ 1..=31) => {
            Some((at + 1, Expr::Day { year: YearRef::Is(y as i16), month: m as i8, day: d as i8, weekday: None }))
        }
        Lex::Slashed(a @ 1..=31, b @ 1..=31, y)
            if (1900..2200).contains(&y) || (y < 100 && scan.raw(at).contains('/')) =>
        {
            Some((at + 1, Expr::Slashed(a, b, y)))
        }
        _ => None,
    }
}

/// "Friday, Oct. 23, 1998", "3 May", "the 3rd of May 2011", "May 3rd"
fn named_day(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let mut from = at;
    let mut weekday = None;
    if let Lex::Weekday(n, false) = scan.lex(at) {
        weekday = Some(n);
        from = if scan.lex(at + 1) == Lex::Comma { at + 2 } else { scan.skip(at + 1, &["the"]) };
    } else if scan.any(at, &["the", "last", "this", "next"]) {
        from = at + 1;
    }
    let (end, month, day) = month_day(scan, from).or_else(|| day_month(scan, from, weekday.is_some() || from == at))?;
    let (end, year) = year_behind(scan, end);
    Some((end, Expr::Day { year, month, day, weekday }))
}

/// A day of the month in digits or as an ordinal.
fn day_number(scan: &Scan, at: usize) -> Option<(usize, i8, bool)> {
    match scan.lex(at) {
        Lex::Digits(n @ 1..=31, 1..=2) => Some((at + 1, n as i8, false)),
        Lex::Ordinal(n @ 1..=31) => Some((at + 1, n as i8, true)),
        Lex::Number(20 | 30) => {
            // "twenty-first"
            let tens = if scan.lex(at) == Lex::Number(20) { 20 } else { 30 };
            let Lex::Ordinal(ones @ 1..=9) = scan.lex(scan.hyphen(at + 1)?) else { return None };
            (tens + ones <= 31).then_some((at + 3, (tens + ones) as i8, true))
        }
        _ => None,
    }
}

fn month_day(scan: &Scan, at: usize) -> Option<(usize, i8, i8)> {
    let Lex::Month(month) = scan.lex(at) else { return None };
    let from = scan.skip(at + 1, &["the"]);
    let (end, day, _) = day_number(scan, from)?;
    // "March 10,000" is none, nor "May 5 percent", nor "June 12:30".
    let measured = scan.items.get(end).is_some_and(|i| matches!(i.raw, "%" | "percent" | "million" | "billion"));
    (!measured).then_some((end, month, day))
}

fn day_month(scan: &Scan, at: usize, bare: bool) -> Option<(usize, i8, i8)> {
    let (end, day, ordinal) = day_number(scan, at)?;
    if !bare && !ordinal {
        return None;
    }
    let from = if scan.is(end, "of") { end + 1 } else { scan.hyphen(end).unwrap_or(end) };
    let Lex::Month(month) = scan.lex(from) else { return None };
    Some((from + 1, month, day))
}

/// A year behind a day or month: ", 1998", "of last year", "this year"; else unsaid.
fn year_behind(scan: &Scan, at: usize) -> (usize, YearRef) {
    let comma = scan.lex(at) == Lex::Comma;
    let from = if comma { at + 1 } else { scan.hyphen(at).unwrap_or(scan.skip(at, &["of", "in"])) };
    match scan.year_ref(from) {
        // "In May, this year's harvest …" is two expressions.
        Some((_, YearRef::FromNow(_))) if comma => (at, YearRef::Unsaid),
        Some((end, year)) if !quantity(scan, from, end) => (end, year),
        _ => (at, YearRef::Unsaid),
    }
}

/// "March 2019", "early May", "last October", "July last year"
pub(super) fn month(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    modified(scan, at, bare_month)
}

fn bare_month(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let (from, lean) = lean(scan, at);
    let Lex::Month(month) = scan.lex(from) else { return None };
    let (end, year) = year_behind(scan, from + 1);
    if year == YearRef::Unsaid && lean == Lean::Unsaid && !month_alone(scan, from) {
        return None;
    }
    Some((end, Expr::Month { year, month, lean }))
}

/// Whether a month's name without day or year is one: not the verb, the name of a person or of a thing.
fn month_alone(scan: &Scan, at: usize) -> bool {
    let Lex::Month(month) = scan.lex(at) else { return false };
    let next_is_name = scan.items.get(at + 1).is_some_and(|i| {
        i.raw.starts_with(char::is_uppercase) && i.apart && matches!(i.lex, Lex::Other | Lex::Word(_))
    });
    let name_before = at > 0 && scan.lex(at - 1) == Lex::Other && scan.raw(at - 1).starts_with(char::is_uppercase);
    let dated = scan.after_word(at, &BEFORE_DATE)
        || matches!(scan.before(at), Lex::Month(_) | Lex::Ordinal(_) | Lex::Digits(..))
        || (at > 1 && scan.lex(at - 1) == Lex::Dash && matches!(scan.lex(at - 2), Lex::Month(_) | Lex::Word("mid")));
    // "Jan" without its dot is a name, unless a number stands by.
    if scan.raw(at).len() == 3 && month != 5 && !matches!(scan.before(at), Lex::Digits(..) | Lex::Ordinal(_)) {
        return false;
    }
    let noun_behind =
        scan.items.get(at + 1).is_some_and(|i| i.raw.starts_with(char::is_lowercase) && i.lex == Lex::Other);
    let dated = dated || (scan.after_word(at, &["the", "a", "its", "their"]) && noun_behind);
    let all_capitals = scan.raw(at).len() > 1 && scan.raw(at).chars().all(|c| !c.is_lowercase());
    match month {
        // March, April, May, June, August: also verbs and names.
        3..=6 | 8 => dated && (all_capitals || !next_is_name),
        _ => !(next_is_name && name_before),
    }
}

/// "last", "next", "this" before a name of the calendar, and the position behind them.
pub(super) fn lean(scan: &Scan, at: usize) -> (usize, Lean) {
    let from = scan.skip(at, &["the"]);
    match scan.lex(from) {
        Lex::Word("this") if scan.is(from + 1, "past") => (from + 2, Lean::Last),
        Lex::Word("this") if scan.is(from + 1, "coming") => (from + 2, Lean::Next),
        Lex::Word("last" | "past" | "previous" | "preceding" | "latest") => (from + 1, Lean::Last),
        Lex::Word("this" | "current") => (from + 1, Lean::This),
        Lex::Word("next" | "coming" | "upcoming" | "following") => (from + 1, Lean::Next),
        _ => (at, Lean::Unsaid),
    }
}

/// "the third quarter of 1984", "third-quarter", "Q3 2010", "the first half", "this year's second quarter"
pub(super) fn quarter(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    if let Some((from, year)) = year_before(scan, at) {
        if scan.lex(from) == Lex::Unit(Unit::Quarter, false) && from > at + 1 {
            return Some((from + 1, Expr::Quarter { year, n: 0 }));
        }
        let (end, n, unit) = nth(scan, from)?;
        return Some((end, fraction(n, unit, year)));
    }
    let from = scan.skip(at, &["the", "its", "their"]);
    let from = scan.skip(from, &["fiscal"]);
    let from = scan.hyphen(from).unwrap_or(from);
    let (end, n, unit) = nth(scan, from)?;
    let (end, year) = year_behind(scan, end);
    Some((end, fraction(n, unit, year)))
}

fn fraction(n: i8, unit: Unit, year: YearRef) -> Expr {
    if unit == Unit::Quarter { Expr::Quarter { year, n } } else { Expr::Half { year, n } }
}

/// "1988", "the year-ago" or "this year's" before a quarter.
fn year_before(scan: &Scan, at: usize) -> Option<(usize, YearRef)> {
    let from = scan.skip(at, &["the"]);
    if scan.lex(from) == Lex::Unit(Unit::Year, false)
        && let Some(behind) = scan.hyphen(from + 1)
        && scan.any(behind, &["ago", "earlier"])
    {
        return Some((behind + 1, YearRef::FromNow(-1)));
    }
    let (end, year) = scan.year_ref(from)?;
    let end = scan.skip(end, &["'s", "’s"]);
    (end > from).then_some((end, year))
}

/// "third quarter", "3rd half", "Q3"
fn nth(scan: &Scan, at: usize) -> Option<(usize, i8, Unit)> {
    let n = match scan.lex(at) {
        Lex::Ordinal(n @ 1..=4) => n as i8,
        Lex::Word("first") => 1,
        Lex::Word("last") => 0,
        Lex::Unit(Unit::Second, false) => 2,
        _ => {
            let raw = scan.raw(at);
            let n = raw.strip_prefix('Q').filter(|d| d.len() == 1)?.parse::<i8>().ok()?;
            return (1..=4).contains(&n).then_some((at + 1, n, Unit::Quarter));
        }
    };
    let from = scan.hyphen(at + 1).unwrap_or(at + 1);
    match scan.lex(from) {
        Lex::Unit(Unit::Quarter, _) if n > 0 => Some((from + 1, n, Unit::Quarter)),
        Lex::Word("half") if n < 3 && scan.is(from + 1, "of") && scan.year_ref(from + 2).is_some() => {
            Some((from + 1, if n == 0 { 2 } else { n }, Unit::Year))
        }
        _ => None,
    }
}

/// "last spring", "the summer of 1994", "this winter"
pub(super) fn season(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    modified(scan, at, bare_season)
}

fn bare_season(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let (from, lean) = lean(scan, at);
    let (from, article) = if lean == Lean::Unsaid && scan.is(at, "the") { (at + 1, true) } else { (from, false) };
    let Lex::Season(season) = scan.lex(from) else { return None };
    let (end, year) = year_behind(scan, from + 1);
    // "fall" and "spring" are also verbs, "the fall of the city" is no season, nor is a capital "Spring".
    let verb_like = matches!(season, Season::Autumn | Season::Spring) && scan.raw(from).len() < 7;
    let fits = year != YearRef::Unsaid
        || lean != Lean::Unsaid
        || (!verb_like
            && (article || scan.after_word(at, &["in", "by", "since", "until", "during", "early", "late", "mid"])))
        || (verb_like && article && scan.after_word(at, &["in", "by", "since", "until"]) && !scan.is(end, "of"));
    fits.then_some((end, Expr::Season { year, season, lean }))
}

/// "Christmas Day", "last Thanksgiving", "Ramadan"
pub(super) fn feast(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let (from, lean) = lean(scan, at);
    if scan.lex(from) == Lex::Feast {
        return Some((from + 1, Expr::Fuzzy));
    }
    let rest = |name: &str| -> Option<usize> {
        let words = name.split(' ').count();
        let same = name.split(' ').enumerate().all(|(n, w)| scan.raw(from + n).eq_ignore_ascii_case(w));
        (same && scan.raw(from).starts_with(char::is_uppercase)).then_some(from + words)
    };
    let named = matches!(scan.lex(from), Lex::Holiday(_) | Lex::Month(5) | Lex::Word("new"));
    if !named {
        return None;
    }
    let (n, end) = HOLIDAYS.iter().enumerate().find_map(|(n, (name, _))| Some((n, rest(name)?)))?;
    let (end, year) = year_behind(scan, end);
    // "Easter Island", "Christmas Carol"
    let named = scan.items.get(end).is_some_and(|i| i.lex == Lex::Other && i.raw.starts_with(char::is_uppercase));
    (!named).then_some((end, Expr::Feast(n as u8, year, lean)))
}

/// "1998", "early 1990", "fiscal 1989", "the year 2000", "the end of last year"
pub(super) fn year(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    if let Some(found) = bare_year(scan, at) {
        return Some(found);
    }
    if let Some(from) = behind_modifier(scan, at) {
        let (end, year) = scan.year_ref(from)?;
        return (!quantity(scan, from, end)).then_some((end, Expr::Year(year)));
    }
    let from = scan.skip(at, &["the"]);
    if scan.any(from, &["fiscal"]) || scan.lex(from) == Lex::Unit(Unit::Year, false) {
        let from = if scan.lex(from + 1) == Lex::Unit(Unit::Year, false) { from + 2 } else { from + 1 };
        let (end, year @ YearRef::Is(_)) = scan.year_ref(from)? else { return None };
        return Some((end, Expr::Year(year)));
    }
    // "the 1988 period"
    if from > at
        && let (end, YearRef::Is(year)) = scan.year_ref(from)?
        && scan.is(end, "period")
    {
        return Some((end + 1, Expr::Year(YearRef::Is(year))));
    }
    None
}

fn bare_year(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let (end, YearRef::Is(year)) = scan.year_ref(at)? else { return None };
    if quantity(scan, at, end) {
        return None;
    }
    let digits = matches!(scan.lex(at), Lex::Digits(..));
    let led = scan.after_word(at, &BEFORE_DATE)
        || matches!(scan.before(at), Lex::Unit(Unit::Year, _) | Lex::Word("(") | Lex::Season(_));
    let common = (1900..=2050).contains(&year);
    let named = at > 0
        && scan.lex(at - 1) == Lex::Other
        && scan.raw(at - 1).starts_with(char::is_uppercase)
        && scan.items.get(at).is_some_and(|i| i.apart);
    let joined = at > 0 && scan.items.get(at).is_some_and(|i| !i.apart) && !matches!(scan.before(at), Lex::Word("("));
    let fits = led || (common && !(digits && (named || joined)));
    fits.then_some((end, Expr::Year(YearRef::Is(year))))
}

/// Whether four digits are an amount or a number of something rather than a year.
fn quantity(scan: &Scan, at: usize, end: usize) -> bool {
    let Lex::Digits(n, _) = scan.lex(at) else { return false };
    let before = if at == 0 { "" } else { scan.raw(at - 1) };
    if matches!(
        before,
        "$" | "£"
            | "€"
            | "¥"
            | "#"
            | "No."
            | "Rs"
            | "than"
            | "least"
            | "nearly"
            | "over"
            | "some"
            | "approximately"
            | "roughly"
            | "flight"
            | "Flight"
    ) {
        return true;
    }
    let next = scan.raw(end);
    if matches!(
        next,
        "%" | "percent"
            | "km"
            | "people"
            | "troops"
            | "men"
            | "women"
            | "children"
            | "million"
            | "GMT"
            | "UTC"
            | "hours"
            | "-"
    ) {
        // "1998-99" and "1990-year" are no amounts.
        return next != "-" || matches!(scan.lex(end + 1), Lex::Unit(..));
    }
    if matches!(scan.lex(end), Lex::Unit(_, true)) {
        return true;
    }
    // "2000 soldiers": a plural behind a round number.
    let plural = next.len() > 3
        && next.ends_with('s')
        && !next.ends_with("ss")
        && next.chars().all(char::is_lowercase)
        && scan.lex(end) == Lex::Other;
    plural && n % 50 == 0 && !scan.after_word(at, &["the", "its", "their", "in"])
}

/// "the 1990s", "mid-1990s", "the nineties", "20th century"
pub(super) fn decade(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    modified(scan, at, bare_decade)
}

fn bare_decade(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let mut from = scan.skip(at, &["the"]);
    if let Some(inner) = (from > at).then(|| behind_modifier(scan, from)).flatten() {
        from = inner;
    }
    if matches!(scan.raw(from), "'" | "’" | "‘") && matches!(scan.lex(from + 1), Lex::Decade(_)) {
        from += 1;
    }
    match scan.lex(from) {
        Lex::Decade(first) => {
            // "a man in his fifties", "temperatures in the 90s"
            let written = scan.raw(from).len() == 5 || from > at;
            let his = scan.after_word(at, &["its", "their", "his", "her"])
                || matches!(scan.raw(at.wrapping_sub(1)), "his" | "her");
            (written && !his).then_some((from + 1, Expr::Decade(first)))
        }
        Lex::Ordinal(n @ 5..=22) => {
            let to = scan.hyphen(from + 1).unwrap_or(from + 1);
            matches!(scan.lex(to), Lex::Unit(Unit::Century, _)).then_some((to + 1, Expr::Century((n as i16 - 1) * 100)))
        }
        _ => None,
    }
}
