//! Records → what they come to together: origins, incidents, and each incident's tallies and verification.

use recount::reconcile::incidents::{Collection, Report};
use recount::reconcile::origins::{Sketch, origins};
use recount::reconcile::tallies::{ClaimRow, Policy, tallies, verification};
use recount::record::Record;
use recount::record::across::{Decision, Incident, Origin, Verdict, Verification};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What grouping and tallies need of one record.
pub struct Slim {
    report: Report,
    sketch: Sketch,
    claims: Vec<ClaimRow>,
    /// Of each event: the status of each telling.
    statuses: Vec<(String, Vec<String>)>,
}

impl Slim {
    pub fn of(record: &Record) -> Slim {
        let all = |v: &recount::record::Event| v.mentions.iter().map(|m| m.status.clone()).collect();
        Slim {
            report: Report::of(record),
            sketch: Sketch::of(record),
            claims: ClaimRow::of(record),
            statuses: record.events.iter().map(|v| (v.id.clone(), all(v))).collect(),
        }
    }
}

/// Takes in records one by one and keeps what grouping and tallies need of them.
#[derive(Default)]
pub struct Together {
    seen: BTreeSet<String>,
    reports: Vec<Report>,
    sketches: Vec<Sketch>,
    claims: HashMap<String, Vec<ClaimRow>>,
    /// Of each event of a report: the status of each telling.
    statuses: HashMap<(String, String), Vec<String>>,
}

impl Together {
    /// Adds a record. Of records with one id the first counts, as in an export.
    pub fn add(&mut self, slim: Slim) {
        let id = slim.sketch.id().to_owned();
        if !self.seen.insert(id.clone()) {
            return;
        }
        self.reports.push(slim.report);
        self.sketches.push(slim.sketch);
        self.statuses.extend(slim.statuses.into_iter().map(|(event, all)| ((id.clone(), event), all)));
        if !slim.claims.is_empty() {
            self.claims.insert(id, slim.claims);
        }
    }

    /// Groups everything. `decisions` in the order in which they were made.
    pub fn account(mut self, decisions: &[Decision], policy: Policy) -> (Vec<Origin>, Vec<Incident>) {
        for decision in decisions {
            if let Verdict::Reject { report, row } = &decision.verdict {
                let claims = self.claims.get_mut(report).into_iter().flatten();
                claims.filter(|c| c.count == *row).for_each(|c| c.rejected = true);
            }
        }
        let origins = origins(self.sketches);
        let of: BTreeMap<&str, &str> =
            origins.iter().flat_map(|o| o.reports.iter().map(|r| (r.as_str(), o.id.as_str()))).collect();
        let origin = |report: &str| of.get(report).map_or_else(|| report.to_owned(), |o| (*o).to_owned());
        let known = |report: &str| of.get(report).map(|o| (*o).to_owned());
        let mut incidents = Collection::of(self.reports, decisions).incidents(&known);
        let main = main_incidents(&incidents);
        for (at, i) in incidents.iter_mut().enumerate() {
            let told: BTreeSet<(&str, &str)> =
                i.events.iter().filter_map(|t| Some((t.report.as_str(), t.event.as_deref()?))).collect();
            let mut rows: Vec<ClaimRow> = Vec::new();
            for report in &i.reports {
                let is_main = main.get(report.as_str()) == Some(&at);
                let of_event = |c: &&ClaimRow| match &c.event {
                    Some(v) => told.contains(&(report.as_str(), v)),
                    None => is_main && HARMS.contains(&c.kind.as_str()),
                };
                rows.extend(self.claims.get(report).into_iter().flatten().filter(of_event).cloned());
            }
            let tellings: Vec<(String, &str)> = told
                .iter()
                .filter_map(|(r, v)| Some((origin(r), self.statuses.get(&((*r).to_owned(), (*v).to_owned()))?)))
                .flat_map(|(origin, all)| all.iter().map(move |s| (origin.clone(), s.as_str())))
                .collect();
            let decided = decided_level(i, decisions);
            let level = verification(tellings.iter().map(|(o, s)| (o.as_str(), *s)), decided);
            i.verification = level;
            i.tallies = tallies(&rows, origin, policy);
        }
        (origins, incidents)
    }
}

/// Kinds of counts that are given to what their report is about where it ties them to no event: "the toll rose to 14".
const HARMS: [&str; 4] = ["killed", "injured", "missing", "arrested"];

/// Of each report, the incident of conflict that most of its events stand in; none where two have as many.
fn main_incidents(incidents: &[Incident]) -> HashMap<String, usize> {
    let mut told: BTreeMap<&str, BTreeMap<usize, usize>> = BTreeMap::new();
    for (at, i) in incidents.iter().enumerate().filter(|(_, i)| i.class.is_some()) {
        for t in i.events.iter().filter(|t| t.event.is_some()) {
            *told.entry(&t.report).or_default().entry(at).or_default() += 1;
        }
    }
    let main = |of: &BTreeMap<usize, usize>| {
        let most = *of.values().max()?;
        let mut best = of.iter().filter(|(_, n)| **n == most);
        let (at, _) = best.next()?;
        best.next().is_none().then_some(*at)
    };
    told.iter().filter_map(|(report, of)| Some(((*report).to_owned(), main(of)?))).collect()
}

/// The level that a person gave to the incident of a telling; the latest holds.
fn decided_level(i: &Incident, decisions: &[Decision]) -> Option<Verification> {
    decisions.iter().rev().find_map(|d| match &d.verdict {
        Verdict::Verify { told, level } => i
            .events
            .iter()
            .any(|t| t.report == told.report && t.trigger == told.trigger && t.within_title == told.within_title)
            .then_some(*level),
        _ => None,
    })
}
