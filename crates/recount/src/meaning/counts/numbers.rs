//! The grammar of figures: numerals and number words with the words that bound them. Needs words only.

use crate::span::Tokens;

/// A figure as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// The numeral or number words, without the words that bound them.
    pub tokens: Tokens,
    /// The same with the words that bound them: "at least 26".
    pub with_bounds: Tokens,
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
}

/// How the words before a figure, or behind it, bound it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    Exact,
    AtLeast,
    MoreThan,
    UpTo,
    LessThan,
    About,
    Nearly,
}

/// Bounding phrases, the longer ones first.
const BEFORE: [(&[&str], Bound); 40] = [
    (&["no", "fewer", "than"], Bound::AtLeast),
    (&["no", "less", "than"], Bound::AtLeast),
    (&["not", "less", "than"], Bound::AtLeast),
    (&["not", "fewer", "than"], Bound::AtLeast),
    (&["a", "minimum", "of"], Bound::AtLeast),
    (&["no", "more", "than"], Bound::UpTo),
    (&["not", "more", "than"], Bound::UpTo),
    (&["a", "maximum", "of"], Bound::UpTo),
    (&["as", "many", "as"], Bound::UpTo),
    (&["as", "much", "as"], Bound::UpTo),
    (&["as", "few", "as"], Bound::AtLeast),
    (&["an", "estimated"], Bound::About),
    (&["in", "excess", "of"], Bound::MoreThan),
    (&["a", "total", "of"], Bound::Exact),
    (&["upwards", "of"], Bound::MoreThan),
    (&["upward", "of"], Bound::MoreThan),
    (&["more", "than"], Bound::MoreThan),
    (&["greater", "than"], Bound::MoreThan),
    (&["at", "least"], Bound::AtLeast),
    (&["at", "most"], Bound::UpTo),
    (&["up", "to"], Bound::UpTo),
    (&["less", "than"], Bound::LessThan),
    (&["fewer", "than"], Bound::LessThan),
    (&["close", "to"], Bound::About),
    (&["well", "over"], Bound::MoreThan),
    (&["just", "over"], Bound::MoreThan),
    (&["just", "under"], Bound::LessThan),
    (&["over"], Bound::MoreThan),
    (&["exceeding"], Bound::MoreThan),
    (&["above"], Bound::MoreThan),
    (&["under"], Bound::LessThan),
    (&["nearly"], Bound::Nearly),
    (&["almost"], Bound::Nearly),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["approximately"], Bound::About),
    (&["roughly"], Bound::About),
    (&["some"], Bound::About),
    (&["estimated"], Bound::About),
    (&["minimum"], Bound::AtLeast),
];

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn scale(word: &str) -> Option<u64> {
    Some(match word {
        "dozen" => 12,
        "score" => 20,
        "hundred" => 100,
        "thousand" | "k" => 1_000,
        "lakh" => 100_000,
        "million" | "mn" | "m" => 1_000_000,
        "crore" => 10_000_000,
        "billion" | "bn" => 1_000_000_000,
        _ => return None,
    })
}

/// Words that stand for a range and no number.
fn vague(word: &str) -> Option<(u64, Option<u64>)> {
    Some(match word {
        "several" => (3, None),
        "dozens" => (24, Some(99)),
        "scores" => (40, Some(99)),
        "tens" => (20, Some(99)),
        "hundreds" => (200, Some(999)),
        "thousands" => (2_000, Some(9_999)),
        "lakhs" => (200_000, Some(999_999)),
        "millions" => (2_000_000, Some(9_999_999)),
        _ => return None,
    })
}

/// The figures in a sentence's words (lower case), `from` its first token.
pub(crate) fn figures(words: &[String], sentence: Tokens) -> Vec<Figure> {
    let range = sentence.range();
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end.min(words.len()) {
        match figure(words, at, range.start, range.end.min(words.len())) {
            Some(figure) => {
                at = figure.with_bounds.end as usize;
                found.push(figure);
            }
            None => at += 1,
        }
    }
    found
}

