//! One record → its claims: each count with the words it was read from, who says so, and whether it is a figure of its
//! own or a part of another.

use super::sides::side_of;
use crate::record::{Count, Event, Range, Record, Statement};

/// One count of one report, with all that a tally needs to know: a few hundred bytes, kept when the record is not.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimRow {
    /// Id of the report, and of the row of its `counts`.
    pub report: String,
    pub count: String,
    /// The row of its `events` that the count belongs to.
    pub event: Option<String>,
    pub kind: String,
    /// Whose side, where the words say (see [`crate::record::across::Tally::of`]).
    pub side: Option<&'static str>,
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
    /// The sentence it was read from; the figure's place in the report.
    pub words: String,
    pub span: Range,
    pub within_title: Option<String>,
    /// Who says so, outermost first, as named in the report; empty: the outlet itself.
    pub said_by: Vec<String>,
    /// Class of the innermost source, `media` for the outlet itself.
    pub source_class: String,
    pub speaker: Speaker,
    /// The report's day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Status of its event where it is told; `happened` for a count without an event.
    pub status: String,
    /// Part of another figure of the report: "including three children".
    pub part: bool,
    /// A person decided that the row is wrong. Never set here: decisions are the caller's.
    pub rejected: bool,
}

/// Whose voice a claim is, apart from where it was printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speaker {
    /// The report's own: one voice with all copies of the report.
    Outlet,
    /// Someone who can be told in any report of the incident: by name, or as "police" and "the army" are.
    Known(String),
    /// Someone without a name, known within one origin only: "a witness".
    Nameless(String),
}

/// Whether a source's later figure of this kind takes the place of its earlier one: tolls do; the size of a crowd at one
/// hour says nothing of the next.
pub(super) fn cumulative(kind: &str) -> bool {
    !matches!(kind, "participants" | "other")
}

impl ClaimRow {
    /// The claims of a record, in the order of its counts.
    pub fn of(record: &Record) -> Vec<ClaimRow> {
        let view = View {
            record,
            text: record.text.chars().collect(),
            title: record.title.as_deref().unwrap_or_default().chars().collect(),
        };
        let mut out: Vec<ClaimRow> = Vec::with_capacity(record.counts.len());
        for count in &record.counts {
            let before = out.last().filter(|b| b.part).zip(record.counts.get(out.len().wrapping_sub(1)));
            let part = view.is_part(count, before.map(|(_, c)| c));
            out.push(view.row(count, part));
        }
        out
    }
}

struct View<'a> {
    record: &'a Record,
    text: Vec<char>,
    title: Vec<char>,
}

/// The longest stretch of words kept on either side of a figure (code points).
const AROUND: usize = 240;

/// Words that bound a figure and stand before it.
const BOUNDS: [&str; 14] = [
    "at least",
    "more than",
    "up to",
    "as many as",
    "no fewer than",
    "fewer than",
    "about",
    "some",
    "around",
    "nearly",
    "almost",
    "over",
    "a",
    "the",
];

/// Words right before a figure that make it a part of one named before.
const BEFORE_PARTS: [&str; 9] = [
    "including",
    "among them",
    "among whom",
    "amongst them",
    "of whom",
    "of which",
    "of them",
    "among the dead were",
    "among those killed were",
];

/// Words right behind a figure that do so.
const BEHIND_PARTS: [&str; 7] =
    ["of them", "of whom", "of the dead", "of the victims", "of those killed", "of the wounded", "of the injured"];

