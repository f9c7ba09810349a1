//! Why a value is there: what every row of a record can answer when asked (`recount explain`).

use crate::span::Span;

/// What made a row, how sure it is, and what was considered and dropped on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The model head or the rule that decided, as `model/attribution` or `rule/according-to`.
    pub by: &'static str,
    /// How often rows scored like this one are right, 0 to 1.
    pub score: f32,
    /// The words that decided, where they are not the row's own span.
    pub spans: Vec<Span>,
    /// Set when the value was inferred: from what, in plain words.
    pub inferred: Option<String>,
    /// Readings that were weighed and left.
    pub dropped: Vec<Dropped>,
}

/// A reading that lost.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// The reading, in words: `Kazakhstan as the place`, `status happened`.
    pub what: String,
    /// Why it lost.
    pub why: String,
    pub score: Option<f32>,
}

impl Evidence {
    pub fn new(by: &'static str, score: f32) -> Self {
        Evidence { by, score: score.clamp(0.0, 1.0), spans: Vec::new(), inferred: None, dropped: Vec::new() }
    }

    /// The same, naming the words that decided.
    pub fn at(mut self, span: Span) -> Self {
        self.spans.push(span);
        self
    }

    /// The same, with a reading that was considered and left.
    pub fn dropping(mut self, what: impl Into<String>, why: impl Into<String>, score: Option<f32>) -> Self {
        self.dropped.push(Dropped { what: what.into(), why: why.into(), score });
        self
    }

    /// The same, saying that the value was inferred, and from what.
    pub fn inferred(mut self, from: impl Into<String>) -> Self {
        self.inferred = Some(from.into());
        self
    }
}
