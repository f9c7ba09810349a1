//! What grouping needs of a record: slim rows, made from one record at a time, so that a million records fit in memory.

use super::words::{self, Word};
use crate::gazetteer::fold::fold;
use crate::record::{Count, Event, Mention, Participant, Place, Range, Record, Time};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Words of the body that count as its lead: what a news report tells first is what it is about.
const LEAD: usize = 60;
/// Terms kept of one report: the first of these many that differ. Long reports turn to background.
const TERMS: usize = 400;
/// Words on either side of a trigger that are its surroundings.
const AROUND: usize = 14;
/// Events kept of one report.
const EVENTS: usize = 60;

/// A report as it takes part in grouping.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Report {
    pub id: Box<str>,
    /// Day of publication, in days since 1970-01-01.
    pub day: Option<i32>,
    /// By key, each once.
    pub terms: Box<[Term]>,
    /// Figures with the word that they count, by `of`, then `value`.
    pub figures: Box<[Figure]>,
    /// Surnames of people named, by key.
    pub persons: Box<[Named]>,
    /// Rows of the record's `places` that could be placed.
    pub places: Box<[Spot]>,
    /// Days that the text itself names in full, since 1970-01-01; ordered.
    pub days: Box<[i32]>,
    /// Days of the week that the lead names, a bit each.
    pub weekdays: u8,
    pub events: Box<[Happening]>,
    /// The first sentence or line of the body: what stands for the report where no event does.
    pub lead: [u32; 2],
}

/// A word of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    pub key: u32,
    pub times: u8,
    /// Stands in a name.
    pub name: bool,
    /// Stands in the title or the lead.
    pub lead: bool,
}

/// A figure and what it counts: `23 pirates`, `66-year-old`, `magnitude 6.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Figure {
    /// Key of the counted word.
    pub of: u32,
    /// Key of the figure as written.
    pub value: u32,
}

/// A person or another participant by the last word of the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    pub key: u32,
    /// As people read it.
    pub name: Box<str>,
    /// Key of the first word where there are several.
    pub first: Option<u32>,
    /// Times mentioned, at most 255.
    pub times: u8,
    pub lead: bool,
}

/// Where something is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    pub name: Box<str>,
    /// Key of the whole folded name.
    pub key: u32,
    pub geonameid: Option<u32>,
    pub lat: f32,
    pub lon: f32,
    pub located: bool,
    pub country: Option<[u8; 3]>,
    pub admin1: Option<Box<str>>,
    /// UCDP GED `where_prec`; 7 where the record leaves it open.
    pub precision: u8,
    pub lead: bool,
}

/// Someone in an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Key of the last word of the name; of the head word where no name is known.
    pub key: u32,
    /// As people read it; null for the entity without a name.
    pub name: Option<Box<str>>,
    /// A name, and not only a description.
    pub named: bool,
}

/// One event of one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// Number of the event's row: `v3` is 3.
    pub row: u32,
    pub class: Box<str>,
    pub mode: Option<Box<str>>,
    pub acled: Option<Box<str>>,
    pub status: Box<str>,
    pub historical: bool,
    pub trigger: [u32; 2],
    pub in_title: bool,
    /// Key of the trigger's last word.
    pub word: u32,
    /// Other tellings in the same report.
    pub mentions: Box<[([u32; 2], bool)]>,
    pub actors: Box<[Party]>,
    pub targets: Box<[Party]>,
    /// Index into the report's `places`.
    pub place: Option<u16>,
    /// First and last day, since 1970-01-01.
    pub days: Option<(i32, i32)>,
    pub date_precision: Option<u8>,
    /// TIMEX3 value of a day that could not be dated, as a key: `XXXX-WXX-6`.
    pub vague: Option<u32>,
    /// Kind and figure of its counts, as keys and numbers.
    pub counts: Box<[(Box<str>, u64)]>,
    /// Keys of the words around the trigger, by key.
    pub around: Box<[u32]>,
    pub lead: bool,
}

