//! Times of day: clock times, and parts of a day.

use super::calendar;
use super::grammar::{Expr, Lean, Scan};
use super::lexicon::{Lex, Part, Unit};
use super::relative;

/// "8 p.m. Tuesday", "10:35 a.m. EST", "14:48 UTC", "noon Saturday", "6 o'clock"
pub(super) fn clock(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    let (mut end, mut hour, minute) = hour(scan, at)?;
    let mut said = false;
    if let Lex::Half(afternoon) = scan.lex(end) {
        if hour > 12 {
            return None;
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
        end += 1;
        said = true;
    } else if scan.raw(end).eq_ignore_ascii_case("o'clock") || scan.raw(end).eq_ignore_ascii_case("o’clock") {
        end += 1;
        said = true;
        if let (Lex::Word("in"), Lex::Word("the"), Lex::Part(part)) =
            (scan.lex(end), scan.lex(end + 1), scan.lex(end + 2))
        {
            hour = if part != Part::Morning && hour < 12 { hour + 12 } else { hour };
            end += 3;
        }
    } else if let (Lex::Word("in"), Lex::Word("the"), Lex::Part(part)) =
        (scan.lex(end), scan.lex(end + 1), scan.lex(end + 2))
        && hour <= 12
    {
        hour = if part != Part::Morning && hour < 12 { hour + 12 } else { hour };
        end += 3;
        said = true;
    }
    let mut utc = false;
    let opens = usize::from(scan.raw(end) == "(");
    if let Lex::Zone(z) = scan.lex(end + opens) {
        utc = z;
        end += opens + 1;
        end += usize::from(opens == 1 && scan.raw(end) == ")");
        said = true;
    } else if scan.is(end + 1, "time")
        && scan.raw(end).chars().next().is_some_and(|c| c.is_uppercase() || scan.raw(end) == "local")
    {
        end += 2;
        said = true;
    }
    // A bare number is no time; a bare 6:30 is, unless it is a score or a verse.
    let dotted = matches!(scan.lex(at), Lex::Clock(..));
    let led = scan
        .after_word(at, &["at", "by", "around", "about", "until", "from", "before", "after", "since", "to", "till"]);
    let named = matches!(scan.lex(at), Lex::Word(_));
    if !(said || named || (dotted && (led || hour >= 13 || behind_day(scan, at)))) {
        return None;
    }
    let mut day_at = if scan.lex(end) == Lex::Comma { end + 1 } else { scan.skip(end, &["on", "of", "this"]) };
    if scan.is(end, "this") {
        day_at = end;
    }
    Some(match day(scan, day_at) {
        Some((day_end, day)) => (day_end, Expr::Clock { day: Some(Box::new(day)), hour, minute, utc }),
        None => (end, Expr::Clock { day: None, hour, minute, utc }),
    })
}

fn behind_day(scan: &Scan, at: usize) -> bool {
    matches!(scan.before(at), Lex::Weekday(..) | Lex::Digits(_, 4) | Lex::Slashed(..))
}

/// An hour, its minute, and the position behind it.
fn hour(scan: &Scan, at: usize) -> Option<(usize, i8, i8)> {
    match scan.lex(at) {
        Lex::Clock(hour, minute) => Some((at + 1, hour, minute)),
        Lex::Digits(n @ 1..=12, 1..=2) => Some((at + 1, n as i8, 0)),
        // "0600 GMT", "1430 local time"
        Lex::Digits(n @ 0..=2400, 4) if matches!(scan.lex(at + 1), Lex::Zone(_)) && n % 100 < 60 => {
            Some((at + 1, (n / 100) as i8, (n % 100) as i8))
        }
        Lex::Fraction(n) if n > 1.0 && n < 13.0 && matches!(scan.lex(at + 1), Lex::Half(_)) => {
            // "6.30pm"
            let minute = scan.raw(at).split('.').nth(1)?.parse().ok()?;
            Some((at + 1, n as i8, minute))
        }
        Lex::Number(n @ 1..=12) => Some((at + 1, n as i8, 0)),
        Lex::Word("noon" | "midday") => Some((at + 1, 12, 0)),
        Lex::Word("midnight") => Some((at + 1, 24, 0)),
        _ => None,
    }
}

/// "Friday night", "early this morning", "the night of 3 May", "in the early hours of Sunday"
pub(super) fn part(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    if let Some(hours) = small_hours(scan, at) {
        return Some(match day(scan, scan.skip(hours, &["of", "on"])) {
            Some((end, day)) => (end, Expr::Part(Some(Box::new(day)), Part::Morning)),
            None => (hours, Expr::Part(None, Part::Morning)),
        });
    }
    let from = calendar::behind_modifier(scan, at).unwrap_or(at);
    // "Friday night", "May 3 evening", "yesterday afternoon"
    if let Some((end, day)) = day(scan, from) {
        let inner = scan.skip(end, &["early", "late", "mid"]);
        let inner = scan.hyphen(inner).unwrap_or(inner);
        if let Lex::Part(part) = scan.lex(inner) {
            return Some((inner + 1, Expr::Part(Some(Box::new(day)), part)));
        }
        return None;
    }
    let (behind, lean) = calendar::lean(scan, from);
    if let Lex::Part(part) = scan.lex(behind) {
        match lean {
            Lean::This => return Some((behind + 1, Expr::Part(Some(Box::new(Expr::FromNow(0, Unit::Day))), part))),
            Lean::Last if part == Part::Night || part == Part::Evening => {
                return Some((behind + 1, Expr::Part(Some(Box::new(Expr::FromNow(-1, Unit::Day))), part)));
            }
            Lean::Next => {
                return Some((behind + 1, Expr::Part(Some(Box::new(Expr::FromTold(1, Unit::Day))), part)));
            }
            _ => {}
        }
    }
    let article = scan.skip(from, &["the"]);
    let part_at = calendar::behind_modifier(scan, article).unwrap_or(article);
    let Lex::Part(part) = scan.lex(part_at) else { return None };
    let link = scan.skip(part_at + 1, &["of", "on"]);
    if let Some((end, day)) = day(scan, link) {
        return Some((end, Expr::Part(Some(Box::new(day)), part)));
    }
    // "in the morning", "mid-afternoon": of the day that the report is at.
    let told = part != Part::Night
        && (from > at
            || part_at > article
            || (article > from && scan.after_word(at, &["in", "during", "by", "throughout"])));
    told.then_some((part_at + 1, Expr::Part(None, part)))
}

/// A day in any of the ways that news names one.
fn day(scan: &Scan, at: usize) -> Option<(usize, Expr)> {
    calendar::day(scan, at).or_else(|| relative::weekday(scan, at)).or_else(|| relative::one_day(scan, at))
}

/// Behind "the early hours", "the small hours".
fn small_hours(scan: &Scan, at: usize) -> Option<usize> {
    let from = scan.skip(at, &["the"]);
    let early = scan.is(from, "early") || scan.raw(from) == "small";
    (early && scan.lex(from + 1) == Lex::Unit(Unit::Hour, true)).then_some(from + 2)
}
