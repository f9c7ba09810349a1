//! The program as people run it: exit statuses, streams, order, bad input.
#![allow(clippy::disallowed_methods)] // The tests make the files that the program reads.

mod asked;

use asked::{folder, lines, recount, talk};
use std::process::{Command, Output, Stdio};

const STORY: &str = "OSTREN, 4 May 2022 - Four people were killed in a drone strike on Tuesday, the mayor said.\n";

#[test]
fn the_demo_shows_statements_events_and_counts() {
    let here = folder(&[]);
    let output = recount(&["demo", "--format", "jsonl"], here.path());
    assert_eq!(output.status.code(), Some(0), "{}", talk(&output));
    let record = &lines(&output)[0];
    for rows in ["statements", "events", "counts", "entities", "times"] {
        assert!(!record[rows].as_array().unwrap().is_empty(), "no {rows}");
    }
    assert_eq!(record["published"]["best"], "2024-03-14");
}

#[test]
fn the_schema_is_one_that_the_demo_fits() {
    let here = folder(&[]);
    let schema = recount(&["schema"], here.path());
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
    let record = &lines(&recount(&["demo", "--format", "jsonl"], here.path()))[0];
    assert!(jsonschema::is_valid(&schema, record));
}

#[test]
fn output_is_in_input_order_and_the_same_on_any_number_of_threads() {
    let mut jsonl = String::new();
    for n in 0..24 {
        // Reports of very different length, so that later ones are done before earlier ones.
        let text = STORY.repeat(if n % 5 == 0 { 12 } else { 1 });
        jsonl += &serde_json::json!({"id": format!("r{n}"), "text": text, "published": "2022-05-04"}).to_string();
        jsonl.push('\n');
    }
    let here = folder(&[("a.jsonl", jsonl.as_bytes())]);
    let one = recount(&["code", "--format", "jsonl", "-j", "1", "a.jsonl"], here.path());
    let many = recount(&["code", "--format", "jsonl", "-j", "4", "a.jsonl"], here.path());
    assert_eq!(one.stdout, many.stdout);
    let ids: Vec<String> = lines(&one).iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, (0..24).map(|n| format!("r{n}")).collect::<Vec<_>>());
}

#[test]
fn a_bad_input_is_named_with_its_reason_and_the_rest_goes_on() {
    let here = folder(&[
        ("1-empty.txt", b""),
        ("2-picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"),
        ("3-lines.jsonl", b"{\"id\": \"a\", \"text\": \"Two men were arrested.\"}\n{\"id\": \"b\", \"text\n{\"id\": \"c\", \"text\": \"They were freed.\"}\n"),
        ("4-page.html", b"<html><head><title>x</title></head><body><nav><a href=/>Home</a></nav></body></html>"),
        ("5-story.txt", STORY.as_bytes()),
    ]);
    let output = recount(&["code", "--format", "jsonl", "."], here.path());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output).len(), 3, "{}", talk(&output));
    let talk = talk(&output);
    for (name, reason) in [
        ("1-empty.txt", "empty"),
        ("2-picture.txt", "not text"),
        ("3-lines.jsonl", "line 2"),
        ("4-page.html", "no article"),
    ] {
        assert!(talk.lines().any(|l| l.contains(name) && l.contains(reason)), "{name}: {reason}\n{talk}");
    }
    assert!(!talk.contains('\x1b'), "colours in a pipe");
}

#[test]
fn a_line_over_the_limit_is_refused_and_the_next_is_read() {
    let mut jsonl = b"{\"id\": \"a\", \"text\": \"".to_vec();
    jsonl.resize(jsonl.len() + recount::intake::MAX_LINE + 1, b'x');
    jsonl.extend_from_slice(b"\"}\n{\"id\": \"b\", \"text\": \"They were freed.\"}\n");
    let here = folder(&[("long.jsonl", &jsonl)]);
    let output = recount(&["code", "--format", "jsonl", "long.jsonl"], here.path());
    assert_eq!((output.status.code(), lines(&output).len()), (Some(1), 1), "{}", talk(&output));
    assert!(talk(&output).contains("limit"));
}

#[test]
fn a_file_that_is_not_there_is_named_and_a_wrong_option_says_how_to_ask() {
    let here = folder(&[("story.txt", STORY.as_bytes())]);
    let output = recount(&["code", "--format", "jsonl", "gone.txt", "story.txt"], here.path());
    assert_eq!((output.status.code(), lines(&output).len()), (Some(1), 1));
    assert!(talk(&output).contains("gone.txt"));
    assert_eq!(recount(&["code", "--fromat", "jsonl", "story.txt"], here.path()).status.code(), Some(2));
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let jsonl = format!("{}\n", serde_json::json!({"text": STORY})).repeat(200);
    let here = folder(&[("a.jsonl", jsonl.as_bytes())]);
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("recount"))
        .args(["code", "--format", "jsonl", "a.jsonl"])
        .current_dir(here.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", talk(&output));
    assert!(output.stderr.is_empty(), "{}", talk(&output));
}

#[test]
fn standard_input_is_read_as_what_it_holds() {
    use std::io::Write;
    let here = folder(&[]);
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("recount"))
        .args(["code", "--format", "text", "--published", "2022-05-04", "-"])
        .current_dir(here.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(STORY.as_bytes()).unwrap();
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(text.contains("ASSAULT") && text.contains("killed") && !text.contains('\x1b'), "{text}");
}

