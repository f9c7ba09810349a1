//! What Recount carries: model weights, gazetteer and lexicons, as bytes. Pure data, no code that reads it.

/// The place index: an extract of GeoNames (geonames.org, CC BY 4.0), made by `xtask data gazetteer`.
pub static GAZETTEER: &[u8] = include_bytes!("../data/gazetteer/places.bin");
