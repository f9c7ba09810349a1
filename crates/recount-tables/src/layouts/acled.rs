//! Incidents in the 31 columns of ACLED, by its conventions. No row of ACLED's own is in it.

use super::Sink;
use super::countries::country;
use super::figures::{in_words, most_conservative, of_kind};
use super::gathered::{Facts, Gathered, Party};
use super::sides::{inter, interaction};
use crate::Result;
use crate::across::Across;
use crate::delimited::Csv;
use crate::files::{Sealed, Written};
use crate::reading::Reading;
use crate::table::{Cell, Column, Kind, Row, Table};
use jiff::civil::Date;
use recount::record::across::{Incident, Verification};
use std::path::Path;

pub const CONVENTIONS: &str = "\
acled.csv (the layout of ACLED; none of ACLED's own rows)
  One row an incident that is told as having happened, was not rejected, and has one of ACLED's sub-event types.
  fatalities is one number, the most conservative: the lowest figure among the claims that count, each written as ACLED
  writes words: tens 10, dozens 12, hundreds 100, thousands 1000, several or a few 3, up to N 3, more than N the next
  number; 0 where nobody tells of the dead. Figures that differ are in notes, each with who gives it.
  time_precision 1 the day, 2 within a week, 3 the month with its middle as event_date; empty where only a year is known.
  geo_precision 1 the place, 2 near it or its district, 3 a larger region or the whole country; empty where not known.
  inter1 and inter2: 1 state forces, 2 rebels, 3 political militias (also unidentified armed and criminal groups),
  4 identity militias (not told apart from 3 here), 5 rioters, 6 protesters, 7 civilians, 8 external or other (also
  forces of a state outside its country); 0 in the second where there is no second actor; empty where the text leaves
  it open. interaction is the pair with the smaller first. actor1 and actor2 do not say who attacked whom.
  actor names are the reports' own, not ACLED's. source lists who published; source_scale, admin2, admin3 and timestamp
  are empty. tags has the size of a crowd where one is told.
";

const fn text(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Text, description)
}

const fn code(name: &'static str, description: &'static str, least: f64, most: f64) -> Column {
    Column::new(name, Kind::Integer, description).within(least, most)
}

pub static ACLED: Table = Table {
    name: "acled",
    title: "Incidents in the layout of ACLED",
    description: "An incident with an ACLED sub-event type.",
    key: Some("event_id_cnty"),
    columns: &[
        text("event_id_cnty", "Country code and id of the incident.").required(),
        Column::new("event_date", Kind::Date, "Day; the middle where only a period is known."),
        code("year", "Year.", 0.0, 9999.0),
        code("time_precision", "1 day, 2 week, 3 month.", 1.0, 3.0),
        text("disorder_type", "Political violence, Demonstrations, both, or Strategic developments."),
        text("event_type", "ACLED event type."),
        text("sub_event_type", "ACLED sub-event type."),
        text("actor1", "One side's first actor."),
        text("assoc_actor_1", "That side's other actors."),
        code("inter1", "ACLED type of actor1.", 0.0, 8.0),
        text("actor2", "Other side's first actor."),
        text("assoc_actor_2", "That side's other actors."),
        code("inter2", "ACLED type of actor2; 0 for none.", 0.0, 8.0),
        code("interaction", "Both types, the smaller first.", 10.0, 88.0),
        text("civilian_targeting", "“Civilian targeting” where civilians are the target of violence."),
        code("iso", "ISO 3166-1 numeric code.", 0.0, 999.0),
        text("region", "ACLED region."),
        text("country", "Country."),
        text("admin1", "First-level division."),
        text("admin2", "Empty."),
        text("admin3", "Empty."),
        text("location", "Place."),
        Column::new("latitude", Kind::Number, "WGS 84 latitude.").unit("degrees").within(-90.0, 90.0),
        Column::new("longitude", Kind::Number, "WGS 84 longitude.").unit("degrees").within(-180.0, 180.0),
        code("geo_precision", "1 place, 2 near it, 3 larger region.", 1.0, 3.0),
        text("source", "Who published."),
        text("source_scale", "Empty."),
        text("notes", "A sentence that tells of it, and the figures that differ with who gives them."),
        Column::new("fatalities", Kind::Integer, "Reported dead, the most conservative figure.").required(),
        text("tags", "Crowd size, where told."),
        Column::new("timestamp", Kind::Integer, "Empty."),
    ],
};

pub struct Acled {
    file: Csv,
}

impl Acled {
    pub fn create(folder: &Path) -> Result<Acled> {
        Ok(Acled { file: Csv::create(Sealed::create(folder, "acled.csv")?, &ACLED)? })
    }
}

impl Sink for Acled {
    fn report(&mut self, _: &Reading<'_>, _: &Across<'_>) -> Result<()> {
        Ok(())
    }

    fn end(mut self: Box<Self>, across: &Across<'_>, gathered: &Gathered) -> Result<Vec<Written>> {
        across.incidents.iter().filter_map(|i| row(i, gathered)).try_for_each(|row| self.file.row(&row))?;
        Ok(vec![self.file.done()?])
    }
}

