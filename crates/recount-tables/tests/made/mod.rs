//! A small collection made by hand: three reports of one shooting in an invented town, two of them one voice.

use recount::record::Record;
use recount::record::across::{Incident, Origin};
use serde_json::{Value, json};

/// What must not be read in anything public: names of private people, by every spelling that the reports have.
#[allow(dead_code, reason = "not every user of this file asks for it")]
pub const PRIVATE: &[&str] = &["Amsel", "AMSEL", "amsel", "Zoë", "Zoe", "zoe", "Tomas", "Weld", "weld", "李小龙"];

/// What private people are quoted with.
#[allow(dead_code, reason = "not every user of this file asks for it")]
pub const QUOTED: &str = "We ran when the shots came from the roof";

const WIRE: &str = "PORT MAREN (KNA) — At least eleven people were killed on Tuesday when police fired on \
dock workers, the Harbour Union said. The ministry put the toll at four.\n\nZoë Amsel, a bus driver, died at the gate. \
“We ran when the shots came from the roof,” said Tomas Weld, who lost his brother. The AMSEL family has asked for an \
inquiry. 记者李小龙 was there too. =HYPERLINK(\"http://x.example\") stood on the wall.";

const COPY: &str = "By KNA. At least eleven people were killed on Tuesday when police fired on dock workers, the \
Harbour Union said. Zoe Amsel died at the gate; Ms Amsel drove a bus.";

const MINISTRY: &str = "Dozens were hurt and four people died in Port Maren on Tuesday, Interior Minister Adela Kroon \
said. “Nobody gave an order to shoot,” she said. The strike has not been called off.";

/// Replaces each `"@words"` by the range of these words in the text, `"^words"` in the title.
fn resolved(value: Value, text: &str, title: &str) -> Value {
    let find = |source: &str, words: &str| {
        let at = source.find(words).unwrap_or_else(|| panic!("{words:?} stands nowhere"));
        let start = source[..at].chars().count();
        json!([start, start + words.chars().count()])
    };
    match value {
        Value::String(s) => match (s.strip_prefix('@'), s.strip_prefix('^')) {
            (Some(words), _) => find(text, words),
            (_, Some(words)) => find(title, words),
            _ => Value::String(s),
        },
        Value::Array(all) => all.into_iter().map(|v| resolved(v, text, title)).collect(),
        Value::Object(all) => all.into_iter().map(|(k, v)| (k, resolved(v, text, title))).collect(),
        other => other,
    }
}

/// A record from what is told of it; rows that are not told of are none.
fn record(id: &str, title: &str, text: &str, rest: Value) -> Record {
    let mut whole = json!({
        "schema": "recount/1", "id": id, "uri": null, "title": title, "outlet": null, "credit": null,
        "language": "en", "text": text, "published": {"best": null, "stated": []},
        "entities": [], "statements": [], "events": [], "counts": [], "relations": [], "places": [], "times": [],
        "run": {"program": "recount test", "model": "none", "data": "none"},
    });
    let Value::Object(rest) = resolved(rest, text, title) else { panic!("an object") };
    for (key, value) in rest {
        whole[key] = value;
    }
    serde_json::from_value(whole).unwrap()
}

fn name(span: &str) -> Value {
    json!({"span": span, "form": "name"})
}

fn in_title(span: &str) -> Value {
    json!({"span": span, "form": "name", "in": "title"})
}

fn told(trigger: &str, status: &str, said_by: Value) -> Value {
    json!([{"trigger": trigger, "status": status, "said_by": said_by}])
}

pub fn records() -> Vec<Record> {
    vec![wire(), copy(), ministry()]
}

