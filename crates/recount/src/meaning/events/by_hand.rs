//! Sentences with their grammar written by hand, for tests that need no model.

use crate::language::{Language, Pos, Verb, Word};
use crate::span::{SentenceId, Span, TokenId, Tokens};
use crate::text::{Layout, Paragraph, Sentence, Text, Token};

/// One sentence from rows `word lemma POS head relation`, heads counted from 1, 0 for the root. A verb's form follows
/// its part of speech behind a dot: `VERB.past`.
pub(crate) fn sentence(rows: &str) -> (Text, Language) {
    let mut text = Text::default();
    let mut language = Language::default();
    for (i, row) in rows.lines().map(str::trim).filter(|r| !r.is_empty()).enumerate() {
        let fields: Vec<&str> = row.split_whitespace().collect();
        let [word, lemma, pos, head, rel] = fields[..] else { panic!("five fields: {row}") };
        if i > 0 {
            text.source.push(' ');
        }
        let start = text.source.len();
        text.source.push_str(word);
        let span = Span::new(start, text.source.len());
        text.tokens.push(Token { span, sentence: SentenceId(0), quoted: false });
        let (pos, form) = pos.split_once('.').unwrap_or((pos, ""));
        let head: usize = head.parse().expect("a number");
        language.words.push(Word {
            lemma: lemma.into(),
            pos: part(pos),
            head: TokenId::from(head.checked_sub(1).unwrap_or(i)),
            rel: rel.to_owned().leak(),
            plural: None,
            verb: match form {
                "past" => Verb::Past,
                "inf" => Verb::Infinitive,
                "part" => Verb::PastParticiple,
                "ing" => Verb::PresentParticiple,
                "pres" => Verb::Present,
                _ => Verb::None,
            },
            predicate: pos == "VERB",
        });
    }
    let span = Span::new(0, text.source.len());
    text.sentences.push(Sentence { span, tokens: Tokens::new(0, text.tokens.len()), paragraph: 0 });
    text.paragraphs.push(Paragraph { span, layout: Layout::Prose });
    (text, language)
}

fn part(name: &str) -> Pos {
    match name {
        "NOUN" => Pos::Noun,
        "PROPN" => Pos::Propn,
        "VERB" => Pos::Verb,
        "AUX" => Pos::Aux,
        "ADJ" => Pos::Adj,
        "ADV" => Pos::Adv,
        "ADP" => Pos::Adp,
        "DET" => Pos::Det,
        "NUM" => Pos::Num,
        "PART" => Pos::Part,
        "PRON" => Pos::Pron,
        "SCONJ" => Pos::Sconj,
        "CCONJ" => Pos::Cconj,
        "PUNCT" => Pos::Punct,
        _ => Pos::X,
    }
}
