//! An HTTP answer as an archive keeps it → its status, its type and its body as the page's reader got it.

use super::header::{Fields, lines};
use std::borrow::Cow;
use std::io::Read;

/// What an answer's head says.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub fields: Fields,
    /// Where the body begins in the block (bytes).
    pub body: usize,
}

/// Reads the head that a block begins with; `None` where it does not begin with `HTTP/`.
pub(super) fn answer(block: &[u8]) -> Option<Answer> {
    if !block.starts_with(b"HTTP/") {
        return None;
    }
    let (head, body) = end_of_head(block).unwrap_or((block.len(), block.len()));
    let mut lines = lines(&block[..head]);
    let status = String::from_utf8_lossy(lines.next()?).split_whitespace().nth(1)?.parse().ok()?;
    Some(Answer { status, fields: Fields::of(lines), body })
}

/// The end of a head and the start of what follows, behind its empty line.
pub(super) fn end_of_head(block: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    while let Some(n) = memchr::memchr(b'\n', &block[at..]) {
        let line = &block[at..at + n];
        if line.is_empty() || line == b"\r" {
            return Some((at, at + n + 1));
        }
        at += n + 1;
    }
    None
}

/// A media type without its parameters, lower case, and its `charset`.
pub fn media_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts
        .filter_map(|p| p.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, v)| v.trim().trim_matches(['"', '\'']).to_owned())
        .filter(|v| !v.is_empty());
    (kind, charset)
}

/// A body without its transfer coding and content codings, at most `limit` bytes of it; with notes on what was not as
/// the head says.
pub(super) fn body<'a>(raw: &'a [u8], fields: &Fields, limit: usize, notes: &mut Vec<String>) -> Cow<'a, [u8]> {
    let mut body = Cow::Borrowed(raw);
    if fields.get("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked")) {
        // Crawlers that take the chunks away leave the header.
        if let Some((whole, complete)) = without_chunks(&body) {
            if !complete {
                notes.push("the page's chunks are broken: read as far as they go".to_owned());
            }
            body = Cow::Owned(whole);
        }
    }
    let codings = fields.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
    // The last coding was put on last.
    for coding in codings.split(',').rev().map(str::trim).filter(|c| !matches!(*c, "" | "identity")) {
        match decoded(&body, coding, limit) {
            Some((whole, complete)) => {
                if !complete {
                    notes.push(format!("the page's {coding} coding is broken: read as far as it goes"));
                }
                body = Cow::Owned(whole);
            }
            // Crawlers that decode a page leave the header, too.
            None if coding_known(coding) => notes.push(format!("the page is not {coding}-coded as its head says")),
            None => notes.push(format!("the page is coded as {coding}, which is not known")),
        }
    }
    body
}

fn coding_known(coding: &str) -> bool {
    matches!(coding, "gzip" | "x-gzip" | "deflate" | "br" | "zstd")
}

/// The bytes behind a content coding and whether they are complete; `None` where they do not begin as such.
fn decoded(bytes: &[u8], coding: &str, limit: usize) -> Option<(Vec<u8>, bool)> {
    match coding {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => {
            Some(read(flate2::read::MultiGzDecoder::new(bytes), limit))
        }
        // Servers send either of two formats under this name.
        "deflate" => {
            let zlib = read(flate2::read::ZlibDecoder::new(bytes), limit);
            let plain =
                if zlib.1 { (Vec::new(), false) } else { read(flate2::read::DeflateDecoder::new(bytes), limit) };
            [zlib, plain]
                .into_iter()
                .max_by_key(|(out, complete)| (*complete, out.len()))
                .filter(|(out, _)| !out.is_empty())
        }
        "br" => {
            Some(read(brotli_decompressor::Decompressor::new(bytes, 4096), limit)).filter(|(out, _)| !out.is_empty())
        }
        "zstd" if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
            zstd::stream::read::Decoder::new(bytes).ok().map(|decoder| read(decoder, limit))
        }
        _ => None,
    }
}

