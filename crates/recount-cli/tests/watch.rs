//! `recount watch` against a server on loopback: what is new is added once, what has not changed is not sent again.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, reason = "the test's own server listens")]

use assert_cmd::Command;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

const PAGE: &str = "<!doctype html><html><head><title>Curfew in Orvask</title></head><body><article>
<h1>Curfew in Orvask</h1><p>The governor of Orvask imposed a night curfew on Monday after two days of clashes between
dock workers and the police, the regional council said in a statement that was read out on the radio.</p>
<p>At least four people were killed and more than thirty were injured, a doctor at the city hospital said. The police
denied that live rounds had been used.</p></article></body></html>";

fn feed(root: &str) -> String {
    format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>
        <title>Coast Radio</title><link>{root}</link><description>News</description>
        <item><title>Curfew in Orvask</title><link>{root}/curfew</link><guid>c1</guid>
          <pubDate>Mon, 06 May 2024 18:00:00 GMT</pubDate><description>A night curfew is imposed.</description></item>
        <item><title>Strike ends</title><link>{root}/strike</link><guid>c2</guid>
          <pubDate>Tue, 07 May 2024 08:00:00 GMT</pubDate>
          <content:encoded><![CDATA[<p>The dock workers of Orvask ended their strike on Tuesday, their union said.</p>]]>
          </content:encoded></item>
        <item><title>Gone</title><link>{root}/gone</link><guid>c3</guid></item></channel></rss>"
    )
}

/// A server that gives the feed and its page with validators, and what it was asked for.
fn server() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let root = format!("http://{}", listener.local_addr().unwrap());
    let (asked, own) = (Arc::new(Mutex::new(Vec::new())), root.clone());
    let seen = Arc::clone(&asked);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let lines: Vec<String> = lines.map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
            let Some(path) = lines.first().and_then(|l| l.split(' ').nth(1)) else { continue };
            let same = lines.iter().any(|l| l.to_ascii_lowercase().starts_with("if-none-match: \"v1\""));
            seen.lock().unwrap().push(format!("{path}{}", if same { " if changed" } else { "" }));
            let (status, body) = match path {
                "/feed" | "/curfew" if same => ("304 Not Modified", String::new()),
                "/feed" => ("200 OK", feed(&own)),
                "/curfew" => ("200 OK", PAGE.to_owned()),
                _ => ("404 Not Found", String::new()),
            };
            let kind = if path == "/feed" { "application/rss+xml" } else { "text/html; charset=utf-8" };
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nConnection: close\r\nETag: \"v1\"\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
        }
    });
    (root, asked)
}

fn watch(feeds: &Path, db: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut call = Command::cargo_bin("recount").unwrap();
    let output = call.arg("watch").arg(feeds).arg("--db").arg(db).arg("--once").args(more).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn what_is_new_is_added_once_and_what_has_not_changed_is_not_sent_again() {
    let (root, asked) = server();
    let folder = tempfile::tempdir().unwrap();
    let (feeds, db) = (folder.path().join("feeds.toml"), folder.path().join("c.recount"));
    std::fs::write(&feeds, format!("between = \"0s\"\n[[feed]]\nurl = \"{root}/feed\"\n")).unwrap();

    let (status, talk) = watch(&feeds, &db, &[]);
    assert_eq!(status, Some(1), "{talk}");
    assert!(talk.contains("private or local address"), "{talk}");
    assert!(asked.lock().unwrap().is_empty());

    let (status, talk) = watch(&feeds, &db, &["--allow-private"]);
    assert_eq!(status, Some(1), "one entry leads nowhere: {talk}");
    assert!(talk.contains("/gone: the server answers 404"), "{talk}");
    assert!(talk.contains("3 entries, 2 reports added"), "{talk}");
    assert_eq!(*asked.lock().unwrap(), ["/robots.txt", "/feed", "/curfew", "/gone"]);

    asked.lock().unwrap().clear();
    let (_, talk) = watch(&feeds, &db, &["--allow-private"]);
    assert!(talk.contains("3 entries, 0 reports added"), "{talk}");
    // The feed is asked for whole, since an entry failed; the page was read just now.
    assert_eq!(*asked.lock().unwrap(), ["/robots.txt", "/feed", "/gone"]);

    let mut call = Command::cargo_bin("recount").unwrap();
    let found = call.args(["search", "--format", "jsonl", "--db"]).arg(&db).arg("curfew").output().unwrap();
    let found = String::from_utf8(found.stdout).unwrap();
    assert!(found.contains("/curfew") && found.contains("2024-05-06"), "{found}");
}

#[test]
fn a_list_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (feeds, db) = (folder.path().join("feeds.toml"), folder.path().join("c.recount"));
    for (text, why) in
        [("feed = []\n", "no feeds"), ("[[feed]]\naddress = \"x\"\n", "unknown field"), ("every = 3", "every")]
    {
        std::fs::write(&feeds, text).unwrap();
        let (status, talk) = watch(&feeds, &db, &[]);
        assert_eq!(status, Some(2), "{talk}");
        assert!(talk.contains("feeds.toml") && talk.contains(why), "{talk}");
    }
}
