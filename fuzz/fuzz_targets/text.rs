//! Any text as an article: its layout covers it in order, on character boundaries, and quotes it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recount::intake::{Article, Source};
use recount::span::Span;
use recount::text::Text;

fuzz_target!(|input: (Option<String>, String)| {
    let (title, body) = input;
    let source = Source { title: title.as_deref(), ..Source::default() };
    let Ok(article) = Article::from_plain(body.as_bytes(), &source) else { return };
    let text = Text::of(&article);
    assert!(text.source.ends_with(&article.text));
    assert_eq!(&text.source[text.body as usize..], article.text);
    let quotes = |span: Span| text.source.get(span.range()).expect("a span lies in the source, on its boundaries");
    for token in &text.tokens {
        assert!(!quotes(token.span).is_empty());
    }
    assert!(text.tokens.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    for sentence in &text.sentences {
        quotes(sentence.span);
        for token in sentence.tokens.iter() {
            assert!(sentence.span.contains(text.tokens[token.at()].span));
        }
    }
    for quote in &text.quotes {
        quotes(quote.span);
        assert!(quote.span.contains(quote.inner));
        quotes(quote.inner);
    }
    for paragraph in &text.paragraphs {
        quotes(paragraph.span);
    }
});
