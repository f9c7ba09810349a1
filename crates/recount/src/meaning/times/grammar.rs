//! The grammar's frame: tokens with their lexical meaning, what an expression says, and the rules in their order.

use super::lexicon::{Lex, Part, Season, Unit, lex};
use super::{calendar, clock, lengths, relative};
use crate::span::Span;
use crate::text::Text;

/// One token as the grammar sees it.
pub(super) struct Item<'a> {
    pub raw: &'a str,
    pub lex: Lex,
    pub span: Span,
    /// White space stands before it.
    pub apart: bool,
}

/// Amounts of units, from the largest; an amount of `None` is vague.
pub(super) type Length = Vec<(Option<f32>, Unit)>;

/// What an expression says, before it is put on the calendar.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Day {
        year: YearRef,
        month: i8,
        day: i8,
        weekday: Option<i8>,
    },
    /// Three numbers whose order is open.
    Slashed(u32, u32, u32),
    Month {
        year: YearRef,
        month: i8,
        lean: Lean,
    },
    Year(YearRef),
    Decade(i16),
    Century(i16),
    Quarter {
        year: YearRef,
        n: i8,
    },
    Half {
        year: YearRef,
        n: i8,
    },
    Season {
        year: YearRef,
        season: Season,
        lean: Lean,
    },
    Weekday(i8, Lean),
    /// "Friday of last week"
    WeekdayOf(i8, Lean),
    /// "last week", "this year"
    Unit(Unit, Lean),
    /// "the quarter", "that day": the one that the report is at.
    Told(Unit),
    /// Away from the publication day.
    FromNow(i32, Unit),
    /// Away from the time that the report is at.
    FromTold(i32, Unit),
    /// `PAST_REF` and the like.
    Reference(&'static str),
    Length(Length),
    Set(String),
    Feast(u8, YearRef, Lean),
    Part(Option<Box<Expr>>, Part),
    Clock {
        day: Option<Box<Expr>>,
        hour: i8,
        minute: i8,
        utc: bool,
    },
    Range(Box<Expr>, Box<Expr>),
    /// Names a time that no rule can put on the calendar.
    Fuzzy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearRef {
    Unsaid,
    Is(i16),
    /// Years from the publication year.
    FromNow(i16),
}

/// Which of several an expression asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    /// It does not say: tense and custom decide.
    Unsaid,
    Last,
    This,
    Next,
}

/// An expression found at a place: items from `start` up to `end`.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub expr: Expr,
    pub by: &'static str,
}

/// A rule reads an expression that begins at an item and gives where it ends.
type Rule = fn(&Scan, usize) -> Option<(usize, Expr)>;

/// Tried everywhere; the longest reading wins, among equals the first.
const RULES: [(&str, Rule); 15] = [
    ("rule/clock", clock::clock),
    ("rule/part-of-day", clock::part),
    ("rule/range", relative::day_range),
    ("rule/calendar-day", calendar::day),
    ("rule/calendar-month", calendar::month),
    ("rule/quarter", calendar::quarter),
    ("rule/season", calendar::season),
    ("rule/feast", calendar::feast),
    ("rule/year", calendar::year),
    ("rule/decade", calendar::decade),
    ("rule/weekday", relative::weekday),
    ("rule/deictic", relative::deictic),
    ("rule/shift", relative::shift),
    ("rule/length", lengths::length),
    ("rule/set", lengths::set),
];

/// The items of one sentence.
pub(super) struct Scan<'a> {
    pub items: &'a [Item<'a>],
}

impl<'a> Scan<'a> {
    pub fn lex(&self, at: usize) -> Lex {
        self.items.get(at).map_or(Lex::Other, |i| i.lex)
    }

