//! Where: toponyms put on the map, or left open.
//!
//! [`find`] says where the text names places, [`resolve`] what the names mean, all together; here the two are joined to one
//! row a place. Where the evidence is thin a place stays without coordinates, and its candidates are kept.

mod bare;
mod find;
mod resolve;

#[cfg(test)]
mod tests;

use super::{Place, PlaceMention};
use crate::evidence::Evidence;
use crate::gazetteer::fold::fold;
use crate::gazetteer::{Class, Gazetteer, Row};
use crate::intake::Article;
use crate::language::{Form, Language};
use crate::model::Head;
use crate::span::TokenId;
use crate::text::Text;
use find::Found;
use resolve::{Name, Sense, Sort, Weights};
use std::collections::BTreeMap;

/// Below this probability a place is left open. Candidates near the chosen one count for it.
const SURE_ENOUGH: f32 = 0.3;
/// Candidates within this distance stand for one another, in km.
const NEAR_KM: f64 = 60.0;
/// Candidates that are named as dropped.
const TOLD: usize = 3;

/// Finds the places and resolves them over the whole report.
pub fn places(article: &Article, text: &Text, language: &Language, gazetteer: &Gazetteer) -> Vec<Place> {
    let found = find::find(text, language, gazetteer);
    let (names, name_of) = names(&found);
    let senses = resolve::resolve(&names, &home(article, gazetteer), gazetteer, &Weights::default());

    let mut places: Vec<Place> = Vec::new();
    let mut row_of: BTreeMap<Meant, usize> = BTreeMap::new();
    for (n, f) in found.iter().enumerate() {
        let sense = &senses[name_of[n]];
        let meant = match certain(sense, gazetteer) {
            Some((row, _)) => Meant::Known(row),
            None => Meant::Open(fold(&f.name)),
        };
        let at = *row_of.entry(meant).or_insert_with(|| {
            places.push(place(f, sense, gazetteer));
            places.len() - 1
        });
        let row = &mut places[at];
        // A wider reading holds for the row only while every mention asks for it.
        if !f.part {
            row.precision = row.precision.map(|_| precision(sense, gazetteer));
        }
        row.because.score = row.because.score.max(score(f, sense, gazetteer));
        row.mentions.push(PlaceMention {
            span: text.span(f.tokens),
            form: f.form,
            metonym: f.inside || (f.form == Form::Name && is_metonym(f, language)),
        });
    }
    places
}

/// What joins mentions to one row: the place that they mean, or the name where that stays open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meant {
    Known(Row),
    Open(String),
}

/// The distinct names of a report, and for each mention the one that it uses.
fn names(found: &[Found]) -> (Vec<Name>, Vec<usize>) {
    let mut names: Vec<Name> = Vec::new();
    let mut at: BTreeMap<(String, bool, Option<Sort>), usize> = BTreeMap::new();
    let name_of: Vec<usize> = found
        .iter()
        .map(|f| {
            let n = *at.entry((fold(&f.name), f.form == Form::Demonym, f.said_to_be)).or_insert_with(|| {
                let candidates = f.candidates.clone();
                names.push(Name { candidates, said_to_be: f.said_to_be, ..Name::default() });
                names.len() - 1
            });
            names[n].times += 1;
            n
        })
        .collect();
    for (n, f) in found.iter().enumerate() {
        for &outer in &f.within {
            let (inner, outer) = (name_of[n], name_of[outer]);
            if inner != outer && !names[inner].within.contains(&outer) {
                names[inner].within.push(outer);
            }
        }
    }
    (names, name_of)
}

/// The country of the outlet, by the country code at the end of its host's name.
fn home(article: &Article, gazetteer: &Gazetteer) -> Vec<(Row, f32)> {
    let Some(uri) = &article.uri else { return Vec::new() };
    let behind = uri.split_once("://").map_or(uri.as_str(), |(_, rest)| rest);
    let host = behind.split(['/', '?', '#', ':']).next().unwrap_or("");
    let code = host.rsplit_once('.').map_or("", |(_, code)| code);
    let code = if code.eq_ignore_ascii_case("uk") { "gb" } else { code };
    gazetteer.country_alpha2(code).map(|c| (c.row, 1.0)).into_iter().collect()
}

