//! Days as people and pages write them: words → calendar days, the order of day and month left open where it is open.

use super::months::{MONTHS, month_of};
use jiff::civil::Date;
use regex::{Captures, Regex};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What a written date can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Day(Date),
    /// `01/08/2022`: the eighth of January or the first of August.
    Open {
        month_first: Date,
        day_first: Date,
    },
    /// `Jan 5`.
    NoYear {
        month: i8,
        day: i8,
    },
}

/// A date in a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Bytes.
    pub range: Range<usize>,
    pub reading: Reading,
    /// `08/01/2022` or `13/01/2022`: figures parted by slashes or dashes, day and month before the year.
    pub month_leads: Option<bool>,
}

/// The date forms. Where their words must begin and end is looked at in [`whole_words`]: edges of words in any script
/// would keep the expression from its fast engine.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let mut names: Vec<&str> = MONTHS.iter().flat_map(|m| m.iter().copied()).collect();
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    let month = names.join("|");
    let year = r"(?:19|20)\d\d";
    // The longest forms stand first: the expression takes the first that fits at a place.
    let forms = [
        // 2022-01-09, 2022/1/9, 2022.01.09
        format!(r"(?P<iy>{year})(?P<s1>[-/.])(?P<im>\d{{1,2}})(?P<s2>[-/.])(?P<id>\d{{1,2}})"),
        // 2022年1月9日, 2022년 1월 9일
        format!(r"(?P<cy>{year})\s?[年년]\s?(?P<cm>\d{{1,2}})\s?[月월]\s?(?P<cd>\d{{1,2}})\s?[日일]"),
        // Sat Jan 08 06:00:00 +0000 2022
        format!(r"(?P<tm>{month})\s+(?P<td>\d{{1,2}})\s+\d\d:\d\d:\d\d\s+(?:[-+\w]{{1,6}}\s+)?(?P<ty>{year})"),
        // 2022. január 9., 2022-Jan-09
        format!(r"(?P<hy>{year})[.,]?[-\s]+(?P<hm>{month})\.?[-\s]+(?P<hd>\d{{1,2}})"),
        // 9 January 2022, 9th of January, 2022, 9. Januar 2022, 9 de enero de 2022, 09-Jan-2022
        format!(
            r"(?P<dd>\d{{1,2}})(?:st|nd|rd|th|er|re|º|°|ª|\.|-го|a)?[-\s/]*(?:(?:of|de|di|du|d|den|tháng)\s+|d['’])?(?P<dm>{month})\.?(?:,?[-\s/]*(?:(?:de|del|anno|of)\s+)?(?P<dy>{year}))?"
        ),
        // January 9, 2022, Jan. 9th 2022, January 9
        format!(
            r"(?P<md>{month})\.?[-\s]+(?P<mdd>\d{{1,2}})(?:st|nd|rd|th)?(?:(?:\s*,\s*|\.?[-\s]+)(?:of\s+)?(?P<mdy>{year}))?"
        ),
        // 01/08/2022, 8.1.2022, 08-01-22
        r"(?P<na>\d{1,2})(?P<n1>[-/.])\s?(?P<nb>\d{1,2})(?P<n2>[-/.])\s?(?P<ny>\d{4}|\d\d)".to_owned(),
    ];
    super::expression(&format!("(?i:{})", forms.join("|")))
});

