//! Weights of what pairs of reports and pairs of events have in common: `cargo xtask fit` writes this file.
//!
//! Logistic regression on ECB+'s training topics (25 topics, two like happenings each), dealt three times into
//! three collections; the development topics are not among them. Weights marked by hand concern dates, which the
//! corpus has not.

/// How a pair of reports stands before anything is known of it: log-odds.
pub const REPORTS_INTERCEPT: f32 = -4.097;

/// How a pair of reports is weighed, feature by feature.
pub const REPORTS: [f32; 18] = [
    2.586,  // all words: cosine
    3.822,  // lead words: cosine
    4.757,  // names: cosine
    1.249,  // the shorter's words in the longer
    0.335,  // the shorter's lead in the other
    0.176,  // rarest shared words of names
    1.013,  // a central person is the same
    -1.461, // central people differ
    0.821,  // same town
    -0.297, // towns differ
    -0.637, // countries differ
    1.578,  // same figure of the same thing
    -0.866, // figures of the same thing differ
    3.253,  // same day named
    -0.762, // days of the week differ
    1.000,  // same day of like events (by hand)
    -2.000, // days of like events differ (by hand)
    -0.600, // days between publications (by hand)
];

/// How a pair of events stands before anything is known of it: log-odds.
pub const EVENTS_INTERCEPT: f32 = -2.611;

/// How a pair of events is weighed, feature by feature.
pub const EVENTS: [f32; 17] = [
    -0.612, // same type
    2.201,  // same mode
    2.914,  // same trigger
    0.326,  // words around: cosine
    0.304,  // same target
    0.369,  // targets differ
    0.028,  // same actor
    0.326,  // actors differ
    -0.218, // same town
    -0.100, // places differ
    0.503,  // same day
    -2.000, // days differ (by hand)
    2.097,  // same figure of one kind
    1.316,  // figures of one kind differ
    0.354,  // both in the lead
    0.726,  // same report
    0.227,  // their reports: log-odds
];
