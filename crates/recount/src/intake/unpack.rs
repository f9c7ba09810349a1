//! The bytes behind gzip or zstd, read member by member: a broken member does not hide those behind it.

use std::io::{self, BufRead, Read};

/// Reads an input as what it holds: gzip and zstd are told by their first bytes, all else is given as it is. As
/// [`BufRead`] it is one stream; an archive of one member a record can also be read member by member.
pub struct Unpacked<R: BufRead> {
    state: State<R>,
    buffer: Vec<u8>,
    start: usize,
    /// Where the member now read begins, in bytes of the input as stored.
    member: u64,
    /// Unpacked bytes taken since the member's beginning.
    taken: u64,
    /// A dictionary that the input brings for its zstd frames.
    dictionary: Vec<u8>,
    /// What members of this input begin with.
    magic: &'static [u8],
}

#[allow(clippy::large_enum_variant, reason = "one of these an input")]
enum State<R: BufRead> {
    Plain(Counted<R>),
    Gzip(flate2::bufread::GzDecoder<Counted<R>>),
    Zstd(zstd::stream::read::Decoder<'static, Counted<R>>),
    /// Between two members.
    Between(Counted<R>),
    /// While one state becomes the next.
    Gone,
}

const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// A skippable frame that holds the dictionary of all others (the IIPC's WARC-Zstandard, 0.1).
const ZSTD_DICTIONARY: &[u8] = &[0x5d, 0x2a, 0x4d, 0x18];
/// No dictionary is longer (bytes).
const LONGEST_DICTIONARY: u64 = 16 << 20;
/// Members longer than this (bytes as stored) are not gone back into.
const TRAIL: usize = 4 << 20;
/// Unpacked bytes kept at once.
const ROOM: usize = 1 << 16;

impl<R: BufRead> Unpacked<R> {
    /// # Errors
    /// Where the first bytes cannot be read.
    pub fn of(input: R) -> io::Result<Unpacked<R>> {
        let mut input = Counted { back: Vec::new(), back_at: 0, inner: input, trail: Vec::new(), taken: 0 };
        // Enough for who asks what an unpacked input is.
        let head = input.peek(ROOM)?;
        let packed = head.starts_with(&GZIP[..2]) || head.starts_with(ZSTD) || head.starts_with(ZSTD_DICTIONARY);
        let state = if packed { State::Between(input) } else { State::Plain(input) };
        let mut unpacked =
            Unpacked { state, buffer: Vec::new(), start: 0, member: 0, taken: 0, dictionary: Vec::new(), magic: GZIP };
        if packed {
            unpacked.next_member()?;
        }
        Ok(unpacked)
    }

    /// Whether the input is packed: its members are then where reading can begin again.
    pub fn packed(&self) -> bool {
        !matches!(self.state, State::Plain(_))
    }

    /// Where reading stands: for a packed input the first byte of the member now read, as stored; else the byte itself.
    pub fn at(&self) -> u64 {
        if self.packed() { self.member } else { self.taken }
    }

    /// Unpacked bytes taken since the beginning of the member.
    pub fn within(&self) -> u64 {
        self.taken
    }

    /// Bytes of the member now read, as [`BufRead::fill_buf`]; none at its end.
    ///
    /// # Errors
    /// Where the member is broken or cut.
    pub fn fill_member(&mut self) -> io::Result<&[u8]> {
        if self.start < self.buffer.len() {
            return Ok(&self.buffer[self.start..]);
        }
        self.buffer.resize(ROOM, 0);
        let read = match &mut self.state {
            State::Plain(input) => {
                self.buffer.clear();
                self.start = 0;
                return input.fill_buf();
            }
            State::Gzip(input) => fully(input, &mut self.buffer),
            State::Zstd(input) => fully(input, &mut self.buffer),
            State::Between(_) | State::Gone => Ok(0),
        };
        self.start = 0;
        self.buffer.truncate(*read.as_ref().unwrap_or(&0));
        read?;
        Ok(&self.buffer)
    }

    /// Takes bytes that [`Unpacked::fill_member`] gave.
    pub fn take_bytes(&mut self, n: usize) {
        self.taken += n as u64;
        match &mut self.state {
            State::Plain(input) => input.consume(n),
            _ => self.start += n,
        }
    }

    /// Goes to the next member; false at the end of the input.
    ///
    /// # Errors
    /// Where what follows is no member.
    pub fn next_member(&mut self) -> io::Result<bool> {
        let Some(mut input) = self.packed_input() else { return Ok(false) };
        self.buffer.clear();
        self.start = 0;
        self.taken = 0;
        let next = input.start_of_member(&mut self.dictionary);
        self.member = input.taken;
        input.trail.clear();
        match next {
            Ok(Start::Gzip) => self.state = State::Gzip(flate2::bufread::GzDecoder::new(input)),
            Ok(Start::Zstd) => {
                let decoder = zstd::stream::read::Decoder::with_dictionary(input, &self.dictionary)?;
                self.state = State::Zstd(decoder.single_frame());
                self.magic = ZSTD;
            }
            Ok(Start::End) => {
                self.state = State::Between(input);
                return Ok(false);
            }
            Err(error) => {
                self.state = State::Between(input);
                return Err(error);
            }
        }
        Ok(true)
    }

