//! Inputs named on the command line → one unit of bytes a report, read one after the other.

use recount::intake::feed::Entry;
use recount::intake::table::{Field, Row};
use recount::intake::warc::{self, Archive, Page, Revisit};
use recount::intake::{self, Article, Kind, Line, Lines, Source, Unpacked, wacz};
use recount::record::{Record, SCHEMA};
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What one input holds: a whole file, a line, row or entry of one, or a page of a web archive.
pub struct Unit {
    /// The file as the user named it; `-` for standard input; for an archive inside a ZIP file, both names.
    pub name: String,
    /// The bytes, decompressed; or why they could not be had.
    content: Result<Content, String>,
}

enum Content {
    Plain(Vec<u8>),
    Html(Vec<u8>),
    Line(Line),
    Page(Box<Page>),
    Revisit(Box<Revisit>),
    Entry(Box<Entry>),
    Row(Box<Row>),
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
            Content::Page(page) => page.article(&source),
            Content::Entry(entry) => entry.article(&source),
            Content::Row(row) => row.article(&source),
            Content::Revisit(_) => return Err("a visit to a page that had not changed has no text".to_owned()),
        }
        .map_err(|e| e.to_string())
    }

    /// For a visit to a page that had not changed since an earlier one: what the archive says of both.
    pub fn revisit(&self) -> Option<&Revisit> {
        match &self.content {
            Ok(Content::Revisit(revisit)) => Some(revisit),
            _ => None,
        }
    }
}

/// How inputs are read.
#[derive(Clone, Default)]
pub struct Settings {
    /// Columns of tables named outright (`--column text=body`).
    pub columns: Vec<(Field, String)>,
    /// Told, for each table, its name and what was understood of its columns.
    pub table: Option<fn(&str, &str)>,
    /// Whether visits to pages that had not changed are units of their own; else they are passed over and counted.
    pub revisits: bool,
    /// The collection that the reports go to: where it lies in a folder of inputs, it is none of them.
    pub collection: Option<PathBuf>,
}

