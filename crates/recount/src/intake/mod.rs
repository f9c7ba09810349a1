//! The first level: bytes as published → [`Article`]. The only stage that reads input that may be broken.
//!
//! [`kind_of`] tells what bytes are; [`Article::from_plain`] and [`Article::from_html`] read one report, [`lines`],
//! [`warc::archive`], [`feed::feed`] and [`table::table`] many. Nothing is looked up and no clock is read: what the input does not say is `None`.

mod days;
mod decode;
pub mod feed;
mod furniture;
mod kind;
mod language;
mod lines;
mod months;
mod page;
mod plain;
mod published;
pub mod table;
mod unpack;
pub mod wacz;
pub mod warc;

pub use kind::{Kind, kind_of};
pub use lines::{Line, Lines, MAX_LINE, lines};
pub use unpack::Unpacked;

use crate::error::{Error, Result};
use crate::span::Span;
use jiff::civil::Date;

/// The longest report that is read, in bytes of input (16 MiB); a longer one is [`Error::TooLong`].
pub const MAX_BYTES: usize = 16 << 20;

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
    /// For a page out of a web archive: when and how it was captured.
    pub captured: Option<Captured>,
}

/// How a page came into a web archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// When, as the archive states it: `2014-02-16T05:02:21Z`.
    pub date: Option<String>,
    /// The digest that the archive states, with its algorithm: `sha1:…`. A note says where it does not fit.
    pub digest: Option<String>,
    /// The kind of its record: `response`, `resource` or `conversion`.
    pub kind: String,
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
    /// Where it stands: bytes of [`Article::text`]; `None` for a date from outside the text.
    pub span: Option<Span>,
    /// Where it was read: `text`, `page` (seen on the page, outside the main text), `json-ld`, `meta`, `microdata`,
    /// `time`, `url`, `option`, `input`.
    pub from: &'static str,
    /// As written.
    pub words: String,
    /// A date of change rather than of first publication.
    pub modified: bool,
}

/// What is known about a report beside its bytes. Every field may stay empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// The input's own id.
    pub id: Option<&'a str>,
    /// Where the report was published.
    pub uri: Option<&'a str>,
    /// What the caller calls the input (a file's name, not its place on a machine); goes into the id's hash.
    pub name: Option<&'a str>,
    pub title: Option<&'a str>,
    /// The publication date that the input gives beside the text, as written; comes before what the text says.
    pub stated: Option<&'a str>,
    /// The user's `--published`: taken where the report itself gives no date, and used to read its open ones.
    pub published: Option<Date>,
    /// The character set that the transport named (HTTP's `charset`).
    pub charset: Option<&'a str>,
}

impl Article {
    /// English text of which nothing else is known: what hand-made reports begin with.
    pub fn bare(id: &str, text: &str) -> Article {
        Article {
            id: id.to_owned(),
            uri: None,
            title: None,
            outlet: None,
            credit: None,
            language: "en".to_owned(),
            text: text.to_owned(),
            published: Published::default(),
            notes: Vec::new(),
            captured: None,
        }
    }

    /// Reads a plain-text report. The article's text is the input, character for character, but for its encoding and
    /// a byte order mark; dates and credit are read from the odd lines that scraped text carries above and below.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::TooLong`] (over [`MAX_BYTES`]), [`Error::NotText`] (also for a long text of which hardly
    /// anything is letters or figures).
    pub fn from_plain(bytes: &[u8], source: &Source) -> Result<Article> {
        limit(bytes.len())?;
        let decoded = decode::plain(bytes, source.charset)?;
        worded(&decoded.text)?;
        plain::article(decoded.text, source, decoded.notes)
    }

