//! A record as people decided: wrong rows taken out, values corrected, people masked.
#![allow(clippy::result_large_err, reason = "what is handed back is the record itself, once a misfit")]

use crate::carried::Carried;
use recount::record::across::Verdict;
use recount::record::{Entity, Record};
use serde_json::Value;
use std::collections::HashMap;

/// What was decided of rows, by report, in the order in which it was decided.
pub struct Decided<'a> {
    by_report: HashMap<&'a str, Vec<&'a Verdict>>,
    /// People to be masked whom the record does not know.
    strangers: &'a HashMap<String, Vec<Entity>>,
}

impl<'a> Decided<'a> {
    pub fn of(carried: &'a Carried) -> Decided<'a> {
        let mut by_report: HashMap<&str, Vec<&Verdict>> = HashMap::new();
        for decision in &carried.decisions {
            let report = match &decision.verdict {
                Verdict::Accept { report, .. }
                | Verdict::Reject { report, .. }
                | Verdict::Correct { report, .. }
                | Verdict::Redact { report, .. } => report,
                _ => continue,
            };
            by_report.entry(report).or_default().push(&decision.verdict);
        }
        Decided { by_report, strangers: &carried.masked }
    }

    /// The record with decisions applied. A rejected row is left out, unless a later decision accepts it.
    ///
    /// # Errors
    /// Names the report and the correction whose value does not fit its field; the record is then as it was read.
    pub fn record(&self, record: Record) -> Result<Record, (Record, String)> {
        let strangers = self.strangers.get(&record.id).map(Vec::as_slice).unwrap_or_default();
        let verdicts = self.by_report.get(record.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if verdicts.is_empty() && strangers.is_empty() {
            return Ok(record);
        }
        let mut value = serde_json::to_value(&record).expect("a record is plain JSON");
        let mut rejected: Vec<&str> = Vec::new();
        let mut masked: Vec<&str> = Vec::new();
        for verdict in verdicts {
            match verdict {
                Verdict::Accept { row, .. } => rejected.retain(|r| r != row),
                Verdict::Reject { row, .. } => rejected.push(row),
                Verdict::Redact { entity, .. } => masked.push(entity),
                Verdict::Correct { row, field, value: new, .. } => {
                    if let Some(found) = rows(&mut value).find(|r| r["id"] == **row) {
                        found[field.as_str()] = new.clone();
                    }
                }
                _ => {}
            }
        }
        for table in TABLES {
            if let Some(rows) = value[table].as_array_mut() {
                rows.retain(|r| !r["id"].as_str().is_some_and(|id| rejected.contains(&id)));
            }
        }
        let decided: Result<Record, _> = serde_json::from_value(value);
        let mut decided = match decided {
            Ok(decided) => decided,
            Err(e) => {
                let reason = format!("{}: a correction does not fit its field ({e}); left as it was read", record.id);
                return Err((record, reason));
            }
        };
        let known = decided.entities.len();
        decided.entities.extend(strangers.iter().cloned());
        for (n, stranger) in decided.entities.iter_mut().enumerate().skip(known) {
            stranger.id = format!("e{}", n + 1);
        }
        if masked.is_empty() && strangers.is_empty() {
            return Ok(decided);
        }
        // Only these are masked here; who else is private is the profile's business.
        let private: Vec<bool> = decided.entities.iter().map(|e| e.private).collect();
        let kinds: Vec<String> = decided.entities.iter().map(|e| e.kind.clone()).collect();
        for (n, e) in decided.entities.iter_mut().enumerate() {
            e.private = masked.contains(&e.id.as_str()) || n >= known;
            if e.private {
                e.kind = "person".to_owned();
            }
        }
        let mut decided = decided.redacted();
        for ((e, was), kind) in decided.entities.iter_mut().zip(private).zip(kinds) {
            e.private |= was;
            e.kind = kind;
        }
        Ok(decided)
    }
}

const TABLES: [&str; 7] = ["entities", "statements", "events", "counts", "relations", "places", "times"];

fn rows(record: &mut Value) -> impl Iterator<Item = &mut Value> {
    let tables = record.as_object_mut().into_iter().flat_map(|o| o.iter_mut());
    tables.filter(|(k, _)| TABLES.contains(&k.as_str())).filter_map(|(_, v)| v.as_array_mut()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use recount::record::across::Decision;
    use serde_json::json;

    fn record() -> Record {
        let text = "Ana Rook said four died.";
        serde_json::from_value(json!({
            "schema": "recount/1", "id": "a", "uri": null, "title": null, "outlet": null, "credit": null,
            "language": "en", "text": text, "published": {"best": null, "stated": []},
            "entities": [{"id": "e1", "kind": "person", "name": "Ana Rook", "country": null, "sector": null,
                "role": null, "mentions": [{"span": [0, 8], "form": "name"}], "score": 1.0}],
            "statements": [], "events": [], "relations": [], "places": [], "times": [],
            "counts": [{"id": "c1", "kind": "killed", "low": 4, "best": 4, "high": 4, "span": [14, 18], "of": null,
                "event": null, "said_by": [], "score": 1.0}],
            "run": {"program": "p", "model": "m", "data": "d"},
        }))
        .unwrap()
    }

    fn decided(verdicts: Vec<Verdict>) -> Result<Record, (Record, String)> {
        let decision = |verdict| Decision {
            id: "d".into(),
            at: "2024-01-01T00:00:00Z".into(),
            by: "A. Reviewer".into(),
            reason: String::new(),
            verdict,
        };
        let decisions = verdicts.into_iter().map(decision).collect();
        Decided::of(&Carried { decisions, masked: HashMap::new(), lost: Vec::new() }).record(record())
    }

    #[test]
    fn rows_are_rejected_accepted_again_and_corrected() {
        let (report, row) = (|| "a".to_owned(), || "c1".to_owned());
        let reject = || Verdict::Reject { report: report(), row: row() };
        let correct = |value| Verdict::Correct { report: report(), row: row(), field: "best".into(), value };
        assert!(decided(vec![reject()]).unwrap().counts.is_empty());
        let again = decided(vec![reject(), Verdict::Accept { report: report(), row: row() }]).unwrap();
        assert_eq!(again.counts.len(), 1);
        assert_eq!(decided(vec![correct(json!(5))]).unwrap().counts[0].best, Some(5));
        let (kept, reason) = decided(vec![correct(json!("five"))]).unwrap_err();
        assert_eq!(kept, record());
        assert!(reason.starts_with("a: a correction does not fit"), "{reason}");
    }

    #[test]
    fn whoever_was_redacted_is_masked_in_every_profile() {
        let masked = decided(vec![Verdict::Redact { report: "a".into(), entity: "e1".into() }]).unwrap();
        assert_eq!(masked.text, "███ ████ said four died.");
        assert!(masked.entities[0].private);
    }

    #[test]
    fn whoever_was_masked_stays_so_where_the_newer_reading_knows_nobody() {
        let mut read = record();
        let masked = HashMap::from([("a".to_owned(), std::mem::take(&mut read.entities))]);
        let carried = Carried { decisions: Vec::new(), masked, lost: Vec::new() };
        let decided = Decided::of(&carried).record(read).unwrap();
        assert_eq!(decided.text, "███ ████ said four died.");
    }
}
