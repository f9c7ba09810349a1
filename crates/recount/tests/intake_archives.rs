//! Web archives: records read, passed over and refused; broken ones do not hide those behind them.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures")]

use proptest::prelude::*;
use recount::intake::warc::{Entry, archive};
use recount::intake::{Article, Source, Unpacked};
use std::io::Write;
use std::path::Path;

const PROSE: &str = "Two fishing boats sank off the harbour wall early on Tuesday, and the coast guard pulled nine people out of \
                     the water. The harbour master said that three others had not been found by noon.";

/// What became of each record, in one line.
fn told(bytes: &[u8]) -> Vec<String> {
    let entries = match Unpacked::of(bytes) {
        Ok(input) => archive(input),
        Err(error) => return vec![format!("refused: {error}")],
    };
    let told = |entry| match entry {
        Ok(Entry::Page(page)) => match page.article(&Source::default()) {
            Ok(a) => {
                let notes = if a.notes.is_empty() { String::new() } else { format!(" | {}", a.notes.join("; ")) };
                let first: String = a.text.chars().take(30).collect();
                format!("{}: {} {:?}{notes}", page.capture.number, page.capture.kind, first)
            }
            Err(error) => format!("refused: {error}"),
        },
        Ok(Entry::Revisit(r)) => format!(
            "{}: revisit of {} at {}",
            r.capture.number,
            r.earlier_uri.unwrap_or_default(),
            r.earlier_date.unwrap_or_default()
        ),
        Ok(Entry::Passed(why)) => format!("passed: {why}"),
        Err(error) => format!("refused: {error}"),
    };
    entries.map(told).collect()
}

fn reports(bytes: &[u8]) -> Vec<Article> {
    let pages = archive(Unpacked::of(bytes).unwrap()).filter_map(|e| match e {
        Ok(Entry::Page(page)) => page.article(&Source::default()).ok(),
        _ => None,
    });
    pages.collect()
}

fn page(words: &str) -> String {
    format!("<html><head><title>Boats sink</title></head><body><article><p>{words}</p></article></body></html>")
}

/// One record with the fields given and a block.
fn record(kind: &str, uri: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2021-05-05T10:00:00Z\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(uri: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes(), body].concat();
    record("response", uri, "Content-Type: application/http;msgtype=response\r\n", &block)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

/// What must become of each file of `../shared/fixtures/warc`: reports, revisits, and what each refusal says.
const FIXTURES: &[(&str, usize, usize, &[&str])] = &[
    (
        "bad.arc",
        0,
        0,
        &[
            "record 1 at byte 0 (filedesc://bad.arc.gz): it gives its length as \"-1\"",
            "record 2 at byte 134 (http://example.com/): it gives its length as \"-1\"",
            "record 3 at byte 202 (http://example.com/): the input is empty",
            "record 4 at byte 262 (http://example.com/): it gives its length as \"abc\"",
        ],
    ),
    ("example-bad-non-chunked.warc.gz", 1, 1, &[]),
    ("example-bad.warc.gz.bad", 1, 1, &[]),
    ("example-digest.warc", 0, 0, &[]),
    ("example-iana.org-chunked.warc", 1, 0, &[]),
    ("example-resource.warc.gz", 1, 0, &[]),
    ("example-space-in-target-uri.warc.gz", 0, 0, &[]),
    (
        "example-space-in-url.arc",
        0,
        0,
        &["EmailTitle=Examples From The Live Web&IsPopUp=False): it is cut: 1591 bytes"],
    ),
    ("example-trunc.warc", 1, 0, &["record 3 at byte 1197 (http://example.com/): what stands behind it is no record"]),
    ("example-wget-bad-target-uri.warc.gz", 1, 0, &[]),
    ("example-wrong-chunks.warc.gz", 1, 0, &[]),
    ("example.arc", 1, 0, &[]),
    ("example.arc.gz", 1, 0, &[]),
    ("example.warc", 1, 1, &[]),
    ("example.warc.gz", 1, 1, &[]),
    ("post-test.warc.gz", 0, 0, &[]),
];

#[test]
fn every_archive_of_the_fixtures_is_read_or_its_record_is_named() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/warc");
    if !folder.is_dir() {
        println!("skipped: ../shared/fixtures/warc is not here");
        return;
    }
    for (name, pages, revisits, refused) in FIXTURES {
        let told = told(&std::fs::read(folder.join(name)).unwrap());
        let count = |what: &dyn Fn(&String) -> bool| told.iter().filter(|t| what(t)).count();
        assert_eq!(count(&|t| t.contains(": response ") || t.contains(": resource ")), *pages, "{name}: {told:#?}");
        assert_eq!(count(&|t| t.contains(": revisit of ")), *revisits, "{name}: {told:#?}");
        let refusals: Vec<&String> = told.iter().filter(|t| t.starts_with("refused")).collect();
        assert_eq!(refusals.len(), refused.len(), "{name}: {told:#?}");
        assert!(refusals.iter().zip(*refused).all(|(got, want)| got.contains(want)), "{name}: {told:#?}");
    }
}

