//! The names of private people: what they are in a record, and texts with them masked.

use super::{Mention, Range, Record};
use crate::gazetteer::fold::fold;
use std::collections::BTreeSet;
use unicode_normalization::char::is_combining_mark;

/// Stands for each masked character, so that every span stays true.
pub const MASK: char = '█';

/// Words that stand before names and are none.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "dr", "prof", "sir"];

/// Names that must not be read in a text.
///
/// A word of a name is found in any letter case, with or without accents, as a plural, and within an address or handle
/// that runs the name's words together. Words that a public name of the same record shares are left, and so are small
/// words as "van" and "bin".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivateNames {
    /// Folded; with them whether they are so short that only a capital tells them from other words.
    words: BTreeSet<(String, bool)>,
    /// Of scripts without capitals, as written: they stand within longer words.
    parts: BTreeSet<Vec<char>>,
    /// All words of a name as one, folded.
    run_together: BTreeSet<String>,
}

impl PrivateNames {
    /// The names to mask, apart from words that stand in public names too.
    pub fn of<'a>(private: impl IntoIterator<Item = &'a str>, public: &[&str]) -> PrivateNames {
        let shared: BTreeSet<String> = public.iter().flat_map(|n| pieces(n)).map(|w| fold(&w)).collect();
        let mut out = PrivateNames::default();
        for name in private {
            let words = pieces(name);
            // "Amira's" holds "Amira"; "O'Brien" is one word and holds "Brien".
            let sides = words.iter().filter(|w| w.contains(is_apostrophe));
            let sides = sides.flat_map(|w| w.split(is_apostrophe)).map(str::to_owned);
            for word in words.iter().cloned().chain(sides) {
                let folded = fold(&word);
                let known = shared.contains(&folded) || TITLES.contains(&folded.as_str());
                if known || folded.chars().count() < 2 {
                    continue;
                }
                if caseless(&word) {
                    out.parts.insert(word.chars().collect());
                } else if word.chars().any(char::is_uppercase) {
                    let short = folded.chars().count() < 3;
                    out.words.insert((folded, short));
                }
            }
            let whole: Vec<String> = words.iter().map(|w| fold(w)).collect();
            if whole.len() > 1 && whole.concat().chars().count() >= 6 && !whole.iter().all(|w| shared.contains(w)) {
                out.run_together.insert(whole.concat());
            }
        }
        out
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.parts.is_empty() && self.run_together.is_empty()
    }

    /// These names and others.
    pub fn extend(&mut self, other: &PrivateNames) {
        self.words.extend(other.words.iter().cloned());
        self.parts.extend(other.parts.iter().cloned());
        self.run_together.extend(other.run_together.iter().cloned());
    }

    /// The text with each character of these names masked.
    pub fn masked(&self, s: &str) -> String {
        let mut chars: Vec<char> = s.chars().collect();
        self.mask(&mut chars);
        chars.into_iter().collect()
    }

    /// Whether the text has any of these names.
    pub fn are_in(&self, s: &str) -> bool {
        !self.is_empty() && self.masked(s) != s
    }

    pub(super) fn mask(&self, chars: &mut [char]) {
        if self.is_empty() {
            return;
        }
        for part in &self.parts {
            let mut at = 0;
            while at + part.len() <= chars.len() {
                if chars[at..at + part.len()] == part[..] {
                    chars[at..at + part.len()].fill(MASK);
                    at += part.len();
                } else {
                    at += 1;
                }
            }
        }
        for (start, end) in runs(chars) {
            // The ending of "Amira's" is no part of a name.
            let owned = end - start > 2 && is_apostrophe(chars[end - 2]) && matches!(chars[end - 1], 's' | 'S');
            let end = if owned { end - 2 } else { end };
            if self.hold(&chars[start..end]) {
                cover(&mut chars[start..end]);
                continue;
            }
            // "l'Amira": each side of an apostrophe is a word too.
            let mut from = start;
            for at in start..=end {
                if at == end || !in_word(chars[at]) {
                    if self.hold(&chars[from..at]) {
                        cover(&mut chars[from..at]);
                    }
                    from = at + 1;
                }
            }
        }
    }

    /// Whether a word is one of the names' words.
    fn hold(&self, word: &[char]) -> bool {
        if word.is_empty() {
            return false;
        }
        let folded = fold(&word.iter().collect::<String>());
        let has = |w: &str| {
            let of_length = |short| self.words.contains(&(w.to_owned(), short));
            of_length(false) || (of_length(true) && word[0].is_uppercase())
        };
        let singular = |end: &str| folded.strip_suffix(end).is_some_and(|w| w.chars().count() > 3 && has(w));
        has(&folded)
            || singular("s")
            || singular("es")
            || self.run_together.iter().any(|name| folded.contains(name.as_str()))
    }
}

