//! Weights of what pairs of reports and pairs of events have in common: `cargo xtask fit` writes this file.
//!
//! Logistic regression on ECB+'s training topics (25 topics, two like happenings each), dealt three times into
//! three collections; the development topics are not among them. Weights marked by hand concern dates, which the
//! corpus has not.

/// How a pair of reports stands before anything is known of it: log-odds.
pub const REPORTS_INTERCEPT: f32 = -4.148;

/// How a pair of reports is weighed, feature by feature.
pub const REPORTS: [f32; 19] = [
    2.713,  // all words: cosine
    4.061,  // lead words: cosine
    4.802,  // names: cosine
    1.383,  // the shorter's words in the longer
    0.180,  // the shorter's lead in the other
    0.141,  // rarest shared words of names
    1.028,  // a central person is the same
    -1.444, // central people differ
    0.874,  // same town
    -0.222, // towns differ
    -0.543, // countries differ
    1.800,  // same figure of the same thing
    -0.753, // figures of the same thing differ
    0.300,  // same day named (by hand)
    -0.709, // days of the week differ
    0.700,  // same day of like events (by hand)
    -2.600, // days of like events differ (by hand)
    -0.600, // days between publications (by hand)
    -4.000, // towns of like events differ (by hand)
];

/// How a pair of events stands before anything is known of it: log-odds.
pub const EVENTS_INTERCEPT: f32 = -2.249;

/// How a pair of events is weighed, feature by feature.
pub const EVENTS: [f32; 17] = [
    -0.654, // same type
    2.214,  // same mode
    2.870,  // same trigger
    0.362,  // words around: cosine
    0.298,  // same target
    -0.700, // targets differ (by hand)
    0.059,  // same actor
    -0.500, // actors differ (by hand)
    0.500,  // same town (by hand)
    -2.000, // places differ (by hand)
    0.500,  // same day
    -2.000, // days differ (by hand)
    2.149,  // same figure of one kind
    -0.300, // figures of one kind differ (by hand)
    0.326,  // both in the lead
    0.367,  // same report
    0.107,  // their reports: log-odds
];
