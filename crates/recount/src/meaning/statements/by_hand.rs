//! Readings made by hand: texts with the words of each part given, as a model that is sure would read them.

use crate::intake::Article;
use crate::language::{Language, Pos, Verb, Word};
use crate::meaning::Statement;
use crate::model::{Head, Pointer, Reading};
use crate::span::{TokenId, Tokens};
use crate::text::Text;

/// One statement as the model is to read it; pieces of content are parted by ` // `.
pub(super) struct Said {
    pub source: &'static str,
    pub cue: &'static str,
    pub content: &'static str,
}

pub(super) fn said(source: &'static str, cue: &'static str, content: &'static str) -> Said {
    Said { source, cue, content }
}

pub(super) fn article(text: &str) -> Article {
    Article::bare("", text)
}

/// The statements of a text of which the model read `parts`; there is no grammar.
pub(super) fn statements(text: &str, parts: &[Said]) -> (Text, Vec<Statement>) {
    let article = article(text);
    let text = Text::of(&article);
    let language = language(&text, parts);
    let rows = super::statements(&article, &text, &language, &[]);
    (text, rows)
}

pub(super) fn language(text: &Text, parts: &[Said]) -> Language {
    let n = text.tokens.len();
    let find = |words: &str| {
        let at = text.source.find(words).expect("the words stand in the text");
        text.tokens_in(crate::span::Span::new(at, at + words.len()))
    };
    let mut tags = vec![[6.0f32, 0.0, 0.0].repeat(3); n];
    let mut pointers: [Vec<Vec<(u32, f32)>>; 3] = std::array::from_fn(|_| vec![Vec::new(); n]);
    for part in parts {
        let cue = Some(part.cue).filter(|c| !c.is_empty()).map(find);
        let source = Some(part.source).filter(|s| !s.is_empty()).map(find);
        let content: Vec<Tokens> = part.content.split(" // ").map(find).collect();
        let mut mark = |head: usize, all: Vec<TokenId>| {
            for (k, t) in all.iter().enumerate() {
                let tag = if k == 0 { 1 } else { 2 };
                tags[t.at()][3 * head..3 * head + 3].fill(0.0);
                tags[t.at()][3 * head + tag] = 6.0;
            }
        };
        mark(0, cue.iter().flat_map(|c| c.iter()).collect());
        mark(1, source.iter().flat_map(|c| c.iter()).collect());
        mark(2, content.iter().flat_map(|c| c.iter()).collect());
        for t in content.iter().flat_map(|c| c.iter()) {
            pointers[Pointer::ContentCue as usize][t.at()].extend(cue.map(|c| (c.start, 0.9)));
            pointers[Pointer::ContentSource as usize][t.at()].extend(source.map(|s| (s.start, 0.9)));
        }
        for t in source.iter().flat_map(|c| c.iter()) {
            pointers[Pointer::SourceCue as usize][t.at()].extend(cue.map(|c| (c.start, 0.9)));
        }
    }
    let mut ranges = vec![(0, 0); Head::Event as usize + 1];
    ranges[Head::Cue as usize] = (0, 3);
    ranges[Head::Source as usize] = (3, 6);
    ranges[Head::Content as usize] = (6, 9);
    let reading = Reading { words: n, width: 9, ranges, tags: tags.concat(), pointers, ..Reading::default() };
    let word = |t: usize| {
        let word = text.word(TokenId::from(t));
        let pos = if word.chars().any(char::is_alphanumeric) { Pos::X } else { Pos::Punct };
        let lemma = word.to_lowercase();
        Word { lemma, pos, head: TokenId::from(t), rel: "dep", plural: None, verb: Verb::None, predicate: false }
    };
    Language { reading, words: (0..n).map(word).collect(), ..Language::default() }
}
