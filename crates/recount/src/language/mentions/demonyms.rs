//! Adjectives and nouns of nationality and faith.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::span::{TokenId, Tokens};
use crate::text::Text;

/// The words of the list, in lower case, each phrase as its words with blanks between.
static DEMONYMS: LazyLock<HashSet<String>> =
    LazyLock::new(|| recount_data::DEMONYMS.lines().filter(|l| !l.starts_with('#')).map(str::to_lowercase).collect());

/// Adjectives and nouns of faith, which stand for people likewise.
const FAITHS: [&str; 37] = [
    "alawite",
    "alawites",
    "buddhist",
    "buddhists",
    "catholic",
    "catholics",
    "christian",
    "christians",
    "copt",
    "coptic",
    "copts",
    "hindu",
    "hindus",
    "islamic",
    "islamist",
    "islamists",
    "jew",
    "jewish",
    "jews",
    "muslim",
    "muslims",
    "orthodox",
    "protestant",
    "protestants",
    "shi'ite",
    "shi'ites",
    "shia",
    "shias",
    "shiite",
    "shiites",
    "sikh",
    "sikhs",
    "sunni",
    "sunnis",
    "sufi",
    "sufis",
    "zionist",
];

/// Whether words are of nationality or faith and nothing else.
pub fn is_demonym(text: &Text, tokens: Tokens) -> bool {
    let words = lower(text, tokens);
    DEMONYMS.contains(&words) || FAITHS.contains(&words.as_str())
}

/// Whether words are of faith.
pub fn is_faith(text: &Text, tokens: Tokens) -> bool {
    FAITHS.contains(&lower(text, tokens).as_str())
}

/// The words of nationality and faith in a text, longest first match from the left. They are written with a capital, save in a text
/// that has none.
pub fn demonyms(text: &Text) -> Vec<Tokens> {
    let capitals = text.tokens.iter().any(|t| begins_upper(text.words(t.span)));
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        let found = (1..=2).rev().map(|n| Tokens::new(at, at + n)).find(|tokens| {
            tokens.end as usize <= text.tokens.len()
                && (!capitals || tokens.iter().all(|t| begins_upper(text.word(t))))
                && is_demonym(text, *tokens)
        });
        at = found.map_or(at + 1, |t| t.end as usize);
        out.extend(found);
    }
    out
}

fn lower(text: &Text, tokens: Tokens) -> String {
    tokens.iter().map(|t: TokenId| text.word(t).to_lowercase()).collect::<Vec<_>>().join(" ")
}

fn begins_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}
