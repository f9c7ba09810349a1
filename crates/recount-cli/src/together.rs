//! Records → what they come to together: origins, incidents, and each incident's tallies and verification.

use recount::reconcile::incidents::{Collection, Report};
use recount::reconcile::origins::{Bounds, Origins, Sketch};
use recount::reconcile::tallies::{ClaimRow, Policy, tallies, verification};
use recount::record::Record;
use recount::record::across::{Decision, Incident, Origin, Verdict, Verification};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What grouping and tallies need of one record.
pub struct Slim {
    report: Report,
    sketch: Sketch,
    told: Told,
}

/// What tallies and verification need of one record.
pub struct Told {
    claims: Vec<ClaimRow>,
    /// Of each event: the status of each telling.
    statuses: HashMap<String, Vec<String>>,
}

impl Slim {
    pub fn of(record: &Record) -> Slim {
        Slim { report: Report::of(record), sketch: Sketch::of(record), told: Told::of(record) }
    }

    pub fn parts(self) -> (Report, Sketch, Told) {
        (self.report, self.sketch, self.told)
    }
}

impl Told {
    pub fn of(record: &Record) -> Told {
        let all = |v: &recount::record::Event| v.mentions.iter().map(|m| m.status.clone()).collect();
        Told { claims: ClaimRow::of(record), statuses: record.events.iter().map(|v| (v.id.clone(), all(v))).collect() }
    }
}

/// What reports tell, by their ids.
#[derive(Default)]
pub struct Tellings(HashMap<String, Told>);

impl Tellings {
    pub fn add(&mut self, report: String, told: Told) {
        self.0.insert(report, told);
    }

    pub fn knows(&self, report: &str) -> bool {
        self.0.contains_key(report)
    }

    /// Takes out of account what people rejected.
    pub fn reject(&mut self, decisions: &[Decision]) {
        for decision in decisions {
            if let Verdict::Reject { report, row } = &decision.verdict {
                let claims = self.0.get_mut(report).into_iter().flat_map(|t| &mut t.claims);
                claims.filter(|c| c.count == *row).for_each(|c| c.rejected = true);
            }
        }
    }

    /// Adds to an incident its tallies and how far it is borne out. `is_main` says whether it is what a report is about.
    pub fn complete(
        &self,
        i: &mut Incident,
        is_main: impl Fn(&str) -> bool,
        origin: &dyn Fn(&str) -> String,
        decisions: &[Decision],
        policy: Policy,
    ) {
        let told: BTreeSet<(&str, &str)> =
            i.events.iter().filter_map(|t| Some((t.report.as_str(), t.event.as_deref()?))).collect();
        let mut rows: Vec<ClaimRow> = Vec::new();
        for report in &i.reports {
            let is_main = is_main(report);
            let of_event = |c: &&ClaimRow| match &c.event {
                Some(v) => told.contains(&(report.as_str(), v)),
                None => is_main && HARMS.contains(&c.kind.as_str()),
            };
            rows.extend(self.0.get(report).into_iter().flat_map(|t| &t.claims).filter(of_event).cloned());
        }
        let tellings: Vec<(String, &str)> = told
            .iter()
            .filter_map(|(r, v)| Some((origin(r), self.0.get(*r)?.statuses.get(*v)?)))
            .flat_map(|(origin, all)| all.iter().map(move |s| (origin.clone(), s.as_str())))
            .collect();
        let level = verification(tellings.iter().map(|(o, s)| (o.as_str(), *s)), decided_level(i, decisions));
        i.verification = level;
        i.tallies = tallies(&rows, origin, policy);
    }
}

/// Takes in records one by one and keeps what grouping and tallies need of them.
#[derive(Default)]
pub struct Together {
    seen: BTreeSet<String>,
    reports: Vec<Report>,
    sketches: Vec<Sketch>,
    tellings: Tellings,
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
        self.tellings.add(id, slim.told);
    }

    /// Groups everything. `decisions` in the order in which they were made.
    pub fn account(self, decisions: &[Decision], policy: Policy) -> (Vec<Origin>, Vec<Incident>) {
        let threads = crate::commands::cores().get();
        let origins = Origins::of(self.sketches, Bounds::default(), threads);
        let collection = Collection::of(self.reports, decisions, threads);
        account(&origins, &collection, self.tellings, decisions, policy)
    }
}

/// What grouped reports come to: their origins and their incidents, complete.
pub fn account(
    origins: &Origins,
    collection: &Collection,
    mut tellings: Tellings,
    decisions: &[Decision],
    policy: Policy,
) -> (Vec<Origin>, Vec<Incident>) {
    tellings.reject(decisions);
    let origins = origins.rows();
    let of: HashMap<&str, &str> =
        origins.iter().flat_map(|o| o.reports.iter().map(|r| (r.as_str(), o.id.as_str()))).collect();
    let origin = |report: &str| of.get(report).map_or_else(|| report.to_owned(), |o| (*o).to_owned());
    let known = |report: &str| of.get(report).map(|o| (*o).to_owned());
    let mut incidents = collection.incidents(&known);
    let main = main_incidents(incidents.iter());
    for i in &mut incidents {
        let id = i.id.clone();
        tellings.complete(i, |report| main.get(report) == Some(&id), &origin, decisions, policy);
    }
    (origins, incidents)
}

/// Kinds of counts that are given to what their report is about where it ties them to no event: "the toll rose to 14".
const HARMS: [&str; 4] = ["killed", "injured", "missing", "arrested"];

/// Of each report, the incident of conflict that most of its events stand in; none where two have as many.
pub fn main_incidents<'a>(incidents: impl Iterator<Item = &'a Incident>) -> HashMap<String, String> {
    let mut told: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for i in incidents.filter(|i| i.class.is_some()) {
        for t in i.events.iter().filter(|t| t.event.is_some()) {
            *told.entry(&t.report).or_default().entry(&i.id).or_default() += 1;
        }
    }
    let main = |of: &BTreeMap<&str, usize>| {
        let most = *of.values().max()?;
        let mut best = of.iter().filter(|(_, n)| **n == most);
        let (id, _) = best.next()?;
        best.next().is_none().then(|| (*id).to_owned())
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