#[test]
fn every_row_of_the_demo_can_be_explained() {
    let report = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/harbour.txt");
    let here = folder(&[]);
    let record = &lines(&recount(&["code", "--format", "jsonl", report], here.path()))[0];
    for rows in ["entities", "statements", "events", "counts", "relations", "places", "times"] {
        let Some(id) = record[rows][0]["id"].as_str() else { continue };
        let output = recount(&["explain", report, id], here.path());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.contains("made by") && text.contains("score"), "{id}: {text}");
    }
    assert_eq!(recount(&["explain", report, "v999"], here.path()).status.code(), Some(2));
}

#[test]
fn the_page_carries_its_records_and_nothing_from_elsewhere() {
    let hostile = "The mayor said: “</script><script>alert(1)</script>” on Tuesday.";
    let here = folder(&[("story.txt", hostile.as_bytes())]);
    let page = String::from_utf8(recount(&["code", "--format", "html", "story.txt"], here.path()).stdout).unwrap();
    assert!(page.contains("application/json") && page.contains("Content-Security-Policy"));
    assert!(!page.contains("<script>alert"));
    for elsewhere in ["src=\"http", "href=\"http", "@import", "url(http"] {
        assert!(!page.contains(elsewhere), "{elsewhere}");
    }
}

/// Reports of one attack, told twice, and of a market day.
const ATTACK: [(&str, &[u8]); 3] = [
    ("a.txt", b"OSTREN, 4 May 2022 - Gunmen shot dead four millers in Ostren on Tuesday, mayor Ilka Toroven said. They fled towards the Kestle bridge.\n"),
    ("b.txt", b"5 May 2022 - Gunmen who shot dead four millers in Ostren on Tuesday fled over the Kestle bridge, said Ilka Toroven, the mayor.\n"),
    ("c.txt", b"6 May 2022 - Cheese from the Halvard dairy won the first prize at the spring fair of Brannoc.\n"),
];

#[test]
fn incidents_come_out_the_same_in_any_order_and_one_can_be_shown() {
    let here = folder(&ATTACK);
    let output = recount(&["incidents", "--format", "jsonl", "a.txt", "b.txt", "c.txt"], here.path());
    assert_eq!(output.status.code(), Some(0), "{}", talk(&output));
    let other = recount(&["incidents", "--format", "jsonl", "c.txt", "b.txt", "a.txt"], here.path());
    assert_eq!(output.stdout, other.stdout);
    let incidents = lines(&output);
    let of_both = incidents.iter().find(|i| i["reports"].as_array().unwrap().len() == 2).expect("two reports are one");
    assert_eq!(of_both["type"], "ASSAULT");
    assert!(!of_both["links"][0]["reasons"].as_array().unwrap().is_empty());
    assert!(incidents.iter().any(|i| i["type"].is_null()), "the fair is no conflict event");
    let conflict = recount(&["incidents", "--format", "jsonl", "--conflict", "a.txt", "b.txt", "c.txt"], here.path());
    assert!(lines(&conflict).iter().all(|i| !i["type"].is_null()));
    let shown = recount(&["show", of_both["id"].as_str().unwrap(), "a.txt", "b.txt", "c.txt"], here.path());
    assert_eq!(shown.status.code(), Some(0), "{}", talk(&shown));
    assert!(String::from_utf8_lossy(&shown.stdout).contains("Gunmen"));
    assert_eq!(recount(&["show", "i0none", "a.txt"], here.path()).status.code(), Some(2));
}

#[test]
fn copies_are_grouped_from_texts_and_from_records() {
    let wire = "OSTREN - Dockers shut the grain terminal for a second night after talks on pay broke down. The port \
                authority asked both sides to return to the table by Friday noon. Nobody was hurt when a gate gave way.";
    let copy = wire.replace("OSTREN - ", "By our staff. ").replace("asked", "urged");
    let other = "A late frost has ruined most of the apricot blossom in the valleys above Lisk, growers say.";
    let line = |id: &str, text: &str| serde_json::json!({"id": id, "text": text}).to_string();
    let reports = [line("a", wire), line("b", &copy), line("c", other)].join("\n");
    let here = folder(&[("in.jsonl", reports.as_bytes()), ("bad.jsonl", b"{\"text\":\n")]);
    let grouped = |input: &[&str]| recount(&[&["origins", "--format", "jsonl"], input].concat(), here.path());
    let output = grouped(&["in.jsonl", "bad.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(talk(&output).contains("bad.jsonl: line 1"), "{}", talk(&output));
    let reports = |o: &Output| lines(o).iter().map(|l| l["reports"].to_string()).collect::<Vec<_>>();
    assert_eq!(reports(&output), [r#"["a","b"]"#, r#"["c"]"#]);
    let records = recount(&["code", "--format", "jsonl", "in.jsonl"], here.path()).stdout;
    std::fs::write(here.path().join("records.jsonl"), records).unwrap();
    let output = grouped(&["records.jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{}", talk(&output));
    assert_eq!(reports(&output), [r#"["a","b"]"#, r#"["c"]"#]);
}
