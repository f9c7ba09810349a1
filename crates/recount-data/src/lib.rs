//! What Recount carries: model weights, gazetteer and lexicons, as bytes. Pure data, no code that reads it.

/// ISO 3166-1 alpha-3, names, adjectives, people, seats of government; tabs between, `|` between alternatives.
pub const COUNTRIES: &str = include_str!("../data/lexicons/countries.tsv");
/// People of governments: name, ISO 3166-1 alpha-3, first year in a government; tabs between.
pub const LEADERS: &str = include_str!("../data/lexicons/leaders.tsv");
/// PLOVER sector, a colon, and the nouns for its people and bodies, parted by commas.
pub const ROLES: &str = include_str!("../data/lexicons/roles.txt");
/// Buildings that stand for a government: words, ISO 3166-1 alpha-3, PLOVER sector; tabs between.
pub const SEATS: &str = include_str!("../data/lexicons/seats.tsv");
