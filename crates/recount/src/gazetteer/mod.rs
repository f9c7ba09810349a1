//! Names → candidate places: the carried GeoNames extract (CC BY 4.0, geonames.org).
//!
//! One file, read in place: a finite-state map from folded names to lists of rows, and a table of rows of equal length.
//! Nothing is unpacked when it is opened. `xtask data gazetteer` makes it through [`write`].

pub mod fold;
pub mod write;

#[cfg(test)]
mod tests;

use crate::error::{Error, Result};
use crate::gazetteer::fold::{Written, fold};
use fst::raw::{CompiledAddr, Fst, Output};

/// First bytes of the file; the last two are the layout's version.
pub(crate) const MAGIC: &[u8; 8] = b"RECGAZ01";
/// Bytes of one row of the place table.
pub(crate) const ROW: usize = 26;
/// Bytes of one row of the country table.
pub(crate) const COUNTRY: usize = 12;
/// Written where a row or a coordinate is missing.
pub(crate) const NONE16: u16 = u16::MAX;
pub(crate) const NONE32: u32 = u32::MAX;
pub(crate) const UNPLACED: i32 = i32::MIN;

/// Row of the place table. Countries come first, then first-level divisions, second-level divisions, regions and seas,
/// and towns by falling population, so that of the candidates for a name the better known come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(pub u32);

/// What kind of feature a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    Country,
    /// First-level division: a state, province or governorate.
    Division,
    /// Second-level division: a county or district.
    District,
    Continent,
    /// An area without a border of its own: the Sahel, Central Asia.
    Region,
    Sea,
    River,
    Lake,
    Mountain,
    Island,
    Facility,
    /// The capital of a country.
    Capital,
    Town,
}

/// How a name names a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum How {
    /// The name that GeoNames gives first.
    Main,
    /// Another name: in another language, script or time.
    Other,
    /// A short form that counts only as written, in capitals: "US", "D.C.".
    Short,
    /// A short form that counts only behind the name of a place in it: "Ga." in "Atlanta, Ga.".
    State,
    /// An adjective or a name of the inhabitants: "Kazakh", "Britons".
    Demonym,
}

/// One place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    pub row: Row,
    pub how: How,
}

/// What is known of one place. Coordinates are degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'a> {
    pub row: Row,
    pub geonameid: Option<u32>,
    pub name: &'a str,
    pub point: Option<(f64, f64)>,
    /// People; 0 where unknown. Of a division the sum of its towns.
    pub population: u32,
    pub class: Class,
    pub country: Option<Row>,
    pub admin1: Option<Row>,
    pub admin2: Option<Row>,
}

/// What is known of one country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country<'a> {
    pub row: Row,
    pub name: &'a str,
    /// ISO 3166-1; GeoNames' `XK`, `XKX` for Kosovo.
    pub alpha2: &'a str,
    pub alpha3: &'a str,
    pub capital: Option<Row>,
}

/// The place index, opened once and shared.
pub struct Gazetteer {
    version: &'static str,
    names: Fst<&'static [u8]>,
    lists: &'static [u8],
    rows: &'static [u8],
    countries: &'static [u8],
    strings: &'static [u8],
}

impl Gazetteer {
    /// Opens the index that the program carries.
    ///
    /// # Errors
    /// Where the carried file has another layout than this program reads.
    pub fn open() -> Result<Gazetteer> {
        Gazetteer::of(recount_data::GAZETTEER)
    }

    /// Opens an index made by [`write::index`].
    ///
    /// # Errors
    /// Where the bytes are no index of this layout.
    pub fn of(bytes: &'static [u8]) -> Result<Gazetteer> {
        let misfit = |why: &str| Error::Gazetteer(why.to_owned());
        let rest = bytes.strip_prefix(MAGIC.as_slice()).ok_or_else(|| misfit("another layout"))?;
        let mut rest = rest;
        let mut parts = [&[][..]; 6];
        for part in &mut parts {
            let (length, body) = rest.split_at_checked(4).ok_or_else(|| misfit("cut short"))?;
            let length = u32_at(length, 0) as usize;
            (*part, rest) = body.split_at_checked(length).ok_or_else(|| misfit("cut short"))?;
        }
        let [version, names, lists, rows, countries, strings] = parts;
        Ok(Gazetteer {
            version: std::str::from_utf8(version).map_err(|_| misfit("no version"))?,
            names: Fst::new(names).map_err(|e| misfit(&e.to_string()))?,
            lists,
            rows,
            countries,
            strings,
        })
    }

