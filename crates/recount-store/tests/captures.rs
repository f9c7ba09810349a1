//! Visits of web archives: each is kept once, with the version of the report that it saw, and is in the log.
#![allow(clippy::disallowed_methods, reason = "tests make and break files")]

mod by_hand;

use by_hand::{AT, collection, prepared, record};
use recount::record::Captured;
use recount_store::{Access, Added, Capture, Collection, Incoming};

const URI: &str = "https://x.example/1";

fn visit(kind: &str, date: &str, digest: Option<&str>) -> Capture {
    Capture {
        uri: Some(URI.into()),
        date: Some(date.into()),
        kind: kind.into(),
        digest: digest.map(str::to_owned),
        ..Capture::default()
    }
}

#[test]
fn visits_are_kept_once_and_know_their_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c");
    let mut first = record("a", Some(URI), "Orvask", 4);
    first.captured =
        Some(Captured { date: Some("2021-05-01".into()), digest: Some("sha1:A".into()), kind: "response".into() });
    let mut c = collection(&path, &[record("other", None, "Belmir", 2), first.clone()]);
    let unchanged = visit("revisit", "2021-05-02", Some("sha1:A"));
    let undigested = Capture { earlier_date: Some("2021-05-01".into()), ..visit("revisit", "2021-05-03", None) };
    let elsewhere = visit("revisit", "2021-05-04", Some("sha1:B"));
    let again = visit("response", "2021-05-05", Some("sha1:A"));
    let all = [(None, &unchanged), (None, &undigested), (None, &elsewhere), (Some("a"), &again), (None, &unchanged)];
    let incoming = || all.iter().map(|(report, capture)| Incoming::Visit(*report, capture));
    let added = c.add_all(incoming(), AT).unwrap();
    assert_eq!(added, [true, true, true, true, false].map(|new| Added::Visit { new }));
    let kept = c.captures("a").unwrap();
    assert_eq!(
        kept,
        [visit("response", "2021-05-01", Some("sha1:A")), unchanged.clone(), undigested.clone(), again.clone()]
    );
    assert_eq!(c.captures("other").unwrap(), []);
    // The report itself is there already, and so are all its visits.
    let before = c.content_hash().unwrap();
    c.add(&prepared(&[first]), AT).unwrap();
    c.add_all(incoming(), AT).unwrap();
    assert_eq!(c.content_hash().unwrap(), before);
    let audit = c.audit(None).unwrap();
    assert!(audit.clean() && audit.log == 7, "{audit:?}");
}

#[test]
fn a_visit_that_someone_changed_or_took_is_found() {
    for (change, place) in [
        ("UPDATE captures SET date = '1999-01-01'", "log 3"),
        ("UPDATE captures SET report = 1", "log 3"),
        ("DELETE FROM captures", "log 3"),
        ("INSERT INTO captures (n, kind, added) VALUES (2, 'response', 'now')", "captures 2"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c");
        let mut c = collection(&path, &[record("other", None, "Belmir", 2), record("a", Some(URI), "Orvask", 4)]);
        c.add_all([Incoming::Visit(Some("a"), &visit("response", "2021-05-01", None))].into_iter(), AT).unwrap();
        drop(c);
        let sql = rusqlite::Connection::open(&path).unwrap();
        assert!(change.starts_with("INSERT") || sql.execute_batch(change).is_err(), "{change} was let through");
        sql.execute_batch("DROP TRIGGER captures_are_not_changed; DROP TRIGGER captures_are_not_deleted").unwrap();
        sql.execute_batch(change).unwrap();
        drop(sql);
        let audit = Collection::open(&path, Access::Read).unwrap().audit(None).unwrap();
        assert!(audit.findings.iter().any(|f| f.place == place), "{change}: {:?}", audit.findings);
    }
}
