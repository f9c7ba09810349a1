//! The collection as it is used: what is added comes back, twice is once, changes are versions, nothing is overwritten.
#![allow(clippy::disallowed_methods, reason = "tests make and break files")]

mod by_hand;

use by_hand::{AT, collection, nameless, prepared, record};
use recount::record::Record;
use recount::record::across::{Verdict, Verification};
use recount_store::{Access, Added, Collection, Error, Known, Prepared, Query};

fn all(c: &Collection) -> Vec<Record> {
    let mut out = Vec::new();
    c.each_record(|r| {
        out.push(r);
        Ok::<(), Error>(())
    })
    .unwrap();
    out
}

fn query(words: &str) -> Query {
    Query { words: words.into(), limit: 10, ..Query::default() }
}

fn found(c: &Collection, query: &Query) -> Vec<String> {
    c.search(&Query { newest: true, ..query.clone() }).unwrap().hits.into_iter().map(|h| h.id).collect()
}

#[test]
fn what_is_added_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let records = [record("a", None, "Orvask", 4), record("b", Some("https://x.example/b"), "São Belmir", 11)];
    let path = folder.path().join("c.recount");
    drop(collection(&path, &records));
    let c = Collection::open(&path, Access::Read).unwrap();
    assert_eq!(all(&c), records);
    assert_eq!(c.record("b").unwrap().unwrap(), records[1]);
    assert_eq!(c.record("none").unwrap(), None);
    let audit = c.audit(None).unwrap();
    assert!(audit.clean(), "{:?}", audit.findings);
    assert_eq!((audit.reports, audit.log), (2, 2));
}

#[test]
fn the_same_report_twice_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut c = collection(&folder.path().join("c"), &[record("a", None, "Orvask", 4), nameless("Belmir", 2)]);
    let before = c.content_hash().unwrap();
    let again = prepared(&[record("a", None, "Orvask", 4), nameless("Belmir", 2)]);
    assert_eq!(
        c.knows(&recount_store::Identity::of(
            "a",
            None,
            Some("Strike in Orvask"),
            &record("a", None, "Orvask", 4).text,
            Some("2024-04-30"),
            None
        ))
        .unwrap(),
        Known::Yes("a".into())
    );
    let added = c.add(&again, AT).unwrap();
    assert!(added.iter().all(|a| matches!(a, Added::Already { .. })), "{added:?}");
    // The same words in a file of another name.
    let mut elsewhere = nameless("Belmir", 2);
    elsewhere.id = recount::intake::made_id(&elsewhere.text, "b.txt");
    let added = c.add(&[Prepared::of(elsewhere, Some("b.txt"))], AT).unwrap();
    assert!(matches!(added[0], Added::Already { .. }), "{added:?}");
    assert_eq!(c.content_hash().unwrap(), before);
}

#[test]
fn a_changed_report_is_a_version_and_the_older_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    let address = "https://x.example/1";
    let page = Some(address);
    let mut c = collection(&folder.path().join("c"), &[record("a", None, "Orvask", 4)]);
    let mut correction = record("a", None, "Orvask", 7);
    correction.notes.push("correction: an earlier version gave another figure".into());
    let mut first = record("", page, "Belmir", 2);
    first.id = recount::intake::made_id(&first.text, address);
    let mut second = record("", page, "Belmir", 3);
    second.id = recount::intake::made_id(&second.text, address);
    let second_id = second.id.clone();
    let added = c.add(&prepared(&[correction, first, second]), AT).unwrap();
    assert_eq!(added[0], Added::Version { id: "a@2".into(), version: 2, changed: "text".into() });
    assert_eq!(added[2], Added::Version { id: second_id.clone(), version: 2, changed: "text".into() });
    let latest: Vec<String> = all(&c).into_iter().map(|r| r.id).collect();
    assert_eq!(latest, ["a@2", second_id.as_str()]);
    assert_eq!(c.record("a").unwrap().unwrap().counts[0].best, Some(4));
    assert_eq!(c.report("a@2").unwrap().unwrap().series, "a");
    assert_eq!(found(&c, &query("Orvask")), ["a@2"]);
    assert_eq!(found(&c, &Query { versions: true, ..query("Orvask") }).len(), 2);
    // The older words once more are nothing new.
    let added = c.add(&prepared(&[record("a", None, "Orvask", 4)]), AT).unwrap();
    assert_eq!(added, [Added::Already { id: "a".into() }]);
    assert!(c.audit(None).unwrap().clean(), "{:?}", c.audit(None).unwrap().findings);
}