    /// The version of the data, as the record's `run.data` names it.
    pub fn version(&self) -> &str {
        self.version
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.rows.len() / ROW
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The places that bear a name, demonyms and short forms included, better known ones first.
    ///
    /// Case, accents, hyphens, stops and apostrophes do not count, nor does a leading "the"; the case of short forms does.
    pub fn named(&self, name: &str) -> Vec<Naming> {
        let written = Written::of(name);
        let folded = fold(name);
        let mut found = self.list(self.names.get(folded.as_bytes()));
        if found.is_empty()
            && let Some(bare) = folded.strip_prefix("the ")
        {
            found = self.list(self.names.get(bare.as_bytes()));
        }
        found.retain(|n| match n.how {
            How::Short => written.capitals,
            How::State => written.capitals || written.stop,
            How::Main | How::Other | How::Demonym => true,
        });
        found
    }

    /// The places whose name a word or phrase is, short forms of states and demonyms left out.
    pub fn toponyms(&self, name: &str) -> Vec<Naming> {
        let mut found = self.named(name);
        found.retain(|n| matches!(n.how, How::Main | How::Other | How::Short));
        found
    }

    /// The places whose adjective or inhabitants a word or phrase names: "Kazakh", "Saudis", "Sri Lankan".
    pub fn demonyms(&self, name: &str) -> Vec<Row> {
        self.named(name).into_iter().filter(|n| n.how == How::Demonym).map(|n| n.row).collect()
    }

    /// How many of the first words together make the longest name that the index knows, and the places that bear it.
    pub fn longest<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<(usize, Vec<Naming>)> {
        let mut walk = Walk { addr: self.names.root().addr(), output: Output::zero(), begun: false };
        let mut best = None;
        for (n, word) in words.into_iter().enumerate() {
            if !walk.on(&self.names, word) {
                break;
            }
            let node = self.names.node(walk.addr);
            // A hyphen behind a name is no part of it.
            if walk.begun && node.is_final() && word.contains(char::is_alphanumeric) {
                best = Some((n + 1, walk.output.cat(node.final_output())));
            }
        }
        best.map(|(n, output)| (n, self.list(Some(output))))
    }

    /// What is known of a place.
    pub fn place(&self, row: Row) -> Place<'_> {
        let at = row.0 as usize * ROW;
        let (lat, lon) = (u32_at(self.rows, at + 4) as i32, u32_at(self.rows, at + 8) as i32);
        let some16 = |n: u16| (n != NONE16).then_some(Row(u32::from(n)));
        Place {
            row,
            geonameid: Some(u32_at(self.rows, at)).filter(|&id| id != 0),
            name: self.string(u32_at(self.rows, at + 16)),
            point: (lat != UNPLACED).then_some((f64::from(lat) / 1e5, f64::from(lon) / 1e5)),
            population: u32_at(self.rows, at + 12),
            class: Class::of(self.rows.get(at + 25).copied().unwrap_or(u8::MAX)),
            country: self.rows.get(at + 24).filter(|&&n| n != u8::MAX).map(|&n| Row(u32::from(n))),
            admin1: some16(u16_at(self.rows, at + 20)),
            admin2: some16(u16_at(self.rows, at + 22)),
        }
    }

