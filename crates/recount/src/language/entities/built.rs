//! Small reports with hand-made grammar, for tests of what is read from it.

use crate::language::{Form, Kind, Language, Mention, Pos, Verb, Word, entities};
use crate::span::{EntityId, SentenceId, Span, TokenId, Tokens};
use crate::text::{Layout, Paragraph, Sentence, Text, Token};

/// Builds a report of one paragraph. One line a word: the word (its lemma behind a slash where it is not the word in
/// lower case), part of speech (`+` before a plural), number of its head in the sentence (0: root), relation; for the
/// head of a mention also kind, form, first and last word. An empty line ends a sentence.
pub fn report(table: &str) -> (Text, Language) {
    let mut text = Text::default();
    let mut language = Language::default();
    for block in table.trim().split("\n\n") {
        let first = text.tokens.len();
        for (i, line) in block.lines().enumerate() {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (word, lemma) = fields[0].split_once('/').unwrap_or((fields[0], fields[0]));
            if !text.source.is_empty() {
                text.source.push(' ');
            }
            let start = text.source.len();
            text.source.push_str(word);
            let span = Span::new(start, text.source.len());
            text.tokens.push(Token { span, sentence: SentenceId::from(text.sentences.len()), quoted: false });
            let head = fields[2].parse::<usize>().unwrap();
            language.words.push(Word {
                lemma: lemma.to_lowercase(),
                pos: pos(fields[1].trim_start_matches('+')),
                head: TokenId::from(if head == 0 { first + i } else { first + head - 1 }),
                rel: Box::leak(fields[3].to_owned().into_boxed_str()),
                plural: Some(fields[1].starts_with('+')),
                verb: Verb::None,
                predicate: false,
            });
            if let [kind, form, from, to] = fields[4..] {
                let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
                language.mentions.push(Mention {
                    tokens: Tokens::new(first + from - 1, first + to),
                    span: Span::new(0, 0),
                    phrase: Span::new(0, 0),
                    head: TokenId::from(first + i),
                    kind: self::kind(kind),
                    form: self::form(form),
                    entity: EntityId(0),
                    score: 0.9,
                });
            }
        }
        let tokens = Tokens::new(first, text.tokens.len());
        text.sentences.push(Sentence { span: text.span(tokens), tokens, paragraph: 0 });
    }
    for m in &mut language.mentions {
        m.tokens.end = m.tokens.end.min(text.tokens.len() as u32);
        m.span = text.span(m.tokens);
        m.phrase = m.span;
    }
    let span = Span::new(0, text.source.len());
    text.paragraphs.push(Paragraph { span, layout: Layout::Prose });
    language.entities = entities::entities(&text, &mut language);
    (text, language)
}

fn pos(name: &str) -> Pos {
    match name {
        "adj" => Pos::Adj,
        "adp" => Pos::Adp,
        "adv" => Pos::Adv,
        "aux" => Pos::Aux,
        "cconj" => Pos::Cconj,
        "det" => Pos::Det,
        "noun" => Pos::Noun,
        "part" => Pos::Part,
        "pron" => Pos::Pron,
        "propn" => Pos::Propn,
        "punct" => Pos::Punct,
        "verb" => Pos::Verb,
        other => panic!("no part of speech: {other}"),
    }
}

fn kind(name: &str) -> Kind {
    let all = [Kind::Person, Kind::Organisation, Kind::Group, Kind::Place, Kind::Facility, Kind::Other];
    all.into_iter().find(|k| k.name() == name).unwrap()
}

fn form(name: &str) -> Form {
    [Form::Name, Form::Nominal, Form::Pronoun, Form::Demonym].into_iter().find(|f| f.name() == name).unwrap()
}
