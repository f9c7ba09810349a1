//! What many reports come to together, kept until it is made again: origins, incidents, tallies, claims.

use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::prepared::{packed, unpacked};
use recount::record::Record;
use recount::record::across::{Incident, Origin};
use rusqlite::{Connection, OptionalExtension, params};

/// What comparing reports came to, so that more can be added without comparing all anew: made with the origins and
/// incidents of one go, the first of all that there was, later ones of what came since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The reports up to this row of `reports` were taken together first.
    pub built: i64,
    pub origins: Vec<u8>,
    pub incidents: Vec<u8>,
}

/// Since a row of the log: what is no longer as it was taken up, and what is to be taken up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Ids of reports: new ones among them.
    pub gone: Vec<String>,
    /// Rows of `reports`.
    pub new: Vec<i64>,
}

/// Parts of what comparing came to. Only a program that can read them makes anything of them; others make them anew.
const KEPT: &str = "CREATE TABLE IF NOT EXISTS kept (
  -- What comparing reports came to, in the program's own form: lets `recount incidents` add to what it made. Can be emptied at any time.
  n INTEGER PRIMARY KEY,      -- in the order in which they were made
  built INTEGER NOT NULL,     -- n of the last row of reports of the first part
  program TEXT NOT NULL,      -- the form of the parts
  origins BLOB NOT NULL,
  incidents BLOB NOT NULL
)";

/// The form of the parts: another number where programs cannot read one another's.
const FORM: &str = "2";

fn keep(sql: &Connection, kept: &[Kept]) -> rusqlite::Result<()> {
    for k in kept {
        sql.prepare_cached("INSERT INTO kept (built, program, origins, incidents) VALUES (?,?,?,?)")?
            .execute(params![k.built, FORM, k.origins, k.incidents])?;
    }
    Ok(())
}

/// Whether the derived tables know of everything that was added and decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// They were never made.
    Never,
    /// They know of the log up to this row; there are later ones.
    Behind(i64),
    /// Nothing was added or decided since.
    Current,
}

impl Collection {
    /// Puts these in the place of all origins and incidents that were kept. `log` is the row of the log up to which
    /// they were made, as [`Collection::sizes`] gave it before the records were read.
    ///
    /// # Errors
    /// Where the file cannot be written, or where they name reports that are not there: what was kept stays then.
    pub fn replace_derived(
        &mut self,
        origins: &[Origin],
        incidents: &[Incident],
        log: u64,
        kept: &[Kept],
    ) -> Result<()> {
        let path = self.path.clone();
        self.together(|sql| {
            let write = || {
                sql.execute_batch(KEPT)?;
                sql.execute("DELETE FROM kept", [])?;
                keep(sql, kept)?;
                for table in ["claims", "tallies", "incident_events", "incidents", "origin_reports", "origins"] {
                    sql.execute(&format!("DELETE FROM {table}"), [])?;
                }
                put(sql, origins, incidents, log)
            };
            write().map_err(|e| Error::of(&path, &e))
        })
    }

    /// Takes the named origins and incidents away, and puts others in: what a few new reports change.
    ///
    /// # Errors
    /// As [`Collection::replace_derived`].
    pub fn update_derived(
        &mut self,
        gone_origins: &[String],
        gone_incidents: &[String],
        origins: &[Origin],
        incidents: &[Incident],
        log: u64,
        kept: &[Kept],
    ) -> Result<()> {
        let path = self.path.clone();
        self.together(|sql| {
            let write = || {
                sql.execute_batch(KEPT)?;
                keep(sql, kept)?;
                for id in gone_incidents {
                    for (table, column) in [
                        ("claims", "incident"),
                        ("tallies", "incident"),
                        ("incident_events", "incident"),
                        ("incidents", "id"),
                    ] {
                        sql.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?"))?.execute([id])?;
                    }
                }
                for id in gone_origins {
                    sql.prepare_cached("DELETE FROM origin_reports WHERE origin = ?")?.execute([id])?;
                    sql.prepare_cached("DELETE FROM origins WHERE id = ?")?.execute([id])?;
                }
                put(sql, origins, incidents, log)
            };
            write().map_err(|e| Error::of(&path, &e))
        })
    }

