//! Whether a document has the rows that a case asks for.

use crate::format::{Case, Line, Sense};
use recount::Document;
use recount::meaning::{Count, Event, Participant, Party, Relation, Statement, Telling, Time};
use recount::span::{EntityId, Span, StatementId};

const KINDS: [&str; 7] = ["statement", "event", "count", "relation", "place", "time", "entity"];

/// The lines of a case that do not hold, each with what was wrong.
pub fn missed(case: &Case, document: &Document) -> Result<Vec<String>, String> {
    let view = View { document };
    let mut missed = Vec::new();
    let mut asked_for: Vec<(&str, usize)> = Vec::new();
    for line in &case.lines {
        if !KINDS.contains(&line.kind.as_str()) {
            return Err(format!("no such kind of row: {}", line.words));
        }
        let rows = view.rows(&line.kind);
        if line.sense == Sense::NoOther {
            let other = (0..rows).filter(|row| !asked_for.contains(&(line.kind.as_str(), *row)));
            missed.extend(other.map(|row| format!("not asked for: {}", view.described(&line.kind, row))));
            continue;
        }
        let mut found = None;
        for row in 0..rows {
            if view.has(line, row)? {
                asked_for.push((&line.kind, row));
                found = Some(row);
            }
        }
        match (found, &line.sense) {
            (None, Sense::Must) => missed.push(format!("missing: {}", line.words)),
            (Some(row), Sense::MustNot) => {
                missed.push(format!("must not be: {} ({})", line.words, view.described(&line.kind, row)));
            }
            _ => {}
        }
    }
    Ok(missed)
}

struct View<'a> {
    document: &'a Document,
}

