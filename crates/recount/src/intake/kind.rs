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
}

/// This much is looked at (bytes).
const HEAD: usize = 4096;

/// Tells plain text, pages and JSON lines apart. `name` is the file's name where there is one. What stands in the bytes
/// counts for more than the name: a page saved as `.txt` is a page, and a `.txt` of JSON lines is JSON lines.
pub fn kind_of(bytes: &[u8], name: Option<&str>) -> Kind {
    let extension = name.and_then(|n| n.rsplit_once('.')).map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let head = &bytes[..bytes.len().min(HEAD)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if head.starts_with(b"{") && (matches!(extension.as_str(), "jsonl" | "ndjson" | "json") || holds_a_report(head)) {
        return Kind::Jsonl;
    }
    if is_page(head) {
        return Kind::Html;
    }
    match extension.as_str() {
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

fn is_page(head: &[u8]) -> bool {
    let lower = head.to_ascii_lowercase();
    let mut rest = &lower[..];
    // A declaration and comments may stand above the first element.
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?xml") {
            b"?>"
        } else {
            break;
        };
        match memchr::memmem::find(rest, end) {
            Some(at) => rest = &rest[at + end.len()..],
            None => return rest.starts_with(b"<!--") && memchr::memmem::find(rest, b"<html").is_some(),
        }
    }
    let opens = |tag: &[u8]| {
        rest.strip_prefix(tag)
            .is_some_and(|r| r.first().is_none_or(|b| matches!(b, b' ' | b'>' | b'\n' | b'\r' | b'\t' | b'/')))
    };
    rest.starts_with(b"<!doctype html")
        || [&b"<html"[..], b"<head", b"<body", b"<meta", b"<title", b"<article", b"<div", b"<p", b"<h1", b"<script"]
            .iter()
            .any(|tag| opens(tag))
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
    fn the_name_decides_where_the_content_does_not() {
        assert_eq!(kind_of(b"broken line", Some("a.jsonl")), Kind::Jsonl);
        assert_eq!(kind_of(b"words <b>and</b> tags", Some("a.HTML")), Kind::Html);
        assert_eq!(kind_of(b"", Some("a.htm")), Kind::Html);
        assert_eq!(kind_of(b"", None), Kind::Plain);
    }
}
