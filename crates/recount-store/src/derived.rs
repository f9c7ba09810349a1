//! What many reports come to together, kept until it is made again: origins, incidents, tallies, claims.

use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::prepared::{packed, unpacked};
use recount::record::across::{Incident, Origin};
use rusqlite::{Connection, OptionalExtension, params};

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
    pub fn replace_derived(&mut self, origins: &[Origin], incidents: &[Incident], log: u64) -> Result<()> {
        let path = self.path.clone();
        self.together(|sql| {
            let write = || {
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
    ) -> Result<()> {
        let path = self.path.clone();
        self.together(|sql| {
            let write = || {
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
        self.kept("SELECT id, origin FROM origins ORDER BY id", [])
    }

    /// All incidents, the earliest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn incidents(&self) -> Result<Vec<Incident>> {
        self.kept("SELECT id, incident FROM incidents ORDER BY start_day, id", [])
    }

    /// One incident.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn incident(&self, id: &str) -> Result<Option<Incident>> {
        Ok(self.kept("SELECT id, incident FROM incidents WHERE id = ?", [id])?.pop())
    }

    /// The incidents that a report tells of, the earliest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn incidents_of(&self, report: &str) -> Result<Vec<Incident>> {
        let query = "SELECT id, incident FROM incidents WHERE id IN (SELECT incident FROM incident_events \
            WHERE report = ?) ORDER BY start_day, id";
        self.kept(query, [report])
    }

    fn kept<T: serde::de::DeserializeOwned>(&self, query: &str, values: impl rusqlite::Params) -> Result<Vec<T>> {
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
