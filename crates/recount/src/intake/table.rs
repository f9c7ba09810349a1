//! Tables of reports: which column holds what, and CSV and TSV row by row. Parquet has its own reader and the same columns.

use super::{Article, Kind, Source, kind_of};
use crate::error::{Error, Result};
use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Text,
    Html,
    Title,
    Published,
    Uri,
    Id,
    Outlet,
    Credit,
}

impl Field {
    pub const ALL: [Field; 8] =
        [Field::Text, Field::Html, Field::Title, Field::Published, Field::Uri, Field::Id, Field::Outlet, Field::Credit];

    /// As written in `--column text=body`.
    pub fn name(self) -> &'static str {
        self.names()[0]
    }

    /// Names of columns that hold it, the surest first; compared without case, with `_` for spaces and dashes.
    fn names(self) -> &'static [&'static str] {
        match self {
            Field::Text => &[
                "text",
                "body",
                "content",
                "article",
                "article_text",
                "full_text",
                "fulltext",
                "main_text",
                "maintext",
                "body_text",
                "article_body",
                "story",
                "notes",
            ],
            Field::Html => &["html", "raw_html", "content_html", "page"],
            Field::Title => &["title", "headline", "heading", "subject"],
            Field::Published => &[
                "published",
                "date",
                "published_at",
                "publish_date",
                "published_date",
                "publication_date",
                "pub_date",
                "pubdate",
                "date_published",
                "date_publish",
                "datetime",
                "timestamp",
                "event_date",
            ],
            Field::Uri => &["uri", "url", "link", "href", "permalink", "source_url", "article_url"],
            Field::Id => &["id", "article_id", "doc_id", "document_id", "report_id", "uuid", "guid", "event_id_cnty"],
            Field::Outlet => &["outlet", "publisher", "newspaper", "source", "source_name", "site", "domain"],
            Field::Credit => &["credit", "byline", "author", "authors"],
        }
    }
}

/// Which column holds which field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Number of the column, by the order of [`Field::ALL`].
    at: [Option<usize>; 8],
    names: Vec<String>,
}

impl Columns {
    /// Finds the columns by their names. `asked` names some outright and comes first.
    ///
    /// # Errors
    /// [`Error::Table`] where a column that is asked for is not there, or none holds text.
    pub fn of(names: &[String], asked: &[(Field, String)]) -> Result<Columns> {
        let plain = |n: &str| n.trim_matches(['\u{feff}', ' ', '\t']).to_lowercase().replace([' ', '-'], "_");
        let shown = || names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        let mut columns = Columns { names: names.to_vec(), ..Columns::default() };
        for (field, name) in asked {
            let exact = names.iter().position(|n| n == name);
            let Some(at) = exact.or_else(|| names.iter().position(|n| plain(n) == plain(name))) else {
                return Err(Error::Table(format!("there is no column `{name}`; the columns are {}", shown())));
            };
            columns.at[*field as usize] = Some(at);
        }
        for field in Field::ALL {
            let known = |name: &&str| names.iter().position(|n| plain(n) == **name);
            let found = || field.names().iter().find_map(known);
            let taken = |at: &usize| columns.at.contains(&Some(*at));
            if columns.at[field as usize].is_none() {
                columns.at[field as usize] = found().filter(|at| !taken(at));
            }
        }
        if columns.at[Field::Text as usize].is_none() && columns.at[Field::Html as usize].is_none() {
            return Err(Error::Table(format!(
                "no column is known to hold the text; the columns are {}; name it with --column text=NAME",
                shown()
            )));
        }
        Ok(columns)
    }

    /// The number of the column that holds a field.
    pub fn get(&self, field: Field) -> Option<usize> {
        self.at[field as usize]
    }

    /// What was understood, in one line: `text from `body`, …; not read: `note``.
    pub fn told(&self) -> String {
        let read = Field::ALL.iter().filter_map(|f| Some(format!("{} from `{}`", f.name(), self.names[self.get(*f)?])));
        let left: Vec<String> = (0..self.names.len())
            .filter(|at| !self.at.contains(&Some(*at)))
            .map(|at| format!("`{}`", self.names[at]))
            .collect();
        let left = if left.is_empty() { String::new() } else { format!("; not read: {}", left.join(", ")) };
        format!("{}{left}", read.collect::<Vec<_>>().join(", "))
    }
}

