//! Opening the file: made, brought up to date, or refused with the reason.

use crate::error::{Error, Result};
use crate::schema::{APPLICATION, STEPS, VERSION};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one program waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a program means to do with a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read only: the file is not touched, also where nothing may be written.
    Read,
    /// Read and add; the file must be there.
    Write,
    /// Read and add; a file that is not there, or is empty, becomes a new collection.
    Create,
}

/// An open collection. One a thread: SQLite's own locks hold several, and several programs, apart.
#[derive(Debug)]
pub struct Collection {
    pub(crate) sql: Connection,
    pub(crate) path: PathBuf,
}

impl Collection {
    /// Opens the collection at `path`. An older format is brought up to date where it may be written.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Foreign`] (another kind of file), [`Error::Newer`] (a later format), or why the
    /// file cannot be opened or written.
    pub fn open(path: &Path, access: Access) -> Result<Collection> {
        if access != Access::Create && !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        let collection = Collection::connected(path, access)?;
        let version = collection.version(access)?;
        if version > VERSION {
            return Err(Error::Newer { path: path.to_owned(), found: version, known: VERSION });
        }
        if access == Access::Read {
            if version < VERSION {
                let reason =
                    format!("format version {version} is brought up to {VERSION} by the next command that writes");
                return Err(Error::Sqlite { path: path.to_owned(), reason });
            }
            return Ok(collection);
        }
        collection.grow(version)?;
        Ok(collection)
    }

    /// A second connection to the same file, to read beside what is written.
    ///
    /// # Errors
    /// As [`Collection::open`].
    pub fn beside(&self) -> Result<Collection> {
        Collection::open(&self.path, Access::Read)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Refreshes what the planner of queries knows of the tables, where they have changed much.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn tidy(&self) -> Result<()> {
        self.sql.execute_batch("PRAGMA optimize").map_err(|e| Error::of(&self.path, &e))
    }

    /// Lets the file grow to `pages` pages, or to as many as it has: for quotas, and for tests of full disks.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        let set = self.sql.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()));
        set.map_err(|e| Error::of(&self.path, &e))
    }

    fn connected(path: &Path, access: Access) -> Result<Collection> {
        let wrong = |e: rusqlite::Error| Error::of(path, &e);
        let basic = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        // Readers open for writing too, where they may: the last of them then puts the write-ahead log away.
        let mut flags = basic | OpenFlags::SQLITE_OPEN_READ_WRITE;
        flags.set(OpenFlags::SQLITE_OPEN_CREATE, access == Access::Create);
        let sql = Connection::open_with_flags(path, flags).map_err(wrong)?;
        let sql = match sql.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())) {
            // A collection where nothing may be written has no room for the files that readers share; where no
            // program can be writing either, it can be read without them.
            Err(_) if access == Access::Read && !beside(path, "-wal").exists() => {
                let uri = format!("file:{}?immutable=1", escaped(path));
                Connection::open_with_flags(uri, basic | OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(wrong)?
            }
            _ => sql,
        };
        sql.busy_timeout(PATIENCE).map_err(wrong)?;
        sql.set_prepared_statement_cache_capacity(64);
        for (name, value) in
            [("foreign_keys", 1), ("trusted_schema", 0), ("cache_size", -65536), ("mmap_size", 1 << 28)]
        {
            sql.pragma_update(None, name, value).map_err(wrong)?;
        }
        if access == Access::Read {
            sql.pragma_update(None, "query_only", 1).map_err(wrong)?;
        }
        Ok(Collection { sql, path: path.to_owned() })
    }

    fn number(&self, pragma: &str) -> Result<i64> {
        self.sql.pragma_query_value(None, pragma, |row| row.get(0)).map_err(|e| Error::of(&self.path, &e))
    }

    /// The format version of the file; 0 for one that holds nothing yet.
    fn version(&self, access: Access) -> Result<i64> {
        let application = self.number("application_id")?;
        if application == APPLICATION {
            return self.number("user_version");
        }
        let tables: i64 = self.ask("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
        // A file without tables is one that was just being made when its program was stopped.
        if application != 0 || tables != 0 || access == Access::Read {
            return Err(Error::Foreign(self.path.clone()));
        }
        Ok(0)
    }

    /// Brings the tables from `version` up to date, and switches on the write-ahead log.
    fn grow(&self, version: i64) -> Result<()> {
        let run = || -> rusqlite::Result<()> {
            // Readers and one writer at a time, side by side; what is committed survives a killed program.
            self.sql.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
            self.sql.pragma_update(None, "synchronous", "normal")?;
            if version == VERSION {
                // A file that cannot be written says so now and not after an hour of reading.
                return self.sql.execute_batch("BEGIN IMMEDIATE; ROLLBACK");
            }
            let all = rusqlite::Transaction::new_unchecked(&self.sql, TransactionBehavior::Immediate)?;
            // Another program may have done it while this one waited.
            let version: i64 = all.pragma_query_value(None, "user_version", |row| row.get(0))?;
            for step in STEPS.iter().skip(usize::try_from(version).unwrap_or(0)) {
                all.execute_batch(step)?;
            }
            all.pragma_update(None, "application_id", APPLICATION)?;
            all.pragma_update(None, "user_version", VERSION)?;
            all.commit()
        };
        run().map_err(|e| Error::of(&self.path, &e))
    }

    /// The one row that `sql` gives.
    pub(crate) fn ask<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnOnce(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let row = self.sql.prepare_cached(sql).and_then(|mut s| s.query_row(values, read));
        row.map_err(|e| Error::of(&self.path, &e))
    }

    /// Does all of `work`, or nothing: while it runs no other program can write.
    pub(crate) fn together<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let path = self.path.clone();
        let wrong = |e: rusqlite::Error| Error::of(&path, &e);
        let all = self.sql.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrong)?;
        let value = work(&all)?;
        all.commit().map_err(wrong)?;
        Ok(value)
    }
}

/// The file that SQLite keeps beside the collection under an ending of its own.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A path as it may stand in a URI.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