    /// The input as stored, for the next member; none where it is not packed.
    fn packed_input(&mut self) -> Option<Counted<R>> {
        match std::mem::replace(&mut self.state, State::Gone) {
            State::Plain(input) => {
                self.state = State::Plain(input);
                None
            }
            State::Gzip(decoder) => Some(decoder.into_inner()),
            State::Zstd(decoder) => Some(decoder.finish()),
            State::Between(input) => Some(input),
            State::Gone => None,
        }
    }

    /// Behind a broken member: looks for the next place where one can begin. False where there is none.
    ///
    /// # Errors
    /// Where the input cannot be read.
    pub fn search_member(&mut self) -> io::Result<bool> {
        let Some(mut input) = self.packed_input() else { return Ok(false) };
        input.rewind();
        let found = input.search(self.magic);
        self.state = State::Between(input);
        Ok(found? && self.next_member()?)
    }
}

/// Reads as much as fits or as there is, so that small reads of the decoder do not become small chunks. An error behind
/// bytes that were read comes with the next call.
fn fully(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

impl<R: BufRead> BufRead for Unpacked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.fill_member()?.is_empty() && self.next_member()? {}
        self.fill_member()
    }

    fn consume(&mut self, n: usize) {
        self.take_bytes(n);
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let n = chunk.len().min(out.len());
        out[..n].copy_from_slice(&chunk[..n]);
        self.consume(n);
        Ok(n)
    }
}

/// What a member is.
enum Start {
    Gzip,
    Zstd,
    End,
}

/// An input that counts what was taken of it.
struct Counted<R> {
    /// Bytes that were looked at and stand before those of `inner`, from `back_at` on.
    back: Vec<u8>,
    back_at: usize,
    inner: R,
    /// What was taken since the member's beginning, while that is no more than [`TRAIL`]: a decoder that reads a broken
    /// member can run into the next one.
    trail: Vec<u8>,
    taken: u64,
}

impl<R: BufRead> Counted<R> {
    /// What begins here. Zeros that fill a block are passed over, and dictionaries kept.
    fn start_of_member(&mut self, dictionary: &mut Vec<u8>) -> io::Result<Start> {
        loop {
            let head = self.peek(4)?;
            if head.is_empty() {
                return Ok(Start::End);
            }
            if head.starts_with(&GZIP[..2]) {
                return Ok(Start::Gzip);
            }
            if head.starts_with(ZSTD_DICTIONARY) {
                *dictionary = self.dictionary()?;
            } else if head.starts_with(ZSTD) || is_skippable(head) {
                return Ok(Start::Zstd);
            } else if head[0] == 0 {
                self.consume(1);
                self.trail.clear();
            } else {
                let reason = format!("what stands at byte {} is no packed part", self.taken);
                return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
            }
        }
    }

    /// The next bytes, as many as asked for unless the input ends before.
    fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        self.back.drain(..self.back_at);
        self.back_at = 0;
        while self.back.len() < n {
            let chunk = self.inner.fill_buf()?;
            let some = chunk.len().min(n - self.back.len());
            if some == 0 {
                break;
            }
            self.back.extend_from_slice(&chunk[..some]);
            self.inner.consume(some);
        }
        Ok(&self.back[..n.min(self.back.len())])
    }

    /// Goes back to the second byte of the member that was begun last, where its bytes are still at hand.
    fn rewind(&mut self) {
        if self.trail.len() > 1 && self.trail.len() < TRAIL {
            self.taken -= self.trail.len() as u64 - 1;
            let rest = self.back.split_off(self.back_at);
            self.back = [&self.trail[1..], &rest[..]].concat();
            self.back_at = 0;
        }
        self.trail.clear();
    }

    fn dictionary(&mut self) -> io::Result<Vec<u8>> {
        let mut head = [0; 8];
        self.read_exact(&mut head)?;
        let size = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        if size > LONGEST_DICTIONARY {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its zstd dictionary is too long"));
        }
        let mut bytes = Vec::new();
        self.by_ref().take(size).read_to_end(&mut bytes)?;
        if bytes.starts_with(ZSTD) {
            let mut whole = Vec::new();
            zstd::stream::read::Decoder::new(&bytes[..])?.take(LONGEST_DICTIONARY).read_to_end(&mut whole)?;
            bytes = whole;
        }
        Ok(bytes)
    }

    /// Stands before the next `magic`; false at the end.
    fn search(&mut self, magic: &[u8]) -> io::Result<bool> {
        loop {
            let chunk = self.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let (length, found) = (chunk.len(), memchr::memmem::find(chunk, magic));
            // A magic may stand over the edge of two chunks.
            let edge = (1..magic.len()).rev().find(|n| chunk.ends_with(&magic[..*n])).unwrap_or(0);
            self.consume(found.unwrap_or(length - edge));
            if found.is_some() {
                return Ok(true);
            }
            if edge > 0 {
                if self.peek(magic.len())? == magic {
                    return Ok(true);
                }
                self.consume(1);
            }
        }
    }
}