fn figure(words: &[String], at: usize, start: usize, end: usize) -> Option<Figure> {
    if is_between(words, at) {
        return between(words, at, end);
    }
    let (bare, value) =
        vague_figure(words, at, end).or_else(|| number(words, at, end).map(|(n, e)| (e, Value::Number(n))))?;
    let tokens = Tokens::new(at, bare);
    let (bound, first) = bound_before(words, at, start);
    match value {
        Value::Range(low, high) => {
            let (low, high) = match bound {
                Bound::UpTo | Bound::LessThan => (None, high),
                Bound::AtLeast | Bound::MoreThan => (Some(low), None),
                _ => (Some(low), high),
            };
            Some(Figure { tokens, with_bounds: Tokens::new(first, bare), low, best: None, high })
        }
        Value::Number(n) => {
            if let Some((upper, e)) = range_end(words, bare, end).filter(|(m, _)| *m > n) {
                let tokens = Tokens::new(at, e);
                return Some(Figure {
                    tokens,
                    with_bounds: Tokens::new(first, e),
                    low: Some(n),
                    best: None,
                    high: Some(upper),
                });
            }
            let (bound, last) = bound_behind(words, bare, end).unwrap_or((bound, bare));
            let (low, best, high) = bounded(n, bound);
            Some(Figure { tokens, with_bounds: Tokens::new(first, last), low, best, high })
        }
    }
}

enum Value {
    Number(u64),
    Range(u64, Option<u64>),
}

fn bounded(n: u64, bound: Bound) -> (Option<u64>, Option<u64>, Option<u64>) {
    match bound {
        Bound::Exact => (Some(n), Some(n), Some(n)),
        Bound::AtLeast => (Some(n), Some(n), None),
        Bound::MoreThan => (Some(n.saturating_add(1)), None, None),
        Bound::UpTo => (None, None, Some(n)),
        Bound::LessThan => (None, None, Some(n.saturating_sub(1))),
        Bound::About => (None, Some(n), None),
        Bound::Nearly => (None, Some(n), Some(n)),
    }
}

/// The bound that the words before give, and the first of them.
fn bound_before(words: &[String], at: usize, start: usize) -> (Bound, usize) {
    for (phrase, bound) in BEFORE {
        let from = match at.checked_sub(phrase.len()) {
            Some(from) if from >= start => from,
            _ => continue,
        };
        if phrase.iter().zip(&words[from..at]).all(|(p, w)| p == w) {
            return (bound, from);
        }
    }
    // "at least another 18", "more than the 40": one small word may stand between.
    if at > start + 1 && matches!(words[at - 1].as_str(), "another" | "a" | "the" | "an") {
        let (bound, from) = bound_before(words, at - 1, start);
        if bound != Bound::Exact && from < at - 1 {
            return (bound, from);
        }
    }
    (Bound::Exact, at)
}

/// "20 or more", "20+", "20 at most".
fn bound_behind(words: &[String], at: usize, end: usize) -> Option<(Bound, usize)> {
    let is = |k: usize, w: &str| at + k < end && words[at + k] == w;
    if is(0, "or") && is(1, "more") || is(0, "and") && is(1, "more") {
        Some((Bound::AtLeast, at + 2))
    } else if is(0, "+") || is(0, "plus") {
        Some((Bound::AtLeast, at + 1))
    } else if is(0, "or") && is(1, "so") {
        Some((Bound::About, at + 2))
    } else {
        None
    }
}

/// "20 to 30", "20-30", "20 or 30".
fn range_end(words: &[String], at: usize, end: usize) -> Option<(u64, usize)> {
    if at + 1 < end && matches!(words[at].as_str(), "to" | "-" | "–" | "or") {
        return number(words, at + 1, end);
    }
    None
}

fn is_between(words: &[String], at: usize) -> bool {
    words[at] == "between" || words[at] == "from"
}

/// "between 20 and 30".
fn between(words: &[String], at: usize, end: usize) -> Option<Figure> {
    let (low, mid) = number(words, at + 1, end)?;
    let joins = if words[at] == "between" { "and" } else { "to" };
    if words.get(mid).filter(|_| mid < end)? != joins {
        return None;
    }
    let (high, last) = number(words, mid + 1, end).filter(|(high, _)| *high > low)?;
    let tokens = Tokens::new(at + 1, last);
    Some(Figure { tokens, with_bounds: Tokens::new(at, last), low: Some(low), best: None, high: Some(high) })
}

