//! What Recount carries: model weights, gazetteer and lexicons, as bytes. Pure data, no code that reads it.

/// Words and phrases that tell of events, by PLOVER type; the file says how to read it.
pub const EVENT_TRIGGERS: &str = include_str!("../data/lexicons/event_triggers.txt");
/// What governing words say about whether an event happened; the file says how to read it.
pub const EVENT_STATUS: &str = include_str!("../data/lexicons/event_status.txt");
