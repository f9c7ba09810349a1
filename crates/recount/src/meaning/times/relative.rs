//! Times said from where the report stands: deictic words, weekdays, shifts, ranges.

use super::calendar::{self, behind_modifier, lean};
use super::grammar::{Expr, Found, Lean, Scan, YearRef};
use super::lengths;
use super::lexicon::{Lex, Part, Unit};

/// "Friday", "last Friday", "on Friday of next week", "this coming Sunday"
pub(super) fn weekday(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let (from, lean) = lean(scan, at);
    let Lex::Weekday(n, false) = scan.lex(from) else { return None };
    // "Friday last week", "Monday of next week"
    let link = scan.skip(from + 1, &["of"]);
    if let (behind, week @ (Lean::Last | Lean::This | Lean::Next)) = calendar::lean(scan, link)
        && scan.lex(behind) == Lex::Unit(Unit::Week, false)
        && lean == Lean::Unsaid
    {
        return Some((behind + 1, Expr::WeekdayOf(n, week)));
    }
    Some((from + 1, Expr::Weekday(n, lean)))
}

/// Words that name one day from now: "today", "yesterday".
pub(super) fn one_day(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let n = match scan.lex(at) {
        Lex::Word("today") => 0,
        Lex::Word("yesterday") => -1,
        Lex::Word("tomorrow") => 1,
        _ => return None,
    };
    Some((at + 1, Expr::FromNow(n, Unit::Day)))
}

/// "now", "yesterday", "earlier this week", "last month", "the weekend", "that day"
pub(super) fn deictic(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    // "earlier this week", "later in the year", "early next month", "the end of the month"
    let from = if scan.any(at, &["earlier", "later", "sometime"]) { scan.skip(at + 1, &["in", "on"]) } else { at };
    let from = behind_modifier(scan, from).unwrap_or(from);
    if from > at {
        let (end, expr) = told_unit(scan, from).or_else(|| bare_deictic(scan, from)).or_else(|| weekday(scan, from))?;
        let dated = !matches!(expr, Expr::Reference(_));
        return dated.then_some((end, expr));
    }
    bare_deictic(scan, at)
}

fn bare_deictic(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    if let Some((end, expr)) = one_day(scan, at) {
        return Some((end, expr));
    }
    if let Lex::Word(word) = scan.lex(at) {
        match word {
            "tonight" => {
                let today = Some(Box::new(Expr::FromNow(0, Unit::Day)));
                return Some((at + 1, Expr::Part(today, Part::Night)));
            }
            // The night to the publication day.
            "overnight" => {
                let before = Some(Box::new(Expr::FromNow(-1, Unit::Day)));
                return Some((at + 1, Expr::Part(before, Part::Night)));
            }
            "now" if !scan.is(at + 1, "that") => return Some((at + 1, Expr::Reference("PRESENT_REF"))),
            "currently" | "nowadays" | "presently" => return Some((at + 1, Expr::Reference("PRESENT_REF"))),
            "recently" | "lately" => return Some((at + 1, Expr::Reference("PAST_REF"))),
            "more" if scan.is(at + 1, "recently") => return Some((at + 2, Expr::Reference("PAST_REF"))),
            _ => {}
        }
    }
    reference(scan, at)
        .or_else(|| leaning_unit(scan, at))
        .or_else(|| told_unit_sure(scan, at))
        .or_else(|| reported_period(scan, at))
}

/// "the future", "these days", "the near term", "current"
fn reference(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let from = scan.skip(at, &["the"]);
    let from =
        if from > at { scan.skip(from, &["near", "immediate", "recent", "distant", "long", "short"]) } else { from };
    let led = scan.after_word(at, &["in", "to"]) || scan.raw(at.saturating_sub(1)).eq_ignore_ascii_case("into");
    match scan.lex(from) {
        Lex::Word("future") if from > at && (led || ends_phrase(scan, from + 1)) => {
            Some((from + 1, Expr::Reference("FUTURE_REF")))
        }
        Lex::Word("past") if from > at && ((led && !length_word(scan, from + 1)) || ends_phrase(scan, from + 1)) => {
            Some((from + 1, Expr::Reference("PAST_REF")))
        }
        Lex::Word("term") if from > at + 1 => Some((from + 1, Expr::Reference("FUTURE_REF"))),
        Lex::Word("these") if scan.lex(from + 1) == Lex::Unit(Unit::Day, true) => {
            Some((from + 2, Expr::Reference("PRESENT_REF")))
        }
        Lex::Word("current") if from == at && !matches!(scan.lex(at + 1), Lex::Unit(..) | Lex::Word("fiscal")) => {
            Some((at + 1, Expr::Reference("PRESENT_REF")))
        }
        Lex::Word("recent") if from == at && !matches!(scan.lex(at + 1), Lex::Unit(..)) => {
            Some((at + 1, Expr::Reference("PAST_REF")))
        }
        _ => None,
    }
}

