//! Adding: a report that is not there yet becomes a row, or a new version of one that is; with its record, its flat
//! rows, its words in the index and its link in the log, all together or not at all.

use crate::captures::Capture;
use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::identity::Identity;
use crate::prepared::Prepared;
use crate::rows::{self, Flat};
use crate::{captures, filters, log};
use recount::record::Run;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// What is to be added.
#[derive(Clone, Copy, Debug)]
pub enum Incoming<'a> {
    Report(&'a Prepared),
    /// A visit of a web archive to the page of the report with this id; without one, of the report that the earlier
    /// visit saw which a revisit refers to.
    Visit(Option<&'a str>, &'a Capture),
}

/// What became of something that was to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new, under this id.
    New { id: String },
    /// It is a new version of a report that is there; `changed` names what differs, of `title`, `text`, `published`.
    Version { id: String, version: u32, changed: String },
    /// It is there already, under this id.
    Already { id: String },
    /// A visit, which may have been kept before.
    Visit { new: bool },
}

/// Whether a report is there, before anything is read into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    No,
    /// Another version of it is there, the latest under this id.
    OtherVersion(String),
    Yes(String),
}

/// A report that is there, as adding looks at it.
struct There {
    n: i64,
    id: String,
    series: i64,
    version: u32,
    title: Option<String>,
    identity: Identity,
}

const THERE: &str = "SELECT n, id, series, version, title, input_id, uri, published, hash FROM reports";

fn there(row: &Row) -> rusqlite::Result<There> {
    let identity = Identity { input_id: row.get(5)?, uri: row.get(6)?, published: row.get(7)?, hash: row.get(8)? };
    Ok(There {
        n: row.get(0)?,
        id: row.get(1)?,
        series: row.get(2)?,
        version: row.get(3)?,
        title: row.get(4)?,
        identity,
    })
}

fn all(sql: &Connection, condition: &str, value: &str) -> rusqlite::Result<Vec<There>> {
    let mut rows = sql.prepare_cached(&format!("{THERE} WHERE {condition} ORDER BY n"))?;
    rows.query_map([value], there)?.collect()
}

/// The row that says all that `new` does.
fn same(sql: &Connection, new: &Identity) -> rusqlite::Result<Option<There>> {
    Ok(all(sql, "hash = ?", &new.hash)?.into_iter().find(|t| new.is_kept_as(&t.identity)))
}

/// The latest version of the report that `new` is a version of.
fn earlier(sql: &Connection, new: &Identity) -> rusqlite::Result<Option<There>> {
    let mut rows = Vec::new();
    if let Some(id) = &new.input_id {
        rows.extend(all(sql, "input_id = ?", id)?);
    }
    if let Some(uri) = &new.uri {
        rows.extend(all(sql, "uri = ?", uri)?);
    }
    if rows.is_empty() && new.input_id.is_none() && new.uri.is_none() {
        // The same words with a day where none was known.
        rows.extend(all(sql, "hash = ?", &new.hash)?);
        rows.retain(|t| t.identity.published.is_none());
    } else {
        rows.retain(|t| new.same_report(&t.identity));
    }
    let Some(series) = rows.first().map(|t| t.series) else { return Ok(None) };
    let mut last = sql.prepare_cached(&format!("{THERE} WHERE series = ? ORDER BY version DESC LIMIT 1"))?;
    last.query_row([series], there).optional()
}

/// An id that no report has yet: the record's own where it can be.
fn free_id(sql: &Connection, own: &str, hash: &str, series: Option<(&str, u32)>) -> rusqlite::Result<String> {
    let mut taken = sql.prepare_cached("SELECT 1 FROM reports WHERE id = ?")?;
    let mut id = own.to_owned();
    let mut more = 0;
    while taken.exists([&id])? {
        id = match series {
            Some((first, version)) => format!("{first}@{}", version + more),
            // Two reports of one id that are not versions of one another.
            None => format!("{own}~{}", &hash[..(6 + more as usize).min(hash.len())]),
        };
        more += 1;
    }
    Ok(id)
}

