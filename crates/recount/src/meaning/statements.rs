//! Who says so: statements with their source, cue and content, nested as the text nests.

use super::{Statement, Time};
use crate::intake::Article;
use crate::language::Language;
use crate::span::{Span, StatementId};
use crate::text::Text;

/// Finds the statements.
pub fn statements(article: &Article, text: &Text, language: &Language, times: &[Time]) -> Vec<Statement> {
    let _ = (article, text, language, times);
    Vec::new()
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
