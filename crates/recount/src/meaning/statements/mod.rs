//! Who says so: statements with their source, cue and content, nested as the text nests.
//!
//! In order: [`spans`] decodes the model's words into pieces, [`links`] puts pieces together into statements, [`quotes`]
//! carries speakers on to quotations that have no cue, [`nesting`] finds statements inside what others say,
//! [`speakers`] says whose word it is, [`acts`] what is done by saying it, [`circumstances`] where, when and to whom.

mod acts;
mod circumstances;
mod links;
mod nesting;
mod quotes;
mod speakers;
mod spans;

use super::{Statement, StatementForm, Time};
use crate::evidence::{Dropped, Evidence};
use crate::intake::Article;
use crate::language::Language;
use crate::span::{Span, StatementId, TokenId, Tokens};
use crate::text::Text;

/// What every step here reads.
#[derive(Clone, Copy)]
struct Levels<'a> {
    text: &'a Text,
    language: &'a Language,
}

/// A statement while it is put together, in tokens.
#[derive(Clone, Debug)]
struct Draft {
    source: Option<Tokens>,
    cue: Option<Tokens>,
    /// In order, never empty.
    content: Vec<Tokens>,
    /// The row of the drafts whose speaker goes on speaking here.
    carried: Option<Speaker>,
    by: &'static str,
    /// Mean probability of the words and links that made it.
    chance: f32,
    dropped: Vec<Dropped>,
}

/// A speaker who goes on speaking: the words that name the source where it was last named.
#[derive(Clone, Copy, Debug)]
struct Speaker {
    source: Tokens,
}

/// Finds the statements.
pub fn statements(article: &Article, text: &Text, language: &Language, times: &[Time]) -> Vec<Statement> {
    let _ = article;
    let levels = Levels { text, language };
    if text.tokens.is_empty() || language.words.len() != text.tokens.len() {
        return Vec::new();
    }
    let spans = spans::spans(levels);
    let mut drafts = links::drafts(levels, &spans);
    quotes::carry_on(levels, &mut drafts);
    nesting::add_inner(levels, &mut drafts);
    drafts.sort_by_key(|d| (d.start(), std::cmp::Reverse(d.words())));
    let mut rows = Vec::with_capacity(drafts.len());
    let mut speakers = speakers::Speakers::default();
    for draft in &drafts {
        let source = speakers.source(levels, draft);
        let content = draft.content.iter().filter_map(|c| edged(levels, *c)).collect::<Vec<_>>();
        if content.is_empty() {
            continue;
        }
        rows.push(Statement {
            form: form(levels, &draft.content),
            source,
            cue: draft.cue.map(|c| text.span(c)),
            content,
            act: acts::act(levels, draft),
            channel: circumstances::channel(levels, draft),
            addressee: circumstances::addressee(levels, draft),
            time: circumstances::time(levels, draft, times),
            within: None,
            because: Evidence { dropped: draft.dropped.clone(), ..Evidence::new(draft.by, calibrated(draft.chance)) },
        });
    }
    nesting::nest(&mut rows);
    rows
}

/// The statements whose content holds a span, outermost first.
pub fn said_by(statements: &[Statement], span: Span) -> Vec<StatementId> {
    let mut over: Vec<StatementId> = (0..statements.len())
        .map(StatementId::from)
        .filter(|s| statements[s.at()].content.iter().any(|c| c.contains(span)))
        .collect();
    over.sort_by_key(|s| std::cmp::Reverse(statements[s.at()].content.iter().map(|c| c.len()).sum::<usize>()));
    over
}

/// How often statements whose words and links had this mean probability are right.
fn calibrated(chance: f32) -> f32 {
    chance
}

/// Direct where 95 % or more of the letters and digits stand between quotation marks, indirect where none do.
fn form(levels: Levels<'_>, content: &[Tokens]) -> StatementForm {
    let (mut all, mut quoted) = (0usize, 0usize);
    for token in content.iter().flat_map(|c| c.iter()) {
        let n = levels.text.word(token).chars().filter(|c| c.is_alphanumeric()).count();
        all += n;
        quoted += if levels.text.tokens[token.at()].quoted { n } else { 0 };
    }
    match quoted {
        0 => StatementForm::Indirect,
        _ if 100 * quoted >= 95 * all => StatementForm::Direct,
        _ => StatementForm::Mixed,
    }
}

/// The span of a piece of content without the marks at its ends; a mark whose partner stands inside the piece stays.
fn edged(levels: Levels<'_>, piece: Tokens) -> Option<Span> {
    let text = levels.text;
    let (mut start, mut end) = (piece.start, piece.end);
    let partner_inside = |span: Span, start: u32, end: u32| {
        let of = |q: &&crate::text::Quote| q.span.start == span.start || q.span.end == span.end;
        text.quotes.iter().find(of).is_some_and(|q| {
            let inside = text.tokens_in(q.span);
            q.closed && start <= inside.start && inside.end <= end && (start < inside.start || inside.end < end)
        })
    };
    while start < end {
        let (first, last) = (TokenId(start), TokenId(end - 1));
        if is_edge(text.word(first)) && !partner_inside(text.tokens[first.at()].span, start, end) {
            start += 1;
        } else if is_edge(text.word(last)) && !partner_inside(text.tokens[last.at()].span, start, end) {
            end -= 1;
        } else {
            return Some(text.span(Tokens { start, end }));
        }
    }
    None
}

/// Marks that belong to the sentence around a content and not to it.
fn is_edge(word: &str) -> bool {
    word == "--" || word.chars().all(|c| "\"“”„‟«»＂'‘’‚‛`´,.;:—–-".contains(c))
}

impl Levels<'_> {
    fn word(&self, token: TokenId) -> &crate::language::Word {
        &self.language.words[token.at()]
    }

    /// The sentence of a token, as tokens.
    fn sentence(&self, token: TokenId) -> Tokens {
        self.text.sentences[self.text.tokens[token.at()].sentence.at()].tokens
    }

    fn paragraph(&self, token: TokenId) -> u32 {
        self.text.sentences[self.text.tokens[token.at()].sentence.at()].paragraph
    }

    /// The word of a span that the others hang on: its head lies outside, and of several the first that is no mark.
    fn head(&self, tokens: Tokens) -> Option<TokenId> {
        let outside = |t: &TokenId| {
            let head = self.word(*t).head;
            (head == *t || !tokens.contains(head)) && self.word(*t).pos != crate::language::Pos::Punct
        };
        tokens.iter().find(outside).or_else(|| tokens.iter().next())
    }
}

impl Draft {
    fn start(&self) -> u32 {
        self.content.first().map_or(0, |c| c.start)
    }

    fn words(&self) -> usize {
        self.content.iter().map(|c| c.len()).sum()
    }
}