impl View<'_> {
    fn row(&self, count: &Count, part: bool) -> ClaimRow {
        let r = self.record;
        let said: Vec<&Statement> =
            count.said_by.iter().filter_map(|id| r.statements.iter().find(|s| s.id == *id)).collect();
        let class = match said.last() {
            None => "media",
            Some(s) => s.source.as_ref().map_or("unnamed", |x| x.class.as_str()),
        };
        let event = count.event.as_ref().and_then(|id| r.events.iter().find(|v| v.id == *id));
        let of = count.of.as_ref().map(|o| self.words(o.span, &count.within_title)).unwrap_or_default();
        ClaimRow {
            report: r.id.clone(),
            count: count.id.clone(),
            event: count.event.clone(),
            kind: count.kind.clone(),
            side: if person(&count.kind) { side_of(&of) } else { None },
            low: count.low,
            best: count.best,
            high: count.high,
            words: self.sentence(count),
            span: count.span,
            within_title: count.within_title.clone(),
            said_by: said.iter().map(|s| self.name(s)).collect(),
            source_class: class.to_owned(),
            speaker: said.last().map_or(Speaker::Outlet, |s| self.speaker(s, class)),
            date: r.published.best.clone(),
            status: event.map_or("happened", |v| status(v, count)).to_owned(),
            part,
            rejected: false,
        }
    }

    fn source(&self, within: &Option<String>) -> &[char] {
        if within.is_some() { &self.title } else { &self.text }
    }

    fn words(&self, span: Range, within: &Option<String>) -> String {
        let words: String = self.source(within).get(span[0]..span[1]).unwrap_or_default().iter().collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The name of a statement's source: the entity's, or the words that stand for it.
    fn name(&self, s: &Statement) -> String {
        let source = s.source.as_ref();
        let entity = source.and_then(|x| x.entity.as_ref());
        let named = entity.and_then(|id| self.record.entities.iter().find(|e| e.id == *id)).map(|e| e.name.clone());
        let words = || source.and_then(|x| x.span).map(|span| self.words(span, &s.within_title));
        named.or_else(words).unwrap_or_else(|| "unnamed".to_owned())
    }

    fn speaker(&self, s: &Statement, class: &str) -> Speaker {
        let key = key_of(&self.name(s));
        let entity = s.source.as_ref().and_then(|x| x.entity.as_ref());
        let named = entity.is_some_and(|id| {
            let of_id = |e: &&crate::record::Entity| e.id == *id;
            self.record.entities.iter().find(of_id).is_some_and(|e| e.mentions.iter().any(|m| m.form == "name"))
        });
        let institution = matches!(class, "official" | "armed-group" | "organisation");
        if key.is_empty() || !(named || institution) { Speaker::Nameless(key) } else { Speaker::Known(key) }
    }

    /// The ends of the sentence around a figure, as far as stops and line ends tell.
    fn ends(&self, count: &Count) -> [usize; 2] {
        let text = self.source(&count.within_title);
        let [from, to] = count.span.map(|at| at.min(text.len()));
        let stop = |i: usize| {
            let next = text.get(i + 1).is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '’'));
            text[i] == '\n' && !wrapped(text, i)
                || matches!(text[i], '.' | '!' | '?') && next && !short_word_before(text, i)
        };
        let low = from.saturating_sub(AROUND);
        let start = (low..from).rev().find(|i| stop(*i)).map_or(low, |i| i + 1);
        let high = (to.max(from) + AROUND).min(text.len());
        let end = (to.max(from)..high).find(|i| stop(*i)).map_or(high, |i| i + 1);
        [start, end]
    }

    fn sentence(&self, count: &Count) -> String {
        let words = self.words(self.ends(count), &count.within_title);
        words.trim_start_matches(['"', '”', '’', ' ']).to_owned()
    }

    /// Whether a figure is part of one before it. `before` is the part that comes before it, if the one before is one.
    fn is_part(&self, count: &Count, before: Option<&Count>) -> bool {
        let [start, end] = self.ends(count);
        let lower = |a: usize, b: usize| self.words([a, b.max(a)], &count.within_title).to_lowercase();
        let mut head = lower(start, count.span[0]);
        while let Some(shorter) = BOUNDS.iter().find_map(|b| cut_word(&head, b)) {
            head = shorter;
        }
        let tail = lower(count.span[1], end);
        if BEFORE_PARTS.iter().any(|p| cut_word(&head, p).is_some()) || BEHIND_PARTS.iter().any(|p| tail.starts_with(p))
        {
            return true;
        }
        // "including eight policemen and three children".
        before.is_some_and(|b| {
            b.within_title == count.within_title
                && b.kind == count.kind
                && b.span[1] >= start
                && b.span[1] <= count.span[0]
                && {
                    let between = lower(b.span[1], count.span[0]);
                    between.split(' ').count() <= 4 && (between.ends_with(" and") || between.ends_with(','))
                }
        })
    }
}

/// Whether a sentence goes on over a line's end: the next line begins small, and this one does not end a sentence.
fn wrapped(text: &[char], newline: usize) -> bool {
    let small = text.get(newline + 1).is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    small && newline > 0 && !matches!(text[newline - 1], '\n' | '.' | '!' | '?' | ':' | '”' | '"')
}

/// Text without a word or phrase that it ends with.
fn cut_word(text: &str, phrase: &str) -> Option<String> {
    let text = text.trim_end_matches([',', ' ', ':', '(']);
    let rest = text.strip_suffix(phrase)?;
    (rest.is_empty() || rest.ends_with([' ', ',', '('])).then(|| rest.trim_end().to_owned())
}

/// Kinds whose counts are of people.
fn person(kind: &str) -> bool {
    !matches!(kind, "destroyed" | "other")
}

/// The stop of "Mr." and "U.S." ends no sentence.
fn short_word_before(text: &[char], stop: usize) -> bool {
    let word = text[..stop].iter().rev().take_while(|c| c.is_alphabetic()).count();
    let capital = text.get(stop.wrapping_sub(word)).is_some_and(|c| c.is_uppercase());
    capital && word > 0 && word <= 2
}

/// The status of the telling that a count stands in: the nearest one.
fn status<'a>(event: &'a Event, count: &Count) -> &'a str {
    let near = event.mentions.iter().filter(|m| m.within_title == count.within_title);
    let nearest = near.min_by_key(|m| m.trigger[0].abs_diff(count.span[0]));
    nearest.map_or(event.status.as_str(), |m| m.status.as_str())
}

/// One spelling for a source's name: lower case, without articles and marks.
fn key_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let words =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !matches!(*w, "the" | "a" | "an"));
    words.collect::<Vec<_>>().join(" ")
}
