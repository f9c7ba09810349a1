//! The layouts: one file each, all fed report by report.

mod acled;
mod annotations;
mod countries;
mod figures;
mod ftm;
mod gathered;
mod ged;
mod geojson;
mod lines;
mod matrix;
mod polecat;
mod sides;
mod tabular;

pub use gathered::Gathered;

use crate::Result;
use crate::across::Across;
use crate::export::{Layout, Options};
use crate::files::Written;
use crate::reading::Reading;
use std::path::Path;

/// A layout under way.
pub trait Sink {
    /// Takes one report.
    fn report(&mut self, reading: &Reading<'_>, across: &Across<'_>) -> Result<()>;

    /// Writes what reports come to together, and closes the files.
    fn end(self: Box<Self>, across: &Across<'_>, gathered: &Gathered) -> Result<Vec<Written>>;
}

/// Opens the files of a layout.
pub fn begin(layout: Layout, folder: &Path, options: &Options) -> Result<Box<dyn Sink>> {
    Ok(match layout {
        Layout::Jsonl => Box::new(lines::Lines::create(folder)?),
        Layout::Csv => Box::new(tabular::Tabular::csv(folder)?),
        Layout::Parquet => Box::new(tabular::Tabular::parquet(folder, options.packed)?),
        Layout::Geojson => Box::new(geojson::Features::create(folder)?),
        Layout::Polecat => Box::new(polecat::Polecat::create(folder)?),
        Layout::Acled => Box::new(acled::Acled::create(folder)?),
        Layout::Ged => Box::new(ged::Ged::create(folder)?),
        Layout::Ftm => Box::new(ftm::Ftm::create(folder)?),
        Layout::Webannotation => Box::new(annotations::Annotations::create(folder)?),
        Layout::Matrix => Box::new(matrix::Matrix::create(folder)?),
    })
}

/// Whether a layout needs facts of reports by incident.
pub fn gathers(layout: Layout) -> bool {
    matches!(layout, Layout::Acled | Layout::Ged | Layout::Matrix)
}

/// The conventions that a layout follows, for the README of an export; none where it has none of its own.
pub fn conventions(layout: Layout) -> Option<&'static str> {
    match layout {
        Layout::Jsonl | Layout::Csv | Layout::Parquet => None,
        Layout::Geojson => Some(geojson::CONVENTIONS),
        Layout::Polecat => Some(polecat::CONVENTIONS),
        Layout::Acled => Some(acled::CONVENTIONS),
        Layout::Ged => Some(ged::CONVENTIONS),
        Layout::Ftm => Some(ftm::CONVENTIONS),
        Layout::Webannotation => Some(annotations::CONVENTIONS),
        Layout::Matrix => Some(matrix::CONVENTIONS),
    }
}