    /// What comparing came to so far, in the order in which it was made; nothing where another program made it.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn kept(&self) -> Result<Vec<Kept>> {
        let there = "SELECT count(*) FROM sqlite_master WHERE name = 'kept'";
        let ask = || -> rusqlite::Result<Vec<Kept>> {
            if self.sql.query_row(there, [], |row| row.get::<_, i64>(0))? == 0 {
                return Ok(Vec::new());
            }
            let others: i64 =
                self.sql.query_row("SELECT count(*) FROM kept WHERE program <> ?", [FORM], |r| r.get(0))?;
            let mut rows = self.sql.prepare_cached("SELECT built, origins, incidents FROM kept ORDER BY n")?;
            let read =
                |row: &rusqlite::Row| Ok(Kept { built: row.get(0)?, origins: row.get(1)?, incidents: row.get(2)? });
            if others > 0 { Ok(Vec::new()) } else { rows.query_map([], read)?.collect() }
        };
        ask().map_err(|e| Error::of(&self.path, &e))
    }

    /// What was added or decided after a row of the log, of reports up to any row.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn changes_since(&self, log: i64) -> Result<Changes> {
        // Reports read, again or for the first time; reports whose rows people decided on; versions before those read.
        let touched = "WITH since AS (
              SELECT c.report AS n FROM log AS l JOIN records AS c ON c.n = l.row WHERE l.what = 'record' AND l.n > ?1
              UNION SELECT r.n FROM log AS l JOIN decisions AS d ON d.n = l.row
                JOIN reports AS r ON r.id = json_extract(d.verdict, '$.report')
                WHERE l.what = 'decision' AND l.n > ?1)
            SELECT r.n, r.id, NOT EXISTS (SELECT 1 FROM reports AS later WHERE later.series = r.series
                AND later.version > r.version)
            FROM reports AS r WHERE r.n IN since
              OR r.series IN (SELECT r.series FROM since JOIN reports AS r ON r.n = since.n WHERE r.version > 1)
            ORDER BY r.n";
        let ask = || -> rusqlite::Result<Changes> {
            let mut out = Changes::default();
            let mut rows = self.sql.prepare_cached(touched)?;
            let mut rows = rows.query([log])?;
            while let Some(row) = rows.next()? {
                out.gone.push(row.get(1)?);
                if row.get(2)? {
                    out.new.push(row.get(0)?);
                }
            }
            Ok(out)
        };
        ask().map_err(|e| Error::of(&self.path, &e))
    }

    /// Which reports up to a row of `reports` are no longer as they were first read, and all that came after it.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn changes_after(&self, report: i64) -> Result<Changes> {
        let mut all = self.changes_since(0)?;
        let changed = "SELECT r.id, r.n FROM reports AS r WHERE r.n <= ?1 AND (
              EXISTS (SELECT 1 FROM reports AS later WHERE later.series = r.series AND later.version > r.version)
              OR (SELECT count(*) FROM records WHERE report = r.n) > 1
              OR r.id IN (SELECT json_extract(verdict, '$.report') FROM decisions))";
        let ask = || -> rusqlite::Result<(Vec<String>, Vec<i64>)> {
            let mut rows = self.sql.prepare_cached(changed)?;
            let rows = rows.query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<(String, i64)>>>().map(|rows| rows.into_iter().unzip())
        };
        let (gone, changed) = ask().map_err(|e| Error::of(&self.path, &e))?;
        all.new.retain(|n| *n > report || changed.contains(n));
        Ok(Changes { gone, new: all.new })
    }

    /// Hands the records of all reports up to a row to `each`, older versions among them, each as it was first read.
    ///
    /// # Errors
    /// Where the file cannot be read, or what `each` fails with.
    pub fn each_first_record<E: From<Error>>(
        &self,
        report: i64,
        each: impl FnMut(Record) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let query = "SELECT r.n, r.text, c.record FROM reports AS r JOIN records AS c \
            ON c.n = (SELECT min(n) FROM records WHERE report = r.n) WHERE r.n <= ? ORDER BY r.n";
        self.handed_on(query, [report], each)
    }

    /// How many decisions had been made at a row of the log.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn decisions_until(&self, log: i64) -> Result<usize> {
        self.ask("SELECT count(*) FROM log WHERE what = 'decision' AND n <= ?", [log], |row| row.get(0))
    }

    /// The id of a row of `reports`.
    ///
    /// # Errors
    /// Where the file cannot be read, or has no such row.
    pub fn id_of(&self, report: i64) -> Result<String> {
        self.ask("SELECT id FROM reports WHERE n = ?", [report], |row| row.get(0))
    }

    /// The origin that a report belongs to.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn origin_of(&self, report: &str) -> Result<Option<Origin>> {
        let query = "SELECT id, origin FROM origins WHERE id IN (SELECT origin FROM origin_reports WHERE report = ?)";
        Ok(self.kept_rows(query, [report])?.pop())
    }

    /// Incidents whose id begins so.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn incidents_named(&self, beginning: &str) -> Result<Vec<Incident>> {
        let query = "SELECT id, incident FROM incidents WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 100";
        self.kept_rows(query, [beginning])
    }

    /// Whether origins and incidents know of everything.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn freshness(&self) -> Result<Freshness> {
        let ask = || -> rusqlite::Result<Freshness> {
            let known: Option<i64> =
                self.sql.query_row("SELECT log FROM derived_from", [], |row| row.get(0)).optional()?;
            // A visit to a page adds nothing that they are made from.
            let last = "SELECT n FROM log WHERE what <> 'capture' ORDER BY n DESC LIMIT 1";
            let last: i64 = self.sql.query_row(last, [], |row| row.get(0)).optional()?.unwrap_or(0);
            Ok(match known {
                None => Freshness::Never,
                Some(log) if log < last => Freshness::Behind(log),
                Some(_) => Freshness::Current,
            })
        };
        ask().map_err(|e| Error::of(&self.path, &e))
    }

    /// All origins, by id.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn origins(&self) -> Result<Vec<Origin>> {
        self.kept_rows("SELECT id, origin FROM origins ORDER BY id", [])
    }

    /// All incidents, the earliest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn incidents(&self) -> Result<Vec<Incident>> {
        self.kept_rows("SELECT id, incident FROM incidents ORDER BY start_day, id", [])
    }

    /// One incident.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn incident(&self, id: &str) -> Result<Option<Incident>> {
        Ok(self.kept_rows("SELECT id, incident FROM incidents WHERE id = ?", [id])?.pop())
    }

    /// The incidents that a report tells of, the earliest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn incidents_of(&self, report: &str) -> Result<Vec<Incident>> {
        let query = "SELECT id, incident FROM incidents WHERE id IN (SELECT incident FROM incident_events \
            WHERE report = ?) ORDER BY start_day, id";
        self.kept_rows(query, [report])
    }

    fn kept_rows<T: serde::de::DeserializeOwned>(&self, query: &str, values: impl rusqlite::Params) -> Result<Vec<T>> {
        let wrong = |e: rusqlite::Error| Error::of(&self.path, &e);
        let mut rows = self.sql.prepare_cached(query).map_err(wrong)?;
        let mut rows = rows.query(values).map_err(wrong)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(wrong)? {
            let id: String = row.get(0).map_err(wrong)?;
            let blob: Vec<u8> = row.get(1).map_err(wrong)?;
            out.push(unpacked(&self.path, &id, &blob)?);
        }
        Ok(out)
    }
}

