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
