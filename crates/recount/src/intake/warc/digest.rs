//! Digests that an archive states → whether bytes have them.

use sha1::Digest;

/// Whether bytes have the digest stated as `sha1:…` (RFC 4648 Base32, as crawlers write it, or hexadecimal). `None` where
/// the algorithm is another or what is stated is no digest.
pub(super) fn holds(stated: &str, bytes: &[u8]) -> Option<bool> {
    let (algorithm, value) = stated.split_once(':')?;
    let is = |digest: &[u8]| -> Option<bool> {
        let known = value.len() == base32(digest).len() || value.len() == 2 * digest.len();
        known.then(|| value.eq_ignore_ascii_case(&base32(digest)) || value.eq_ignore_ascii_case(&hex(digest)))
    };
    match algorithm.trim().to_ascii_lowercase().as_str() {
        "sha1" | "sha-1" => is(&sha1::Sha1::digest(bytes)),
        "sha256" | "sha-256" => is(&sha2::Sha256::digest(bytes)),
        _ => None,
    }
}

/// Bytes as hexadecimal figures, lower case.
pub(in crate::intake) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::new();
    for five in bytes.chunks(5) {
        let mut group = [0u8; 8];
        group[3..3 + five.len()].copy_from_slice(five);
        let bits = u64::from_be_bytes(group);
        for n in 0..(five.len() * 8).div_ceil(5) {
            out.push(char::from(LETTERS[(bits >> (35 - 5 * n) & 31) as usize]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_digest_are_known() {
        // "abc" of FIPS 180-4.
        assert_eq!(holds("sha1:a9993e364706816aba3e25717850c26c9cd0d89d", b"abc"), Some(true));
        assert_eq!(holds("SHA1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", b"abc"), Some(true));
        assert_eq!(holds("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", b"abd"), Some(false));
        assert_eq!(
            holds("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", b"abc"),
            Some(true)
        );
        assert_eq!(
            (holds("md5:1", b"abc"), holds("sha1:2jmj7l5r=", b"abc"), holds("none", b"abc")),
            (None, None, None)
        );
    }

    #[test]
    fn base32_is_that_of_rfc_4648() {
        for (plain, coded) in
            [("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB")]
        {
            assert_eq!(base32(plain.as_bytes()), coded);
        }
    }
}
