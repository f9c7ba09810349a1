//! Bytes → text: what is no text is refused by name, the character set found, and said where it was guessed.

use crate::error::{Error, Result};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Text, and what the user should know about how it was read.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub notes: Vec<String>,
}

/// How far into a page browsers look for its character set is 1,024 bytes; pages with long heads need more.
const PRESCAN: usize = 8192;

/// Decodes plain text. `declared` is a character set that the transport named.
pub(super) fn plain<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>> {
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    decode(bytes, declared)
}

/// Decodes a page: as plain text, but a `meta` element may name the character set.
pub(super) fn html<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>> {
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let meta = || {
        let encoding = meta_charset(&bytes[..bytes.len().min(PRESCAN)])?;
        // The element was read as ASCII, so the page is not in UTF-16 whatever it says.
        Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
    };
    decode(bytes, declared.or_else(meta))
}

fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'a>> {
    let mut notes = Vec::new();
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let (encoding, skip) = match Encoding::for_bom(bytes) {
        Some((encoding, bom)) => (Some(encoding), bom),
        None => (None, 0),
    };
    let body = &bytes[skip..];
    if encoding.is_none()
        && let Some(kind) = magic(bytes)
    {
        return Err(Error::NotText(kind.to_owned()));
    }
    let encoding = match encoding.or_else(|| wide(body)) {
        Some(encoding) => encoding,
        None if body.iter().take(PRESCAN).any(|b| *b == 0) => {
            return Err(Error::NotText("it holds NUL bytes".to_owned()));
        }
        None => match std::str::from_utf8(body) {
            Ok(text) => {
                if let Some(other) = declared.filter(|d| *d != UTF_8 && !text.is_ascii()) {
                    notes.push(format!("the text is UTF-8, not {} as its page says", other.name()));
                }
                return whole(Cow::Borrowed(text), notes);
            }
            Err(_) => match declared.filter(|d| *d != UTF_8) {
                Some(declared) => declared,
                None if mostly_utf8(body) => UTF_8,
                None => {
                    let guess = guessed(body);
                    notes.push(format!("character set guessed: {}", guess.name()));
                    guess
                }
            },
        },
    };
    let (text, broken) = encoding.decode_without_bom_handling(body);
    if broken {
        notes.push(format!("bytes that are no {} were replaced by U+FFFD", encoding.name()));
    }
    whole(text, notes)
}

fn whole<'a>(text: Cow<'a, str>, notes: Vec<String>) -> Result<Decoded<'a>> {
    if text.trim().is_empty() { Err(Error::Empty) } else { Ok(Decoded { text, notes }) }
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The character set of a file's first bytes where they are no UTF-8, cut or damaged as it may be.
pub(super) fn other_than_utf8(head: &[u8]) -> Option<&'static Encoding> {
    let utf8 = std::str::from_utf8(head).is_ok() || mostly_utf8(head) || head.is_ascii();
    // A cut last character.
    let cut = std::str::from_utf8(head).is_err_and(|e| e.error_len().is_none());
    (!utf8 && !cut).then(|| guessed(head))
}

/// A cut or damaged UTF-8 text: far more whole sequences than broken ones.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 20 * broken
}

/// UTF-16 without a mark: Latin text has its zeros on one side of each pair.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if pairs < 8 {
        return None;
    }
    match (even * 10 > pairs * 6, odd * 10 > pairs * 6) {
        (true, false) if odd * 50 < pairs => Some(UTF_16BE),
        (false, true) if even * 50 < pairs => Some(UTF_16LE),
        _ => None,
    }
}

/// What a file is by its first bytes, where it is no text.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document"),
        (b"\x1F\x8B", "gzip data"),
        (b"\x28\xB5\x2F\xFD", "zstd data"),
        (b"BZh91AY&SY", "bzip2 data"),
        (b"\xFD7zXZ\0", "xz data"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
        (b"Rar!\x1A\x07", "a RAR archive"),
        (b"\x89PNG\r\n\x1A\n", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF87a", "a GIF picture"),
        (b"GIF89a", "a GIF picture"),
        (b"SQLite format 3\0", "an SQLite file"),
        (b"\x7FELF", "a program"),
        (b"{\\rtf", "an RTF document"),
        (b"OggS", "Ogg media"),
        (b"ID3\x03", "an MP3 file"),
        (b"ID3\x04", "an MP3 file"),
        (b"wOFF", "a font"),
        (b"wOF2", "a font"),
        (b"PAR1", "a Parquet file"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(kind);
    }
    match (bytes.get(..4), bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) => Some("a WebP picture"),
        (Some(b"RIFF"), _, Some(b"WAVE" | b"AVI ")) => Some("sound or film"),
        (_, Some(b"ftyp"), _) => Some("an MP4 or HEIF file"),
        _ => None,
    }
}

