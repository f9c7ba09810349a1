//! Reports whose origin is known, and how well a grouping agrees with it: the figures of `bench/tasks/origins.py`.

use recount::reconcile::origins::Sketch;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A report whose origin is known.
pub struct Labelled {
    pub sketch: Sketch,
    /// Reports with the same are copies of one.
    pub origin: String,
    /// What was done to it: `original`, a kind of copy, `negative`.
    pub kind: String,
    /// Different reports of one event that are no copies.
    pub event: Option<String>,
}

/// Reads a file of the origins bench.
pub fn read(path: &Path) -> Result<Vec<Labelled>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let row = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display()))?;
        let word = |key: &str| row[key].as_str().unwrap_or_default();
        let gold = |key: &str| row["gold"][key].as_str().unwrap_or_default().to_owned();
        Ok(Labelled {
            sketch: Sketch::of_text(word("id"), row["published"].as_str(), None, word("text")),
            origin: gold("origin"),
            kind: gold("kind"),
            event: row["gold"]["event"].as_str().map(str::to_owned),
        })
    };
    text.lines().map(row).collect()
}

/// How well a grouping agrees with what is known.
pub struct Figures {
    pub pair_f1: f64,
    pair_precision: f64,
    pair_recall: f64,
    /// By kind of copy: how many stand with their original, of how many.
    recall: BTreeMap<String, (usize, usize)>,
    /// Pairs of different reports on one event: how many were put together, of how many.
    same_event: (usize, usize),
    /// Wrong and missing pairs, in words.
    pub errors: Vec<String>,
}

impl Figures {
    /// `group` gives the group of a report's id.
    pub fn of(rows: &[Labelled], group: impl Fn(&str) -> usize) -> Figures {
        let guess: Vec<usize> = rows.iter().map(|r| group(r.sketch.id())).collect();
        let (mut right, mut wrong, mut missing) = (0u64, 0u64, 0u64);
        let mut same_event = (0, 0);
        let mut errors = BTreeSet::new();
        for i in 0..rows.len() {
            for j in 0..i {
                let (x, y) = (&rows[i], &rows[j]);
                let (one, together) = (x.origin == y.origin, guess[i] == guess[j]);
                match (one, together) {
                    (true, true) => right += 1,
                    (false, true) => wrong += 1,
                    (true, false) => missing += 1,
                    _ => {}
                }
                if one != together {
                    let what = if together { "joined" } else { "parted" };
                    let of = |r: &Labelled| format!("{} ({}, {})", r.sketch.id(), r.kind, r.origin);
                    errors.insert(format!("{what} {} and {}", of(y), of(x)));
                }
                if !one && x.event.is_some() && x.event == y.event {
                    same_event.1 += 1;
                    same_event.0 += usize::from(together);
                }
            }
        }
        let mut recall: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let originals: BTreeMap<&str, usize> = rows
            .iter()
            .zip(&guess)
            .filter(|(r, _)| r.kind == "original")
            .map(|(r, g)| (r.origin.as_str(), *g))
            .collect();
        for (row, guess) in rows.iter().zip(&guess).filter(|(r, _)| r.kind != "original" && r.kind != "negative") {
            let of_kind = recall.entry(row.kind.clone()).or_default();
            of_kind.0 += usize::from(originals.get(row.origin.as_str()) == Some(guess));
            of_kind.1 += 1;
        }
        let share = |n: u64, of: u64| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        Figures {
            pair_f1: share(2 * right, 2 * right + wrong + missing),
            pair_precision: share(right, right + wrong),
            pair_recall: share(right, right + missing),
            recall,
            same_event,
            errors: errors.into_iter().collect(),
        }
    }

    pub fn print(&self) {
        println!("  pair F1 {:.4}, precision {:.4}, recall {:.4}", self.pair_f1, self.pair_precision, self.pair_recall);
        let kinds: Vec<String> = self.recall.iter().map(|(kind, (n, of))| format!("{kind} {n}/{of}")).collect();
        println!("  copies with their original: {}", kinds.join(", "));
        println!("  different reports of one event put together: {} of {} pairs", self.same_event.0, self.same_event.1);
    }
}