#[test]
fn a_capture_keeps_its_address_date_and_digest_and_says_where_the_digest_is_wrong() {
    let html = page(PROSE);
    let with = |digest: &str| {
        let fields = format!("Content-Type: text/html\r\nWARC-Payload-Digest: {digest}\r\n");
        reports(&record("resource", "https://harbour.example/1", &fields, html.as_bytes())).remove(0)
    };
    let wrong = with("sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(wrong.uri.as_deref(), Some("https://harbour.example/1"));
    assert!(wrong.notes.iter().any(|n| n.contains("has not the digest")), "{:?}", wrong.notes);
    let captured = wrong.captured.unwrap();
    assert_eq!(captured.date.as_deref(), Some("2021-05-05T10:00:00Z"));
    assert_eq!((captured.kind.as_str(), captured.digest.unwrap().len()), ("resource", 37));
    // An algorithm that is not known says nothing.
    assert!(with("md5:00000000000000000000000000000000").notes.is_empty());
}

#[test]
fn pages_and_texts_become_reports_and_all_else_is_passed_over() {
    let html = page(PROSE);
    let bytes = [
        record("warcinfo", "", "Content-Type: application/warc-fields\r\n", b"software: x\r\n"),
        response("https://x.example/1", "Content-Type: text/html; charset=utf-8\r\n", html.as_bytes()),
        response("https://x.example/2", "", html.as_bytes()),
        response("https://x.example/3.png", "Content-Type: image/png\r\n", b"\x89PNG\r\n\x1a\n"),
        response("https://x.example/robots.txt", "Content-Type: text/plain\r\n", b"User-agent: *"),
        record("conversion", "https://x.example/4", "Content-Type: text/plain\r\n", PROSE.as_bytes()),
        record("request", "https://x.example/1", "", b"GET / HTTP/1.1\r\n\r\n"),
        record(
            "response",
            "https://x.example/5",
            "",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone",
        ),
        record("revisit", "https://x.example/1", "WARC-Refers-To-Date: 2021-05-04T10:00:00Z\r\n", b""),
    ]
    .concat();
    let told = told(&bytes);
    assert_eq!(told.len(), 9, "{told:#?}");
    let report = |n: usize| told[n].contains("\"Two fishing boats");
    assert!(report(1) && report(2) && report(5), "{told:#?}");
    assert!([0, 3, 4, 6, 7].iter().all(|n| told[*n].starts_with("passed")), "{told:#?}");
    assert_eq!(told[8], "9: revisit of  at 2021-05-04T10:00:00Z");
}

#[test]
fn the_answers_character_set_is_used() {
    let html = page("Die Straße in München war für Stunden gesperrt, weil zwei Boote auf dem Fluss gesunken waren.");
    let latin = latin(&html);
    let told = reports(&response("https://x.example/1", "Content-Type: text/html; charset=ISO-8859-1\r\n", &latin));
    assert!(told[0].text.contains("Straße in München"), "{}", told[0].text);
}

/// Latin-1 of a text within it.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[test]
fn a_broken_record_is_named_and_the_next_is_read_in_every_packing() {
    let good =
        |n: usize| response(&format!("https://x.example/{n}"), "Content-Type: text/html\r\n", page(PROSE).as_bytes());
    let mut short = good(2);
    short.truncate(short.len() - 60);
    // Records cut within a member, a member cut within its bytes, and bytes that are spoilt.
    let members = [gzip(&good(1)), gzip(&short), gzip(&good(3))].concat();
    let told_members = told(&members);
    assert!(told_members[1].contains("(https://x.example/2): it is cut"), "{told_members:#?}");
    assert!(told_members[2].starts_with("3: response"), "{told_members:#?}");

    let mut spoilt = gzip(&good(2));
    let middle = spoilt.len() / 2;
    spoilt[middle..].fill(0xff);
    let told_spoilt = told(&[gzip(&good(1)), spoilt, gzip(&good(3))].concat());
    assert_eq!(told_spoilt.len(), 3, "{told_spoilt:#?}");
    assert!(told_spoilt[1].starts_with("refused: record 2 at byte"), "{told_spoilt:#?}");
    assert!(told_spoilt[2].starts_with("3: response"), "{told_spoilt:#?}");

    let frames = |records: &[Vec<u8>]| -> Vec<u8> {
        records.iter().flat_map(|r| zstd::encode_all(&r[..], 1).unwrap()).collect()
    };
    let told_frames = told(&frames(&[good(1), short.clone(), good(3)]));
    assert!(told_frames[1].contains("it is cut") && told_frames[2].starts_with("3: response"), "{told_frames:#?}");

    let odd = record("response", "https://x.example/2", "Content-Type: application/http\r\n", b"");
    let odd = String::from_utf8(odd).unwrap().replace("Content-Length: 0", "Content-Length: many");
    let told_plain = told(&[good(1), odd.into_bytes(), good(3)].concat());
    assert!(told_plain[1].contains("(https://x.example/2): it gives its length as \"many\""), "{told_plain:#?}");
    assert!(told_plain[2].starts_with("3: response"), "{told_plain:#?}");

    let cut = [good(1), good(2)].concat();
    let told_cut = told(&cut[..cut.len() - 200]);
    assert!(told_cut[0].starts_with("1: response") && told_cut[1].contains("record 2 at byte"), "{told_cut:#?}");
}

#[test]
fn a_page_over_the_limit_is_refused_and_a_film_is_passed_over_without_being_kept() {
    let long = vec![b'a'; recount::intake::MAX_BYTES + (1 << 17)];
    let bytes = [
        response("https://x.example/long", "Content-Type: text/html\r\n", &long),
        response("https://x.example/film", "Content-Type: video/mp4\r\n", &long),
        response("https://x.example/1", "Content-Type: text/html\r\n", page(PROSE).as_bytes()),
    ]
    .concat();
    let told = told(&bytes);
    assert!(told[0].contains("limit") && told[1].starts_with("passed") && told[2].starts_with("3: "), "{told:#?}");
}

/// Pieces that archives are made of, so that random bytes come near to one.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let words = [
        "WARC/1.0\r\n",
        "WARC-Type: response\r\n",
        "WARC-Type: revisit\n",
        "WARC-Target-URI: http://x.example/\r\n",
        "Content-Type: application/http\r\n",
        "Content-Length: 40\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "\r\n",
        "\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n",
        "filedesc://a 192.0.2.1 20140216050221 text/plain 3\n",
        "http://x.example/ 192.0.2.1 20140216050221 text/html 30\n",
        "5\r\n<p>ab\r\n",
        "<p>",
    ];
    prop_oneof![
        proptest::sample::select(words.to_vec()).prop_map(|w| w.as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 0..20),
        Just(gzip(b"WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n")),
        Just(zstd::encode_all(&b"WARC/1.0\r\n"[..], 1).unwrap()),
    ]
}

proptest! {
    #[test]
    fn any_bytes_end_and_number_their_records_in_order(pieces in proptest::collection::vec(piece(), 0..25)) {
        let bytes = pieces.concat();
        if let Ok(input) = Unpacked::of(&bytes[..]) {
            let mut last = 0;
            let numbers = archive(input).filter_map(|e| match e {
                Ok(Entry::Page(p)) => { let _ = p.article(&Source::default()); Some(p.capture.number) }
                Ok(Entry::Revisit(r)) => Some(r.capture.number),
                _ => None,
            });
            for number in numbers {
                prop_assert!(number > last);
                last = number;
            }
        }
    }
}

#[test]
fn an_archive_that_cannot_be_unpacked_from_the_start_names_its_first_record() {
    let mut packed = gzip(&record("response", "https://x.example/1", "", b"HTTP/1.1 200 OK\r\n\r\n<p>x"));
    packed[10..].iter_mut().for_each(|b| *b = !*b);
    let told = told(&packed);
    assert!(told.len() == 1 && told[0].contains("record 1 at byte 0"), "{told:#?}");
}