/// "dozens", "tens of thousands", "several hundred", "a few".
fn vague_figure(words: &[String], at: usize, end: usize) -> Option<(usize, Value)> {
    let next = |k: usize| words.get(at + k).filter(|_| at + k < end).map(String::as_str);
    if words[at] == "a" && next(1) == Some("few") {
        return match next(2).and_then(|w| scale(w.strip_suffix('s').unwrap_or(w))) {
            Some(s) => Some((at + 3, Value::Range(3 * s, None))),
            None => Some((at + 2, Value::Range(3, None))),
        };
    }
    let (low, high) = vague(&words[at])?;
    if let (Some("of"), Some((inner, top))) = (next(1), next(2).and_then(vague)) {
        // "tens of thousands": twenty thousand and up; "hundreds of thousands": two hundred thousand and up.
        let unit = inner / 2;
        return Some((
            at + 3,
            Value::Range(low.saturating_mul(unit), high.and(top).map(|_| low.saturating_mul(unit) * 5 - 1)),
        ));
    }
    if words[at] == "several"
        && let Some(s) = next(1).and_then(|w| scale(w.strip_suffix('s').unwrap_or(w)))
    {
        let high = if s == 12 { 99 } else { s * 10 - 1 };
        return Some((at + 2, Value::Range(3 * s, Some(high))));
    }
    Some((at + 1, Value::Range(low, high)))
}

/// A number at a place, and the place behind it.
pub(crate) fn number(words: &[String], at: usize, end: usize) -> Option<(u64, usize)> {
    if at >= end {
        return None;
    }
    let word = words[at].as_str();
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let (whole, thousandths) = numeral(word)?;
        let mut next = at + 1;
        let mut value = whole;
        let mut part = thousandths;
        while let Some(s) = words.get(next).filter(|_| next < end).and_then(|w| scale(w)) {
            value = value.checked_mul(s)?.checked_add(part * s / 1000)?;
            part = 0;
            next += 1;
        }
        return (part == 0).then_some((value, next));
    }
    // "a hundred", "a dozen", "half a dozen", "a couple"
    let second = words.get(at + 1).filter(|_| at + 1 < end).map(String::as_str);
    if word == "half" && second == Some("a") && words.get(at + 2).is_some_and(|w| w == "dozen") && at + 2 < end {
        return Some((6, at + 3));
    }
    if word == "half" && second == Some("dozen") {
        return Some((6, at + 2));
    }
    if word == "a" && second == Some("couple") {
        return Some((2, at + 2));
    }
    if word == "a" || word == "an" {
        let s = second.and_then(scale).filter(|&s| s >= 12)?;
        return tail(words, s, at + 2, end);
    }
    number_words(words, at, end)
}

/// "twenty-six", "two hundred and fifty", "two dozen", "one thousand two hundred".
fn number_words(words: &[String], at: usize, end: usize) -> Option<(u64, usize)> {
    let (small, next) = below_hundred(words, at, end).or_else(|| {
        let s = scale(&words[at]).filter(|&s| matches!(s, 12 | 100 | 1000 | 1_000_000))?;
        Some((s, at + 1))
    })?;
    tail(words, small, next, end)
}

/// Scales and further parts behind a first number word.
fn tail(words: &[String], first: u64, at: usize, end: usize) -> Option<(u64, usize)> {
    let (mut total, mut part, mut next) = (0u64, first, at);
    while next < end {
        let word = words[next].as_str();
        if let Some(s) = scale(word).filter(|_| word.len() > 2) {
            part = part.checked_mul(s)?;
            if s >= 1000 {
                total = total.checked_add(part)?;
                part = 0;
            }
            next += 1;
            continue;
        }
        let joined = next + usize::from(word == "and" && (total > 0 || part >= 100));
        match below_hundred(words, joined, end) {
            Some((more, behind)) if part == 0 || part >= 100 && part % 100 == 0 => {
                part += more;
                next = behind;
            }
            _ => break,
        }
    }
    Some((total.checked_add(part)?, next))
}

fn below_hundred(words: &[String], at: usize, end: usize) -> Option<(u64, usize)> {
    let word = words.get(at).filter(|_| at < end)?.as_str();
    if let Some(n) = UNITS.iter().position(|u| *u == word) {
        return Some((n as u64, at + 1));
    }
    let tens = (TENS.iter().position(|t| *t == word)? as u64 + 2) * 10;
    let hyphen = words.get(at + 1).is_some_and(|w| w == "-") && at + 1 < end;
    let unit_at = at + 1 + usize::from(hyphen);
    let unit = words.get(unit_at).filter(|_| unit_at < end).and_then(|w| UNITS.iter().position(|u| u == w));
    match unit.filter(|u| (1..10).contains(u)) {
        Some(u) => Some((tens + u as u64, unit_at + 1)),
        None => Some((tens, at + 1)),
    }
}

