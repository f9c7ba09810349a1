//! A report with its record, made ready to be written: everything that takes time and needs no collection.

use crate::error::{Error, Result};
use crate::identity::Identity;
use recount::record::Record;
use std::path::Path;

/// zstd's own default; higher levels gain a few percent and cost as much as analysis.
const LEVEL: i32 = 3;

/// A report ready for [`crate::Collection::add`].
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(crate) record: Record,
    pub(crate) identity: Identity,
    /// BLAKE3 over the record's JSON.
    pub(crate) hash: String,
    /// The record's JSON without its text, compressed.
    pub(crate) packed: Vec<u8>,
}

impl Prepared {
    /// `name` is what the input is called, as in [`Identity::of`].
    pub fn of(record: Record, name: Option<&str>) -> Prepared {
        let published = record.published.best.as_deref();
        let identity =
            Identity::of(&record.id, record.uri.as_deref(), record.title.as_deref(), &record.text, published, name);
        Prepared::with(record, identity)
    }

    pub(crate) fn with(mut record: Record, identity: Identity) -> Prepared {
        let hash = record_hash(&record);
        let text = std::mem::take(&mut record.text);
        let packed = packed(&record);
        record.text = text;
        Prepared { record, identity, hash, packed }
    }

    /// The same under another id.
    pub(crate) fn named(&self, id: &str) -> Prepared {
        let mut record = self.record.clone();
        id.clone_into(&mut record.id);
        Prepared::with(record, self.identity.clone())
    }

    /// Bytes that it takes in memory, about.
    pub fn weight(&self) -> usize {
        self.packed.len() + 4 * self.record.text.len() + 1024
    }
}

/// BLAKE3 over the record's JSON, in hexadecimal.
pub(crate) fn record_hash(record: &Record) -> String {
    let json = serde_json::to_vec(record).expect("records are plain data");
    blake3::hash(&json).to_hex().to_string()
}

/// As [`record_hash`], of a record as it was written down: a record's shape grows, and what an earlier program wrote must
/// keep its hash.
pub(crate) fn written_hash(record: &serde_json::Value) -> String {
    let json = serde_json::to_vec(record).expect("JSON is plain data");
    blake3::hash(&json).to_hex().to_string()
}

/// A value's JSON, compressed.
pub(crate) fn packed<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let json = serde_json::to_vec(value).expect("records are plain data");
    zstd::bulk::compress(&json, LEVEL).expect("compressing to memory does not fail")
}

/// What [`packed`] packed.
pub(crate) fn unpacked<T: serde::de::DeserializeOwned>(path: &Path, what: &str, bytes: &[u8]) -> Result<T> {
    // A damaged file may claim any size: a record of the longest report stays far below this.
    const LARGEST: usize = 1 << 30;
    let wrong = |reason: String| Error::Damaged { path: path.to_owned(), reason: format!("{what}: {reason}") };
    let size = zstd::bulk::Decompressor::upper_bound(bytes).unwrap_or(LARGEST).min(LARGEST);
    let json = zstd::bulk::decompress(bytes, size).map_err(|e| wrong(e.to_string()))?;
    serde_json::from_slice(&json).map_err(|e| wrong(e.to_string()))
}
