//! Walks over the grammar of one sentence: what hangs on a word, what is over it, what stands beside it.

use crate::language::{Form, Language, Pos, Word};
use crate::span::{MentionId, TokenId, Tokens};
use crate::text::Text;

/// A report's words with an index from head word to mention, so that no step walks the whole report.
pub struct Tree<'a> {
    pub text: &'a Text,
    pub words: &'a [Word],
    /// The mention headed by each word.
    heads: Vec<Option<MentionId>>,
}

impl<'a> Tree<'a> {
    pub fn new(text: &'a Text, language: &'a Language) -> Tree<'a> {
        let mut heads = vec![None; text.tokens.len()];
        for (i, mention) in language.mentions.iter().enumerate() {
            let Some(slot) = heads.get_mut(mention.head.at()) else { continue };
            // A name wins over a description with the same head word.
            if slot.is_none() || mention.form == Form::Name {
                *slot = Some(MentionId::from(i));
            }
        }
        Tree { text, words: &language.words, heads }
    }

    /// Whether grammar was read for a word.
    pub fn has(&self, token: TokenId) -> bool {
        token.at() < self.words.len() && token.at() < self.text.tokens.len()
    }

    pub fn word(&self, token: TokenId) -> &'a Word {
        &self.words[token.at()]
    }

    pub fn written(&self, token: TokenId) -> &'a str {
        self.text.word(token)
    }

    /// As written, in lower case.
    pub fn lower(&self, token: TokenId) -> String {
        self.written(token).to_lowercase()
    }

    /// The relation without its subtype.
    pub fn rel(&self, token: TokenId) -> &'static str {
        let rel = self.words[token.at()].rel;
        rel.split_once(':').map_or(rel, |(base, _)| base)
    }

    /// The words of its sentence.
    pub fn sentence(&self, token: TokenId) -> Tokens {
        let row = self.text.tokens[token.at()].sentence.at();
        let found = self.text.sentences.get(row).map(|s| s.tokens);
        let end = self.words.len().min(self.text.tokens.len()) as u32;
        let tokens = found.unwrap_or(Tokens::new(token.at(), token.at() + 1));
        Tokens { start: tokens.start.min(end), end: tokens.end.min(end) }
    }

    /// The word it hangs on; `None` at the root.
    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        let head = self.words[token.at()].head;
        (head != token && self.has(head)).then_some(head)
    }

    /// The words that hang directly on a word, in order.
    pub fn kids(&self, token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        self.sentence(token).iter().filter(move |t| *t != token && self.words[t.at()].head == token)
    }

    /// The first word with one of the relations (base or whole) that hangs on a word.
    pub fn kid(&self, token: TokenId, rels: &[&str]) -> Option<TokenId> {
        self.kids(token).find(|t| self.is(*t, rels))
    }

    /// Whether a word has one of the relations, named with or without subtype.
    pub fn is(&self, token: TokenId, rels: &[&str]) -> bool {
        rels.contains(&self.words[token.at()].rel) || rels.contains(&self.rel(token))
    }

    /// The words over a word, nearest first; ends at the root, and after 40 steps whatever the reading says.
    pub fn up(&self, token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        let mut at = token;
        (0..40).map_while(move |_| {
            at = self.head(at)?;
            Some(at)
        })
    }

    /// The verb or clause that a word stands in: the nearest word over it that is no part of a noun phrase.
    pub fn clause(&self, token: TokenId) -> TokenId {
        let inside = ["nmod", "appos", "compound", "flat", "amod", "conj", "det", "nummod", "acl", "case", "list"];
        let mut at = token;
        for over in self.up(token) {
            if !self.is(at, &inside) || self.is(at, &["acl"]) {
                return over;
            }
            at = over;
        }
        at
    }

    /// The preposition of a word, in lower case.
    pub fn case(&self, token: TokenId) -> Option<String> {
        self.kids(token).find(|t| self.is(*t, &["case"]) && self.word(*t).pos == Pos::Adp).map(|t| self.lower(t))
    }

    /// The mention headed by a word.
    pub fn mention(&self, token: TokenId) -> Option<MentionId> {
        self.heads.get(token.at()).copied().flatten()
    }

    /// The mention headed by a word, or by a word that it is flat or compound with: "Kassym" for "Tokayev".
    pub fn mention_near(&self, token: TokenId) -> Option<MentionId> {
        let within = |t: &TokenId| self.is(*t, &["flat", "compound", "goeswith", "nmod:desc"]);
        self.mention(token)
            .or_else(|| self.kids(token).filter(within).find_map(|t| self.mention(t)))
            .or_else(|| if within(&token) { self.head(token).and_then(|h| self.mention(h)) } else { None })
    }
}