impl View<'_> {
    fn rows(&self, kind: &str) -> usize {
        let (language, meaning) = (&self.document.language, &self.document.meaning);
        match kind {
            "statement" => meaning.statements.len(),
            "event" => meaning.events.len(),
            "count" => meaning.counts.len(),
            "relation" => meaning.relations.len(),
            "place" => meaning.places.len(),
            "time" => meaning.times.len(),
            _ => language.entities.len(),
        }
    }

    fn described(&self, kind: &str, row: usize) -> String {
        let meaning = &self.document.meaning;
        match kind {
            "statement" => {
                let s = &meaning.statements[row];
                let of = |s: Option<Span>| s.map_or("-".to_owned(), |s| self.words(s).to_owned());
                format!(
                    "statement: {} | {} | {} | {} | {} | by {}",
                    of(s.source.and_then(|s| s.span)),
                    of(s.cue),
                    s.content.iter().map(|c| self.words(*c)).collect::<Vec<_>>().join(" // "),
                    s.form.name(),
                    s.act.name(),
                    s.source.and_then(|s| s.entity).map_or("-", |e| self.name(e)),
                )
            }
            "event" => {
                let e = &meaning.events[row];
                let told: Vec<String> =
                    e.mentions.iter().map(|m| format!("{} {}", self.words(m.trigger), m.status.name())).collect();
                format!("event: {} | {}", told.join(", "), e.class.name())
            }
            "count" => {
                let c = &meaning.counts[row];
                format!("count: {} | {} | {:?} {:?} {:?}", self.words(c.span), c.kind.name(), c.low, c.best, c.high)
            }
            "relation" => {
                let r = &meaning.relations[row];
                format!("relation: {} | {} | {}", self.party(r.subject), r.kind.name(), self.party(r.object))
            }
            "place" => format!("place: {}", meaning.places[row].name),
            "time" => format!("time: {} | {}", self.words(meaning.times[row].span), meaning.times[row].timex),
            _ => format!("entity: {}", self.document.language.entities[row].name),
        }
    }

    fn has(&self, line: &Line, row: usize) -> Result<bool, String> {
        let meaning = &self.document.meaning;
        let field = |n: usize| line.fields.get(n).map_or("*", |f| f.as_str());
        let rest = |n: usize| line.fields.iter().skip(n).map(String::as_str);
        let all = |mut of: Box<dyn Iterator<Item = Result<bool, String>> + '_>| {
            of.try_fold(true, |all, one| Ok::<bool, String>(all && one?))
        };
        Ok(match line.kind.as_str() {
            "statement" => {
                let s = &meaning.statements[row];
                self.span_is(s.source.and_then(|s| s.span), field(0))
                    && self.span_is(s.cue, field(1))
                    && self.pieces_are(&s.content, field(2))
                    && all(Box::new(rest(3).map(|f| self.statement_has(s, f))))?
            }
            "event" => {
                let e = &meaning.events[row];
                let mut found = false;
                for telling in &e.mentions {
                    found |= self.span_is(Some(telling.trigger), field(0))
                        && is(e.class.name(), field(1))
                        && is(telling.status.name(), field(2))
                        && all(Box::new(rest(3).map(|f| self.event_has(e, telling, f))))?;
                }
                found
            }
            "count" => {
                let c = &meaning.counts[row];
                self.span_is(Some(c.span), field(0))
                    && is(c.kind.name(), field(1))
                    && bounds_are(c, field(2))?
                    && all(Box::new(rest(3).map(|f| self.count_has(c, f))))?
            }
            "relation" => {
                let r = &meaning.relations[row];
                holds(self.party(r.subject), field(0))
                    && is(r.kind.name(), field(1))
                    && holds(self.party(r.object), field(2))
                    && all(Box::new(rest(3).map(|f| self.relation_has(r, f))))?
            }
            "place" => {
                let p = &meaning.places[row];
                p.mentions.iter().any(|m| self.span_is(Some(m.span), field(0)))
                    && holds(&p.name, field(1))
                    && all(Box::new(rest(2).map(|f| {
                        Ok(match pair(f) {
                            ("id", v) => p.geonameid.map(|g| g.to_string()).as_deref() == known(v),
                            ("country", v) => p.country.as_deref() == known(v),
                            ("admin1", v) => p.admin1.as_deref() == known(v),
                            ("precision", v) => p.precision.map(|p| p.to_string()).as_deref() == known(v),
                            ("metonym", _) => {
                                p.mentions.iter().any(|m| m.metonym && self.span_is(Some(m.span), field(0)))
                            }
                            _ => return unknown(f),
                        })
                    })))?
            }
            "time" => {
                let t = &meaning.times[row];
                self.span_is(Some(t.span), field(0))
                    && is(&t.timex, field(1))
                    && all(Box::new(rest(2).map(|f| {
                        Ok(match pair(f) {
                            ("precision", v) => t.precision.map(|p| p.to_string()).as_deref() == known(v),
                            ("from", v) => t.start.map(|d| d.to_string()).as_deref() == known(v),
                            ("until", v) => t.end.map(|d| d.to_string()).as_deref() == known(v),
                            _ => return unknown(f),
                        })
                    })))?
            }
            _ => {
                let language = &self.document.language;
                let e = &language.entities[row];
                holds(&e.name, field(0))
                    && is(e.kind.name(), field(1))
                    && all(Box::new(rest(2).map(|f| {
                        Ok(match pair(f) {
                            ("country", v) => e.country.as_deref() == known(v),
                            ("sector", v) => e.sector == known(v),
                            ("role", v) => self.span_is(e.role, v),
                            ("private", _) => e.private,
                            ("mention", v) => {
                                e.mentions.iter().any(|m| self.span_is(Some(language.mentions[m.at()].span), v))
                            }
                            _ => return unknown(f),
                        })
                    })))?
            }
        })
    }

    fn statement_has(&self, s: &Statement, field: &str) -> Result<bool, String> {
        let within = |v: &str| match s.within {
            Some(w) => v != "-" && self.pieces_are(&self.document.meaning.statements[w.at()].content, v),
            None => v == "-",
        };
        Ok(match pair(field) {
            ("direct" | "indirect" | "mixed", _) => s.form.name() == field,
            ("title", _) => s.content.first().is_some_and(|c| self.document.text.in_title(*c)),
            ("by", v) => self.entity_is(s.source.and_then(|s| s.entity), v),
            ("class", v) => s.source.is_some_and(|s| s.class.name() == v),
            ("on", v) => self.span_is(s.channel, v),
            ("to", v) => self.span_is(s.addressee, v),
            ("when", v) => self.time_is(s.time.map(|t| &self.document.meaning.times[t.at()]), v),
            ("within", v) => within(v),
            (act, "") if ACTS.contains(&act) => s.act.name() == act,
            _ => return unknown(field),
        })
    }

    fn event_has(&self, e: &Event, telling: &Telling, field: &str) -> Result<bool, String> {
        let meaning = &self.document.meaning;
        Ok(match pair(field) {
            ("mode", v) => e.mode == known(v),
            ("acled", v) => e.acled == known(v),
            ("by", v) => self.one_is(&e.actors, v),
            ("against", v) => self.one_is(&e.targets, v),
            ("with", v) => self.one_is(&e.instruments, v),
            ("at", v) => match e.place {
                Some(p) => holds(&meaning.places[p.at()].name, v),
                None => v == "-",
            },
            ("when", v) => self.time_is(e.time.map(|t| &meaning.times[t.at()]), v),
            ("said", v) => self.chain_is(&telling.said_by, v),
            ("historical", _) => e.historical,
            ("title", _) => self.document.text.in_title(telling.trigger),
            _ => return unknown(field),
        })
    }

    fn count_has(&self, c: &Count, field: &str) -> Result<bool, String> {
        let meaning = &self.document.meaning;
        Ok(match pair(field) {
            ("of", v) => self.span_is(c.of, v),
            ("event", v) => match c.event {
                Some(e) => meaning.events[e.at()].mentions.iter().any(|m| self.span_is(Some(m.trigger), v)),
                None => v == "-",
            },
            ("said", v) => self.chain_is(&c.said_by, v),
            _ => return unknown(field),
        })
    }

    fn relation_has(&self, r: &Relation, field: &str) -> Result<bool, String> {
        Ok(match pair(field) {
            ("detail", v) => self.span_is(r.detail, v),
            ("said", v) => self.chain_is(&r.said_by, v),
            _ => return unknown(field),
        })
    }

    fn words(&self, span: Span) -> &str {
        self.document.text.words(span)
    }

    fn name(&self, entity: EntityId) -> &str {
        &self.document.language.entities[entity.at()].name
    }

    fn party(&self, party: Party) -> &str {
        match party {
            Party::Entity(e) => self.name(e),
            Party::Place(p) => &self.document.meaning.places[p.at()].name,
        }
    }

    fn span_is(&self, span: Option<Span>, wanted: &str) -> bool {
        match span {
            Some(span) => wanted == "*" || (wanted != "-" && same_words(self.words(span), wanted)),
            None => wanted == "*" || wanted == "-",
        }
    }

    fn pieces_are(&self, pieces: &[Span], wanted: &str) -> bool {
        let parts: Vec<&str> = wanted.split(" // ").collect();
        wanted == "*"
            || (parts.len() == pieces.len()
                && parts.iter().zip(pieces).all(|(part, piece)| same_words(self.words(*piece), part)))
    }

    fn entity_is(&self, entity: Option<EntityId>, wanted: &str) -> bool {
        match entity {
            Some(e) => holds(self.name(e), wanted),
            None => wanted == "-",
        }
    }

    fn time_is(&self, time: Option<&Time>, wanted: &str) -> bool {
        time.map(|t| t.timex.as_str()) == known(wanted)
    }

    fn one_is(&self, participants: &[Participant], wanted: &str) -> bool {
        let one = |p: &Participant| {
            self.span_is(Some(p.span), wanted) || p.entity.is_some_and(|e| holds(self.name(e), wanted))
        };
        if wanted == "-" { participants.is_empty() } else { participants.iter().any(one) }
    }

    fn chain_is(&self, chain: &[StatementId], wanted: &str) -> bool {
        let wanted = wanted.strip_prefix("by ").unwrap_or(wanted);
        if wanted == "-" {
            return chain.is_empty();
        }
        let parts: Vec<&str> = wanted.split(" > ").collect();
        parts.len() == chain.len()
            && parts.iter().zip(chain).all(|(part, s)| {
                let source = self.document.meaning.statements[s.at()].source;
                match source {
                    Some(source) => {
                        (source.entity.is_some() || source.span.is_some())
                            && (self.span_is(source.span, part)
                                || source.entity.is_some_and(|e| holds(self.name(e), part)))
                            || (*part == "?" && source.entity.is_none())
                    }
                    None => *part == "?",
                }
            })
    }
}

