//! Tables: records out in the layouts of the field, and tables of reports in.
//!
//! [`export`] writes a folder: records, origins and incidents in the layouts asked for, a Data Package manifest, a
//! codebook and a README. The same input gives the same bytes.
#![allow(clippy::disallowed_methods, reason = "the core's ban on files is what makes this crate write them")]

pub mod across;
mod columnar;
mod delimited;
mod digest;
mod export;
mod files;
mod layouts;
mod manifest;
mod public;
pub mod read;
mod reading;
mod readme;
mod table;
mod tables;

pub use export::{Layout, Options, Profile, Records, Summary, export};
pub use files::{Format, Written};
pub use table::{Cell, Column, Kind, Row, Table};

use std::path::Path;

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the export could not be written or read.
    #[error("{path}: {reason}")]
    File { path: String, reason: std::io::Error },
    /// The records could not be had.
    #[error("{0}")]
    Records(String),
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    fn at(path: &Path, reason: std::io::Error) -> Error {
        Error::File { path: path.display().to_string(), reason }
    }
}
