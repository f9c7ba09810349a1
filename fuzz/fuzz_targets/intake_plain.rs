//! Any bytes as plain text: no panic, and every stated date quotes the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recount::intake::{Article, Source};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(article) = Article::from_plain(bytes, &Source::default()) {
        for date in &article.published.stated {
            if let Some(span) = date.span {
                assert_eq!(span.of(&article.text), date.words);
            }
        }
        if let Ok(text) = std::str::from_utf8(bytes)
            && !text.starts_with('\u{feff}')
            && !text.contains('\0')
        {
            assert_eq!(article.text, text);
        }
    }
});