/// The fields of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of a CSV file that the row begins on, or the number of a row of another table, from 1.
    pub line: usize,
    cells: [Option<String>; 8],
}

impl Row {
    /// A row with the cells that `cell` gives for each field.
    pub fn of(line: usize, mut cell: impl FnMut(Field) -> Option<String>) -> Row {
        Row { line, cells: Field::ALL.map(|f| cell(f).filter(|c| !c.trim().is_empty())) }
    }

    /// The report that the row holds.
    ///
    /// # Errors
    /// [`Error::Line`] with the row's line and the reason.
    pub fn article(&self, source: &Source) -> Result<Article> {
        self.read(source).map_err(|e| Error::Line { line: self.line, reason: e.to_string() })
    }

    fn read(&self, source: &Source) -> Result<Article> {
        let cell = |field: Field| self.cells[field as usize].as_deref();
        let here = Source {
            id: cell(Field::Id).or(source.id),
            uri: cell(Field::Uri).or(source.uri),
            title: cell(Field::Title).or(source.title),
            stated: cell(Field::Published).or(source.stated),
            charset: Some("utf-8"),
            ..*source
        };
        let mut article = match (cell(Field::Text), cell(Field::Html)) {
            (Some(text), _) if kind_of(text.as_bytes(), None) == Kind::Html => {
                Article::from_html(text.as_bytes(), &here)?
            }
            (Some(text), _) => Article::from_plain(text.as_bytes(), &here)?,
            (None, Some(html)) => Article::from_html(html.as_bytes(), &here)?,
            (None, None) => return Err(Error::Input("its text is empty".to_owned())),
        };
        super::note_stated(&mut article, here.stated);
        article.outlet = cell(Field::Outlet).map(str::to_owned).or(article.outlet);
        article.credit = cell(Field::Credit).map(str::to_owned).or(article.credit);
        Ok(article)
    }
}

/// A table of text, read row by row; only one is in memory.
pub struct Table<R: BufRead> {
    pub columns: Columns,
    delimiter: u8,
    encoding: Option<&'static Encoding>,
    rows: csv::Reader<Bounded<R>>,
    /// Bytes that the row now read may still take.
    room: Arc<AtomicUsize>,
    ended: bool,
}

/// This much is looked at to find delimiter and character set (bytes).
const LOOK: usize = 1 << 16;
/// The longest row that is read (bytes).
const LONGEST_ROW: usize = super::MAX_LINE;
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Opens a table of text. Its first row names the columns; delimiter (comma, tab, semicolon or bar) and character set are
/// found out.
///
/// # Errors
/// [`Error::Table`] as for [`Columns::of`], [`Error::Empty`], or why the bytes cannot be had.
pub fn table<R: BufRead>(mut input: R, asked: &[(Field, String)]) -> Result<Table<R>> {
    let mut head = Vec::new();
    input.by_ref().take(LOOK as u64).read_to_end(&mut head).map_err(|e| Error::Table(e.to_string()))?;
    if head.trim_ascii().is_empty() {
        return Err(Error::Empty);
    }
    let wide = Encoding::for_bom(&head).map(|(e, _)| e).filter(|e| *e == UTF_16LE || *e == UTF_16BE);
    let narrow = if wide.is_some() { None } else { super::decode::other_than_utf8(&head) };
    let room = Arc::new(AtomicUsize::new(LONGEST_ROW));
    let sample: Cow<[u8]> = match wide {
        Some(encoding) => Cow::Owned(encoding.decode(&head).0.into_owned().into_bytes()),
        None => Cow::Borrowed(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head)),
    };
    let delimiter = delimiter_of(&sample);
    let input = Bounded {
        head: io::Cursor::new(head),
        input,
        decoder: wide.map(|e| e.new_decoder_with_bom_removal()),
        ready: Vec::new(),
        at: 0,
        ended: false,
        room: room.clone(),
    };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(input);
    let names = rows.byte_headers().map_err(|e| Error::Table(reason_of(&e)))?;
    let names: Vec<String> =
        names.iter().map(|n| word(n, narrow).trim_start_matches('\u{feff}').trim().to_owned()).collect();
    let columns = Columns::of(&names, asked)?;
    Ok(Table { columns, delimiter, encoding: wide.or(narrow), rows, room, ended: false })
}