impl Record {
    /// The names of private people in the record, as written, each once.
    pub fn private_names(&self) -> Vec<String> {
        self.names(true)
    }

    /// The names of everyone and everything else.
    pub fn public_names(&self) -> Vec<String> {
        self.names(false)
    }

    fn names(&self, private: bool) -> Vec<String> {
        let named = self.entities.iter().filter(|e| (e.kind == "person" && e.private) == private);
        let mut all: Vec<String> = named
            .flat_map(|e| {
                let written = e.mentions.iter().filter(|m| m.form == "name").map(|m| self.words_of(m));
                // An entity without a mention by name is called by a description.
                let name = e.mentions.iter().any(|m| m.form == "name").then(|| e.name.clone());
                written.chain(name)
            })
            .filter(|n| !n.is_empty())
            .collect();
        all.sort();
        all.dedup();
        all
    }

    fn words_of(&self, m: &Mention) -> String {
        let source = if m.within_title.is_some() { self.title.as_deref().unwrap_or_default() } else { &self.text };
        let [start, end] = m.span;
        source.chars().skip(start).take(end.saturating_sub(start)).collect()
    }
}

/// Masks what a span covers, but for the space and punctuation between words.
pub(super) fn cover_span(chars: &mut [char], [start, end]: Range) {
    let end = end.min(chars.len());
    if start < end {
        cover(&mut chars[start..end]);
    }
}

fn cover(chars: &mut [char]) {
    chars.iter_mut().filter(|c| in_word(**c)).for_each(|c| *c = MASK);
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´')
}

/// Where words stand, apostrophes within them included.
fn runs(chars: &[char]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        while at < chars.len() {
            let joined = is_apostrophe(chars[at]) && at > start && chars.get(at + 1).is_some_and(|c| in_word(*c));
            if !in_word(chars[at]) && !joined {
                break;
            }
            at += 1;
        }
        if at > start {
            out.push((start, at));
        }
        at += 1;
    }
    out
}

/// The words of a name: with their apostrophes, and the sides of these where they are words of their own.
fn pieces(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    runs(&chars).into_iter().map(|(a, b)| chars[a..b].iter().collect()).collect()
}

/// Has letters, and none that has a capital form.
fn caseless(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.chars().any(|c| c.is_uppercase() || c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::PrivateNames;

    fn masked(names: &[&str], text: &str) -> String {
        PrivateNames::of(names.iter().copied(), &[]).masked(text)
    }

    #[test]
    fn names_go_and_lengths_stay() {
        let text = "Amira’s brother, AMIRA SOL, sold it.";
        assert_eq!(masked(&["Amira", "Sol"], text), "█████’s brother, █████ ███, sold it.");
    }

    #[test]
    fn a_name_is_found_with_and_without_its_accents() {
        assert_eq!(masked(&["Zoë Łukasz"], "Zoe, ZOE\u{308} and Lukasz"), "███, ████ and ██████");
    }

    #[test]
    fn families_handles_and_elisions_are_found() {
        assert_eq!(
            masked(&["Tomas Weld"], "the Welds, @tomasweld, l'Weld, tomasweld99"),
            "the █████, @█████████, l'████, ███████████"
        );
    }

    #[test]
    fn small_words_and_other_words_stay() {
        assert_eq!(masked(&["Jan van Rook"], "A van in January, for a rookie"), "A van in January, for a rookie");
        assert_eq!(masked(&["Bo Li"], "Bo said: below, li and bo."), "██ said: below, li and bo.");
    }

    #[test]
    fn names_in_scripts_without_capitals_are_found_within_words() {
        assert_eq!(masked(&["Dr. Ana Rook's"], "Dr. Lund and Ana Rook"), "Dr. Lund and ███ ████");
        assert_eq!(masked(&["李小龙"], "记者李小龙说"), "记者███说");
        assert_eq!(masked(&["أحمد"], "وأحمد قال"), "و████ قال");
    }

    #[test]
    fn words_of_public_names_stay() {
        let names = PrivateNames::of(["Karel Grain"], &["Karel Lund"]);
        assert_eq!(names.masked("Karel Lund met Karel Grain"), "Karel Lund met Karel █████");
    }
}
