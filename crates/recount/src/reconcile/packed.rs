//! Rows that can lie packed until one is looked at: a collection of a hundred thousand reports is opened to add one to it,
//! and of all that it holds a few dozen rows are needed.

use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::io::{Error, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Writes what is put away piece by piece: beside what lies in memory it needs next to no room.
///
/// # Errors
/// Where `to` does not take it.
pub(super) fn write(part: &impl Serialize, to: impl Write) -> Result<(), Error> {
    postcard::to_io(part, to).map(drop).map_err(Error::other)
}

/// Some rows as bytes.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// Where each row ends.
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

/// The rows from a number on, packed one by one as they are written: read back as [`Packed`].
pub(super) struct Packing<'a, T> {
    rows: &'a Rows<T>,
    from: u32,
}

/// A piece of what is packed.
struct Piece<'a>(&'a [u8]);

impl Serialize for Piece<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(self.0)
    }
}

/// Reads pieces, each given to what is made of them.
struct Pieces<F>(F);

impl<'de, F: FnMut(&[u8])> Visitor<'de> for Pieces<F> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("pieces of bytes")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut from: A) -> Result<(), A::Error> {
        while let Some(piece) = from.next_element::<&'de [u8]>()? {
            (self.0)(piece);
        }
        Ok(())
    }
}

impl<T: Default + Serialize + DeserializeOwned> Serialize for Packing<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut to = to.serialize_seq(Some((self.rows.len() - self.from) as usize))?;
        let mut bytes = Vec::new();
        for n in self.from..self.rows.len() {
            bytes.clear();
            bytes = postcard::to_extend(self.rows.get(n), bytes).expect("rows are plain data");
            to.serialize_element(&Piece(&bytes))?;
        }
        to.end()
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Packed, D::Error> {
        let mut out = Packed::default();
        from.deserialize_seq(Pieces(|piece: &[u8]| {
            out.bytes.extend_from_slice(piece);
            out.ends.push(out.bytes.len() as u32);
        }))?;
        Ok(out)
    }
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

    /// The rows from a number on, to be written.
    pub fn packing(&self, from: u32) -> Packing<'_, T> {
        Packing { rows: self, from }
    }

    /// Puts packed rows behind those that are there.
    pub fn put(&mut self, part: Packed) {
        self.firsts.push(self.len());
        self.rows.extend(part.ends.iter().map(|_| OnceLock::new()));
        self.parts.push(part);
    }
}

/// Many numbers, written as bytes: read back faster than one by one.
#[derive(Debug, Default)]
pub(super) struct Numbers<'a>(pub Cow<'a, [u64]>);

/// Numbers in one piece.
const AT_ONCE: usize = 4096;

impl<'a> Numbers<'a> {
    pub fn of(rows: &'a [u64]) -> Numbers<'a> {
        Numbers(Cow::Borrowed(rows))
    }
}

impl Serialize for Numbers<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut to = to.serialize_seq(Some(self.0.len().div_ceil(AT_ONCE)))?;
        for rows in self.0.chunks(AT_ONCE) {
            let bytes: Vec<u8> = rows.iter().flat_map(|r| r.to_le_bytes()).collect();
            to.serialize_element(&Piece(&bytes))?;
        }
        to.end()
    }
}

impl<'de> Deserialize<'de> for Numbers<'_> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut out = Vec::new();
        let read = |bytes: &[u8]| bytes.try_into().map(u64::from_le_bytes).unwrap_or_default();
        from.deserialize_seq(Pieces(|piece: &[u8]| out.extend(piece.chunks_exact(8).map(read))))?;
        Ok(Numbers(Cow::Owned(out)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(rows: &Rows<String>, from: u32) -> Packed {
        let mut bytes = Vec::new();
        write(&rows.packing(from), &mut bytes).expect("memory takes it");
        postcard::from_bytes(&bytes).expect("rows come back")
    }

    #[test]
    fn packed_rows_come_back_and_damage_is_told() {
        let rows = Rows::of(vec!["a".to_owned(), String::new(), "c".to_owned()]);
        let mut back: Rows<String> = Rows::default();
        back.put(packed(&rows, 0));
        back.push("d".to_owned());
        back.put(packed(&rows, 1));
        assert_eq!((0..back.len()).map(|n| back.get(n).as_str()).collect::<Vec<_>>(), ["a", "", "c", "d", "", "c"]);
        assert!(!back.torn());
        let mut part = packed(&rows, 0);
        part.bytes[0] = 0xff;
        let mut torn: Rows<String> = Rows::default();
        torn.put(part);
        assert!(torn.get(0).is_empty() && torn.torn());
    }

    #[test]
    fn numbers_come_back_in_any_quantity() {
        for n in [0, 3, AT_ONCE as u64, AT_ONCE as u64 + 1] {
            let rows: Vec<u64> = (0..n).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect();
            let mut bytes = Vec::new();
            write(&Numbers::of(&rows), &mut bytes).expect("memory takes it");
            let back: Numbers<'_> = postcard::from_bytes(&bytes).expect("numbers come back");
            assert_eq!(back.0, rows);
        }
    }
}
