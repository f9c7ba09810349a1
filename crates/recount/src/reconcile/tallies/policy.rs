//! The policies: how low, best and high are chosen from what the voices say.

use super::voices::Entry;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How the three figures of a tally are chosen. All take one current claim a voice (`super::voices`); a claim without an
/// exact figure ("dozens") bounds the range but is not voted for, unless a policy says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// After UCDP GED (codebook 23.1: `best` is the most likely estimate, `low` and `high` the lowest and highest
    /// reliable ones). Reliable are, in our reading, officials, organisations, experts, documents, media and witnesses;
    /// armed groups and sources without a name only where nobody else speaks. Best is the exact figure that most of
    /// these voices give; of equals the one given last, then the lower.
    #[default]
    Ucdp,
    /// After ACLED (FAQ on fatalities, 2024: one reported figure an event, the most conservative where reports differ;
    /// "tens" is written as 10, "dozens" as 12, "hundreds" as 100). Best is the lowest figure of any voice, by those
    /// conventions; low is best, high the highest figure reported. The note names a convention that decided.
    Acled,
    /// The majority view, one of the rules that the Standards for Casualty Recording (Every Casualty) let a recorder
    /// name. Best is the exact figure that more than half of the voices with an exact figure give, otherwise none; low
    /// and high are the lowest and highest figures of all voices.
    Majority,
    /// The newest word. Best is the exact figure of the latest day; of several the one that most voices give, then the
    /// lower. Low and high are the lowest and highest figures of all voices.
    Latest,
    /// Minimum and maximum, as Iraq Body Count publishes: the lowest and highest figures of all voices, and no best
    /// unless they are one.
    MinMax,
}

/// What a policy comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
    pub note: Option<String>,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Policy; 5] = [Policy::Ucdp, Policy::Acled, Policy::Majority, Policy::Latest, Policy::MinMax];

    /// As tallies, exports and the command line write it.
    pub fn name(self) -> &'static str {
        match self {
            Policy::Ucdp => "ucdp",
            Policy::Acled => "acled",
            Policy::Majority => "majority",
            Policy::Latest => "latest",
            Policy::MinMax => "min-max",
        }
    }

    /// The policy of a name.
    pub fn named(name: &str) -> Option<Policy> {
        Policy::ALL.into_iter().find(|p| p.name() == name)
    }

    pub(super) fn figures(self, counted: &[&Entry<'_>]) -> Figures {
        let (low, high) = range(counted);
        match self {
            Policy::Ucdp => {
                let reliable: Vec<&Entry<'_>> = counted.iter().copied().filter(|e| reliable(e)).collect();
                let heard = if reliable.is_empty() { counted } else { &reliable };
                let (low, high) = range(heard);
                let best = votes(heard).into_iter().max_by_key(|v| (v.voices, v.day, Reverse(v.figure)));
                Figures { low, best: best.map(|v| v.figure), high, note: None }
            }
            Policy::Acled => {
                let least = counted.iter().map(|e| conservative(e)).min_by_key(|(n, _)| *n);
                let (best, note) = least.map_or((None, None), |(n, note)| (Some(n), note));
                Figures { low: best, best, high: high.max(best), note }
            }
            Policy::Majority => {
                let votes = votes(counted);
                let all: usize = votes.iter().map(|v| v.voices).sum();
                let best = votes.into_iter().find(|v| v.voices * 2 > all).map(|v| v.figure);
                Figures { low, best, high, note: None }
            }
            Policy::Latest => {
                let best = votes(counted).into_iter().max_by_key(|v| (v.day, v.on_day, Reverse(v.figure)));
                Figures { low, best: best.map(|v| v.figure), high, note: None }
            }
            Policy::MinMax => {
                let best = low.filter(|_| low == high && counted.iter().all(|e| e.best == low));
                Figures { low, best, high, note: None }
            }
        }
    }
}

fn reliable(entry: &Entry<'_>) -> bool {
    !matches!(entry.row.source_class.as_str(), "armed-group" | "unnamed")
}

/// The lowest and the highest figure that any voice names. "At least 70" names no highest but 70.
fn range(counted: &[&Entry<'_>]) -> (Option<u64>, Option<u64>) {
    let low = counted.iter().filter_map(|e| e.low.or(e.best).or(e.high)).min();
    let high = counted.iter().filter_map(|e| e.high.or(e.best).or(e.low)).max();
    (low, high)
}

/// An exact figure and who gives it.
struct Vote {
    figure: u64,
    voices: usize,
    /// The last day on which it was given, and the voices that gave it on the last day of all.
    day: Option<Date>,
    on_day: usize,
}

fn votes(counted: &[&Entry<'_>]) -> Vec<Vote> {
    let mut by: BTreeMap<u64, Vec<&Entry<'_>>> = BTreeMap::new();
    for e in counted {
        if let Some(n) = e.best {
            by.entry(n).or_default().push(e);
        }
    }
    by.into_iter()
        .map(|(figure, given)| {
            let day = given.iter().filter_map(|e| day_of(e)).max();
            Vote { figure, voices: given.len(), day, on_day: given.iter().filter(|e| day_of(e) == day).count() }
        })
        .collect()
}

fn day_of(entry: &Entry<'_>) -> Option<Date> {
    entry.row.date.as_deref().and_then(|d| d.get(..10)?.parse().ok())
}

/// The figure that ACLED's conventions make of a claim, and the convention where one was needed.
fn conservative(entry: &Entry<'_>) -> (u64, Option<String>) {
    let words = match (entry.best, entry.low, entry.high) {
        (Some(n), ..) => return (n, None),
        (None, Some(20), Some(99)) => Some(("tens", 10)),
        (None, Some(24), Some(99)) => Some(("dozens", 12)),
        (None, Some(200), Some(999)) => Some(("hundreds", 100)),
        _ => None,
    };
    match words {
        Some((words, n)) => (n, Some(format!("\"{words}\" is written as {n}, by ACLED's convention"))),
        None => (entry.least(), None),
    }
}

/// How long after another an account may give a higher toll without contradicting it (days): bodies are found.
const GROWTH_DAYS: i32 = 3;

/// Whether two voices give figures that cannot both be true. Where figures grow, a higher one within a few days after a
/// lower one is no contradiction.
pub(super) fn disagree(counted: &[&Entry<'_>], grows: bool) -> bool {
    let top = |e: &Entry<'_>| e.high.or(if e.low == e.best && e.best.is_some() { None } else { e.best });
    counted.iter().enumerate().any(|(i, x)| {
        counted[..i].iter().any(|y| {
            let (lower, higher) = if x.least() <= y.least() { (x, y) } else { (y, x) };
            let apart = top(lower).is_some_and(|n| n < higher.least());
            let later = match (day_of(lower), day_of(higher)) {
                (Some(x), Some(y)) => (1..=GROWTH_DAYS).contains(&(y - x).get_days()),
                _ => false,
            };
            x.voice != y.voice && apart && !(grows && later)
        })
    })
}
