//! What can go wrong: reading bytes into an article, and opening the carried data. Analysis cannot fail.

/// Why an input gave no article, or the program's own data could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the input is empty")]
    Empty,
    #[error("this is not text: {0}")]
    NotText(String),
    #[error("the report is {got} bytes long; the limit is {limit}")]
    TooLong { got: usize, limit: usize },
    #[error("no article was found on the page")]
    NoArticle,
    #[error("line {line}: {reason}")]
    Line { line: usize, reason: String },
    #[error("{0}")]
    Input(String),
    #[error("the model does not fit the program: {0}")]
    Model(String),
    #[error("the gazetteer does not fit the program: {0}")]
    Gazetteer(String),
}

pub type Result<T> = std::result::Result<T, Error>;
