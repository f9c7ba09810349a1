//! Records, origins and incidents as they are: one JSON object a line.

use super::{Gathered, Sink};
use crate::Result;
use crate::across::Across;
use crate::files::{Format, Sealed, Written};
use crate::reading::Reading;
use serde::Serialize;
use std::path::Path;

pub struct Lines {
    records: Sealed,
    origins: Sealed,
    incidents: Sealed,
    reports: u64,
}

impl Lines {
    pub fn create(folder: &Path) -> Result<Lines> {
        let file = |name| Sealed::create(folder, name);
        let (records, origins) = (file("jsonl/records.jsonl")?, file("jsonl/origins.jsonl")?);
        Ok(Lines { records, origins, incidents: file("jsonl/incidents.jsonl")?, reports: 0 })
    }
}

impl Sink for Lines {
    fn report(&mut self, reading: &Reading<'_>, _: &Across<'_>) -> Result<()> {
        self.reports += 1;
        self.records.line(reading.record)
    }

    fn end(self: Box<Self>, across: &Across<'_>, _: &Gathered) -> Result<Vec<Written>> {
        Ok(vec![
            self.records.done(
                Format::JsonLines,
                None,
                "Records, one report a line (`recount schema`)",
                self.reports,
            )?,
            all(self.origins, across.origins, "Origins, one a line")?,
            all(self.incidents, across.incidents, "Incidents with tallies and claims, one a line")?,
        ])
    }
}

fn all<T: Serialize>(mut file: Sealed, rows: &[T], about: &'static str) -> Result<Written> {
    rows.iter().try_for_each(|row| file.line(row))?;
    file.done(Format::JsonLines, None, about, rows.len() as u64)
}
