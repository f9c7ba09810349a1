//! Whether everything in the file is as it was added: the chain, the texts, the records, the file itself.

use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::identity::title_and_text_hash;
use crate::prepared::{unpacked, written_hash};
use crate::{log, rows, schema};
use recount::record::Record;
use recount::record::across::Verdict;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

/// Findings of one kind that are told; the rest are counted.
const TOLD: usize = 20;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The table and row, or the part of the file.
    pub place: String,
    pub what: String,
}

/// What an audit gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    pub findings: Vec<Finding>,
    /// Findings that are not told one by one.
    pub untold: usize,
    pub reports: u64,
    pub records: u64,
    pub decisions: u64,
    /// Number and hash of the log's last row: who notes them can later show that nothing before was changed.
    pub log: i64,
    pub head: String,
}

impl Audit {
    fn say(&mut self, place: impl Into<String>, what: impl Into<String>) {
        let place = place.into();
        let table = place.split(' ').next().unwrap_or_default().to_owned();
        if self.findings.iter().filter(|f| f.place.split(' ').next() == Some(&table)).count() < TOLD {
            self.findings.push(Finding { place, what: what.into() });
        } else {
            self.untold += 1;
        }
    }

    /// Whether nothing was found.
    pub fn clean(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Looks at one side of a collection and says what is wrong there.
type Check = fn(&Collection, &mut Audit) -> Result<()>;

impl Collection {
    /// Checks everything. `noted` is the hash of a row of the log as someone noted it before: it must still be there.
    ///
    /// # Errors
    /// Only where the file cannot be read at all; what is wrong in it is a finding.
    pub fn audit(&self, noted: Option<&str>) -> Result<Audit> {
        let mut audit = Audit::default();
        let sizes = self.sizes()?;
        (audit.reports, audit.records, audit.decisions) = (sizes.reports, sizes.records, sizes.decisions);
        let checks: [(&str, Check); 5] = [
            ("file", Collection::audit_file),
            ("schema", Collection::audit_schema),
            ("log", Collection::audit_log),
            ("reports", Collection::audit_reports),
            ("decisions", Collection::audit_decisions),
        ];
        for (name, check) in checks {
            if let Err(e) = check(self, &mut audit) {
                audit.say(name, format!("could not be read: {e}"));
            }
        }
        if let Some(noted) = noted {
            let there = self.ask("SELECT count(*) FROM log WHERE hash = ?", [noted], |row| row.get::<_, i64>(0))?;
            if there == 0 && noted != log::BEGINNING {
                audit.say("log", format!("no row has the noted hash {noted}: the log was cut or written anew since"));
            }
        }
        Ok(audit)
    }

    fn wrong(&self) -> impl Fn(rusqlite::Error) -> Error + '_ {
        |e| Error::of(&self.path, &e)
    }

    fn audit_file(&self, audit: &mut Audit) -> Result<()> {
        let run = |audit: &mut Audit| -> rusqlite::Result<()> {
            let mut rows = self.sql.prepare("PRAGMA integrity_check(50)")?;
            for line in rows.query_map([], |row| row.get::<_, String>(0))? {
                let line = line?;
                if line != "ok" {
                    audit.say("file", line);
                }
            }
            let mut rows = self.sql.prepare("PRAGMA foreign_key_check")?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
                audit.say(table, format!("a row points at a row of {parent} that is not there"));
            }
            let (words, reports): (i64, i64) = self.sql.query_row(
                "SELECT (SELECT count(*) FROM report_search_docsize), (SELECT count(*) FROM reports)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            if words != reports {
                audit.say("report_search", format!("the index knows {words} reports of {reports}"));
            }
            Ok(())
        };
        run(audit).map_err(self.wrong())
    }

