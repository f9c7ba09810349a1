//! The second level: [`Text`], the words of a report and their layout. Needs no model.

mod layout;
mod quotes;
mod sentences;
mod tokens;

pub(crate) use sentences::is_dash;

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
        let title = article.title.as_deref().map(str::trim).filter(|t| !t.is_empty());
        let mut source = String::with_capacity(article.text.len() + 200);
        if let Some(title) = title.filter(|t| !layout::title_in_body(t, &article.text)) {
            source.push_str(title);
            source.push_str("\n\n");
        }
        let body = source.len();
        source.push_str(&article.text);
        // Spans count bytes in 32 bits; intake's limit on a report lies far below.
        let mut end = source.len().min(u32::MAX as usize);
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        source.truncate(end);
        let mut text = Text { source, body: body as u32, ..Text::default() };
        text.paragraphs = layout::paragraphs(&text.source, body, title);
        text.quotes = quotes::quotes(&text.source, &text.paragraphs);
        text.cut();
        text
    }

    /// Cuts the paragraphs into sentences and words.
    fn cut(&mut self) {
        let mask = quotes::mask(&self.source, &self.paragraphs);
        let mut pieces = Vec::new();
        let mut runs = Vec::new();
        let mut quotes = &self.quotes[..];
        for (n, paragraph) in self.paragraphs.iter().enumerate() {
            let mine = quotes.partition_point(|q| q.span.start < paragraph.span.end);
            let from = pieces.len();
            tokens::pieces(&self.source, paragraph.span, &mut pieces);
            sentences::sentences(&self.source, (n, paragraph), &quotes[..mine], &pieces, from, &mut runs);
            quotes = &quotes[mine..];
        }
        for run in runs {
            let id = SentenceId::from(self.sentences.len());
            for piece in &pieces[run.tokens.range()] {
                let quoted = mask[piece.span.start as usize];
                self.tokens.push(Token { span: piece.span, sentence: id, quoted });
            }
            let span = self.span(run.tokens);
            self.sentences.push(Sentence { span, tokens: run.tokens, paragraph: run.paragraph });
        }
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn article(title: Option<&str>, text: &str) -> Article {
        Article { title: title.map(str::to_string), ..Article::bare("", text) }
    }

    pub(crate) fn text_of(text: &str) -> Text {
        Text::of(&article(None, text))
    }

    fn check_invariants(text: &Text) {
        let mut covered = vec![0u8; text.source.len()];
        let mut last = 0;
        for (n, token) in text.tokens.iter().enumerate() {
            assert!(token.span.start >= last && !token.span.is_empty());
            assert!(text.source.get(token.span.range()).is_some(), "on character boundaries");
            covered[token.span.range()].fill(1);
            last = token.span.end;
            assert!(text.sentences[token.sentence.at()].tokens.contains(crate::span::TokenId::from(n)));
        }
        for (at, c) in text.source.char_indices() {
            assert_eq!(covered[at] == 0, c.is_whitespace(), "{c:?} at {at}");
        }
        let mut next = 0;
        for sentence in &text.sentences {
            assert_eq!(sentence.tokens.start, next);
            assert!(!sentence.tokens.is_empty());
            next = sentence.tokens.end;
            assert!(text.paragraphs[sentence.paragraph as usize].span.contains(sentence.span));
        }
        assert_eq!(next as usize, text.tokens.len());
        for q in &text.quotes {
            assert!(q.span.contains(q.inner) && text.source.get(q.inner.range()).is_some());
            assert!(text.source.get(q.span.range()).is_some());
        }
        assert!(text.quotes.is_sorted_by_key(|q| q.span.start));
        assert!(text.paragraphs.is_sorted_by_key(|p| p.span.start));
    }

    #[test]
    fn the_title_stands_before_the_body() {
        let text = Text::of(&article(Some("Bridge closed"), "It was shut."));
        assert_eq!(text.source, "Bridge closed\n\nIt was shut.");
        assert_eq!(&text.source[text.body as usize..], "It was shut.");
        assert_eq!(text.paragraphs[0].layout, Layout::Title);
    }

    #[test]
    fn a_paragraph_may_end_where_a_sentence_would_be_looked_for() {
        let title = "Ne VVV he said “Quote goes n,” he added. U.S. GOV. A. _lefTitleV";
        check_invariants(&Text::of(&article(Some(title), ".VVVVVVVVVFebVVVV ")));
    }

    #[test]
    fn a_body_that_has_the_title_is_the_source() {
        let text = Text::of(&article(Some("Bridge closed"), "Bridge  closed\n\nIt was shut."));
        assert_eq!(text.body, 0);
        assert_eq!(text.paragraphs[0].layout, Layout::Title);
    }

    #[test]
    fn words_inside_marks_are_quoted() {
        let text = text_of("He said “go now” twice.");
        let quoted: Vec<bool> = text.tokens.iter().map(|t| t.quoted).collect();
        assert_eq!(quoted, [false, false, false, true, true, false, false, false]);
    }

    #[test]
    fn hostile_input_takes_linear_time() {
        for unit in [
            "\"",
            "'",
            "“",
            "‘",
            "a-",
            "a.",
            ".",
            "a'",
            "x@y",
            "1,",
            "No. ",
            "«\n",
            "a\n",
            "’ s",
            "''a ",
            "(",
            "www.",
            "“a . ” ",
            "s' ",
        ] {
            check_invariants(&text_of(&unit.repeat(2_000_000 / unit.len())));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_covered(title in proptest::option::of("\\PC{0,20}"), text in "\\PC*") {
            check_invariants(&Text::of(&article(title.as_deref(), &text)));
        }

        #[test]
        fn any_mixture_of_marks_is_covered(text in "([a-zA-Z0-9 .,'\"“”‘’«»„`!?@\\n\\r\\t…-]|é|中|U\\.S\\.|p\\.m\\.|said){0,200}") {
            check_invariants(&text_of(&text));
        }
    }
}
