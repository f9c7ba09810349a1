//! `recount export` as people run it.
#![allow(clippy::disallowed_methods)] // The tests read the files that the program writes.

mod asked;

use asked::recount;

const REPORT: &str = include_str!("../../../examples/harbour.txt");

#[test]
fn reports_and_their_records_give_the_same_tables() {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("harbour.txt"), REPORT).unwrap();
    let records = recount(&["code", "--format", "jsonl", "harbour.txt"], here.path());
    std::fs::write(here.path().join("records.jsonl"), &records.stdout).unwrap();
    for (input, to) in [("harbour.txt", "a"), ("records.jsonl", "b")] {
        let output = recount(&["export", input, "--to", to, "--format", "csv,parquet,geojson,polecat"], here.path());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    for file in ["csv/counts.csv", "csv/reports.csv", "parquet/events.parquet", "polecat.tsv", "datapackage.json"] {
        let read = |folder: &str| std::fs::read(here.path().join(folder).join(file)).unwrap();
        assert!(read("a") == read("b"), "{file} differs");
    }
    let counts = std::fs::read_to_string(here.path().join("a/csv/counts.csv")).unwrap();
    assert!(counts.lines().any(|l| l.contains("killed,11,11,") && l.contains("Harbour Union")), "{counts}");
}

#[test]
fn a_line_that_is_no_record_is_named_and_the_rest_is_written() {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("a.jsonl"), "{\"schema\": \"recount/1\", \"id\": \"x\"}\n").unwrap();
    let output = recount(&["export", "a.jsonl", "--to", "out"], here.path());
    assert_eq!(output.status.code(), Some(1));
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(talk.contains("a.jsonl: line 1: no record"), "{talk}");
    assert!(here.path().join("out/datapackage.json").exists());
}

#[test]
fn a_format_that_is_none_is_refused_with_those_that_are() {
    let here = tempfile::tempdir().unwrap();
    let output = recount(&["export", "a.jsonl", "--to", "out", "--format", "excel"], here.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("webannotation"));
}
