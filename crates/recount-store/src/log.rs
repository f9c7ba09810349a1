//! The chained log: what was added or decided, in order, each row sealed with the one before.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

/// The hash before the first row.
pub(crate) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The chain's last row: its number and hash.
pub(crate) fn head(sql: &Connection) -> rusqlite::Result<(i64, String)> {
    let last = sql
        .prepare_cached("SELECT n, hash FROM log ORDER BY n DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(last.optional()?.unwrap_or((0, BEGINNING.to_owned())))
}

/// The hash of a row that says `content` after the row with the hash `before`.
pub(crate) fn link(before: &str, content: &str) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(before.as_bytes());
    hash.update(b"\n");
    hash.update(content.as_bytes());
    hash.finalize().to_hex().to_string()
}

/// Adds a row at the end of the chain: `head` is its last row, and becomes the new one.
pub(crate) fn append(
    sql: &Connection,
    head: &mut (i64, String),
    at: &str,
    what: &str,
    row: i64,
    content: &str,
) -> rusqlite::Result<()> {
    *head = (head.0 + 1, link(&head.1, content));
    let mut insert = sql.prepare_cached("INSERT INTO log (n, at, what, row, hash) VALUES (?,?,?,?,?)")?;
    insert.execute(params![head.0, at, what, row, head.1])?;
    Ok(())
}

/// Columns of [`record_content`], read from the file.
pub(crate) const RECORD_COLUMNS: &str = "SELECT c.n, r.n, r.id, r.series, r.version, r.input_id, r.uri, r.published, \
    r.outlet, r.language, r.credit, r.changed, r.notes, r.added, r.hash, u.program, u.model, u.data, c.hash \
    FROM records AS c JOIN reports AS r ON r.n = c.report JOIN runs AS u ON u.n = c.run WHERE c.n = ?";

/// The canonical JSON of a record that was added: a list of its report's columns, its run and its hash.
pub(crate) fn record_content(sql: &Connection, at: &str, n: i64) -> rusqlite::Result<String> {
    let mut row = sql.prepare_cached(RECORD_COLUMNS)?;
    row.query_row([n], |row| {
        let mut list = vec![json!("record"), json!(at)];
        for column in 0..19 {
            list.push(match row.get_ref(column)? {
                rusqlite::types::ValueRef::Integer(n) => json!(n),
                rusqlite::types::ValueRef::Text(t) => json!(String::from_utf8_lossy(t)),
                _ => serde_json::Value::Null,
            });
        }
        Ok(serde_json::Value::from(list).to_string())
    })
}

/// The canonical JSON of a decision.
pub(crate) fn decision_content(sql: &Connection, n: i64) -> rusqlite::Result<String> {
    let mut row = sql.prepare_cached("SELECT id, at, by, reason, kind, verdict FROM decisions WHERE n = ?")?;
    row.query_row([n], |row| {
        let mut list = vec![json!("decision"), json!(n)];
        for column in 0..6 {
            list.push(json!(row.get::<_, String>(column)?));
        }
        Ok(serde_json::Value::from(list).to_string())
    })
}

/// The canonical JSON of a capture: a list of its columns.
pub(crate) fn capture_content(sql: &Connection, n: i64) -> rusqlite::Result<String> {
    let mut row = sql.prepare_cached(
        "SELECT report, uri, date, kind, digest, earlier_uri, earlier_date, added FROM captures WHERE n = ?",
    )?;
    row.query_row([n], |row| {
        let mut list = vec![json!("capture"), json!(n), json!(row.get::<_, Option<i64>>(0)?)];
        for column in 1..8 {
            list.push(json!(row.get::<_, Option<String>>(column)?));
        }
        Ok(serde_json::Value::from(list).to_string())
    })
}
