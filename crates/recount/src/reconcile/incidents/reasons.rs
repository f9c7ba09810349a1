//! Why two tellings were put together, in words for people.

use super::alike;
use super::collection::Collection;
use super::rows::{Happening, Report, date_of};
use super::same::{self, Side};
use super::stories::At;
use crate::record::across::{Link, Told};

/// Wording that is called alike, and much alike.
const ALIKE: f32 = 0.25;
const MUCH: f32 = 0.5;

impl Collection {
    /// The link between two tellings of one incident.
    pub(super) fn link(&self, a: (u32, Option<u32>), b: (u32, Option<u32>), told: [Told; 2]) -> Link {
        let [ta, tb] = told;
        let (x, y) = (self.report(a.0), self.report(b.0));
        let mut reasons = Vec::new();
        let decided = (a.0 != b.0).then(|| self.decided().between(&x.id, &y.id)).flatten();
        reasons.extend(decided.filter(|r| r.together).map(|r| r.words.clone()));
        let features = self.report_features(a.0, b.0);
        let mut score = alike::score(&features);
        if a.0 == b.0 {
            reasons.push("told in one report".to_owned());
        }
        if let (Some(n), Some(m)) = (a.1, b.1) {
            let (n, m): (At, At) = ((a.0, n), (b.0, m));
            score = score.max(self.alike(n, m, if a.0 == b.0 { alike::SURE } else { score }));
            reasons.extend(of_events(self.side(n), self.side(m)));
        }
        if a.0 != b.0 {
            reasons.extend(of_reports(x, y, &features, &reasons));
        }
        if reasons.is_empty() {
            reasons.push("alike through others of the incident".to_owned());
        }
        if reasons[0].starts_with("decided") {
            score = alike::SURE;
        }
        let score = 1.0 / (1.0 + (-score).exp());
        Link { a: ta, b: tb, score: (score * 1000.0).round() / 1000.0, reasons }
    }
}

fn of_events(a: Side<'_>, b: Side<'_>) -> Vec<String> {
    let (x, y) = (a.event, b.event);
    let mut out = Vec::new();
    if x.class == y.class {
        let mode = x.mode.as_deref().filter(|m| y.mode.as_deref() == Some(m)).map(|m| format!(", {m}"));
        out.push(format!("same type: {}{}", x.class, mode.unwrap_or_default()));
    }
    if x.word == y.word {
        out.push("told with the same word".to_owned());
    }
    match (same::where_both(a, b), a.place(), b.place()) {
        (Some(true), Some(p), Some(q)) if p.geonameid == q.geonameid => out.push(format!("same town: {}", p.name)),
        (Some(true), Some(p), Some(q)) => out.push(format!("side by side: {} and {}", p.name, q.name)),
        (Some(false), Some(p), Some(q)) => out.push(format!("against it: places {} and {}", p.name, q.name)),
        _ => {}
    }
    match (same::days(x, y), x.days.and_then(|(d, _)| date_of(d))) {
        (Some(0), Some(date)) if x.days == y.days && x.days.is_some_and(|(a, b)| a == b) => {
            out.push(format!("same day: {date}"));
        }
        (Some(0), _) => out.push("about the same time".to_owned()),
        (Some(n), _) => out.push(format!("against it: {n} {} apart", if n == 1 { "day" } else { "days" })),
        (None, _) => {}
    }
    for (what, rows, others) in [("target", &x.targets, &y.targets), ("actor", &x.actors, &y.actors)] {
        let known = rows.iter().find(|p| others.iter().any(|q| q.key == p.key));
        out.extend(known.and_then(|p| p.name.as_deref()).map(|name| format!("same {what}: {name}")));
    }
    out.extend(figure(x, y));
    out
}

fn figure(x: &Happening, y: &Happening) -> Option<String> {
    let (kind, n) = x.counts.iter().find(|c| y.counts.contains(c))?;
    Some(format!("both tell of {n} {kind}"))
}

fn of_reports(x: &Report, y: &Report, f: &alike::Features, known: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let is = |name: &str| alike::FEATURES.iter().position(|n| *n == name).map_or(0.0, |at| f[at]);
    let shared = x.persons.iter().filter(|p| y.persons.iter().any(|q| q.key == p.key));
    let names: Vec<&str> = shared.map(|p| &*p.name).take(3).collect();
    if !names.is_empty() {
        out.push(format!("both name {}", names.join(", ")));
    }
    let town =
        x.places.iter().filter(|p| alike::precise(p)).find(|p| {
            y.places.iter().any(|q| alike::precise(q) && p.geonameid.is_some() && p.geonameid == q.geonameid)
        });
    if let Some(town) = town
        && !known.iter().any(|r| r.starts_with("same town"))
    {
        out.push(format!("both name the town {}", town.name));
    }
    let figures = is("same figure of the same thing").exp_m1().round();
    if figures > 0.0 {
        out.push(format!("{figures} {} of the same thing in both", if figures == 1.0 { "figure" } else { "figures" }));
    }
    let day = x.days.iter().find(|d| y.days.binary_search(d).is_ok());
    out.extend(day.and_then(|d| date_of(*d)).map(|date| format!("both name the day {date}")));
    let wording =
        [("leads", is("lead words: cosine")), ("wording", is("all words: cosine")), ("names", is("names: cosine"))];
    for (what, much) in wording {
        if much >= MUCH {
            out.push(format!("{what} much alike ({much:.2})"));
        } else if much >= ALIKE {
            out.push(format!("{what} alike ({much:.2})"));
        }
    }
    match (x.day, y.day) {
        (Some(a), Some(b)) if a == b => out.push("published the same day".to_owned()),
        (Some(a), Some(b)) => {
            let n = (a - b).abs();
            out.push(format!("published {n} {} apart", if n == 1 { "day" } else { "days" }));
        }
        _ => {}
    }
    for against in ["central people differ", "towns differ", "countries differ", "days of the week differ"] {
        if is(against) > 0.0 && !known.iter().any(|r| r.starts_with("decided")) {
            out.push(format!("against it: {against}"));
        }
    }
    out
}
