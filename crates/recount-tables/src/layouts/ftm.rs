//! FollowTheMoney entities, one JSON object a line: articles, who is named in them, events and ties.

use super::Sink;
use super::countries::country;
use super::gathered::{Gathered, distinct, source_name};
use crate::Result;
use crate::across::Across;
use crate::digest;
use crate::files::{Format, Sealed, Written};
use crate::reading::Reading;
use recount::record::{Entity, Event, MASK, Mention, Participant, Relation};
use serde_json::{Map, Value, json};
use std::path::Path;

pub const CONVENTIONS: &str = "\
ftm.jsonl (FollowTheMoney)
  Article for a report, Person, Organization and LegalEntity for who is named in it, Mention for each of them in the
  report, Event for an event, and Family, Membership, Employment, Directorship and UnknownLink for ties whose both ends
  are named. Entities of two reports are not joined: that is left to a matching tool and a person.
  keywords of an Event are its PLOVER type, mode, status and ACLED sub-event type; notes say who says so.
  contentHash is SHA-1 of the text, as FollowTheMoney has it. Countries are ISO 3166-1 alpha-2 in lower case, languages
  ISO 639-3.
";

pub struct Ftm {
    file: Sealed,
    entities: u64,
}

impl Ftm {
    pub fn create(folder: &Path) -> Result<Ftm> {
        Ok(Ftm { file: Sealed::create(folder, "ftm.jsonl")?, entities: 0 })
    }

    fn add(&mut self, id: &str, schema: &str, properties: Properties) -> Result<()> {
        self.entities += 1;
        self.file.line(&json!({"id": id, "schema": schema, "properties": properties.0}))
    }
}

/// Values of an entity's properties; those without a value are left out.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn with<'a>(mut self, name: &str, values: impl IntoIterator<Item = &'a str>) -> Properties {
        let values = distinct(values.into_iter().map(str::trim).filter(|v| !v.is_empty()));
        if !values.is_empty() {
            self.0.insert(name.to_owned(), json!(values));
        }
        self
    }
}

fn id_of(key: &str) -> String {
    format!("recount-{}", digest::sha1(key.as_bytes()))
}

fn article_id(reading: &Reading<'_>) -> String {
    id_of(&format!("report/{}", reading.record.id))
}

/// The schema of an entity that is named; none for what FollowTheMoney does not hold.
fn schema_of(e: &Entity) -> Option<&'static str> {
    // A masked person is nobody's match.
    if !e.mentions.iter().any(|m| m.form == "name") || e.name.contains(MASK) {
        return None;
    }
    match e.kind.as_str() {
        "person" => Some("Person"),
        "organisation" => Some("Organization"),
        "group" => Some("LegalEntity"),
        _ => None,
    }
}

fn land(code: Option<&String>) -> Option<String> {
    Some(country(code?)?.short.to_lowercase())
}

/// ISO 639-3 for the languages of the news.
fn language(code: &str) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("ar", "ara"),
        ("az", "aze"),
        ("bg", "bul"),
        ("bn", "ben"),
        ("cs", "ces"),
        ("da", "dan"),
        ("de", "deu"),
        ("el", "ell"),
        ("en", "eng"),
        ("es", "spa"),
        ("et", "est"),
        ("fa", "fas"),
        ("fi", "fin"),
        ("fr", "fra"),
        ("he", "heb"),
        ("hi", "hin"),
        ("hr", "hrv"),
        ("hu", "hun"),
        ("hy", "hye"),
        ("id", "ind"),
        ("it", "ita"),
        ("ja", "jpn"),
        ("ka", "kat"),
        ("ko", "kor"),
        ("lt", "lit"),
        ("lv", "lav"),
        ("mk", "mkd"),
        ("my", "mya"),
        ("ne", "nep"),
        ("nl", "nld"),
        ("pl", "pol"),
        ("pt", "por"),
        ("ro", "ron"),
        ("ru", "rus"),
        ("sk", "slk"),
        ("sl", "slv"),
        ("sr", "srp"),
        ("sv", "swe"),
        ("ta", "tam"),
        ("th", "tha"),
        ("tl", "tgl"),
        ("tr", "tur"),
        ("uk", "ukr"),
        ("ur", "urd"),
        ("vi", "vie"),
        ("zh", "zho"),
    ];
    CODES.iter().find(|(short, _)| *short == code).map(|(_, long)| *long)
}

impl Sink for Ftm {
    fn report(&mut self, reading: &Reading<'_>, _: &Across<'_>) -> Result<()> {
        let r = reading.record;
        let article = article_id(reading);
        let publisher = source_name(reading);
        let title = r.title.clone().unwrap_or_else(|| first_line(&r.text));
        let hash = digest::sha1(r.text.as_bytes());
        let web = r.uri.as_deref().filter(|u| u.starts_with("http://") || u.starts_with("https://"));
        let properties = Properties::default()
            .with("title", [title.as_str()])
            .with("fileName", [r.id.as_str()])
            .with("author", r.credit.as_deref())
            .with("publisher", publisher.as_deref())
            .with("publishedAt", r.published.best.as_deref())
            .with("sourceUrl", web)
            .with("language", language(&r.language))
            .with("contentHash", [hash.as_str()]);
        self.add(&article, "Article", properties)?;
        for e in &r.entities {
            self.entity(reading, e, &article)?;
        }
        r.events.iter().try_for_each(|v| self.event(reading, v, &article))?;
        r.relations.iter().try_for_each(|x| self.relation(reading, x, &article))
    }

