//! Names → candidate places: the carried GeoNames extract (CC BY 4.0, geonames.org).

use crate::error::Result;

/// The place index, opened once and shared.
pub struct Gazetteer {}

impl Gazetteer {
    /// Opens the index that the program carries.
    pub fn open() -> Result<Gazetteer> {
        Ok(Gazetteer {})
    }

    /// The data's own name and date, as the record's `run.data` says it.
    pub fn version(&self) -> &str {
        "none"
    }
}