fn wire() -> Record {
    record(
        "wire-1",
        "Amsel among the dead",
        WIRE,
        json!({
            "outlet": "Harbour Post", "credit": "KNA", "uri": "https://post.example/2024/zo%C3%AB-amsel-dead",
            "published": {"best": "2024-03-13", "stated": [
                {"value": "2024-03-13", "span": null, "from": "json-ld", "words": "2024-03-13T08:00"}]},
            "entities": [
                {"id": "e1", "kind": "organisation", "name": "police", "country": null, "sector": "COP", "role": null,
                 "mentions": [{"span": "@police", "form": "nominal"}], "score": 0.9},
                {"id": "e2", "kind": "group", "name": "dock workers", "country": null, "sector": "LAB", "role": null,
                 "mentions": [{"span": "@dock workers", "form": "nominal"}], "score": 0.7},
                {"id": "e3", "kind": "organisation", "name": "Harbour Union", "country": null, "sector": "LAB",
                 "role": null, "mentions": [name("@Harbour Union")], "score": 0.9},
                {"id": "e4", "kind": "person", "name": "Zoë Amsel", "country": "FRA", "sector": "CVL",
                 "role": "bus driver", "private": true,
                 "mentions": [in_title("^Amsel"), name("@Zoë Amsel"), name("@AMSEL")], "score": 0.9},
                {"id": "e5", "kind": "person", "name": "Tomas Weld", "country": null, "sector": null, "role": null,
                 "private": true, "mentions": [name("@Tomas Weld")], "score": 0.9},
                {"id": "e6", "kind": "person", "name": "李小龙", "country": null, "sector": "JRN", "role": null,
                 "private": true, "mentions": [name("@李小龙")], "score": 0.9},
                {"id": "e7", "kind": "organisation", "name": "ministry", "country": null, "sector": "GOV",
                 "role": null, "mentions": [{"span": "@ministry", "form": "nominal"}], "score": 0.9},
            ],
            "statements": [
                {"id": "s1", "form": "indirect",
                 "source": {"entity": "e3", "class": "organisation", "span": "@Harbour Union"}, "cue": "@said",
                 "content": ["@At least eleven people were killed on Tuesday when police fired on dock workers"],
                 "act": "asserts", "channel": null, "addressee": null, "time": null, "within": null, "score": 0.9},
                {"id": "s2", "form": "indirect",
                 "source": {"entity": "e7", "class": "official", "span": "@ministry"}, "cue": "@put",
                 "content": ["@the toll at four"], "act": "asserts", "channel": "=1+1\tcall", "addressee": null,
                 "time": null, "within": null, "score": 0.9},
                {"id": "s3", "form": "direct",
                 "source": {"entity": "e5", "class": "witness", "span": "@Tomas Weld"}, "cue": "@said Tomas",
                 "content": ["@We ran when the shots came from the roof"], "act": "asserts",
                 "channel": "a call to Zoe", "addressee": null, "time": null, "within": null, "score": 0.9},
            ],
            "events": [
                {"id": "v1", "type": "ASSAULT", "mode": "firearms", "acled": "Excessive force against protesters",
                 "trigger": "@fired", "status": "happened", "actors": [{"entity": "e1", "span": "@police"}],
                 "targets": [{"entity": "e2", "span": "@dock workers"}], "instruments": [], "place": "p1",
                 "time": "t1", "said_by": ["s1"], "mentions": told("@fired", "happened", json!(["s1"])),
                 "score": 0.8},
                {"id": "v2", "type": "ASSAULT", "mode": null, "acled": "Attack", "trigger": "@died",
                 "status": "happened", "actors": [], "targets": [{"entity": "e4", "span": "@Zoë Amsel"}],
                 "instruments": [], "place": null, "time": null, "said_by": [],
                 "mentions": told("@died", "happened", json!([])), "score": 0.6},
            ],
            "counts": [
                {"id": "c1", "kind": "killed", "low": 11, "best": 11, "high": null, "span": "@eleven",
                 "of": {"span": "@people"}, "event": "v1", "said_by": ["s1"], "score": 0.7},
                {"id": "c2", "kind": "killed", "low": 4, "best": 4, "high": 4, "span": "@four", "of": null,
                 "event": "v1", "said_by": ["s2"], "score": 0.7},
            ],
            "relations": [{"id": "r1", "subject": "e5", "kind": "kin", "detail": "brother", "object": "e4",
                "span": "@his brother", "said_by": [], "score": 0.5}],
            "places": [{"id": "p1", "name": "Port Maren", "geonameid": 12345, "lat": -12.34567, "lon": 45.6789,
                "country": "COM", "admin1": "-West=", "precision": 1, "mentions": [name("@PORT MAREN")],
                "score": 0.9}],
            "times": [{"id": "t1", "span": "@Tuesday", "type": "DATE", "timex": "2024-03-12", "start": "2024-03-12",
                "end": "2024-03-12", "precision": 1, "score": 0.9}],
            "notes": ["cut at Weld"],
        }),
    )
}

