//! How far the noun phrase around a word reaches.

use super::super::{Language, Pos};
use crate::span::{TokenId, Tokens};

/// Relations by which words belong to the noun they hang on, before it and behind it.
const BEFORE: [&str; 12] = [
    "det",
    "det:predet",
    "amod",
    "nummod",
    "compound",
    "nmod",
    "nmod:poss",
    "nmod:desc",
    "nmod:unmarked",
    "flat",
    "acl",
    "goeswith",
];
const BEHIND: [&str; 13] = [
    "nmod",
    "nmod:poss",
    "nmod:desc",
    "nmod:unmarked",
    "acl",
    "acl:relcl",
    "amod",
    "nummod",
    "flat",
    "fixed",
    "compound",
    "det",
    "goeswith",
];

/// The noun phrase that a word heads: determiners, adjectives, complements and relative clauses, without the preposition
/// before it, what is joined to it by "and", appositions, and the clause it may be the predicate of.
pub fn noun_phrase(language: &Language, head: TokenId) -> Tokens {
    reach(language, head, false)
}

/// The same with the appositions.
pub fn whole(language: &Language, head: TokenId) -> Tokens {
    reach(language, head, true)
}

fn reach(language: &Language, head: TokenId, appositions: bool) -> Tokens {
    let mut tokens = Tokens { start: head.0, end: head.0 + 1 };
    let children: Vec<TokenId> = language.children(head).collect();
    for &child in children.iter().rev().filter(|&&c| c < head) {
        let phrase = language.phrase(child);
        if BEFORE.contains(&language.words[child.at()].rel) && phrase.end <= head.0 {
            tokens.start = tokens.start.min(phrase.start);
        } else if language.words[child.at()].pos != Pos::Punct {
            break;
        }
    }
    // Whatever the tree says: a phrase does not reach over the word that it hangs on.
    let over = language.words[head.at()].head;
    let within = |c: &&TokenId| **c > head && (over <= head || **c < over);
    for &child in children.iter().filter(within) {
        let word = &language.words[child.at()];
        let phrase = language.phrase(child);
        let beside = phrase.start == tokens.end && language.words[tokens.end as usize].pos != Pos::Punct;
        let close = word.rel == "appos" && (appositions || beside);
        if (BEHIND.contains(&word.rel) || close) && phrase.start > head.0 {
            tokens.end = tokens.end.max(phrase.end);
        } else if word.pos != Pos::Punct && word.rel != "case" {
            break;
        }
    }
    tokens.start = with_bounds(language, tokens);
    trim(language, tokens, head)
}

/// Where a phrase begins with what bounds its number: "at least", "more than", "up to".
fn with_bounds(language: &Language, tokens: Tokens) -> u32 {
    const BOUNDS: [&[&str]; 10] = [
        &["at", "least"],
        &["at", "most"],
        &["more", "than"],
        &["less", "than"],
        &["fewer", "than"],
        &["up", "to"],
        &["as", "many", "as"],
        &["as", "few", "as"],
        &["nearly"],
        &["almost"],
    ];
    let first = (tokens.start..tokens.end).take(4).find(|t| language.words[*t as usize].pos == Pos::Num);
    let Some(first) = first else { return tokens.start };
    let starts = |bound: &&[&str]| {
        let n = bound.len() as u32;
        first >= n && bound.iter().zip(first - n..).all(|(b, t)| language.words[t as usize].lemma == **b)
    };
    BOUNDS.iter().find(|b| starts(b)).map_or(tokens.start, |b| tokens.start.min(first - b.len() as u32))
}

/// Without punctuation at the ends.
fn trim(language: &Language, mut tokens: Tokens, head: TokenId) -> Tokens {
    let mark = |t: u32| language.words[t as usize].pos == Pos::Punct;
    while tokens.start < head.0 && mark(tokens.start) {
        tokens.start += 1;
    }
    while tokens.end > head.0 + 1 && mark(tokens.end - 1) {
        tokens.end -= 1;
    }
    tokens
}

/// The noun that a name stands beside as its bearer's description: "activist" in "the activist Ana Ruiz".
pub fn bearer(language: &Language, head: TokenId) -> Option<TokenId> {
    let word = &language.words[head.at()];
    let over = &language.words[word.head.at()];
    (matches!(word.rel, "flat" | "appos") && matches!(over.pos, Pos::Noun | Pos::Propn)).then_some(word.head)
}

/// Whether a word has an article or another determiner.
pub fn has_determiner(language: &Language, head: TokenId) -> bool {
    language.children(head).any(|c| language.words[c.at()].rel == "det")
}

#[cfg(test)]
mod tests {
    use super::super::super::{Verb, Word, syntax::Index};
    use super::*;

    /// Words as `head/rel/pos`.
    fn language(rows: &[(usize, &'static str, Pos)]) -> Language {
        let words: Vec<Word> = rows
            .iter()
            .map(|&(head, rel, pos)| Word {
                lemma: String::new(),
                pos,
                head: TokenId::from(head),
                rel,
                plural: None,
                verb: Verb::None,
                predicate: false,
            })
            .collect();
        Language { index: Index::of(&words), words, ..Language::default() }
    }

    #[test]
    fn a_noun_phrase_has_its_relative_clause_but_not_its_preposition() {
        // by | the | guards | , | who | fled | , | and | police
        let l = language(&[
            (2, "case", Pos::Adp),
            (2, "det", Pos::Det),
            (2, "root", Pos::Noun),
            (5, "punct", Pos::Punct),
            (5, "nsubj", Pos::Pron),
            (2, "acl:relcl", Pos::Verb),
            (5, "punct", Pos::Punct),
            (8, "cc", Pos::Cconj),
            (2, "conj", Pos::Noun),
        ]);
        assert_eq!(noun_phrase(&l, TokenId(2)), Tokens::new(1, 6));
    }

    #[test]
    fn a_predicate_noun_leaves_its_clause_out() {
        // she | is | the | mayor | of | Arl
        let l = language(&[
            (3, "nsubj", Pos::Pron),
            (3, "cop", Pos::Aux),
            (3, "det", Pos::Det),
            (3, "root", Pos::Noun),
            (5, "case", Pos::Adp),
            (3, "nmod", Pos::Propn),
        ]);
        assert_eq!(noun_phrase(&l, TokenId(3)), Tokens::new(2, 6));
    }
}