    /// What is known of the country that a place lies in, or is.
    pub fn country_of(&self, row: Row) -> Option<Country<'_>> {
        self.place(row).country.and_then(|c| self.country_row(c))
    }

    /// A country by its ISO 3166-1 alpha-3 code.
    pub fn country(&self, alpha3: &str) -> Option<Country<'_>> {
        (0..self.countries.len() / COUNTRY).filter_map(|n| self.country_row(Row(n as u32))).find(|c| c.alpha3 == alpha3)
    }

    /// A country by its ISO 3166-1 alpha-2 code, in any case.
    pub fn country_alpha2(&self, alpha2: &str) -> Option<Country<'_>> {
        (0..self.countries.len() / COUNTRY)
            .filter_map(|n| self.country_row(Row(n as u32)))
            .find(|c| c.alpha2.eq_ignore_ascii_case(alpha2))
    }

    /// The alpha-3 code of the country that a name, a short form or a demonym means, where it means one alone:
    /// "Kazakhstan", "U.S.", "Britons". "Congo" and "Dominican" mean two and give none.
    pub fn country_called(&self, name: &str) -> Option<&str> {
        let mut found = self
            .named(name)
            .into_iter()
            .filter(|n| n.how != How::State)
            .filter(|n| n.how == How::Demonym || self.place(n.row).class == Class::Country)
            .filter_map(|n| self.place(n.row).country);
        let first = found.next()?;
        found.all(|c| c == first).then(|| self.country_row(first).map(|c| c.alpha3))?
    }

    fn country_row(&self, row: Row) -> Option<Country<'_>> {
        let bytes = self.countries.get(row.0 as usize * COUNTRY..)?.get(..COUNTRY)?;
        Some(Country {
            row,
            name: self.place(row).name,
            alpha2: std::str::from_utf8(&bytes[..2]).unwrap_or(""),
            alpha3: std::str::from_utf8(&bytes[2..5]).unwrap_or(""),
            capital: Some(u32_at(bytes, 8)).filter(|&r| r != NONE32).map(Row),
        })
    }

    fn string(&self, at: u32) -> &str {
        let at = at as usize;
        let Some(&length) = self.strings.get(at) else { return "" };
        let bytes = self.strings.get(at + 1..at + 1 + length as usize).unwrap_or(&[]);
        std::str::from_utf8(bytes).unwrap_or("")
    }

    /// The places behind a value of the name map: one place packed into the value, or the offset of a list.
    fn list(&self, output: Option<Output>) -> Vec<Naming> {
        let Some(value) = output.map(Output::value) else { return Vec::new() };
        if value & 1 == 1 {
            return vec![Naming::unpacked((value >> 1) as u32)];
        }
        let at = (value >> 1) as usize;
        let count = u16_at(self.lists, at) as usize;
        (0..count).map(|n| Naming::unpacked(u32_at(self.lists, at + 2 + 4 * n))).collect()
    }
}

impl Naming {
    pub(crate) fn packed(self) -> u32 {
        self.row.0 << 3 | self.how as u32
    }

    fn unpacked(bits: u32) -> Naming {
        let how = match bits & 7 {
            0 => How::Main,
            1 => How::Other,
            2 => How::Short,
            3 => How::State,
            _ => How::Demonym,
        };
        Naming { row: Row(bits >> 3), how }
    }
}

impl Class {
    fn of(byte: u8) -> Class {
        const ALL: [Class; 13] = [
            Class::Country,
            Class::Division,
            Class::District,
            Class::Continent,
            Class::Region,
            Class::Sea,
            Class::River,
            Class::Lake,
            Class::Mountain,
            Class::Island,
            Class::Facility,
            Class::Capital,
            Class::Town,
        ];
        ALL.get(byte as usize).copied().unwrap_or(Class::Town)
    }

    /// GeoNames' feature class and code.
    pub fn feature(self) -> (&'static str, &'static str) {
        match self {
            Class::Country => ("A", "PCLI"),
            Class::Division => ("A", "ADM1"),
            Class::District => ("A", "ADM2"),
            Class::Continent => ("L", "CONT"),
            Class::Region => ("L", "RGN"),
            Class::Sea => ("H", "SEA"),
            Class::River => ("H", "STM"),
            Class::Lake => ("H", "LK"),
            Class::Mountain => ("T", "MTS"),
            Class::Island => ("T", "ISL"),
            Class::Facility => ("S", "FCL"),
            Class::Capital => ("P", "PPLC"),
            Class::Town => ("P", "PPL"),
        }
    }

    /// UCDP GED `where_prec` of a mention of such a place, where nothing narrows it.
    pub fn precision(self) -> u8 {
        match self {
            Class::Capital | Class::Town | Class::Facility => 1,
            Class::District => 3,
            Class::Division => 4,
            Class::Continent | Class::Region | Class::River | Class::Lake | Class::Mountain | Class::Island => 5,
            Class::Country => 6,
            Class::Sea => 7,
        }
    }
}

/// A way into the name map, word by word.
struct Walk {
    addr: CompiledAddr,
    output: Output,
    begun: bool,
}

impl Walk {
    /// Goes on by one word; false where no name goes on like that. Words that fold to nothing (hyphens) stand still.
    fn on(&mut self, names: &Fst<&'static [u8]>, word: &str) -> bool {
        let folded = fold(word);
        if folded.is_empty() {
            return self.begun;
        }
        let space = self.begun.then_some(b' ');
        for byte in space.into_iter().chain(folded.bytes()) {
            let node = names.node(self.addr);
            let Some(at) = node.find_input(byte) else { return false };
            let step = node.transition(at);
            self.output = self.output.cat(step.out);
            self.addr = step.addr;
        }
        self.begun = true;
        true
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}
