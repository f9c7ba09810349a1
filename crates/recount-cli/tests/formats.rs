//! Every format that news comes in, as the program reads it: archives, feeds, tables, and what is broken in them.
#![allow(clippy::disallowed_methods)] // The tests make the files that the program reads.

mod asked;

use asked::{folder, lines as records, recount, talk};
use std::io::Write;

const STORY: &str = "Four people were killed in a drone strike on Tuesday, the mayor of the town said in the evening.";

fn page() -> String {
    format!("<html><head><title>Strike on town</title></head><body><article><p>{STORY}</p></article></body></html>")
}

fn response(uri: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n").as_bytes(), body].concat();
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2021-05-05T10:00:00Z\r\nWARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), &block, b"\r\n\r\n"].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

#[test]
fn an_archive_gives_its_pages_counts_the_rest_and_names_what_is_broken() {
    let good = response("https://x.example/1", "text/html", page().as_bytes());
    let mut cut = response("https://x.example/2", "text/html", page().as_bytes());
    cut.truncate(cut.len() - 40);
    let picture = response("https://x.example/3.png", "image/png", b"\x89PNG");
    let last = response("https://x.example/4", "text/html", page().as_bytes());
    let archive = [gzip(&good), gzip(&cut), gzip(&picture), gzip(&last)].concat();
    let here = folder(&[("crawl.warc.gz", &archive)]);
    let output = recount(&["code", "--format", "jsonl", "."], here.path());
    assert_eq!(output.status.code(), Some(1), "{}", talk(&output));
    let records = records(&output);
    let uris: Vec<&str> = records.iter().map(|r| r["uri"].as_str().unwrap()).collect();
    assert_eq!(uris, ["https://x.example/1", "https://x.example/4"]);
    assert_eq!(records[0]["captured"]["date"], "2021-05-05T10:00:00Z");
    assert!(records[0]["notes"][0].as_str().unwrap().contains("digest"));
    let talk = talk(&output);
    assert!(talk.contains("crawl.warc.gz: record 2 at byte") && talk.contains("(https://x.example/2)"), "{talk}");
    assert!(talk.contains("passed over: 1 pictures, programs and other files"), "{talk}");
}

#[test]
fn a_feed_and_tables_give_a_report_for_each_entry_and_row() {
    let feed = format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Town Post</title><item><guid>g1</guid><title>Strike on town</title>\
         <link>https://x.example/1</link><pubDate>Wed, 05 May 2021 10:00:00 GMT</pubDate><description>{STORY}</description></item></channel></rss>"
    );
    let csv = format!("id;Headline;Body\nc1;Strike on town;{STORY}\nc2;too;many;cells\nc3;After;{STORY}\n");
    let here = folder(&[("1-feed.dat", feed.as_bytes()), ("2-table.txt", csv.as_bytes())]);
    let output = recount(&["code", "--format", "jsonl", "."], here.path());
    assert_eq!(output.status.code(), Some(1), "{}", talk(&output));
    let read = records(&output);
    let ids: Vec<&str> = read.iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["g1", "c1", "c3"]);
    assert_eq!((&read[0]["outlet"], &read[0]["published"]["best"]), (&"Town Post".into(), &"2021-05-05".into()));
    assert!(talk(&output).contains("2-table.txt: line 3: it has 4 cells"), "{}", talk(&output));

    let dry = recount(&["code", "--dry-run", "--column", "text=Headline", "2-table.txt"], here.path());
    assert!(dry.stdout.is_empty());
    assert!(
        talk(&dry).contains("text from `Headline`") && talk(&dry).contains("2 reports would be read"),
        "{}",
        talk(&dry)
    );
    let wrong = recount(&["code", "--dry-run", "--column", "text=Inhalt", "2-table.txt"], here.path());
    assert!(talk(&wrong).contains("no column `Inhalt`"), "{}", talk(&wrong));
    assert_eq!(recount(&["code", "--column", "mood=x", "2-table.txt"], here.path()).status.code(), Some(2));
}

