//! JSON lines: one report a line, with `id`, `text` or `html`, `title`, `published`, `uri`. Other keys are passed over.

use super::{Article, Source};
use crate::error::{Error, Result};
use serde_json::Value;
use std::io::BufRead;

/// The longest line that is read (bytes): a report of [`super::MAX_BYTES`] grows when its characters are escaped.
pub const MAX_LINE: usize = 4 * super::MAX_BYTES;

/// Splits an input into [`Line`]s, one in memory at a time. Empty lines are passed over; a line over [`MAX_LINE`] is an
/// error, and the next goes on.
pub fn lines<R: BufRead>(input: R) -> Lines<R> {
    Lines { input, number: 0, failed: false }
}

/// The iterator of [`lines`].
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    number: usize,
    failed: bool,
}

/// One line of an input, not parsed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    pub bytes: Vec<u8>,
}

impl Line {
    /// The report that the line holds. What the line does not say is taken from `source`.
    ///
    /// # Errors
    /// [`Error::Line`] with the line's number and the reason.
    pub fn article(&self, source: &Source) -> Result<Article> {
        self.read(source).map_err(|reason| Error::Line { line: self.number, reason })
    }

    fn read(&self, source: &Source) -> std::result::Result<Article, String> {
        let bytes = self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes);
        let value: Value = serde_json::from_slice(bytes).map_err(|e| format!("not JSON: {e}"))?;
        let object = value.as_object().ok_or("not a JSON object")?;
        let word = |key: &str| match object.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(s)) => Ok(Some(s.as_str())),
            Some(_) => Err(format!("`{key}` is not a string")),
        };
        let id = match object.get("id") {
            Some(Value::Number(n)) => Some(n.to_string()),
            _ => word("id")?.map(str::to_owned),
        };
        let here = Source {
            id: id.as_deref().or(source.id),
            uri: word("uri")?.or(source.uri),
            title: word("title")?.or(source.title),
            stated: word("published")?.or(source.stated),
            // What stands in JSON is Unicode already.
            charset: Some("utf-8"),
            ..*source
        };
        let read = match (word("text")?, word("html")?) {
            (Some(text), None) => Article::from_plain(text.as_bytes(), &here),
            (Some(text), Some(_)) if !text.trim().is_empty() => Article::from_plain(text.as_bytes(), &here),
            (_, Some(html)) => Article::from_html(html.as_bytes(), &here),
            (None, None) => return Err("neither `text` nor `html`".to_owned()),
        };
        let mut article = read.map_err(|e| e.to_string())?;
        super::note_stated(&mut article, here.stated);
        Ok(article)
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            self.number += 1;
            let mut bytes = Vec::new();
            let mut length = 0;
            let ended = loop {
                let chunk = match self.input.fill_buf() {
                    Ok(chunk) => chunk,
                    Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                    Err(e) => {
                        self.failed = true;
                        return Some(Err(Error::Line { line: self.number, reason: e.to_string() }));
                    }
                };
                let end = memchr::memchr(b'\n', chunk);
                let part = &chunk[..end.unwrap_or(chunk.len())];
                length += part.len();
                // The rest of a line that is too long is read past, not kept.
                if length <= MAX_LINE {
                    bytes.extend_from_slice(part);
                }
                let (used, done) = (end.map_or(chunk.len(), |n| n + 1), chunk.is_empty());
                self.input.consume(used);
                if end.is_some() || done {
                    break done;
                }
            };
            if length > MAX_LINE {
                let reason = format!("the line is {length} bytes long; the limit is {MAX_LINE}");
                return Some(Err(Error::Line { line: self.number, reason }));
            }
            if !bytes.trim_ascii().is_empty() {
                return Some(Ok(Line { number: self.number, bytes }));
            }
            if ended {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &str) -> Vec<Result<Article>> {
        lines(input.as_bytes()).map(|line| line?.article(&Source::default())).collect()
    }

    #[test]
    fn a_broken_line_is_named_and_the_next_goes_on() {
        let got = read("{\"text\": \"Troops left.\"}\n{\"text\": \n\n{\"id\": 7, \"text\": \"They came back.\"}");
        assert_eq!(got.len(), 3);
        assert_eq!(got[0].as_ref().unwrap().text, "Troops left.");
        assert!(matches!(&got[1], Err(Error::Line { line: 2, reason }) if reason.contains("not JSON")));
        assert_eq!(got[2].as_ref().unwrap().id, "7");
    }

    #[test]
    fn a_line_says_what_it_lacks() {
        for (line, reason) in [
            ("[]", "object"),
            ("{\"id\": \"a\"}", "neither"),
            ("{\"text\": 3}", "`text`"),
            ("{\"text\": \"\"}", "empty"),
            ("{\"html\": \"<p>\"}", "no article"),
        ] {
            let error = read(line).remove(0).unwrap_err().to_string();
            assert!(error.starts_with("line 1: ") && error.contains(reason), "{error}");
        }
    }

    #[test]
    fn the_fields_of_a_line_are_kept() {
        let line =
            r#"{"id":"a","uri":"https://x.example/1","title":"T","published":"2020-02-03","text":"A\r\nB","more":[1]}"#;
        let article = read(line).remove(0).unwrap();
        assert_eq!((article.id.as_str(), article.title.as_deref()), ("a", Some("T")));
        assert_eq!(article.text, "A\r\nB");
        assert_eq!(article.published.best.unwrap().to_string(), "2020-02-03");
        assert_eq!(article.published.stated[0].from, "input");
        let odd = read(r#"{"published":"last week","text":"A b."}"#).remove(0).unwrap();
        assert!(odd.published.best.is_none() && odd.notes[0].contains("last week"));
    }

    #[test]
    fn a_line_over_the_limit_does_not_stop_the_next() {
        let mut input = vec![b'x'; MAX_LINE + 1];
        input.extend_from_slice(b"\n{\"text\": \"after\"}\n");
        let got: Vec<_> = lines(&input[..]).collect();
        assert!(matches!(&got[0], Err(Error::Line { line: 1, reason }) if reason.contains("limit")));
        assert_eq!(got[1].as_ref().unwrap().number, 2);
        assert_eq!(got.len(), 2);
    }
}
