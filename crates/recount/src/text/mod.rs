//! The second level: [`Text`], the words of a report and their layout. Needs no model.

use crate::intake::Article;
use crate::span::{SentenceId, Span, Tokens};

/// Paragraphs, quotations, sentences and tokens of one report, in order of their first byte.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The title (where there is one and the body does not begin with it), a blank line, and the body.
    pub source: String,
    /// First byte of the body in `source`; what lies before it is the title.
    pub body: u32,
    pub paragraphs: Vec<Paragraph>,
    pub quotes: Vec<Quote>,
    pub sentences: Vec<Sentence>,
    pub tokens: Vec<Token>,
}

#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    pub span: Span,
    pub layout: Layout,
}

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The report's title.
    Title,
    /// Running text.
    Prose,
    /// A short line without a verb's stop over the paragraphs that follow it.
    Heading,
    /// An item of a list.
    Item,
    /// Not the report's own words: a date line of the page, "(credit: …)", "Share this".
    Furniture,
}

/// Words between quotation marks. A quotation that runs over paragraphs is one row a paragraph.
#[derive(Clone, Copy, Debug)]
pub struct Quote {
    /// With its marks.
    pub span: Span,
    /// Between the marks.
    pub inner: Span,
    /// Single marks (‘ ’), which also stand for scare quotes and titles.
    pub single: bool,
    /// Whether the closing mark was found.
    pub closed: bool,
    /// Goes on from the quotation of the paragraph before: that one was not closed and this one opens anew.
    pub continues: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    pub span: Span,
    pub tokens: Tokens,
    /// Row of [`Text::paragraphs`].
    pub paragraph: u32,
}

#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub span: Span,
    pub sentence: SentenceId,
    /// Stands between quotation marks, by the rule the model was trained with (`training/CONTRACT.md`).
    pub quoted: bool,
}

impl Text {
    /// Reads the layout of an article.
    pub fn of(article: &Article) -> Text {
        let _ = article;
        Text::default()
    }

    /// The words that a span covers.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.source)
    }

    /// The words of one token.
    pub fn word(&self, token: crate::span::TokenId) -> &str {
        self.tokens[token.at()].span.of(&self.source)
    }

    /// The span from the first to the last of some tokens; empty at 0 when there are none.
    pub fn span(&self, tokens: Tokens) -> Span {
        if tokens.is_empty() {
            return Span { start: 0, end: 0 };
        }
        self.tokens[tokens.start as usize].span.join(self.tokens[tokens.end as usize - 1].span)
    }

    /// The tokens that overlap a span.
    pub fn tokens_in(&self, span: Span) -> Tokens {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        Tokens::new(start, end.max(start))
    }

    /// Whether a span lies in the title.
    pub fn in_title(&self, span: Span) -> bool {
        span.start < self.body
    }
}
