//! The tables, in CSV or in Parquet: one file each.

use super::{Gathered, Sink};
use crate::Result;
use crate::across::Across;
use crate::columnar::Parquet;
use crate::delimited::Csv;
use crate::files::{Sealed, Written};
use crate::reading::Reading;
use crate::table::{Row, Table};
use crate::tables;
use std::path::Path;

pub struct Tabular {
    files: Vec<(&'static Table, File)>,
}

enum File {
    Csv(Box<Csv>),
    Parquet(Box<Parquet>),
}

impl Tabular {
    pub fn csv(folder: &Path) -> Result<Tabular> {
        let create = |t: &'static Table| {
            let file = Sealed::create(folder, &format!("csv/{}.csv", t.name))?;
            Ok((t, File::Csv(Box::new(Csv::create(file, t)?))))
        };
        Ok(Tabular { files: tables::ALL.iter().map(|t| create(t)).collect::<Result<_>>()? })
    }

    pub fn parquet(folder: &Path, packed: bool) -> Result<Tabular> {
        let create = |t: &'static Table| {
            let file = Sealed::create(folder, &format!("parquet/{}.parquet", t.name))?;
            Ok((t, File::Parquet(Box::new(Parquet::create(file, t, packed)?))))
        };
        Ok(Tabular { files: tables::ALL.iter().map(|t| create(t)).collect::<Result<_>>()? })
    }

    fn row(&mut self, table: &'static Table, row: Row) -> Result<()> {
        match self.files.iter_mut().find(|(t, _)| std::ptr::eq(*t, table)) {
            Some((_, File::Csv(file))) => file.row(&row),
            Some((_, File::Parquet(file))) => file.row(row),
            None => Ok(()),
        }
    }
}

impl Sink for Tabular {
    fn report(&mut self, reading: &Reading<'_>, across: &Across<'_>) -> Result<()> {
        tables::rows_of(reading, across, &mut |table, row| self.row(table, row))
    }

    fn end(mut self: Box<Self>, across: &Across<'_>, _: &Gathered) -> Result<Vec<Written>> {
        tables::rows_across(across, &mut |table, row| self.row(table, row))?;
        let done = |(_, file)| match file {
            File::Csv(file) => Csv::done(*file),
            File::Parquet(file) => file.done(),
        };
        self.files.into_iter().map(done).collect()
    }
}