/// Days since 1970-01-01 of `YYYY-MM-DD`.
pub fn day_of(date: &str) -> Option<i32> {
    let date: jiff::civil::Date = date.get(..10)?.parse().ok()?;
    let days = date.since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1))).ok()?;
    Some(days.get_days())
}

/// `YYYY-MM-DD` of days since 1970-01-01.
pub fn date_of(day: i32) -> Option<String> {
    let start = jiff::civil::date(1970, 1, 1);
    start.checked_add(jiff::Span::new().try_days(day).ok()?).ok().map(|d| d.to_string())
}

fn short(range: Range) -> [u32; 2] {
    range.map(|x| u32::try_from(x).unwrap_or(u32::MAX))
}

impl Report {
    /// The slim rows of a record. Total: a record with nothing in it gives a report with its words only.
    pub fn of(record: &Record) -> Report {
        let text = Read::of(record);
        let places: Vec<Spot> = record.places.iter().map(|p| text.spot(p)).collect();
        let days = days_named(&record.times);
        Report {
            id: record.id.as_str().into(),
            day: record.published.best.as_deref().and_then(day_of),
            terms: text.terms(),
            figures: text.figures(),
            persons: text.persons(record),
            events: text.events(record, &places),
            places: places.into(),
            days,
            weekdays: text.weekdays(),
            lead: text.first(&record.text),
        }
    }
}

/// Days that the text names itself.
fn days_named(times: &[Time]) -> Box<[i32]> {
    let mut days: Vec<i32> =
        times.iter().filter(|t| t.precision == Some(1)).filter_map(|t| day_of(t.start.as_deref()?)).collect();
    days.sort_unstable();
    days.dedup();
    days.into()
}

/// The words of a record, with what is known of each.
struct Read {
    /// Of the title, then of the body.
    words: Vec<Word>,
    /// How many of them are the title's.
    title: usize,
    /// Words of this row stand in a name.
    named: Vec<bool>,
}

impl Read {
    fn of(record: &Record) -> Read {
        let mut words = record.title.as_deref().map(words::words).unwrap_or_default();
        let title = words.len();
        words.extend(words::words(&record.text));
        let mut read = Read { named: vec![false; words.len()], words, title };
        let names = record.entities.iter().flat_map(|e| &e.mentions).filter(|m| m.form == "name");
        let spans: Vec<(Range, bool)> = names.map(|m| (m.span, m.within_title.is_some())).collect();
        for (span, in_title) in spans {
            for at in read.rows(span, in_title) {
                read.named[at] = true;
            }
        }
        read
    }

    /// The words of a span.
    fn rows(&self, span: Range, in_title: bool) -> std::ops::Range<usize> {
        let (from, to) = if in_title { (0, self.title) } else { (self.title, self.words.len()) };
        let part = &self.words[from..to];
        let a = part.partition_point(|w| w.end <= span[0]);
        let b = part.partition_point(|w| w.start < span[1]);
        from + a..from + b.max(a)
    }

    fn is_lead(&self, at: usize) -> bool {
        at < self.title + LEAD
    }

    fn leads(&self, mentions: &[Mention]) -> bool {
        mentions.iter().any(|m| self.rows(m.span, m.within_title.is_some()).any(|at| self.is_lead(at)))
    }

    fn key(&self, at: usize) -> u32 {
        words::key(&self.words[at].folded)
    }

    fn terms(&self) -> Box<[Term]> {
        let mut known: HashMap<u32, Term> = HashMap::new();
        for at in 0..self.words.len() {
            let key = self.key(at);
            if known.len() >= TERMS && !known.contains_key(&key) {
                continue;
            }
            let term = known.entry(key).or_insert(Term { key, times: 0, name: false, lead: false });
            term.times = term.times.saturating_add(1);
            term.name |= self.named[at];
            term.lead |= self.is_lead(at);
        }
        let mut terms: Vec<Term> = known.into_values().collect();
        terms.sort_unstable_by_key(|t| t.key);
        terms.into()
    }

