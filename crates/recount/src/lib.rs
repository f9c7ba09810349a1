//! Reads news reports and keeps, for everything reported, who said it.
//!
//! Bytes in, records out: no file, network, clock or environment. `Document = Article + Text + Language + Meaning`;
//! each level is built once, by one folder, from the levels above it.

pub mod error;
pub mod span;
pub mod evidence;
pub mod model;
pub mod gazetteer;
pub mod intake;
pub mod text;
pub mod language;
pub mod meaning;
pub mod document;
pub mod record;
pub mod explain;
pub mod pipeline;
pub mod reconcile;

pub use document::Document;
pub use error::{Error, Result};
pub use pipeline::Reader;
