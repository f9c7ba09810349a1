//! Fingerprints: few shingles stand for all, chosen so that two texts with a run of words in common choose alike.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken, 2003) is MinHash over every short window: of the shingles that begin in a
//! window the least hash is kept. Any run of `SHINGLE + WINDOW - 1` = 5 words that two texts share has a fingerprint
//! that both keep, wherever it stands: a passage is found within a story that is otherwise new. The signature of a
//! whole text (MinHash by one permutation) parts the crowd that has a common passage into those alike and the rest.

use super::words::mixed;

/// Words of a shingle.
pub(super) const SHINGLE: usize = 3;

/// Neighbouring shingles of which one is kept.
pub(super) const WINDOW: usize = 3;

/// Values of a signature.
pub(super) const SIGNS: usize = 8;

/// A shingle that was kept: its first word and its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    pub at: u32,
    pub hash: u32,
}

/// The hash of three words in their order.
pub(super) fn shingle(words: &[u32]) -> u32 {
    words.iter().fold(0u64, |h, w| mixed(h.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(*w))) as u32
}

/// The fingerprints of a text in order of place. A text of fewer than three words has none.
pub(super) fn prints(words: &[u32]) -> Vec<Print> {
    let hashes: Vec<u32> = words.windows(SHINGLE).map(shingle).collect();
    let mut out: Vec<Print> = Vec::with_capacity(hashes.len() / 2 + 1);
    let window = WINDOW.min(hashes.len());
    for (start, inside) in hashes.windows(window.max(1)).enumerate() {
        // The last of equals: a text that repeats a word keeps few prints of it.
        let least = inside.iter().enumerate().rev().min_by_key(|(_, h)| **h);
        if let Some((offset, hash)) = least {
            let at = (start + offset) as u32;
            if out.last().is_none_or(|p| p.at < at) {
                out.push(Print { at, hash: *hash });
            }
        }
    }
    out
}

/// The signature of a text: for each of eight classes of shingles, the least of a second hash.
pub(super) fn signature(prints: &[Print]) -> [u32; SIGNS] {
    let mut out = [u32::MAX; SIGNS];
    for p in prints {
        let h = mixed(u64::from(p.hash) ^ 0x5bd1_e995_0000_0000);
        let class = (h >> 61) as usize;
        out[class] = out[class].min(h as u32);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_text_has_what_it_can_have() {
        assert!(prints(&[1, 2]).is_empty());
        assert_eq!(prints(&[1, 2, 3]).len(), 1);
        assert_eq!(signature(&[]), [u32::MAX; SIGNS]);
    }

    proptest! {
        #[test]
        fn five_words_in_common_are_a_print_in_common(
            common in proptest::collection::vec(0u32..50, 5),
            before in proptest::collection::vec(0u32..50, 0..20),
            after in proptest::collection::vec(0u32..50, 0..20),
        ) {
            let whole = [before, common.clone(), after].concat();
            let kept: Vec<u32> = prints(&whole).iter().map(|p| p.hash).collect();
            prop_assert!(prints(&common).iter().any(|p| kept.contains(&p.hash)));
        }
    }
}
