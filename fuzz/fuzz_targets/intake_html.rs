//! Any bytes as a page: no panic, and every stated date with a span quotes the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recount::intake::{Article, Source, kind_of};

fuzz_target!(|bytes: &[u8]| {
    kind_of(bytes, None);
    if let Ok(article) = Article::from_html(bytes, &Source::default()) {
        assert!(!article.text.trim().is_empty());
        for date in &article.published.stated {
            if let Some(span) = date.span {
                assert_eq!(span.of(&article.text), date.words);
            }
        }
    }
});
