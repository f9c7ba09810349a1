//! What happened: events with PLOVER type, arguments and status.

use super::{Event, Meaning};
use crate::intake::Article;
use crate::language::Language;
use crate::text::Text;

/// Finds the events; `before` holds the times, places and statements.
pub fn events(article: &Article, text: &Text, language: &Language, before: &Meaning) -> Vec<Event> {
    let _ = (article, text, language, before);
    Vec::new()
}
