//! What holds for every record of the test suite: it fits the published schema, its spans lie in their text, and its
//! ids name rows that are there.
#![allow(clippy::disallowed_methods)] // The cases are files.

#[allow(dead_code)]
#[path = "cases/format.rs"]
mod format;

use proptest::prelude::*;
use recount::Reader;
use recount::intake::{Article, Source};
use recount::record::{Record, schema};
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::open().expect("the carried model and data open"))
}

/// The articles of all cases and of `examples/`.
fn articles() -> Vec<Article> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut articles = Vec::new();
    for folder in std::fs::read_dir(root.join("tests/cases")).unwrap().flatten().filter(|f| f.path().is_dir()) {
        for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
            if file.path().extension().is_some_and(|e| e == "md") {
                let source = std::fs::read_to_string(file.path()).unwrap();
                articles.extend(format::cases(&source).unwrap().into_iter().map(|c| c.article));
            }
        }
    }
    let mut waiting = vec![root.join("../../examples")];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().flatten().map(|f| f.path()));
        } else {
            let bytes = std::fs::read(path).unwrap();
            articles.push(Article::from_plain(&bytes, &Source::default()).unwrap());
        }
    }
    articles.sort_by(|a, b| a.text.cmp(&b.text));
    articles
}

/// What is wrong with a record's spans and ids.
fn faults(record: &Record) -> Vec<String> {
    let json = serde_json::to_value(record).unwrap();
    let length = |key: &str| json[key].as_str().unwrap_or_default().chars().count() as u64;
    let (text, title) = (length("text"), length("title"));
    let ids: Vec<&str> = ["entities", "statements", "events", "counts", "relations", "places", "times"]
        .iter()
        .flat_map(|k| json[*k].as_array().unwrap())
        .filter_map(|row| row["id"].as_str())
        .collect();
    let mut out = Vec::new();
    walk(&json, "", false, &mut |path, value, in_title| {
        let key = path.rsplit('.').next().unwrap_or_default();
        let limit = if in_title { title } else { text };
        let is_span = ["span", "trigger", "cue", "addressee", "content"].contains(&key);
        if let (true, Some([a, b])) = (is_span, value.as_array().map(Vec::as_slice))
            && let (Some(a), Some(b)) = (a.as_u64(), b.as_u64())
            && !(a < b && b <= limit)
        {
            out.push(format!("{path}: {a} to {b} does not lie in {limit} characters"));
        }
        let is_id = ["entity", "said_by", "within", "event", "place", "time", "subject", "object"].contains(&key);
        if let (true, Some(id)) = (is_id, value.as_str())
            && !ids.contains(&id)
        {
            out.push(format!("{path}: {id} names no row"));
        }
        if key == "score" && !value.as_f64().is_some_and(|s| (0.0..=1.0).contains(&s)) {
            out.push(format!("{path}: {value} is no score"));
        }
    });
    out
}

/// Visits every value; list items go by the key of their list.
fn walk(value: &Value, path: &str, in_title: bool, visit: &mut impl FnMut(&str, &Value, bool)) {
    let in_title = in_title || value.get("in").is_some();
    visit(path, value, in_title);
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                // A row's other tellings and mentions say for themselves where they stand.
                let own = key == "mentions";
                walk(field, &format!("{path}.{key}"), in_title && !own, visit);
            }
        }
        Value::Array(items) => items.iter().for_each(|i| walk(i, path, in_title, visit)),
        _ => {}
    }
}

#[test]
fn every_record_of_the_suite_fits_the_schema_and_points_at_its_own_text() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is a schema");
    let articles = articles();
    assert!(articles.len() > 20, "only {} articles", articles.len());
    for article in articles {
        let record = reader().record(&reader().read(article));
        let json = serde_json::to_value(&record).unwrap();
        let errors: Vec<String> = validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}\n{errors:?}", record.text);
        let faults = faults(&record);
        assert!(faults.is_empty(), "{}\n{}", record.text, faults.join("\n"));
    }
}

#[test]
fn a_redacted_record_names_no_private_person_anywhere() {
    let text = "RIVERTON, 3 May 2021 - Police shot Dalia Omeri on Monday, her sister Nora Omeri said. “Dalia was holding \
                a banner,” Omeri told reporters. President Anton Brisk expressed regret.";
    let article = Article::from_plain(text.as_bytes(), &Source::default()).unwrap();
    let record = reader().record(&reader().read(article));
    let private: Vec<&str> = record.entities.iter().filter(|e| e.private).map(|e| e.name.as_str()).collect();
    assert!(private.iter().any(|n| n.contains("Dalia")), "{private:?}");
    let length = record.text.chars().count();
    let redacted = record.redacted();
    let bytes = serde_json::to_string(&redacted).unwrap();
    assert!(!bytes.contains("Dalia") && bytes.contains('█'), "{bytes}");
    assert!(bytes.contains("Brisk"));
    assert_eq!(redacted.text.chars().count(), length);
    assert!(faults(&redacted).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any words in any order, with marks of every kind: a record without faults, and twice the same bytes.
    #[test]
    fn any_text_gives_a_sound_record(words in prop::collection::vec(word(), 1..120), title in proptest::option::of("[A-Z][a-z ]{3,40}")) {
        let text = words.concat();
        let article = Article::from_plain(text.as_bytes(), &Source { title: title.as_deref(), ..Source::default() });
        if let Ok(article) = article {
            let record = reader().record(&reader().read(article.clone()));
            prop_assert_eq!(faults(&record), Vec::<String>::new());
            let again = reader().record(&reader().read(article));
            prop_assert_eq!(serde_json::to_string(&record).unwrap(), serde_json::to_string(&again).unwrap());
        }
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "police ", "killed ", "26 ", "people ", "in ", "Almaty ", "on Friday", ", ", ". ", "said ", "“", "” ", "\"", "‘", "’s ",
            "he ", "they ", "according to ", "Minister ", "Omar ", "Ádám ", "\n\n", "at least ", "dozens of ", "denied ", "that ",
            "were ", "arrested ", "and ", "the army ", "ordered ", "to ", "fire ", "2021-05-03 ", "(", ") ", "— ", "U.S. ", "Москва ",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,6}",
    ]
}

#[test]
fn a_record_gives_its_article_back_and_reading_that_gives_the_record() {
    for article in articles() {
        let record = reader().record(&reader().read(article.clone()));
        assert_eq!(record.article(), article);
        assert_eq!(record.run, reader().run());
    }
}
