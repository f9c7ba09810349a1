//! Which claims speak for themselves: one current figure a voice, copies and parts set aside, each with the reason.

use super::claims::{ClaimRow, Speaker, cumulative};
use super::sides::overlaps;
use std::collections::{BTreeMap, BTreeSet};

/// A claim on its way into a tally.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub row: &'a ClaimRow,
    /// Rows of the same report added to it: the sides of a whole that the report gives no figure for.
    pub with: Vec<&'a ClaimRow>,
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
    pub origin: String,
    /// Who speaks, across reports.
    pub voice: String,
    pub why_not: Option<&'static str>,
}

impl<'a> Entry<'a> {
    fn of(row: &'a ClaimRow, origin: &impl Fn(&str) -> String) -> Entry<'a> {
        let origin = origin(&row.report);
        let voice = match &row.speaker {
            Speaker::Outlet => format!("origin {origin}"),
            Speaker::Known(name) => format!("source {name}"),
            Speaker::Nameless(words) => format!("source {words} of {origin}"),
        };
        let why_not = match row.status.as_str() {
            _ if row.rejected => Some("rejected"),
            // "Nobody was killed" is a figure, whatever is negated in its sentence.
            _ if row.high == Some(0) => None,
            "happened" => None,
            "negated" | "denied" => Some("negated"),
            _ => Some("not-happened"),
        };
        Entry { row, with: Vec::new(), low: row.low, best: row.best, high: row.high, origin, voice, why_not }
    }

    pub fn figure(&self) -> [Option<u64>; 3] {
        [self.low, self.best, self.high]
    }

    /// The least that it says.
    pub fn least(&self) -> u64 {
        self.low.or(self.best).or(self.high).unwrap_or(0)
    }

    /// Title before text, then by place: the order in which a reader meets the figures.
    fn place(&self) -> (bool, usize) {
        (self.row.within_title.is_none(), self.row.span[0])
    }
}

/// The claims of one kind for the whole, or for one side, in the order of time, then of report.
pub(super) fn entries<'a>(
    rows: &[&'a ClaimRow],
    side: Option<&str>,
    origin: &impl Fn(&str) -> String,
) -> Vec<Entry<'a>> {
    let mut out: Vec<Entry<'a>> = Vec::new();
    for row in rows.iter().filter(|r| r.side == side) {
        let mut entry = Entry::of(row, origin);
        if row.part && side.is_none() {
            entry.why_not = entry.why_not.or(Some("part"));
        }
        out.push(entry);
    }
    if side.is_none() {
        add_sums(rows, origin, &mut out);
    }
    out.sort_by(|x, y| {
        let key = |e: &Entry<'a>| (e.row.date.is_none(), e.row.date.clone(), e.row.report.clone());
        key(x).cmp(&key(y)).then_with(|| x.place().cmp(&y.place())).then_with(|| x.row.count.cmp(&y.row.count))
    });
    one_a_report(&mut out);
    one_a_voice(&mut out);
    outlets_that_only_repeat(&mut out);
    out
}

/// Where a voice gives figures for sides and none for the whole, the whole is what the sides come to.
fn add_sums<'a>(rows: &[&'a ClaimRow], origin: &impl Fn(&str) -> String, out: &mut Vec<Entry<'a>>) {
    let mut of_sides: BTreeMap<(&str, String), Vec<Entry<'a>>> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.side.is_some() && !r.part) {
        let entry = Entry::of(row, origin);
        if entry.why_not.is_none() {
            of_sides.entry((&row.report, entry.voice.clone())).or_default().push(entry);
        }
    }
    let have: BTreeSet<(&str, String)> =
        out.iter().filter(|e| e.why_not.is_none()).map(|e| (e.row.report.as_str(), e.voice.clone())).collect();
    for (key, mut entries) in of_sides {
        if have.contains(&key) {
            continue;
        }
        entries.sort_by_key(Entry::place);
        // The first figure of each side; women and children only where no side can hold them already.
        let mut seen = BTreeSet::new();
        entries.retain(|e| seen.insert(e.row.side));
        if entries.iter().any(|e| e.row.side.is_some_and(|s| !overlaps(s))) {
            entries.retain(|e| e.row.side.is_some_and(|s| !overlaps(s)));
        }
        let sum =
            |f: fn(&Entry<'_>) -> Option<u64>| entries.iter().map(f).try_fold(0u64, |n, x| Some(n.saturating_add(x?)));
        let (low, best, high) = (sum(|e| e.low.or(e.best)), sum(|e| e.best), sum(|e| e.high));
        let mut parts = entries.into_iter();
        if let Some(first) = parts.next() {
            let with = parts.map(|e| e.row).collect();
            out.push(Entry { with, low, best, high, ..first });
        }
    }
}

