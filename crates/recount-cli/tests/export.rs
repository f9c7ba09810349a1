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

/// Two reports of one strike, four days apart.
const FIRST: &str = r#"{"id": "a", "title": "Strike in Temirtau", "published": "2024-03-12", "text": "Four people were killed in a drone strike in Temirtau on Monday, the mayor said. Anna Sokolova, a baker, lost her son."}"#;
const SECOND: &str = r#"{"id": "b", "title": "Arrests", "published": "2024-03-16", "text": "Police arrested 12 protesters in Karaganda on Friday, the interior ministry said."}"#;

#[test]
fn an_export_holds_what_people_decided_and_as_of_a_moment_only_what_was_there() {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("1.jsonl"), FIRST).unwrap();
    std::fs::write(here.path().join("2.jsonl"), SECOND).unwrap();
    let run = |arguments: &[&str]| {
        let output = recount(arguments, here.path());
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let why = ["--by", "A. Reviewer", "--reason", "checked by telephone"];
    let decide = |at: &str, what: &[&str]| run(&[&["decide", "--db", "c.recount", "--at", at], what, &why].concat());
    run(&["add", "--db", "c.recount", "--at", "2024-03-13T08:00:00Z", "1.jsonl"]);
    decide("2024-03-14T08:00:00Z", &["correct", "a/c1", "best", "5"]);
    decide("2024-03-15T08:00:00Z", &["reject", "a/c1"]);
    run(&["add", "--db", "c.recount", "--at", "2024-03-17T08:00:00Z", "2.jsonl"]);
    // The ids of reports, and the best figure of the first report's dead, as each export has them.
    let exported = |to: &str, as_of: &[&str]| {
        run(&[&["export", "--db", "c.recount", "--to", to, "--format", "csv"], as_of].concat());
        let table = |name: &str| std::fs::read_to_string(here.path().join(to).join("csv").join(name)).unwrap();
        let ids: Vec<String> =
            table("reports.csv").lines().skip(1).filter_map(|l| Some(l.split_once(',')?.0.into())).collect();
        let counts = table("counts.csv");
        let mut rows = csv_rows(&counts);
        let head = rows.remove(0);
        let column = |name: &str| head.iter().position(|h| h == name).unwrap();
        let (report, kind, best) = (column("report"), column("kind"), column("best"));
        let dead = rows.iter().find(|r| r[report] == "a" && r[kind] == "killed").map(|r| r[best].clone());
        (ids.join(" "), dead)
    };
    assert_eq!(exported("now", &[]), ("a b".into(), None));
    assert_eq!(exported("then", &["--as-of", "2024-03-15"]), ("a".into(), None));
    assert_eq!(exported("before", &["--as-of", "2024-03-14"]), ("a".into(), Some("5".into())));
    assert_eq!(exported("first", &["--as-of", "2024-03-13"]), ("a".into(), Some("4".into())));
    let manifest = std::fs::read_to_string(here.path().join("before/datapackage.json")).unwrap();
    assert!(manifest.contains("2024-03-14T23:59:59"), "{manifest}");
}

/// The rows of a table of simple values, as a spreadsheet would part them.
fn csv_rows(table: &str) -> Vec<Vec<String>> {
    let fields = |line: &str| {
        let (mut out, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => out.push(String::new()),
                c => out.last_mut().unwrap().push(c),
            }
        }
        out
    };
    table.lines().map(fields).collect()
}
