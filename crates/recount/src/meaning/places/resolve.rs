//! Which place a name means: all names of a report are decided together.
//!
//! Each name has its candidates. A candidate is scored by how well known it is and by how it fits the others: the country
//! and division that they lie in, the distance to them, the container that the text names beside it ("Paris, Texas").
//! Since what the others mean is open too, their candidates count by their probability, and a few rounds settle it
//! (mean-field inference in a log-linear model). One name has one sense in a report.

use crate::gazetteer::{Class, Gazetteer, How, Naming, Place, Row};

/// A name as a report uses it.
#[derive(Clone, Debug, Default)]
pub struct Name {
    pub candidates: Vec<Naming>,
    /// How often the report uses it.
    pub times: usize,
    /// Names, by position, that stand behind it as its container: "Paris, Texas".
    pub within: Vec<usize>,
    /// What the text says that it is: "the city of …", "… province".
    pub said_to_be: Option<Sort>,
}

/// A rough kind of place, as nouns beside a name tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Town,
    Division,
    District,
}

/// What a name was found to mean.
#[derive(Clone, Debug, Default)]
pub struct Sense {
    /// Candidates with their probabilities, best first.
    pub ranked: Vec<(Row, f32)>,
}

/// How much each kind of evidence counts, in log-odds.
#[derive(Clone, Debug)]
pub struct Weights {
    /// For each factor of e in population.
    pub population: f32,
    pub main_name: f32,
    pub country: f32,
    pub division: f32,
    pub district: f32,
    pub capital: f32,
    pub region: f32,
    /// Share of the other names that lie in the candidate's country.
    pub same_country: f32,
    /// Share of them that lie in its division.
    pub same_division: f32,
    /// Its division is named.
    pub named_division: f32,
    /// Others near it.
    pub near: f32,
    /// How fast nearness fades, in km.
    pub fade: f32,
    /// It lies in the place that the text puts behind its name.
    pub contained: f32,
    pub said_to_be: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            population: 0.3,
            main_name: 0.75,
            country: 4.5,
            division: -0.25,
            district: 0.0,
            capital: 2.0,
            region: 3.0,
            same_country: 5.3,
            same_division: 3.5,
            named_division: 1.0,
            near: 1.8,
            fade: 150.0,
            contained: 3.0,
            said_to_be: 3.0,
        }
    }
}

/// Candidates of one name that are weighed; a name has up to some hundreds.
const CANDIDATES: usize = 40;
/// Names that may speak for each other; a report that lists more places than that has context enough.
const NAMES: usize = 80;
const ROUNDS: usize = 4;

struct Candidate<'a> {
    place: Place<'a>,
    /// Unit vector of its point.
    at: Option<[f32; 3]>,
    prior: f32,
    probability: f32,
}

/// Finds what each name means. `countries` are further countries that the report speaks of (its demonyms, its outlet's
/// home), with their weight.
pub fn resolve(names: &[Name], countries: &[(Row, f32)], gazetteer: &Gazetteer, weights: &Weights) -> Vec<Sense> {
    let mut all: Vec<Vec<Candidate<'_>>> = names.iter().map(|name| candidates(name, gazetteer, weights)).collect();
    for _ in 0..ROUNDS {
        let context = Context::of(&all, names, countries);
        let scores: Vec<Vec<f32>> = (0..names.len())
            .map(|n| all[n].iter().map(|c| c.prior + context.score(n, c, names, &all, weights)).collect())
            .collect();
        for (candidates, scores) in all.iter_mut().zip(&scores) {
            let probabilities = softmax(scores);
            candidates.iter_mut().zip(probabilities).for_each(|(c, p)| c.probability = p);
        }
    }
    all.into_iter()
        .map(|candidates| {
            let mut ranked: Vec<(Row, f32)> = candidates.iter().map(|c| (c.place.row, c.probability)).collect();
            ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            Sense { ranked }
        })
        .collect()
}

fn candidates<'a>(name: &Name, gazetteer: &'a Gazetteer, weights: &Weights) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'a>> = name
        .candidates
        .iter()
        .take(CANDIDATES)
        .map(|naming| {
            let place = gazetteer.place(naming.row);
            let prior = prior(&place, naming.how, name.said_to_be, weights);
            Candidate { at: place.point.map(unit), place, prior, probability: 0.0 }
        })
        .collect();
    let probabilities = softmax(&found.iter().map(|c| c.prior).collect::<Vec<_>>());
    found.iter_mut().zip(probabilities).for_each(|(c, p)| c.probability = p);
    found
}

fn prior(place: &Place<'_>, how: How, said_to_be: Option<Sort>, weights: &Weights) -> f32 {
    let class = match place.class {
        Class::Country => weights.country,
        Class::Division => weights.division,
        Class::District => weights.district,
        Class::Capital => weights.capital,
        Class::Town => 0.0,
        _ => weights.region,
    };
    let people = match place.class {
        Class::Country => 1e6,
        Class::Continent | Class::Region | Class::Sea | Class::River | Class::Lake | Class::Mountain => 1e5,
        _ => place.population as f32,
    };
    let sort = match place.class {
        Class::Division => Some(Sort::Division),
        Class::District => Some(Sort::District),
        Class::Capital | Class::Town => Some(Sort::Town),
        _ => None,
    };
    let said = match (said_to_be, sort) {
        (Some(a), Some(b)) if a == b => weights.said_to_be,
        (Some(_), Some(_)) => -weights.said_to_be,
        _ => 0.0,
    };
    let main = if how == How::Other { 0.0 } else { weights.main_name };
    class + main + said + weights.population * (people + 100.0).ln()
}