    /// Reads a web page: main text (paragraphs parted by a blank line), title, outlet, byline, dates.
    ///
    /// # Errors
    /// As [`Article::from_plain`], and [`Error::NoArticle`] where the page holds no running text.
    pub fn from_html(bytes: &[u8], source: &Source) -> Result<Article> {
        limit(bytes.len())?;
        let decoded = decode::html(bytes, source.charset)?;
        let article = page::article(&decoded.text, source, decoded.notes)?;
        worded(&article.text)?;
        Ok(article)
    }
}

/// Texts up to this long (bytes) are not asked for letters: a page of figures is short.
const SHORT: usize = 65_536;

/// Refuses a long text that is hardly made of words: under one letter or figure in ten characters that are no white
/// space, where even tables have several. What reads words would find one at each of its signs.
fn worded(text: &str) -> Result<()> {
    if text.len() <= SHORT {
        return Ok(());
    }
    let (mut signs, mut letters) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        signs += 1;
        letters += usize::from(c.is_alphanumeric());
    }
    if letters * 10 < signs {
        return Err(Error::NotText(format!("only {letters} of its {signs} signs are letters or figures")));
    }
    Ok(())
}

/// Notes a stated date of publication that is no date.
fn note_stated(article: &mut Article, stated: Option<&str>) {
    if let Some(words) = stated
        && days::stamp(words).is_none()
        && !words.trim().is_empty()
    {
        article.notes.push(format!("`published` is no date: {}", words.chars().take(40).collect::<String>()));
    }
}

fn limit(got: usize) -> Result<()> {
    if got > MAX_BYTES { Err(Error::TooLong { got: Some(got), limit: MAX_BYTES }) } else { Ok(()) }
}

/// The id that a report gets whose input has none: told by its text, and by the address or name it came under.
pub fn made_id(text: &str, place: &str) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(text.as_bytes());
    hash.update(&[0]);
    hash.update(place.as_bytes());
    hash.finalize().to_hex()[..16].to_owned()
}

/// The input's own id, or the first 16 hexadecimal digits of BLAKE3 over the text and where it came from.
fn id_of(text: &str, source: &Source) -> String {
    if let Some(id) = source.id.filter(|id| !id.is_empty()) {
        return id.to_owned();
    }
    made_id(text, source.uri.or(source.name).unwrap_or_default())
}

/// A regular expression of intake. Its automaton is built while it reads, and thrown away and begun again when it has no
/// more room: with the usual room the larger expressions, with words of many scripts, did that several times a page.
///
/// # Panics
/// Where the pattern is no valid expression; every pattern is a constant, and the tests build each.
fn expression(pattern: &str) -> regex::Regex {
    let built = regex::RegexBuilder::new(pattern).dfa_size_limit(AUTOMATON).build();
    built.expect("the patterns of intake are valid expressions")
}

/// Room for one automaton and thread (bytes).
const AUTOMATON: usize = 32 << 20;

/// A title with its white space folded; `None` where nothing is left.
fn folded(words: &str) -> Option<String> {
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_inputs_own_or_told_by_text_and_place() {
        let own = Source { id: Some("a-1"), ..Source::default() };
        assert_eq!(id_of("x", &own), "a-1");
        let here = Source { name: Some("a.txt"), ..Source::default() };
        let there = Source { name: Some("b.txt"), ..Source::default() };
        assert_eq!(id_of("x", &here), id_of("x", &here));
        assert_ne!(id_of("x", &here), id_of("x", &there));
        assert_ne!(id_of("x", &here), id_of("y", &here));
        assert_eq!(id_of("x", &here).len(), 16);
    }

    #[test]
    fn a_report_over_the_limit_is_refused_with_the_limit() {
        let long = vec![b'a'; MAX_BYTES + 1];
        for read in [Article::from_plain, Article::from_html] {
            let error = read(&long, &Source::default()).unwrap_err();
            assert!(matches!(error, Error::TooLong { got, limit } if got == Some(MAX_BYTES + 1) && limit == MAX_BYTES));
            assert!(error.to_string().contains(&MAX_BYTES.to_string()));
        }
    }
}