impl<R: BufRead> Table<R> {
    /// What was understood, in one line.
    pub fn told(&self) -> String {
        let delimiter = match self.delimiter {
            b'\t' => "tabs",
            b';' => "semicolons",
            b'|' => "bars",
            _ => "commas",
        };
        let encoding = self.encoding.map(|e| format!(", in {}", e.name())).unwrap_or_default();
        format!("a table parted by {delimiter}{encoding}: {}", self.columns.told())
    }
}

impl<R: BufRead> Iterator for Table<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut record = ByteRecord::new();
        self.room.store(LONGEST_ROW, Ordering::Relaxed);
        let line = self.rows.position().line() as usize;
        match self.rows.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => {
                let line = record.position().map_or(line, |p| p.line() as usize);
                let cell = |f: Field| Some(word(record.get(self.columns.get(f)?)?, self.encoding).into_owned());
                Some(Ok(Row::of(line, cell)))
            }
            Err(error) => {
                // A row of the wrong length does no harm to the next; bytes that cannot be had end the table.
                let line = error.position().map_or(line, |p| p.line() as usize);
                self.ended = error.is_io_error();
                Some(Err(Error::Line { line, reason: reason_of(&error) }))
            }
        }
    }
}

fn reason_of(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} cells where the first row has {expected_len}")
        }
        csv::ErrorKind::Io(e) => e.to_string(),
        _ => error.to_string(),
    }
}

fn word<'a>(bytes: &'a [u8], encoding: Option<&'static Encoding>) -> Cow<'a, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding.unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes).0,
    }
}

/// The delimiter under which the first row names the most fields, then has the most columns.
fn delimiter_of(head: &[u8]) -> u8 {
    let score = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(head);
        let names: Vec<String> = reader
            .byte_headers()
            .map(|h| h.iter().map(|n| String::from_utf8_lossy(n).into_owned()).collect())
            .unwrap_or_default();
        let known = Columns::of(&names, &[]).map_or(0, |c| c.at.iter().flatten().count());
        (known, names.len())
    };
    // The first of equals: a table of one column has commas.
    DELIMITERS.into_iter().rev().max_by_key(|d| score(*d)).unwrap_or(b',')
}

/// Whether bytes begin with a first row that names the text and another field: what tells a table from a text.
pub(super) fn is_table(head: &[u8]) -> bool {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let Ok(line) = std::str::from_utf8(line) else { return false };
    if line.len() > 2000 {
        return false;
    }
    DELIMITERS.into_iter().any(|delimiter| {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(line.as_bytes());
        let Ok(names) = reader.headers() else { return false };
        let names: Vec<String> = names.iter().map(str::to_owned).collect();
        // Words of a sentence are no names of columns.
        names.len() > 1
            && names.iter().all(|n| n.len() <= 40 && !n.ends_with(['.', '!', '?']))
            && Columns::of(&names, &[]).is_ok_and(|c| c.at.iter().flatten().count() > 1)
    })
}

/// An input as UTF-8 or as it is, which ends with an error where one row takes more than its room.
struct Bounded<R> {
    head: io::Cursor<Vec<u8>>,
    input: R,
    /// For UTF-16, in which a delimiter is two bytes.
    decoder: Option<encoding_rs::Decoder>,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
    room: Arc<AtomicUsize>,
}

impl<R: BufRead> Bounded<R> {
    fn raw(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self.head.read(out)? {
            0 => self.input.read(out),
            n => Ok(n),
        }
    }