/// What the candidates of all names say together, by their present probabilities.
struct Context {
    /// Names that speak, by position.
    speakers: Vec<usize>,
    /// Mass of the names in each country and division, and all of it.
    countries: Vec<(Row, f32)>,
    divisions: Vec<(Row, f32)>,
    total: f32,
}

impl Context {
    fn of(all: &[Vec<Candidate<'_>>], names: &[Name], more: &[(Row, f32)]) -> Context {
        let mut speakers: Vec<usize> = (0..all.len()).filter(|&n| !all[n].is_empty()).collect();
        speakers.truncate(NAMES);
        let mut countries = more.to_vec();
        let mut divisions = Vec::new();
        let mut total: f32 = more.iter().map(|c| c.1).sum();
        for &n in &speakers {
            let weight = voice(&names[n]);
            total += weight;
            for c in all[n].iter().filter(|c| c.probability > 0.01) {
                if let Some(country) = c.place.country {
                    add(&mut countries, country, weight * c.probability);
                }
                if let Some(division) = c.place.admin1 {
                    add(&mut divisions, division, weight * c.probability);
                }
            }
        }
        countries.sort_by_key(|c| c.0);
        divisions.sort_by_key(|c| c.0);
        Context { speakers, countries, divisions, total }
    }

    fn score(&self, n: usize, c: &Candidate<'_>, names: &[Name], all: &[Vec<Candidate<'_>>], weights: &Weights) -> f32 {
        let own = voice(&names[n]);
        let others = (self.total - own).max(0.0) + 1.0;
        let mass = |table: &[(Row, f32)], row: Option<Row>, of: fn(&Place<'_>) -> Option<Row>| {
            let Some(row) = row else { return 0.0 };
            let all_mass = table.binary_search_by_key(&row, |e| e.0).map_or(0.0, |at| table[at].1);
            // What this name itself put there does not speak for it.
            let mine: f32 = all[n]
                .iter()
                .filter(|o| o.probability > 0.01 && of(&o.place) == Some(row))
                .map(|o| o.probability)
                .sum();
            (all_mass - own * mine).max(0.0)
        };
        let country = mass(&self.countries, c.place.country, |p| p.country) / others;
        let division = mass(&self.divisions, c.place.admin1, |p| p.admin1) / others;

        let mut near = 0.0;
        let mut division_named = 0.0f32;
        for &m in self.speakers.iter().filter(|&&m| m != n) {
            let mut closest = 0.0f32;
            for other in all[m].iter().filter(|o| o.probability > 0.05) {
                if Some(other.place.row) == c.place.admin1 || Some(other.place.row) == c.place.admin2 {
                    division_named = division_named.max(other.probability);
                }
                let is_point =
                    matches!(other.place.class, Class::Town | Class::Capital | Class::District | Class::Facility);
                if let (Some(a), Some(b), true) = (c.at, other.at, is_point) {
                    closest = closest.max(other.probability * (-distance(a, b) / weights.fade).exp());
                }
            }
            near += closest;
        }

        let mut contained = 0.0;
        for &m in &names[n].within {
            contained += containment(&c.place, &all[m]);
        }
        // The other way about: as a container, a candidate is likely when it holds what it is said to hold.
        for (m, _) in names.iter().enumerate().filter(|(m, other)| *m != n && other.within.contains(&n)) {
            let held: f32 = all[m].iter().filter(|o| holds(&c.place, &o.place)).map(|o| o.probability).sum();
            contained += held - 0.5;
        }
        weights.same_country * country
            + weights.same_division * division
            + weights.named_division * division_named
            + weights.near * (1.0 + near).ln()
            + weights.contained * contained
    }
}

/// How surely a place lies in what a name means, from -0.5 to 0.5; 0 where the name means nothing known.
fn containment(place: &Place<'_>, container: &[Candidate<'_>]) -> f32 {
    if container.is_empty() {
        return 0.0;
    }
    container.iter().filter(|c| holds(&c.place, place)).map(|c| c.probability).sum::<f32>() - 0.5
}

fn holds(outer: &Place<'_>, inner: &Place<'_>) -> bool {
    outer.row != inner.row && [inner.country, inner.admin1, inner.admin2].contains(&Some(outer.row))
}

/// How much a name says about the report: often used ones more, but not by as much.
fn voice(name: &Name) -> f32 {
    (name.times as f32).sqrt()
}

fn add(table: &mut Vec<(Row, f32)>, row: Row, mass: f32) {
    match table.iter_mut().find(|e| e.0 == row) {
        Some(entry) => entry.1 += mass,
        None => table.push((row, mass)),
    }
}

fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raised: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|r| r / sum).collect()
}

fn unit((lat, lon): (f64, f64)) -> [f32; 3] {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [(lat.cos() * lon.cos()) as f32, (lat.cos() * lon.sin()) as f32, lat.sin() as f32]
}

/// Distance through the earth in km; for near places the same as over it.
fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    let d: f32 = a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum();
    6371.0 * d.sqrt()
}
