//! Inputs named on the command line → one unit of bytes a report, read one after the other.

use recount::intake::{self, Kind};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What one input holds: a whole file, or a line of one.
pub struct Unit {
    /// The file as the user named it; `-` for standard input.
    pub name: String,
    /// Line of a JSONL file, from 1.
    pub line: Option<usize>,
    pub kind: Kind,
    /// The bytes, decompressed; or why they could not be had.
    pub bytes: Result<Vec<u8>, String>,
}

impl Unit {
    /// The unit as messages name it: `file`, or `file:line`.
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.name),
            None => self.name.clone(),
        }
    }
}

/// The units of all inputs, in order; folders are walked by name, files are opened when their turn comes.
pub struct Units {
    waiting: VecDeque<PathBuf>,
    lines: Option<Lines>,
    /// Bytes of regular files not yet begun and begun, for the progress bar.
    pub progress: Progress,
}

/// How far reading has come, in bytes of the inputs as stored.
#[derive(Clone, Default)]
pub struct Progress(std::sync::Arc<std::sync::atomic::AtomicU64>);

impl Progress {
    pub fn bytes(&self) -> u64 {
        self.0.load(std::sync::atomic::Ordering::Relaxed)
    }

    fn add(&self, n: u64) {
        self.0.fetch_add(n, std::sync::atomic::Ordering::Relaxed);
    }
}

struct Lines {
    name: String,
    line: usize,
    input: Box<dyn BufRead + Send>,
}

/// Bytes of all regular files under some paths, as far as they can be seen: only for the progress bar.
pub fn size_of(paths: &[PathBuf]) -> u64 {
    fn size(path: &Path, depth: usize) -> u64 {
        match path.metadata() {
            Ok(m) if m.is_dir() && depth < 32 => {
                let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
                entries.map(|e| size(&e.path(), depth + 1)).sum()
            }
            Ok(m) if m.is_file() => m.len(),
            _ => 0,
        }
    }
    paths.iter().map(|p| size(p, 0)).sum()
}

impl Units {
    pub fn of(paths: &[PathBuf]) -> Units {
        Units { waiting: paths.iter().cloned().collect(), lines: None, progress: Progress::default() }
    }

    /// Opens one path: gives its unit, or prepares its lines or its entries.
    fn open(&mut self, path: &Path) -> Option<Unit> {
        let name = path.display().to_string();
        match self.try_open(path, &name) {
            Ok(unit) => unit,
            Err(reason) => Some(broken(name, None, reason.to_string())),
        }
    }

    fn try_open(&mut self, path: &Path, name: &str) -> io::Result<Option<Unit>> {
        if path.as_os_str() == "-" {
            return self.read(Box::new(io::stdin()), name);
        }
        if path.is_dir() {
            let mut entries = std::fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
            entries.retain(|e| !e.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')));
            entries.sort();
            for entry in entries.into_iter().rev() {
                self.waiting.push_front(entry);
            }
            return Ok(None);
        }
        self.read(Box::new(Counted { inner: File::open(path)?, progress: self.progress.clone() }), name)
    }

    fn read(&mut self, input: Box<dyn Read + Send>, name: &str) -> io::Result<Option<Unit>> {
        let mut input = decompressed(input)?;
        let start = input.fill_buf()?;
        if intake::kind_of(start, Some(name)) == Kind::Jsonl {
            self.lines = Some(Lines { name: name.to_owned(), line: 0, input });
            return Ok(None);
        }
        let mut bytes = Vec::new();
        // One byte over the limit is enough for intake to see that it is too long.
        input.take(intake::LIMIT as u64 + 1).read_to_end(&mut bytes)?;
        let kind = intake::kind_of(&bytes, Some(name));
        Ok(Some(Unit { name: name.to_owned(), line: None, kind, bytes: Ok(bytes) }))
    }
}

impl Iterator for Units {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(unit) = lines.next() {
                    return Some(unit);
                }
                self.lines = None;
            }
            let path = self.waiting.pop_front()?;
            if let Some(unit) = self.open(&path) {
                return Some(unit);
            }
        }
    }
}

