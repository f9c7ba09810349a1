//! Fatal incidents in the 49 columns of UCDP GED: `source_original` is the speaker.

use super::Sink;
use super::countries::country;
use super::figures::of_kind;
use super::gathered::{Facts, Gathered, Party, distinct};
use super::sides::{Side, side, violence};
use crate::Result;
use crate::across::Across;
use crate::delimited::Csv;
use crate::digest;
use crate::files::{Sealed, Written};
use crate::reading::Reading;
use crate::table::{Cell, Column, Kind, Row, Table, day};
use recount::record::across::{Incident, Tally, Verification};
use std::path::Path;

pub const CONVENTIONS: &str = "\
ged.csv (the layout of UCDP GED 23.1; none of UCDP's own rows)
  One row an incident that is told as having happened, was not rejected, and in which at least one person is reported
  killed. UCDP's own criteria (an organised actor, a dyad with 25 dead in a year) are not applied.
  source_original is who says so: the speakers behind the claims that count, innermost first named; empty where the
  outlets speak for themselves. source_article, source_office, source_date and source_headline are of the reports.
  number_of_sources counts independent origins, not copies.
  best, high and low are the tally of all killed: where words give no figure (“dozens”), best is the lowest that they
  can mean; where they give no upper bound (“at least 70”), high is best. They are reported figures, not estimates.
  deaths_a and deaths_b are filled where a tally names police, soldiers or fighters and the side is known;
  deaths_civilians from the tally of civilians, otherwise the largest of its parts; deaths_unknown is the rest of best.
  side_a is the state where one side is a state's forces, otherwise who did it; side_b in one-sided violence is Civilians.
  type_of_violence 1 state-based, 2 non-state, 3 one-sided, from the sectors of both sides; empty where one is not told.
  id is a number made from the incident's id, which is in relid. priogrid_gid is computed from the coordinates.
  country_id, gwnoa and gwnob are Gleditsch and Ward's numbers. What reports do not say (conflict and dyad ids, adm_2,
  event_clarity, active_year, code_status) is empty.
";

const fn text(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Text, description)
}

const fn code(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Integer, description).within(0.0, 9.1e15)
}

pub static GED: Table = Table {
    name: "ged",
    title: "Fatal incidents in the layout of UCDP GED",
    description: "An incident in which someone is reported killed.",
    key: Some("relid"),
    columns: &[
        code("id", "Number made from the incident's id.").required(),
        text("relid", "Id of the incident.").required(),
        code("year", "Year."),
        code("active_year", "Empty."),
        text("code_status", "Empty."),
        code("type_of_violence", "1 state-based, 2 non-state, 3 one-sided.").within(1.0, 3.0),
        code("conflict_dset_id", "Empty."),
        code("conflict_new_id", "Empty."),
        text("conflict_name", "Empty."),
        code("dyad_dset_id", "Empty."),
        code("dyad_new_id", "Empty."),
        text("dyad_name", "Both sides, where both are told."),
        code("side_a_dset_id", "Empty."),
        code("side_a_new_id", "Empty."),
        text("side_a", "One side: the state's where there is one."),
        code("side_b_dset_id", "Empty."),
        code("side_b_new_id", "Empty."),
        text("side_b", "The other side."),
        Column::new("number_of_sources", Kind::Integer, "Independent origins.").within(-1.0, 1e9),
        text("source_article", "Reports: publisher, day, headline."),
        text("source_office", "Who published."),
        text("source_date", "Days of the reports."),
        text("source_headline", "Titles of the reports."),
        text("source_original", "Who says so."),
        code("where_prec", "1 exact place to 7 sea or air.").within(1.0, 7.0),
        text("where_coordinates", "The place that the coordinates are of."),
        text("where_description", "Empty: the place is named in where_coordinates."),
        text("adm_1", "First-level division."),
        text("adm_2", "Empty."),
        Column::new("latitude", Kind::Number, "WGS 84 latitude.").unit("degrees").within(-90.0, 90.0),
        Column::new("longitude", Kind::Number, "WGS 84 longitude.").unit("degrees").within(-180.0, 180.0),
        text("geom_wkt", "The same point as well-known text."),
        code("priogrid_gid", "Cell of PRIO-GRID.").within(1.0, 259_200.0),
        text("country", "Country."),
        code("country_id", "Gleditsch and Ward's number of the country."),
        text("region", "UCDP region."),
        code("event_clarity", "Empty."),
        code("date_prec", "1 day to 5 year.").within(1.0, 5.0),
        Column::new("date_start", Kind::Date, "First day."),
        Column::new("date_end", Kind::Date, "Last day."),
        code("deaths_a", "Dead of side a."),
        code("deaths_b", "Dead of side b."),
        code("deaths_civilians", "Dead civilians."),
        code("deaths_unknown", "Dead whose side is not told."),
        code("best", "Dead, by the tally's policy."),
        code("high", "Highest reported figure."),
        code("low", "Lowest reported figure."),
        code("gwnoa", "Gleditsch and Ward's number of side a, if a state."),
        code("gwnob", "Gleditsch and Ward's number of side b, if a state."),
    ],
};

