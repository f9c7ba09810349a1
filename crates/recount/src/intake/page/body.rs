//! The main text of a page.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

/// The running text of the page's article, paragraphs parted by a blank line; `None` where there is none.
pub(super) fn text(doc: Document) -> Option<String> {
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(doc, None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    let text = tidy(&article.text_content);
    (!text.is_empty()).then_some(text)
}

/// Spaces folded within lines, blank lines folded to one.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = 0;
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else {
            gap += 1;
            continue;
        };
        if !out.is_empty() {
            out.push_str(if gap > 0 { "\n\n" } else { "\n" });
        }
        gap = 0;
        out.push_str(first);
        for word in words {
            out.push(' ');
            out.push_str(word);
        }
    }
    out
}
