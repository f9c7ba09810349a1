//! Feeds of the fixtures: every entry as the expected JSON beside it says; broken ones refused.

use proptest::prelude::*;
use recount::intake::feed::feed;
use recount::intake::{Kind, Source, kind_of};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ids that feed-rs made up: a hash, or a random one.
fn made_up(id: &str) -> bool {
    let hex = id.bytes().filter(|b| *b != b'-').all(|b| b.is_ascii_hexdigit());
    hex && (id.len() == 32 || id.len() == 36 || id.len() <= 16)
}

#[test]
fn every_feed_of_the_fixtures_is_read_as_its_json_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/feeds");
    if !root.is_dir() {
        println!("skipped: ../shared/fixtures/feeds is not here");
        return;
    }
    let mut read = 0;
    for path in files(&root).iter().flat_map(|f| files(f)) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected = path.with_file_name(format!("{}.serde.json", path.file_stem().unwrap().to_string_lossy()));
        if name.ends_with(".serde.json") || !expected.is_file() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(kind_of(&bytes, None), Kind::Feed, "{name}");
        let expected: Value = serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
        let entries = feed(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        let wanted = expected["entries"].as_array().unwrap();
        assert_eq!(entries.len(), wanted.len(), "{name}");
        for (entry, want) in entries.iter().zip(wanted) {
            let id = want["id"].as_str().unwrap();
            assert!(entry.id.as_deref() == Some(id) || made_up(id), "{name}: {:?} for {id}", entry.id);
            let title = word(&want["title"]["content"]);
            if want["title"]["content_type"] == "text/plain" {
                assert_eq!(entry.title.clone().unwrap_or_default(), title, "{name}");
            } else {
                assert_eq!(entry.title.is_some(), !title.is_empty(), "{name}: {title}");
            }
            let links: Vec<&str> =
                want["links"].as_array().unwrap().iter().filter_map(|l| l["href"].as_str()).collect();
            assert_eq!(entry.uri.is_some(), !links.is_empty(), "{name}");
            assert!(entry.uri.as_deref().is_none_or(|u| links.contains(&u)), "{name}: {:?}", entry.uri);
            let stated = want["published"].as_str().or(want["updated"].as_str());
            assert_eq!(entry.stated.as_deref().map(|s| &s[..19]), stated.map(|s| &s[..19]), "{name}");
            let authors =
                want["authors"].as_array().unwrap().iter().map(|a| word(&a["name"])).filter(|n| !n.is_empty());
            assert_eq!(entry.authors, authors.collect::<Vec<_>>(), "{name}");
            let body = [&want["content"]["body"], &want["summary"]["content"]].into_iter().any(|b| !word(b).is_empty());
            let article = entry.article(&Source::default());
            assert!(!body || article.is_ok(), "{name}, entry {}: {:?}", entry.number, article.err());
            if let (Ok(article), Some(stated)) = (article, stated) {
                assert_eq!(article.published.best.unwrap().to_string(), stated[..10], "{name}");
            }
        }
        read += 1;
    }
    assert!(read > 60, "only {read} feeds were found");
}

#[test]
fn a_feed_that_is_broken_is_refused_with_the_reason() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/feeds/rss2/rss_2.0_invalid_1.xml");
    if !path.is_file() {
        println!("skipped: ../shared/fixtures/feeds is not here");
        return;
    }
    let error = feed(&std::fs::read(path).unwrap()).unwrap_err().to_string();
    assert!(error.starts_with("the feed cannot be read: "), "{error}");
}

proptest! {
    #[test]
    fn any_pieces_of_a_feed_end(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "<rss version='2.0'>", "<channel>", "<item>", "<title>a</title>", "<description>", "&lt;p&gt;b", "</description>",
        "<guid>", "</guid>", "</item>", "</channel></rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>",
        "<content type='xhtml'>", "<div>", "</content></entry></feed>", "<![CDATA[", "]]>", "<!--", "&#0;", "&x;", "é",
    ]), 0..30)) {
        for entry in feed(pieces.concat().as_bytes()).into_iter().flatten() {
            let _ = entry.article(&Source::default());
        }
    }
}
