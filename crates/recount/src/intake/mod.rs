//! The first level: bytes as published → [`Article`]. The only stage that reads input that may be broken.

use crate::span::Span;
use jiff::civil::Date;

/// One report as published, before anything is read into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The input's own id, otherwise a hash of the text and of where it came from.
    pub id: String,
    pub uri: Option<String>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    /// The byline or agency credit, as printed.
    pub credit: Option<String>,
    /// ISO 639-1 code; `und` where it could not be told.
    pub language: String,
    /// For plain text the input, character for character; for a page its main text, paragraphs parted by a blank line.
    pub text: String,
    pub published: Published,
    /// What intake noticed and the user should know: a guessed charset, a cut page.
    pub notes: Vec<String>,
}

/// When the report says that it was published.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// The chosen day; `None` where nothing says, or where day and month stay open.
    pub best: Option<Date>,
    pub stated: Vec<StatedDate>,
}

/// One date that the report or its page states about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedDate {
    /// The day it means; `None` where day and month cannot be told apart.
    pub value: Option<Date>,
    /// Where it stands: bytes of [`Article::text`]; `None` for a date from the page's metadata.
    pub span: Option<Span>,
    /// Where it was read: `text`, `json-ld`, `meta`, `microdata`, `time`, `url`, `option`, `input`.
    pub from: &'static str,
    /// As written.
    pub words: String,
    /// A date of change rather than of first publication.
    pub modified: bool,
}

/// The longest report that is read, in bytes as published.
pub const LIMIT: usize = 16 << 20;
/// The longest line of JSONL that is read, in bytes.
pub const LINE_LIMIT: usize = 2 * LIMIT;

/// What some bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Html,
    /// One JSON object a line.
    Jsonl,
}

/// What is known of an input besides its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    pub uri: Option<&'a str>,
    pub name: Option<&'a str>,
    pub published: Option<Date>,
}

/// What some bytes are, from their beginning and their name.
pub fn kind_of(bytes: &[u8], name: Option<&str>) -> Kind {
    let _ = name;
    if bytes.trim_ascii_start().starts_with(b"{") { Kind::Jsonl } else { Kind::Plain }
}

impl Article {
    /// Reads one report.
    pub fn read(bytes: &[u8], kind: Kind, source: &Source) -> crate::error::Result<Article> {
        #[derive(serde::Deserialize)]
        struct Line {
            id: Option<String>,
            text: Option<String>,
            title: Option<String>,
            published: Option<String>,
            uri: Option<String>,
        }
        let line = match kind {
            Kind::Jsonl => serde_json::from_slice(bytes).map_err(|e| crate::Error::Input(e.to_string()))?,
            _ => Line {
                id: None,
                text: Some(String::from_utf8_lossy(bytes).into_owned()),
                title: None,
                published: None,
                uri: None,
            },
        };
        let text = line.text.unwrap_or_default();
        Ok(Article {
            id: line.id.or(source.name.map(str::to_owned)).unwrap_or_default(),
            uri: line.uri,
            title: line.title,
            outlet: None,
            credit: None,
            language: "en".into(),
            text,
            published: Published {
                best: source.published.or(line.published.and_then(|d| d.parse().ok())),
                stated: vec![],
            },
            notes: vec![],
        })
    }
}
