//! A collection as version 1 of the format left it: it opens, is whole, is found in, and grows.
#![allow(clippy::disallowed_methods, reason = "tests make and break files")]

mod by_hand;

use by_hand::{AT, prepared, record};
use recount_store::{Access, Added, Collection, Query, VERSION};
use std::path::PathBuf;

/// The last hash of its log, as it was noted when the file was made.
const NOTED: &str = "0a76d16f59ee4ce70558ab64cb45efad6140868be48623af35d0aafc04af28d8";

/// The old file, unpacked where it may be changed.
fn old() -> (tempfile::TempDir, PathBuf) {
    let packed: &[u8] = include_bytes!("version-1.recount.zst");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.recount");
    std::fs::write(&path, zstd::stream::decode_all(packed).unwrap()).unwrap();
    (folder, path)
}

#[test]
fn it_is_read_as_it_was_written() {
    let (_folder, path) = old();
    // Brought up to date by the first that may write.
    assert!(Collection::open(&path, Access::Read).is_err());
    drop(Collection::open(&path, Access::Write).unwrap());
    let c = Collection::open(&path, Access::Read).unwrap();
    let audit = c.audit(Some(NOTED)).unwrap();
    assert!(audit.clean(), "{:?}", audit.findings);
    assert_eq!((audit.reports, audit.decisions, audit.head.as_str()), (4, 1, NOTED));
    assert_eq!(c.report("a@2").unwrap().unwrap().changed.as_deref(), Some("text"));
    let query = Query { words: "grain terminal".into(), class: Some("ASSAULT".into()), limit: 5, ..Query::default() };
    let hits = c.search(&query).unwrap().hits;
    assert_eq!((hits.len(), hits[0].published.as_deref()), (1, Some("2024-03-14")));
    assert_eq!(c.record(&hits[0].id).unwrap().unwrap().counts[0].low, Some(11));
    assert_eq!(c.decisions().unwrap()[0].by, "A. Reviewer");
}

#[test]
fn it_is_brought_up_to_date_and_grows() {
    let (_folder, path) = old();
    let mut c = Collection::open(&path, Access::Write).unwrap();
    let added = c.add(&prepared(&[record("new", None, "Temuk", 3)]), AT).unwrap();
    assert_eq!(added, [Added::New { id: "new".into() }]);
    let audit = c.audit(Some(NOTED)).unwrap();
    assert!(audit.clean(), "{:?}", audit.findings);
    drop(c);
    let sql = rusqlite::Connection::open(&path).unwrap();
    let version: i64 = sql.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, VERSION);
}
