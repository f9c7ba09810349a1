//! Places and times: where and when, with their precisions.

use super::{END, ID, IN_TITLE, Out, REPORT, ROW, SCORE, START, date, integer, number, text};
use crate::Result;
use crate::reading::Reading;
use crate::table::{Column, Table, day, ends};

pub static PLACES: Table = Table {
    name: "places",
    title: "Places",
    description: "A place that a report names, put on the map or left open.",
    key: Some("id"),
    columns: PLACE_COLUMNS,
};

pub(super) const PRECISION_OF_PLACE: &str = "UCDP GED `where_prec`: 1 exact place, 2 near or within a limited area, \
    3 second-level division, 4 first-level division, 5 vaguer or between places, 6 country, 7 sea or air.";
pub(super) const PRECISION_OF_DATE: &str =
    "UCDP GED `date_prec`: 1 day known, 2 range of 2 to 6 days, 3 week, 4 month, 5 year.";

const PLACE_COLUMNS: &[Column] = &[
    ID,
    REPORT,
    ROW,
    text("name", "Name."),
    integer("geonameid", "GeoNames id; null where the place was left open.").within(1.0, 4_294_967_295.0),
    number("latitude", "WGS 84 latitude of the place's representative point.").unit("degrees").within(-90.0, 90.0),
    number("longitude", "WGS 84 longitude of the place's representative point.").unit("degrees").within(-180.0, 180.0),
    text("country", "ISO 3166-1 alpha-3 code."),
    text("admin1", "First-level division, by name."),
    integer("where_prec", PRECISION_OF_PLACE).within(1.0, 7.0),
    integer("mentions", "How often it is named.").within(0.0, 4_294_967_295.0),
    SCORE,
];

pub static TIMES: Table = Table {
    name: "times",
    title: "Times",
    description: "A time expression and the days it means.",
    key: Some("id"),
    columns: TIME_COLUMNS,
};

const TIME_COLUMNS: &[Column] = &[
    ID,
    REPORT,
    ROW,
    text("timex_type", "TIMEX3 type.").one_of(&["DATE", "TIME", "DURATION", "SET"]),
    text("timex_value", "TIMEX3 value."),
    date("first_day", "First day that it can mean; null where it names no day."),
    date("last_day", "Last day that it can mean."),
    integer("date_prec", PRECISION_OF_DATE).within(1.0, 5.0),
    text("words", "The words."),
    IN_TITLE,
    START,
    END,
    SCORE,
];

pub fn rows(reading: &Reading<'_>, out: &mut Out<'_>) -> Result<()> {
    let report = &reading.record.id;
    for p in &reading.record.places {
        let cells = [
            reading.key(&p.id).into(),
            report.into(),
            (&p.id).into(),
            (&p.name).into(),
            p.geonameid.into(),
            p.lat.into(),
            p.lon.into(),
            p.country.as_ref().into(),
            p.admin1.as_ref().into(),
            p.precision.into(),
            p.mentions.len().into(),
            p.score.into(),
        ];
        out(&PLACES, cells.into())?;
    }
    for t in &reading.record.times {
        let [start, end] = ends(Some(t.span));
        let cells = [
            reading.key(&t.id).into(),
            report.into(),
            (&t.id).into(),
            (&t.class).into(),
            (&t.timex).into(),
            day(t.start.as_deref()),
            day(t.end.as_deref()),
            t.precision.into(),
            reading.words(t.span, &t.within_title).into(),
            t.within_title.is_some().into(),
            start,
            end,
            t.score.into(),
        ];
        out(&TIMES, cells.into())?;
    }
    Ok(())
}
