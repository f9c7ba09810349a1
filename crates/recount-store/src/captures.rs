//! Visits of web archives to the pages of reports: each once, also those that found a page unchanged.

use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::log;
use recount::record::Record;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One visit, as its archive states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// The target URI.
    pub uri: Option<String>,
    /// `2014-02-16T05:02:21Z`.
    pub date: Option<String>,
    /// `response`, `resource`, `conversion`; `revisit` where the page had not changed since an earlier visit.
    pub kind: String,
    /// Of the payload, with its algorithm: `sha1:…`. A revisit's is that of the earlier visit.
    pub digest: Option<String>,
    /// Address and date of the earlier visit that a revisit refers to, where they are stated.
    pub earlier_uri: Option<String>,
    pub earlier_date: Option<String>,
}

impl Capture {
    /// The visit that a record came from.
    pub(crate) fn of(record: &Record) -> Option<Capture> {
        record.captured.as_ref().map(|c| Capture {
            uri: record.uri.clone(),
            date: c.date.clone(),
            kind: c.kind.clone(),
            digest: c.digest.clone(),
            ..Capture::default()
        })
    }
}

const COLUMNS: &str = "uri, date, kind, digest, earlier_uri, earlier_date";

fn capture(row: &Row) -> rusqlite::Result<Capture> {
    Ok(Capture {
        uri: row.get(0)?,
        date: row.get(1)?,
        kind: row.get(2)?,
        digest: row.get(3)?,
        earlier_uri: row.get(4)?,
        earlier_date: row.get(5)?,
    })
}

impl Collection {
    /// The visits that saw a version of a report, in the order of keeping.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn captures(&self, report: &str) -> Result<Vec<Capture>> {
        let read = || -> rusqlite::Result<Vec<Capture>> {
            let mut rows = self.sql.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM captures WHERE report = (SELECT n FROM reports WHERE id = ?) ORDER BY n"
            ))?;
            rows.query_map([report], capture)?.collect()
        };
        read().map_err(|e| Error::of(&self.path, &e))
    }
}

/// Keeps a visit that saw the report with an id, or, where that is not known, the report that an earlier visit saw; false
/// where it is kept already.
pub(crate) fn keep_visit(
    sql: &Connection,
    report: Option<&str>,
    capture: &Capture,
    at: &str,
    head: &mut (i64, String),
) -> rusqlite::Result<bool> {
    let seen = match report {
        Some(id) => numbered(sql, id)?,
        None => seen_before(sql, capture)?,
    };
    keep(sql, seen, capture, at, head)
}

/// Keeps a visit, with the row of the report that it saw; false where it is kept already.
pub(crate) fn keep(
    sql: &Connection,
    report: Option<i64>,
    c: &Capture,
    at: &str,
    head: &mut (i64, String),
) -> rusqlite::Result<bool> {
    let mut same =
        sql.prepare_cached("SELECT 1 FROM captures WHERE uri IS ? AND date IS ? AND kind = ? AND digest IS ?")?;
    if same.exists(params![c.uri, c.date, c.kind, c.digest])? {
        return Ok(false);
    }
    let n: i64 = sql.query_row("SELECT coalesce(max(n), 0) + 1 FROM captures", [], |row| row.get(0))?;
    sql.prepare_cached(&format!("INSERT INTO captures (n, report, {COLUMNS}, added) VALUES (?,?,?,?,?,?,?,?,?)"))?
        .execute(params![n, report, c.uri, c.date, c.kind, c.digest, c.earlier_uri, c.earlier_date, at])?;
    let content = log::capture_content(sql, n)?;
    log::append(sql, head, at, "capture", n, &content)?;
    Ok(true)
}

fn numbered(sql: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    sql.prepare_cached("SELECT n FROM reports WHERE id = ?")?.query_row([id], |row| row.get(0)).optional()
}

/// The report that an earlier visit saw at the address that a revisit refers to, with the same digest; where it states
/// none, on the date that it states.
fn seen_before(sql: &Connection, revisit: &Capture) -> rusqlite::Result<Option<i64>> {
    let uri = revisit.earlier_uri.as_ref().or(revisit.uri.as_ref());
    let (column, value) = match &revisit.digest {
        Some(digest) => ("digest", Some(digest)),
        None => ("date", revisit.earlier_date.as_ref()),
    };
    let query = format!(
        "SELECT report FROM captures WHERE uri = ? AND {column} = ? AND report IS NOT NULL ORDER BY n DESC LIMIT 1"
    );
    sql.prepare_cached(&query)?.query_row(params![uri, value], |row| row.get(0)).optional()
}
