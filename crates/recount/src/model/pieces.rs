//! Words to word pieces and to the capitals-and-quotation feature, as BERT's uncased tokenizer cuts them.

use std::collections::HashMap;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::Input;
use crate::error::{Error, Result};

/// A word keeps at most this many pieces.
const MOST: usize = 12;
/// Runs of more characters than this are one unknown piece.
const LONGEST: usize = 100;

/// The vocabulary, by piece.
pub struct Pieces {
    starts: HashMap<&'static str, i32>,
    continuations: HashMap<&'static str, i32>,
    /// Bytes of the longest piece: no longer match need be tried.
    longest: usize,
    pub cls: i32,
    pub sep: i32,
    unknown: i32,
    dropped: Regex,
    accent: Regex,
    punctuation: Regex,
}

impl Pieces {
    /// Reads a vocabulary, one piece a line.
    pub fn of(vocabulary: &'static str) -> Result<Pieces> {
        let mut starts = HashMap::with_capacity(32_768);
        let mut continuations = HashMap::with_capacity(8_192);
        let mut longest = 0;
        for (id, piece) in vocabulary.lines().enumerate() {
            let id = id as i32;
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuations.insert(rest, id),
                _ => starts.insert(piece, id),
            };
            longest = longest.max(piece.len());
        }
        let special = |name: &str| {
            starts.get(name).copied().ok_or_else(|| Error::Model(format!("the vocabulary has no piece {name}")))
        };
        let (cls, sep, unknown) = (special("[CLS]")?, special("[SEP]")?, special("[UNK]")?);
        let class = |pattern| Regex::new(pattern).map_err(|e| Error::Model(e.to_string()));
        Ok(Pieces {
            cls,
            sep,
            unknown,
            longest,
            dropped: class(r"^[\p{Cc}\p{Cf}\x{FFFD}]")?,
            accent: class(r"^\p{Mn}")?,
            punctuation: class(r"^\p{P}")?,
            starts,
            continuations,
        })
    }

    /// Whether a string is one piece that begins a word.
    pub fn knows(&self, word: &str) -> bool {
        self.starts.contains_key(word)
    }

    /// The pieces of one word, appended to `out`: at least one.
    pub fn push(&self, word: &str, out: &mut Vec<i32>) {
        let begin = out.len();
        let plain = self.plain(word);
        let mut run = 0;
        for (at, c) in plain.char_indices() {
            let mark = self.is_punctuation(c);
            if mark || c.is_whitespace() {
                self.greedy(&plain[run..at], out);
                run = at + c.len_utf8();
                if mark {
                    self.greedy(&plain[at..run], out);
                }
            }
        }
        self.greedy(&plain[run..], out);
        out.truncate(begin + MOST);
        if out.len() == begin {
            out.push(self.unknown);
        }
    }

    /// Lower case, without control characters and accents.
    fn plain(&self, word: &str) -> String {
        if word.is_ascii() {
            return word.chars().filter(|c| !c.is_control()).map(|c| c.to_ascii_lowercase()).collect();
        }
        let is = |class: &Regex, c: char| !c.is_ascii() && class.is_match(c.encode_utf8(&mut [0; 4]));
        let kept: String = word.chars().filter(|&c| !c.is_ascii_control() && !is(&self.dropped, c)).collect();
        kept.to_lowercase().nfd().filter(|&c| !is(&self.accent, c)).collect()
    }

    fn is_punctuation(&self, c: char) -> bool {
        c.is_ascii_punctuation() || (!c.is_ascii() && self.punctuation.is_match(c.encode_utf8(&mut [0; 4])))
    }

    /// WordPiece: the longest match from the left, again and again; one unknown piece where nothing matches.
    fn greedy(&self, part: &str, out: &mut Vec<i32>) {
        if part.is_empty() {
            return;
        }
        let begin = out.len();
        let mut rest = part;
        while !rest.is_empty() {
            let table = if rest.len() == part.len() { &self.starts } else { &self.continuations };
            let found = (1..=rest.len().min(self.longest))
                .rev()
                .filter(|&n| rest.is_char_boundary(n))
                .find_map(|n| table.get(&rest[..n]).map(|&id| (n, id)));
            match found {
                Some((n, id)) if part.len() <= LONGEST || part.chars().count() <= LONGEST => {
                    out.push(id);
                    rest = &rest[n..];
                }
                _ => {
                    out.truncate(begin);
                    out.push(self.unknown);
                    return;
                }
            }
        }
    }
}

/// Capitals (0 none, 1 one at the front, 2 all, 3 mixed), and 4 more between quotation marks.
pub fn feature(input: &Input<'_>) -> i32 {
    let upper = input.word.chars().filter(|c| c.is_uppercase()).count();
    let lower = input.word.chars().filter(|c| c.is_lowercase()).count();
    let first = input.word.chars().find(|c| c.is_uppercase() || c.is_lowercase());
    let case = match (upper, lower) {
        (0, _) => 0,
        (1, _) if first.is_some_and(char::is_uppercase) => 1,
        (_, 0) => 2,
        _ => 3,
    };
    case + 4 * i32::from(input.quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces() -> Pieces {
        Pieces::of("[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\nun\n##rest\n##re\nrest\n-\nal\ne\n##e").unwrap()
    }

    fn cut(word: &str) -> Vec<i32> {
        let mut out = Vec::new();
        pieces().push(word, &mut out);
        out
    }

    #[test]
    fn the_longest_piece_from_the_left_wins() {
        assert_eq!(cut("UnREST"), [5, 6]);
        assert_eq!(cut("unrestx"), [1]);
        assert_eq!(cut("al-rest"), [10, 9, 8]);
    }

    #[test]
    fn accents_and_control_characters_are_dropped() {
        assert_eq!(cut("Thé\u{200b}"), [4]);
        assert_eq!(cut("é"), [11]);
        assert_eq!(cut("\u{200b}"), [1]);
        assert_eq!(cut(""), [1]);
    }

    #[test]
    fn a_word_has_at_most_twelve_pieces() {
        assert_eq!(cut(&"e".repeat(80)).len(), MOST);
        assert_eq!(cut(&"e".repeat(101)), [1]);
    }

    #[test]
    fn capitals_and_quotation_make_the_feature() {
        let of = |word, quoted| feature(&Input { word, quoted });
        assert_eq!(
            ["said", "12", "Kabul", "A", "UN", "McKay", "iPhone", "O'Neill"].map(|w| of(w, false)),
            [0, 0, 1, 1, 2, 3, 3, 3]
        );
        assert_eq!(of("Kabul", true), 5);
    }
}
