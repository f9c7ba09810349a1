//! Writes the place index that [`super::Gazetteer`] reads. Pure: takes facts, gives bytes, the same for the same facts.

use super::{COUNTRY, Class, How, MAGIC, NONE16, NONE32, Naming, ROW, Row, UNPLACED};
use crate::error::{Error, Result};
use crate::gazetteer::fold::fold;
use std::collections::BTreeMap;

/// The facts of one place. `country`, `admin1` and `admin2` are positions in the list given to [`index`].
#[derive(Clone, Debug)]
pub struct Facts {
    pub geonameid: Option<u32>,
    pub name: String,
    /// Degrees.
    pub point: Option<(f64, f64)>,
    pub population: u32,
    pub class: Class,
    pub country: Option<usize>,
    pub admin1: Option<usize>,
    pub admin2: Option<usize>,
    /// All names, the main one among them.
    pub names: Vec<(String, How)>,
}

/// The codes of one country; in the order of the countries at the head of the list of places.
#[derive(Clone, Debug)]
pub struct Codes {
    pub alpha2: String,
    pub alpha3: String,
    /// Position of the capital in the list of places.
    pub capital: Option<usize>,
}

/// Lays out the index.
///
/// `places` must begin with the countries, as many as `countries`; divisions that others lie in must stand below
/// position 65,535.
///
/// # Errors
/// Where the facts do not fit the layout.
pub fn index(places: &[Facts], countries: &[Codes], version: &str) -> Result<Vec<u8>> {
    let misfit = |why: &str| Error::Gazetteer(why.to_owned());
    if countries.len() >= usize::from(u8::MAX) || places.len() >= 1 << 29 {
        return Err(misfit("too many places"));
    }
    let mut strings = Strings::default();
    let mut rows = Vec::with_capacity(places.len() * ROW);
    let mut names: BTreeMap<String, Vec<Naming>> = BTreeMap::new();
    for (n, place) in places.iter().enumerate() {
        let degrees = |x: f64| (x * 1e5).round() as i32;
        let (lat, lon) = place.point.map_or((UNPLACED, UNPLACED), |(a, b)| (degrees(a), degrees(b)));
        let short =
            |row: Option<usize>| row.map_or(Ok(NONE16), u16::try_from).map_err(|_| misfit("a division too far down"));
        rows.extend(place.geonameid.unwrap_or(0).to_le_bytes());
        rows.extend(lat.to_le_bytes());
        rows.extend(lon.to_le_bytes());
        rows.extend(place.population.to_le_bytes());
        rows.extend(strings.at(&place.name).to_le_bytes());
        rows.extend(short(place.admin1)?.to_le_bytes());
        rows.extend(short(place.admin2)?.to_le_bytes());
        rows.push(place.country.map_or(u8::MAX, |c| c as u8));
        rows.push(place.class as u8);
        for (name, how) in &place.names {
            let folded = fold(name);
            if !folded.is_empty() && folded.len() <= 100 {
                names.entry(folded).or_default().push(Naming { row: Row(n as u32), how: *how });
            }
        }
    }

    let mut lists = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for (name, mut namings) in names {
        namings.sort_by_key(|n| (n.row, n.how));
        // One place by one name is listed once, by its best standing; as a demonym apart, since that is another use.
        namings.dedup_by_key(|n| (n.row, n.how == How::Demonym));
        namings.truncate(usize::from(u16::MAX));
        let value = if let [only] = namings[..] {
            u64::from(only.packed()) << 1 | 1
        } else {
            let at = lists.len() as u64;
            lists.extend((namings.len() as u16).to_le_bytes());
            namings.iter().for_each(|n| lists.extend(n.packed().to_le_bytes()));
            at << 1
        };
        map.insert(name, value).map_err(|e| misfit(&e.to_string()))?;
    }
    let map = map.into_inner().map_err(|e| misfit(&e.to_string()))?;

    let mut codes = Vec::with_capacity(countries.len() * COUNTRY);
    for country in countries {
        if country.alpha2.len() != 2 || country.alpha3.len() != 3 {
            return Err(misfit("a country without codes"));
        }
        codes.extend(country.alpha2.bytes().chain(country.alpha3.bytes()).chain([0; 3]));
        codes.extend(country.capital.map_or(NONE32, |c| c as u32).to_le_bytes());
    }

    let mut bytes = MAGIC.to_vec();
    for part in [version.as_bytes(), &map, &lists, &rows, &codes, &strings.bytes] {
        bytes.extend((part.len() as u32).to_le_bytes());
        bytes.extend(part);
    }
    Ok(bytes)
}

/// Strings of up to 255 bytes, each once, behind their length.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    known: BTreeMap<String, u32>,
}

impl Strings {
    fn at(&mut self, string: &str) -> u32 {
        let mut end = string.len().min(255);
        while !string.is_char_boundary(end) {
            end -= 1;
        }
        let string = &string[..end];
        if let Some(&at) = self.known.get(string) {
            return at;
        }
        let at = self.bytes.len() as u32;
        self.bytes.push(end as u8);
        self.bytes.extend(string.bytes());
        self.known.insert(string.to_owned(), at);
        at
    }
}
