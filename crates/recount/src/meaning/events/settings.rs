//! Where and when an event took place: what its own clause says, else the one place of its sentence, else the place of
//! the event just told; otherwise it stays open. Never the capital, never the publication date.

use super::grammar::Grammar;
use crate::evidence::Evidence;
use crate::language::Form;
use crate::meaning::{Meaning, TimeClass};
use crate::span::{PlaceId, Span, TimeId};
use jiff::civil::Date;

/// Places and times by the word that heads them, in order.
pub(crate) struct Settings {
    places: Vec<(usize, PlaceId)>,
    times: Vec<(usize, TimeId)>,
    /// All time expressions, in order.
    spans: Vec<Span>,
}

/// Where and when, and from what it was read.
#[derive(Default)]
pub(crate) struct Setting {
    pub place: Option<PlaceId>,
    pub time: Option<TimeId>,
    /// How the place was found.
    pub near: Nearness,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Nearness {
    #[default]
    Open,
    Clause,
    Sentence,
    Story,
}

impl Settings {
    pub fn of(grammar: &Grammar<'_>, before: &Meaning) -> Settings {
        let mut places: Vec<(usize, PlaceId)> = Vec::new();
        for (i, place) in before.places.iter().enumerate() {
            for m in place.mentions.iter().filter(|m| !m.metonym && m.form != Form::Demonym) {
                places.extend(head_of(grammar, m.span).map(|w| (w, PlaceId::from(i))));
            }
        }
        let mut times: Vec<(usize, TimeId)> = Vec::new();
        for (i, time) in before.times.iter().enumerate() {
            if matches!(time.class, TimeClass::Date | TimeClass::Time) {
                times.extend(head_of(grammar, time.span).map(|w| (w, TimeId::from(i))));
            }
        }
        places.sort();
        times.sort();
        let mut spans: Vec<Span> = before.times.iter().map(|t| t.span).collect();
        spans.sort();
        Settings { places, times, spans }
    }

    /// Whether words are part of a time expression: "March 2019" is no march.
    pub fn in_time(&self, span: Span) -> bool {
        self.spans.get(self.spans.partition_point(|t| t.end <= span.start)).is_some_and(|t| t.contains(span))
    }

    /// The setting of the event headed by `w`; `story` is the place of the event told just before in the paragraph.
    pub fn setting(&self, grammar: &Grammar<'_>, w: usize, before: &Meaning, story: Option<PlaceId>) -> Setting {
        let sentence = grammar.sentence(w).range();
        let here = |list: &[(usize, PlaceId)]| -> Vec<(usize, PlaceId)> {
            list[list.partition_point(|p| p.0 < sentence.start)..]
                .iter()
                .take_while(|p| p.0 < sentence.end)
                .copied()
                .collect()
        };
        let located = here(&self.places);
        let precision = |p: PlaceId| before.places[p.at()].precision.unwrap_or(8);
        let own = located
            .iter()
            .filter(|(p, _)| where_words(grammar, *p))
            .filter_map(|&(p, id)| Some((distance(grammar, p, w)?, precision(id), id)))
            .min_by_key(|&(d, fine, id)| (d, fine, id));
        let (place, near) = if let Some((_, _, id)) = own {
            (Some(id), Nearness::Clause)
        } else {
            let mut ids: Vec<PlaceId> = located.iter().filter(|(p, _)| where_words(grammar, *p)).map(|p| p.1).collect();
            ids.sort();
            ids.dedup();
            match (ids.as_slice(), story) {
                ([one], _) => (Some(*one), Nearness::Sentence),
                ([], Some(story)) => (Some(story), Nearness::Story),
                _ => (None, Nearness::Open),
            }
        };
        let dated: Vec<(usize, TimeId)> = self.times[self.times.partition_point(|t| t.0 < sentence.start)..]
            .iter()
            .take_while(|t| t.0 < sentence.end)
            .copied()
            // "Declared a state of emergency until 5 January": not the day on which it was declared.
            .filter(|(t, _)| !matches!(grammar.case(*t), Some("until" | "till")))
            .collect();
        let time = dated.iter().filter_map(|&(t, id)| Some((distance(grammar, t, w)?, id))).min().map(|(_, id)| id);
        Setting { place, time, near }
    }
}

/// Days before publication from which on an event is background from another time.
const LONG_AGO: i64 = 90;

/// Whether an event is told as background from another time: its own date lies long before the report, or it is what
/// an anniversary is of.
pub(crate) fn of_another_time(
    grammar: &Grammar<'_>,
    w: usize,
    setting: &Setting,
    before: &Meaning,
    today: Option<Date>,
) -> bool {
    let dated = setting.time.and_then(|t| before.times.get(t.at())).and_then(|t| t.end);
    let long_ago = match (dated, today) {
        (Some(end), Some(today)) => today.since(end).is_ok_and(|s| i64::from(s.get_days()) > LONG_AGO),
        _ => false,
    };
    let remembered = grammar.case(w) == Some("of")
        && grammar.head(w).is_some_and(|h| {
            matches!(grammar.lemma(h), "anniversary" | "commemoration" | "memory" | "remembrance" | "centenary")
        });
    long_ago || remembered
}

impl Setting {
    /// The evidence, saying how the place was found where that was not the event's own clause.
    pub fn noted(&self, because: Evidence) -> Evidence {
        match self.near {
            Nearness::Sentence => because.inferred("the place is the only one that the sentence names"),
            Nearness::Story => because.inferred("the place is that of the event told just before"),
            _ => because,
        }
    }
}

/// The word of a span that the rest of it hangs on.
fn head_of(grammar: &Grammar<'_>, span: Span) -> Option<usize> {
    let tokens = grammar.text.tokens_in(span).range();
    let last = tokens.end.checked_sub(1).filter(|&l| l < grammar.len())?;
    tokens.clone().find(|&w| grammar.head(w).is_none_or(|h| !tokens.contains(&h))).or(Some(last))
}

/// Whether a place name says where something is: behind a preposition of place.
fn where_words(grammar: &Grammar<'_>, w: usize) -> bool {
    let mut at = w;
    for _ in 0..4 {
        if let Some(case) = grammar.case(at) {
            return matches!(
                case,
                "in" | "at"
                    | "near"
                    | "on"
                    | "outside"
                    | "across"
                    | "around"
                    | "inside"
                    | "within"
                    | "off"
                    | "throughout"
                    | "into"
                    | "over"
                    | "along"
                    | "to"
                    | "through"
                    | "of"
                    | "between"
                    | "towards"
                    | "toward"
                    | "north"
                    | "south"
            );
        }
        match grammar.head(at) {
            Some(h) if grammar.is(at, &["compound", "appos", "flat", "nmod", "conj", "amod", "nummod", "dep"]) => {
                at = h
            }
            _ => return false,
        }
    }
    false
}

/// How many steps up from a setting's word the event stands, itself or the verb that carries it; `None` where another
/// clause lies between.
fn distance(grammar: &Grammar<'_>, from: usize, event: usize) -> Option<usize> {
    let carrier = grammar.head(event).filter(|_| {
        grammar.is(event, &["obj", "nsubj", "obl", "xcomp", "conj", "nmod", "compound"])
            && grammar.kid(event, &["nsubj"]).is_none()
    });
    let mut at = from;
    for steps in 0..6 {
        if at == event {
            return Some(steps);
        }
        if Some(at) == carrier {
            return Some(steps + 2);
        }
        if steps > 0 && grammar.is(at, &["ccomp", "advcl", "parataxis", "acl:relcl", "csubj"]) {
            return None;
        }
        at = grammar.head(at)?;
    }
    None
}
