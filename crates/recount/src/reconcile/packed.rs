//! Rows that can lie packed until one is looked at: a collection of a hundred thousand reports is opened to add one to it,
//! and of all that it holds a few dozen rows are needed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Some rows as bytes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Packed {
    /// Where each row ends.
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

/// Rows by number.
#[derive(Debug)]
pub(super) struct Rows<T> {
    rows: Vec<OnceLock<T>>,
    /// What the first rows are read from.
    parts: Vec<Packed>,
    /// Number of the first row of each part.
    firsts: Vec<u32>,
    /// Bytes were met that are no row.
    torn: AtomicBool,
}

impl<T> Default for Rows<T> {
    fn default() -> Rows<T> {
        Rows { rows: Vec::new(), parts: Vec::new(), firsts: Vec::new(), torn: AtomicBool::new(false) }
    }
}

impl<T: Default + Serialize + DeserializeOwned> Rows<T> {
    pub fn of(rows: Vec<T>) -> Rows<T> {
        Rows { rows: rows.into_iter().map(OnceLock::from).collect(), ..Rows::default() }
    }

    pub fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    pub fn push(&mut self, row: T) {
        self.rows.push(OnceLock::from(row));
    }

    /// The row of a number below [`Rows::len`]; an empty one where its bytes are damaged, and [`Rows::torn`] is true then.
    pub fn get(&self, n: u32) -> &T {
        self.rows[n as usize].get_or_init(|| {
            self.read(n).unwrap_or_else(|| {
                self.torn.store(true, Ordering::Relaxed);
                T::default()
            })
        })
    }

    fn read(&self, n: u32) -> Option<T> {
        let at = self.firsts.partition_point(|first| *first <= n).checked_sub(1)?;
        let (part, n) = (&self.parts[at], (n - self.firsts[at]) as usize);
        let from = n.checked_sub(1).map_or(Some(0), |before| part.ends.get(before).copied())?;
        postcard::from_bytes(part.bytes.get(from as usize..*part.ends.get(n)? as usize)?).ok()
    }

    /// Whether damaged bytes were met.
    pub fn torn(&self) -> bool {
        self.torn.load(Ordering::Relaxed)
    }

    /// The rows from a number on, as bytes.
    pub fn pack(&self, from: u32) -> Packed {
        let mut out = Packed::default();
        for n in from..self.len() {
            out.bytes = postcard::to_extend(self.get(n), out.bytes).expect("rows are plain data");
            out.ends.push(out.bytes.len() as u32);
        }
        out
    }

    /// Puts packed rows behind those that are there.
    pub fn put(&mut self, part: Packed) {
        self.firsts.push(self.len());
        self.rows.extend(part.ends.iter().map(|_| OnceLock::new()));
        self.parts.push(part);
    }
}

/// Many numbers as bytes: read back faster than one by one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Numbers(Vec<u8>);

impl Numbers {
    pub fn of(rows: &[u64]) -> Numbers {
        Numbers(rows.iter().flat_map(|r| r.to_le_bytes()).collect())
    }

    pub fn rows(&self) -> Vec<u64> {
        let read = |bytes: &[u8]| bytes.try_into().map(u64::from_le_bytes).unwrap_or_default();
        self.0.chunks_exact(8).map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_rows_come_back_and_damage_is_told() {
        let rows = Rows::of(vec!["a".to_owned(), String::new(), "c".to_owned()]);
        let mut back: Rows<String> = Rows::default();
        back.put(rows.pack(0));
        back.push("d".to_owned());
        back.put(rows.pack(1));
        assert_eq!((0..back.len()).map(|n| back.get(n).as_str()).collect::<Vec<_>>(), ["a", "", "c", "d", "", "c"]);
        assert!(!back.torn());
        let mut part = rows.pack(0);
        part.bytes[0] = 0xff;
        let mut torn: Rows<String> = Rows::default();
        torn.put(part);
        assert!(torn.get(0).is_empty() && torn.torn());
        assert_eq!(Numbers::of(&[0, u64::MAX, 7]).rows(), [0, u64::MAX, 7]);
    }
}
