//! Reading back: reports, records whole as they were added, and what the collection holds.

use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::prepared::unpacked;
use recount::record::Record;
use rusqlite::OptionalExtension;
use std::path::Path;

/// A version of a report, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub n: i64,
    pub id: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub uri: Option<String>,
    /// Id of the first version.
    pub series: String,
    pub version: u32,
    pub changed: Option<String>,
    /// RFC 3339, in UTC.
    pub added: String,
}

/// How much a collection holds, rows of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Versions of reports.
    pub reports: u64,
    pub records: u64,
    pub decisions: u64,
    pub log: u64,
}

/// The record that counts for a report: its latest.
pub(crate) const RECORDS: &str = "SELECT r.n, r.text, c.record FROM reports AS r JOIN records AS c ON c.n = \
    (SELECT max(n) FROM records WHERE report = r.n)";

/// As [`RECORDS`]: the latest up to the moment `?1`.
const RECORDS_AT: &str = "SELECT r.n, r.text, c.record FROM reports AS r JOIN records AS c ON c.n = \
    (SELECT max(x.n) FROM records AS x JOIN log AS l ON l.what = 'record' AND l.row = x.n \
    WHERE x.report = r.n AND julianday(l.at) <= julianday(?1))";

const LATEST: &str = "NOT EXISTS (SELECT 1 FROM reports AS later WHERE later.series = r.series \
    AND later.version > r.version)";

impl Collection {
    /// Hands every report's record to `each`, in the order of adding, one in memory at a time. Older versions of a
    /// report are left out, and of several records of one report the latest counts.
    ///
    /// # Errors
    /// Where the file cannot be read, or what `each` fails with.
    pub fn each_record<E: From<Error>>(
        &self,
        each: impl FnMut(Record) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.handed_on(&format!("{RECORDS} WHERE {LATEST} ORDER BY r.n"), [], each)
    }

    /// As [`Collection::each_record`], of the collection as it stood at a moment (RFC 3339): reports that were added up
    /// to then, in the version that was the latest, as they had been read by then.
    ///
    /// # Errors
    /// As [`Collection::each_record`].
    pub fn each_record_at<E: From<Error>>(
        &self,
        at: &str,
        each: impl FnMut(Record) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let query = format!(
            "{RECORDS_AT} WHERE julianday(r.added) <= julianday(?1) AND NOT EXISTS (SELECT 1 FROM reports AS later \
             WHERE later.series = r.series AND later.version > r.version \
             AND julianday(later.added) <= julianday(?1)) ORDER BY r.n"
        );
        self.handed_on(&query, [at], each)
    }

    /// Hands what a query of the columns of [`RECORDS`] finds to `each`, one in memory at a time.
    pub(crate) fn handed_on<E: From<Error>>(
        &self,
        query: &str,
        values: impl rusqlite::Params,
        mut each: impl FnMut(Record) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let wrong = |e: rusqlite::Error| Error::of(&self.path, &e);
        let mut rows = self.sql.prepare_cached(query).map_err(wrong)?;
        let mut rows = rows.query(values).map_err(wrong)?;
        while let Some(row) = rows.next().map_err(wrong)? {
            each(whole(&self.path, row)?)?;
        }
        Ok(())
    }

    /// The record of one report, by its id.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn record(&self, id: &str) -> Result<Option<Record>> {
        let wrong = |e: rusqlite::Error| Error::of(&self.path, &e);
        let query = format!("{RECORDS} WHERE r.id = ?");
        let mut rows = self.sql.prepare_cached(&query).map_err(wrong)?;
        let mut rows = rows.query([id]).map_err(wrong)?;
        rows.next().map_err(wrong)?.map(|row| whole(&self.path, row)).transpose()
    }

    /// As [`Collection::record`], as the report had been read at a moment (RFC 3339).
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn record_at(&self, id: &str, at: &str) -> Result<Option<Record>> {
        let wrong = |e: rusqlite::Error| Error::of(&self.path, &e);
        let mut rows = self.sql.prepare_cached(&format!("{RECORDS_AT} WHERE r.id = ?2")).map_err(wrong)?;
        let mut rows = rows.query([at, id]).map_err(wrong)?;
        rows.next().map_err(wrong)?.map(|row| whole(&self.path, row)).transpose()
    }

    /// One version of a report, by its id.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn report(&self, id: &str) -> Result<Option<Report>> {
        let query = "SELECT r.n, r.id, r.title, r.published, r.outlet, r.uri, s.id, r.version, r.changed, r.added \
            FROM reports AS r JOIN reports AS s ON s.n = r.series WHERE r.id = ?";
        let read = |row: &rusqlite::Row| {
            Ok(Report {
                n: row.get(0)?,
                id: row.get(1)?,
                title: row.get(2)?,
                published: row.get(3)?,
                outlet: row.get(4)?,
                uri: row.get(5)?,
                series: row.get(6)?,
                version: row.get(7)?,
                changed: row.get(8)?,
                added: row.get(9)?,
            })
        };
        let row = self.sql.prepare_cached(query).and_then(|mut s| s.query_row([id], read).optional());
        row.map_err(|e| Error::of(&self.path, &e))
    }

    /// How much there is.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn sizes(&self) -> Result<Sizes> {
        // Rows are numbered without gaps and never deleted: the last number is how many there are.
        let last = |table: &str| self.ask(&format!("SELECT coalesce(max(n), 0) FROM {table}"), [], |row| row.get(0));
        let [reports, records, decisions, log] = ["reports", "records", "decisions", "log"].map(last);
        Ok(Sizes { reports: reports?, records: records?, decisions: decisions?, log: log? })
    }
}

/// A record with its text, from the columns of [`RECORDS`].
pub(crate) fn whole(path: &Path, row: &rusqlite::Row) -> Result<Record> {
    let wrong = |e: rusqlite::Error| Error::of(path, &e);
    let n: i64 = row.get(0).map_err(wrong)?;
    let blob = row.get_ref(2).map_err(wrong)?;
    let blob = blob.as_blob().map_err(|e| wrong(e.into()))?;
    let mut record: Record = unpacked(path, &format!("record of report {n}"), blob)?;
    record.text = row.get(1).map_err(wrong)?;
    Ok(record)
}
