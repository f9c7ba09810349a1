//! An incident's counts, reconciled: every claim kept in the order of time, each voice counted once, and three figures
//! chosen by a policy that has a name.
//!
//! [`ClaimRow`]s are taken from one record at a time (`claims`); [`tallies`] needs nothing but the rows of one incident,
//! the origin of each report and the policy. `voices` says which claims speak for themselves, `policy` what figures they
//! come to. The three figures are a range of what was reported and never a confidence interval.

mod claims;
mod policy;
mod sides;
mod verify;
mod voices;

pub use claims::{ClaimRow, Speaker};
pub use policy::Policy;
pub use verify::verification;

use crate::record::across::{Claim, Tally};
use std::collections::BTreeSet;
use voices::{Entry, entries};

/// The tallies of one incident: for each kind of count the whole, then each side that claims name.
///
/// `rows` are the claims of the incident's tellings, in any order; `origin` gives the id of the origin of a report's id.
pub fn tallies(rows: &[ClaimRow], origin: impl Fn(&str) -> String, policy: Policy) -> Vec<Tally> {
    let kinds: BTreeSet<(usize, &str)> = rows.iter().map(|r| (order_of(&r.kind), r.kind.as_str())).collect();
    let mut out = Vec::new();
    for (_, kind) in kinds {
        let of_kind: Vec<&ClaimRow> = rows.iter().filter(|r| r.kind == kind).collect();
        let sides: BTreeSet<&str> = of_kind.iter().filter_map(|r| r.side).collect();
        for side in [None].into_iter().chain(sides.into_iter().map(Some)) {
            let found = entries(&of_kind, side, &origin);
            if !found.is_empty() {
                out.push(tally(kind, side, found, policy));
            }
        }
    }
    out
}

/// The order of kinds, as the design lists them.
fn order_of(kind: &str) -> usize {
    const KINDS: [&str; 8] =
        ["killed", "injured", "arrested", "missing", "abducted", "displaced", "participants", "destroyed"];
    KINDS.iter().position(|k| *k == kind).unwrap_or(KINDS.len())
}

fn tally(kind: &str, side: Option<&str>, found: Vec<Entry<'_>>, policy: Policy) -> Tally {
    let counted: Vec<&Entry<'_>> = found.iter().filter(|e| e.why_not.is_none()).collect();
    let figures = policy.figures(&counted);
    let voices: BTreeSet<&str> = counted.iter().map(|e| e.voice.as_str()).collect();
    Tally {
        kind: kind.to_owned(),
        of: side.map(str::to_owned),
        low: figures.low,
        best: figures.best,
        high: figures.high,
        policy: policy.name().to_owned(),
        disagreement: policy::disagree(&counted, claims::cumulative(kind)),
        voices: voices.len(),
        note: figures.note,
        claims: found.into_iter().map(claim).collect(),
    }
}

fn claim(entry: Entry<'_>) -> Claim {
    let row = entry.row;
    Claim {
        report: row.report.clone(),
        count: row.count.clone(),
        with: entry.with.iter().map(|r| r.count.clone()).collect(),
        origin: entry.origin,
        date: row.date.clone(),
        low: entry.low,
        best: entry.best,
        high: entry.high,
        words: row.words.clone(),
        span: row.span,
        within_title: row.within_title.clone(),
        said_by: row.said_by.clone(),
        source_class: row.source_class.clone(),
        inferred: row.event.is_none(),
        counted: entry.why_not.is_none(),
        why_not: entry.why_not.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests;
