//! How many: figures with their bounds.
//!
//! [`numbers`] reads the figures, [`kinds`] what each counts; a victim told without a figure is a count of one.

mod again;
mod distractors;
mod kinds;
mod numbers;
mod order;

use super::events::grammar::Grammar;
use super::events::{self};
use super::{Count, CountKind, EventClass, Meaning, Status};
use crate::evidence::Evidence;
use crate::intake::Article;
use crate::language::{Form, Kind, Language, Pos};
use crate::span::{EntityId, EventId, Span, Tokens};
use crate::text::Text;
use kinds::Counted;
use numbers::Figure;
use std::collections::BTreeSet;

/// Finds the counts; `before` holds everything up to the events.
pub fn counts(article: &Article, text: &Text, language: &Language, before: &Meaning) -> Vec<Count> {
    let _ = article;
    let Some(grammar) = Grammar::of(text, language) else { return Vec::new() };
    let finder = Finder::of(&grammar, before);
    let mut counts = Vec::new();
    // What the last figure of the sentence before counted.
    let mut earlier: Option<Counted> = None;
    for sentence in text.sentences.iter().map(|s| s.tokens).filter(|t| t.end as usize <= grammar.len()) {
        let figures = numbers::figures(&grammar.lower, sentence);
        let mut last: Option<Counted> = None;
        for figure in figures.iter().filter(|f| !finder.in_time(f.tokens)) {
            let counted = kinds::counted(&grammar, figure.tokens, figure.with_bounds, last.as_ref())
                .or_else(|| again::gapped(&grammar, figure, last.as_ref()))
                .or_else(|| again::given_anew(&grammar, figure, last.as_ref().or(earlier.as_ref())))
                .or_else(|| finder.by_event(figure));
            if let Some(counted) = counted {
                counts.extend(finder.figure(figure, &counted));
                last = Some(counted);
            }
        }
        counts.extend(finder.nobody(sentence));
        earlier = last;
    }
    let counted: Vec<Tokens> = counts.iter().map(|c| text.tokens_in(c.span)).collect();
    let singles = finder.single_victims(&counted);
    for single in singles {
        if !finder.adds_to(&mut counts, &single) {
            counts.push(single);
        }
    }
    counts.sort_by_key(|c| (c.span.start, c.span.end, c.kind as u8));
    counts.dedup_by(|a, b| a.span == b.span && a.kind == b.kind);
    counts
}

struct Finder<'a> {
    grammar: &'a Grammar<'a>,
    before: &'a Meaning,
    /// Events by the head word of each telling, in order.
    told: Vec<(usize, EventId)>,
    /// Time expressions in order.
    times: Vec<Span>,
}

