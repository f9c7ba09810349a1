//! Where words stand: byte ranges of a report's source and typed row numbers.

use std::ops::Range;

/// A half-open range of bytes of [`crate::text::Text::source`], always on character boundaries.
///
/// Outside the program spans are counted in Unicode code points of the record's `text` (or of its
/// `title`); [`crate::record`] converts at the edge and nothing else does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end` (bytes).
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words that the span covers in `source`.
    pub fn of(self, source: &str) -> &str {
        &source[self.start as usize..self.end as usize]
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Declares row numbers that cannot be mixed up.
macro_rules! row_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The row number as an index into its `Vec`.
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(n: usize) -> Self {
                $name(n as u32)
            }
        }
    )*};
}

row_ids! {
    /// Row of [`crate::text::Text::sentences`].
    SentenceId,
    /// Row of [`crate::text::Text::tokens`] and of [`crate::language::Language::words`].
    TokenId,
    /// Row of [`crate::language::Language::mentions`].
    MentionId,
    /// Row of [`crate::language::Language::entities`].
    EntityId,
    /// Row of [`crate::meaning::Meaning::times`].
    TimeId,
    /// Row of [`crate::meaning::Meaning::places`].
    PlaceId,
    /// Row of [`crate::meaning::Meaning::statements`].
    StatementId,
    /// Row of [`crate::meaning::Meaning::events`].
    EventId,
}

/// A half-open range of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tokens {
    pub start: u32,
    pub end: u32,
}

impl Tokens {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Tokens { start: start as u32, end: end as u32 }
    }

    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn contains(self, token: TokenId) -> bool {
        self.start <= token.0 && token.0 < self.end
    }

    pub fn overlaps(self, other: Tokens) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The tokens in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = TokenId> {
        (self.start..self.end).map(TokenId)
    }
}
