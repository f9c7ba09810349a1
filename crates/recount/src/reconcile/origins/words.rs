//! Text → hashed words: what survives a change of typography, case and house style, and which words stand in quotation
//! marks.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text in order, each as a hash of its folded spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Words {
    pub hashes: Vec<u32>,
    /// Half-open runs of words that stand between double quotation marks.
    pub quoted: Vec<[u32; 2]>,
    /// Hashes of words that are written like names: a capital that no sentence begins with. Sorted, each once.
    pub names: Vec<u32>,
}

/// How a small number is written: the one thing besides spelling that house styles change most.
const NUMERALS: [(&str, &str); 13] = [
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
];

/// Capitalised wherever they stand, and in every report: they say nothing of what a report is about.
const EVERYWHERE: [&str; 24] = [
    "i",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mr",
    "mrs",
    "ms",
    "dr",
];

impl Words {
    pub fn of(text: &str) -> Words {
        let mut out = Words::default();
        let mut word = String::new();
        let mut opened: Option<u32> = None;
        // Whether the word under way begins with a capital, and whether a sentence begins with it.
        let (mut capital, mut first, mut begins) = (false, true, true);
        let mut chars = text.chars().peekable();
        let mut before = ' ';
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().unwrap_or(' ');
            let inside = c.is_alphanumeric() || is_combining_mark(c);
            if inside && !by_itself(c) {
                if word.is_empty() {
                    (capital, begins, first) = (c.is_uppercase(), first, false);
                }
                push_folded(&mut word, c);
            } else if !word.is_empty() && (is_apostrophe(c) && next.is_alphabetic() || is_separator(before, c, next)) {
                // "don't" and "7,500" are one word, however the mark is drawn.
            } else {
                out.end(&mut word, capital && !begins);
                if inside {
                    push_folded(&mut word, c);
                    out.end(&mut word, false);
                }
                match c {
                    '"' | '＂' if opened.is_some() => out.close(&mut opened),
                    '“' | '„' | '«' | '"' | '＂' if opened.is_none() => opened = Some(out.hashes.len() as u32),
                    '”' | '»' => out.close(&mut opened),
                    // A mark that is not closed in its paragraph quotes to the paragraph's end.
                    '\n' => {
                        out.close(&mut opened);
                        first = true;
                    }
                    '.' | '!' | '?' | ':' => first = true,
                    _ => {}
                }
                first |= matches!(c, '“' | '„' | '«' | '"');
            }
            before = c;
        }
        out.end(&mut word, capital && !begins);
        out.close(&mut opened);
        out.names.sort_unstable();
        out.names.dedup();
        out
    }

    fn end(&mut self, word: &mut String, name: bool) {
        if word.is_empty() {
            return;
        }
        let digits = NUMERALS.iter().find(|(w, _)| w == word).map(|(_, d)| *d);
        let hash = hash_of(digits.unwrap_or(word));
        self.hashes.push(hash);
        if name && word.len() > 1 && !EVERYWHERE.contains(&word.as_str()) {
            self.names.push(hash);
        }
        word.clear();
    }

    fn close(&mut self, opened: &mut Option<u32>) {
        if let Some(from) = opened.take()
            && from < self.hashes.len() as u32
        {
            self.quoted.push([from, self.hashes.len() as u32]);
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

/// The comma of "7,500" and the stop of "2.5".
fn is_separator(before: char, c: char, next: char) -> bool {
    matches!(c, ',' | '.') && before.is_ascii_digit() && next.is_ascii_digit()
}

/// Scripts that put no space between words: each character counts as one.
fn by_itself(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn push_folded(word: &mut String, c: char) {
    if c.is_ascii() {
        word.push(c.to_ascii_lowercase());
    } else {
        word.extend(c.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
    }
}

/// FNV-1a in 64 bits, folded to 32: the same on every machine and in every version.
pub(super) fn hash_of(word: &str) -> u32 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for b in word.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    mixed(h) as u32
}

/// Spreads a number over all its bits (the finaliser of SplitMix64).
pub(super) fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typography_case_and_numerals_do_not_matter() {
        let a = Words::of("Two of the 7,500 men didn't come; “we waited,” José said.");
        let b = Words::of("2 of the 7500 MEN didn’t come - \"We waited\" Jose  said");
        assert_eq!(a.hashes, b.hashes);
        assert_eq!(a.quoted, b.quoted);
        assert_eq!(a.quoted, [[7, 9]]);
    }

    #[test]
    fn names_are_capitals_within_a_sentence() {
        let w = Words::of("Police in Brenno said on Monday. Later the Oster bridge was shut.");
        let mut expected = vec![hash_of("brenno"), hash_of("oster")];
        expected.sort_unstable();
        assert_eq!(w.names, expected);
    }

    #[test]
    fn a_quotation_left_open_ends_with_its_paragraph() {
        let w = Words::of("“We waited\nfor hours,” he said. 'Long' hours.");
        assert_eq!(w.quoted, [[0, 2]]);
    }

    #[test]
    fn scripts_without_spaces_have_words_too() {
        assert_eq!(Words::of("警察は三人").hashes.len(), 5);
    }

    proptest! {
        #[test]
        fn any_text_has_its_quotations_within_it(text in "[a-zA-Z0-9 .,'\"“”«»\\n’é中]{0,200}") {
            let w = Words::of(&text);
            prop_assert!(w.quoted.iter().all(|q| q[0] < q[1] && q[1] as usize <= w.hashes.len()));
            prop_assert!(w.quoted.windows(2).all(|q| q[0][1] <= q[1][0]));
        }
    }
}
