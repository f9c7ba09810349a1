//! Text → terms: words as small numbers that are the same for all forms of a word, and how rare each is in English news.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text: its folded form, and where it stands in code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub folded: String,
    pub start: usize,
    pub end: usize,
    /// Written with digits: `23`, `1,500`, `6.1`.
    pub figure: bool,
}

/// The words of a text, in order. Letters are folded (lower case, no accents), a possessive `'s` is left out, and what
/// a hyphen ties stands apart.
pub fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut chars = text.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            let word = open.get_or_insert_with(|| Word {
                folded: String::new(),
                start: at,
                end: at,
                figure: c.is_ascii_digit(),
            });
            word.end = at + 1;
            if c.is_ascii() {
                word.folded.push(c.to_ascii_lowercase());
            } else {
                word.folded.extend(c.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase));
            }
            continue;
        }
        let next_is_digit = chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
        match &mut open {
            Some(word) if word.figure && matches!(c, '.' | ',') && next_is_digit => {
                if c == '.' {
                    word.folded.push('.');
                }
            }
            _ => {
                if let Some(word) = open.take() {
                    let tail = word.folded == "s" && matches!(text_before(&out, &word), Some(1));
                    if !tail && !word.folded.is_empty() {
                        out.push(word);
                    }
                }
            }
        }
    }
    out.extend(open.filter(|w| !w.folded.is_empty()));
    out
}

/// Code points between the last word and this one.
fn text_before(out: &[Word], word: &Word) -> Option<usize> {
    out.last().map(|last| word.start - last.end)
}

/// The number that stands for a word and its other forms.
pub fn key(folded: &str) -> u32 {
    hash(stem(folded))
}

/// FNV-1a, folded to 32 bits: a collision in a collection's million words only makes one of them look less rare.
pub fn hash(word: &str) -> u32 {
    let full = word.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (full ^ (full >> 32)) as u32
}

/// A word without the common English endings of number, tense and person. Not a dictionary form: only equal for the
/// forms of one word.
pub fn stem(word: &str) -> &str {
    if word.len() < 4 || !word.is_ascii() || word.as_bytes()[0].is_ascii_digit() {
        return word;
    }
    let word = match word {
        w if w.ends_with("ies") && w.len() > 4 => &w[..w.len() - 3],
        w if w.ends_with("sses") || w.ends_with("shes") || w.ends_with("ches") || w.ends_with("xes") => {
            &w[..w.len() - 2]
        }
        w if w.ends_with("ss") || w.ends_with("us") || w.ends_with("is") => w,
        w if w.ends_with('s') => &w[..w.len() - 1],
        w => w,
    };
    let has_vowel = |s: &str| s.bytes().any(|b| b"aeiouy".contains(&b));
    let cut = |ending: &str| word.strip_suffix(ending).filter(|rest| rest.len() >= 3 && has_vowel(rest));
    let base = cut("ing").or_else(|| cut("ed")).unwrap_or(word);
    let bytes = base.as_bytes();
    let n = bytes.len();
    if base.len() < word.len() && n > 3 && bytes[n - 1] == bytes[n - 2] && !b"lsz".contains(&bytes[n - 1]) {
        return &base[..n - 1];
    }
    base.strip_suffix(['e', 'y']).filter(|rest| rest.len() >= 3).unwrap_or(base)
}

/// The share of English reports that a word is to be expected in.
///
/// The carried vocabulary of word pieces lists words by how common they are, and by Zipf's law the word of rank r makes
/// up about 0.1/r of all words: in a report of 250 words it stands with the chance 1 - exp(-25/r).
pub fn expected(key: u32) -> f32 {
    let places = COMMON.get(&key).copied().unwrap_or(1.0 / UNKNOWN_RANK);
    1.0 - (-25.0 * places).exp()
}

/// A word that the vocabulary does not know stands about here.
const UNKNOWN_RANK: f32 = 60_000.0;

/// Key → sum of 1/rank over the forms of the word.
static COMMON: LazyLock<HashMap<u32, f32>> = LazyLock::new(|| {
    let mut out: HashMap<u32, f32> = HashMap::new();
    let words = recount_data::VOCAB.lines().skip_while(|w| *w != "the");
    for (at, word) in words.enumerate().filter(|(_, w)| !w.starts_with("##")) {
        *out.entry(key(word)).or_default() += 1.0 / (at + 1) as f32;
    }
    out
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_figures_keep_their_value() {
        let told: Vec<String> =
            words("Kraków's 1,500 miners (6.1-magnitude), U.S.").into_iter().map(|w| w.folded).collect();
        assert_eq!(told, ["krakow", "1500", "miners", "6.1", "magnitude", "u"]);
    }

    #[test]
    fn places_are_code_points() {
        let told = words("é “arrests”");
        assert_eq!((told[1].start, told[1].end), (3, 10));
    }

    #[test]
    fn forms_of_a_word_share_their_key() {
        for [a, b] in [
            ["killed", "killing"],
            ["arrests", "arrested"],
            ["stopped", "stops"],
            ["charged", "charge"],
            ["cities", "city"],
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        for [a, b] in [["police", "polish"], ["bring", "bred"]] {
            assert_ne!(stem(a), stem(b), "{a} {b}");
        }
    }

    #[test]
    fn common_words_are_expected_and_rare_ones_are_not() {
        assert!(expected(key("the")) > 0.9);
        assert!(expected(key("police")) > expected(key("harbour")));
        assert!(expected(key("zurbriggens")) < 0.001);
    }
}