/// Whether what stands here can begin a length: "the past two years".
fn length_word(scan: &Scan, at: usize) -> bool {
    matches!(
        scan.lex(at),
        Lex::Digits(..) | Lex::Number(_) | Lex::Unit(..) | Lex::Season(_) | Lex::Fraction(_) | Lex::Month(_)
    ) || scan.any(at, &["few", "several", "couple", "half", "many"])
}

/// Whether no noun follows that "past" would describe.
fn ends_phrase(scan: &Scan, at: usize) -> bool {
    let raw = scan.raw(at);
    !raw.starts_with(char::is_alphanumeric) || scan.any(at, &["and", "or", "to", "for", "in", "by", "of", "on"])
}

/// "last week", "this year", "the coming months", "next weekend", "the following day"
fn leaning_unit(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let (from, lean) = lean(scan, at);
    if lean == Lean::Unsaid {
        return None;
    }
    let unit_at = scan.skip(from, &["fiscal", "calendar", "financial", "school"]);
    let Lex::Unit(unit, plural) = scan.lex(unit_at) else { return None };
    let told = if scan.any(from - 1, &["previous", "preceding"]) {
        Some(-1)
    } else if scan.is(from - 1, "following") || (unit == Unit::Day && lean == Lean::Next) {
        Some(1)
    } else {
        None
    };
    let expr = match (unit, plural, told) {
        // "last minute", "this second", "next hour" name no day, nor does "last day"; decades are lengths.
        (Unit::Second | Unit::Minute | Unit::Hour | Unit::Decade | Unit::Century, ..) => return None,
        (_, true, _) if lean == Lean::Next => Expr::Reference("FUTURE_REF"),
        (_, true, _) => return None,
        (_, false, Some(n)) => Expr::FromTold(n, unit),
        (Unit::Day, false, None) => return None,
        (_, false, None) => Expr::Unit(unit, lean),
    };
    Some((unit_at + 1, expr))
}

/// "that day", "the same month", "the weekend", "the quarter"
fn told_unit_sure(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let the_same = scan.is(at, "the") && scan.is(at + 1, "same");
    let from = if the_same { at + 2 } else { at + 1 };
    let Lex::Unit(unit, false) = scan.lex(from) else { return None };
    let expr = match (scan.lex(at), unit) {
        (Lex::Word("that"), Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Quarter) => Expr::Told(unit),
        (_, Unit::Day | Unit::Week | Unit::Month | Unit::Year) if the_same => Expr::Told(unit),
        (Lex::Word("the"), Unit::Weekend) => Expr::Unit(Unit::Weekend, Lean::Unsaid),
        (Lex::Word("the"), Unit::Quarter) => Expr::Told(Unit::Quarter),
        (Lex::Word("the"), Unit::Week) if !scan.is(from + 1, "of") => Expr::Unit(Unit::Week, Lean::This),
        (Lex::Word("the"), Unit::Year) if scan.after_word(at, &["of", "in", "this"]) => {
            Expr::Unit(Unit::Year, Lean::This)
        }
        (Lex::Word("the"), Unit::Year) if scan.hyphen(from + 1).is_none() => {
            Expr::Length(vec![(Some(1.0), Unit::Year)])
        }
        (Lex::Word("the"), Unit::Day)
            if scan.after_word(at, &["for", "during", "on", "in", "of", "earlier", "later"]) =>
        {
            Expr::Told(Unit::Day)
        }
        _ => return None,
    };
    Some((from + 1, expr))
}

/// "the year", "the month" behind "the end of" and "earlier in".
fn told_unit(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let from = scan.skip(at, &["the"]);
    match scan.lex(from) {
        Lex::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year), false) if from > at => {
            Some((from + 1, Expr::Unit(unit, Lean::This)))
        }
        Lex::Unit(Unit::Day, false) if from > at => Some((from + 1, Expr::Told(Unit::Day))),
        _ => None,
    }
}

/// "the year-earlier period", "the latest quarter", "the year-ago quarter"
fn reported_period(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let from = scan.skip(at, &["the", "a"]);
    if scan.lex(from) == Lex::Unit(Unit::Year, false)
        && let Some(behind) = scan.hyphen(from + 1)
        && scan.any(behind, &["ago", "earlier"])
    {
        let end = if scan.any(behind + 1, &["period"]) || scan.lex(behind + 1) == Lex::Unit(Unit::Quarter, false) {
            behind + 2
        } else {
            behind + 1
        };
        return Some((end, Expr::FromTold(-1, Unit::Year)));
    }
    if scan.any(from, &["latest"]) && scan.is(from + 1, "period") {
        return Some((from + 2, Expr::Told(Unit::Quarter)));
    }
    let year = scan.lex(from) == Lex::Unit(Unit::Year, false);
    if year && scan.any(from + 1, &["'s", "’s"]) && scan.is(from + 2, "end") {
        return Some((from + 3, Expr::Unit(Unit::Year, Lean::This)));
    }
    if scan.is(at, "the") && scan.is(from, "full") && scan.lex(from + 1) == Lex::Unit(Unit::Year, false) {
        return Some((from + 2, Expr::Unit(Unit::Year, Lean::This)));
    }
    if year && (scan.hyphen(from + 1).is_some_and(|n| scan.is(n, "end")) || (scan.is(from + 1, "end"))) {
        let end = scan.hyphen(from + 1).unwrap_or(from + 1) + 1;
        return Some((end, Expr::Unit(Unit::Year, Lean::This)));
    }
    None
}

