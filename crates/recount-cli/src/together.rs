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
        for i in &mut incidents {
            let told: BTreeSet<(&str, &str)> =
                i.events.iter().filter_map(|t| Some((t.report.as_str(), t.event.as_deref()?))).collect();
            let mut rows: Vec<ClaimRow> = Vec::new();
            for report in &i.reports {
                let of_event = |c: &&ClaimRow| c.event.as_deref().is_some_and(|v| told.contains(&(report.as_str(), v)));
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