fn copy() -> Record {
    record(
        "copy-2",
        "Deaths at the terminal",
        COPY,
        json!({
            "outlet": "Morning Ledger", "credit": "KNA", "uri": "https://ledger.example/terminal",
            "published": {"best": "2024-03-14", "stated": []},
            "statements": [{"id": "s1", "form": "indirect",
                "source": {"entity": null, "class": "organisation", "span": "@Harbour Union"}, "cue": "@said",
                "content": ["@At least eleven people were killed on Tuesday"], "act": "asserts", "channel": null,
                "addressee": null, "time": null, "within": null, "score": 0.9}],
            "events": [{"id": "v1", "type": "ASSAULT", "mode": "firearms", "acled": "Excessive force against protesters",
                "trigger": "@fired", "status": "happened", "actors": [], "targets": [], "instruments": [],
                "place": null, "time": null, "said_by": ["s1"],
                "mentions": told("@fired", "happened", json!(["s1"])), "score": 0.8}],
            "counts": [{"id": "c1", "kind": "killed", "low": 11, "best": 11, "high": null, "span": "@eleven",
                "of": null, "event": "v1", "said_by": ["s1"], "score": 0.7}],
        }),
    )
}

fn ministry() -> Record {
    // A name that a spreadsheet would run; not among the rest, where it would be looked for in the text.
    Record { outlet: Some("@tv".to_owned()), ..minister() }
}

fn minister() -> Record {
    record(
        "2024/zoe-amsel-and-others",
        "",
        MINISTRY,
        json!({
            "title": null, "uri": "https://tv.example/news?id=7",
            "published": {"best": "2024-03-14", "stated": []},
            "entities": [{"id": "e1", "kind": "person", "name": "Adela Kroon", "country": "COM", "sector": "GOV",
                "role": "Interior Minister", "mentions": [name("@Adela Kroon")], "score": 0.9}],
            "statements": [
                {"id": "s1", "form": "indirect",
                 "source": {"entity": "e1", "class": "official", "span": "@Adela Kroon"}, "cue": "@said",
                 "content": ["@Dozens were hurt and four people died in Port Maren on Tuesday"], "act": "asserts",
                 "channel": null, "addressee": null, "time": null, "within": null, "score": 0.9},
                {"id": "s2", "form": "direct",
                 "source": {"entity": "e1", "class": "official", "span": null}, "cue": null,
                 "content": ["@Nobody gave an order to shoot"], "act": "denies", "channel": null, "addressee": null,
                 "time": null, "within": null, "score": 0.9}],
            "events": [
                {"id": "v1", "type": "ASSAULT", "mode": null, "acled": "Attack", "trigger": "@died",
                 "status": "happened", "actors": [], "targets": [], "instruments": [], "place": "p1", "time": null,
                 "said_by": ["s1"], "mentions": told("@died", "happened", json!(["s1"])), "score": 0.8},
                {"id": "v2", "type": "PROTEST", "mode": "strike", "acled": "Peaceful protest",
                 "trigger": "@called off", "status": "negated", "actors": [], "targets": [], "instruments": [],
                 "place": null, "time": null, "said_by": [], "historical": true,
                 "mentions": told("@called off", "negated", json!([])), "score": 0.8}],
            "counts": [
                {"id": "c1", "kind": "killed", "low": 4, "best": 4, "high": 4, "span": "@four", "of": null,
                 "event": "v1", "said_by": ["s1"], "score": 0.7},
                {"id": "c2", "kind": "injured", "low": 24, "best": null, "high": 99, "span": "@Dozens", "of": null,
                 "event": "v1", "said_by": ["s1"], "score": 0.7}],
            "places": [{"id": "p1", "name": "Port Maren", "geonameid": null, "lat": null, "lon": null,
                "country": null, "admin1": null, "precision": null, "mentions": [name("@Port Maren")],
                "score": 0.4}],
        }),
    )
}