impl<'a> Finder<'a> {
    fn of(grammar: &'a Grammar<'a>, before: &'a Meaning) -> Finder<'a> {
        let mut told: Vec<(usize, EventId)> = Vec::new();
        for (i, event) in before.events.iter().enumerate() {
            told.extend(event.mentions.iter().map(|m| (m.head.at(), EventId::from(i))));
        }
        told.sort();
        let mut times: Vec<Span> = before.times.iter().map(|t| t.span).collect();
        times.sort();
        Finder { grammar, before, told, times }
    }

    fn in_time(&self, tokens: Tokens) -> bool {
        let span = self.grammar.text.span(tokens);
        let at = self.times.partition_point(|t| t.end <= span.start);
        self.times.get(at).is_some_and(|t| t.contains(span))
    }

    fn figure(&self, figure: &Figure, counted: &Counted) -> Option<Count> {
        let governor = counted.governor?;
        if !self.is_told_as_so(governor, counted.kind) {
            return None;
        }
        let span = self.grammar.text.span(figure.tokens);
        let of = counted.noun.map(|n| self.grammar.text.span(self.named(n, figure.tokens)));
        let part = self.is_part(figure);
        let because = Evidence::new(counted.by, counted.score).at(self.grammar.span(governor));
        Some(Count {
            kind: counted.kind,
            low: figure.low,
            best: figure.best,
            high: figure.high,
            span,
            of: of.filter(|o| !o.is_empty()),
            event: self.event(governor, counted.kind),
            said_by: self.before.said_by(span),
            because: if part { because.inferred("a part of the figure before it") } else { because },
        })
    }

    /// The counted noun's own words, without the figure.
    fn named(&self, noun: usize, figure: Tokens) -> Tokens {
        let phrase = self.grammar.phrase(noun);
        let start = if figure.end as usize <= noun { phrase.start.max(figure.end) } else { phrase.start };
        Tokens::new((start as usize).min(noun), phrase.end as usize)
    }

    /// "26, including eight children", "among them four women", "40 of them soldiers".
    fn is_part(&self, figure: &Figure) -> bool {
        let (from, end) = (figure.with_bounds.start as usize, figure.tokens.end as usize);
        let word = |k: Option<usize>| k.and_then(|k| self.grammar.lower.get(k)).map_or("", String::as_str);
        let them = |k: Option<usize>| matches!(word(k), "them" | "whom");
        word(from.checked_sub(1)) == "including"
            || them(from.checked_sub(1)) && word(from.checked_sub(2)) == "among"
            || again::names_part(self.grammar, end)
    }

    /// Whether what is counted is told as having happened, by whoever tells it: a plan to kill ten is no ten killed.
    fn is_told_as_so(&self, governor: usize, kind: CountKind) -> bool {
        if matches!(kind, CountKind::Other) {
            return true;
        }
        let status = events::status_of(self.grammar, governor, self.before);
        matches!(status, Status::Happened | Status::Possible | Status::Denied | Status::Negated)
            && (status != Status::Negated || self.grammar.pos(governor) == Pos::Noun)
    }

    fn event(&self, governor: usize, kind: CountKind) -> Option<EventId> {
        let by_head = |w: usize| {
            let at = self.told.partition_point(|t| t.0 < w);
            self.told.get(at).filter(|t| t.0 == w).map(|t| t.1)
        };
        if let Some(event) = by_head(governor).or_else(|| self.grammar.head(governor).and_then(by_head)) {
            return Some(event);
        }
        // Else the one violent event of the sentence.
        let sentence = self.grammar.sentence(governor);
        let from = self.told.partition_point(|t| t.0 < sentence.start as usize);
        let class = match kind {
            CountKind::Killed | CountKind::Injured | CountKind::Abducted | CountKind::Destroyed => EventClass::Assault,
            CountKind::Arrested => EventClass::Coerce,
            CountKind::Participants => EventClass::Protest,
            _ => return None,
        };
        let mut here: Vec<EventId> = self.told[from..]
            .iter()
            .take_while(|t| t.0 < sentence.end as usize)
            .map(|t| t.1)
            .filter(|e| self.before.events[e.at()].class == class)
            .collect();
        here.dedup();
        here.first().copied().filter(|_| here.len() == 1)
    }

    /// What befell the people of whom a figure tells, where they are those whom an event was done to: "twelve held".
    fn by_event(&self, figure: &Figure) -> Option<Counted> {
        let span = self.grammar.text.span(figure.tokens);
        let sentence = self.grammar.sentence(figure.tokens.start as usize);
        // "Of the 16 members three were murdered": a figure of those known is none of those hit.
        let before = (figure.with_bounds.start as usize).checked_sub(1).map(|k| self.grammar.lower[k].as_str());
        if matches!(before, Some("the" | "of" | "these" | "those")) {
            return None;
        }
        let from = self.told.partition_point(|t| t.0 < sentence.start as usize);
        let here = self.told[from..].iter().take_while(|t| t.0 < sentence.end as usize);
        here.filter_map(|&(head, id)| {
            let event = &self.before.events[id.at()];
            let trigger = event.mentions.iter().find(|m| m.head.at() == head)?.trigger;
            let words = self.grammar.text.tokens_in(trigger).range();
            let lethal = kinds::kind_of_state(self.grammar, head) == Some(CountKind::Killed)
                || words.into_iter().any(|w| matches!(self.grammar.lower[w].as_str(), "dead" | "death" | "fatally"));
            let kind = match event.mode? {
                "arrest" => CountKind::Arrested,
                "abduct" => CountKind::Abducted,
                "targeted" | "firearms" if lethal => CountKind::Killed,
                _ => return None,
            };
            // The figure begins the words for them: "twelve", "some 30 men".
            let told = event.targets.iter().any(|t| t.span.contains(span) && span.start < t.span.start + 16);
            let whole = Counted { kind, noun: None, governor: Some(head), by: "rule/event-party", score: 0.6 };
            told.then_some(whole)
        })
        .next()
        .filter(|_| !kinds::is_no_count(self.grammar, figure.tokens, figure.with_bounds))
    }

    /// "No one was hurt", "no casualties": a count of none.
    fn nobody(&self, sentence: Tokens) -> Vec<Count> {
        let grammar = self.grammar;
        let mut found = Vec::new();
        for w in sentence.range() {
            let lower = grammar.lower[w].as_str();
            let next = grammar.lower.get(w + 1).map(String::as_str);
            let tokens = match lower {
                "nobody" => Tokens::new(w, w + 1),
                "none" => Tokens::new(w, w + 1),
                "no" if next == Some("one") && w + 1 < sentence.end as usize => Tokens::new(w, w + 2),
                "no" if !matches!(next, Some("less" | "fewer" | "more" | "longer"))
                    && grammar.is(w, &["det", "advmod"]) =>
                {
                    Tokens::new(w, w + 1)
                }
                _ => continue,
            };
            let casualty = grammar.head(w).filter(|_| {
                lower == "no" && matches!(grammar.lemma(grammar.head(w).unwrap_or(w)), "casualty" | "victim")
            });
            let kinds: Vec<(CountKind, usize)> = match casualty {
                Some(noun) if grammar.lemma(noun) == "casualty" => {
                    vec![(CountKind::Killed, noun), (CountKind::Injured, noun)]
                }
                _ => kinds::counted_none(grammar, tokens)
                    .filter(|c| c.by != "rule/toll" && c.kind != CountKind::Other)
                    .and_then(|c| Some((c.kind, c.governor?)))
                    .into_iter()
                    .collect(),
            };
            for (kind, governor) in kinds {
                let span = grammar.text.span(tokens);
                // "Nobody was seriously hurt": some may have been.
                if grammar.kids(governor).any(|k| {
                    matches!(grammar.lower[k].as_str(), "seriously" | "badly" | "critically" | "gravely" | "severely")
                }) {
                    continue;
                }
                found.push(Count {
                    kind,
                    low: Some(0),
                    best: Some(0),
                    high: Some(0),
                    span,
                    of: None,
                    event: self.event(governor, kind),
                    said_by: self.before.said_by(span),
                    because: Evidence::new("rule/nobody", 0.7).at(grammar.span(governor)),
                });
            }
        }
        found
    }

    /// "The driver and two passengers were killed" are three: a single victim told side by side with an exact figure is
    /// added to it.
    fn adds_to(&self, counts: &mut [Count], single: &Count) -> bool {
        let tokens = |span: Span| self.grammar.text.tokens_in(span);
        // Nothing but "and" or a comma stands between the two: "and their four children".
        let links = |w: usize| matches!(self.grammar.lower[w].as_str(), "and" | ",");
        let joined = |a: Tokens, b: Tokens| {
            let between = a.end as usize..b.start as usize;
            (1..4).contains(&between.len())
                && links(between.start)
                && between.into_iter().all(|w| {
                    links(w) || matches!(self.grammar.lower[w].as_str(), "their" | "his" | "her" | "the" | "its")
                })
        };
        // The words for the one may have taken the others in: "the driver and two passengers of the bus".
        let held = |a: Tokens, b: Tokens| {
            a.start < b.start && a.end > b.end && (b.start as usize).checked_sub(1).is_some_and(links)
        };
        let one = tokens(single.span);
        let beside = |count: &Count| {
            let figure = tokens(count.span);
            let last = count.of.map_or(figure, tokens);
            count.kind == single.kind
                && count.best.is_some()
                && (count.low, count.high) == (count.best, count.best)
                && (joined(one, figure) || joined(last, one) || held(one, figure))
        };
        let Some(count) = counts.iter_mut().find(|c| beside(c)) else { return false };
        let sum = count.best.map(|n| n + single.best.unwrap_or(1));
        (count.low, count.best, count.high) = (sum, sum, sum);
        count.span = count.of.map_or(count.span, |of| of.join(count.span)).join(single.span);
        count.of = Some(count.span);
        count.because.inferred = Some("victims told side by side".into());
        true
    }

    /// "A man was killed": one victim told without a figure; each entity once for each kind.
    fn single_victims(&self, counted: &[Tokens]) -> Vec<Count> {
        let grammar = self.grammar;
        let mut known: BTreeSet<(EntityId, u8)> = BTreeSet::new();
        for tokens in counted {
            known.extend(tokens.range().filter_map(|w| grammar.entity(w)).flat_map(|e| (0..9).map(move |k| (e, k))));
        }
        let mut found = Vec::new();
        for w in 0..grammar.len() {
            let Some(kind) = casualty_verb(grammar, w) else { continue };
            let patients = match grammar.lemma(w) {
                _ if grammar.is(w, &["xcomp"]) && grammar.pos(w) == Pos::Adj => {
                    // "left a man dead"
                    grammar.head(w).and_then(|h| grammar.kid(h, &["obj"])).into_iter().collect()
                }
                "die" | "perish" | "succumb" | "lose" | "dead" | "suffer" | "sustain" | "receive" => {
                    events::done_by(grammar, w)
                }
                _ if grammar.pos(w) == Pos::Noun => {
                    let mut of = events::done_to(grammar, w);
                    of.extend(grammar.kids(w).filter(|&k| grammar.full_rel(k) == "nmod:poss"));
                    of
                }
                _ => events::done_to(grammar, w),
            };
            let first = found.len();
            for patient in patients {
                if !is_single_person(grammar, patient) || counted.iter().any(|t| t.range().contains(&patient)) {
                    continue;
                }
                if grammar.kids(patient).any(|k| counted.iter().any(|t| t.range().contains(&k))) {
                    continue;
                }
                if grammar.entity(patient).is_some_and(|e| !known.insert((e, kind as u8)))
                    || !self.is_told_as_so(w, kind)
                {
                    continue;
                }
                let phrase = grammar.phrase(patient);
                let span = grammar.text.span(phrase);
                // "Union leader Ana Ruiz" is one, whatever hangs on what.
                let within = |c: &Count| c.span.start < span.end && span.start < c.span.end;
                if !grammar.is(patient, &["conj"]) && found[first..].iter().any(within) {
                    continue;
                }
                found.push(Count {
                    kind,
                    low: Some(1),
                    best: Some(1),
                    high: Some(1),
                    span,
                    of: Some(span),
                    event: self.event(w, kind),
                    said_by: self.before.said_by(span),
                    because: Evidence::new("rule/one-victim", 0.65)
                        .at(grammar.span(w))
                        .inferred("one person told without a figure"),
                });
            }
            together(grammar, &mut found, first);
        }
        found
    }
}

/// "A nurse and her colleague were killed": several single victims of one deed, told side by side, are one figure.
fn together(grammar: &Grammar<'_>, found: &mut Vec<Count>, first: usize) {
    let several = found.len() - first;
    if several < 2 {
        return;
    }
    let (start, end) = found[first..].iter().fold((u32::MAX, 0), |(a, b), c| (a.min(c.span.start), b.max(c.span.end)));
    let whole = crate::span::Span { start, end };
    let tokens = grammar.text.tokens_in(whole);
    // Only where nothing but the list itself lies between.
    if tokens.len() > 12 * several || tokens.range().any(|w| grammar.lower[w] == ";") {
        return;
    }
    found.truncate(first + 1);
    let count = &mut found[first];
    let n = several as u64;
    (count.low, count.best, count.high) = (Some(n), Some(n), Some(n));
    (count.span, count.of) = (whole, Some(whole));
    count.because.inferred = Some("victims named side by side".into());
}

/// The kind of casualty that a verb or adjective in the clause's centre makes of its one victim.
fn casualty_verb(grammar: &Grammar<'_>, w: usize) -> Option<CountKind> {
    if grammar.pos(w) == Pos::Noun && kinds::is_killing_noun(grammar.lemma(w)) {
        return Some(CountKind::Killed);
    }
    if !matches!(grammar.pos(w), Pos::Verb | Pos::Adj) {
        return None;
    }
    let kind = match grammar.lemma(w) {
        "die" | "perish" | "succumb" => CountKind::Killed,
        "lose" if kinds::loses_life(grammar, w) => CountKind::Killed,
        _ if grammar.kids(w).any(|k| grammar.lower[k] == "death" && grammar.case(k) == Some("to")) => CountKind::Killed,
        _ if kinds::suffers_wound(grammar, w) => CountKind::Injured,
        "shoot" if grammar.kids(w).any(|k| matches!(grammar.lower[k].as_str(), "dead" | "fatally")) => {
            CountKind::Killed
        }
        _ => kinds::kind_of_state(grammar, w)?,
    };
    matches!(
        kind,
        CountKind::Killed | CountKind::Injured | CountKind::Arrested | CountKind::Abducted | CountKind::Missing
    )
    .then_some(kind)
}

/// Whether a word names exactly one person.
fn is_single_person(grammar: &Grammar<'_>, w: usize) -> bool {
    let lower = grammar.lower[w].as_str();
    match grammar.pos(w) {
        Pos::Pron => matches!(lower, "he" | "she" | "him" | "her"),
        Pos::Propn => matches!(grammar.mention(w), Some(m) if m.form == Form::Name && m.kind == Kind::Person),
        Pos::Noun => {
            let plural = grammar
                .word(w)
                .plural
                .unwrap_or(lower.ends_with('s') || matches!(lower, "people" | "men" | "women" | "children" | "police"));
            let person = grammar.kind(w) == Some(Kind::Person)
                || grammar.kind(w).is_none()
                    && crate::meaning::events::lexicon::LEXICON.is("person", grammar.lemma(w), lower);
            let collective = matches!(
                lower,
                "family"
                    | "staff"
                    | "squad"
                    | "crew"
                    | "youth"
                    | "other"
                    | "others"
                    | "police"
                    | "personnel"
                    | "people"
            );
            person && !plural && !collective
        }
        _ => false,
    }
}
