//! The layouts: one file each, all fed report by report.

mod lines;
mod tabular;

use crate::across::Across;
use crate::export::{Layout, Options};
use crate::files::Written;
use crate::reading::Reading;
use crate::Result;
use std::path::Path;

/// A layout under way.
pub trait Sink {
    /// Takes one report.
    fn report(&mut self, reading: &Reading<'_>, across: &Across<'_>) -> Result<()>;

    /// Writes what reports come to together, and closes the files.
    fn end(self: Box<Self>, across: &Across<'_>) -> Result<Vec<Written>>;
}

/// Opens the files of a layout.
pub fn begin(layout: Layout, folder: &Path, options: &Options) -> Result<Box<dyn Sink>> {
    Ok(match layout {
        Layout::Jsonl => Box::new(lines::Lines::create(folder)?),
        Layout::Csv => Box::new(tabular::Tabular::csv(folder)?),
        Layout::Parquet => Box::new(tabular::Tabular::parquet(folder, options.packed)?),
        _ => Box::new(lines::Lines::create(folder)?),
    })
}

/// The conventions that a layout follows, for the README of an export; none where it has none of its own.
pub fn conventions(layout: Layout) -> Option<&'static str> {
    match layout {
        _ => None,
    }
}