#[test]
fn two_inputs_that_both_count_from_one_do_not_hide_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (Some("https://a.example/x"), Some("https://b.example/y"));
    let mut c = collection(&folder.path().join("c"), &[record("1", a, "Orvask", 4)]);
    let added = c.add(&prepared(&[record("1", b, "Belmir", 2)]), AT).unwrap();
    let Added::New { id } = &added[0] else { panic!("{added:?}") };
    assert!(id.starts_with("1~"), "{id}");
    assert_eq!(all(&c).len(), 2);
}

#[test]
fn rows_are_only_ever_added() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c");
    let mut c = collection(&path, &[record("a", None, "Orvask", 4)]);
    let verdict = Verdict::Reject { report: "a".into(), row: "c1".into() };
    c.decide(verdict, "A. Reviewer", "the figure is an age", AT).unwrap();
    let sql = rusqlite::Connection::open(&path).unwrap();
    for table in ["reports", "records", "decisions", "log", "runs"] {
        for change in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET n = n")] {
            let error = sql.execute(&change, []).unwrap_err().to_string();
            assert!(error.contains("only ever added"), "{change}: {error}");
        }
    }
    let replaced = sql.execute("INSERT OR REPLACE INTO decisions SELECT * FROM decisions", []).unwrap_err();
    assert!(replaced.to_string().contains("only ever added"));
}

#[test]
fn decisions_name_what_is_there_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut c = collection(&folder.path().join("c"), &[record("a", None, "Orvask", 4), record("b", None, "Orvask", 5)]);
    let (a, b) = (c.telling("a", "v1").unwrap(), c.telling("b", "v1").unwrap());
    let merge = Verdict::Merge { a: a.clone(), b: b.clone() };
    let split = Verdict::Split { a: a.clone(), b };
    let first = c.decide(merge.clone(), "A. Reviewer", "same street", AT).unwrap();
    c.decide(split, "B. Reviewer", "a day apart", "2024-05-02T00:00:00Z").unwrap();
    c.decide(Verdict::Verify { told: a, level: Verification::Confirmed }, "A. Reviewer", "seen", AT).unwrap();
    assert_eq!(first.id, "d1");
    let kept = c.decisions().unwrap();
    assert_eq!((kept.len(), &kept[0].verdict), (3, &merge));
    for (verdict, reason) in [
        (Verdict::Reject { report: "a".into(), row: "c9".into() }, "no row c9"),
        (Verdict::Accept { report: "z".into(), row: "c1".into() }, "no report z"),
        (Verdict::Redact { report: "a".into(), entity: "e7".into() }, "no entity e7"),
        (
            Verdict::Correct { report: "a".into(), row: "c1".into(), field: "worst".into(), value: 3.into() },
            "no field worst",
        ),
    ] {
        let error = c.decide(verdict, "A", "b", AT).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
    assert!(c.audit(None).unwrap().clean());
}