/// A numeral's whole part and its thousandths; `None` for what is no plain number (times, dates, "10th").
fn numeral(word: &str) -> Option<(u64, u64)> {
    let mut whole = String::new();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            whole.push(c);
            rest = &rest[1..];
        } else if let Some(group) = rest.strip_prefix(',') {
            // Three digits a group, or the two of Indian usage.
            let digits = group.chars().take_while(char::is_ascii_digit).count();
            if !(2..=3).contains(&digits) {
                return None;
            }
            rest = group;
        } else {
            break;
        }
    }
    if whole.len() > 15 {
        return None;
    }
    let n: u64 = whole.parse().ok()?;
    match rest.strip_prefix('.') {
        None if rest.is_empty() => Some((n, 0)),
        Some(decimals) if !decimals.is_empty() && decimals.chars().all(|c| c.is_ascii_digit()) => {
            if decimals.len() == 3 && n < 1000 && whole.len() <= 3 && decimals.ends_with("00") {
                return Some((n * 1000 + decimals.parse::<u64>().ok()?, 0));
            }
            let padded: String = decimals.chars().chain("000".chars()).take(3).collect();
            Some((n, padded.parse().ok()?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(Option<u64>, Option<u64>, Option<u64>)> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        figures(&words, Tokens::new(0, words.len())).iter().map(|f| (f.low, f.best, f.high)).collect()
    }

    fn exact(n: u64) -> (Option<u64>, Option<u64>, Option<u64>) {
        (Some(n), Some(n), Some(n))
    }

    #[test]
    fn numerals_and_number_words_have_their_value() {
        for (text, n) in [
            ("26", 26),
            ("1,185,900", 1_185_900),
            ("2,50,000", 250_000),
            ("1.5 million", 1_500_000),
            ("twenty - six", 26),
            ("two dozen", 24),
            ("a dozen", 12),
            ("half a dozen", 6),
            ("a hundred", 100),
            ("two hundred and fifty", 250),
            ("three thousand two hundred", 3_200),
            ("a couple", 2),
            ("2 lakh", 200_000),
        ] {
            assert_eq!(read(text), [exact(n)], "{text}");
        }
    }

    #[test]
    fn bounds_are_kept() {
        for (text, low, best, high) in [
            ("at least 70", Some(70), Some(70), None),
            ("no fewer than nine", Some(9), Some(9), None),
            ("more than 20", Some(21), None, None),
            ("over 40", Some(41), None, None),
            ("up to 20", None, None, Some(20)),
            ("as many as 50", None, None, Some(50)),
            ("fewer than 10", None, None, Some(9)),
            ("between 20 and 30", Some(20), None, Some(30)),
            ("20 to 30", Some(20), None, Some(30)),
            ("65 - 75", Some(65), None, Some(75)),
            ("about 20", None, Some(20), None),
            ("nearly 60", None, Some(60), Some(60)),
            ("20 or more", Some(20), Some(20), None),
            ("at least another 18", Some(18), Some(18), None),
        ] {
            assert_eq!(read(text), [(low, best, high)], "{text}");
        }
    }

    #[test]
    fn vague_words_have_bounds_and_no_best() {
        for (text, low, high) in [
            ("several", 3, None),
            ("dozens", 24, Some(99)),
            ("scores", 40, Some(99)),
            ("hundreds", 200, Some(999)),
            ("thousands", 2_000, Some(9_999)),
            ("tens of thousands", 20_000, Some(99_999)),
            ("hundreds of thousands", 200_000, Some(999_999)),
            ("several hundred", 300, Some(999)),
        ] {
            assert_eq!(read(text), [(Some(low), None, high)], "{text}");
        }
    }

    #[test]
    fn what_is_no_count_has_no_value() {
        for text in ["10th", "3:30", "1990s", "3D", "a", "an old", "the"] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_words_give_figures_inside_them(words in prop::collection::vec("[a-z0-9,.:-]{1,6}|at|least|hundred|dozen|a|tens|of|thousands|and|million|between|to|1[0-9]{1,20}", 0..30)) {
            for f in figures(&words, Tokens::new(0, words.len())) {
                prop_assert!(f.with_bounds.start <= f.tokens.start && f.tokens.start < f.tokens.end);
                prop_assert!(f.with_bounds.end as usize <= words.len());
            }
        }
    }
}
