//! The collection: one SQLite file that holds reports, records and decisions.
//!
//! Reports, records and decisions are only ever added; everything else is derived from them and can be made again.
//! `schema.rs` says what every table and column means, and so does `.schema` in the file itself.
#![allow(clippy::disallowed_methods, reason = "the core's ban on files is what makes this crate its shelf")]

pub mod error;
mod schema;
mod collection;
mod identity;
mod prepared;
mod rows;
mod filters;
mod log;
mod captures;
mod add;
mod read;
mod again;
mod decisions;
mod derived;
mod fetches;
mod search;
mod audit;
mod dump;

pub use add::{Added, Incoming, Known};
pub use audit::{Audit, Finding};
pub use captures::Capture;
pub use collection::{Access, Collection};
pub use derived::{Changes, Freshness, Kept};
pub use error::{Error, Result};
pub use fetches::Fetch;
pub use identity::{Identity, title_and_text_hash};
pub use prepared::Prepared;
pub use read::{Report, Sizes};
pub use schema::VERSION;
pub use search::{Hit, Hits, Query};
