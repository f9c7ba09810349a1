//! What bytes are, before they are read: by their first characters, then by their name.

/// How an input is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One report as plain text: [`super::Article::from_plain`].
    Plain,
    /// One web page: [`super::Article::from_html`].
    Html,
    /// One report a line: [`super::lines`].
    Jsonl,
    /// A web archive: [`super::warc::archive`].
    Archive,
    /// A ZIP file, perhaps of web archives: [`super::wacz::parts`].
    Zip,
    /// RSS, Atom or JSON Feed: [`super::feed::feed`].
    Feed,
    /// CSV, TSV or the like: [`super::table::table`].
    Table,
    /// A Parquet file, which the crate `recount-tables` reads.
    Parquet,
}

/// This much is looked at (bytes).
const HEAD: usize = 4096;

/// Tells plain text, pages, JSON lines, archives, feeds and tables apart. `name` is the file's name where there is one. What stands in the bytes
/// counts for more than the name: a page saved as `.txt` is a page, and a `.txt` of JSON lines is JSON lines.
pub fn kind_of(bytes: &[u8], name: Option<&str>) -> Kind {
    let extension = name.and_then(|n| n.rsplit_once('.')).map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.starts_with(b"PAR1") {
        return Kind::Parquet;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    let wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if wide && matches!(extension.as_str(), "csv" | "tsv") {
        return Kind::Table;
    }
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if head.starts_with(b"WARC/") || head.starts_with(b"filedesc://") {
        return Kind::Archive;
    }
    if is_feed(head) {
        return Kind::Feed;
    }
    if head.starts_with(b"{") && (matches!(extension.as_str(), "jsonl" | "ndjson" | "json") || holds_a_report(head)) {
        return Kind::Jsonl;
    }
    if is_page(head) {
        return Kind::Html;
    }
    if super::table::is_table(head) {
        return Kind::Table;
    }
    match extension.as_str() {
        "csv" | "tsv" => Kind::Table,
        "warc" | "arc" => Kind::Archive,
        "rss" | "atom" => Kind::Feed,
        "jsonl" | "ndjson" => Kind::Jsonl,
        "html" | "htm" | "xhtml" | "shtml" => Kind::Html,
        _ => Kind::Plain,
    }
}

/// Whether a `{` opens a JSON object that names one of the fields of a report. A long first line is cut, so the line
/// is not parsed.
fn holds_a_report(head: &[u8]) -> bool {
    let inside = head[1..].trim_ascii_start();
    inside.starts_with(b"\"")
        && [&b"\"text\""[..], b"\"html\"", b"\"id\"", b"\"title\"", b"\"uri\"", b"\"published\""]
            .iter()
            .any(|key| memchr::memmem::find(head, key).is_some())
}

/// What stands behind the declarations, comments and processing instructions that may open a document; `None` where one
/// of them is not closed.
fn first_element(lower: &[u8]) -> Option<&[u8]> {
    let mut rest = lower;
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") {
            b"?>"
        } else {
            return Some(rest);
        };
        rest = &rest[memchr::memmem::find(rest, end)? + end.len()..];
    }
}

fn opens(rest: &[u8], tag: &[u8]) -> bool {
    rest.strip_prefix(tag)
        .is_some_and(|r| r.first().is_none_or(|b| matches!(b, b' ' | b'>' | b'\n' | b'\r' | b'\t' | b'/')))
}

/// Whether a document is a feed: by its first element, or by the version that JSON Feed names.
fn is_feed(head: &[u8]) -> bool {
    if head.starts_with(b"{") {
        return memchr::memmem::find(head, b"jsonfeed.org/version/").is_some()
            || memchr::memmem::find(head, b"jsonfeed.org\\/version\\/").is_some();
    }
    let lower = head.to_ascii_lowercase();
    let Some(mut rest) = first_element(&lower) else { return false };
    // RSS 0.91 has a document type, with what it declares in brackets.
    if rest.starts_with(b"<!doctype rss") || rest.starts_with(b"<!doctype rdf") {
        let Some(at) = memchr::memmem::find(rest, b"<r") else { return false };
        rest = &rest[at..];
    }
    [&b"<rss"[..], b"<feed", b"<rdf:rdf", b"<atom:feed", b"<entry"].iter().any(|tag| opens(rest, tag))
}

fn is_page(head: &[u8]) -> bool {
    let lower = head.to_ascii_lowercase();
    let Some(rest) = first_element(&lower) else {
        return lower.trim_ascii_start().starts_with(b"<!--") && memchr::memmem::find(&lower, b"<html").is_some();
    };
    rest.starts_with(b"<!doctype html")
        || [&b"<html"[..], b"<head", b"<body", b"<meta", b"<title", b"<article", b"<div", b"<p", b"<h1", b"<script"]
            .iter()
            .any(|tag| opens(rest, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_before_the_name() {
        assert_eq!(kind_of(b"\n<!DOCTYPE html><p>x", Some("a.txt")), Kind::Html);
        assert_eq!(kind_of(b"<?xml version='1.0'?>\n<!-- x -->\n<html>", None), Kind::Html);
        assert_eq!(kind_of(b"{\"id\": \"1\", \"text\": \"x\"}", Some("a.txt")), Kind::Jsonl);
        assert_eq!(kind_of(b"\xEF\xBB\xBF{\"html\": \"<p>\"}", None), Kind::Jsonl);
        assert_eq!(kind_of(b"{curly} words open this report", Some("a.txt")), Kind::Plain);
        assert_eq!(kind_of(b"<3 is a heart", None), Kind::Plain);
        assert_eq!(kind_of(b"The army left.", None), Kind::Plain);
    }

    #[test]
    fn collections_of_reports_are_known_by_their_first_bytes() {
        for feed in [
            "<?xml version='1.0'?><!-- made by x --><rss version='2.0'>",
            "<?xml version='1.0'?><?xml-stylesheet href='x'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<rdf:RDF xmlns:rdf='x'>",
            "<!DOCTYPE rss PUBLIC '-//x//DTD RSS 0.91//EN' 'x.dtd'>\n<rss version='0.91'>",
            "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"x\"}",
        ] {
            assert_eq!(kind_of(feed.as_bytes(), Some("a.txt")), Kind::Feed, "{feed}");
        }
        assert_eq!(kind_of(b"WARC/1.0\r\n", None), Kind::Archive);
        assert_eq!(kind_of(b"filedesc://a 0 1 text/plain 2", Some("a.txt")), Kind::Archive);
        assert_eq!(kind_of(b"PK\x03\x04", None), Kind::Zip);
        assert_eq!(kind_of(b"PAR1", Some("a.csv")), Kind::Parquet);
        assert_eq!(kind_of(b"id,title,text\n1,a,b", Some("a.txt")), Kind::Table);
        assert_eq!(kind_of(b"a,b\n1,2", Some("a.CSV")), Kind::Table);
    }

    #[test]
    fn the_name_decides_where_the_content_does_not() {
        assert_eq!(kind_of(b"broken line", Some("a.jsonl")), Kind::Jsonl);
        assert_eq!(kind_of(b"words <b>and</b> tags", Some("a.HTML")), Kind::Html);
        assert_eq!(kind_of(b"", Some("a.htm")), Kind::Html);
        assert_eq!(kind_of(b"", None), Kind::Plain);
    }
}