pub struct Ged {
    file: Csv,
}

impl Ged {
    pub fn create(folder: &Path) -> Result<Ged> {
        Ok(Ged { file: Csv::create(Sealed::create(folder, "ged.csv")?, &GED)? })
    }
}

impl Sink for Ged {
    fn report(&mut self, _: &Reading<'_>, _: &Across<'_>) -> Result<()> {
        Ok(())
    }

    fn end(mut self: Box<Self>, across: &Across<'_>, gathered: &Gathered) -> Result<Vec<Written>> {
        across.incidents.iter().filter_map(|i| row(i, gathered)).try_for_each(|row| self.file.row(&row))?;
        Ok(vec![self.file.done()?])
    }
}

/// The dead of an incident: low, best, high, each a number.
fn dead(i: &Incident) -> Option<(u64, u64, u64)> {
    let tally = of_kind(i, "killed").into_iter().max_by_key(|t| (t.of.is_none(), t.best.or(t.low)))?;
    let best = tally.best.or(tally.low).or(tally.high)?;
    let low = tally.low.unwrap_or(best).min(best);
    Some((low, best, tally.high.unwrap_or(best).max(best)))
}

/// Both sides: the state first where there is one.
struct Sides<'a> {
    a: Option<&'a Party>,
    b: Option<&'a Party>,
}

