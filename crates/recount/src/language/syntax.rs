//! Parts of speech, dependencies and semantic roles, decoded from the model's scores.

use super::{Role, Word};
use crate::model::{Input, Model, Reading};
use crate::span::{TokenId, Tokens};
use crate::text::Text;

/// Runs the model over the text.
pub fn reading(text: &Text, model: &Model) -> Reading {
    let words: Vec<Input<'_>> =
        text.tokens.iter().map(|t| Input { word: text.words(t.span), quoted: t.quoted }).collect();
    let sentences: Vec<Tokens> = text.sentences.iter().map(|s| s.tokens).collect();
    model.read(&words, &sentences)
}

/// Decodes grammar and roles.
pub fn words(text: &Text, model: &Model, reading: &Reading) -> (Vec<Word>, Vec<Role>) {
    let _ = (text, model, reading);
    (Vec::new(), Vec::new())
}

/// See [`super::Language::phrase`].
pub fn phrase(words: &[Word], token: TokenId) -> Tokens {
    let _ = words;
    Tokens::new(token.at(), token.at() + 1)
}

/// See [`super::Language::children`].
pub fn children(words: &[Word], token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
    words.iter().enumerate().filter(move |(i, w)| w.head == token && *i != token.at()).map(|(i, _)| TokenId::from(i))
}
