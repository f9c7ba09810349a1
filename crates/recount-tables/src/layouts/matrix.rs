//! Incident × source: which independent voices tell of which incident, for multiple-systems estimation.

use super::Sink;
use super::gathered::Gathered;
use crate::across::Across;
use crate::files::{Format, Sealed, Written};
use crate::reading::Reading;
use crate::table::{Cell, Column, Kind, Table, day};
use crate::{Error, Result};
use recount::record::across::Incident;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub const CONVENTIONS: &str = "\
matrix.csv and matrix_sources.csv (multiple-systems estimation)
  matrix.csv has a row an incident and a column a source, 1 where an independent report of that source tells of it.
  A source is the agency of an origin, otherwise who published its earliest report: copies of a wire story mark the
  agency's column only. matrix_sources.csv says which source a column is. unnamed_source gathers origins with neither;
  it is no list of its own and must not be used as one.
  Only incidents told as having happened and not rejected have a row. The matrix is what lists have in common: an
  estimate of what none of them has needs a model, and its assumptions.
";

static SOURCES: Table = Table {
    name: "matrix_sources",
    title: "Sources of the matrix",
    description: "A column of matrix.csv.",
    key: Some("column_name"),
    columns: &[
        Column::new("column_name", Kind::Text, "Column of matrix.csv.").required(),
        Column::new("source_name", Kind::Text, "The source; null for origins without a name."),
        Column::new("incidents", Kind::Integer, "How many incidents it tells of.").within(0.0, 1e12).required(),
    ],
};

/// The columns of the matrix that are the same in every export; the sources follow.
static MATRIX: Table = Table {
    name: "matrix",
    title: "Incident × source",
    description: "An incident, with 1 for each source that tells of it. The columns named source_ are in \
                  matrix_sources.",
    key: Some("incident"),
    columns: &[
        Column::new("incident", Kind::Text, "The incident.").required(),
        Column::new("event_type", Kind::Text, "PLOVER type."),
        Column::new("country", Kind::Text, "ISO 3166-1 alpha-3 code."),
        Column::new("first_day", Kind::Date, "First day that it can have been."),
        Column::new("unnamed_source", Kind::Integer, "1 where an origin without a name tells of it.")
            .within(0.0, 1.0)
            .required(),
    ],
};

pub struct Matrix {
    rows: Sealed,
    sources: Sealed,
}

impl Matrix {
    pub fn create(folder: &Path) -> Result<Matrix> {
        let rows = Sealed::create(folder, "matrix.csv")?;
        Ok(Matrix { rows, sources: Sealed::create(folder, "matrix_sources.csv")? })
    }
}

fn counts(i: &Incident) -> bool {
    i.status.as_deref().is_none_or(|s| s == "happened")
        && i.verification != recount::record::across::Verification::Rejected
}

/// The voices that tell of an incident; null for those without a name.
fn voices(i: &Incident, across: &Across<'_>, gathered: &Gathered) -> BTreeSet<Option<String>> {
    i.origins.iter().map(|o| across.origin(o).and_then(|o| gathered.voice(o))).collect()
}

impl Sink for Matrix {
    fn report(&mut self, _: &Reading<'_>, _: &Across<'_>) -> Result<()> {
        Ok(())
    }

    fn end(self: Box<Self>, across: &Across<'_>, gathered: &Gathered) -> Result<Vec<Written>> {
        let mut known: BTreeMap<String, u64> = BTreeMap::new();
        let mut unnamed = 0u64;
        let mut all = 0u64;
        for i in across.incidents.iter().filter(|i| counts(i)) {
            all += 1;
            for voice in voices(i, across, gathered) {
                match voice {
                    Some(name) => *known.entry(name).or_default() += 1,
                    None => unnamed += 1,
                }
            }
        }
        let digits = known.len().max(1).to_string().len().max(3);
        let columns: Vec<String> = (1..=known.len()).map(|n| format!("source_{n:0digits$}")).collect();
        let (sources, rows) = (self.sources, self.rows);
        let sources = {
            let mut file = crate::delimited::Csv::create(sources, &SOURCES)?;
            file.row(&vec!["unnamed_source".into(), Cell::Null, unnamed.into()])?;
            for (column, (name, n)) in columns.iter().zip(&known) {
                file.row(&vec![column.into(), name.into(), (*n).into()])?;
            }
            file.done()?
        };
        let path = rows.path().to_owned();
        let broken = |e: csv::Error| Error::at(&path, e.into());
        let mut out = csv::Writer::from_writer(rows);
        let header = MATRIX.columns.iter().map(|c| c.name).chain(columns.iter().map(String::as_str));
        out.write_record(header).map_err(broken)?;
        for i in across.incidents.iter().filter(|i| counts(i)) {
            let voices = voices(i, across, gathered);
            let fixed: [Cell; 4] = [
                (&i.id).into(),
                i.class.as_ref().into(),
                i.place.as_ref().and_then(|p| p.country.as_ref()).into(),
                day(i.start.as_deref()),
            ];
            let fixed = fixed.iter().map(crate::delimited::safe_cell);
            let one = |told: bool| if told { "1".to_owned() } else { "0".to_owned() };
            let marks = known.keys().map(|name| one(voices.contains(&Some(name.clone()))));
            out.write_record(fixed.chain([one(voices.contains(&None))]).chain(marks)).map_err(broken)?;
        }
        let rows = out.into_inner().map_err(|e| Error::at(&path, e.into_error()))?;
        let mut rows = rows.done(Format::Csv, Some(&MATRIX), MATRIX.title, all)?;
        rows.more = columns;
        Ok(vec![rows, sources])
    }
}