/// The place that a name surely enough means, with its probability.
fn certain(sense: &Sense, gazetteer: &Gazetteer) -> Option<(Row, f32)> {
    let &(best, _) = sense.ranked.first()?;
    let chosen = gazetteer.place(best);
    let near = |row: Row| {
        let other = gazetteer.place(row);
        row == best || matches!((chosen.point, other.point), (Some(a), Some(b)) if km(a, b) <= NEAR_KM)
    };
    let mass: f32 = sense.ranked.iter().filter(|(row, _)| near(*row)).map(|(_, p)| p).sum();
    (mass >= SURE_ENOUGH).then_some((best, mass.min(1.0)))
}

fn score(f: &Found, sense: &Sense, gazetteer: &Gazetteer) -> f32 {
    f.score * certain(sense, gazetteer).map_or(1.0, |(_, p)| p)
}

/// The row of a place, as its first mention gives it.
fn place(f: &Found, sense: &Sense, gazetteer: &Gazetteer) -> Place {
    let chosen = certain(sense, gazetteer);
    let mut because = Evidence::new(f.by, score(f, sense, gazetteer));
    let why = if chosen.is_some() { "fits the report less well" } else { "no candidate is likely enough" };
    for &(row, p) in sense.ranked.iter().skip(usize::from(chosen.is_some())).filter(|c| c.1 >= 0.01).take(TOLD) {
        because = because.dropping(described(row, gazetteer), why, Some(p));
    }
    let Some((row, _)) = chosen else {
        return Place {
            name: f.name.clone(),
            geonameid: None,
            lat: None,
            lon: None,
            country: None,
            admin1: None,
            precision: None,
            mentions: Vec::new(),
            because,
        };
    };
    let known = gazetteer.place(row);
    if f.by != "gazetteer" && sense.ranked.len() > 1 {
        because.inferred = Some(format!("{} candidates weighed with the report's other places", sense.ranked.len()));
    }
    Place {
        name: known.name.to_owned(),
        geonameid: known.geonameid,
        lat: known.point.map(|p| p.0),
        lon: known.point.map(|p| p.1),
        country: gazetteer.country_of(row).map(|c| c.alpha3.to_owned()),
        admin1: known.admin1.map(|a| gazetteer.place(a).name.to_owned()),
        precision: Some(if f.part { 5 } else { known.class.precision() }),
        mentions: Vec::new(),
        because,
    }
}

fn precision(sense: &Sense, gazetteer: &Gazetteer) -> u8 {
    certain(sense, gazetteer).map_or(5, |(row, _)| gazetteer.place(row).class.precision())
}

/// A candidate in words: "Paris, Texas, USA".
fn described(row: Row, gazetteer: &Gazetteer) -> String {
    let place = gazetteer.place(row);
    let mut words = place.name.to_owned();
    if let Some(division) = place.admin1.filter(|&a| a != row) {
        words = format!("{words}, {}", gazetteer.place(division).name);
    }
    if let Some(country) = gazetteer.country_of(row).filter(|c| c.row != row) {
        words = format!("{words}, {}", country.alpha3);
    }
    let kind = match place.class {
        Class::Division | Class::District => " (division)",
        Class::Country => " (country)",
        _ => "",
    };
    words + kind
}

/// Whether a name stands for the government or the people: it says something, or it has the power in the sentence.
fn is_metonym(f: &Found, language: &Language) -> bool {
    /// What governments have.
    const STATE_NOUNS: [&str; 18] = [
        "government",
        "army",
        "military",
        "force",
        "troop",
        "authority",
        "regime",
        "parliament",
        "president",
        "police",
        "ministry",
        "minister",
        "leader",
        "envoy",
        "ambassador",
        "policy",
        "ally",
        "demand",
    ];
    let Some(head) = f
        .tokens
        .iter()
        .rev()
        .find(|t| language.words.get(t.at()).is_some_and(|w| !f.tokens.contains(w.head) || w.head == *t))
    else {
        return false;
    };
    let Some(word) = language.words.get(head.at()) else { return false };
    let over: &str = language.words.get(word.head.at()).map_or("", |w| &w.lemma);
    // The source head's labels are outside, begin, inside.
    let source = |t: TokenId| (1..3).map(|l| language.reading.chance(t.at(), Head::Source, l)).sum::<f32>();
    (word.rel == "nsubj" && source(head) > 0.5) || (word.rel == "nmod:poss" && STATE_NOUNS.contains(&over))
}

/// Distance over the earth in km (haversine).
fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat, lon) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (lat / 2.0).sin().powi(2) + a.0.to_radians().cos() * b.0.to_radians().cos() * (lon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.min(1.0).sqrt().asin()
}