#[test]
fn search_finds_words_and_filters_by_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut later = record("b", None, "São Belmir", 11);
    later.published.best = Some("2025-01-03".into());
    later.events[0].status = "denied".into();
    later.events[0].mentions[0].status = "denied".into();
    let c = collection(&folder.path().join("c"), &[record("a", None, "Orvask", 4), later]);
    assert_eq!(found(&c, &query("sao belmir")), ["b"]);
    assert_eq!(found(&c, &query("drone -Orvask")), ["b"]);
    assert_eq!(found(&c, &query("-Orvask")), ["b"]);
    assert_eq!(found(&c, &query("\"people were killed\"")), ["b", "a"]);
    assert_eq!(found(&c, &query("zqtassault")), Vec::<String>::new());
    assert_eq!(found(&c, &query("")), ["b", "a"]);
    let with = |change: fn(&mut Query)| {
        let mut q = query("drone");
        change(&mut q);
        found(&c, &q)
    };
    assert_eq!(with(|q| q.class = Some("ASSAULT".into())), ["b", "a"]);
    assert_eq!(with(|q| (q.class, q.status) = (Some("ASSAULT".into()), Some("denied".into()))), ["b"]);
    assert_eq!(with(|q| q.status = Some("happened".into())), ["a"]);
    assert_eq!(with(|q| q.country = Some("kaz".into())), ["b", "a"]);
    assert_eq!(with(|q| q.place = Some("são belmir".into())), ["b"]);
    assert_eq!(with(|q| q.from = Some("2024-12-31".into())), ["b"]);
    assert_eq!(with(|q| q.to = Some("2024-12-31".into())), ["a"]);
    assert_eq!(with(|q| (q.from, q.to) = (Some("2024-04-01".into()), Some("2024-04-29".into()))), Vec::<String>::new());
    // Each has the word once; the shorter one is more about it.
    let best = c.search(&query("drone")).unwrap().hits;
    assert_eq!(best.iter().map(|h| h.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let hits = c.search(&query("drone")).unwrap().hits;
    let marked: Vec<char> = hits[0].snippet.chars().collect();
    let [start, end] = hits[0].marks[0];
    assert_eq!(marked[start..end].iter().collect::<String>(), "drone");
}

#[test]
fn two_connections_write_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c");
    drop(Collection::open(&path, Access::Create).unwrap());
    std::thread::scope(|scope| {
        for side in ["a", "b"] {
            let path = &path;
            scope.spawn(move || {
                let mut c = Collection::open(path, Access::Create).unwrap();
                for n in 0..40 {
                    c.add(&prepared(&[record(&format!("{side}{n}"), None, "Orvask", n + 1)]), AT).unwrap();
                    c.add(&prepared(&[record(&format!("both{n}"), None, "Belmir", n + 1)]), AT).unwrap();
                }
            });
        }
    });
    let c = Collection::open(&path, Access::Read).unwrap();
    assert_eq!(c.sizes().unwrap().reports, 120);
    assert!(c.audit(None).unwrap().clean());
}

#[test]
fn another_kind_of_file_and_a_newer_format_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("text"), b"This is a text, and has no tables in it at all.").unwrap();
    for access in [Access::Read, Access::Write, Access::Create] {
        assert!(matches!(Collection::open(&path("text"), access), Err(Error::Foreign(_))));
    }
    let other = rusqlite::Connection::open(path("other")).unwrap();
    other.execute_batch("CREATE TABLE mine (a)").unwrap();
    assert!(matches!(Collection::open(&path("other"), Access::Create), Err(Error::Foreign(_))));
    assert!(matches!(Collection::open(&path("gone"), Access::Write), Err(Error::Missing(_))));
    drop(collection(&path("new"), &[record("a", None, "Orvask", 4)]));
    rusqlite::Connection::open(path("new")).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = Collection::open(&path("new"), Access::Write).unwrap_err();
    assert!(error.to_string().contains("version 99"), "{error}");
    assert!(matches!(Collection::open(&path("none/c"), Access::Create), Err(Error::CannotOpen { .. })));
}

#[test]
fn a_full_disk_adds_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c");
    let mut c = collection(&path, &[record("a", None, "Orvask", 4)]);
    let before = c.content_hash().unwrap();
    // As many pages as there are: SQLite then says what it says of a full disk.
    c.limit_pages(1).unwrap();
    let many: Vec<Record> = (0..200).map(|n| record(&format!("n{n}"), None, "Belmir", n + 1)).collect();
    assert!(matches!(c.add(&prepared(&many), AT), Err(Error::Full(_))));
    assert_eq!(c.content_hash().unwrap(), before);
    assert!(c.audit(None).unwrap().clean());
}