    pub fn raw(&self, at: usize) -> &'a str {
        self.items.get(at).map_or("", |i| i.raw)
    }

    /// Whether the item is this word of the grammar.
    pub fn is(&self, at: usize, word: &str) -> bool {
        matches!(self.lex(at), Lex::Word(w) if w == word)
    }

    pub fn any(&self, at: usize, words: &[&str]) -> bool {
        matches!(self.lex(at), Lex::Word(w) if words.contains(&w))
    }

    /// The item before.
    pub fn before(&self, at: usize) -> Lex {
        if at == 0 { Lex::Other } else { self.lex(at - 1) }
    }

    /// Whether one of these words stands before.
    pub fn after_word(&self, at: usize, words: &[&str]) -> bool {
        at > 0 && self.any(at - 1, words)
    }

    /// The position behind `word` if it stands here, else here.
    pub fn skip(&self, at: usize, words: &[&str]) -> usize {
        if self.any(at, words) { at + 1 } else { at }
    }

    /// The position behind a hyphen without white space around it.
    pub fn hyphen(&self, at: usize) -> Option<usize> {
        let tight = |n: usize| self.items.get(n).is_some_and(|i| !i.apart);
        (self.lex(at) == Lex::Dash && tight(at) && tight(at + 1)).then_some(at + 1)
    }

    /// A number here, in digits or letters, and the position behind it; "a" counts where `article` is set.
    pub fn number(&self, at: usize, article: bool) -> Option<(usize, f32)> {
        match self.lex(at) {
            Lex::Digits(n, digits) if digits != 9 || n < 100_000 => match self.lex(at + 1) {
                Lex::Fraction(f) if f < 1.0 => Some((at + 2, n as f32 + f)),
                _ => Some((at + 1, n as f32)),
            },
            Lex::Fraction(f) => Some((at + 1, f)),
            Lex::Number(n) => Some(self.spelled(at + 1, n)),
            Lex::Word("a" | "an") if article => match self.lex(at + 1) {
                Lex::Word("hundred") => Some((at + 2, 100.0)),
                Lex::Word("thousand") => Some((at + 2, 1000.0)),
                Lex::Word("dozen") => Some((at + 2, 12.0)),
                Lex::Word("couple") => Some((self.skip(at + 2, &["of"]), 2.0)),
                _ => Some((at + 1, 1.0)),
            },
            Lex::Word("couple") => Some((self.skip(at + 1, &["of"]), 2.0)),
            _ => None,
        }
    }

    /// What follows a number written in letters: "twenty-six", "two hundred", "two and a half".
    fn spelled(&self, mut at: usize, first: u32) -> (usize, f32) {
        let mut n = first;
        if first >= 20 && first.is_multiple_of(10) {
            let next = self.hyphen(at).unwrap_or(at);
            if let Lex::Number(ones @ 1..=9) = self.lex(next) {
                (at, n) = (next + 1, n + ones);
            }
        }
        for (word, times) in [("hundred", 100), ("thousand", 1000)] {
            if self.is(at, word) {
                (at, n) = (at + 1, n.saturating_mul(times));
            }
        }
        (at, n as f32)
    }

    /// A year in four digits, in letters or in words of relation, and the position behind it.
    pub fn year_ref(&self, at: usize) -> Option<(usize, YearRef)> {
        if let Lex::Digits(n @ 1000..=2199, 4) = self.lex(at) {
            return Some((at + 1, YearRef::Is(n as i16)));
        }
        if let Some((end, year)) = self.spelled_year(at) {
            return Some((end, YearRef::Is(year)));
        }
        if matches!(self.raw(at), "'" | "’" | "‘")
            && let Lex::Digits(n, 2) = self.lex(at + 1)
        {
            return Some((at + 2, YearRef::Is(if n < 40 { 2000 } else { 1900 } + n as i16)));
        }
        let from = self.skip(at, &["the"]);
        let shift = match self.lex(from) {
            Lex::Word("last" | "past" | "previous") => -1,
            Lex::Word("this" | "current" | "same") => 0,
            Lex::Word("next" | "coming" | "following") => 1,
            _ => return None,
        };
        let unit = self.skip(from + 1, &["fiscal", "calendar", "financial"]);
        (self.lex(unit) == Lex::Unit(Unit::Year, false)).then_some((unit + 1, YearRef::FromNow(shift)))
    }

    /// "nineteen ninety-six"
    fn spelled_year(&self, at: usize) -> Option<(usize, i16)> {
        let Lex::Number(century @ 15..=20) = self.lex(at) else { return None };
        let Lex::Number(tens) = self.lex(at + 1) else { return None };
        if tens < 10 || !self.items.get(at + 1)?.apart {
            return None;
        }
        let (end, rest) = self.spelled(at + 2, tens);
        (rest < 100.0).then_some((end, century as i16 * 100 + rest as i16))
    }
}

/// The items of every sentence.
pub(super) fn items(text: &Text) -> Vec<Item<'_>> {
    let mut last = 0;
    let mut lower = String::new();
    text.tokens
        .iter()
        .map(|token| {
            let raw = text.words(token.span);
            lower.clear();
            lower.extend(raw.chars().flat_map(char::to_lowercase));
            let item = Item { raw, lex: lex(&lower, raw), span: token.span, apart: token.span.start > last };
            last = token.span.end;
            item
        })
        .collect()
}

/// The expressions of one sentence, left to right, none over another.
pub(super) fn expressions(scan: &Scan) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < scan.items.len() {
        if scan.lex(at) == Lex::Other {
            at += 1;
            continue;
        }
        let mut best: Option<Found> = None;
        for (by, rule) in RULES {
            if let Some((end, expr)) = rule(scan, at)
                && end > at
                && best.as_ref().is_none_or(|b| end > b.end)
            {
                best = Some(Found { start: at, end, expr, by });
            }
        }
        match best {
            Some(mut found) => {
                found = relative::ranged(scan, found);
                at = found.end;
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}