/// What can be read, and whether it was read to its end. Reading stops one byte over the limit.
fn read(input: impl Read, limit: usize) -> (Vec<u8>, bool) {
    let mut out = Vec::new();
    let complete = input.take(limit as u64 + 1).read_to_end(&mut out).is_ok();
    (out, complete)
}

/// A chunked body put together and whether it was complete; `None` where it does not begin with a chunk's length.
fn without_chunks(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::new();
    let mut rest = bytes;
    loop {
        let line = memchr::memchr(b'\n', rest);
        let length = line.and_then(|end| {
            let line = rest[..end].trim_ascii();
            let digits = line.split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
            usize::from_str_radix(std::str::from_utf8(digits).ok().filter(|d| d.len() <= 12)?, 16).ok()
        });
        let (Some(end), Some(length)) = (line, length) else {
            return (rest.len() < bytes.len()).then(|| {
                // What is left behind the last whole chunk is no chunk.
                let ended = rest.trim_ascii().is_empty();
                if !ended {
                    out.extend_from_slice(rest);
                }
                (out, false)
            });
        };
        rest = &rest[end + 1..];
        if length == 0 {
            return Some((out, true));
        }
        let whole = length.min(rest.len());
        out.extend_from_slice(&rest[..whole]);
        rest = &rest[whole..];
        if whole < length {
            return Some((out, false));
        }
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn fields(head: &str) -> Fields {
        Fields::of(lines(head.as_bytes()))
    }

    fn read_body(raw: &[u8], head: &str) -> (String, usize) {
        let mut notes = Vec::new();
        let body = body(raw, &fields(head), 1000, &mut notes);
        (String::from_utf8_lossy(&body).into_owned(), notes.len())
    }

    #[test]
    fn chunks_are_put_together_as_far_as_they_go() {
        let head = "Transfer-Encoding: chunked";
        assert_eq!(read_body(b"5\r\nTroop\r\n6;x=y\r\ns left\r\n0\r\n\r\n", head), ("Troops left".into(), 0));
        assert_eq!(read_body(b"5\r\nTroop\r\nff\r\ns left", head), ("Troops left".into(), 1));
        assert_eq!(read_body(b"5\r\nTroop\r\nzz s left", head), ("Troopzz s left".into(), 1));
        assert_eq!(read_body(b"<p>Troops left", head), ("<p>Troops left".into(), 0));
    }

    #[test]
    fn codings_are_taken_off_and_those_that_are_not_there_are_noted() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"Troops left").unwrap();
        let gz = gz.finish().unwrap();
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(b"Troops left").unwrap();
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        raw.write_all(b"Troops left").unwrap();
        // "Troops left" as one uncompressed meta-block of RFC 7932.
        let brotli = [&[0x0b, 0x05, 0x80][..], b"Troops left", &[0x03]].concat();
        for (bytes, coding) in [
            (gz.clone(), "gzip"),
            (zlib.finish().unwrap(), "deflate"),
            (raw.finish().unwrap(), "deflate"),
            (brotli, "br"),
            (zstd::encode_all(&b"Troops left"[..], 1).unwrap(), "zstd"),
        ] {
            assert_eq!(
                read_body(&bytes, &format!("content-encoding: {coding}")),
                ("Troops left".into(), 0),
                "{coding}"
            );
        }
        assert_eq!(read_body(&gz[..gz.len() - 4], "content-encoding: gzip"), ("Troops left".into(), 1));
        assert_eq!(read_body(b"Troops left", "content-encoding: gzip"), ("Troops left".into(), 1));
    }

    #[test]
    fn an_answer_is_known_by_its_first_line() {
        let found = answer(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"Latin1\"\r\n\r\n<p>").unwrap();
        assert_eq!((found.status, found.body), (200, 62));
        let kind = media_type(found.fields.get("content-type").unwrap());
        assert_eq!(kind, ("text/html".to_owned(), Some("Latin1".to_owned())));
        assert!(answer(b"<p>HTTP/1.1").is_none());
    }
}
