//! What the layouts by incident need of the reports, kept while they pass: one telling's parties and words an incident,
//! who speaks, and who published.

use crate::across::Across;
use crate::reading::Reading;
use recount::record::across::{Incident, Origin};
use recount::record::{Event, Participant};
use std::collections::HashMap;

/// Facts by incident and by report.
#[derive(Default)]
pub struct Gathered {
    incidents: HashMap<String, Facts>,
    reports: HashMap<String, Published>,
}

/// Who did it to whom in the telling that says most, its sentence, and everyone who tells of it.
#[derive(Default)]
pub struct Facts {
    /// How much the telling says, then how early it stands.
    rank: Option<(usize, std::cmp::Reverse<usize>)>,
    pub actors: Vec<Party>,
    pub targets: Vec<Party>,
    pub sentence: String,
    speakers: Vec<(usize, String)>,
}

/// Someone who takes part in an event.
#[derive(Clone, Debug)]
pub struct Party {
    pub name: String,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
}

/// How a report was published.
pub struct Published {
    pub source: Option<String>,
    pub title: Option<String>,
    pub day: Option<String>,
}

impl Gathered {
    /// Keeps what one report says of incidents.
    pub fn report(&mut self, reading: &Reading<'_>, across: &Across<'_>) {
        let r = reading.record;
        if across.incidents.is_empty() {
            return;
        }
        let published =
            Published { source: source_name(reading), title: r.title.clone(), day: r.published.best.clone() };
        self.reports.insert(r.id.clone(), published);
        for event in &r.events {
            let Some(incident) = across.incident_of(&r.id, &event.id) else { continue };
            let told = incident.events.iter().position(|t| t.report == r.id && t.event.as_ref() == Some(&event.id));
            let at = told.unwrap_or(usize::MAX);
            let facts = self.incidents.entry(incident.id.clone()).or_default();
            let speakers = event.mentions.iter().filter_map(|m| reading.speaker(&m.said_by).name);
            facts.speakers.extend(speakers.map(|s| (at, s.to_owned())));
            let says = usize::from(!event.actors.is_empty()) + usize::from(!event.targets.is_empty());
            let rank = Some((says, std::cmp::Reverse(at)));
            if rank > facts.rank {
                facts.rank = rank;
                facts.actors = parties(reading, event, &event.actors);
                facts.targets = parties(reading, event, &event.targets);
                facts.sentence = reading.sentence(event.trigger, &event.within_title);
            }
        }
    }

    pub fn facts(&self, incident: &Incident) -> Option<&Facts> {
        self.incidents.get(&incident.id)
    }

    pub fn published(&self, report: &str) -> Option<&Published> {
        self.reports.get(report)
    }

    /// Who published the reports of an incident, each once, in order of publication.
    pub fn sources(&self, incident: &Incident) -> Vec<&str> {
        let all = incident.reports.iter().filter_map(|r| self.published(r)?.source.as_deref());
        distinct(all)
    }

    /// The voice that an origin is: its agency, otherwise who published its earliest report.
    pub fn voice(&self, origin: &Origin) -> Option<String> {
        origin.agency.clone().or_else(|| self.published(&origin.earliest)?.source.clone())
    }
}

impl Facts {
    /// Everyone who tells of it, each once, in the order of the tellings.
    pub fn speakers(&self) -> Vec<&str> {
        let mut all: Vec<&(usize, String)> = self.speakers.iter().collect();
        all.sort();
        distinct(all.into_iter().map(|(_, s)| s.as_str()))
    }
}

/// Each once, the first time that it comes.
pub fn distinct<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    for s in all {
        if !out.contains(&s) {
            out.push(s);
        }
    }
    out
}

fn parties(reading: &Reading<'_>, event: &Event, rows: &[Participant]) -> Vec<Party> {
    rows.iter()
        .map(|p| {
            let entity = reading.entity(p.entity.as_deref());
            Party {
                name: reading.name_of(p, event).split_whitespace().collect::<Vec<_>>().join(" "),
                sector: entity.and_then(|e| e.sector.clone()),
                country: entity.and_then(|e| e.country.clone()),
            }
        })
        .collect()
}

/// Who published a report: the outlet, otherwise the host of its address, otherwise the credit.
pub fn source_name(reading: &Reading<'_>) -> Option<String> {
    let r = reading.record;
    let host = || {
        let (_, rest) = r.uri.as_deref()?.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
        let host = host.strip_prefix("www.").unwrap_or(host);
        (!host.is_empty()).then(|| host.to_owned())
    };
    r.outlet.clone().filter(|o| !o.trim().is_empty()).or_else(host).or_else(|| r.credit.clone())
}
