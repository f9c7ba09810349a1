//! Origins and incidents as the layouts look things up in them.

use recount::record::across::{Incident, Origin, Verification};
use std::collections::HashMap;

/// What many reports come to together, with what is looked up in it.
pub struct Across<'a> {
    pub origins: &'a [Origin],
    pub incidents: &'a [Incident],
    by_id: HashMap<&'a str, &'a Origin>,
    by_report: HashMap<&'a str, &'a Origin>,
    by_event: HashMap<(&'a str, &'a str), &'a Incident>,
}

impl<'a> Across<'a> {
    pub fn of(origins: &'a [Origin], incidents: &'a [Incident]) -> Across<'a> {
        let told = incidents.iter().flat_map(|i| i.events.iter().map(move |t| (i, t)));
        Across {
            origins,
            incidents,
            by_id: origins.iter().map(|o| (o.id.as_str(), o)).collect(),
            by_report: origins.iter().flat_map(|o| o.reports.iter().map(move |r| (r.as_str(), o))).collect(),
            by_event: told.filter_map(|(i, t)| Some(((t.report.as_str(), t.event.as_deref()?), i))).collect(),
        }
    }

    /// The origin of an id.
    pub fn origin(&self, id: &str) -> Option<&'a Origin> {
        self.by_id.get(id).copied()
    }

    /// The origin that a report belongs to.
    pub fn origin_of(&self, report: &str) -> Option<&'a Origin> {
        self.by_report.get(report).copied()
    }

    /// The incident that an event of a report belongs to.
    pub fn incident_of(&self, report: &str, event: &str) -> Option<&'a Incident> {
        self.by_event.get(&(report, event)).copied()
    }
}

/// The level as written everywhere.
pub fn level(verification: Verification) -> &'static str {
    match verification {
        Verification::Unconfirmed => "unconfirmed",
        Verification::PartiallyCorroborated => "partially-corroborated",
        Verification::Confirmed => "confirmed",
        Verification::Disputed => "disputed",
        Verification::Rejected => "rejected",
    }
}

/// Key of a tally: an incident has one for each kind and each group counted.
pub fn tally_key(incident: &Incident, kind: &str, of: Option<&str>) -> String {
    match of {
        Some(of) => format!("{}/{kind}/{of}", incident.id),
        None => format!("{}/{kind}", incident.id),
    }
}
