//! WACZ: the archives inside a ZIP file, each with the digest that its `datapackage.json` states.

use super::warc::hex;
use crate::error::{Error, Result};
use sha2::Digest;
use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

/// One archive inside the ZIP file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `archive/data.warc.gz`.
    pub name: String,
    /// Where its bytes begin in the file, and how many they are as stored.
    pub start: u64,
    pub stored: u64,
    /// Whether ZIP packs them; archives are mostly stored as they are.
    deflated: bool,
    /// SHA-256 in hexadecimal, as `datapackage.json` states it.
    sha256: Option<String>,
}

/// The longest `datapackage.json` that is read (bytes).
const LONGEST_PACKAGE: u64 = 64 << 20;

/// The archives of a WACZ in the order of their names; `None` where the ZIP file is none.
///
/// # Errors
/// [`Error::Input`] where the ZIP file is broken or packs an archive in a way that is not known.
pub fn parts<R: Read + Seek>(input: R) -> Result<Option<Vec<Part>>> {
    let broken = |e: zip::result::ZipError| Error::Input(format!("the ZIP file is broken: {e}"));
    let mut zip = zip::ZipArchive::new(input).map_err(broken)?;
    let names: BTreeMap<String, usize> =
        (0..zip.len()).filter_map(|i| Some((zip.name_for_index(i)?.ok()?.into_owned(), i))).collect();
    let is_archive = |name: &str| {
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
        name.ends_with(".warc") || name.ends_with(".arc")
    };
    let digests = match names.get("datapackage.json") {
        Some(at) => digests(zip.by_index(*at).map_err(broken)?),
        None => BTreeMap::new(),
    };
    let mut parts = Vec::new();
    for (name, at) in names.iter().filter(|(name, _)| name.starts_with("archive/") && is_archive(name)) {
        let file = zip.by_index_raw(*at).map_err(broken)?;
        let deflated = match file.compression() {
            zip::CompressionMethod::Stored => false,
            zip::CompressionMethod::Deflated => true,
            other => return Err(Error::Input(format!("{name} is packed by {other}, which is not read"))),
        };
        let start = file.data_start().ok_or_else(|| Error::Input(format!("{name} has no place in the ZIP file")))?;
        let sha256 = digests.get(name).cloned();
        parts.push(Part { name: name.clone(), start, stored: file.compressed_size(), deflated, sha256 });
    }
    Ok((!parts.is_empty()).then_some(parts))
}

/// The SHA-256 digests that a `datapackage.json` states, by path; what cannot be read states none.
fn digests(file: impl Read) -> BTreeMap<String, String> {
    let package: serde_json::Value = serde_json::from_reader(file.take(LONGEST_PACKAGE)).unwrap_or_default();
    let resources = package["resources"].as_array().into_iter().flatten();
    let digest = |r: &serde_json::Value| {
        let sha256 = r["hash"].as_str()?.strip_prefix("sha256:")?;
        Some((r["path"].as_str()?.to_owned(), sha256.to_ascii_lowercase()))
    };
    resources.filter_map(digest).collect()
}

impl Part {
    /// The archive's bytes, out of an input that stands at [`Part::start`]. Where they have not the digest that is stated,
    /// reading ends with an error.
    pub fn open<'a>(&self, input: impl Read + Send + 'a) -> Box<dyn Read + Send + 'a> {
        let stored = input.take(self.stored);
        let bytes: Box<dyn Read + Send + 'a> =
            if self.deflated { Box::new(flate2::read::DeflateDecoder::new(stored)) } else { Box::new(stored) };
        match &self.sha256 {
            Some(stated) => Box::new(Checked { input: bytes, hash: Some(sha2::Sha256::new()), stated: stated.clone() }),
            None => bytes,
        }
    }
}

/// Bytes whose end is an error where they have not the digest stated.
struct Checked<R> {
    input: R,
    hash: Option<sha2::Sha256>,
    stated: String,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(out)?;
        if n > 0 || out.is_empty() {
            self.hash.iter_mut().for_each(|h| h.update(&out[..n]));
            return Ok(n);
        }
        match self.hash.take().map(|h| hex(&h.finalize())) {
            Some(got) if got != self.stated => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the archive has not the digest that datapackage.json states: it was changed after it was packed",
            )),
            _ => Ok(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn zipped(files: &[(&str, &[u8])], deflated: bool) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let method = if deflated { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
        for (name, bytes) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn read(zip: &[u8]) -> io::Result<Vec<u8>> {
        let part = parts(Cursor::new(zip)).unwrap().unwrap().remove(0);
        let mut out = Vec::new();
        part.open(&zip[part.start as usize..]).read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn archives_are_found_and_their_digests_checked() {
        let package =
            |hash: &str| format!("{{\"resources\":[{{\"path\":\"archive/a.warc\",\"hash\":\"sha256:{hash}\"}}]}}");
        // "abc" of FIPS 180-4.
        let right = package("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let wrong = package("00");
        for deflated in [false, true] {
            let zip = |package: &str| {
                zipped(
                    &[
                        ("archive/a.warc", b"abc"),
                        ("datapackage.json", package.as_bytes()),
                        ("pages/pages.jsonl", b"{}"),
                    ],
                    deflated,
                )
            };
            assert_eq!(read(&zip(&right)).unwrap(), b"abc");
            assert_eq!(read(&zip("{}")).unwrap(), b"abc");
            assert!(read(&zip(&wrong)).unwrap_err().to_string().contains("digest"));
        }
    }

    #[test]
    fn other_zip_files_are_none_and_broken_ones_are_named() {
        assert_eq!(parts(Cursor::new(zipped(&[("word/document.xml", b"x")], true))).unwrap(), None);
        let error = parts(Cursor::new(b"PK\x03\x04 and no more")).unwrap_err();
        assert!(error.to_string().contains("ZIP"), "{error}");
    }
}