impl Settings {
    /// Whether a file is the collection's, or one that SQLite keeps beside it.
    fn is_collection(&self, file: &Path) -> bool {
        let Some(collection) = &self.collection else { return false };
        let names = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
        let folder =
            |path: &Path| path.parent().map(|p| if p.as_os_str().is_empty() { ".".into() } else { p.to_owned() });
        let rest = names(file).zip(names(collection)).and_then(|(f, c)| f.strip_prefix(&c).map(str::to_owned));
        rest.is_some_and(|r| matches!(r.as_str(), "" | "-wal" | "-shm" | "-journal"))
            && folder(file).and_then(|p| p.canonicalize().ok())
                == folder(collection).and_then(|p| p.canonicalize().ok())
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
    waiting: VecDeque<Input>,
    many: Option<(String, Many)>,
    settings: Settings,
    /// Bytes of regular files not yet begun and begun, for the progress bar.
    pub progress: Progress,
    /// What held no report, and was no error.
    pub passed: Passed,
}

/// Something to be opened when its turn comes.
enum Input {
    Path(PathBuf),
    /// An archive inside a ZIP file.
    Part(PathBuf, wacz::Part),
}

type Stored = BufReader<Box<dyn Read + Send>>;
type Bytes = Unpacked<Stored>;

/// An input that holds many reports.
#[allow(clippy::large_enum_variant, reason = "one of these at a time")]
enum Many {
    Lines(Lines<Bytes>),
    Archive(Box<Archive<Stored>>),
    Entries(std::vec::IntoIter<Entry>),
    Table(Box<intake::table::Table<Bytes>>),
    Parquet(Box<recount_tables::read::Rows>),
}

/// Counts by reason of what held no report: pictures of an archive, visits to pages that had not changed.
#[derive(Clone, Default)]
pub struct Passed(Arc<Mutex<BTreeMap<&'static str, u64>>>);

impl Passed {
    fn add(&self, why: &'static str) {
        *self.0.lock().expect("no thread panics while it counts").entry(why).or_default() += 1;
    }

    /// `12 pictures, programs and other files, 3 records about the crawl`; empty where nothing was passed over.
    pub fn told(&self) -> String {
        let counts = self.0.lock().expect("no thread panics while it counts");
        counts.iter().map(|(why, n)| format!("{n} {why}")).collect::<Vec<_>>().join(", ")
    }
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
        Units::with(paths, Settings::default())
    }

    pub fn with(paths: &[PathBuf], settings: Settings) -> Units {
        Units {
            waiting: paths.iter().cloned().map(Input::Path).collect(),
            many: None,
            settings,
            progress: Progress::default(),
            passed: Passed::default(),
        }
    }

    /// Opens one input: gives its unit, or prepares its lines, its records or its entries.
    fn open(&mut self, input: &Input) -> Option<Unit> {
        let (path, part) = match input {
            Input::Path(path) => (path, None),
            Input::Part(path, part) => (path, Some(part)),
        };
        let name = match part {
            Some(part) => format!("{}/{}", path.display(), part.name),
            None => path.display().to_string(),
        };
        let opened = match part {
            Some(part) => self.open_part(path, part, &name),
            None => self.open_path(path, &name),
        };
        opened.unwrap_or_else(|reason| Some(Unit { name, content: Err(reason) }))
    }

    fn open_path(&mut self, path: &Path, name: &str) -> Result<Option<Unit>, String> {
        if path.as_os_str() == "-" {
            return self.read(Box::new(io::stdin()), name, None);
        }
        if path.is_dir() {
            let entries = std::fs::read_dir(path).and_then(|e| e.map(|e| e.map(|e| e.path())).collect());
            let mut entries: Vec<PathBuf> = entries.map_err(|e: io::Error| e.to_string())?;
            entries.retain(|e| !e.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')));
            entries.retain(|e| !self.settings.is_collection(e));
            entries.sort();
            for entry in entries.into_iter().rev() {
                self.waiting.push_front(Input::Path(entry));
            }
            return Ok(None);
        }
        let file = File::open(path).map_err(|e| e.to_string())?;
        self.read(Box::new(Counted { inner: file, progress: self.progress.clone() }), name, Some(path))
    }

    fn open_part(&mut self, path: &Path, part: &wacz::Part, name: &str) -> Result<Option<Unit>, String> {
        let open = || -> io::Result<File> {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(part.start))?;
            Ok(file)
        };
        let file = Counted { inner: open().map_err(|e| e.to_string())?, progress: self.progress.clone() };
        self.read(part.open(file), name, None)
    }

    /// Reads an input as what its first bytes say. `path` is where the file can be opened again, for the formats that are
    /// not read from front to back.
    fn read(&mut self, input: Box<dyn Read + Send>, name: &str, path: Option<&Path>) -> Result<Option<Unit>, String> {
        let mut input = Unpacked::of(BufReader::with_capacity(1 << 16, input)).map_err(|e| e.to_string())?;
        let packed = input.packed();
        let start = input.fill_buf().map_err(|e| e.to_string())?;
        let seekable =
            || path.filter(|_| !packed).ok_or("this format is read from a plain file only, not from a stream");
        let limited = |input: Bytes, limit: usize| -> Result<Vec<u8>, String> {
            let mut bytes = Vec::new();
            // One byte over the limit is enough to see that it is too long.
            input.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
            if bytes.len() > limit {
                return Err(recount::Error::TooLong { got: None, limit }.to_string());
            }
            Ok(bytes)
        };
        let many = match intake::kind_of(start, Some(name)) {
            Kind::Jsonl => Many::Lines(intake::lines(input)),
            Kind::Archive => Many::Archive(Box::new(warc::archive(input))),
            Kind::Feed => {
                let entries = intake::feed::feed(&limited(input, intake::MAX_LINE)?).map_err(|e| e.to_string())?;
                if entries.is_empty() {
                    self.passed.add("feeds without an entry");
                }
                Many::Entries(entries.into_iter())
            }
            Kind::Table => {
                let table = intake::table::table(input, &self.settings.columns).map_err(|e| e.to_string())?;
                self.tell(name, &table.told());
                Many::Table(Box::new(table))
            }
            Kind::Parquet => {
                let file = File::open(seekable()?).map_err(|e| e.to_string())?;
                let rows = recount_tables::read::parquet(file, &self.settings.columns)?;
                self.tell(name, &rows.told());
                Many::Parquet(Box::new(rows))
            }
            Kind::Zip => {
                let path = seekable()?;
                let file = File::open(path).map_err(|e| e.to_string())?;
                let parts = wacz::parts(BufReader::new(file)).map_err(|e| e.to_string())?;
                let parts = parts.ok_or("this is a ZIP file or office document, not a web archive (WACZ)")?;
                for part in parts.into_iter().rev() {
                    self.waiting.push_front(Input::Part(path.to_owned(), part));
                }
                return Ok(None);
            }
            Kind::Html => {
                let bytes = limited(input, intake::MAX_BYTES)?;
                return Ok(Some(Unit { name: name.to_owned(), content: Ok(Content::Html(bytes)) }));
            }
            Kind::Plain => {
                let bytes = limited(input, intake::MAX_BYTES)?;
                return Ok(Some(Unit { name: name.to_owned(), content: Ok(Content::Plain(bytes)) }));
            }
        };
        self.many = Some((name.to_owned(), many));
        Ok(None)
    }

    fn tell(&self, name: &str, told: &str) {
        if let Some(tell) = self.settings.table {
            tell(name, told);
        }
    }
}

impl Many {
    /// The next report of an input; records that hold none are counted.
    fn next(&mut self, settings: &Settings, passed: &Passed) -> Option<Result<Content, String>> {
        match self {
            Many::Lines(lines) => lines.next().map(|l| l.map(Content::Line).map_err(|e| e.to_string())),
            Many::Entries(entries) => entries.next().map(|e| Ok(Content::Entry(Box::new(e)))),
            Many::Table(rows) => rows.next().map(|r| r.map(|r| Content::Row(Box::new(r))).map_err(|e| e.to_string())),
            Many::Parquet(rows) => rows.next().map(|r| r.map(|r| Content::Row(Box::new(r)))),
            Many::Archive(records) => loop {
                match records.next()? {
                    Ok(warc::Entry::Page(page)) => return Some(Ok(Content::Page(Box::new(page)))),
                    Ok(warc::Entry::Revisit(revisit)) if settings.revisits => {
                        return Some(Ok(Content::Revisit(Box::new(revisit))));
                    }
                    Ok(warc::Entry::Revisit(_)) => passed.add("visits to pages that had not changed"),
                    Ok(warc::Entry::Passed(why)) => passed.add(why),
                    Err(error) => return Some(Err(error.to_string())),
                }
            },
        }
    }
}

impl Iterator for Units {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        loop {
            if let Some((name, many)) = &mut self.many {
                if let Some(content) = many.next(&self.settings, &self.passed) {
                    return Some(Unit { name: name.clone(), content });
                }
                self.many = None;
            }
            let input = self.waiting.pop_front()?;
            if let Some(unit) = self.open(&input) {
                return Some(unit);
            }
        }
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