fn put(sql: &Connection, origins: &[Origin], incidents: &[Incident], log: u64) -> rusqlite::Result<()> {
    for o in origins {
        sql.prepare_cached("INSERT INTO origins (id, earliest, agency, reports, origin) VALUES (?,?,?,?,?)")?
            .execute(params![o.id, o.earliest, o.agency, o.reports.len(), packed(o)])?;
        let mut row = sql.prepare_cached(
            "INSERT INTO origin_reports (report, origin, n, copied_from, share, by) VALUES (?,?,?,?,?,?)",
        )?;
        for (n, report) in o.reports.iter().enumerate() {
            let why = o.copies.iter().find(|c| c.report == *report);
            row.execute(params![
                report,
                o.id,
                n,
                why.map(|c| &c.from),
                why.map(|c| c.share),
                why.map(|c| c.by.join(", "))
            ])?;
        }
    }
    for i in incidents {
        incident(sql, i)?;
    }
    sql.execute(
        "INSERT OR REPLACE INTO derived_from (one, log) VALUES (1, ?)",
        [i64::try_from(log).unwrap_or(i64::MAX)],
    )?;
    Ok(())
}

/// A figure as SQLite holds it: integers there have a sign.
fn figure(n: Option<u64>) -> Option<i64> {
    n.and_then(|n| i64::try_from(n).ok())
}

