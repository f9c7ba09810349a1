//! Records written by hand: small, whole, and with every kind of row.
#![allow(dead_code, reason = "each file of tests uses its share")]

use recount::record::Record;
use recount_store::{Access, Collection, Prepared};
use std::path::Path;

/// When everything in these tests is added.
pub const AT: &str = "2024-05-01T12:00:00Z";

/// A report of some dead at a place on a day, said by a mayor in the lead.
pub fn record(id: &str, uri: Option<&str>, place: &str, killed: u64) -> Record {
    let lead = format!("{killed} people were killed by a drone in {place} on Monday");
    let text = format!("{lead}, the mayor said.");
    let at = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        [start, start + words.chars().count()]
    };
    let figure = killed.to_string();
    let record = serde_json::json!({
        "schema": "recount/1", "id": id, "uri": uri, "title": format!("Strike in {place}"), "outlet": "The Lantern",
        "credit": null, "language": "en", "text": text,
        "published": {"best": "2024-04-30", "stated": []},
        "entities": [
            {"id": "e1", "kind": "group", "name": "people", "country": null, "sector": "CVL", "role": null,
             "mentions": [{"span": at("people"), "form": "nominal"}], "score": 0.9},
            {"id": "e2", "kind": "person", "name": "the mayor", "country": "KAZ", "sector": "GOV", "role": "mayor",
             "mentions": [{"span": at("the mayor"), "form": "nominal"}], "score": 0.8}],
        "statements": [{"id": "s1", "form": "indirect", "source": {"entity": "e2", "class": "official",
            "span": at("the mayor")}, "cue": at("said"), "content": [at(&lead)], "act": "asserts", "channel": null,
            "addressee": null, "time": null, "within": null, "score": 0.9}],
        "events": [{"id": "v1", "type": "ASSAULT", "mode": "aerial", "acled": "Air/drone strike",
            "trigger": at("killed"), "status": "happened", "actors": [],
            "targets": [{"entity": "e1", "span": at("people")}], "instruments": [{"entity": null, "span": at("drone")}],
            "place": "p1", "time": "t1", "said_by": ["s1"],
            "mentions": [{"trigger": at("killed"), "status": "happened", "said_by": ["s1"]}], "score": 0.9}],
        "counts": [{"id": "c1", "kind": "killed", "low": killed, "best": killed, "high": killed, "span": at(&figure),
            "of": {"span": at("people")}, "event": "v1", "said_by": ["s1"], "score": 0.9}],
        "relations": [{"id": "r1", "subject": "e2", "kind": "office", "detail": "mayor", "object": "p1",
            "span": at("the mayor"), "said_by": [], "score": 0.7}],
        "places": [{"id": "p1", "name": place, "geonameid": 1526384, "lat": 43.25, "lon": 76.92, "country": "KAZ",
            "admin1": "Almaty", "precision": 1, "mentions": [{"span": at(place), "form": "name"}], "score": 0.9}],
        "times": [{"id": "t1", "span": at("Monday"), "type": "DATE", "timex": "2024-04-29", "start": "2024-04-29",
            "end": "2024-04-29", "precision": 1, "score": 0.9}],
        "run": {"program": "recount 0.1.0", "model": "m", "data": "d"}
    });
    serde_json::from_value(record).unwrap()
}

/// A record whose input gave neither id nor address.
pub fn nameless(place: &str, killed: u64) -> Record {
    let mut record = record("", None, place, killed);
    record.id = recount::intake::made_id(&record.text, "a.txt");
    record
}

pub fn prepared(records: &[Record]) -> Vec<Prepared> {
    records.iter().map(|r| Prepared::of(r.clone(), Some("a.txt"))).collect()
}

/// A new collection that holds some records.
pub fn collection(path: &Path, records: &[Record]) -> Collection {
    let mut collection = Collection::open(path, Access::Create).unwrap();
    collection.add(&prepared(records), AT).unwrap();
    collection
}
