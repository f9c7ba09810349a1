//! What Recount carries: model weights, gazetteer and lexicons, as bytes. Pure data, no code that reads it.

/// The place index: an extract of GeoNames (geonames.org, CC BY 4.0), made by `xtask data gazetteer`.
pub static GAZETTEER: &[u8] = include_bytes!("../data/gazetteer/places.bin");

/// ISO 3166-1 alpha-3, names, adjectives, people, seats of government; tabs between, `|` between alternatives.
pub const COUNTRIES: &str = include_str!("../data/lexicons/countries.tsv");

/// People of governments: name, ISO 3166-1 alpha-3, first year in a government; tabs between.
pub const LEADERS: &str = include_str!("../data/lexicons/leaders.tsv");

/// Well-known organisations: names parted by `|`, ISO 3166-1 alpha-3 or `-`, PLOVER sector, first year or `-`; tabs between.
pub const ORGANISATIONS: &str = include_str!("../data/lexicons/organisations.tsv");

/// PLOVER sector, a colon, and the nouns for its people and bodies, parted by commas.
pub const ROLES: &str = include_str!("../data/lexicons/roles.txt");

/// Buildings that stand for a government: words, ISO 3166-1 alpha-3, PLOVER sector; tabs between.
pub const SEATS: &str = include_str!("../data/lexicons/seats.tsv");

/// What each clue says about whether words are a name and of which kind: a clue, then a weight each for person,
/// organisation, place, other and no name; tabs between. Made by `training/names.py`.
pub const NAMES: &str = include_str!("../data/lexicons/names.tsv");

/// Words and phrases that tell of events, by PLOVER type; the file says how to read it.
pub const EVENT_TRIGGERS: &str = include_str!("../data/lexicons/event_triggers.txt");

/// What governing words say about whether an event happened; the file says how to read it.
pub const EVENT_STATUS: &str = include_str!("../data/lexicons/event_status.txt");

/// The encoder and its heads (ONNX); `training/CONTRACT.md` says what goes in and comes out.
pub static MODEL: &[u8] = include_bytes!("../data/model/model.onnx");

/// The word pieces, one a line; the line number is the id.
pub static VOCAB: &str = include_str!("../data/model/vocab.txt");

/// Where each head's scores stand in the model's output, and their labels (JSON).
pub static HEADS: &str = include_str!("../data/model/heads.json");

/// Irregular forms of English verbs, nouns and pronouns: base form first, in parts headed `# verbs` and so on.
pub static IRREGULAR: &str = include_str!("../data/lexicons/irregular.txt");

/// Adjectives and nouns of nationality and people, one a line, as written.
pub static DEMONYMS: &str = include_str!("../data/lexicons/demonyms.txt");