fn incident(sql: &Connection, i: &Incident) -> rusqlite::Result<()> {
    let place = i.place.as_ref();
    let level = serde_json::to_value(i.verification).expect("a level is plain data");
    let disagreement = i.tallies.iter().any(|t| t.disagreement);
    let names = |names: &[String]| (!names.is_empty()).then(|| names.join("; "));
    sql.prepare_cached(
        "INSERT INTO incidents (id, type, mode, acled, status, place_name, country, admin1, geonameid, latitude, \
         longitude, place_precision, start_day, end_day, date_precision, actors, targets, verification, reports, \
         origins, disagreement, incident) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    )?
    .execute(params![
        i.id,
        i.class,
        i.mode,
        i.acled,
        i.status,
        place.map(|p| &p.name),
        place.and_then(|p| p.country.as_ref()),
        place.and_then(|p| p.admin1.as_ref()),
        place.and_then(|p| p.geonameid),
        place.and_then(|p| p.lat),
        place.and_then(|p| p.lon),
        place.and_then(|p| p.precision),
        i.start,
        i.end,
        i.date_precision,
        names(&i.actors),
        names(&i.targets),
        level.as_str(),
        i.reports.len(),
        i.origins.len(),
        disagreement,
        packed(i)
    ])?;
    let mut row = sql.prepare_cached("INSERT INTO incident_events VALUES (?,?,?,?,?,?,?)")?;
    for (n, t) in i.events.iter().enumerate() {
        row.execute(params![i.id, n, t.report, t.event, t.trigger[0], t.trigger[1], t.within_title.is_some()])?;
    }
    // Reports that tell of it without an event of their own.
    let silent = i.reports.iter().filter(|r| !i.events.iter().any(|t| t.report == **r));
    for (n, report) in (i.events.len()..).zip(silent) {
        row.execute(params![i.id, n, report, None::<String>, 0, 0, false])?;
    }
    let mut tally = sql.prepare_cached("INSERT INTO tallies VALUES (?,?,?,?,?,?,?,?,?,?)")?;
    let mut claim = sql.prepare_cached("INSERT INTO claims VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")?;
    for (n, t) in i.tallies.iter().enumerate() {
        let [low, best, high] = [t.low, t.best, t.high].map(figure);
        tally.execute(params![i.id, n, t.kind, t.of, low, best, high, t.policy, t.disagreement, t.voices])?;
        for (m, c) in t.claims.iter().enumerate() {
            let [low, best, high] = [c.low, c.best, c.high].map(figure);
            let source = (!c.said_by.is_empty()).then(|| c.said_by.join(" > "));
            claim.execute(params![
                i.id,
                n,
                m,
                c.report,
                c.count,
                c.origin,
                c.date,
                low,
                best,
                high,
                c.words,
                source,
                c.source_class,
                c.counted,
                c.why_not
            ])?;
        }
    }
    Ok(())
}
