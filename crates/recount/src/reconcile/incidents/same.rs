//! How much two events look like one: figures about the pair that people can check.

use super::alike::{distance, precise};
use super::fitted::{EVENTS as COEFFICIENTS, EVENTS_INTERCEPT as INTERCEPT};
use super::rarity::Rarity;
use super::rows::{Happening, Party, Report, Spot};

/// What is measured of a pair of events, in the order of [`features`].
pub const FEATURES: [&str; 17] = [
    "same type",
    "same mode",
    "same trigger",
    "words around: cosine",
    "same target",
    "targets differ",
    "same actor",
    "actors differ",
    "same town",
    "places differ",
    "same day",
    "days differ",
    "same figure of one kind",
    "figures of one kind differ",
    "both in the lead",
    "same report",
    "their reports: log-odds",
];

pub type Features = [f32; FEATURES.len()];

/// An event with its report.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub report: &'a Report,
    pub event: &'a Happening,
}

impl<'a> Side<'a> {
    /// Where it happened, as far as that is known.
    pub fn place(&self) -> Option<&'a Spot> {
        self.report.places.get(usize::from(self.event.place?))
    }
}

/// Types of what is done with the hands, against what is done with words.
pub fn material(class: &str) -> bool {
    matches!(class, "ASSAULT" | "COERCE" | "PROTEST" | "MOBILIZE" | "SANCTION" | "AID" | "RETREAT")
}

/// Whether two events are compared at all: of one type, or told with the same word.
pub fn comparable(a: &Happening, b: &Happening) -> bool {
    a.class == b.class || a.word == b.word
}

/// What can be measured of a pair. `reports` are the log-odds that their reports tell of the same happening; it is not
/// looked at for two events of one report.
pub fn features(a: Side<'_>, b: Side<'_>, rarity: &Rarity, reports: f32) -> Features {
    let flag = |x: bool| f32::from(u8::from(x));
    let (x, y) = (a.event, b.event);
    let mut out = [0.0; FEATURES.len()];
    out[0] = flag(x.class == y.class);
    out[1] = flag(x.mode.is_some() && x.mode == y.mode);
    out[2] = flag(x.word == y.word);
    out[3] = around(&x.around, &y.around, rarity);
    (out[4], out[5]) = parties(&x.targets, &y.targets);
    (out[6], out[7]) = parties(&x.actors, &y.actors);
    let places = where_both(a, b);
    out[8] = flag(places == Some(true));
    out[9] = flag(places == Some(false));
    let days = days(x, y);
    out[10] = flag(days == Some(0));
    out[11] = days.map_or(0.0, |d| (d as f32).ln_1p());
    let figures = figures(x, y);
    out[12] = flag(figures == Some(true));
    out[13] = flag(figures == Some(false));
    out[14] = flag(x.lead && y.lead);
    let one = std::ptr::eq(a.report, b.report);
    out[15] = flag(one);
    out[16] = if one { 0.0 } else { reports };
    out
}

/// Log-odds that two events are one, between -[`super::alike::SURE`] and as much above 0.
pub fn score(features: &Features) -> f32 {
    let sum = INTERCEPT + features.iter().zip(&COEFFICIENTS).map(|(x, c)| x * c).sum::<f32>();
    sum.clamp(-super::alike::SURE, super::alike::SURE)
}

fn around(a: &[u32], b: &[u32], rarity: &Rarity) -> f32 {
    let square = |k: &u32| rarity.of(*k).powi(2);
    let sum = |of: &[u32]| of.iter().map(square).sum::<f32>();
    let both: f32 = a.iter().filter(|k| b.binary_search(k).is_ok()).map(square).sum();
    let sizes = (sum(a) * sum(b)).sqrt();
    if sizes > 0.0 { both / sizes } else { 0.0 }
}

/// Whether someone is in both, and whether both name people and none is in both.
fn parties(a: &[Party], b: &[Party]) -> (f32, f32) {
    let same = a.iter().any(|x| b.iter().any(|y| x.key == y.key));
    let named = |of: &[Party]| of.iter().any(|p| p.named);
    let differ = !same && named(a) && named(b);
    (f32::from(u8::from(same)), f32::from(u8::from(differ)))
}

/// Whether both are in one town; false where they cannot be in one place, null where that stays open.
pub fn where_both(a: Side<'_>, b: Side<'_>) -> Option<bool> {
    let (p, q) = (a.place()?, b.place()?);
    if p.country.is_some() && q.country.is_some() && p.country != q.country {
        return Some(false);
    }
    if !precise(p) || !precise(q) {
        return None;
    }
    let apart = distance(p, q);
    if p.geonameid == q.geonameid || apart < 10.0 { Some(true) } else { (apart > 60.0).then_some(false) }
}

/// Days between the two, 0 where their windows meet or both name the same open day; null where that stays open.
pub fn days(a: &Happening, b: &Happening) -> Option<i32> {
    if let (Some((s, e)), Some((t, f))) = (a.days, b.days) {
        return Some((t - e).max(s - f).max(0));
    }
    (a.vague.is_some() && a.vague == b.vague).then_some(0)
}

/// Whether a figure of one kind is the same in both; false where they have kinds in common and no figure.
pub fn figures(a: &Happening, b: &Happening) -> Option<bool> {
    let mut seen = None;
    for (kind, n) in &a.counts {
        for (other, m) in b.counts.iter().filter(|(k, _)| k == kind) {
            debug_assert_eq!(kind, other);
            if n == m {
                return Some(true);
            }
            seen = Some(false);
        }
    }
    seen
}

/// A figure that two happenings of one town and day hardly share by chance.
const TELLING: u64 = 3;

/// Whether two events of reports that need not be alike are one all the same: one type, one town, one day known to the
/// day, nothing against it, and a sign beyond that: a figure, a named target, or a named actor and the same word. A town
/// at war sees several shootings a day. A round-up and a report of its own meet here.
pub fn plainly_one(a: Side<'_>, b: Side<'_>) -> bool {
    let (x, y) = (a.event, b.event);
    let exact = |e: &Happening| e.date_precision == Some(1) && e.days.is_some_and(|(s, t)| s == t);
    let named = |of: &[Party], others: &[Party]| {
        of.iter().filter(|p| p.named).any(|p| others.iter().any(|q| q.named && q.key == p.key))
    };
    let (_, targets_differ) = parties(&x.targets, &y.targets);
    let (_, actors_differ) = parties(&x.actors, &y.actors);
    let figure = x.counts.iter().any(|c| c.1 >= TELLING && y.counts.contains(c));
    x.class == y.class
        && material(&x.class)
        && &*x.status == "happened"
        && &*y.status == "happened"
        && where_both(a, b) == Some(true)
        && exact(x)
        && exact(y)
        && x.days == y.days
        && figures(x, y) != Some(false)
        && targets_differ + actors_differ == 0.0
        && (figure || named(&x.targets, &y.targets) || (x.word == y.word && named(&x.actors, &y.actors)))
}