fn is_skippable(head: &[u8]) -> bool {
    head.len() == 4 && head[0] & 0xf0 == 0x50 && head[1..] == [0x2a, 0x4d, 0x18]
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let n = chunk.len().min(out.len());
        out[..n].copy_from_slice(&chunk[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.back_at < self.back.len() { Ok(&self.back[self.back_at..]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        if self.back_at < self.back.len() {
            self.trail.extend_from_slice(&self.back[self.back_at..self.back_at + n]);
            self.back_at += n;
        } else if self.trail.len() < TRAIL
            && let Ok(chunk) = self.inner.fill_buf()
        {
            self.trail.extend_from_slice(&chunk[..n]);
            self.inner.consume(n);
        } else {
            self.inner.consume(n);
        }
        self.taken += n as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(words: &str) -> Vec<u8> {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(words.as_bytes()).unwrap();
        gz.finish().unwrap()
    }

    /// Reads in chunks of a few bytes, so that everything stands over an edge somewhere.
    fn all(bytes: &[u8], chunk: usize) -> io::Result<String> {
        let mut text = String::new();
        Unpacked::of(io::BufReader::with_capacity(chunk, bytes))?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn members_are_one_stream_whatever_the_chunks() {
        let zst = |words: &str| zstd::encode_all(words.as_bytes(), 1).unwrap();
        let padded = [gzip("one, "), gzip("two, "), gzip("three"), vec![0; 20]].concat();
        for chunk in [1, 2, 3, 7, 1000] {
            assert_eq!(all(&padded, chunk).unwrap(), "one, two, three");
            assert_eq!(all(&[zst("one, "), zst("two")].concat(), chunk).unwrap(), "one, two");
            assert_eq!(all(b"plain", chunk).unwrap(), "plain");
        }
        assert_eq!(all(b"", 10).unwrap(), "");
        let mut plain = Unpacked::of(io::BufReader::with_capacity(2, &b"plain words"[..])).unwrap();
        assert_eq!(plain.fill_buf().unwrap(), b"plain words");
    }

    #[test]
    fn a_dictionary_that_the_input_brings_is_used() {
        let dictionary = b"words that every record of the archive repeats, and more of them".repeat(20);
        let mut encoder = zstd::stream::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
        encoder.write_all(b"words that every record of the archive repeats").unwrap();
        let frame = encoder.finish().unwrap();
        let head = [ZSTD_DICTIONARY, &(dictionary.len() as u32).to_le_bytes()].concat();
        assert_eq!(
            all(&[head, dictionary, frame].concat(), 9).unwrap(),
            "words that every record of the archive repeats"
        );
    }

    #[test]
    fn behind_a_broken_member_the_next_is_found() {
        let mut broken = gzip(&"words that are long enough to be broken ".repeat(50));
        let middle = broken.len() / 2;
        broken[middle..].fill(0xff);
        let first = gzip("first");
        let at = first.len();
        let bytes = [first, broken, gzip("last")].concat();
        for chunk in [1, 3, 1000] {
            let mut unpacked = Unpacked::of(io::BufReader::with_capacity(chunk, &bytes[..])).unwrap();
            let mut words = [0; 5];
            unpacked.read_exact(&mut words).unwrap();
            assert_eq!(&words, b"first");
            assert!(unpacked.fill_member().unwrap().is_empty() && unpacked.next_member().unwrap());
            assert_eq!(unpacked.at(), at as u64);
            while let Ok(chunk) = unpacked.fill_member() {
                assert!(!chunk.is_empty());
                let n = chunk.len();
                unpacked.take_bytes(n);
            }
            assert!(unpacked.search_member().unwrap());
            let mut rest = String::new();
            unpacked.read_to_string(&mut rest).unwrap();
            assert_eq!(rest, "last");
        }
    }

    #[test]
    fn what_follows_and_is_no_member_is_named() {
        let error = all(&[gzip("one"), b"rest".to_vec()].concat(), 5).unwrap_err();
        assert!(error.to_string().contains("no packed part"), "{error}");
    }
}
