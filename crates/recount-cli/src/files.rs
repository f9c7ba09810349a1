//! Inputs named on the command line → one unit of bytes a report, read one after the other.

use recount::intake::{self, Article, Kind, Line, Lines, Source};
use recount::record::{Record, SCHEMA};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What one input holds: a whole file, or a line of one.
pub struct Unit {
    /// The file as the user named it; `-` for standard input.
    pub name: String,
    /// The bytes, decompressed; or why they could not be had.
    content: Result<Content, String>,
}

enum Content {
    Plain(Vec<u8>),
    Html(Vec<u8>),
    Line(Line),
}

impl Unit {
    /// The report that the unit holds, or why there is none.
    pub fn article(self, published: Option<jiff::civil::Date>) -> Result<Article, String> {
        // Only the file's own name goes into ids: where it lies is nobody's business.
        let name = Path::new(&self.name).file_name().map(|n| n.to_string_lossy().into_owned());
        let source = Source { name: name.as_deref(), published, ..Source::default() };
        match self.content? {
            Content::Plain(bytes) => Article::from_plain(&bytes, &source),
            Content::Html(bytes) => Article::from_html(&bytes, &source),
            Content::Line(line) => line.article(&source),
        }
        .map_err(|e| e.to_string())
    }
}

impl Unit {
    /// The record that the unit is, where it was written by `recount code` and not by a newsroom: a JSON line whose
    /// `schema` is the record's. The error says how such a line is broken.
    pub fn stored(&self) -> Option<Result<Record, String>> {
        #[derive(serde::Deserialize)]
        struct Head {
            schema: Option<String>,
        }
        let Ok(Content::Line(line)) = &self.content else { return None };
        // Cheap to see in most lines: a report has no such field.
        line.bytes.windows(SCHEMA.len()).find(|w| *w == SCHEMA.as_bytes())?;
        let head: Head = serde_json::from_slice(&line.bytes).ok()?;
        (head.schema.as_deref() == Some(SCHEMA))
            .then(|| serde_json::from_slice(&line.bytes).map_err(|e| format!("line {}: no record: {e}", line.number)))
    }
}

/// The units of all inputs, in order; folders are walked by name, files are opened when their turn comes.
pub struct Units {
    waiting: VecDeque<PathBuf>,
    lines: Option<(String, Lines<Box<dyn BufRead + Send>>)>,
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
            Err(reason) => Some(Unit { name, content: Err(reason.to_string()) }),
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
        let kind = intake::kind_of(start, Some(name));
        if kind == Kind::Jsonl {
            self.lines = Some((name.to_owned(), intake::lines(input)));
            return Ok(None);
        }
        let mut bytes = Vec::new();
        // One byte over the limit is enough for intake to see that it is too long.
        input.take(intake::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        let content = if kind == Kind::Html { Content::Html(bytes) } else { Content::Plain(bytes) };
        Ok(Some(Unit { name: name.to_owned(), content: Ok(content) }))
    }
}

impl Iterator for Units {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        loop {
            if let Some((name, lines)) = &mut self.lines {
                if let Some(line) = lines.next() {
                    let content = line.map(Content::Line).map_err(|e| e.to_string());
                    return Some(Unit { name: name.clone(), content });
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

    /// Name and text, or complaint, of every unit in a folder of files.
    fn texts(files: &[(&str, &[u8])]) -> Vec<(String, Result<String, String>)> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        let base = folder.path().display().to_string();
        let told = |unit: Unit| {
            let name = unit.name.replace(&base, "").replace('/', "");
            (name, unit.article(None).map(|a| a.text))
        };
        Units::of(&[folder.path().to_owned()]).map(told).collect()
    }

    #[test]
    fn a_folder_is_read_by_name_and_hidden_files_are_left() {
        let got = texts(&[("b.txt", b"two"), ("a.txt", b"one"), (".hidden", b"no")]);
        assert_eq!(got, [("a.txt".into(), Ok("one".into())), ("b.txt".into(), Ok("two".into()))]);
    }

    #[test]
    fn compressed_files_are_read_as_what_they_hold_whatever_their_name() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"{\"text\":\"one\"}\n\n{\"text\":\"two\"}").unwrap();
        let zst = zstd::encode_all(&b"plain words"[..], 1).unwrap();
        let got = texts(&[("a.dat", &gz.finish().unwrap()), ("b.zst", &zst)]);
        assert_eq!(got.iter().map(|(_, t)| t.clone().unwrap()).collect::<Vec<_>>(), ["one", "two", "plain words"]);
    }

    #[test]
    fn a_truncated_gzip_names_the_file_and_the_rest_goes_on() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&b"words and more words ".repeat(5000)).unwrap();
        let whole = gz.finish().unwrap();
        let got = texts(&[("a.gz", &whole[..whole.len() / 2]), ("b.txt", b"after")]);
        assert!(got[0].0 == "a.gz" && got[0].1.is_err(), "{got:?}");
        assert_eq!(got[1], ("b.txt".into(), Ok("after".into())));
    }

    #[test]
    fn a_broken_line_is_named_and_the_next_is_read() {
        let got = texts(&[("a.jsonl", b"{\"text\":\"ok\"}\n{\"text\":\n{\"text\":\"after\"}\n")]);
        assert_eq!(got.len(), 3);
        assert!(got[1].1.as_ref().unwrap_err().starts_with("line 2"), "{got:?}");
        assert_eq!(got[2].1, Ok("after".into()));
    }
}