    /// Tables and triggers are those that this program makes: a trigger that is gone protects nothing.
    fn audit_schema(&self, audit: &mut Audit) -> Result<()> {
        let all = |sql: &Connection| -> rusqlite::Result<BTreeMap<String, String>> {
            let mut rows = sql.prepare("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")?;
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let run = || -> rusqlite::Result<_> { Ok((all(&schema::in_memory()?)?, all(&self.sql)?)) };
        let (fresh, here) = run().map_err(self.wrong())?;
        for (name, sql) in &fresh {
            match here.get(name) {
                None => audit.say(format!("schema {name}"), "is missing"),
                Some(other) if other != sql => audit.say(format!("schema {name}"), "was changed"),
                Some(_) => {}
            }
        }
        // What others add beside it (an index, a view) is theirs, but a trigger can change what is added.
        let triggers =
            here.iter().filter(|(name, sql)| !fresh.contains_key(*name) && sql.to_uppercase().contains("TRIGGER"));
        triggers.for_each(|(name, _)| audit.say(format!("schema {name}"), "is a trigger that Recount did not make"));
        Ok(())
    }

    fn audit_log(&self, audit: &mut Audit) -> Result<()> {
        let run = |audit: &mut Audit| -> rusqlite::Result<()> {
            let mut rows = self.sql.prepare("SELECT n, at, what, row, hash FROM log ORDER BY n")?;
            let mut rows = rows.query([])?;
            let (mut before, mut expected) = (log::BEGINNING.to_owned(), 1);
            while let Some(row) = rows.next()? {
                let (n, at, what, of, hash): (i64, String, String, i64, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                if n != expected {
                    audit.say(format!("log {n}"), format!("rows {expected} to {} are missing", n - 1));
                }
                expected = n + 1;
                let content = match what.as_str() {
                    "record" => log::record_content(&self.sql, &at, of),
                    "decision" => log::decision_content(&self.sql, of),
                    "capture" => log::capture_content(&self.sql, of),
                    _ => Err(rusqlite::Error::QueryReturnedNoRows),
                };
                match content.optional()? {
                    None => audit.say(format!("log {n}"), format!("{what} {of} is not there any more")),
                    Some(content) if log::link(&before, &content) != hash => {
                        audit.say(
                            format!("log {n}"),
                            format!("{what} {of}, or the row before, is not what was written"),
                        );
                    }
                    Some(_) => {}
                }
                (audit.log, audit.head) = (n, hash.clone());
                before = hash;
            }
            for (table, what) in [("records", "record"), ("decisions", "decision"), ("captures", "capture")] {
                let query = format!("SELECT n FROM {table} WHERE n NOT IN (SELECT row FROM log WHERE what = '{what}')");
                let mut rows = self.sql.prepare(&query)?;
                for n in rows.query_map([], |row| row.get::<_, i64>(0))? {
                    audit.say(format!("{table} {}", n?), "is not in the log");
                }
            }
            Ok(())
        };
        if audit.head.is_empty() {
            log::BEGINNING.clone_into(&mut audit.head);
        }
        run(audit).map_err(self.wrong())
    }

    fn audit_reports(&self, audit: &mut Audit) -> Result<()> {
        let wrong = self.wrong();
        let mut rows = self
            .sql
            .prepare(
                "SELECT r.n, r.text, c.record, c.hash, r.id, r.title, r.hash, r.uri, r.published, c.n, r.series, \
                 r.version, c.n = (SELECT max(n) FROM records WHERE report = r.n) FROM reports AS r \
                 LEFT JOIN records AS c ON c.report = r.n ORDER BY r.n, c.n",
            )
            .map_err(&wrong)?;
        let mut rows = rows.query([]).map_err(&wrong)?;
        let fresh = schema::in_memory().map_err(&wrong)?;
        let mut last = 0;
        while let Some(row) = rows.next().map_err(&wrong)? {
            let n: i64 = row.get(0).map_err(&wrong)?;
            if n > last + 1 {
                audit.say(format!("reports {}", last + 1), "is missing");
            }
            last = n;
            let latest: Option<bool> = row.get(12).map_err(&wrong)?;
            if let Some(record) = self.audit_row(audit, n, row)
                && latest == Some(true)
            {
                self.audit_rows_of(audit, n, &record, &fresh)?;
            }
        }
        for table in rows::TABLES {
            let strays = format!("SELECT count(*) FROM {table} WHERE report NOT IN (SELECT n FROM reports)");
            let n: i64 = self.ask(&strays, [], |row| row.get(0))?;
            if n > 0 {
                audit.say(table, format!("{n} rows belong to no report"));
            }
        }
        Ok(())
    }

    /// Makes the flat rows of a record once more, and compares.
    fn audit_rows_of(&self, audit: &mut Audit, n: i64, record: &Record, fresh: &Connection) -> Result<()> {
        let mut compare = || -> rusqlite::Result<()> {
            fresh.execute_batch("BEGIN")?;
            let made = rows::write(fresh, n, &rows::Flat::of(record));
            if let Err(e) = made {
                audit.say(format!("records {n}"), format!("its rows cannot be made: {e}"));
            } else {
                for table in rows::TABLES {
                    if hash_of_rows(fresh, table, n)? != hash_of_rows(&self.sql, table, n)? {
                        audit.say(format!("{table} of report {n} ({})", record.id), "are not those of its record");
                    }
                }
            }
            fresh.execute_batch("ROLLBACK")
        };
        compare().map_err(self.wrong())
    }

    /// Checks one report with one of its records, and gives the record where it can be read.
    fn audit_row(&self, audit: &mut Audit, n: i64, row: &rusqlite::Row) -> Option<Record> {
        let place = format!("reports {n}");
        let string = |column: usize| row.get::<_, Option<String>>(column).ok().flatten();
        let (Some(id), Some(text)) = (string(4), string(1)) else {
            audit.say(place, "has no text that can be read");
            return None;
        };
        let place = format!("{place} ({id})");
        let title = string(5);
        if string(6).as_deref() != Some(title_and_text_hash(title.as_deref(), &text).as_str()) {
            audit.say(&place, "title or text do not match their hash");
        }
        let Ok(Some(blob)) = row.get::<_, Option<Vec<u8>>>(2) else {
            audit.say(place, "has no record");
            return None;
        };
        let in_records = format!("records {} ({id})", row.get::<_, i64>(9).unwrap_or_default());
        let mut written: serde_json::Value = match unpacked(&self.path, "record", &blob) {
            Ok(written) => written,
            Err(e) => {
                audit.say(in_records, format!("cannot be read: {e}"));
                return None;
            }
        };
        written["text"] = text.into();
        if string(3).as_deref() != Some(written_hash(&written).as_str()) {
            audit.say(&in_records, "does not match its hash");
        }
        let record: Record = match serde_json::from_value(written) {
            Ok(record) => record,
            Err(e) => {
                audit.say(in_records, format!("cannot be read: {e}"));
                return None;
            }
        };
        let same =
            record.id == id && record.title == title && record.uri == string(7) && record.published.best == string(8);
        if !same {
            audit.say(in_records, "id, title, address or day differ from those of its report");
        }
        Some(record)
    }

    fn audit_decisions(&self, audit: &mut Audit) -> Result<()> {
        let run = |audit: &mut Audit| -> rusqlite::Result<()> {
            let mut rows = self.sql.prepare("SELECT n, kind, verdict FROM decisions ORDER BY n")?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let (n, kind, verdict): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                match serde_json::from_str::<Verdict>(&verdict) {
                    Err(e) => audit.say(format!("decisions {n}"), format!("cannot be read: {e}")),
                    Ok(v) => {
                        let told = serde_json::to_value(&v).is_ok_and(|v| v["kind"] == kind.as_str());
                        if !told {
                            audit.say(format!("decisions {n}"), format!("is not of kind {kind}"));
                        }
                    }
                }
            }
            Ok(())
        };
        run(audit).map_err(self.wrong())
    }
}

/// BLAKE3 over a report's rows in one of the flat tables.
fn hash_of_rows(sql: &Connection, table: &str, report: i64) -> rusqlite::Result<blake3::Hash> {
    let mut rows = sql.prepare_cached(&format!("SELECT * FROM {table} WHERE report = ?"))?;
    let mut rows = rows.query([report])?;
    let mut hash = blake3::Hasher::new();
    while let Some(row) = rows.next()? {
        crate::dump::hash_row(row, &mut hash)?;
    }
    Ok(hash.finalize())
}