/// "two days ago", "a year earlier", "three weeks later", "the day before yesterday"
pub(super) fn shift(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let article = scan.skip(at, &["the"]);
    if scan.lex(article) == Lex::Unit(Unit::Day, false) && scan.any(article + 1, &["before", "after"]) {
        let sign = if scan.is(article + 1, "before") { -1 } else { 1 };
        return match scan.lex(article + 2) {
            Lex::Word("yesterday") => Some((article + 3, Expr::FromNow(-1 + sign, Unit::Day))),
            Lex::Word("tomorrow") => Some((article + 3, Expr::FromNow(1 + sign, Unit::Day))),
            _ => None,
        };
    }
    let from = lengths::behind_measure(scan, at);
    let (end, parts) = lengths::amount(scan, from, true).or_else(|| match scan.lex(from) {
        Lex::Unit(unit, true) => Some((from + 1, vec![(None, unit)])),
        _ => None,
    })?;
    let end = if scan.is(end, "or") && scan.is(end + 1, "so") { end + 2 } else { end };
    let (amount, unit) = *parts.first()?;
    let (sign, now) = match scan.lex(end) {
        Lex::Word("ago") => (-1, true),
        Lex::Word("earlier" | "previously") => (-1, false),
        Lex::Word("before") if ends_phrase(scan, end + 1) => (-1, false),
        Lex::Word("later") => (1, false),
        Lex::Word("hence") => (1, true),
        Lex::Word("from") if scan.is(end + 1, "now") => (1, true),
        _ => return None,
    };
    let end = if scan.is(end, "from") { end + 2 } else { end + 1 };
    let Some(amount) = amount else {
        let reference = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return Some((end, Expr::Reference(reference)));
    };
    if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        return Some((end, Expr::Length(parts)));
    }
    let n = (amount.round() as i32).saturating_mul(sign);
    Some((end, if now { Expr::FromNow(n, unit) } else { Expr::FromTold(n, unit) }))
}

/// Joins an expression with the one that a range's end names: "3-5 May", "January-March 2011", "between 3 and 5 May",
/// "from Monday to Friday". Years stay apart, as corpora have them.
pub(super) fn ranged(scan: &Scan, found: Found) -> Found {
    let link = match scan.lex(found.end) {
        Lex::Word("to" | "through" | "until" | "till") if scan.after_word(found.start, &["from"]) => found.end + 1,
        Lex::Word("through") => found.end + 1,
        Lex::Word("and") if scan.after_word(found.start, &["between"]) => found.end + 1,
        Lex::Dash => found.end + 1,
        _ => return found,
    };
    let second = match &found.expr {
        Expr::Day { year, month, .. } => calendar::day(scan, link).or_else(|| {
            // "May 3-5"
            let Lex::Digits(day @ 1..=31, 1..=2) = scan.lex(link) else { return None };
            let after =
                calendar::day(scan, link + 1).is_none() && !matches!(scan.lex(link + 1), Lex::Unit(..) | Lex::Half(_));
            let (end, year) = match scan.lex(link + 1) {
                Lex::Comma => scan.year_ref(link + 2).unwrap_or((link + 1, *year)),
                _ => scan.year_ref(link + 1).unwrap_or((link + 1, *year)),
            };
            after.then_some((end, Expr::Day { year, month: *month, day: day as i8, weekday: None }))
        }),
        Expr::Month { .. } => calendar::month(scan, link),
        Expr::Weekday(..) => weekday(scan, link),
        _ => None,
    };
    let Some((end, second)) = second else { return found };
    // A year behind the second is also the first's.
    let first = match (found.expr.clone(), &second) {
        (Expr::Day { year: YearRef::Unsaid, month, day, weekday }, Expr::Day { year, .. }) => {
            Expr::Day { year: *year, month, day, weekday }
        }
        (Expr::Month { year: YearRef::Unsaid, month, lean }, Expr::Month { year, .. }) => {
            Expr::Month { year: *year, month, lean }
        }
        (first, _) => first,
    };
    Found { end, expr: Expr::Range(Box::new(first), Box::new(second)), by: "rule/range", ..found }
}

/// "between 3 and 5 May", "3 to 5 May", "3-5 May": a bare day before a whole date.
pub(super) fn day_range(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let Lex::Digits(day @ 1..=31, 1..=2) = scan.lex(at) else { return None };
    let link = match scan.lex(at + 1) {
        Lex::Word("and") if scan.after_word(at, &["between"]) => at + 2,
        Lex::Word("to") => at + 2,
        Lex::Dash => at + 2,
        _ => return None,
    };
    let (end, second) = calendar::day(scan, link)?;
    let Expr::Day { year, month, day: last, .. } = second else { return None };
    let first = Expr::Day { year, month, day: day as i8, weekday: None };
    (i64::from(day) < i64::from(last)).then_some((end, Expr::Range(Box::new(first), Box::new(second))))
}