const ACTS: [&str; 10] =
    ["asserts", "denies", "orders", "requests", "threatens", "promises", "asks", "predicts", "doubts", "intends"];

fn unknown(field: &str) -> Result<bool, String> {
    Err(format!("no such field: {field}"))
}

/// The first word of an optional field and what follows it.
fn pair(field: &str) -> (&str, &str) {
    field.split_once(' ').unwrap_or((field, ""))
}

fn known(wanted: &str) -> Option<&str> {
    (wanted != "-").then_some(wanted)
}

fn is(got: &str, wanted: &str) -> bool {
    wanted == "*" || got == wanted
}

fn holds(name: &str, wanted: &str) -> bool {
    wanted == "*" || (wanted != "-" && plain(name).contains(&plain(wanted)))
}

/// Whether words are those asked for; ` … ` in these stands for everything between.
fn same_words(got: &str, wanted: &str) -> bool {
    let got = plain(got);
    match wanted.split_once(" … ") {
        Some((first, last)) => {
            let (first, last) = (plain(first), plain(last));
            got.len() >= first.len() + last.len() && got.starts_with(&first) && got.ends_with(&last)
        }
        None => got == plain(wanted),
    }
}

/// Words with one kind of quotation mark and of space, and none at their ends, nor stops.
fn plain(words: &str) -> String {
    let one = |c: char| match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let words: String = words.chars().map(one).collect();
    words.trim_matches(|c: char| c.is_whitespace() || "\"',.;:".contains(c)).to_owned()
}

fn bounds_are(c: &Count, wanted: &str) -> Result<bool, String> {
    if wanted == "*" {
        return Ok(true);
    }
    let parts: Vec<&str> = wanted.split_whitespace().collect();
    let [low, best, high] = match parts[..] {
        [n] => [n, n, n],
        [low, best, high] => [low, best, high],
        _ => return Err(format!("bounds are one figure or three: {wanted}")),
    };
    let same = |got: Option<u64>, wanted: &str| got.map(|n| n.to_string()).as_deref() == known(wanted);
    Ok(same(c.low, low) && same(c.best, best) && same(c.high, high))
}

#[test]
fn words_are_compared_without_marks_at_their_ends() {
    assert!(same_words("“They left,”", "They left"));
    assert!(same_words("a ‘b’ c", "a 'b' c"));
    assert!(same_words("one two three four", "one two … four"));
    assert!(!same_words("one two", "one two … two"));
    assert!(!same_words("one two", "one"));
}