impl Collection {
    /// Whether a report is there, told by what is known before it is read.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn knows(&self, report: &Identity) -> Result<Known> {
        let found = || -> rusqlite::Result<Known> {
            if let Some(there) = same(&self.sql, report)? {
                return Ok(Known::Yes(there.id));
            }
            Ok(earlier(&self.sql, report)?.map_or(Known::No, |t| Known::OtherVersion(t.id)))
        };
        found().map_err(|e| Error::of(&self.path, &e))
    }

    /// Adds reports in their order, all together or none. `at` is the time that the log says, RFC 3339 in UTC.
    ///
    /// # Errors
    /// Where the file cannot be written: nothing was added then.
    pub fn add(&mut self, reports: &[Prepared], at: &str) -> Result<Vec<Added>> {
        self.add_all(reports.iter().map(Incoming::Report), at)
    }

    /// As [`Collection::add`], of reports and visits to them.
    ///
    /// # Errors
    /// As there.
    pub fn add_all<'a>(&mut self, all: impl Iterator<Item = Incoming<'a>>, at: &str) -> Result<Vec<Added>> {
        let path = self.path.clone();
        self.together(|sql| {
            let write = || -> rusqlite::Result<Vec<Added>> {
                let mut head = log::head(sql)?;
                let last = |table: &str| -> rusqlite::Result<i64> {
                    sql.query_row(&format!("SELECT coalesce(max(n), 0) FROM {table}"), [], |row| row.get(0))
                };
                let (mut report, mut record) = (last("reports")?, last("records")?);
                let mut out = Vec::with_capacity(all.size_hint().0);
                for incoming in all {
                    let new = match incoming {
                        Incoming::Report(new) => new,
                        Incoming::Visit(report, capture) => {
                            let new = captures::keep_visit(sql, report, capture, at, &mut head)?;
                            out.push(Added::Visit { new });
                            continue;
                        }
                    };
                    let row = match same(sql, &new.identity)? {
                        Some(there) => {
                            out.push(Added::Already { id: there.id });
                            there.n
                        }
                        None => {
                            report += 1;
                            record += 1;
                            out.push(one(sql, new, report, record, at, &mut head)?);
                            report
                        }
                    };
                    if let Some(capture) = Capture::of(&new.record) {
                        captures::keep(sql, Some(row), &capture, at, &mut head)?;
                    }
                }
                Ok(out)
            };
            write().map_err(|e| Error::of(&path, &e))
        })
    }
}

/// Adds one report that is not there as row `n`, its record as row `record`.
fn one(
    sql: &Connection,
    new: &Prepared,
    n: i64,
    record: i64,
    at: &str,
    head: &mut (i64, String),
) -> rusqlite::Result<Added> {
    let before = earlier(sql, &new.identity)?;
    let first = match &before {
        Some(b) => {
            let mut id = sql.prepare_cached("SELECT id FROM reports WHERE n = ?")?;
            Some((id.query_row([b.series], |row| row.get::<_, String>(0))?, b.version + 1))
        }
        None => None,
    };
    let series = first.as_ref().map(|(id, version)| (id.as_str(), *version));
    let id = free_id(sql, &new.record.id, &new.identity.hash, series)?;
    let renamed = (id != new.record.id).then(|| new.named(&id));
    let new = renamed.as_ref().unwrap_or(new);
    let changed = before.as_ref().map(|b| what_changed(sql, b, new)).transpose()?;
    let r = &new.record;
    let notes = (!r.notes.is_empty()).then(|| serde_json::Value::from(r.notes.clone()).to_string());
    let version = before.as_ref().map_or(1, |b| b.version + 1);
    sql.prepare_cached(
        "INSERT INTO reports (n, id, title, published, outlet, uri, language, credit, series, version, changed, \
         input_id, notes, added, hash, text) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    )?
    .execute(params![
        n,
        id,
        r.title,
        r.published.best,
        r.outlet,
        r.uri,
        r.language,
        r.credit,
        before.as_ref().map_or(n, |b| b.series),
        version,
        changed,
        new.identity.input_id,
        notes,
        at,
        new.identity.hash,
        r.text
    ])?;
    let run = run_of(sql, &r.run)?;
    sql.prepare_cached("INSERT INTO records (n, report, run, hash, record) VALUES (?,?,?,?,?)")?
        .execute(params![record, n, run, new.hash, new.packed])?;
    rows::write(sql, n, &Flat::of(r))?;
    sql.prepare_cached("INSERT INTO report_search (rowid, title, text, filters) VALUES (?,?,?,?)")?
        .execute(params![n, r.title, r.text, filters::words(r)])?;
    let content = log::record_content(sql, at, record)?;
    log::append(sql, head, at, "record", record, &content)?;
    Ok(match changed {
        Some(changed) => Added::Version { id, version, changed },
        None => Added::New { id },
    })
}

/// What a new version has changed, of `title`, `text`, `published`.
fn what_changed(sql: &Connection, before: &There, new: &Prepared) -> rusqlite::Result<String> {
    let mut same_text = sql.prepare_cached("SELECT text = ? FROM reports WHERE n = ?")?;
    let same_text: bool = same_text.query_row(params![new.record.text, before.n], |row| row.get(0))?;
    let changed = [
        ("title", before.title != new.record.title),
        ("text", !same_text),
        ("published", before.identity.published != new.record.published.best),
    ];
    Ok(changed.iter().filter(|c| c.1).map(|c| c.0).collect::<Vec<_>>().join(", "))
}

/// The row of a run, made where there is none.
pub(crate) fn run_of(sql: &Connection, run: &Run) -> rusqlite::Result<i64> {
    let mut find = sql.prepare_cached("SELECT n FROM runs WHERE program = ? AND model = ? AND data = ?")?;
    let values = params![run.program, run.model, run.data];
    if let Some(n) = find.query_row(values, |row| row.get(0)).optional()? {
        return Ok(n);
    }
    sql.prepare_cached("INSERT INTO runs (program, model, data) VALUES (?,?,?)")?.execute(values)?;
    Ok(sql.last_insert_rowid())
}
