//! Web archives: WARC 0.17 to 1.1 and ARC 1 and 2, plain, gzip or zstd, as a stream of captures. What is broken is named,
//! and reading goes on with the next record.

mod digest;
mod header;
mod http;
mod page;

pub(in crate::intake) use digest::hex;
pub use http::media_type;
pub use page::Page;

use super::unpack::Unpacked;
use crate::error::{Error, Result};
use header::{Fields, arc_date, arc_line, arc_uri, is_arc_line, lines};
use std::io::{self, BufRead};
use std::ops::Range;

/// The longest head of a record that is read (bytes).
const LONGEST_HEAD: usize = 1 << 16;
/// This much of a block is looked at to tell whether it holds a page (bytes).
const LOOK: u64 = 1 << 14;
/// The longest block of a page that is read (bytes): a page and the head of its answer.
const LONGEST_BLOCK: u64 = super::MAX_BYTES as u64 + LONGEST_HEAD as u64;

/// One record of an archive, as far as intake is concerned.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A page or a text.
    Page(Page),
    /// Another visit to a page that had not changed: it has no text of its own.
    Revisit(Revisit),
    /// What holds no report, and why.
    Passed(&'static str),
}

/// Which record of an archive something is, and what it says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// Counted from 1, all records together.
    pub number: usize,
    /// Where it begins: a byte of the file as stored. For a packed file the beginning of its member.
    pub at: u64,
    /// `response`, `resource`, `conversion` or `revisit`.
    pub kind: &'static str,
    /// The target URI.
    pub uri: Option<String>,
    /// As stated, `2014-02-16T05:02:21Z`; an ARC file's digits are written in the same way.
    pub date: Option<String>,
    /// The payload's digest as stated, with its algorithm; else the block's.
    pub digest: Option<String>,
}

/// A capture that refers to an earlier one of the same content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revisit {
    pub capture: Capture,
    /// Address and date of the earlier capture, where they are stated; its digest is the revisit's own.
    pub earlier_uri: Option<String>,
    pub earlier_date: Option<String>,
}

/// The records of an archive, one in memory at a time.
pub fn archive<R: BufRead>(input: Unpacked<R>) -> Archive<R> {
    Archive { input, arc: false, last: Capture::default(), held: None, ended: false }
}

/// The iterator of [`archive`]. Broken records are [`Error::Record`].
pub struct Archive<R: BufRead> {
    input: Unpacked<R>,
    arc: bool,
    /// The record read last, to be named when something is wrong behind it.
    last: Capture,
    /// A line that was read and not used, and where it stands.
    held: Option<(Vec<u8>, u64)>,
    ended: bool,
}

/// Why a record cannot be read.
enum Broken {
    /// The bytes cannot be had; reading goes on behind them.
    Stream(io::Error),
    /// The bytes are not what they should be.
    Content(String),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        Broken::Stream(error)
    }
}

type Read<T> = std::result::Result<T, Broken>;

impl<R: BufRead> Iterator for Archive<R> {
    type Item = Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.record() {
            Ok(Some(entry)) => Some(Ok(entry)),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(broken) => {
                let (stream, reason) = match broken {
                    Broken::Stream(error) => (true, error.to_string()),
                    Broken::Content(reason) => (false, reason),
                };
                // What cannot be unpacked from the start stands where the first record should.
                self.last.number = self.last.number.max(1);
                let Capture { number, at, uri, .. } = self.last.clone();
                self.ended = !self.recover(stream);
                Some(Err(Error::Record { record: number, at, uri, reason }))
            }
        }
    }
}

impl<R: BufRead> Archive<R> {
    fn record(&mut self) -> Read<Option<Entry>> {
        let Some((first, at)) = self.first_line()? else { return Ok(None) };
        let opens = |first: &[u8]| first.starts_with(b"WARC/");
        if self.last.number == 0 && !opens(&first) && is_arc_line(&first) {
            self.arc = true;
        }
        if !self.arc && !opens(&first) || self.arc && !is_arc_line(&first) {
            if self.last.number == 0 {
                self.last = Capture { number: 1, at, ..Capture::default() };
            }
            return Err(Broken::Content("what stands behind it is no record: its length may be wrong".to_owned()));
        }
        self.last = Capture { number: self.last.number + 1, at, ..Capture::default() };
        if self.arc { self.arc_record(&first) } else { self.warc_record() }.map(Some)
    }

