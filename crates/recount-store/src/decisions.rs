//! What people decided: rows that are only ever added.

use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::log;
use recount::record::Record;
use recount::record::across::{Decision, Told, Verdict};
use rusqlite::params;

impl Collection {
    /// Adds a decision and gives it back with its id. `at` is RFC 3339 in UTC.
    ///
    /// # Errors
    /// [`Error::Unknown`] where it speaks of a report or row that is not there; or where the file cannot be written.
    pub fn decide(&mut self, verdict: Verdict, by: &str, reason: &str, at: &str) -> Result<Decision> {
        self.check(&verdict)?;
        let json = serde_json::to_value(&verdict).expect("a verdict is plain data");
        let kind = json["kind"].as_str().unwrap_or_default().to_owned();
        let path = self.path.clone();
        let id = self.together(|sql| {
            let write = || -> rusqlite::Result<String> {
                let n: i64 = sql.query_row("SELECT coalesce(max(n), 0) + 1 FROM decisions", [], |row| row.get(0))?;
                let id = format!("d{n}");
                sql.prepare_cached(
                    "INSERT INTO decisions (n, id, at, by, reason, kind, verdict) VALUES (?,?,?,?,?,?,?)",
                )?
                .execute(params![n, id, at, by, reason, kind, json.to_string()])?;
                let content = log::decision_content(sql, n)?;
                log::append(sql, &mut log::head(sql)?, at, "decision", n, &content)?;
                Ok(id)
            };
            write().map_err(|e| Error::of(&path, &e))
        })?;
        Ok(Decision { id, at: at.to_owned(), by: by.to_owned(), reason: reason.to_owned(), verdict })
    }

    /// All decisions in the order in which they were made.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>> {
        let wrong = |e: rusqlite::Error| Error::of(&self.path, &e);
        let mut rows =
            self.sql.prepare_cached("SELECT id, at, by, reason, verdict FROM decisions ORDER BY n").map_err(wrong)?;
        let mut rows = rows.query([]).map_err(wrong)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(wrong)? {
            let read = || Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get::<_, String>(4)?));
            let (id, at, by, reason, verdict): (String, _, _, _, _) = read().map_err(wrong)?;
            let verdict = serde_json::from_str(&verdict)
                .map_err(|e| Error::Damaged { path: self.path.clone(), reason: format!("decision {id}: {e}") })?;
            out.push(Decision { id, at, by, reason, verdict });
        }
        Ok(out)
    }

    /// The telling that a row of a report's events is: `event` as in the record.
    ///
    /// # Errors
    /// [`Error::Unknown`] where there is no such report or event.
    pub fn telling(&self, report: &str, event: &str) -> Result<Told> {
        let record = self.expect(report)?;
        let found = record.events.iter().find(|v| v.id == event);
        let v = found.ok_or_else(|| Error::Unknown(format!("report {report} has no event {event}")))?;
        Ok(Told {
            report: report.to_owned(),
            event: Some(event.to_owned()),
            trigger: v.trigger,
            within_title: v.within_title.clone(),
        })
    }

    fn expect(&self, report: &str) -> Result<Record> {
        self.record(report)?.ok_or_else(|| Error::Unknown(format!("there is no report {report} in the collection")))
    }

    /// Whether everything that a verdict speaks of is there.
    fn check(&self, verdict: &Verdict) -> Result<()> {
        let told = |told: &Told| -> Result<()> {
            let record = self.expect(&told.report)?;
            match &told.event {
                Some(event) if !record.events.iter().any(|v| v.id == *event) => {
                    Err(Error::Unknown(format!("report {} has no event {event}", told.report)))
                }
                _ => Ok(()),
            }
        };
        match verdict {
            Verdict::Merge { a, b } | Verdict::Split { a, b } => {
                if a == b {
                    return Err(Error::Unknown("a telling cannot be merged with, or split from, itself".to_owned()));
                }
                told(a).and_then(|()| told(b))
            }
            Verdict::Verify { told: t, .. } => told(t),
            Verdict::Accept { report, row } | Verdict::Reject { report, row } => self.row(report, row).map(drop),
            Verdict::Correct { report, row, field, .. } => {
                let value = self.row(report, row)?;
                if value.get(field).is_none() || field == "id" {
                    let fields = value
                        .as_object()
                        .map(|o| o.keys().map(String::as_str).filter(|k| *k != "id").collect::<Vec<_>>());
                    let fields = fields.unwrap_or_default().join(", ");
                    return Err(Error::Unknown(format!("row {row} has no field {field}; it has {fields}")));
                }
                Ok(())
            }
            Verdict::Redact { report, entity } => {
                let record = self.expect(report)?;
                let there = record.entities.iter().any(|e| e.id == *entity);
                if there { Ok(()) } else { Err(Error::Unknown(format!("report {report} has no entity {entity}"))) }
            }
        }
    }

    /// A row of a report's record, by its id.
    fn row(&self, report: &str, row: &str) -> Result<serde_json::Value> {
        let record = serde_json::to_value(self.expect(report)?).expect("a record is plain data");
        let levels = ["entities", "statements", "events", "counts", "relations", "places", "times"];
        let rows = levels.iter().filter_map(|level| record[level].as_array()).flatten();
        let found = rows.into_iter().find(|r| r["id"] == row).cloned();
        found.ok_or_else(|| Error::Unknown(format!("report {report} has no row {row}")))
    }
}
