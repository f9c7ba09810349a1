//! Feeds of the fixtures: every entry as the expected JSON beside it says; broken ones refused.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures")]

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
    hex && (24..=36).contains(&id.len())
}

/// What a feed's entries have otherwise than expected.
fn differences(bytes: &[u8], expected: &Value) -> Vec<String> {
    let mut out = Vec::new();
    if kind_of(bytes, None) != Kind::Feed {
        out.push("not known as a feed".to_owned());
    }
    let entries = match feed(bytes) {
        Ok(entries) => entries,
        Err(error) => return vec![error.to_string()],
    };
    let wanted = expected["entries"].as_array().unwrap();
    if entries.len() != wanted.len() {
        out.push(format!("{} entries for {}", entries.len(), wanted.len()));
    }
    for (entry, want) in entries.iter().zip(wanted) {
        let mut same = |what: &str, same: bool| {
            if !same {
                out.push(format!("{what} of {entry:?} for {want}").chars().take(600).collect());
            }
        };
        let id = want["id"].as_str().unwrap();
        same("id", entry.id.as_deref() == Some(id) || made_up(id));
        let title = word(&want["title"]["content"]);
        let plain = want["title"]["content_type"] == "text/plain";
        same(
            "title",
            if plain {
                entry.title.clone().unwrap_or_default() == title
            } else {
                entry.title.is_some() != title.is_empty()
            },
        );
        let links: Vec<&str> = want["links"].as_array().unwrap().iter().filter_map(|l| l["href"].as_str()).collect();
        same("uri", entry.uri.as_deref().map_or(links.is_empty(), |u| links.contains(&u)));
        let stated = want["published"].as_str().or(want["updated"].as_str());
        same("date", entry.stated.as_deref().map(|s| &s[..19]) == stated.map(|s| &s[..19]));
        // Where name and address stand together, the expected JSON keeps them as one, as name or as address.
        let whole = |a: &Value| format!("{} {}", word(&a["name"]), word(&a["email"]));
        let authors: Vec<String> = want["authors"].as_array().unwrap().iter().map(whole).collect();
        let named = |(got, want): (&String, &String)| want.contains(got.as_str());
        same("authors", entry.authors.len() <= authors.len() && entry.authors.iter().zip(&authors).all(named));
        let article = entry.article(&Source::default());
        let shown = |body: &Value| word(body).split(['<', '>']).step_by(2).any(|t| !t.trim().is_empty());
        let body = [&want["content"]["body"], &want["summary"]["content"]].into_iter().any(shown);
        same("text", !body || article.is_ok());
        if let (Ok(article), Some(stated)) = (article, stated) {
            same("day", article.published.best.is_some_and(|d| d.to_string() == stated[..10]));
        }
    }
    out
}

#[test]
fn every_feed_of_the_fixtures_is_read_as_its_json_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/feeds");
    if !root.is_dir() {
        println!("skipped: ../shared/fixtures/feeds is not here");
        return;
    }
    let (mut read, mut wrong) = (0, Vec::new());
    for path in files(&root).iter().flat_map(|f| files(f)) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected = path.with_file_name(format!("{}.serde.json", path.file_stem().unwrap().to_string_lossy()));
        if name.ends_with(".serde.json") || !expected.is_file() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let expected: Value = serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
        wrong.extend(differences(&bytes, &expected).into_iter().map(|d| format!("{name}: {d}")));
        read += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
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