/// Within one report a voice has one figure: the first that a reader meets, unless a later one is the same made exact.
/// Figures that add up to it are parts of it.
fn one_a_report(entries: &mut [Entry<'_>]) {
    for group in indices(entries, |e| (e.row.report.clone(), e.voice.clone())) {
        let live: Vec<usize> = group.into_iter().filter(|i| entries[*i].why_not.is_none()).collect();
        let Some(first) = live.first().copied() else { continue };
        let whole = live.iter().copied().find(|w| {
            let rest: Vec<u64> = live.iter().filter(|i| *i != w).filter_map(|i| entries[*i].best).collect();
            rest.len() >= 2 && rest.len() + 1 == live.len() && entries[*w].best == Some(rest.iter().sum())
        });
        let exact = live.iter().copied().find(|i| {
            let best = entries[*i].best;
            entries[first].best.is_none() && best.is_some_and(|n| within(&entries[first], n))
        });
        let holds = whole.or(exact).unwrap_or(first);
        for i in live.into_iter().filter(|i| *i != holds) {
            let same = entries[i].figure() == entries[holds].figure();
            entries[i].why_not = Some(match (whole.is_some(), same) {
                (true, _) => "part",
                (false, true) => "repeated",
                (false, false) => "superseded",
            });
        }
    }
}

fn within(entry: &Entry<'_>, n: u64) -> bool {
    entry.low.is_none_or(|low| n >= low) && entry.high.is_none_or(|high| n <= high)
}

/// Across reports a voice has one figure: its latest where figures of the kind grow, every different one where not.
/// Of the same figure the earliest report speaks.
fn one_a_voice(entries: &mut [Entry<'_>]) {
    for group in indices(entries, |e| e.voice.clone()) {
        let mut current: Vec<usize> = Vec::new();
        for i in group.into_iter().filter(|i| entries[*i].why_not.is_none()).collect::<Vec<_>>() {
            if let Some(same) = current.iter().copied().find(|c| entries[*c].figure() == entries[i].figure()) {
                let copy = entries[same].origin == entries[i].origin;
                entries[i].why_not = Some(if copy { "same-origin" } else { "same-source" });
                continue;
            }
            let grows = cumulative(&entries[i].row.kind);
            match current.pop() {
                Some(last) if grows => {
                    let later = match (&entries[last].row.date, &entries[i].row.date) {
                        (Some(x), Some(y)) if x != y => true,
                        // Of two figures of one day a toll that grows is the newer.
                        _ => entries[i].least() >= entries[last].least(),
                    };
                    let (old, new) = if later { (last, i) } else { (i, last) };
                    entries[old].why_not = Some("superseded");
                    current.push(new);
                }
                last => current.extend(last.into_iter().chain([i])),
            }
        }
    }
}

/// An outlet that gives in its own voice the figure that a source of the same origin gives has it from there: a headline
/// makes ten of "at least ten".
fn outlets_that_only_repeat(entries: &mut [Entry<'_>]) {
    let said = |e: &Entry<'_>| e.best.map_or_else(|| e.figure(), |best| [None, Some(best), None]);
    let sourced: BTreeSet<(String, [Option<u64>; 3])> = entries
        .iter()
        .filter(|e| e.why_not.is_none() && e.row.speaker != Speaker::Outlet)
        .map(|e| (e.origin.clone(), said(e)))
        .collect();
    for e in entries.iter_mut().filter(|e| e.why_not.is_none() && e.row.speaker == Speaker::Outlet) {
        if sourced.contains(&(e.origin.clone(), said(e))) {
            e.why_not = Some("same-origin");
        }
    }
}

/// The entries that have the same key, in their order.
fn indices<K: Ord>(entries: &[Entry<'_>], key: impl Fn(&Entry<'_>) -> K) -> Vec<Vec<usize>> {
    let mut out: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (i, e) in entries.iter().enumerate() {
        out.entry(key(e)).or_default().push(i);
    }
    out.into_values().collect()
}
