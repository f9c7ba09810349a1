//! What can go wrong: reading bytes into an article, and opening the carried data. Analysis cannot fail.

/// Why an input gave no article, or the program's own data could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the input is empty")]
    Empty,
    #[error("this is not text: {0}")]
    NotText(String),
    /// `got` is unknown where reading stopped at the limit.
    #[error("the report is {} bytes long; the limit is {limit}", got.map_or_else(|| format!("over {limit}"), |n| n.to_string()))]
    TooLong { got: Option<usize>, limit: usize },
    #[error("no article was found on the page")]
    NoArticle,
    #[error("line {line}: {reason}")]
    Line { line: usize, reason: String },
    /// A record of a web archive: its number from 1, and its first byte in the file as stored.
    #[error("record {record} at byte {at}{}: {reason}", uri.as_ref().map(|u| format!(" ({u})")).unwrap_or_default())]
    Record { record: usize, at: u64, uri: Option<String>, reason: String },
    /// An entry of a feed, from 1.
    #[error("entry {entry}: {reason}")]
    Entry { entry: usize, reason: String },
    #[error("the feed cannot be read: {0}")]
    Feed(String),
    #[error("the table cannot be read: {0}")]
    Table(String),
    #[error("{0}")]
    Input(String),
    #[error("the model does not fit the program: {0}")]
    Model(String),
    #[error("the gazetteer does not fit the program: {0}")]
    Gazetteer(String),
}

pub type Result<T> = std::result::Result<T, Error>;