impl<'a> Sides<'a> {
    fn of(facts: &'a Facts) -> Sides<'a> {
        let (one, two) = (facts.actors.first(), facts.targets.first());
        let is_state = |p: Option<&Party>| p.and_then(side) == Some(Side::State);
        let is_civilian = |p: Option<&Party>| p.and_then(side) == Some(Side::Civilian);
        // Civilians are nobody's side a; a state is, unless both are.
        if (!is_state(one) && is_state(two)) || (is_civilian(one) && two.is_some() && !is_civilian(two)) {
            Sides { a: two, b: one }
        } else {
            Sides { a: one, b: two }
        }
    }
}

/// The dead of each side and of civilians, where tallies name them.
fn split(i: &Incident, a: Option<Side>, b: Option<Side>, best: u64) -> [Option<u64>; 4] {
    let figure = |t: &Tally| t.best.or(t.low);
    let of = |groups: &[&str]| {
        let named = i.tallies.iter().filter(|t| t.kind == "killed");
        let named = named.filter(|t| t.of.as_deref().is_some_and(|of| groups.contains(&of)));
        named.filter_map(figure).fold(None, |sum: Option<u64>, n| Some(sum.unwrap_or(0) + n))
    };
    let state = of(&["police", "soldiers"]);
    let armed = of(&["militants"]);
    let fighters = |s: Option<Side>| match s {
        Some(Side::State) => state,
        Some(Side::Armed) => armed,
        _ => None,
    };
    let (dead_a, dead_b) = (fighters(a), if a == b { None } else { fighters(b) });
    let parts = ["protesters", "journalists", "children", "women"];
    let civilians = of(&["civilians"]).or_else(|| parts.iter().filter_map(|p| of(&[p])).max());
    let known = dead_a.unwrap_or(0) + dead_b.unwrap_or(0) + civilians.unwrap_or(0);
    [dead_a, dead_b, civilians, best.checked_sub(known)]
}

/// The cell of PRIO-GRID, half a degree wide, counted from the south-west corner of the world.
fn cell(lat: f64, lon: f64) -> Option<u64> {
    if !(-90.0..90.0).contains(&lat) || !(-180.0..180.0).contains(&lon) {
        return None;
    }
    let (row, column) = (((lat + 90.0) * 2.0).floor() as u64, ((lon + 180.0) * 2.0).floor() as u64);
    Some(row * 720 + column + 1)
}

fn row(i: &Incident, gathered: &Gathered) -> Option<Row> {
    let (low, best, high) = dead(i)?;
    if best == 0 || i.status.as_deref() != Some("happened") || i.verification == Verification::Rejected {
        return None;
    }
    let nothing = Facts::default();
    let facts = gathered.facts(i).unwrap_or(&nothing);
    let sides = Sides::of(facts);
    let (a, b) = (sides.a.and_then(side), sides.b.and_then(side));
    let kind = violence(a, b);
    let side_a = sides.a.map(|p| p.name.as_str());
    let side_b = if kind == Some(3) { Some("Civilians") } else { sides.b.map(|p| p.name.as_str()) };
    let number = |p: Option<&Party>, s| {
        (s == Some(Side::State)).then(|| country(p?.country.as_deref()?)?.state.map(u32::from)).flatten()
    };
    let reports: Vec<_> = i.reports.iter().filter_map(|r| gathered.published(r)).collect();
    let articles: Vec<String> = reports
        .iter()
        .map(|p| {
            let parts = [p.source.as_deref(), p.day.as_deref(), p.title.as_deref()];
            format!("\"{}\"", parts.map(|s| s.unwrap_or_default().replace('"', "'")).join(","))
        })
        .collect();
    let place = i.place.as_ref();
    let land = place.and_then(|p| country(p.country.as_deref()?));
    let point = place.and_then(|p| Some((p.lat?, p.lon?)));
    let [dead_a, dead_b, civilians, unknown] = split(i, a, b, best);
    let year = i.start.as_deref().and_then(|d| d.get(..4)).and_then(|y| y.parse::<u32>().ok());
    let joined = |all: Vec<&str>| if all.is_empty() { Cell::Null } else { all.join("; ").into() };
    let id = digest::short(i.id.as_bytes());
    // 53 bits: whole in any program that reads numbers as floating point.
    let id = u64::from_be_bytes(std::array::from_fn(|n| id[n])) >> 11;
    Some(vec![
        id.into(),
        (&i.id).into(),
        year.into(),
        Cell::Null,
        Cell::Null,
        kind.into(),
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::Null,
        side_a.zip(side_b).map(|(a, b)| format!("{a} - {b}")).into(),
        Cell::Null,
        Cell::Null,
        side_a.into(),
        Cell::Null,
        Cell::Null,
        side_b.into(),
        Cell::Integer(if i.origins.is_empty() { -1 } else { i.origins.len() as i64 }),
        articles.join(";").into(),
        joined(gathered.sources(i)),
        joined(distinct(reports.iter().filter_map(|p| p.day.as_deref()))),
        joined(distinct(reports.iter().filter_map(|p| p.title.as_deref()))),
        joined(speakers(i, facts)),
        place.and_then(|p| p.precision).into(),
        place.map(|p| &p.name).into(),
        Cell::Null,
        place.and_then(|p| p.admin1.as_ref()).into(),
        Cell::Null,
        point.map(|p| p.0).into(),
        point.map(|p| p.1).into(),
        point.map(|(lat, lon)| format!("POINT ({lon} {lat})")).into(),
        point.and_then(|(lat, lon)| cell(lat, lon)).into(),
        land.map(|c| c.name).into(),
        land.and_then(|c| c.state).map(u32::from).into(),
        land.and_then(|c| c.ucdp_region()).into(),
        Cell::Null,
        i.date_precision.into(),
        day(i.start.as_deref()),
        day(i.end.as_deref()),
        dead_a.into(),
        dead_b.into(),
        civilians.into(),
        unknown.into(),
        best.into(),
        high.into(),
        low.into(),
        number(sides.a, a).into(),
        number(sides.b, b).into(),
    ])
}

/// Who says so: behind the claims that count, otherwise behind the tellings.
fn speakers<'a>(i: &'a Incident, facts: &'a Facts) -> Vec<&'a str> {
    let claims = of_kind(i, "killed").into_iter().flat_map(|t| &t.claims).filter(|c| c.counted);
    let claimed = distinct(claims.filter_map(|c| c.said_by.last()).map(String::as_str));
    if claimed.is_empty() { facts.speakers() } else { claimed }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_counted_from_the_south_west() {
        assert_eq!(cell(-90.0, -180.0), Some(1));
        assert_eq!(cell(-89.5, -180.0), Some(721));
        assert_eq!(cell(89.9, 179.9), Some(259_200));
        assert_eq!(cell(90.0, 0.0), None);
    }
}