    /// Decodes the next bytes into `ready`.
    fn decode(&mut self) -> io::Result<()> {
        let mut bytes = [0; 4096];
        while self.at == self.ready.len() && !self.ended {
            let n = self.raw(&mut bytes)?;
            self.ended = n == 0;
            let Some(decoder) = &mut self.decoder else { break };
            let mut text = String::with_capacity(decoder.max_utf8_buffer_length(n).unwrap_or(3 * n + 16));
            let _ = decoder.decode_to_string(&bytes[..n], &mut text, n == 0);
            self.ready = text.into_bytes();
            self.at = 0;
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = if self.decoder.is_none() {
            self.raw(out)?
        } else {
            self.decode()?;
            let n = (self.ready.len() - self.at).min(out.len());
            out[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
            self.at += n;
            n
        };
        let left = self.room.load(Ordering::Relaxed);
        if left < n {
            let reason = format!("the row is over {LONGEST_ROW} bytes long; a quotation mark may be missing");
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        self.room.store(left - n, Ordering::Relaxed);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8], asked: &[(Field, String)]) -> Vec<Result<Article>> {
        table(bytes, asked).unwrap().map(|row| row?.article(&Source::default())).collect()
    }

    #[test]
    fn columns_are_found_by_name_whatever_parts_them() {
        for (table_of, told) in [
            (
                "Headline,Body,URL,Date,Mood\nBoats sink,\"Two boats, it is said, sank.\",https://x.example/1,2021-05-05,sad\n",
                "commas",
            ),
            (
                "Headline;Body;URL;Date;Mood\nBoats sink;Two boats, it is said, sank.;https://x.example/1;2021-05-05;sad\n",
                "semicolons",
            ),
            (
                "Headline\tBody\tURL\tDate\tMood\r\nBoats sink\tTwo boats, it is said, sank.\thttps://x.example/1\t2021-05-05\tsad\r\n",
                "tabs",
            ),
        ] {
            let opened = table(table_of.as_bytes(), &[]).unwrap();
            assert!(opened.told().contains(told) && opened.told().contains("not read: `Mood`"), "{}", opened.told());
            let article = rows(table_of.as_bytes(), &[]).remove(0).unwrap();
            assert_eq!(article.text, "Two boats, it is said, sank.");
            assert_eq!(
                (article.title.as_deref(), article.uri.as_deref()),
                (Some("Boats sink"), Some("https://x.example/1"))
            );
            assert_eq!(article.published.best.unwrap().to_string(), "2021-05-05");
        }
    }

    #[test]
    fn a_column_that_is_asked_for_comes_first_and_one_that_is_missing_is_named() {
        let bytes = b"text,words\nnot this,Two boats sank.\n";
        let asked = |name: &str| [(Field::Text, name.to_owned())];
        assert_eq!(rows(bytes, &asked("words")).remove(0).unwrap().text, "Two boats sank.");
        let error = table(&bytes[..], &asked("gone")).err().unwrap().to_string();
        assert!(error.contains("`gone`") && error.contains("`words`"), "{error}");
        let error = table(&b"a,b\n1,2\n"[..], &[]).err().unwrap().to_string();
        assert!(error.contains("--column text=NAME"), "{error}");
    }

    #[test]
    fn a_broken_row_is_named_by_its_line_and_the_next_is_read() {
        let got = rows(b"id,text\na,\"Two boats\nsank.\"\nb,one,two\nc,\nd,They came back.\n", &[]);
        assert_eq!(got[0].as_ref().unwrap().text, "Two boats\nsank.");
        let reason = |n: usize| got[n].as_ref().unwrap_err().to_string();
        assert_eq!(reason(1), "line 4: it has 3 cells where the first row has 2");
        assert_eq!(reason(2), "line 5: its text is empty");
        assert_eq!(got[3].as_ref().unwrap().id, "d");
        assert_eq!(got.len(), 4);
    }

    #[test]
    fn character_sets_are_found() {
        let text = "text;title\nDie Straße in München war gesperrt, die Züge fuhren über Köln.;Größe\n";
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let wide: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes().to_vec(), latin, wide, [b"\xEF\xBB\xBF", text.as_bytes()].concat()] {
            let article = rows(&bytes, &[]).remove(0).unwrap();
            assert!(article.text.starts_with("Die Straße in München"), "{}", article.text);
            assert_eq!(article.title.as_deref(), Some("Größe"));
        }
    }

    #[test]
    fn a_quotation_mark_that_is_missing_does_not_take_the_whole_file() {
        let mut bytes = b"id,text\na,\"Two boats sank.\nb,".to_vec();
        bytes.resize(LONGEST_ROW + 100_000, b'x');
        let got = rows(&bytes, &[]);
        assert_eq!(got.len(), 1);
        assert!(got[0].as_ref().unwrap_err().to_string().contains("quotation mark"));
    }

    #[test]
    fn a_first_row_of_names_makes_a_table() {
        assert!(is_table(b"id,title,text\n1,a,b") && is_table(b"url;body\n") && is_table(b"Date\tContent"));
        for text in ["Boats sink, text follows", "The text, the body and the title.", "text", "a,b\n1,2", ""] {
            assert!(!is_table(text.as_bytes()), "{text}");
        }
    }
}
