//! Files that someone changed behind the program's back: the audit says what and where.
#![allow(clippy::disallowed_methods, reason = "tests make and break files")]

mod by_hand;

use by_hand::{AT, collection, record};
use recount::record::across::Verdict;
use recount_store::{Access, Collection};

/// What an audit finds after `change` was made to a small collection by someone who knows SQL.
fn findings(change: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c");
    let mut c = collection(
        &path,
        &[record("a", None, "Orvask", 4), record("b", None, "Belmir", 5), record("d", None, "Temuk", 6)],
    );
    c.decide(Verdict::Accept { report: "a".into(), row: "c1".into() }, "A. Reviewer", "checked", AT).unwrap();
    let head = c.audit(None).unwrap().head;
    drop(c);
    let sql = rusqlite::Connection::open(&path).unwrap();
    let triggers: Vec<(String, String)> = {
        let mut rows = sql.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").unwrap();
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    for (name, _) in &triggers {
        sql.execute(&format!("DROP TRIGGER {name}"), []).unwrap();
    }
    sql.execute_batch(change).unwrap();
    for (_, trigger) in &triggers {
        sql.execute(trigger, []).unwrap();
    }
    drop(sql);
    let audit = Collection::open(&path, Access::Read).unwrap().audit(Some(&head)).unwrap();
    audit.findings.into_iter().map(|f| format!("{}: {}", f.place, f.what)).collect()
}

#[test]
fn nothing_changed_is_nothing_found() {
    assert_eq!(findings("SELECT 1"), Vec::<String>::new());
}

#[test]
fn every_change_is_found_where_it_is() {
    for (change, place) in [
        ("UPDATE reports SET text = replace(text, 'drone', 'plane') WHERE n = 2", "reports 2 (b)"),
        ("UPDATE reports SET title = 'Calm' WHERE n = 2", "reports 2 (b)"),
        ("UPDATE reports SET published = '2024-05-05' WHERE n = 2", "log 2"),
        ("UPDATE reports SET added = '2020-01-01T00:00:00Z' WHERE n = 1", "log 1"),
        ("UPDATE records SET record = x'00' WHERE n = 3", "records 3 (d)"),
        ("UPDATE records SET record = (SELECT record FROM records WHERE n = 1) WHERE n = 3", "records 3 (d)"),
        ("UPDATE records SET hash = 'x' WHERE n = 3", "log 3"),
        ("UPDATE decisions SET reason = 'whim'", "log 4"),
        ("UPDATE decisions SET verdict = '{}'", "decisions 1"),
        ("DELETE FROM decisions", "log 4"),
        ("DELETE FROM log WHERE n = 2", "records 2"),
        ("DELETE FROM decisions; DELETE FROM log WHERE n = 4", "log: no row has the noted hash"),
        ("UPDATE log SET at = '2020-01-01T00:00:00Z' WHERE n = 1", "log 1"),
        (
            "INSERT INTO decisions VALUES (2, 'd2', '2024', 'X', 'y', 'accept', '{\"kind\":\"accept\",\"report\":\"a\",\"row\":\"c1\"}')",
            "decisions 2",
        ),
        ("DELETE FROM counts WHERE report = 1", "counts of report 1 (a)"),
        ("UPDATE counts SET best = 40 WHERE report = 2", "counts of report 2 (b)"),
        (
            "INSERT INTO places SELECT 1, 'p9', name, geonameid, latitude, longitude, country, admin1, precision, score FROM places WHERE report = 2",
            "places of report 1 (a)",
        ),
        ("PRAGMA foreign_keys = 0; DELETE FROM reports WHERE n = 3", "records"),
        ("CREATE TRIGGER mine AFTER INSERT ON reports BEGIN SELECT 1; END", "schema mine"),
    ] {
        let found = findings(change);
        assert!(found.iter().any(|f| f.starts_with(place)), "{change}\n{found:#?}");
    }
}

#[test]
fn a_trigger_that_is_gone_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c");
    drop(collection(&path, &[record("a", None, "Orvask", 4)]));
    rusqlite::Connection::open(&path).unwrap().execute("DROP TRIGGER log_is_not_deleted", []).unwrap();
    let audit = Collection::open(&path, Access::Read).unwrap().audit(None).unwrap();
    assert_eq!(audit.findings[0].place, "schema log_is_not_deleted");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    /// Bytes changed anywhere in the file: an error or findings, never a panic, and never a clean audit of other data.
    #[test]
    fn damaged_bytes_never_panic(at in 0usize..200_000, bytes in proptest::collection::vec(0u8..=255, 1..40)) {
        static FILE: std::sync::OnceLock<(Vec<u8>, String)> = std::sync::OnceLock::new();
        let (whole, hash) = FILE.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("c");
            let c = collection(&path, &[record("a", None, "Orvask", 4), record("b", None, "Belmir", 5)]);
            let hash = c.content_hash().unwrap();
            drop(c);
            (std::fs::read(&path).unwrap(), hash)
        });
        let mut damaged = whole.clone();
        let at = at % damaged.len();
        let end = (at + bytes.len()).min(damaged.len());
        damaged[at..end].copy_from_slice(&bytes[..end - at]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c");
        std::fs::write(&path, damaged).unwrap();
        if let Ok(c) = Collection::open(&path, Access::Read)
            && let Ok(audit) = c.audit(None)
            && audit.clean()
            && let Ok(now) = c.content_hash()
        {
            proptest::prop_assert_eq!(&now, hash);
        }
    }
}