    fn warc_record(&mut self) -> Read<Entry> {
        let head = self.head()?;
        let fields = Fields::of(lines(&head));
        // Wget puts the address in angle brackets.
        let uri = fields.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
        let kind = fields.get("warc-type").unwrap_or_default().to_ascii_lowercase();
        self.last.uri = uri;
        self.last.date = fields.get("warc-date").map(str::to_owned);
        self.last.digest = fields.get("warc-payload-digest").or(fields.get("warc-block-digest")).map(str::to_owned);
        let length = fields.get("content-length").unwrap_or_default();
        let length: u64 = length.parse().map_err(|_| Broken::Content(format!("it gives its length as {length:?}")))?;
        self.last.kind = match kind.as_str() {
            "response" => "response",
            "resource" => "resource",
            "conversion" => "conversion",
            "revisit" => "revisit",
            _ => {
                self.block(length, 0..length, false)?;
                return Ok(Entry::Passed("records about the crawl"));
            }
        };
        if self.last.kind == "revisit" {
            self.block(length, 0..length, false)?;
            return Ok(Entry::Revisit(Revisit {
                capture: self.last.clone(),
                earlier_uri: fields.get("warc-refers-to-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned()),
                earlier_date: fields.get("warc-refers-to-date").map(str::to_owned),
            }));
        }
        let cut = fields.get("warc-truncated").map(str::to_owned);
        let media = fields.get("content-type").unwrap_or_default().to_owned();
        self.capture(&media, length, cut)
    }

    fn arc_record(&mut self, first: &[u8]) -> Read<Entry> {
        self.last.uri = arc_uri(first);
        let line = arc_line(first).map_err(Broken::Content)?;
        let about = line.uri.starts_with("filedesc:");
        self.last.kind = "response";
        self.last.date = Some(arc_date(&line.date));
        if about {
            self.block(line.length, 0..line.length, false)?;
            return Ok(Entry::Passed("records about the crawl"));
        }
        self.capture(&line.mime, line.length, None)
    }

    /// Reads a block that may hold a page.
    fn capture(&mut self, media: &str, length: u64, cut: Option<String>) -> Read<Entry> {
        let look = length.min(LOOK);
        let mut block = self.block(length, 0..look, true)?;
        let wanted = page::wanted(&self.last, media, &block);
        let keep = wanted.is_ok() && length <= LONGEST_BLOCK;
        let more = self.block(length, look..length, keep)?;
        match wanted {
            Err(why) => Ok(Entry::Passed(why)),
            Ok(_) if length > LONGEST_BLOCK => {
                let limit = super::MAX_BYTES;
                Err(Broken::Content(Error::TooLong { got: Some(length as usize), limit }.to_string()))
            }
            Ok(shape) => {
                block.extend_from_slice(&more);
                Ok(Entry::Page(Page { capture: self.last.clone(), block, shape, cut }))
            }
        }
    }

    /// The next line that is not empty, and where it stands.
    fn first_line(&mut self) -> Read<Option<(Vec<u8>, u64)>> {
        if let Some(held) = self.held.take() {
            return Ok(Some(held));
        }
        loop {
            if self.input.fill_buf()?.is_empty() {
                return Ok(None);
            }
            let at = self.input.at();
            let line = self.line(LONGEST_HEAD)?;
            if !line.trim_ascii().is_empty() {
                return Ok(Some((line, at)));
            }
        }
    }

    /// The lines of a head behind its first, to its empty line.
    fn head(&mut self) -> Read<Vec<u8>> {
        let mut head = Vec::new();
        loop {
            let line = self.line(LONGEST_HEAD)?;
            if line.is_empty() {
                return Err(Broken::Content("the file ends within its head".to_owned()));
            }
            if line == b"\n" || line == b"\r\n" {
                return Ok(head);
            }
            head.extend_from_slice(&line);
            if head.len() > LONGEST_HEAD {
                return Err(Broken::Content(format!("its head is over {LONGEST_HEAD} bytes long")));
            }
        }
    }

    /// A line with its end, cut after `most` bytes; empty at the end of the input.
    fn line(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        while line.len() < most {
            let chunk = self.input.fill_buf()?;
            let chunk = &chunk[..chunk.len().min(most - line.len())];
            let end = memchr::memchr(b'\n', chunk);
            let used = end.map_or(chunk.len(), |n| n + 1);
            line.extend_from_slice(&chunk[..used]);
            self.input.consume(used);
            if end.is_some() || used == 0 {
                break;
            }
        }
        Ok(line)
    }

    /// Reads a part of a block of `length` bytes and gives it, if it is to be kept. A record ends where its member ends,
    /// if the next member begins with a record: one that says to be longer is cut.
    fn block(&mut self, length: u64, part: Range<u64>, keep: bool) -> Read<Vec<u8>> {
        let mut kept = Vec::new();
        let mut at = part.start;
        while at < part.end {
            if self.input.fill_member()?.is_empty() {
                let more = self.input.next_member()?;
                let next = if more { self.input.fill_member()? } else { &[] };
                if !more || next.starts_with(b"WARC/") || self.arc && next.starts_with(b"http") {
                    return Err(Broken::Content(format!("it is cut: {length} bytes are stated, {at} are there")));
                }
                continue;
            }
            let chunk = self.input.fill_member()?;
            let n = (chunk.len() as u64).min(part.end - at);
            if keep {
                kept.extend_from_slice(&chunk[..n as usize]);
            }
            self.input.take_bytes(n as usize);
            at += n;
        }
        Ok(kept)
    }

    /// Goes to where the next record can begin; false at the end of the input, or where it cannot be read any further.
    fn recover(&mut self, stream: bool) -> bool {
        let mut stream = stream;
        loop {
            if stream {
                if !self.input.packed() || !self.input.search_member().unwrap_or(false) {
                    return false;
                }
                stream = false;
            }
            // Bytes that only look like a member give no line of a record.
            let at = match self.input.fill_buf() {
                Ok([]) => return false,
                Ok(_) => self.input.at(),
                Err(_) => {
                    stream = true;
                    continue;
                }
            };
            match self.line(LONGEST_HEAD) {
                Ok(line) if line.starts_with(b"WARC/") && !self.arc || self.arc && is_arc_line(&line) => {
                    self.held = Some((line, at));
                    return true;
                }
                Ok(_) => {}
                Err(_) => stream = true,
            }
        }
    }
}