impl Lines {
    /// The next line that is not blank. A line over the limit is read past, not kept.
    fn next(&mut self) -> Option<Unit> {
        loop {
            self.line += 1;
            let mut bytes = Vec::new();
            let limit = intake::LINE_LIMIT as u64 + 1;
            match (&mut self.input).take(limit).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(n) if n as u64 == limit && bytes.last() != Some(&b'\n') => {
                    let rest = skip_line(&mut self.input);
                    let long = format!("the line is over {} bytes long, the limit for one report", intake::LINE_LIMIT);
                    return Some(broken(
                        self.name.clone(),
                        Some(self.line),
                        rest.map_or_else(|e| e.to_string(), |()| long),
                    ));
                }
                Ok(_) if bytes.trim_ascii().is_empty() => continue,
                Ok(_) => {
                    return Some(Unit {
                        name: self.name.clone(),
                        line: Some(self.line),
                        kind: Kind::Jsonl,
                        bytes: Ok(bytes),
                    });
                }
                Err(e) => {
                    let unit = broken(self.name.clone(), Some(self.line), format!("reading stopped here: {e}"));
                    self.input = Box::new(io::empty());
                    return Some(unit);
                }
            }
        }
    }
}

fn broken(name: String, line: Option<usize>, reason: String) -> Unit {
    Unit { name, line, kind: Kind::Plain, bytes: Err(reason) }
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        match buffer.iter().position(|b| *b == b'\n') {
            Some(at) => {
                input.consume(at + 1);
                return Ok(());
            }
            None => {
                let n = buffer.len();
                input.consume(n);
            }
        }
    }
}

/// The bytes behind gzip or zstd, told by their first bytes and not by the name; others as they are.
fn decompressed(input: Box<dyn Read + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let magic = input.fill_buf()?;
    if magic.starts_with(&[0x1f, 0x8b]) {
        Ok(Box::new(BufReader::with_capacity(1 << 16, flate2::bufread::MultiGzDecoder::new(input))))
    } else if magic.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Ok(Box::new(BufReader::with_capacity(1 << 16, zstd::Decoder::with_buffer(input)?)))
    } else {
        Ok(Box::new(input))
    }
}

/// Counts what is read for the progress bar.
struct Counted {
    inner: File,
    progress: Progress,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.progress.add(n as u64);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn units(files: &[(&str, &[u8])]) -> Vec<(String, Result<String, String>)> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        let base = folder.path().display().to_string();
        let named = |unit: Unit| {
            (unit.place().replace(&base, "").replace('/', ""), unit.bytes.map(|b| String::from_utf8(b).unwrap()))
        };
        Units::of(&[folder.path().to_owned()]).map(named).collect()
    }

    #[test]
    fn a_folder_is_read_by_name_and_hidden_files_are_left() {
        let got = units(&[("b.txt", b"two"), ("a.txt", b"one"), (".hidden", b"no")]);
        assert_eq!(got, [("a.txt".into(), Ok("one".into())), ("b.txt".into(), Ok("two".into()))]);
    }

    #[test]
    fn compressed_files_are_read_as_what_they_hold_whatever_their_name() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"{\"text\":\"one\"}\n\n{\"text\":\"two\"}").unwrap();
        let zst = zstd::encode_all(&b"plain words"[..], 1).unwrap();
        let got = units(&[("a.dat", &gz.finish().unwrap()), ("b.zst", &zst)]);
        assert_eq!(got[0], ("a.dat:1".into(), Ok("{\"text\":\"one\"}\n".into())));
        assert_eq!(got[1], ("a.dat:3".into(), Ok("{\"text\":\"two\"}".into())));
        assert_eq!(got[2], ("b.zst".into(), Ok("plain words".into())));
    }

    #[test]
    fn a_truncated_gzip_names_the_file_and_the_rest_goes_on() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&b"words and more words ".repeat(5000)).unwrap();
        let whole = gz.finish().unwrap();
        let got = units(&[("a.gz", &whole[..whole.len() / 2]), ("b.txt", b"after")]);
        assert!(got[0].0 == "a.gz" && got[0].1.is_err(), "{got:?}");
        assert_eq!(got[1], ("b.txt".into(), Ok("after".into())));
    }

    #[test]
    fn a_line_over_the_limit_is_named_and_the_next_is_read() {
        let mut bytes = b"{\"text\":\"ok\"}\n{\"text\":\"".to_vec();
        bytes.resize(bytes.len() + intake::LINE_LIMIT + 10, b'x');
        bytes.extend_from_slice(b"\"}\n{\"text\":\"after\"}\n");
        let got = units(&[("a.jsonl", &bytes)]);
        assert_eq!(got.len(), 3);
        assert!(got[1].0 == "a.jsonl:2" && got[1].1.is_err());
        assert_eq!(got[2], ("a.jsonl:3".into(), Ok("{\"text\":\"after\"}\n".into())));
    }
}
