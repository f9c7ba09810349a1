//! What is written out: the only serialised types, and the one place where bytes become code points.
//!
//! The shape is the product's interface (`recount schema`): versioned, and it only grows.

pub mod across;
mod from_document;
mod mentions;
mod private_names;
mod redacted;
mod to_article;

pub use private_names::{MASK, PrivateNames};

pub use mentions::Mentions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the record's shape, its `schema` field.
pub const SCHEMA: &str = "recount/1";

/// A half-open range of Unicode code points of the record's `text`, or of its `title` in rows with `"in": "title"`.
pub type Range = [usize; 2];

/// One span, or the several pieces of what stands apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Spans {
    One(Range),
    Many(Vec<Range>),
}

/// Everything read from one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// `recount/1`.
    pub schema: String,
    /// The input's own id, otherwise a hash of the text and where it came from.
    pub id: String,
    pub uri: Option<String>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    /// The byline or agency credit, as printed.
    pub credit: Option<String>,
    /// ISO 639-1, or `und`.
    pub language: String,
    pub text: String,
    pub published: Published,
    pub entities: Vec<Entity>,
    pub statements: Vec<Statement>,
    pub events: Vec<Event>,
    pub counts: Vec<Count>,
    pub relations: Vec<Relation>,
    pub places: Vec<Place>,
    pub times: Vec<Time>,
    /// What intake noticed: a guessed character set, a cut page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// For a page out of a web archive: when and how it was captured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<Captured>,
    pub run: Run,
}

/// How a page came into the web archive that it was read from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Captured {
    /// As the archive states it, `2014-02-16T05:02:21Z`.
    pub date: Option<String>,
    /// The payload's digest as the archive states it, `sha1:…`; a note says where it does not fit.
    pub digest: Option<String>,
    /// The kind of its record: `response`, `resource` or `conversion`.
    pub kind: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// The chosen day, `YYYY-MM-DD`; null where nothing says or where day and month stay open.
    pub best: Option<String>,
    pub stated: Vec<Stated>,
}

/// A date that the report or its page states about itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stated {
    pub value: Option<String>,
    /// Null for a date from the page's metadata or from the command line.
    pub span: Option<Range>,
    /// `text`, `page` (seen outside the main text), `json-ld`, `meta`, `microdata`, `time`, `url`, `input`, `option`.
    pub from: String,
    /// As written.
    pub words: String,
    #[serde(default, skip_serializing_if = "is_false")]
    pub modified: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    pub id: String,
    /// `person`, `organisation`, `group`, `place`, `facility`, `other`.
    pub kind: String,
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sector code.
    pub sector: Option<String>,
    /// Office or occupation as stated.
    pub role: Option<String>,
    /// A private person: redact in anything published.
    #[serde(default, skip_serializing_if = "is_false")]
    pub private: bool,
    #[serde(flatten)]
    #[schemars(with = "mentions::AsWritten")]
    pub mentions: Mentions,
    pub score: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    pub span: Range,
    /// `name`, `nominal`, `pronoun`, `demonym`.
    pub form: String,
    /// The name stands for a government or people ("Moscow said").
    #[serde(default, skip_serializing_if = "is_false")]
    pub metonym: bool,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within_title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    pub id: String,
    /// `direct`, `indirect`, `mixed`.
    pub form: String,
    /// Null where nothing names a source and none is carried on.
    pub source: Option<Source>,
    pub cue: Option<Range>,
    pub content: Vec<Range>,
    /// What is done by saying it: `asserts`, `denies`, `orders`, …
    pub act: String,
    pub channel: Option<String>,
    pub addressee: Option<Range>,
    /// When it was said: a row of `times`.
    pub time: Option<String>,
    /// The statement whose content holds this one.
    pub within: Option<String>,
    pub score: f32,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within_title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Null for a source with no name.
    pub entity: Option<String>,
    /// `official`, `armed-group`, `organisation`, `expert`, `witness`, `media`, `document`, `unnamed`.
    pub class: String,
    /// Null where the speaker is carried on from the statement before.
    pub span: Option<Range>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    pub id: String,
    /// PLOVER type, as `ASSAULT`.
    #[serde(rename = "type")]
    pub class: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// ACLED sub-event type.
    pub acled: Option<String>,
    pub trigger: Range,
    /// Of the first telling.
    pub status: String,
    pub actors: Vec<Participant>,
    pub targets: Vec<Participant>,
    pub instruments: Vec<Participant>,
    /// A row of `places`.
    pub place: Option<String>,
    /// A row of `times`.
    pub time: Option<String>,
    /// Rows of `statements`, innermost speaker last; empty: the outlet itself. Of the first telling.
    pub said_by: Vec<String>,
    /// Told as background from another time.
    #[serde(default, skip_serializing_if = "is_false")]
    pub historical: bool,
    /// Every telling in the report.
    pub mentions: Vec<Telling>,
    pub score: f32,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within_title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Telling {
    pub trigger: Range,
    pub status: String,
    pub said_by: Vec<String>,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within_title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    pub entity: Option<String>,
    pub span: Range,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    pub id: String,
    /// `killed`, `injured`, `arrested`, `missing`, `abducted`, `displaced`, `participants`, `destroyed`, `other`.
    pub kind: String,
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
    pub span: Range,
    /// What is counted.
    pub of: Option<Counted>,
    /// A row of `events`.
    pub event: Option<String>,
    pub said_by: Vec<String>,
    pub score: f32,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within_title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    pub span: Range,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    pub id: String,
    /// A row of `entities` or of `places`.
    pub subject: String,
    /// `office`, `leads`, `member`, `board`, `employee`, `spokesperson`, `kin`, `nationality`, `part-of`, `ally`,
    /// `founder`, `owner`, `formerly-called`.
    pub kind: String,
    /// The words that name the tie.
    pub detail: Option<String>,
    pub object: String,
    pub span: Range,
    pub said_by: Vec<String>,
    pub score: f32,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within_title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    pub id: String,
    pub name: String,
    pub geonameid: Option<u32>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub country: Option<String>,
    pub admin1: Option<String>,
    /// UCDP GED `where_prec`, 1 to 7.
    pub precision: Option<u8>,
    #[serde(flatten)]
    #[schemars(with = "mentions::AsWritten")]
    pub mentions: Mentions,
    pub score: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    pub id: String,
    pub span: Range,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`.
    #[serde(rename = "type")]
    pub class: String,
    /// TIMEX3 value.
    pub timex: String,
    pub start: Option<String>,
    pub end: Option<String>,
    /// UCDP GED `date_prec`, 1 to 5.
    pub precision: Option<u8>,
    pub score: f32,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within_title: Option<String>,
}

/// What made the record: the same run on the same input gives the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    pub program: String,
    pub model: String,
    pub data: String,
}

impl Run {
    /// This program with weights and carried data of these versions.
    pub fn with(model: &str, data: &str) -> Run {
        let program = concat!("recount ", env!("CARGO_PKG_VERSION")).to_owned();
        Run { program, model: model.to_owned(), data: data.to_owned() }
    }
}

fn is_false(b: &bool) -> bool {
    !*b
}

/// The JSON Schema (draft 2020-12) of a record.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Record).to_value()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_names_every_level() {
        let schema = super::schema();
        for field in ["entities", "statements", "events", "counts", "relations", "places", "times", "published"] {
            assert!(schema["properties"].get(field).is_some(), "{field}");
        }
    }
}