/// The character set that a page's `meta` element or XML declaration names.
fn meta_charset(head: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    let mut from = 0;
    if lower.starts_with(b"<?xml")
        && let Some(end) = memchr::memmem::find(&lower, b"?>")
        && let Some(at) = memchr::memmem::find(&lower[..end], b"encoding")
        && let Some(encoding) = label(&lower[at + 8..end])
    {
        return Some(encoding);
    }
    while let Some(at) = memchr::memmem::find(&lower[from..], b"<meta") {
        let start = from + at + 5;
        let end = memchr::memchr(b'>', &lower[start..]).map_or(lower.len(), |n| start + n);
        if let Some(at) = memchr::memmem::find(&lower[start..end], b"charset")
            && let Some(encoding) = label(&lower[start + at + 7..end])
        {
            return Some(encoding);
        }
        from = end;
    }
    None
}

/// The encoding named behind `charset`: `="utf-8"`, `=utf-8`.
fn label(after: &[u8]) -> Option<&'static Encoding> {
    let after = after.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let name = after.strip_prefix(b"\"").or_else(|| after.strip_prefix(b"'")).unwrap_or(after);
    let end = name.iter().position(|b| matches!(b, b'"' | b'\'' | b' ' | b';' | b'/' | b'>')).unwrap_or(name.len());
    Encoding::for_label(&name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        html(bytes, None).unwrap().text.into_owned()
    }

    #[test]
    fn a_mark_decides_and_is_dropped() {
        assert_eq!(text(b"\xEF\xBB\xBFab"), "ab");
        assert_eq!(text(b"\xFF\xFEa\0\xE9\0"), "aé");
        assert_eq!(text(b"\xFE\xFF\0a\x04\x1F"), "aП");
    }

    #[test]
    fn utf16_without_a_mark_is_found() {
        let le: Vec<u8> = "Troops left the town".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "Troops left the town".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((text(&le), text(&be)), ("Troops left the town".into(), "Troops left the town".into()));
    }

    #[test]
    fn the_declared_set_is_used_where_the_bytes_are_no_utf8() {
        let page =
            b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>\xCF\xF0\xE8\xE2\xE5\xF2";
        assert!(text(page).ends_with("Привет"));
        let page = b"<meta charset=\"iso-8859-1\"><p>Malm\xF6";
        assert!(text(page).ends_with("Malmö"));
        let page = b"<?xml version=\"1.0\" encoding=\"koi8-r\"?><p>\xD0\xD2\xC9\xD7\xC5\xD4";
        assert!(text(page).ends_with("привет"));
    }

    #[test]
    fn a_wrong_meta_loses_against_the_bytes() {
        let decoded = html("<meta charset=iso-8859-1><p>Ψήφος".as_bytes(), None).unwrap();
        assert!(decoded.text.ends_with("Ψήφος") && decoded.notes.len() == 1);
        let decoded =
            html(b"<meta charset=utf-8><p>Die Stra\xDFe in M\xFCnchen ist f\xFCr Stunden gesperrt", None).unwrap();
        assert!(decoded.text.ends_with("Straße in München ist für Stunden gesperrt"), "{}", decoded.text);
        assert!(decoded.notes[0].contains("guessed"));
    }

    #[test]
    fn a_cut_utf8_text_stays_utf8() {
        let mut bytes = "Жители города вышли на улицы".as_bytes().to_vec();
        bytes.pop();
        let decoded = plain(&bytes, None).unwrap();
        assert!(decoded.text.starts_with("Жители") && decoded.notes[0].contains("U+FFFD"));
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, kind) in [
            (&b"%PDF-1.7 x"[..], "PDF"),
            (b"PK\x03\x04aaaa", "ZIP"),
            (b"\x89PNG\r\n\x1A\n", "PNG"),
            (b"RIFF0000WEBPVP8 ", "WebP"),
            (b"a\0b\x01\x02\0\0\0", "NUL"),
        ] {
            let error = plain(bytes, None).unwrap_err();
            assert!(matches!(&error, Error::NotText(k) if k.contains(kind)), "{error}");
        }
        assert!(matches!(plain(b"", None), Err(Error::Empty)));
        assert!(matches!(plain(b" \r\n\t", None), Err(Error::Empty)));
        assert!(matches!(plain(b"\xEF\xBB\xBF", None), Err(Error::Empty)));
    }
}