/// ACLED's disorder type and event type of a sub-event type.
fn event_type(sub_event: &str) -> Option<(&'static str, &'static str)> {
    const VIOLENCE: &str = "Political violence";
    Some(match sub_event {
        "Armed clash" | "Government regains territory" | "Non-state actor overtakes territory" => (VIOLENCE, "Battles"),
        "Chemical weapon"
        | "Air/drone strike"
        | "Suicide bomb"
        | "Shelling/artillery/missile attack"
        | "Remote explosive/landmine/IED"
        | "Grenade" => (VIOLENCE, "Explosions/Remote violence"),
        "Sexual violence" | "Attack" | "Abduction/forced disappearance" => (VIOLENCE, "Violence against civilians"),
        "Peaceful protest" | "Protest with intervention" => ("Demonstrations", "Protests"),
        "Excessive force against protesters" => ("Political violence; Demonstrations", "Protests"),
        "Violent demonstration" => ("Demonstrations", "Riots"),
        "Mob violence" => (VIOLENCE, "Riots"),
        "Agreement"
        | "Arrests"
        | "Change to group/activity"
        | "Disrupted weapons use"
        | "Headquarters or base established"
        | "Looting/property destruction"
        | "Non-violent transfer of territory"
        | "Other" => ("Strategic developments", "Strategic developments"),
        _ => return None,
    })
}

/// The day and how exact it is: the middle of a period; nothing where only a year is known.
fn date(i: &Incident) -> Option<(Date, u8)> {
    let start: Date = i.start.as_deref()?.parse().ok()?;
    let end: Date = i.end.as_deref().and_then(|d| d.parse().ok()).unwrap_or(start);
    let days = start.until((jiff::Unit::Day, end)).map_or(0, |s| s.get_days());
    let middle = start.checked_add(jiff::Span::new().days(days / 2)).unwrap_or(start);
    match i.date_precision {
        Some(1) => Some((start, 1)),
        Some(2 | 3) => Some((middle, 2)),
        Some(4) => Some((middle, 3)),
        Some(_) => None,
        None if days == 0 => Some((start, 1)),
        None if days <= 7 => Some((middle, 2)),
        None if days <= 31 => Some((middle, 3)),
        None => None,
    }
}

fn row(i: &Incident, gathered: &Gathered) -> Option<Row> {
    let sub_event = i.acled.as_deref()?;
    let (disorder, event_type) = event_type(sub_event)?;
    if i.status.as_deref() != Some("happened") || i.verification == Verification::Rejected {
        return None;
    }
    let nothing = Facts::default();
    let facts = gathered.facts(i).unwrap_or(&nothing);
    let place = i.place.as_ref();
    let land = place.and_then(|p| country(p.country.as_deref()?));
    let at_home = |p: &Party| Some(p.country.as_deref()? == land?.code);
    let type_of = |p: Option<&Party>, is_actor| p.and_then(|p| inter(p, is_actor, event_type, at_home(p)));
    let (one, two) = (facts.actors.first(), facts.targets.first());
    let (inter1, inter2) = (type_of(one, true), type_of(two, false));
    let day = date(i);
    let year = i.start.as_deref().and_then(|d| d.get(..4)).and_then(|y| y.parse::<u32>().ok());
    let code = place.and_then(|p| p.country.as_deref()).unwrap_or("XXX");
    let second = if two.is_none() && one.is_some() { Cell::Integer(0) } else { inter2.into() };
    let violent =
        matches!(event_type, "Battles" | "Explosions/Remote violence" | "Violence against civilians" | "Riots");
    let shot_at = sub_event == "Excessive force against protesters" && matches!(inter2, Some(6 | 7));
    let civilians = shot_at || (violent && inter2 == Some(7));
    let precision = place.and_then(|p| p.precision).map(|p| match p {
        1 => 1u8,
        2 | 3 => 2,
        _ => 3,
    });
    let crowd = most_conservative(i, "participants").map(|n| format!("crowd size={n}"));
    Some(vec![
        format!("{code}-{}", i.id).into(),
        day.map_or(Cell::Null, |d| Cell::Date(d.0)),
        year.into(),
        day.map(|d| d.1).into(),
        disorder.into(),
        event_type.into(),
        sub_event.into(),
        one.map(|p| &p.name).into(),
        others(&facts.actors),
        inter1.into(),
        two.map(|p| &p.name).into(),
        others(&facts.targets),
        second,
        interaction(inter1, inter2).into(),
        civilians.then_some("Civilian targeting").into(),
        land.and_then(|c| c.iso).map(u32::from).into(),
        land.map(|c| c.region).into(),
        land.map(|c| c.name).into(),
        place.and_then(|p| p.admin1.as_ref()).into(),
        Cell::Null,
        Cell::Null,
        place.map(|p| &p.name).into(),
        place.and_then(|p| p.lat).into(),
        place.and_then(|p| p.lon).into(),
        precision.into(),
        gathered.sources(i).join("; ").into(),
        Cell::Null,
        notes(i, facts, gathered).into(),
        most_conservative(i, "killed").unwrap_or(0).into(),
        crowd.into(),
        Cell::Null,
    ])
}

fn others(parties: &[Party]) -> Cell {
    let rest: Vec<&str> = parties.iter().skip(1).map(|p| p.name.as_str()).collect();
    if rest.is_empty() { Cell::Null } else { rest.join("; ").into() }
}

/// A sentence that tells of it, then the figures for the dead where there is more than one.
fn notes(i: &Incident, facts: &Facts, gathered: &Gathered) -> String {
    let claims = of_kind(i, "killed").into_iter().flat_map(|t| &t.claims).filter(|c| c.counted);
    let figures: Vec<String> =
        claims.map(|c| in_words(c, gathered.published(&c.report).and_then(|p| p.source.as_deref()))).collect();
    match figures.len() {
        0 | 1 => facts.sentence.clone(),
        _ => format!("{} Reported killed: {}.", facts.sentence, figures.join("; ")).trim_start().to_owned(),
    }
}
