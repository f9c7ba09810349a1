//! The full GeoNames dumps, where they can be had: places beyond the towns, and second-level divisions with their names.

use super::gather::{Divisions, Outcome, text};
use recount::gazetteer::write::Facts;
use recount::gazetteer::{Class, How};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Adds what `allCountries.txt` (GeoNames' nineteen columns) knows beyond the places already there.
pub fn add(
    folder: &Path,
    places: &mut Vec<Facts>,
    countries: &HashMap<String, usize>,
    divisions: &Divisions,
) -> Outcome<()> {
    let known: HashSet<u32> = places.iter().filter_map(|p| p.geonameid).collect();
    for line in text(&folder.join("allCountries.txt"))?.lines() {
        let Some(place) = place(line, countries, divisions) else { continue };
        if place.geonameid.is_some_and(|id| !known.contains(&id)) {
            places.push(place);
        }
    }
    Ok(())
}

fn place(line: &str, countries: &HashMap<String, usize>, divisions: &Divisions) -> Option<Facts> {
    let f: Vec<&str> = line.split('\t').collect();
    if f.len() < 15 {
        return None;
    }
    let class = match (f[6], f[7]) {
        ("A", "ADM2") => Class::District,
        ("P", "PPLX" | "PPL" | "PPLA" | "PPLA2" | "PPLA3" | "PPLA4" | "PPLC" | "PPLL") => Class::Town,
        ("H", "STM") => Class::River,
        ("H", "LK" | "RSV") => Class::Lake,
        ("H", "SEA" | "GULF" | "BAY" | "STRT") => Class::Sea,
        ("T", "MT" | "MTS") => Class::Mountain,
        ("T", "ISL" | "ISLS") => Class::Island,
        ("L", "RGN" | "AREA") => Class::Region,
        ("S", "AIRP" | "AIRB") => Class::Facility,
        _ => return None,
    };
    let mut names = vec![(f[1].to_owned(), How::Main), (f[2].to_owned(), How::Other)];
    let other = f[3].split(',').filter(|n| n.chars().next().is_some_and(char::is_uppercase) && n.len() > 4);
    names.extend(other.map(|n| (n.to_owned(), How::Other)));
    Some(Facts {
        geonameid: f[0].parse().ok(),
        name: f[1].to_owned(),
        point: Some((f[4].parse().ok()?, f[5].parse().ok()?)),
        population: f[14].parse().unwrap_or(0),
        class,
        country: countries.get(f[8]).copied(),
        admin1: divisions.get(&format!("{}.{}", f[8], f[10])).copied(),
        admin2: None,
        names,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_dump_is_a_place() {
        let line = "1\tLake Green\tLake Green\tGreen Lake,GL\t10.5\t20.5\tH\tLK\tKZ\t\t02\t\t\t\t0\t\t12\tAsia/Almaty\t2020-01-01";
        let countries = HashMap::from([("KZ".to_owned(), 3)]);
        let lake = place(line, &countries, &Divisions::from([("KZ.02".to_owned(), 7)])).unwrap();
        assert_eq!((lake.class, lake.country, lake.admin1), (Class::Lake, Some(3), Some(7)));
        assert_eq!(lake.names.len(), 3);
    }

    #[test]
    fn what_is_no_place_of_ours_is_left_out() {
        assert!(place("1\tx", &HashMap::new(), &Divisions::new()).is_none());
    }
}