    fn end(self: Box<Self>, _: &Across<'_>, _: &Gathered) -> Result<Vec<Written>> {
        Ok(vec![self.file.done(Format::JsonLines, None, "FollowTheMoney entities, one a line", self.entities)?])
    }
}

/// The first words of a text without a title.
fn first_line(text: &str) -> String {
    text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default().chars().take(120).collect()
}

impl Ftm {
    fn entity(&mut self, reading: &Reading<'_>, e: &Entity, article: &str) -> Result<()> {
        let Some(schema) = schema_of(e) else { return Ok(()) };
        let names = || e.mentions.iter().filter(|m: &&Mention| m.form == "name");
        let aliases = names().map(|m| reading.words(m.span, &m.within_title)).filter(|w| *w != e.name);
        let country = land(e.country.as_ref());
        let person = schema == "Person";
        let properties = Properties::default()
            .with("name", [e.name.as_str()])
            .with("alias", aliases)
            .with("country", country.as_deref().filter(|_| !person))
            .with("position", e.role.as_deref().filter(|_| person))
            .with("sector", e.sector.as_deref())
            .with("proof", [article]);
        let id = id_of(&reading.key(&e.id));
        self.add(&id, schema, properties)?;
        let words = names().map(|m| reading.words(m.span, &m.within_title));
        let properties = Properties::default()
            .with("document", [article])
            .with("name", words.chain([e.name.as_str()]))
            .with("resolved", [id.as_str()])
            .with("detectedSchema", [schema])
            .with("contextCountry", country.as_deref());
        self.add(&id_of(&format!("mention/{}", reading.key(&e.id))), "Mention", properties)
    }

    fn event(&mut self, reading: &Reading<'_>, v: &Event, article: &str) -> Result<()> {
        let r = reading.record;
        let parties = |rows: &[Participant]| -> Vec<String> {
            let entities = rows.iter().filter_map(|p| reading.entity(p.entity.as_deref()));
            entities.filter(|e| schema_of(e).is_some()).map(|e| id_of(&reading.key(&e.id))).collect()
        };
        let (actors, targets) = (parties(&v.actors), parties(&v.targets));
        let organized = matches!(v.class.as_str(), "PROTEST" | "CONSULT");
        let place = reading.place(v.place.as_deref());
        let time = reading.time(v.time.as_deref());
        let (start, end) = (time.and_then(|t| t.start.as_deref()), time.and_then(|t| t.end.as_deref()));
        let name = format!("{}: {}", v.class, reading.words(v.trigger, &v.within_title));
        let sentence = reading.sentence(v.trigger, &v.within_title);
        let key = reading.key(&v.id);
        let said = reading.speaker(&v.said_by).name.map(|s| format!("Said by {s}."));
        let place_country = land(place.and_then(|p| p.country.as_ref()));
        let keywords = [Some(v.class.as_str()), v.mode.as_deref(), Some(v.status.as_str()), v.acled.as_deref()];
        let involved = actors.iter().filter(|_| !organized).chain(&targets);
        let properties = Properties::default()
            .with("name", [name.as_str()])
            .with("date", start.filter(|_| start == end))
            .with("startDate", start.filter(|_| start != end))
            .with("endDate", end.filter(|_| start != end))
            .with("summary", [sentence.as_str()])
            .with("notes", said.as_deref())
            .with("location", place.map(|p| p.name.as_str()))
            .with("country", place_country.as_deref())
            .with("organizer", actors.iter().filter(|_| organized).map(String::as_str))
            .with("involved", involved.map(String::as_str))
            .with("keywords", keywords.into_iter().flatten())
            .with("proof", [article])
            .with("publisher", source_name(reading).as_deref())
            .with("sourceUrl", r.uri.as_deref().filter(|u| u.starts_with("http")))
            .with("recordId", [key.as_str()]);
        self.add(&id_of(&key), "Event", properties)
    }

    fn relation(&mut self, reading: &Reading<'_>, x: &Relation, article: &str) -> Result<()> {
        let end = |row: &str| {
            let e = reading.entity(Some(row))?;
            Some((id_of(&reading.key(&e.id)), schema_of(e)?))
        };
        let (Some((subject, one)), Some((object, two))) = (end(&x.subject), end(&x.object)) else { return Ok(()) };
        let schema = match (x.kind.as_str(), one, two) {
            ("kin", "Person", "Person") => "Family",
            ("employee" | "spokesperson", "Person", "Organization") => "Employment",
            ("board", _, "Organization") => "Directorship",
            ("member" | "leads", _, "Organization") => "Membership",
            _ => "UnknownLink",
        };
        let (from, to, role) = match schema {
            "Family" => ("person", "relative", "relationship"),
            "Employment" => ("employee", "employer", "role"),
            "Directorship" => ("director", "organization", "role"),
            "Membership" => ("member", "organization", "role"),
            _ => ("subject", "object", "role"),
        };
        let said = reading.speaker(&x.said_by).name.map(|s| format!("Said by {s}."));
        let key = reading.key(&x.id);
        let properties = Properties::default()
            .with(from, [subject.as_str()])
            .with(to, [object.as_str()])
            .with(role, [x.detail.as_deref().unwrap_or(&x.kind)])
            .with("description", said.as_deref())
            .with("recordId", [key.as_str()])
            .with("proof", [article]);
        self.add(&id_of(&key), schema, properties)
    }
}