    /// Each figure with the words beside it that are no figures: the one before and the one or two after.
    fn figures(&self) -> Box<[Figure]> {
        let mut out = Vec::new();
        for (at, word) in self.words.iter().enumerate().filter(|(_, w)| w.figure) {
            let value = words::hash(&word.folded);
            let beside = [at.checked_sub(1), Some(at + 1), Some(at + 2)];
            for near in beside.into_iter().flatten() {
                let same_part = (near < self.title) == (at < self.title);
                if let Some(other) = self.words.get(near)
                    && same_part
                    && !other.figure
                    && other.folded.len() > 2
                {
                    let of = self.key(near);
                    if words::expected(of) < 0.3 {
                        out.push(Figure { of, value });
                    }
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        out.into()
    }

    fn persons(&self, record: &Record) -> Box<[Named]> {
        let mut by_key: BTreeMap<u32, Named> = BTreeMap::new();
        for person in record.entities.iter().filter(|e| e.kind == "person") {
            if !person.mentions.iter().any(|m| m.form == "name") {
                continue;
            }
            let Some((key, first)) = name_keys(&person.name) else { continue };
            let times = u8::try_from(person.mentions.len()).unwrap_or(u8::MAX);
            let lead = self.leads(&person.mentions);
            let row = by_key.entry(key).or_insert(Named {
                key,
                name: person.name.as_str().into(),
                first,
                times: 0,
                lead: false,
            });
            row.times = row.times.saturating_add(times);
            row.first = row.first.or(first);
            row.lead |= lead;
        }
        by_key.into_values().collect()
    }

    fn spot(&self, place: &Place) -> Spot {
        let bytes = |c: &str| <[u8; 3]>::try_from(c.as_bytes()).ok();
        Spot {
            name: place.name.as_str().into(),
            key: words::hash(&fold(&place.name)),
            geonameid: place.geonameid,
            lat: place.lat.unwrap_or_default() as f32,
            lon: place.lon.unwrap_or_default() as f32,
            located: place.lat.is_some() && place.lon.is_some(),
            country: place.country.as_deref().and_then(bytes),
            admin1: place.admin1.as_deref().map(Into::into),
            precision: place.precision.unwrap_or(7),
            lead: self.leads(&place.mentions),
        }
    }

    fn weekdays(&self) -> u8 {
        const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let lead = &self.words[..self.words.len().min(self.title + LEAD)];
        lead.iter().filter_map(|w| NAMES.iter().position(|n| *n == w.folded)).fold(0, |bits, at| bits | 1 << at)
    }

    /// The first line that holds a word, or its first sentence where the line has several.
    fn first(&self, text: &str) -> [u32; 2] {
        let mut begun = None;
        let mut last = 0;
        let mut chars = text.chars().enumerate().peekable();
        while let Some((at, c)) = chars.next() {
            if begun.is_none() && !c.is_whitespace() {
                begun = Some(at);
            }
            let Some(start) = begun else { continue };
            if !c.is_whitespace() {
                last = at + 1;
            }
            let stop = matches!(c, '.' | '!' | '?') && chars.peek().is_none_or(|(_, n)| n.is_whitespace());
            if c == '\n' || (stop && at - start > 20) {
                break;
            }
        }
        short([begun.unwrap_or_default(), last])
    }

    fn events(&self, record: &Record, places: &[Spot]) -> Box<[Happening]> {
        let entity: HashMap<&str, &crate::record::Entity> =
            record.entities.iter().map(|e| (e.id.as_str(), e)).collect();
        let place: HashMap<&str, usize> = record.places.iter().enumerate().map(|(n, p)| (p.id.as_str(), n)).collect();
        let time: HashMap<&str, &Time> = record.times.iter().map(|t| (t.id.as_str(), t)).collect();
        let mut counts: HashMap<&str, Vec<&Count>> = HashMap::new();
        for count in &record.counts {
            if let Some(event) = &count.event {
                counts.entry(event).or_default().push(count);
            }
        }
        let parties = |rows: &[Participant]| rows.iter().filter_map(|p| self.party(p, &entity)).collect();
        let happening = |event: &Event| {
            let time = event.time.as_deref().and_then(|t| time.get(t)).copied();
            let days = time.and_then(|t| Some((day_of(t.start.as_deref()?)?, day_of(t.end.as_deref()?)?)));
            let at = event.place.as_deref().and_then(|p| place.get(p)).copied();
            let in_title = event.within_title.is_some();
            let rows = self.rows(event.trigger, in_title);
            Happening {
                row: event.id.get(1..).and_then(|n| n.parse().ok()).unwrap_or(0),
                class: event.class.as_str().into(),
                mode: event.mode.as_deref().map(Into::into),
                acled: event.acled.as_deref().map(Into::into),
                status: event.status.as_str().into(),
                historical: event.historical,
                trigger: short(event.trigger),
                in_title,
                word: rows.clone().map(|at| self.key(at)).min_by(|a, b| rarer(*a, *b)).unwrap_or(0),
                mentions: event.mentions.iter().map(|m| (short(m.trigger), m.within_title.is_some())).collect(),
                actors: parties(&event.actors),
                targets: parties(&event.targets),
                place: at.filter(|at| *at < places.len()).and_then(|at| u16::try_from(at).ok()),
                days,
                date_precision: time.and_then(|t| t.precision),
                vague: time.filter(|t| t.class == "DATE" && t.start.is_none()).map(|t| words::hash(&t.timex)),
                counts: counts
                    .get(event.id.as_str())
                    .into_iter()
                    .flatten()
                    .filter_map(|c| Some((c.kind.as_str().into(), c.best.or(c.low)?)))
                    .collect(),
                lead: rows.clone().any(|at| self.is_lead(at)),
                around: self.around(rows, in_title),
            }
        };
        record.events.iter().take(EVENTS).map(happening).collect()
    }

    fn party(&self, row: &Participant, entity: &HashMap<&str, &crate::record::Entity>) -> Option<Party> {
        let known = row.entity.as_deref().and_then(|e| entity.get(e));
        if let Some(known) = known
            && known.mentions.iter().any(|m| m.form == "name")
            && let Some((key, _)) = name_keys(&known.name)
        {
            return Some(Party { key, name: Some(known.name.as_str().into()), named: true });
        }
        let rows = self.rows(row.span, false);
        let key = rows.map(|at| self.key(at)).min_by(|a, b| rarer(*a, *b))?;
        Some(Party { key, name: known.map(|e| e.name.as_str().into()), named: false })
    }

    fn around(&self, rows: std::ops::Range<usize>, in_title: bool) -> Box<[u32]> {
        let (from, to) = if in_title { (0, self.title) } else { (self.title, self.words.len()) };
        let span = rows.start.saturating_sub(AROUND).max(from)..(rows.end + AROUND).min(to).max(from);
        let mut keys: Vec<u32> = span.map(|at| self.key(at)).filter(|k| words::expected(*k) < 0.1).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into()
    }
}

/// Rarer words first; by number where they are as rare.
fn rarer(a: u32, b: u32) -> std::cmp::Ordering {
    words::expected(a).total_cmp(&words::expected(b)).then(a.cmp(&b))
}

/// Keys of the last and, where there are several words, of the first word of a name.
fn name_keys(name: &str) -> Option<(u32, Option<u32>)> {
    let mut all = words::words(name);
    while all.len() > 1 && matches!(all.last()?.folded.as_str(), "jr" | "sr" | "ii" | "iii" | "iv") {
        all.pop();
    }
    let last = all.last()?;
    let first = (all.len() > 1).then(|| words::hash(&all[0].folded));
    Some((words::hash(&last.folded), first))
}
