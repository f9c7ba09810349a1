//! Events in the 40 columns of POLECAT, by PLOVER's rules.

use super::Sink;
use super::countries::country;
use super::gathered::{Gathered, distinct};
use crate::Result;
use crate::across::Across;
use crate::delimited::Tsv;
use crate::files::{Sealed, Written};
use crate::reading::Reading;
use crate::table::{Cell, Column, Kind, Row, Table, day};
use recount::record::{Entity, Event, Participant};
use std::path::Path;

pub const CONVENTIONS: &str = "\
polecat.tsv (POLECAT, PLOVER 2.0 draft)
  One row an event of a report. Tabs and line ends in values are spaces, double quotes single ones: nothing is quoted.
  Event Mode holds the mode and PLOVER's auxiliary modes with semicolons between: historical; future (planned,
  predicted, threatened, ordered, requested); hypothetical (possible, conditional); negation (negated, denied).
  Several actors or recipients of one event stay in one row, with semicolons between. An event needs no actor here.
  Intensity is PLOVER's score of the type (ACCUSE -3), Quad Code its quadrant (SANCTION as material conflict).
  Event Date is the first day that the event can have been; empty where the text does not say.
  Contexts, Wikipedia ids, District and Feature Type are empty: they are not read.
  PLOVER has no column for who says so; it is in the tables and in the other layouts.
";

const fn text(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Text, description)
}

pub static POLECAT: Table = Table {
    name: "polecat",
    title: "Events in the layout of POLECAT",
    description: "An event of a report.",
    key: Some("Event ID"),
    columns: &[
        text("Event ID", "Key: report, slash, row.").required(),
        Column::new("Event Date", Kind::Date, "First day that it can have been."),
        text("Event Type", "PLOVER type."),
        text("Event Mode", "PLOVER mode and auxiliary modes."),
        Column::new("Intensity", Kind::Number, "PLOVER's score of the type."),
        text("Quad Code", "PLOVER's quadrant of the type."),
        text("Contexts", "Empty."),
        text("Actor Name", "Names of actors."),
        text("Actor Country", "ISO 3166-1 alpha-3 codes of their countries."),
        text("Actor COW", "Correlates of War numbers of these."),
        text("Primary Actor Sector", "PLOVER sector of the first."),
        text("Actor Sectors", "PLOVER sectors of all."),
        text("Actor Title", "Office or occupation as stated."),
        text("Actor Name Raw", "The report's words."),
        text("Wikipedia Actor ID", "Empty."),
        text("Recipient Name", "Names of targets."),
        text("Recipient Country", "ISO 3166-1 alpha-3 codes of their countries."),
        text("Recipient COW", "Correlates of War numbers of these."),
        text("Primary Recipient Sector", "PLOVER sector of the first."),
        text("Recipient Sectors", "PLOVER sectors of all."),
        text("Recipient Title", "Office or occupation as stated."),
        text("Recipient Name Raw", "The report's words."),
        text("Wikipedia Recipient ID", "Empty."),
        text("Placename", "Name of the place."),
        text("City", "The same, where it is a town or a place within one."),
        text("District", "Empty."),
        text("Province", "First-level division."),
        text("Country", "ISO 3166-1 alpha-3 code."),
        Column::new("Latitude", Kind::Number, "WGS 84 latitude.").unit("degrees").within(-90.0, 90.0),
        Column::new("Longitude", Kind::Number, "WGS 84 longitude.").unit("degrees").within(-180.0, 180.0),
        Column::new("GeoNames ID", Kind::Integer, "GeoNames id."),
        text("Raw Placename", "The report's words for the place."),
        text("Feature Type", "Empty."),
        text("Source", "Who published the report."),
        Column::new("Publication Date", Kind::Date, "Day of the report."),
        text("Story People", "Persons named in the report."),
        text("Story Organizations", "Organisations named in the report."),
        text("Story Locations", "Places named in the report."),
        text("Language", "ISO 639-1 code."),
        text("Version", "Program that read it."),
    ],
};

pub struct Polecat {
    file: Tsv,
}

impl Polecat {
    pub fn create(folder: &Path) -> Result<Polecat> {
        Ok(Polecat { file: Tsv::create(Sealed::create(folder, "polecat.tsv")?, &POLECAT)? })
    }
}

impl Sink for Polecat {
    fn report(&mut self, reading: &Reading<'_>, _: &Across<'_>) -> Result<()> {
        if reading.record.events.is_empty() {
            return Ok(());
        }
        let story = Story::of(reading);
        reading.record.events.iter().try_for_each(|v| self.file.row(&row(reading, v, &story)))
    }

    fn end(self: Box<Self>, _: &Across<'_>, _: &Gathered) -> Result<Vec<Written>> {
        Ok(vec![self.file.done()?])
    }
}

/// Who and what a report names, the same for all its events.
struct Story {
    people: String,
    organisations: String,
    places: String,
}

