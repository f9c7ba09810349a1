//! How much two reports look as if they told of the same happening: figures about the pair that people can check.

use super::fitted::{REPORTS as COEFFICIENTS, REPORTS_INTERCEPT as INTERCEPT};
use super::rarity::Weighed;
use super::rows::{Figure, Happening, Named, Report, Spot};
use serde::{Deserialize, Serialize};

/// What is measured of a pair of reports, in the order of [`features`].
pub const FEATURES: [&str; 19] = [
    "all words: cosine",
    "lead words: cosine",
    "names: cosine",
    "the shorter's words in the longer",
    "the shorter's lead in the other",
    "rarest shared words of names",
    "a central person is the same",
    "central people differ",
    "same town",
    "towns differ",
    "countries differ",
    "same figure of the same thing",
    "figures of the same thing differ",
    "same day named",
    "days of the week differ",
    "same day of like events",
    "days of like events differ",
    "days between publications",
    "towns of like events differ",
];

pub type Features = [f32; FEATURES.len()];

/// A report with its words weighed.
pub struct Side<'a> {
    pub report: &'a Report,
    pub words: &'a [Weighed],
    pub sizes: Sizes,
}

/// Lengths of a report's vectors, and how much its words weigh together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sizes {
    all: f32,
    lead: f32,
    names: f32,
    /// Sums of squares; the same as squared lengths, kept for what stands in the other.
    lead_sum: f32,
}

impl Sizes {
    pub fn of(words: &[Weighed]) -> Sizes {
        let square = |keep: &dyn Fn(&Weighed) -> bool| {
            words.iter().filter(|w| keep(w)).map(|w| w.weight() * w.weight()).sum::<f32>()
        };
        let lead = square(&|w| w.lead());
        Sizes { all: square(&|_| true).sqrt(), lead: lead.sqrt(), names: square(&|w| w.name()).sqrt(), lead_sum: lead }
    }
}

/// What can be measured of a pair. The same both ways round.
pub fn features(a: &Side<'_>, b: &Side<'_>) -> Features {
    let mut out = [0.0; FEATURES.len()];
    let (mut all, mut lead, mut names) = (0.0f32, 0.0f32, 0.0f32);
    let (mut a_in_b, mut b_in_a, mut a_lead_in_b, mut b_lead_in_a) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
    // Weights of the three rarest shared words of names, largest first.
    let mut rare_names = [0.0f32; 3];
    for (x, y) in shared(a.words, b.words) {
        let (of_x, of_y) = (x.weight(), y.weight());
        let product = of_x * of_y;
        all += product;
        a_in_b += of_x * of_x;
        b_in_a += of_y * of_y;
        if x.lead() && y.lead() {
            lead += product;
        }
        if x.lead() {
            a_lead_in_b += of_x * of_x;
        }
        if y.lead() {
            b_lead_in_a += of_y * of_y;
        }
        if x.name() && y.name() {
            names += product;
            insert(&mut rare_names, of_x.min(of_y));
        }
    }
    let ratio = |x: f32, y: f32| if y > 0.0 { x / y } else { 0.0 };
    out[0] = ratio(all, a.sizes.all * b.sizes.all);
    out[1] = ratio(lead, a.sizes.lead * b.sizes.lead);
    out[2] = ratio(names, a.sizes.names * b.sizes.names);
    out[3] =
        if a.sizes.all < b.sizes.all { ratio(a_in_b, a.sizes.all.powi(2)) } else { ratio(b_in_a, b.sizes.all.powi(2)) };
    out[4] = if a.sizes.lead_sum < b.sizes.lead_sum {
        ratio(a_lead_in_b, a.sizes.lead_sum)
    } else {
        ratio(b_lead_in_a, b.sizes.lead_sum)
    };
    out[5] = rare_names.iter().sum::<f32>() / 24.0;
    (out[6], out[7]) = people(&a.report.persons, &b.report.persons);
    (out[8], out[9], out[10]) = places(&a.report.places, &b.report.places);
    (out[11], out[12]) = figures(&a.report.figures, &b.report.figures);
    let named = |day: &i32| b.report.days.binary_search(day).is_ok();
    out[13] = f32::from(u8::from(a.report.days.iter().any(named)));
    let (wa, wb) = (a.report.weekdays, b.report.weekdays);
    out[14] = f32::from(u8::from(wa != 0 && wb != 0 && wa & wb == 0));
    (out[15], out[16]) = event_days(&a.report.events, &b.report.events);
    if let (Some(x), Some(y)) = (a.report.day, b.report.day) {
        out[17] = ((x - y).abs() as f32 - 1.0).max(0.0).ln_1p();
    }
    out[18] = f32::from(u8::from(event_towns_differ(a.report, b.report)));
    out
}

/// Rows with the same key in both.
fn shared<'a>(a: &'a [Weighed], b: &'a [Weighed]) -> impl Iterator<Item = (&'a Weighed, &'a Weighed)> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            match x.key.cmp(&y.key) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    (i, j) = (i + 1, j + 1);
                    return Some((x, y));
                }
            }
        }
        None
    })
}

/// Keeps the largest.
fn insert(best: &mut [f32], x: f32) {
    if let Some(at) = best.iter().position(|y| x > *y) {
        best[at..].rotate_right(1);
        best[at] = x;
    }
}

/// Mentioned often or in the lead.
fn central(person: &Named) -> bool {
    person.lead || person.times >= 4
}