pub fn origins() -> Vec<Origin> {
    let all = json!([
        {"id": "o1", "reports": ["wire-1", "copy-2"], "earliest": "wire-1", "agency": "KNA",
         "copies": [{"report": "copy-2", "from": "wire-1", "share": 0.9, "by": ["passage", "agency"]}]},
        {"id": "o-2024/zoe-amsel-and-others", "reports": ["2024/zoe-amsel-and-others"], "earliest": "2024/zoe-amsel-and-others",
         "agency": null, "copies": []},
    ]);
    serde_json::from_value(all).unwrap()
}

pub fn incidents() -> Vec<Incident> {
    let records = records();
    let trigger = |r: usize, v: usize| json!(records[r].events[v].trigger);
    let span = |r: usize, c: usize| json!(records[r].counts[c].span);
    let third = "2024/zoe-amsel-and-others";
    let told = |report: &str, r: usize, v: usize| json!({"report": report, "event": format!("v{}", v + 1), "trigger": trigger(r, v)});
    let union = json!({"report": "wire-1", "count": "c1", "origin": "o1", "date": "2024-03-13", "low": 11, "best": 11,
        "high": null, "words": "At least eleven people were killed on Tuesday when police fired on dock workers, \
        the Harbour Union said.", "span": span(0, 0), "said_by": ["Harbour Union"], "source_class": "organisation",
        "counted": true});
    let again = json!({"report": "copy-2", "count": "c1", "origin": "o1", "date": "2024-03-14", "low": 11, "best": 11,
        "high": null, "words": "At least eleven people were killed on Tuesday", "span": span(1, 0),
        "said_by": ["Harbour Union"], "source_class": "organisation", "counted": false, "why_not": "same-origin"});
    let official = json!({"report": third, "count": "c1", "origin": format!("o-{third}"), "date": "2024-03-14",
        "low": 4, "best": 4, "high": 4, "words": "Dozens were hurt and four people died in Port Maren on Tuesday",
        "span": span(2, 0), "said_by": ["Adela Kroon"], "source_class": "official", "counted": true});
    let named = json!({"report": "wire-1", "count": "c2", "origin": "o1", "date": "2024-03-13", "low": 1, "best": 1,
        "high": 1, "words": "Zoë Amsel, a bus driver, died at the gate.", "span": [200, 203], "said_by": ["Tomas Weld"],
        "source_class": "witness", "counted": true});
    let all = json!([
        {"id": "i1", "type": "ASSAULT", "mode": "firearms", "acled": "Excessive force against protesters",
         "status": "happened",
         "place": {"name": "Port Maren", "geonameid": 12345, "lat": -12.34567, "lon": 45.6789, "country": "COM",
            "admin1": "West", "precision": 1},
         "start": "2024-03-12", "end": "2024-03-12", "date_precision": 1, "actors": ["police"],
         "targets": ["dock workers", "Zoë Amsel"], "reports": ["wire-1", "copy-2", third],
         "origins": ["o1", format!("o-{third}")],
         "events": [told("wire-1", 0, 0), told("wire-1", 0, 1), told("copy-2", 1, 0), told(third, 2, 0)],
         "links": [
            {"a": told("wire-1", 0, 0), "b": told("copy-2", 1, 0), "score": 0.95, "reasons": ["one day apart"]},
            {"a": told("wire-1", 0, 1), "b": told(third, 2, 0), "score": 0.8,
             "reasons": ["both name Zoë Amsel", "same town: Port Maren"]}],
         "verification": "partially-corroborated",
         "tallies": [
            {"kind": "killed", "of": null, "low": 4, "best": 11, "high": null, "policy": "ucdp-like",
             "disagreement": true, "voices": 2, "claims": [union, again, official]},
            {"kind": "killed", "of": "civilians", "low": 1, "best": 1, "high": 1, "policy": "ucdp-like",
             "disagreement": false, "voices": 1, "claims": [named]}]},
        {"id": "i2", "type": "PROTEST", "mode": "strike", "acled": "Peaceful protest", "status": "negated",
         "place": null, "start": null, "end": null, "date_precision": null, "actors": [], "targets": [],
         "reports": [third], "origins": [format!("o-{third}")], "events": [told(third, 2, 1)], "links": [],
         "verification": "unconfirmed", "tallies": []},
    ]);
    serde_json::from_value(all).unwrap()
}
