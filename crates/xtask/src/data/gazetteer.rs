//! From gathered facts to the bytes of the place index.

use recount::gazetteer::write::{Codes, Facts, index};

/// Lays out the index, with a version that names its own content.
pub fn bytes(places: &[Facts], countries: &[Codes]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let unnamed = index(places, countries, "")?;
    Ok(index(places, countries, &format!("geonames-{:016x}", fnv1a(&unnamed)))?)
}

/// The 64-bit FNV-1a hash: enough to tell versions apart.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
