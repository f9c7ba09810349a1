//! What Recount carries: model weights, gazetteer and lexicons, as bytes. Pure data, no code that reads it.

/// Words and phrases that tell of events, by PLOVER type; the file says how to read it.
pub const EVENT_TRIGGERS: &str = include_str!("../data/lexicons/event_triggers.txt");
/// What governing words say about whether an event happened; the file says how to read it.
pub const EVENT_STATUS: &str = include_str!("../data/lexicons/event_status.txt");
/// The encoder and its heads (ONNX); `training/CONTRACT.md` says what goes in and comes out.
pub static MODEL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/model.onnx"));

/// The word pieces, one a line; the line number is the id.
pub static VOCAB: &str = include_str!(concat!(env!("OUT_DIR"), "/vocab.txt"));

/// Where each head's scores stand in the model's output, and their labels (JSON).
pub static HEADS: &str = include_str!(concat!(env!("OUT_DIR"), "/heads.json"));
