//! Groups → rows of origins: the earliest report, the agency, and who copied what from whom.

use super::sketch::Sketch;
use super::ties::Tie;
use crate::record::across::{Copied, Origin};
use std::collections::BTreeMap;

/// From this share on two reports are one text, and not a passage of one within another.
const TEXT: f32 = 0.5;

/// Below this share of words that are the same, a shared run counts as reworded.
const VERBATIM: f32 = 0.9;

/// The sketch of a number.
type Sketches<'a, 'f> = &'f dyn Fn(u32) -> &'a Sketch;

/// The origins in the order of the day and id of their earliest report, those without a day last.
pub(super) fn rows<'a>(sketches: Sketches<'a, '_>, ties: &[Tie], groups: &[u32], ranks: &[u32]) -> Vec<Origin> {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (doc, group) in groups.iter().enumerate() {
        members.entry(*group).or_default().push(doc as u32);
    }
    let mut within: BTreeMap<u32, Vec<&Tie>> = BTreeMap::new();
    for tie in ties.iter().filter(|t| groups[t.a as usize] == groups[t.b as usize]) {
        within.entry(groups[tie.a as usize]).or_default().push(tie);
    }
    let day = |i: u32| (sketches(i).date.is_none(), sketches(i).date.as_deref());
    let mut out: Vec<(u32, Origin)> = Vec::with_capacity(members.len());
    for (group, mut reports) in members {
        reports.sort_unstable_by_key(|i| (day(*i), ranks[*i as usize]));
        let ties = within.get(&group).map(Vec::as_slice).unwrap_or_default();
        let first = earliest(sketches, &reports, ties, ranks);
        let name = |i: u32| sketches(i).id.to_string();
        let copies = reports.iter().filter(|r| **r != first).filter_map(|r| copied(sketches, *r, first, ties, ranks));
        out.push((
            first,
            Origin {
                id: format!("o-{}", sketches(first).id),
                earliest: name(first),
                agency: agency(sketches, &reports),
                copies: copies.collect(),
                reports: reports.iter().map(|r| name(*r)).collect(),
            },
        ));
    }
    out.sort_by_key(|(first, _)| (day(*first), ranks[*first as usize]));
    out.into_iter().map(|(_, origin)| origin).collect()
}

/// The report that the others copy: of those of the first day, or of no known day, the one whose words most of the
/// others have; of such, the one of lesser id.
fn earliest(sketches: Sketches<'_, '_>, reports: &[u32], ties: &[&Tie], ranks: &[u32]) -> u32 {
    let first = reports.iter().filter_map(|r| sketches(*r).date.as_deref()).min();
    let can_be = |r: u32| sketches(r).date.as_deref().is_none_or(|d| Some(d) == first);
    let mut lent: BTreeMap<u32, f32> = BTreeMap::new();
    for tie in ties {
        *lent.entry(tie.a).or_default() += tie.shared;
        *lent.entry(tie.b).or_default() += tie.shared;
    }
    let lent = |r: u32| lent.get(&r).copied().unwrap_or_default();
    let dated = |r: u32| sketches(r).date.is_some();
    let before = |x: &u32, y: &u32| {
        lent(*x)
            .total_cmp(&lent(*y))
            .then_with(|| dated(*x).cmp(&dated(*y)))
            .then_with(|| ranks[*y as usize].cmp(&ranks[*x as usize]))
    };
    reports.iter().copied().filter(|r| can_be(*r)).max_by(before).unwrap_or(reports[0])
}

/// The agency that the reports credit, where those that credit one agree.
fn agency(sketches: Sketches<'_, '_>, reports: &[u32]) -> Option<String> {
    let mut named = reports.iter().filter_map(|r| sketches(*r).agency);
    let first = named.next()?;
    named.all(|other| other == first).then(|| first.name().to_owned())
}

/// What a report shares with the one of its group that it shares most with; of equals, with the earliest.
fn copied(sketches: Sketches<'_, '_>, report: u32, first: u32, ties: &[&Tie], ranks: &[u32]) -> Option<Copied> {
    let mine = ties.iter().filter(|t| t.a == report || t.b == report);
    let best = mine.max_by(|s, t| {
        let other = |t: &Tie| t.seen_from(report).0;
        s.of_a
            .total_cmp(&t.of_a)
            .then_with(|| (other(s) == first).cmp(&(other(t) == first)))
            .then_with(|| ranks[other(t) as usize].cmp(&ranks[other(s) as usize]))
    })?;
    let other = best.seen_from(report).0;
    let mut by = vec![if best.of_a >= TEXT { "text" } else { "passage" }];
    if best.verbatim < VERBATIM {
        by.push("reworded");
    }
    if best.quoted > 0.0 {
        by.push("quotations");
    }
    let credits = [report, other].map(|i| sketches(i).agency);
    if credits[0].is_some() && credits[0] == credits[1] {
        by.push("agency");
    }
    Some(Copied {
        report: sketches(report).id.to_string(),
        from: sketches(other).id.to_string(),
        share: (best.of_a * 1000.0).round() / 1000.0,
        by: by.into_iter().map(str::to_owned).collect(),
    })
}
