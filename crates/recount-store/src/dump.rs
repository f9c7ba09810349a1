//! What a collection holds, told apart from how the file holds it: two collections with the same hash are the same.

use crate::collection::Collection;
use crate::error::{Error, Result};
use rusqlite::types::ValueRef;

/// Every table with the order of its rows.
const TABLES: &[(&str, &str)] = &[
    ("reports", "n"),
    ("runs", "n"),
    ("records", "n"),
    ("decisions", "n"),
    ("captures", "n"),
    ("log", "n"),
    ("entities", "report, id"),
    ("places", "report, id"),
    ("times", "report, id"),
    ("statements", "report, id"),
    ("events", "report, id"),
    ("participants", "report, event, part, n"),
    ("counts", "report, id"),
    ("relations", "report, id"),
    ("origins", "id"),
    ("origin_reports", "report"),
    ("incidents", "id"),
    ("incident_events", "incident, n"),
    ("tallies", "incident, n"),
    ("claims", "incident, tally, n"),
    ("derived_from", "one"),
];

impl Collection {
    /// BLAKE3 over all rows of all tables in their order, in hexadecimal.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn content_hash(&self) -> Result<String> {
        self.hash_of(TABLES)
    }

    /// BLAKE3 over the words of the search index with their places, in hexadecimal.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn search_hash(&self) -> Result<String> {
        let words = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_search \
            USING fts5vocab('main', 'report_search', 'instance')";
        let make = || -> rusqlite::Result<()> {
            // A table of this connection alone, that nobody else sees.
            let only: i64 = self.sql.pragma_query_value(None, "query_only", |row| row.get(0))?;
            self.sql.pragma_update(None, "query_only", 0)?;
            self.sql.execute_batch(words)?;
            self.sql.pragma_update(None, "query_only", only)
        };
        make().map_err(|e| Error::of(&self.path, &e))?;
        self.hash_of(&[("temp.words_of_search", "term, doc, col, offset")])
    }

    fn hash_of(&self, tables: &[(&str, &str)]) -> Result<String> {
        let run = || -> rusqlite::Result<String> {
            let mut hash = blake3::Hasher::new();
            for (table, order) in tables {
                hash.update(table.as_bytes());
                let mut rows = self.sql.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
                let mut rows = rows.query([])?;
                while let Some(row) = rows.next()? {
                    hash_row(row, &mut hash)?;
                }
            }
            Ok(hash.finalize().to_hex().to_string())
        };
        run().map_err(|e| Error::of(&self.path, &e))
    }
}

/// Adds a row to a hash, column by column; what is packed, as what it packs.
pub(crate) fn hash_row(row: &rusqlite::Row, hash: &mut blake3::Hasher) -> rusqlite::Result<()> {
    let mut field = |kind: u8, bytes: &[u8]| {
        hash.update(&[kind]);
        hash.update(&(bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    for column in 0..row.as_ref().column_count() {
        match row.get_ref(column)? {
            ValueRef::Null => field(b'0', &[]),
            ValueRef::Integer(n) => field(b'i', &n.to_le_bytes()),
            ValueRef::Real(x) => field(b'r', &x.to_le_bytes()),
            ValueRef::Text(t) => field(b't', t),
            ValueRef::Blob(b) => field(b'b', zstd::stream::decode_all(b).as_deref().unwrap_or(b)),
        }
    }
    Ok(())
}