/// The dates in a string, in order.
pub(super) fn dates_in(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    if !may_hold_a_date(text.as_bytes()) {
        return found;
    }
    while from < text.len()
        && let Some(caps) = DATE.captures_at(text, from)
        && let Some(whole) = caps.get(0)
    {
        let alone = whole_words(text, &caps) && stands_alone(text, whole.range());
        match reading(&caps).filter(|_| alone) {
            Some((reading, month_leads)) => {
                found.push(Found { range: whole.range(), reading, month_leads });
                from = whole.end();
            }
            // A figure that is no date may hide one that begins inside it: go on behind its first character.
            None => from = whole.start() + whole.as_str().chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// Whether a date may stand in a text, told by a look at its figures: every form has two that a mark parts, or one beside
/// the name of a month. Only text in plain letters is looked at so closely.
fn may_hold_a_date(text: &[u8]) -> bool {
    static NAMES: LazyLock<HashSet<&[u8]>> =
        LazyLock::new(|| MONTHS.iter().flat_map(|m| m.iter().map(|n| n.as_bytes())).collect());
    let month = |word: &[u8]| word.len() < 16 && NAMES.contains(&*word.to_ascii_lowercase());
    let is_letter = |b: &&u8| b.is_ascii_alphabetic();
    let plain = text.is_ascii();
    let mut at = 0;
    while let Some(n) = text[at..].iter().position(u8::is_ascii_digit) {
        if !plain {
            return true;
        }
        let start = at + n;
        at = start + text[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        let behind = &text[at..];
        let parted = match behind {
            [b'-' | b'/' | b'.', gap, next, ..] if gap.is_ascii_whitespace() => next.is_ascii_digit(),
            [b'-' | b'/' | b'.', next, ..] => next.is_ascii_digit(),
            _ => false,
        };
        // "5 May", "13th of January", "January 13".
        let until = behind.iter().position(u8::is_ascii_digit).unwrap_or(behind.len());
        let words = behind[..until].split(|b| !b.is_ascii_alphabetic()).filter(|w| !w.is_empty());
        // Only endings and small words stand between.
        let first = words.take(3).find(|w| w.len() > 3 || month(w));
        let before = &text[..start];
        let marks = before.iter().rev().take_while(|b| b.is_ascii_whitespace() || matches!(b, b'-' | b'.'));
        let before = &before[..before.len() - marks.count()];
        let last = &before[before.len() - before.iter().rev().take_while(is_letter).count()..];
        if parted || first.is_some_and(month) || month(last) {
            return true;
        }
    }
    false
}

/// The day that a machine's stamp gives: any form of [`dates_in`], `20220108`, or seconds or milliseconds since 1970.
pub(super) fn stamp(words: &str) -> Option<Reading> {
    let words = words.trim();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    if digits == words.len() && matches!(digits, 10 | 13) {
        let mut seconds: i64 = words.parse().ok()?;
        if digits == 13 {
            seconds /= 1000;
        }
        let at = jiff::Timestamp::from_second(seconds).ok()?;
        return Some(Reading::Day(at.to_zoned(jiff::tz::TimeZone::UTC).date()));
    }
    if digits == 14 || digits == 8 && !words[8..].starts_with(['-', '/', '.']) {
        let day = day(words[..4].parse().ok()?, words[4..6].parse().ok()?, words[6..8].parse().ok()?)?;
        return Some(Reading::Day(day));
    }
    dates_in(words).first().map(|f| f.reading)
}

fn reading(caps: &Captures) -> Option<(Reading, Option<bool>)> {
    let number = |name: &str| caps.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let month = |name: &str| caps.name(name).and_then(|m| month_of(m.as_str()));
    let same = |a: &str, b: &str| caps.name(a).map(|m| m.as_str()) == caps.name(b).map(|m| m.as_str());
    let named = |y: Option<i16>, m: i8, d: i16| {
        let d = i8::try_from(d).ok()?;
        match y {
            Some(y) => day(y, m, d).map(|day| (Reading::Day(day), None)),
            None => day(2000, m, d).map(|_| (Reading::NoYear { month: m, day: d }, None)),
        }
    };
    if let Some(y) = number("iy") {
        if !same("s1", "s2") {
            return None;
        }
        return day(y, number("im")? as i8, number("id")? as i8).map(|d| (Reading::Day(d), None));
    }
    if let Some(y) = number("cy") {
        return day(y, number("cm")? as i8, number("cd")? as i8).map(|d| (Reading::Day(d), None));
    }
    if let Some(y) = number("ty") {
        return named(Some(y), month("tm")?, number("td")?);
    }
    if let Some(y) = number("hy") {
        return named(Some(y), month("hm")?, number("hd")?);
    }
    if let Some(d) = number("dd") {
        return named(number("dy"), month("dm")?, d);
    }
    if let Some(d) = number("mdd") {
        return named(number("mdy"), month("md")?, d);
    }
    if !same("n1", "n2") {
        return None;
    }
    let (a, b) = (number("na")? as i8, number("nb")? as i8);
    let year = match number("ny")? {
        y if y >= 1900 => y,
        y @ 0..=69 => 2000 + y,
        y @ 70..=99 => 1900 + y,
        _ => return None,
    };
    let dots = caps.name("n1").is_some_and(|m| m.as_str() == ".");
    // Dots part day, month and year in that order wherever they are used.
    match (day(year, a, b).filter(|_| !dots), day(year, b, a)) {
        (Some(m), Some(d)) if m == d => Some((Reading::Day(m), None)),
        (Some(month_first), Some(day_first)) => Some((Reading::Open { month_first, day_first }, None)),
        (Some(m), None) => Some((Reading::Day(m), Some(true))),
        (None, Some(d)) => Some((Reading::Day(d), (!dots).then_some(false))),
        (None, None) => None,
    }
}

/// Whether the names of months and the days behind them are whole words: "12 marathons" and "May 5a" are no dates.
fn whole_words(text: &str, caps: &Captures) -> bool {
    static WORD: LazyLock<Regex> = LazyLock::new(|| super::expression(r"^\w"));
    let word = |at: Option<char>| at.is_some_and(|c| WORD.is_match(c.encode_utf8(&mut [0; 4])));
    let edge = |at: usize| word(text[..at].chars().next_back()) != word(text[at..].chars().next());
    let begins = ["tm", "md"].iter().filter_map(|name| caps.name(name)).all(|m| edge(m.start()));
    let ends = caps.name("dm").is_none_or(|m| edge(m.end()));
    let day_ends =
        caps.name("mdd").is_none() || caps.name("mdy").is_some() || caps.get(0).is_none_or(|m| edge(m.end()));
    begins && ends && day_ends
}

/// Whether a match is no part of a longer number, word, address or version.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let mut before = text[..range.start].chars().rev();
    let mut after = text[range.end..].chars();
    let (b, a, a2) = (before.next(), after.next(), after.next());
    let b_ok = !b.is_some_and(|c| c.is_ascii_digit() || c == '.' && before.next().is_some_and(|c| c.is_ascii_digit()));
    let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let goes_on = digits(a) || a.is_some_and(|c| matches!(c, '.' | '/' | '-')) && digits(a2);
    let starts_with_digit = text[range.clone()].starts_with(|c: char| c.is_ascii_digit());
    let glued = starts_with_digit && b.is_some_and(|c| matches!(c, '/' | '-' | '$' | '€' | '£'));
    b_ok && !goes_on && !glued
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1900..=2099).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn only(text: &str) -> Reading {
        let found = dates_in(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found[0].reading
    }

    #[test]
    fn every_common_form_is_the_same_day() {
        let want = Reading::Day(date(2022, 1, 13));
        for text in [
            "2022-01-13",
            "2022-01-13T06:00:00Z",
            "2022/01/13",
            "13/01/2022",
            "01/13/2022",
            "13.01.2022",
            "13. 1. 2022",
            "13.01.22",
            "13-01-2022",
            "13 January 2022",
            "13th of January, 2022",
            "January 13, 2022",
            "Jan. 13th, 2022",
            "JANUARY 13 2022",
            "Thu, 13 Jan 2022 06:00:00 GMT",
            "Thu Jan 13 06:00:00 +0000 2022",
            "13. Januar 2022",
            "13 de enero de 2022",
            "13 janvier 2022",
            "13 января 2022",
            "2022. január 13.",
            "13-Jan-2022",
            "2022年1月13日",
        ] {
            assert_eq!(only(text), want, "{text}");
        }
    }

    #[test]
    fn figures_that_are_no_dates_are_seen_at_a_glance() {
        for text in ["12 comments", "at 10:30", "2021", "4 hours ago", "page 3 of 12", "5", "no figures", "v1. x"] {
            assert!(!may_hold_a_date(text.as_bytes()), "{text}");
        }
        for text in
            ["1er mars", "9 de enero", "JAN 5", "Jan.\n 5", "1/2", "1. 2.", "5 März", "13th of january", "2022-Jan-09"]
        {
            assert!(may_hold_a_date(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn slashed_figures_up_to_twelve_stay_open() {
        let open = Reading::Open { month_first: date(2022, 1, 8), day_first: date(2022, 8, 1) };
        assert_eq!(only("posted on 01/08/2022 06:00"), open);
        assert_eq!(only("05/05/2022"), Reading::Day(date(2022, 5, 5)));
        assert_eq!(only("01.08.2022"), Reading::Day(date(2022, 8, 1)));
    }

    #[test]
    fn a_day_without_a_year_says_so() {
        assert_eq!(only("KABUL, Jan 5 (Agency) -"), Reading::NoYear { month: 1, day: 5 });
        assert_eq!(only("5 января"), Reading::NoYear { month: 1, day: 5 });
    }

    #[test]
    fn other_figures_are_no_dates() {
        for text in
            ["31/02/2022", "10.0.0.1", "version 1.2.3.4", "2022-13-45", "555-12-1234567", "1/2", "market 5", "2022"]
        {
            assert_eq!(dates_in(text), [], "{text}");
        }
    }

    #[test]
    fn stamps_of_machines_are_read() {
        let want = Some(Reading::Day(date(2022, 1, 8)));
        for words in ["20220108", "20220108T060000", "20220108060000", "1641621600", "1641621600000", " 2022-01-08 "] {
            assert_eq!(stamp(words), want, "{words}");
        }
        assert_eq!(stamp("soon"), None);
        assert_eq!(stamp(""), None);
    }
}
