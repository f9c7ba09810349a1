//! One captured page → `Article`: whether a block holds one, its body, its digest.

use super::{Capture, digest, http};
use crate::error::{Error, Result};
use crate::intake::{Article, Captured, Kind, MAX_BYTES, Source, kind_of};

/// A page or text of an archive, not read yet.
#[derive(Clone, Debug)]
pub struct Page {
    pub capture: Capture,
    /// The record's block as stored, unpacked.
    pub(super) block: Vec<u8>,
    pub(super) shape: Shape,
    /// Why the crawler cut it, where it did (`WARC-Truncated`).
    pub(super) cut: Option<String>,
}

/// How a block is to be read.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    answer: Option<http::Answer>,
    html: bool,
    charset: Option<String>,
}

/// How a block that begins so is read; or why it holds no report.
pub(super) fn wanted(capture: &Capture, media: &str, start: &[u8]) -> std::result::Result<Shape, &'static str> {
    let uri = capture.uri.as_deref().unwrap_or_default();
    let scheme = uri.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if matches!(scheme.as_str(), "metadata" | "dns" | "whois" | "warcinfo") {
        return Err("records about the crawl");
    }
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    if path.ends_with("/robots.txt") {
        return Err("files for crawlers");
    }
    let (mut kind, mut charset) = http::media_type(media);
    let answer = http::answer(start);
    if let Some(answer) = &answer {
        if !(200..300).contains(&answer.status) {
            return Err("answers without a page (moved, not found, and the like)");
        }
        (kind, charset) = answer.fields.get("content-type").map(http::media_type).unwrap_or_default();
    }
    let body = answer.as_ref().map_or(start, |a| &start[a.body..]);
    let html = match kind.as_str() {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => true,
        "text/plain" => kind_of(body, None) == Kind::Html,
        "" | "unk" | "application/http" => match kind_of(body, None) {
            Kind::Html => true,
            _ => return Err("pictures, programs and other files"),
        },
        _ => return Err("pictures, programs and other files"),
    };
    Ok(Shape { answer, html, charset })
}

impl Page {
    /// The report that the page holds. Its address, and what the answer says of its character set, come before what
    /// `source` says.
    ///
    /// # Errors
    /// [`Error::Record`] with the record's number, place, address and the reason.
    pub fn article(&self, source: &Source) -> Result<Article> {
        let Capture { number, at, uri, .. } = &self.capture;
        self.read(source).map_err(|e| Error::Record {
            record: *number,
            at: *at,
            uri: uri.clone(),
            reason: e.to_string(),
        })
    }

    fn read(&self, source: &Source) -> Result<Article> {
        let mut notes = Vec::new();
        let raw = &self.block[self.shape.answer.as_ref().map_or(0, |a| a.body)..];
        let body = match &self.shape.answer {
            Some(answer) => http::body(raw, &answer.fields, MAX_BYTES, &mut notes),
            None => raw.into(),
        };
        if let Some(stated) = &self.capture.digest
            && digest::holds(stated, raw) == Some(false)
            // Some crawlers take it from the body without its chunks, some from the whole block.
            && digest::holds(stated, &body) == Some(false)
            && digest::holds(stated, &self.block) == Some(false)
        {
            notes.push(format!("the page has not the digest that the archive states ({stated})"));
        }
        if let Some(why) = &self.cut {
            notes.push(format!("the crawler cut the page ({why})"));
        }
        let here = Source {
            uri: self.capture.uri.as_deref().or(source.uri),
            charset: self.shape.charset.as_deref().or(source.charset),
            ..*source
        };
        let mut article =
            if self.shape.html { Article::from_html(&body, &here)? } else { Article::from_plain(&body, &here)? };
        article.notes.extend(notes);
        article.captured = Some(Captured {
            date: self.capture.date.clone(),
            digest: self.capture.digest.clone(),
            kind: self.capture.kind.to_owned(),
        });
        Ok(article)
    }
}
