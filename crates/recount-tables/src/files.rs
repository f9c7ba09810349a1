//! The files of an export: written once, their length and hash taken on the way.

use crate::digest::hex;
use crate::table::Table;
use crate::{Error, Result};
use sha2::Digest;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file as the manifest lists it.
#[derive(Clone, Debug)]
pub struct Written {
    /// Path from the folder of the export, with slashes.
    pub path: String,
    pub bytes: u64,
    /// As hexadecimal digits.
    pub sha256: String,
    pub format: Format,
    /// What its rows are, where it is a table.
    pub table: Option<&'static Table>,
    /// Columns behind those of the table: whole numbers, never null.
    pub more: Vec<String>,
    /// What it is.
    pub about: &'static str,
    /// Rows or objects in it.
    pub rows: u64,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Tsv,
    Parquet,
    JsonLines,
    GeoJson,
    JsonLd,
    Markdown,
    Text,
}

impl Format {
    /// The name and the media type that the manifest gives.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Format::Csv => ("csv", "text/csv"),
            Format::Tsv => ("tsv", "text/tab-separated-values"),
            Format::Parquet => ("parquet", "application/vnd.apache.parquet"),
            Format::JsonLines => ("jsonl", "application/x-ndjson"),
            Format::GeoJson => ("geojson", "application/geo+json"),
            Format::JsonLd => ("jsonld", "application/ld+json"),
            Format::Markdown => ("md", "text/markdown"),
            Format::Text => ("txt", "text/plain"),
        }
    }
}

/// A file under way.
pub struct Sealed {
    path: PathBuf,
    name: String,
    inner: BufWriter<File>,
    hash: sha2::Sha256,
    bytes: u64,
}

impl Sealed {
    /// Begins the file `name` (with slashes) in the folder of the export.
    pub fn create(folder: &Path, name: &str) -> Result<Sealed> {
        let path = name.split('/').fold(folder.to_owned(), |p, part| p.join(part));
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| File::create(&path));
        let file = made.map_err(|e| Error::at(&path, e))?;
        let inner = BufWriter::with_capacity(1 << 16, file);
        Ok(Sealed { path, name: name.to_owned(), inner, hash: sha2::Sha256::new(), bytes: 0 })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes bytes; the error names the file.
    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes).map_err(|e| Error::at(&self.path, e))
    }

    /// Writes a value as one line of JSON.
    pub fn line(&mut self, value: &impl serde::Serialize) -> Result<()> {
        self.json(value)?;
        self.put(b"\n")
    }

    /// Writes a value as JSON.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<()> {
        serde_json::to_writer(&mut *self, value).map_err(|e| Error::at(&self.path, e.into()))
    }

    /// Closes the file.
    pub fn done(
        mut self,
        format: Format,
        table: Option<&'static Table>,
        about: &'static str,
        rows: u64,
    ) -> Result<Written> {
        self.inner.flush().map_err(|e| Error::at(&self.path, e))?;
        let sha256 = hex(&self.hash.finalize());
        Ok(Written { path: self.name, bytes: self.bytes, sha256, format, table, more: Vec::new(), about, rows })
    }
}

impl Write for Sealed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
