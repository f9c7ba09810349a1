//! What people decided on tellings: these two are one happening, these two are not. It holds for good, whatever the
//! scores say.

use super::rows::Report;
use crate::record::across::{Decision, Told, Verdict, Verification};
use std::collections::BTreeMap;

/// A telling in slim rows: the report's id, and the event as its place among the report's events.
pub type Telling = (Box<str>, Option<u32>);

/// Merges and splits that hold, by pair of tellings, each pair the smaller first.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    pairs: BTreeMap<(Telling, Telling), Ruling>,
    levels: Vec<(Told, Verification)>,
}

/// One that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    pub together: bool,
    /// Who decided, and why, for people.
    pub words: String,
}

impl Decided {
    /// Puts decisions in the order of their time; of two on one pair the later holds. `find` gives the event that a
    /// telling is of, by the report's id; tellings of reports that are not there decide nothing.
    pub fn of<'a>(decisions: &[Decision], find: impl Fn(&str) -> Option<&'a Report>) -> Decided {
        let mut rows: Vec<&Decision> = decisions.iter().collect();
        rows.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
        let mut out = Decided::default();
        for row in rows {
            let (together, a, b) = match &row.verdict {
                Verdict::Merge { a, b } => (true, a, b),
                Verdict::Split { a, b } => (false, a, b),
                Verdict::Verify { told, level } => {
                    out.levels.push((told.clone(), *level));
                    continue;
                }
                _ => continue,
            };
            let telling = |t: &Told| find(&t.report).map(|r| (r.id.clone(), event_of(r, t)));
            if let (Some(a), Some(b)) = (telling(a), telling(b)) {
                let reason = if row.reason.is_empty() { String::new() } else { format!(": {}", row.reason) };
                let ruling = Ruling { together, words: format!("decided by {}{reason}", row.by) };
                out.pairs.insert(if a <= b { (a, b) } else { (b, a) }, ruling);
            }
        }
        out
    }

    /// Every pair that was decided on, with what holds.
    pub fn pairs(&self) -> impl Iterator<Item = (&Telling, &Telling, &Ruling)> {
        self.pairs.iter().map(|((a, b), ruling)| (a, b, ruling))
    }

    /// What holds between any telling of one report and any of another, in words; a merge where there is one.
    pub fn between(&self, a: &str, b: &str) -> Option<&Ruling> {
        let ids = |x: &Telling, y: &Telling| (&*x.0 == a && &*y.0 == b) || (&*x.0 == b && &*y.0 == a);
        let mut found: Vec<&Ruling> = self.pairs.iter().filter(|((x, y), _)| ids(x, y)).map(|(_, r)| r).collect();
        found.sort_by_key(|r| !r.together);
        found.first().copied()
    }

    /// How far a person found an incident borne out: the last decision on one of its tellings.
    pub fn level(&self, holds: impl Fn(&Told) -> bool) -> Option<Verification> {
        self.levels.iter().rev().find(|(told, _)| holds(told)).map(|(_, level)| *level)
    }
}

/// The event of a report that a telling is of: by its trigger, or else by its row. Records may be made anew by a better
/// program, and rows change their numbers then.
pub fn event_of(report: &Report, told: &Told) -> Option<u32> {
    let [a, b] = told.trigger.map(|x| u32::try_from(x).unwrap_or(u32::MAX));
    let in_title = told.within_title.is_some();
    let row = told.event.as_deref()?.get(1..).and_then(|n| n.parse::<u32>().ok());
    let meets = |span: &[u32; 2], title: bool| title == in_title && span[0] < b && a < span[1];
    let by_trigger = report
        .events
        .iter()
        .position(|e| meets(&e.trigger, e.in_title) || e.mentions.iter().any(|(span, title)| meets(span, *title)));
    let by_row = || report.events.iter().position(|e| Some(e.row) == row);
    by_trigger.or_else(by_row).and_then(|n| u32::try_from(n).ok())
}
