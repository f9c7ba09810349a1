//! The fourth level: [`Meaning`], what the report says: when, where, who says so, what happened, how many, who is what.

pub mod counts;
pub mod events;
pub mod places;
pub mod relations;
pub mod statements;
pub mod times;

use crate::evidence::Evidence;
use crate::span::{EntityId, EventId, PlaceId, Span, StatementId, TimeId, TokenId};
use jiff::civil::Date;

#[derive(Clone, Debug, Default)]
pub struct Meaning {
    pub times: Vec<Time>,
    pub places: Vec<Place>,
    pub statements: Vec<Statement>,
    pub events: Vec<Event>,
    pub counts: Vec<Count>,
    pub relations: Vec<Relation>,
}

/// A time expression and the days it means.
#[derive(Clone, Debug)]
pub struct Time {
    pub span: Span,
    pub class: TimeClass,
    /// TIMEX3 value: `2022-01-07`, `2022-W01`, `P3D`, `PRESENT_REF`.
    pub timex: String,
    /// First and last day, where it names days.
    pub start: Option<Date>,
    pub end: Option<Date>,
    /// UCDP GED `date_prec`: 1 day, 2 two to six days, 3 week, 4 month, 5 year; `None` for durations and sets.
    pub precision: Option<u8>,
    pub because: Evidence,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeClass {
    Date,
    Time,
    Duration,
    Set,
}

/// A place on the ground, with every mention of it.
#[derive(Clone, Debug)]
pub struct Place {
    /// As GeoNames names it, else as written.
    pub name: String,
    pub geonameid: Option<u32>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Name of the first-level division.
    pub admin1: Option<String>,
    /// UCDP GED `where_prec`: 1 exact, 2 near, 3 second-level division, 4 first-level, 5 vague, 6 country, 7 sea or air.
    pub precision: Option<u8>,
    pub mentions: Vec<PlaceMention>,
    pub because: Evidence,
}

#[derive(Clone, Copy, Debug)]
pub struct PlaceMention {
    pub span: Span,
    pub form: crate::language::Form,
    /// The name stands for a government or people, as in "Moscow said".
    pub metonym: bool,
}

/// One act of saying (PARC and PolNeAR: source, cue, content).
#[derive(Clone, Debug)]
pub struct Statement {
    pub form: StatementForm,
    /// `None` where no words name a source.
    pub source: Option<Source>,
    /// `None` where a quotation goes on without one.
    pub cue: Option<Span>,
    /// One or more pieces, in order, without the quotation marks at their ends.
    pub content: Vec<Span>,
    pub act: SpeechAct,
    /// As written: "on Twitter" gives "Twitter".
    pub channel: Option<Span>,
    pub addressee: Option<Span>,
    /// When it was said, where the text says so.
    pub time: Option<TimeId>,
    /// The statement whose content holds this one.
    pub within: Option<StatementId>,
    pub because: Evidence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementForm {
    Direct,
    Indirect,
    Mixed,
}

/// Whose word it is.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Where the words of this statement name the source; `None` where it is carried on from the statement before.
    pub span: Option<Span>,
    /// `None` where the source has no identity: "talks", "it was reported".
    pub entity: Option<EntityId>,
    pub class: SourceClass,
}

/// DESIGN.md, "Source classes".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceClass {
    Official,
    ArmedGroup,
    Organisation,
    Expert,
    Witness,
    Media,
    Document,
    Unnamed,
}

/// What is done by saying it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeechAct {
    Asserts,
    Denies,
    Orders,
    Requests,
    Threatens,
    Promises,
    Asks,
    Predicts,
    Doubts,
    /// Intends, plans, wants.
    Intends,
}

/// Something said to have happened or to be going to. One row an event, told once or several times.
#[derive(Clone, Debug)]
pub struct Event {
    /// PLOVER type.
    pub class: EventClass,
    /// PLOVER mode, as `firearms`.
    pub mode: Option<&'static str>,
    /// ACLED sub-event type, as "Air/drone strike".
    pub acled: Option<&'static str>,
    pub actors: Vec<Participant>,
    pub targets: Vec<Participant>,
    pub instruments: Vec<Participant>,
    pub place: Option<PlaceId>,
    pub time: Option<TimeId>,
    /// Told as background from another time.
    pub historical: bool,
    /// First telling first; never empty.
    pub mentions: Vec<Telling>,
    pub because: Evidence,
}

/// One telling of an event.
#[derive(Clone, Debug)]
pub struct Telling {
    pub trigger: Span,
    /// Head word of the trigger.
    pub head: TokenId,
    pub status: Status,
    /// Outermost speaker first, innermost last; empty: the outlet in its own voice.
    pub said_by: Vec<StatementId>,
}

#[derive(Clone, Copy, Debug)]
pub struct Participant {
    pub span: Span,
    pub entity: Option<EntityId>,
}

/// PLOVER's sixteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventClass {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// DESIGN.md, "Status".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Happened,
    Attempted,
    Negated,
    Denied,
    Ordered,
    Requested,
    Threatened,
    Planned,
    Predicted,
    Possible,
    Conditional,
}

