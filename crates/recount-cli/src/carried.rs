//! Decisions on rows of an earlier reading → the same rows as the report is read now.

use recount::record::across::{Decision, Told, Verdict};
use recount::record::{Entity, Record};
use recount_store::Collection;
use serde_json::Value;
use std::collections::HashMap;

/// Decisions as they hold for the records that count.
pub struct Carried {
    pub decisions: Vec<Decision>,
    /// By report: people that are to be masked and whom the newer reading does not know as anybody.
    pub masked: HashMap<String, Vec<Entity>>,
    /// What could not be carried over, for people.
    pub lost: Vec<String>,
}

impl Carried {
    /// `counts` gives the record of a report that counts. Where no report was read again nothing changes.
    ///
    /// # Errors
    /// Where the collection cannot be read.
    pub fn of(
        decisions: Vec<Decision>,
        collection: &Collection,
        counts: impl Fn(&str) -> recount_store::Result<Option<Record>>,
    ) -> recount_store::Result<Carried> {
        let mut out = Carried { decisions: Vec::new(), masked: HashMap::new(), lost: Vec::new() };
        if !collection.read_again()? {
            out.decisions = decisions;
            return Ok(out);
        }
        for mut decision in decisions {
            let mut kept = true;
            for report in reports(&decision.verdict) {
                if let Some(old) = collection.record_decided_on(&decision.id, &report)?
                    && let Some(new) = counts(&report)?
                {
                    kept &= out.carry(&mut decision, &old, &new);
                }
            }
            if kept {
                out.decisions.push(decision);
            }
        }
        Ok(out)
    }

    /// Puts the rows of `new` in the place of those of `old`; false where the decision has nothing left to hold for.
    fn carry(&mut self, decision: &mut Decision, old: &Record, new: &Record) -> bool {
        let same = Same::of(old, new);
        let id = decision.id.clone();
        let told = |t: &mut Told| {
            if t.report == old.id
                && let Some(event) = &t.event
            {
                // A telling is known by its words, whatever stands there now.
                let event = same.row(event);
                if let Some(v) = new.events.iter().find(|v| Some(&v.id) == event.as_ref()) {
                    (t.trigger, t.within_title) = (v.trigger, v.within_title.clone());
                }
                t.event = event;
            }
        };
        match &mut decision.verdict {
            Verdict::Merge { a, b } | Verdict::Split { a, b } => {
                told(a);
                told(b);
            }
            Verdict::Verify { told: t, .. } => told(t),
            Verdict::Accept { row, .. } | Verdict::Correct { row, .. } => match same.row(row) {
                Some(there) => *row = there,
                None => {
                    self.lost.push(format!("decision {id} on {}/{row}: no row of the newer reading says so", old.id));
                    return false;
                }
            },
            // What was found wrong and is not read any more bears on nothing.
            Verdict::Reject { row, .. } => match same.row(row) {
                Some(there) => *row = there,
                None => return false,
            },
            Verdict::Redact { entity, .. } => match same.row(entity) {
                Some(there) => *entity = there,
                None => {
                    let person = old.entities.iter().find(|e| e.id == *entity).cloned();
                    self.masked.entry(old.id.clone()).or_default().extend(person);
                    return false;
                }
            },
        }
        true
    }
}

/// The reports that a verdict speaks of.
fn reports(verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::Merge { a, b } | Verdict::Split { a, b } if a.report == b.report => vec![a.report.clone()],
        Verdict::Merge { a, b } | Verdict::Split { a, b } => vec![a.report.clone(), b.report.clone()],
        Verdict::Verify { told, .. } => vec![told.report.clone()],
        Verdict::Accept { report, .. }
        | Verdict::Reject { report, .. }
        | Verdict::Correct { report, .. }
        | Verdict::Redact { report, .. } => vec![report.clone()],
    }
}

/// Two readings of one text, row by row.
struct Same {
    old: Value,
    new: Value,
}

/// Where a row stands: whether in the title, and a range of code points.
type Place = (bool, [u64; 2]);

impl Same {
    fn of(old: &Record, new: &Record) -> Same {
        let json = |record: &Record| serde_json::to_value(record).expect("a record is plain JSON");
        Same { old: json(old), new: json(new) }
    }

    /// The id of the row of the newer reading that says the same: of the same table and kind, read from mostly the same
    /// words.
    fn row(&self, id: &str) -> Option<String> {
        let tables = self.old.as_object()?.iter().filter_map(|(name, rows)| Some((name, rows.as_array()?)));
        let (table, old) =
            tables.flat_map(|(name, rows)| rows.iter().map(move |r| (name, r))).find(|(_, r)| r["id"] == id)?;
        let of_kind = |row: &&Value| ["kind", "type"].iter().all(|k| table == "entities" || row[*k] == old[*k]);
        let rows = self.new[table].as_array()?.iter().filter(of_kind);
        let alike = rows.map(|row| (alike(&places(old), &places(row)), row));
        let best = alike.filter(|(share, _)| *share >= 0.5).max_by(|a, b| a.0.total_cmp(&b.0))?;
        best.1["id"].as_str().map(str::to_owned)
    }
}