impl Story {
    fn of(reading: &Reading<'_>) -> Story {
        let named = |kind: &str| {
            let named = |e: &&Entity| e.kind == kind && e.mentions.iter().any(|m| m.form == "name");
            let all = reading.record.entities.iter().filter(named);
            distinct(all.map(|e| e.name.as_str())).join("; ")
        };
        let places = distinct(reading.record.places.iter().map(|p| p.name.as_str())).join("; ");
        Story { people: named("person"), organisations: named("organisation"), places }
    }
}

/// Score and quadrant of a PLOVER type.
fn weight(class: &str) -> Option<(f64, &'static str)> {
    const VERBAL: &str = "VERBAL COOPERATION";
    const MATERIAL: &str = "MATERIAL COOPERATION";
    const WORDS: &str = "VERBAL CONFLICT";
    const DEEDS: &str = "MATERIAL CONFLICT";
    Some(match class {
        "AGREE" | "CONSULT" => (2.5, VERBAL),
        "SUPPORT" => (5.0, VERBAL),
        "CONCEDE" => (4.5, VERBAL),
        "COOPERATE" => (9.5, MATERIAL),
        "AID" => (10.0, MATERIAL),
        "RETREAT" => (6.5, MATERIAL),
        "REQUEST" => (0.0, WORDS),
        "ACCUSE" => (-3.0, WORDS),
        "REJECT" => (-2.0, WORDS),
        "THREATEN" => (-3.5, WORDS),
        "PROTEST" => (-5.0, DEEDS),
        "SANCTION" => (-6.0, DEEDS),
        "MOBILIZE" => (-5.5, DEEDS),
        "COERCE" => (-7.0, DEEDS),
        "ASSAULT" => (-9.0, DEEDS),
        _ => return None,
    })
}

/// PLOVER's auxiliary mode of a status.
fn auxiliary(status: &str) -> Option<&'static str> {
    match status {
        "planned" | "predicted" | "threatened" | "ordered" | "requested" => Some("future"),
        "possible" | "conditional" => Some("hypothetical"),
        "negated" | "denied" => Some("negation"),
        _ => None,
    }
}

fn row(reading: &Reading<'_>, v: &Event, story: &Story) -> Row {
    let r = reading.record;
    let weight = weight(&v.class);
    let modes = [v.mode.as_deref(), v.historical.then_some("historical"), auxiliary(&v.status)];
    let place = reading.place(v.place.as_deref());
    let town = place.filter(|p| p.precision.is_some_and(|p| p <= 2)).map(|p| &p.name);
    let raw_place = place.and_then(|p| p.mentions.first()).map(|m| reading.words(m.span, &m.within_title));
    let mut row = vec![
        reading.key(&v.id).into(),
        day(reading.time(v.time.as_deref()).and_then(|t| t.start.as_deref())),
        (&v.class).into(),
        joined(modes.into_iter().flatten()),
        weight.map(|w| w.0).into(),
        weight.map(|w| w.1).into(),
        Cell::Null,
    ];
    row.extend(side(reading, v, &v.actors));
    row.extend(side(reading, v, &v.targets));
    row.extend([
        place.map(|p| &p.name).into(),
        town.into(),
        Cell::Null,
        place.and_then(|p| p.admin1.as_ref()).into(),
        place.and_then(|p| p.country.as_ref()).into(),
        place.and_then(|p| p.lat).into(),
        place.and_then(|p| p.lon).into(),
        place.and_then(|p| p.geonameid).into(),
        raw_place.into(),
        Cell::Null,
        super::gathered::source_name(reading).into(),
        day(r.published.best.as_deref()),
        (&story.people).into(),
        (&story.organisations).into(),
        (&story.places).into(),
        (&r.language).into(),
        (&r.run.program).into(),
    ]);
    row
}

fn joined<'a>(all: impl Iterator<Item = &'a str>) -> Cell {
    let all = distinct(all);
    if all.is_empty() { Cell::Null } else { all.join("; ").into() }
}

/// The eight columns of one side.
fn side(reading: &Reading<'_>, v: &Event, rows: &[Participant]) -> [Cell; 8] {
    let entities: Vec<&Entity> = rows.iter().filter_map(|p| reading.entity(p.entity.as_deref())).collect();
    let codes = distinct(entities.iter().filter_map(|e| e.country.as_deref()));
    let cow: Vec<String> = codes.iter().filter_map(|c| Some(country(c)?.cow()?.to_string())).collect();
    let sectors = || entities.iter().filter_map(|e| e.sector.as_deref());
    [
        joined(rows.iter().map(|p| reading.name_of(p, v))),
        joined(codes.iter().copied()),
        joined(cow.iter().map(String::as_str)),
        sectors().next().into(),
        joined(sectors()),
        joined(entities.iter().filter_map(|e| e.role.as_deref())),
        joined(rows.iter().map(|p| reading.words(p.span, &v.within_title))),
        Cell::Null,
    ]
}
