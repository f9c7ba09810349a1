//! The model as the program runs it against the Python that trained it, on the stored inputs of `parity.json`
//! (made by `training/parity.py` with the weights beside it).
#![allow(clippy::disallowed_methods)] // The fixture is a file.

use recount::model::{Head, Input, Model, Reading};
use recount::span::Tokens;
use serde_json::Value;

/// Raw scores may differ by this much: the two runtimes add in another order.
const TOLERANCE: f64 = 2e-3;
/// Of a thousand likeliest labels this many may differ, where two are equally likely.
const FLIPS: usize = 5;

fn fixture() -> Option<Vec<Value>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/parity.json");
    match std::fs::read_to_string(path) {
        Ok(json) => {
            let all: Value = serde_json::from_str(&json).expect("the fixture is JSON");
            Some(all["texts"].as_array().expect("the fixture has texts").clone())
        }
        Err(e) => {
            println!("not compared: {path}: {e}");
            None
        }
    }
}

fn numbers(row: &Value) -> Vec<usize> {
    row.as_array().expect("a list").iter().map(|v| v.as_u64().expect("a number") as usize).collect()
}

fn words(row: &Value) -> Vec<&str> {
    row["words"].as_array().expect("words").iter().map(|w| w.as_str().expect("a word")).collect()
}

/// The words of a row as the model takes them.
fn inputs(row: &Value) -> Vec<Input<'_>> {
    let inside = numbers(&row["inside"]);
    words(row).into_iter().zip(inside).map(|(word, i)| Input { word, quoted: i == 1 }).collect()
}

/// The model's reading of a row, one sentence a range, in one window.
fn read(model: &Model, row: &Value) -> Reading {
    let starts = numbers(&row["sentences"]);
    let ends = starts.iter().skip(1).copied().chain([words(row).len()]);
    let sentences: Vec<Tokens> = starts.iter().copied().zip(ends).map(|(a, b)| Tokens::new(a, b)).collect();
    model.read(&inputs(row), &sentences)
}

#[test]
fn words_are_cut_into_the_same_pieces_with_the_same_features() {
    let Some(rows) = fixture() else { return };
    let model = Model::open().expect("the carried weights open");
    for row in &rows {
        let (pieces, features, first) = model.pieces(&inputs(row));
        let ours = |v: &[i32]| v.iter().map(|x| *x as usize).collect::<Vec<_>>();
        assert_eq!(ours(&pieces), numbers(&row["pieces"]), "{}", row["text"]);
        assert_eq!(ours(&features), numbers(&row["features"]), "{}", row["text"]);
        assert_eq!(ours(&first), numbers(&row["first"]), "{}", row["text"]);
    }
}

#[test]
fn scores_are_the_same() {
    let Some(rows) = fixture() else { return };
    let model = Model::open().expect("the carried weights open");
    for row in &rows {
        let reading = read(&model, row);
        assert_eq!(reading.words, words(row).len());
        for (word, scores) in row["tags"].as_object().expect("scores of some words") {
            let w: usize = word.parse().expect("a word's number");
            let ours = &reading.tags[w * reading.width..(w + 1) * reading.width];
            for (a, b) in ours.iter().zip(scores.as_array().expect("a row")) {
                let b = b.as_f64().expect("a score");
                assert!((f64::from(*a) - b).abs() <= TOLERANCE, "word {w}: {a} is not {b}: {}", row["text"]);
            }
        }
        let middle = words(row).len() / 2;
        let coref = row["coref"].as_array().expect("a projection");
        for (a, b) in reading.coref[middle * 2 * reading.coref_width..].iter().zip(coref) {
            assert!((f64::from(*a) - b.as_f64().expect("a number")).abs() <= TOLERANCE, "{}", row["text"]);
        }
    }
}

#[test]
fn the_likeliest_labels_are_the_same() {
    let Some(rows) = fixture() else { return };
    let model = Model::open().expect("the carried weights open");
    let heads = [
        ("pos", Head::Pos),
        ("number", Head::Number),
        ("verb", Head::Verb),
        ("rel", Head::Rel),
        ("name", Head::Name),
        ("head", Head::Mention),
        ("predicate", Head::Predicate),
        ("cue", Head::Cue),
        ("source", Head::Source),
        ("content", Head::Content),
        ("event", Head::Event),
    ];
    let (mut all, mut different) = (0, 0);
    for row in &rows {
        let reading = read(&model, row);
        for (name, head) in heads {
            for (w, label) in numbers(&row["labels"][name]).into_iter().enumerate() {
                all += 1;
                different += usize::from(reading.best(w, head).0 != label);
            }
        }
    }
    assert!(different * 1000 <= FLIPS * all, "{different} of {all} labels differ");
}

#[test]
fn trees_follow_the_likeliest_heads() {
    let Some(rows) = fixture() else { return };
    let model = Model::open().expect("the carried weights open");
    let (mut all, mut different) = (0, 0);
    for row in &rows {
        let reading = read(&model, row);
        for (w, head) in numbers(&row["heads"]).into_iter().enumerate() {
            all += 1;
            different += usize::from(reading.arcs[w].0 as usize != head);
        }
    }
    // The fixture has each word's likeliest head; a tree must sometimes take another.
    assert!(different * 100 <= 5 * all, "{different} of {all} heads differ");
}
