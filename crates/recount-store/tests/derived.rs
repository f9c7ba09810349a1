//! What many reports come to, kept and made again.

mod by_hand;

use by_hand::{AT, collection, prepared, record};
use recount::record::across::{Incident, Origin};
use recount_store::Freshness;

fn origin(id: &str, reports: &[&str]) -> Origin {
    let copies: Vec<_> = reports[1..]
        .iter()
        .map(|r| serde_json::json!({"report": r, "from": reports[0], "share": 0.5, "by": ["text", "agency"]}))
        .collect();
    let origin = serde_json::json!({"id": id, "reports": reports, "earliest": reports[0], "agency": "Aster Press", "copies": copies});
    serde_json::from_value(origin).unwrap()
}

fn incident(id: &str, report: &str, killed: u64) -> Incident {
    let telling = serde_json::json!({"report": report, "event": "v1", "trigger": [14, 20]});
    let incident = serde_json::json!({
        "id": id, "type": "ASSAULT", "mode": "aerial", "acled": null, "status": "happened",
        "place": {"name": "Orvask", "geonameid": 7, "lat": 1.5, "lon": 2.5, "country": "KAZ", "admin1": null, "precision": 1},
        "start": "2024-04-29", "end": "2024-04-29", "date_precision": 1, "actors": [], "targets": ["people"],
        "reports": [report], "origins": ["o1"], "events": [telling], "links": [], "verification": "unconfirmed",
        "tallies": [{"kind": "killed", "of": null, "low": killed, "best": killed, "high": killed, "policy": "ged",
            "disagreement": false, "voices": 1, "claims": [{"report": report, "count": "c1", "origin": "o1",
            "date": "2024-04-30", "low": killed, "best": killed, "high": killed, "words": "4 people were killed",
            "span": [0, 1], "said_by": ["the mayor"], "source_class": "official", "counted": true}]}]
    });
    serde_json::from_value(incident).unwrap()
}

#[test]
fn what_was_made_comes_back_and_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut c = collection(&folder.path().join("c"), &[record("a", None, "Orvask", 4), record("b", None, "Orvask", 5)]);
    assert_eq!(c.freshness().unwrap(), Freshness::Never);
    let log = c.sizes().unwrap().log;
    let (origins, incidents) = ([origin("o1", &["a", "b"])], [incident("i1", "a", 4), incident("i2", "b", 5)]);
    c.replace_derived(&origins, &incidents, log, &[]).unwrap();
    c.replace_derived(&origins, &incidents, log, &[]).unwrap();
    assert_eq!(c.freshness().unwrap(), Freshness::Current);
    assert_eq!((c.origins().unwrap(), c.incidents().unwrap()), (origins.to_vec(), incidents.to_vec()));
    assert_eq!(c.incident("i2").unwrap().unwrap(), incidents[1]);
    assert_eq!(c.incidents_of("b").unwrap(), incidents[1..]);
    assert_eq!(c.incident("i3").unwrap(), None);

    c.add(&prepared(&[record("d", None, "Orvask", 6)]), AT).unwrap();
    assert_eq!(c.freshness().unwrap(), Freshness::Behind(2));
    let more = incident("i3", "d", 6);
    c.update_derived(&[], &["i2".into()], &[origin("o2", &["d"])], &[more], 3, &[]).unwrap();
    let ids = |c: &recount_store::Collection| c.incidents().unwrap().into_iter().map(|i| i.id).collect::<Vec<_>>();
    assert_eq!(ids(&c), ["i1", "i3"]);

    // A report that is not there: nothing changes.
    assert!(c.replace_derived(&[origin("o9", &["nowhere"])], &[], 3, &[]).is_err());
    assert_eq!(ids(&c), ["i1", "i3"]);
    assert!(c.audit(None).unwrap().clean());
}
