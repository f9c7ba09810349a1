//! What many records come to together: origins, incidents, tallies. Written out like a record, and only growing.
//!
//! Everything here is derived and can be made again from records and decisions at any time. Ids of reports are those
//! of [`super::Record::id`]; ids of rows are those of their record.

use super::Range;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Reports that go back to one author: a wire story and its copies. They are one voice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Stable for the same reports: made from the id of `earliest`.
    pub id: String,
    /// In the order of publication, then of id.
    pub reports: Vec<String>,
    /// The report that the others copy, as far as dates and wording tell.
    pub earliest: String,
    /// The agency that the reports credit, where they agree on one.
    pub agency: Option<String>,
    /// Who copied what, one row a report that is not `earliest`.
    pub copies: Vec<Copied>,
}

/// Why a report stands in an origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Copied {
    pub report: String,
    /// The report of the same origin that it shares most with.
    pub from: String,
    /// Share of the shorter report's words that stand in runs which both have, 0 to 1.
    pub share: f32,
    /// `text`, `passage`, `reworded`, `quotations`, `agency`: what tied them, strongest first.
    pub by: Vec<String>,
}

/// One telling of an event: where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    pub report: String,
    /// A row of the report's `events`; null where the report tells of the happening without a conflict event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    pub trigger: Range,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within_title: Option<String>,
}

/// The same happening, told in one or many reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Stable as long as the earliest telling stays the same.
    pub id: String,
    /// PLOVER type that most voices give; null for a happening that is no conflict event.
    #[serde(rename = "type")]
    pub class: Option<String>,
    pub mode: Option<String>,
    pub acled: Option<String>,
    /// Of the tellings, one count a voice: the status that most give.
    pub status: Option<String>,
    /// The finest place that the tellings are agreed on.
    pub place: Option<Where>,
    /// First and last day it can have been, `YYYY-MM-DD`.
    pub start: Option<String>,
    pub end: Option<String>,
    /// UCDP GED `date_prec`, 1 to 5.
    pub date_precision: Option<u8>,
    /// Names as most voices give them, for people to recognise it by.
    pub actors: Vec<String>,
    pub targets: Vec<String>,
    /// In the order of publication, then of id.
    pub reports: Vec<String>,
    /// Rows of origins: the independent voices.
    pub origins: Vec<String>,
    pub events: Vec<Told>,
    /// Why its tellings were put together: a tree over them.
    pub links: Vec<Link>,
    pub verification: Verification,
    pub tallies: Vec<Tally>,
}

/// A place as reports agree on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Where {
    pub name: String,
    pub geonameid: Option<u32>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    pub admin1: Option<String>,
    /// UCDP GED `where_prec`, 1 to 7.
    pub precision: Option<u8>,
}

/// Two tellings that were taken for the same happening, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    pub a: Told,
    pub b: Told,
    /// 0 to 1.
    pub score: f32,
    /// For people: "same town: Almaty", "1 day apart", "both tell of 26 killed", "decided by J. Doe".
    pub reasons: Vec<String>,
}

/// How far independent voices bear an incident out. Never the model's score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verification {
    /// One origin tells of it.
    Unconfirmed,
    /// Two origins or more tell of it, and do not contradict one another.
    PartiallyCorroborated,
    /// A person decided so.
    Confirmed,
    /// Independent voices contradict one another on whether it happened, or a person decided so.
    Disputed,
    /// A person decided so.
    Rejected,
}

/// An incident's figures of one kind, reconciled, each claim kept. A range of reported figures, never a confidence
/// interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// As of a count: `killed`, `injured`, …
    pub kind: String,
    /// Whose side, where the claims say: `civilians`, `police`, `soldiers`, `protesters`, `children`, `women`, …; null
    /// for the whole.
    pub of: Option<String>,
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
    /// Name of the policy that chose the three.
    pub policy: String,
    /// Independent voices give figures that cannot all be true.
    pub disagreement: bool,
    /// Independent voices among the claims that count.
    pub voices: usize,
    /// A convention of the policy that decided: "dozens" written as 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// In the order of time, then of report.
    pub claims: Vec<Claim>,
}

/// One figure in one report, as a voice in a tally.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    pub report: String,
    /// A row of the report's `counts`.
    pub count: String,
    /// Further rows of `counts` added to it, where a report gives figures for sides and none for the whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// A row of origins.
    pub origin: String,
    /// The day of the report, `YYYY-MM-DD`.
    pub date: Option<String>,
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
    /// The sentence or clause that it was read from, and the figure's span in the report.
    pub words: String,
    pub span: Range,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within_title: Option<String>,
    /// Who says so, outermost first, each as named in the report; empty: the outlet itself.
    pub said_by: Vec<String>,
    /// The class of the innermost source; `media` where the outlet itself says so.
    pub source_class: String,
    /// The report ties the figure to no event of its own: it was given to what the report is about.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub inferred: bool,
    /// Whether it bears on low, best and high.
    pub counted: bool,
    /// Why it does not: `superseded` (the same voice has another figure that holds), `repeated` (in the same report),
    /// `same-origin` (a copy, or an outlet repeating its source), `same-source` (the same source in another origin),
    /// `part` (of another figure), `negated` (also denied), `not-happened` (ordered, feared, planned …), `rejected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
}

/// What a person decided. A new row each time, never an overwrite; the later of two that contradict holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    pub id: String,
    /// RFC 3339, in UTC.
    pub at: String,
    pub by: String,
    pub reason: String,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Verdict {
    /// These two tellings are of the same happening.
    Merge { a: Told, b: Told },
    /// They are not.
    Split { a: Told, b: Told },
    /// How far the incident that this telling belongs to is borne out.
    Verify { told: Told, level: Verification },
    /// A row of a record is right as it is.
    Accept { report: String, row: String },
    /// A row of a record is wrong: it bears on nothing.
    Reject { report: String, row: String },
    /// A field of a row has another value: `field` as in the record, `value` as JSON.
    Correct { report: String, row: String, field: String, value: serde_json::Value },
    /// An entity of a record is masked in every output.
    Redact { report: String, entity: String },
}
