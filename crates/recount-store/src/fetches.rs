//! What servers said of the addresses that were fetched, to ask only for what has changed.

use crate::collection::Collection;
use crate::error::{Error, Result};
use rusqlite::{OptionalExtension, params};

/// The last answer of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetch {
    /// When, RFC 3339 in UTC.
    pub at: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

impl Collection {
    /// The last answer of `url`, if it was ever asked for.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn fetch(&self, url: &str) -> Result<Option<Fetch>> {
        let read = || {
            let mut row = self.sql.prepare_cached("SELECT at, etag, last_modified FROM fetches WHERE url = ?")?;
            row.query_row([url], |r| Ok(Fetch { at: r.get(0)?, etag: r.get(1)?, last_modified: r.get(2)? })).optional()
        };
        read().map_err(|e| Error::of(&self.path, &e))
    }

    /// Keeps the answer of `url` in place of the one before.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn keep_fetch(&mut self, url: &str, fetch: &Fetch) -> Result<()> {
        let path = self.path.clone();
        self.together(|sql| {
            sql.prepare_cached("INSERT OR REPLACE INTO fetches (url, at, etag, last_modified) VALUES (?,?,?,?)")
                .and_then(|mut row| row.execute(params![url, fetch.at, fetch.etag, fetch.last_modified]))
                .map_err(|e| Error::of(&path, &e))?;
            Ok(())
        })
    }
}
