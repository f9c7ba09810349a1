//! Reports read again: the newer record counts, the earlier one stays, and the index knows only the newer.
#![allow(clippy::disallowed_methods, reason = "tests make and break files")]

mod by_hand;

use by_hand::{AT, collection, prepared, record};
use recount::record::Record;
use recount::record::across::Verdict;
use recount_store::{Access, Collection, Error, Query};

const LATER: &str = "2024-06-01T12:00:00Z";

/// The record of a report as a later model makes it: another figure, another type.
fn newer(id: &str, place: &str, killed: u64) -> Record {
    let mut record = record(id, None, place, killed);
    record.run.model = "m2".to_owned();
    record.events[0].class = "PROTEST".to_owned();
    record.counts[0].best = Some(killed + 1);
    record
}

fn of_type(c: &Collection, class: &str) -> usize {
    let query = Query { class: Some(class.to_owned()), limit: 10, ..Query::default() };
    c.search(&query).unwrap().hits.len()
}

fn at(c: &Collection, at: &str) -> Vec<Record> {
    let mut out = Vec::new();
    c.each_record_at(at, |r| {
        out.push(r);
        Ok::<(), Error>(())
    })
    .unwrap();
    out
}

#[test]
fn the_newer_record_counts_and_the_earlier_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c");
    let old = [record("a", None, "Orvask", 4), record("b", None, "Belmir", 11)];
    let mut c = collection(&path, &old);
    let new = [newer("a", "Orvask", 4), newer("b", "Belmir", 11)];
    assert_eq!((c.unread_by(&new[0].run).unwrap(), c.unread_by(&old[0].run).unwrap()), (2, 0));
    let decision = c.decide(Verdict::Reject { report: "a".into(), row: "c1".into() }, "A. R.", "no", AT).unwrap();
    assert!(!c.read_again().unwrap());
    // Stopped after the first, it goes on with the second.
    assert_eq!(c.keep_again(&prepared(&new[..1]), LATER).unwrap(), 1);
    let due: Vec<String> = c.unread_after(&new[0].run, 0, 9).unwrap().into_iter().map(|(_, r)| r.unwrap().id).collect();
    assert_eq!(due, ["b"]);
    assert_eq!(c.keep_again(&prepared(&new), LATER).unwrap(), 1);
    let before = c.content_hash().unwrap();
    assert_eq!(c.keep_again(&prepared(&new), LATER).unwrap(), 0);
    assert_eq!(c.content_hash().unwrap(), before);
    assert_eq!((c.unread_by(&new[0].run).unwrap(), c.read_again().unwrap()), (0, true));

    assert_eq!(c.record("a").unwrap().unwrap(), new[0]);
    assert_eq!((of_type(&c, "PROTEST"), of_type(&c, "ASSAULT")), (2, 0));
    assert_eq!((at(&c, AT), at(&c, LATER)), (old.to_vec(), new.to_vec()));
    assert_eq!(c.record_at("a", AT).unwrap().unwrap(), old[0]);
    assert_eq!(c.record_decided_on(&decision.id, "a").unwrap().as_ref(), Some(&old[0]));
    let decision = c.decide(Verdict::Reject { report: "a".into(), row: "c1".into() }, "A. R.", "no", LATER).unwrap();
    assert_eq!(c.record_decided_on(&decision.id, "a").unwrap(), None);
    let audit = c.audit(None).unwrap();
    assert!(audit.clean(), "{:?}", audit.findings);
    assert_eq!((audit.reports, audit.records, audit.log), (2, 4, 6));
}

#[test]
fn the_index_is_that_of_a_collection_which_was_read_so_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut again = collection(&folder.path().join("a"), &[record("a", None, "Orvask", 4)]);
    again.keep_again(&prepared(&[newer("a", "Orvask", 4)]), LATER).unwrap();
    let fresh = collection(&folder.path().join("b"), &[newer("a", "Orvask", 4)]);
    assert_eq!(again.search_hash().unwrap(), fresh.search_hash().unwrap());
}

#[test]
fn a_record_of_other_words_or_of_no_report_is_refused_and_nothing_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c");
    let mut c = collection(&path, &[record("a", None, "Orvask", 4)]);
    let before = c.content_hash().unwrap();
    for wrong in [newer("a", "Orvask", 5), newer("z", "Orvask", 4)] {
        let error = c.keep_again(&prepared(&[newer("a", "Orvask", 4), wrong]), LATER).unwrap_err();
        assert!(matches!(error, Error::Unknown(_)), "{error}");
    }
    assert_eq!(c.content_hash().unwrap(), before);
    assert!(Collection::open(&path, Access::Read).unwrap().audit(None).unwrap().clean());
}
