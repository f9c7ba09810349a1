//! Reading again: what another program, model or data makes of a report that is there becomes a record beside the
//! earlier ones. The newest counts, and every earlier one stays.

use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::prepared::Prepared;
use crate::read::{RECORDS, whole};
use crate::rows::{self, Flat};
use crate::{add, filters, log};
use recount::record::{Record, Run};
use rusqlite::{Connection, params};
use std::path::Path;

/// Reports that the run with these three made no record of.
const UNREAD: &str = "NOT EXISTS (SELECT 1 FROM records AS x JOIN runs AS u ON u.n = x.run \
    WHERE x.report = r.n AND u.program = ?1 AND u.model = ?2 AND u.data = ?3)";

impl Collection {
    /// How many reports, each version counted, hold no record by `run`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn unread_by(&self, run: &Run) -> Result<u64> {
        let query = format!("SELECT count(*) FROM reports AS r WHERE {UNREAD}");
        self.ask(&query, [&run.program, &run.model, &run.data], |row| row.get(0))
    }

    /// Up to `most` records that count, of reports which hold none by `run`, in the order of adding and after the
    /// report with the number `n`; each with its report's number. One that is damaged does not hide the others.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn unread_after(&self, run: &Run, n: i64, most: usize) -> Result<Vec<(i64, Result<Record>)>> {
        let wrong = |e: rusqlite::Error| Error::of(&self.path, &e);
        let query = format!("{RECORDS} WHERE r.n > ?4 AND {UNREAD} ORDER BY r.n LIMIT ?5");
        let mut rows = self.sql.prepare_cached(&query).map_err(wrong)?;
        let mut rows = rows.query(params![run.program, run.model, run.data, n, most]).map_err(wrong)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(wrong)? {
            out.push((row.get(0).map_err(wrong)?, whole(&self.path, row)));
        }
        Ok(out)
    }

    /// Keeps records of reports that are there beside their earlier ones, all together or none, and gives how many were
    /// not there yet. Rows and search words are then those of the new record. `at` is the time that the log says.
    ///
    /// # Errors
    /// [`Error::Unknown`] for a record of a report that is not there with these words; or where the file cannot be
    /// written: nothing was kept then.
    pub fn keep_again(&mut self, readings: &[Prepared], at: &str) -> Result<u64> {
        let path = self.path.clone();
        self.together(|sql| {
            let wrong = |e: rusqlite::Error| Error::of(&path, &e);
            let mut head = log::head(sql).map_err(wrong)?;
            let mut kept = 0;
            for new in readings {
                let Some((report, old)) = counting(sql, &path, &new.record)? else {
                    let reason = format!("there is no report {} with the words of its record", new.record.id);
                    return Err(Error::Unknown(reason));
                };
                kept += u64::from(one(sql, report, &old, new, at, &mut head).map_err(wrong)?);
            }
            Ok(kept)
        })
    }

    /// The record of a report that a decision was made on, where the report was read again after it.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn record_decided_on(&self, decision: &str, report: &str) -> Result<Option<Record>> {
        let wrong = |e: rusqlite::Error| Error::of(&self.path, &e);
        let query = "SELECT r.n, r.text, c.record, c.n < (SELECT max(n) FROM records WHERE report = r.n) \
            FROM reports AS r JOIN records AS c ON c.report = r.n \
            JOIN log AS k ON k.what = 'record' AND k.row = c.n \
            JOIN decisions AS d ON d.id = ?1 JOIN log AS l ON l.what = 'decision' AND l.row = d.n \
            WHERE r.id = ?2 AND k.n < l.n ORDER BY c.n DESC LIMIT 1";
        let mut rows = self.sql.prepare_cached(query).map_err(wrong)?;
        let mut rows = rows.query([decision, report]).map_err(wrong)?;
        let Some(row) = rows.next().map_err(wrong)? else { return Ok(None) };
        let again: bool = row.get(3).map_err(wrong)?;
        again.then(|| whole(&self.path, row)).transpose()
    }

    /// Whether any report was read more than once.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read_again(&self) -> Result<bool> {
        let sizes = self.sizes()?;
        Ok(sizes.records > sizes.reports)
    }
}

/// The number of the report that a record is of, and the record of it that counts; none where its words are others.
fn counting(sql: &Connection, path: &Path, new: &Record) -> Result<Option<(i64, Record)>> {
    let wrong = |e: rusqlite::Error| Error::of(path, &e);
    let mut rows = sql.prepare_cached(&format!("{RECORDS} WHERE r.id = ?")).map_err(wrong)?;
    let mut rows = rows.query([&new.id]).map_err(wrong)?;
    let Some(row) = rows.next().map_err(wrong)? else { return Ok(None) };
    let (report, old) = (row.get(0).map_err(wrong)?, whole(path, row)?);
    Ok((old.text == new.text && old.title == new.title).then_some((report, old)))
}

/// Keeps one record beside `old`, which counted before; false where the same run made one already.
fn one(
    sql: &Connection,
    report: i64,
    old: &Record,
    new: &Prepared,
    at: &str,
    head: &mut (i64, String),
) -> rusqlite::Result<bool> {
    let run = add::run_of(sql, &new.record.run)?;
    if sql.prepare_cached("SELECT 1 FROM records WHERE report = ? AND run = ?")?.exists([report, run])? {
        return Ok(false);
    }
    let n: i64 = sql.prepare_cached("SELECT max(n) + 1 FROM records")?.query_row([], |row| row.get(0))?;
    sql.prepare_cached("INSERT INTO records (n, report, run, hash, record) VALUES (?,?,?,?,?)")?
        .execute(params![n, report, run, new.hash, new.packed])?;
    for table in rows::TABLES {
        sql.prepare_cached(&format!("DELETE FROM {table} WHERE report = ?"))?.execute([report])?;
    }
    rows::write(sql, report, &Flat::of(&new.record))?;
    // The index gives up what it holds of a report only for the very words that were put in.
    let gone = "INSERT INTO report_search (report_search, rowid, title, text, filters) VALUES ('delete',?,?,?,?)";
    sql.prepare_cached(gone)?.execute(params![report, old.title, old.text, filters::words(old)])?;
    sql.prepare_cached("INSERT INTO report_search (rowid, title, text, filters) VALUES (?,?,?,?)")?
        .execute(params![report, new.record.title, new.record.text, filters::words(&new.record)])?;
    let content = log::record_content(sql, at, n)?;
    log::append(sql, head, at, "record", n, &content)?;
    Ok(true)
}