fn people(a: &[Named], b: &[Named]) -> (f32, f32) {
    let same = |x: &Named, y: &Named| x.key == y.key && (x.first.is_none() || y.first.is_none() || x.first == y.first);
    let agree = a.iter().filter(|x| central(x)).any(|x| b.iter().any(|y| central(y) && same(x, y)));
    let known = |x: &Named, others: &[Named]| others.iter().any(|y| x.key == y.key);
    let all_unknown = |of: &[Named], others: &[Named]| {
        let mut seen = of.iter().filter(|x| x.lead).peekable();
        seen.peek().is_some() && seen.all(|x| !known(x, others))
    };
    let differ = all_unknown(a, b) && all_unknown(b, a);
    (f32::from(u8::from(agree)), f32::from(u8::from(differ)))
}

/// Kilometres between two points, on a sphere.
pub fn distance(a: &Spot, b: &Spot) -> f32 {
    let (la, lb) = (a.lat.to_radians(), b.lat.to_radians());
    let half =
        ((lb - la) / 2.0).sin().powi(2) + la.cos() * lb.cos() * ((b.lon - a.lon).to_radians() / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}

/// Towns and the like: no wider than a second-level division.
pub fn precise(place: &Spot) -> bool {
    place.located && place.precision <= 3
}

fn places(a: &[Spot], b: &[Spot]) -> (f32, f32, f32) {
    fn towns(of: &[Spot]) -> impl Iterator<Item = &Spot> + Clone {
        of.iter().filter(|p| precise(p))
    }
    fn countries(of: &[Spot]) -> impl Iterator<Item = [u8; 3]> + Clone {
        of.iter().filter_map(|p| p.country)
    }
    let both = towns(a).next().is_some() && towns(b).next().is_some();
    let near = towns(a).any(|x| towns(b).any(|y| x.geonameid == y.geonameid || distance(x, y) < 10.0));
    let far = both && towns(a).all(|x| towns(b).all(|y| distance(x, y) > 60.0));
    let named = countries(a).next().is_some() && countries(b).next().is_some();
    let abroad = named && countries(a).all(|c| countries(b).all(|d| c != d));
    let flag = |x: bool| f32::from(u8::from(x));
    (flag(near), flag(far), flag(abroad))
}

/// Of the words that both count: how many have a figure in common, how many have none. Squeezed: the first tell most.
fn figures(a: &[Figure], b: &[Figure]) -> (f32, f32) {
    let (mut agree, mut differ) = (0u32, 0u32);
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (of_a, of_b) = (a[i].of, b[j].of);
        if of_a < of_b {
            i += 1;
        } else if of_b < of_a {
            j += 1;
        } else {
            let end_a = i + a[i..].partition_point(|f| f.of == of_a);
            let end_b = j + b[j..].partition_point(|f| f.of == of_a);
            if a[i..end_a].iter().any(|x| b[j..end_b].contains(x)) {
                agree += 1;
            } else {
                differ += 1;
            }
            (i, j) = (end_a, end_b);
        }
    }
    ((agree as f32).ln_1p(), (differ as f32).ln_1p())
}

/// Whether events of one type, told as having happened of late in the lead, have a day in common, or else how many days
/// lie between the nearest, squeezed.
fn event_days(a: &[Happening], b: &[Happening]) -> (f32, f32) {
    fn dated(of: &[Happening]) -> impl Iterator<Item = (&Happening, (i32, i32))> + Clone {
        let narrow = |e: &&Happening| e.lead && !e.historical && &*e.status == "happened";
        of.iter().filter(narrow).filter_map(|e| Some((e, e.days?))).filter(|(_, (x, y))| y - x <= 2)
    }
    let gaps = dated(a).flat_map(|(x, (s, e))| {
        dated(b).filter(|(y, _)| y.class == x.class).map(move |(_, (t, f))| (t - e).max(s - f).max(0))
    });
    match gaps.min() {
        Some(0) => (1.0, 0.0),
        Some(gap) => (0.0, (gap as f32).ln_1p()),
        None => (0.0, 0.0),
    }
}

/// Whether the leads tell of events of one type in towns far from one another, and of none in one town.
fn event_towns_differ(a: &Report, b: &Report) -> bool {
    fn placed(of: &Report) -> impl Iterator<Item = (&Happening, &Spot)> {
        let told = |e: &&Happening| e.lead && !e.historical && &*e.status == "happened";
        of.events
            .iter()
            .filter(told)
            .filter_map(|e| Some((e, of.places.get(usize::from(e.place?))?)))
            .filter(|(_, p)| precise(p))
    }
    let mut far = false;
    for (x, p) in placed(a) {
        for (_, q) in placed(b).filter(|(y, _)| y.class == x.class) {
            if p.geonameid == q.geonameid || distance(p, q) < 60.0 {
                return false;
            }
            far = true;
        }
    }
    far
}

/// How sure it is that two reports tell of the same happening: log-odds, held between -[`SURE`] and [`SURE`] so that no
/// one pair outweighs many.
pub fn score(features: &Features) -> f32 {
    let sum = INTERCEPT + features.iter().zip(&COEFFICIENTS).map(|(x, c)| x * c).sum::<f32>();
    sum.clamp(-SURE, SURE)
}

/// Log-odds of the surest pair: about 19 to 1.
pub const SURE: f32 = 3.0;

/// Reports are put together while they are surer than this on average: about 1 to 2. Somewhat below even, since the
/// pairs that the weights were fitted on are mostly near misses.
pub const LEAST: f32 = -0.75;
