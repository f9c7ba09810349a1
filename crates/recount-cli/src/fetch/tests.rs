//! Against a server on loopback that answers from a script.
#![allow(clippy::disallowed_types, reason = "the tests' own server listens")]

use super::*;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

/// What a server saw: the first line and the header fields of a request.
type Seen = (String, Vec<String>);

/// A server that answers each path by `answer` until the test ends.
fn server(answer: impl Fn(&str, &[String]) -> Vec<u8> + Send + Sync + 'static) -> (String, Receiver<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let root = format!("http://{}", listener.local_addr().unwrap());
    let (send, seen) = channel();
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(mut stream), send, answer) = (stream, send.clone(), Arc::clone(&answer)) else { return };
            std::thread::spawn(move || {
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let mut lines: Vec<String> = lines.map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
                if lines.is_empty() {
                    return;
                }
                let first = lines.remove(0);
                let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
                let _ = send.send((path.clone(), lines.clone()));
                let _ = stream.write_all(&answer(&path, &lines));
            });
        }
    });
    (root, seen)
}

fn http(status: &str, fields: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{fields}\r\n{body}", body.len())
        .into_bytes()
}

fn fetcher(change: impl Fn(&mut Limits)) -> Fetcher {
    let mut limits = Limits { allow_private: true, between: Duration::ZERO, ..Limits::default() };
    limits.time = Duration::from_secs(5);
    change(&mut limits);
    Fetcher::new(limits)
}

fn page(fetched: Result<Fetched, String>) -> Page {
    match fetched {
        Ok(Fetched::Page(page)) => page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_page_comes_with_what_its_server_says_of_it_and_is_not_fetched_twice() {
    let (root, seen) = server(|path, fields| {
        if path == "/robots.txt" {
            return http("404 Not Found", "", "");
        }
        if fields.iter().any(|f| f.eq_ignore_ascii_case("if-none-match: \"v1\"")) {
            return http("304 Not Modified", "", "");
        }
        http("200 OK", "ETag: \"v1\"\r\nContent-Type: text/html; charset=utf-8\r\n", "<p>News</p>")
    });
    let fetcher = fetcher(|_| ());
    let first = page(fetcher.get(&format!("{root}/a"), &Validators::default()));
    assert_eq!(first.bytes, b"<p>News</p>");
    assert_eq!(first.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert!(matches!(fetcher.get(&format!("{root}/a"), &first.validators), Ok(Fetched::Unchanged)));
    let paths: Vec<String> = seen.try_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["/robots.txt", "/a", "/a"], "rules are asked for once");
}

#[test]
fn local_addresses_are_refused_at_the_connection_also_behind_names() {
    let (root, seen) = server(|_, _| http("200 OK", "", "secret"));
    let fetcher = fetcher(|l| l.allow_private = false);
    for url in [root.clone(), root.replace("127.0.0.1", "localhost"), root.replace("127.0.0.1", "[::ffff:127.0.0.1]")] {
        let error = fetcher.get(&url, &Validators::default()).unwrap_err();
        assert!(error.contains("private or local address"), "{url}: {error}");
    }
    assert_eq!(seen.try_iter().count(), 0, "nothing was asked");
}

#[test]
fn redirects_are_followed_as_far_as_each_may_be_read() {
    let (root, _) = server(|path, _| match path {
        "/robots.txt" => http("200 OK", "", "User-agent: *\nDisallow: /closed\n"),
        "/moved" => http("302 Found", "Location: /here#part\r\n", ""),
        "/here" => http("200 OK", "", "found"),
        "/round" => http("302 Found", "Location: /round\r\n", ""),
        "/file" => http("302 Found", "Location: file:///etc/passwd\r\n", ""),
        "/inside" => http("302 Found", "Location: /closed/1\r\n", ""),
        _ => http("500 Internal Server Error", "", ""),
    });
    let fetcher = fetcher(|_| ());
    let get = |path: &str| fetcher.get(&format!("{root}{path}"), &Validators::default());
    assert_eq!(page(get("/moved")).bytes, b"found");
    assert_eq!(get("/round").unwrap_err(), "more than 5 redirects");
    assert!(get("/file").unwrap_err().contains("only http and https"));
    assert_eq!(get("/inside").unwrap_err(), "its robots.txt forbids it");
    assert!(get("/else").unwrap_err().contains("500"));
}

#[test]
fn what_is_too_long_or_too_slow_is_given_up() {
    let (root, _) = server(|path, _| match path {
        "/robots.txt" => http("404 Not Found", "", ""),
        "/long" => http("200 OK", "", &"x".repeat(10_001)),
        _ => {
            std::thread::sleep(Duration::from_secs(20));
            Vec::new()
        }
    });
    let fetcher = fetcher(|l| (l.bytes, l.time) = (10_000, Duration::from_millis(300)));
    assert_eq!(
        fetcher.get(&format!("{root}/long"), &Validators::default()).unwrap_err(),
        "the answer is over 10000 bytes long"
    );
    let error = fetcher.get(&format!("{root}/slow"), &Validators::default()).unwrap_err();
    assert!(error.contains("timeout"), "{error}");
}

#[test]
fn a_bomb_in_gzip_is_cut_off_at_the_limit() {
    let (root, _) = server(|path, _| {
        if path == "/robots.txt" {
            return http("404 Not Found", "", "");
        }
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gz.write_all(&vec![b' '; 50_000_000]).unwrap();
        let body = gz.finish().unwrap();
        let mut out = format!(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut out = std::mem::take(&mut out).into_bytes();
        out.extend(body);
        out
    });
    let error = fetcher(|l| l.bytes = 1_000_000).get(&format!("{root}/"), &Validators::default()).unwrap_err();
    assert_eq!(error, "the answer is over 1000000 bytes long");
}

#[test]
fn a_site_whose_rules_cannot_be_had_is_left_alone() {
    let (root, seen) = server(|_, _| http("503 Service Unavailable", "", ""));
    let error = fetcher(|_| ()).get(&format!("{root}/a"), &Validators::default()).unwrap_err();
    assert!(error.contains("robots.txt cannot be had at present"), "{error}");
    assert_eq!(seen.try_iter().count(), 1);
}

#[test]
fn addresses_that_are_none_are_named() {
    let fetcher = fetcher(|_| ());
    for (url, why) in [
        ("ftp://news.example/a", "only http and https"),
        ("news", "no address"),
        ("http://a:b@news.example/", "user name"),
    ] {
        let error = fetcher.get(url, &Validators::default()).unwrap_err();
        assert!(error.contains(why), "{url}: {error}");
    }
}