/// The words that a row was read from.
fn places(row: &Value) -> Vec<Place> {
    let mut out = Vec::new();
    let range = |v: &Value| Some([v[0].as_u64()?, v[1].as_u64()?]);
    let in_title = row["in"] == "title";
    for key in ["trigger", "span"] {
        out.extend(range(&row[key]).map(|r| (in_title, r)));
    }
    let many = |key: &str| row[key].as_array().into_iter().flatten();
    out.extend(many("content").filter_map(range).map(|r| (in_title, r)));
    for (key, title) in [("mentions", false), ("title_mentions", true)] {
        let of_mention =
            |m: &Value| Some((title || m["in"] == "title", range(&m["span"]).or_else(|| range(&m["trigger"]))?));
        out.extend(many(key).filter_map(of_mention));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// What share of the shorter one's characters both have.
fn alike(a: &[Place], b: &[Place]) -> f64 {
    let length = |all: &[Place]| all.iter().map(|(_, r)| r[1].saturating_sub(r[0])).sum::<u64>();
    let common = |(x, y): (&Place, &Place)| match x.0 == y.0 {
        true => x.1[1].min(y.1[1]).saturating_sub(x.1[0].max(y.1[0])),
        false => 0,
    };
    let both: u64 = a.iter().flat_map(|x| b.iter().map(move |y| common((x, y)))).sum();
    both as f64 / length(a).min(length(b)).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// "Ana Rook said four died and six were hurt."
    fn record(run: &str, entities: Value, counts: Value) -> Record {
        serde_json::from_value(json!({
            "schema": "recount/1", "id": "a", "uri": null, "title": null, "outlet": null, "credit": null,
            "language": "en", "text": "Ana Rook said four died and six were hurt.",
            "published": {"best": null, "stated": []}, "entities": entities, "statements": [], "events": [],
            "relations": [], "places": [], "times": [], "counts": counts,
            "run": {"program": run, "model": "m", "data": "d"},
        }))
        .unwrap()
    }

    fn count(id: &str, kind: &str, span: [usize; 2]) -> Value {
        json!({"id": id, "kind": kind, "low": 4, "best": 4, "high": 4, "span": span, "of": null, "event": null,
            "said_by": [], "score": 1.0})
    }

    fn person(id: &str, span: [usize; 2]) -> Value {
        json!({"id": id, "kind": "person", "name": "Ana Rook", "country": null, "sector": null, "role": null,
            "mentions": [{"span": span, "form": "name"}], "score": 1.0})
    }

    fn carried(verdict: Verdict, old: &Record, new: &Record) -> (Option<Verdict>, Carried) {
        let (id, at, by, reason) = ("d1".into(), "2024-01-01T00:00:00Z".into(), "A. Reviewer".into(), String::new());
        let mut decision = Decision { id, at, by, reason, verdict };
        let mut out = Carried { decisions: Vec::new(), masked: HashMap::new(), lost: Vec::new() };
        let kept = out.carry(&mut decision, old, new);
        (kept.then_some(decision.verdict), out)
    }

    #[test]
    fn a_row_is_known_again_by_its_words_and_not_by_its_number() {
        let old = record("1", json!([person("e1", [0, 8])]), json!([count("c1", "killed", [14, 18])]));
        let new = record(
            "2",
            json!([person("e1", [28, 31]), person("e2", [0, 8])]),
            json!([count("c1", "injured", [28, 31]), count("c2", "killed", [14, 18])]),
        );
        let (report, row) = (|| "a".to_owned(), |row: &str| row.to_owned());
        let (reject, _) = carried(Verdict::Reject { report: report(), row: row("c1") }, &old, &new);
        assert_eq!(reject, Some(Verdict::Reject { report: report(), row: row("c2") }));
        let (redact, _) = carried(Verdict::Redact { report: report(), entity: row("e1") }, &old, &new);
        assert_eq!(redact, Some(Verdict::Redact { report: report(), entity: row("e2") }));
    }

    #[test]
    fn what_is_not_read_any_more_is_told_and_who_is_masked_stays_masked() {
        let old = record("1", json!([person("e1", [0, 8])]), json!([count("c1", "killed", [14, 18])]));
        let new = record("2", json!([]), json!([count("c1", "injured", [14, 18])]));
        let (report, row) = (|| "a".to_owned(), |row: &str| row.to_owned());
        let (gone, out) = carried(Verdict::Reject { report: report(), row: row("c1") }, &old, &new);
        assert!(gone.is_none() && out.lost.is_empty());
        let (gone, out) = carried(Verdict::Accept { report: report(), row: row("c1") }, &old, &new);
        assert!(gone.is_none() && out.lost.len() == 1, "{:?}", out.lost);
        let (gone, out) = carried(Verdict::Redact { report: report(), entity: row("e1") }, &old, &new);
        assert!(gone.is_none() && out.masked["a"][0].name == "Ana Rook");
    }
}