#[test]
fn what_is_too_long_or_hardly_text_is_refused_at_once() {
    let long = vec![b'a'; recount::intake::MAX_BYTES + 100];
    let signs = "<".repeat(1_500_000);
    let here = folder(&[
        ("1-long.txt", &long),
        ("2-signs.html", signs.as_bytes()),
        ("3-signs.txt", signs.as_bytes()),
        ("4-office.docx", b"PK\x03\x04 and more"),
        ("5-story.txt", STORY.as_bytes()),
    ]);
    let output = recount(&["code", "--format", "jsonl", "."], here.path());
    assert_eq!((output.status.code(), records(&output).len()), (Some(1), 1));
    let talk = talk(&output);
    for (name, reason) in [
        ("1-long.txt", "over 16777216 bytes"),
        ("2-signs.html", "0 of its 1500000 signs"),
        ("3-signs.txt", "0 of its 1500000 signs"),
        ("4-office.docx", "ZIP"),
    ] {
        assert!(talk.lines().any(|l| l.contains(name) && l.contains(reason)), "{name}: {reason}\n{talk}");
    }
}

#[test]
fn every_visit_of_an_archive_is_kept_once_also_those_that_found_a_page_unchanged() {
    let page = page();
    let seen = response("https://x.example/1", "text/html", page.as_bytes());
    let revisit = "WARC/1.1\r\nWARC-Type: revisit\r\nWARC-Target-URI: https://x.example/1\r\nWARC-Date: 2021-05-06T10:00:00Z\r\n\
        WARC-Refers-To-Target-URI: https://x.example/1\r\nWARC-Refers-To-Date: 2021-05-05T10:00:00Z\r\n\
        WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
    let later = String::from_utf8(seen.clone()).unwrap().replace("2021-05-05", "2021-05-07");
    let here = folder(&[("1.warc", &[&seen, revisit.as_bytes()].concat()), ("2.warc", later.as_bytes())]);
    let add = |archive: &str| recount(&["add", "--db", "c.recount", archive], here.path());
    let first = add("1.warc");
    assert!(
        talk(&first).contains("1 report added, 0 there already, 1 more visit of web archives kept"),
        "{}",
        talk(&first)
    );
    let second = add("2.warc");
    assert!(talk(&second).contains("1 there already, 1 more visit of web archives kept"), "{}", talk(&second));
    // The collection lies among them, and is none of them.
    let third = add(".");
    assert!(talk(&third).contains("0 reports added, 2 there already; "), "{}", talk(&third));
    let collection =
        recount_store::Collection::open(&here.path().join("c.recount"), recount_store::Access::Read).unwrap();
    let report = collection.search(&recount_store::Query { limit: 1, ..Default::default() }).unwrap().hits.remove(0).id;
    let visits = collection.captures(&report).unwrap();
    let told: Vec<_> = visits.iter().map(|v| (v.kind.as_str(), v.date.as_deref().unwrap())).collect();
    let days = ["2021-05-05T10:00:00Z", "2021-05-06T10:00:00Z", "2021-05-07T10:00:00Z"];
    assert_eq!(told, [("response", days[0]), ("revisit", days[1]), ("response", days[2])]);
}

#[test]
fn a_table_is_added_by_the_columns_that_are_named() {
    let table = format!("Kopf,Inhalt\nStrike,\"{STORY}\"\n");
    let here = folder(&[("a.csv", table.as_bytes())]);
    let add = ["add", "--db", "c.recount", "--column", "text=Inhalt", "--column", "title=Kopf", "a.csv"];
    let preview = recount(&[&add[..], &["--dry-run"]].concat(), here.path());
    assert!(
        talk(&preview).contains("Inhalt") && talk(&preview).contains("1 report would be added"),
        "{}",
        talk(&preview)
    );
    let output = recount(&add, here.path());
    assert!(talk(&output).contains("1 report added"), "{}", talk(&output));
}