/// One figure: "at least 26 killed".
#[derive(Clone, Debug)]
pub struct Count {
    pub kind: CountKind,
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
    /// The figure's own words.
    pub span: Span,
    /// What is counted: "armed criminals".
    pub of: Option<Span>,
    pub event: Option<EventId>,
    pub said_by: Vec<StatementId>,
    pub because: Evidence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountKind {
    Killed,
    Injured,
    Arrested,
    Missing,
    Abducted,
    Displaced,
    Participants,
    Destroyed,
    Other,
}

/// A lasting tie between two.
#[derive(Clone, Debug)]
pub struct Relation {
    pub subject: Party,
    pub kind: RelationKind,
    /// The words that name the tie: "son-in-law", "Secretary of State".
    pub detail: Option<Span>,
    pub object: Party,
    /// The words from which it was read.
    pub span: Span,
    pub said_by: Vec<StatementId>,
    pub because: Evidence,
}

/// One end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    Entity(EntityId),
    Place(PlaceId),
}

/// DESIGN.md, "Kinds".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelationKind {
    Office,
    Leads,
    Member,
    Board,
    Employee,
    Spokesperson,
    Kin,
    Nationality,
    PartOf,
    Ally,
    Founder,
    Owner,
    FormerlyCalled,
}

impl Meaning {
    /// The chain of statements over a span, outermost first: every statement whose content holds it.
    pub fn said_by(&self, span: Span) -> Vec<StatementId> {
        statements::said_by(&self.statements, span)
    }
}

impl TimeClass {
    /// As the record writes it: the TIMEX3 type.
    pub fn name(self) -> &'static str {
        match self {
            TimeClass::Date => "DATE",
            TimeClass::Time => "TIME",
            TimeClass::Duration => "DURATION",
            TimeClass::Set => "SET",
        }
    }
}

impl StatementForm {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            StatementForm::Direct => "direct",
            StatementForm::Indirect => "indirect",
            StatementForm::Mixed => "mixed",
        }
    }
}

impl SourceClass {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            SourceClass::Official => "official",
            SourceClass::ArmedGroup => "armed-group",
            SourceClass::Organisation => "organisation",
            SourceClass::Expert => "expert",
            SourceClass::Witness => "witness",
            SourceClass::Media => "media",
            SourceClass::Document => "document",
            SourceClass::Unnamed => "unnamed",
        }
    }
}

impl SpeechAct {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            SpeechAct::Asserts => "asserts",
            SpeechAct::Denies => "denies",
            SpeechAct::Orders => "orders",
            SpeechAct::Requests => "requests",
            SpeechAct::Threatens => "threatens",
            SpeechAct::Promises => "promises",
            SpeechAct::Asks => "asks",
            SpeechAct::Predicts => "predicts",
            SpeechAct::Doubts => "doubts",
            SpeechAct::Intends => "intends",
        }
    }
}

impl Status {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Happened => "happened",
            Status::Attempted => "attempted",
            Status::Negated => "negated",
            Status::Denied => "denied",
            Status::Ordered => "ordered",
            Status::Requested => "requested",
            Status::Threatened => "threatened",
            Status::Planned => "planned",
            Status::Predicted => "predicted",
            Status::Possible => "possible",
            Status::Conditional => "conditional",
        }
    }
}

impl CountKind {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            CountKind::Killed => "killed",
            CountKind::Injured => "injured",
            CountKind::Arrested => "arrested",
            CountKind::Missing => "missing",
            CountKind::Abducted => "abducted",
            CountKind::Displaced => "displaced",
            CountKind::Participants => "participants",
            CountKind::Destroyed => "destroyed",
            CountKind::Other => "other",
        }
    }
}

impl RelationKind {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            RelationKind::Office => "office",
            RelationKind::Leads => "leads",
            RelationKind::Member => "member",
            RelationKind::Board => "board",
            RelationKind::Employee => "employee",
            RelationKind::Spokesperson => "spokesperson",
            RelationKind::Kin => "kin",
            RelationKind::Nationality => "nationality",
            RelationKind::PartOf => "part-of",
            RelationKind::Ally => "ally",
            RelationKind::Founder => "founder",
            RelationKind::Owner => "owner",
            RelationKind::FormerlyCalled => "formerly-called",
        }
    }
}

impl EventClass {
    /// PLOVER's name.
    pub fn name(self) -> &'static str {
        match self {
            EventClass::Agree => "AGREE",
            EventClass::Consult => "CONSULT",
            EventClass::Support => "SUPPORT",
            EventClass::Concede => "CONCEDE",
            EventClass::Cooperate => "COOPERATE",
            EventClass::Aid => "AID",
            EventClass::Retreat => "RETREAT",
            EventClass::Request => "REQUEST",
            EventClass::Accuse => "ACCUSE",
            EventClass::Reject => "REJECT",
            EventClass::Threaten => "THREATEN",
            EventClass::Protest => "PROTEST",
            EventClass::Sanction => "SANCTION",
            EventClass::Mobilize => "MOBILIZE",
            EventClass::Coerce => "COERCE",
            EventClass::Assault => "ASSAULT",
        }
    }
}
