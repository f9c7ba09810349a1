//! Which words are read together: windows of whole sentences, and who answers for which sentence.

use std::ops::Range;

use crate::span::Tokens;

/// Words that are decoded together: a sentence, or a piece of one that is longer than a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub words: Range<usize>,
    /// Row of the sentences.
    pub sentence: usize,
    /// Number of word pieces.
    pub cost: usize,
}

/// Parts that are read together, and those of them whose scores are taken from this window.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub parts: Range<usize>,
    pub owned: Range<usize>,
}

/// Cuts sentences that have more than `limit` pieces between words. `costs` is the number of pieces of each word.
pub fn parts(sentences: &[Tokens], costs: &[usize], limit: usize) -> Vec<Part> {
    let mut out = Vec::with_capacity(sentences.len());
    for (sentence, tokens) in sentences.iter().enumerate() {
        let words = tokens.range();
        let (mut start, mut cost) = (words.start, 0);
        for w in words.clone() {
            if cost + costs[w] > limit {
                out.push(Part { words: start..w, sentence, cost });
                (start, cost) = (w, 0);
            }
            cost += costs[w];
        }
        if start < words.end {
            out.push(Part { words: start..words.end, sentence, cost });
        }
    }
    out
}

/// Packs parts into windows of at most `limit` pieces, each beginning about `overlap` pieces before the end of the one
/// before. A part that stands in two windows is owned by the one where it stands farther from the edge.
pub fn windows(parts: &[Part], limit: usize, overlap: usize) -> Vec<Window> {
    let mut out: Vec<Window> = Vec::new();
    let mut start = 0;
    while start < parts.len() {
        let (mut end, mut cost) = (start, 0);
        while end < parts.len() && (end == start || cost + parts[end].cost <= limit) {
            cost += parts[end].cost;
            end += 1;
        }
        let owned_from = match out.last_mut() {
            Some(before) => {
                let from = handover(parts, start, before.parts.end).max(before.owned.start);
                before.owned.end = from;
                from
            }
            None => 0,
        };
        out.push(Window { parts: start..end, owned: owned_from..end });
        if end == parts.len() {
            break;
        }
        let mut back = 0;
        let mut next = end;
        // Going back must not give a window that ends where this one does.
        while next > start + 1 && back + parts[next - 1].cost + parts[end].cost <= limit && back < overlap {
            next -= 1;
            back += parts[next].cost;
        }
        start = next;
    }
    out
}

/// The first of the parts that two windows share, `start..end`, that stands as far from the later window's start as from
/// the earlier one's end.
fn handover(parts: &[Part], start: usize, end: usize) -> usize {
    let total: usize = parts[start..end].iter().map(|p| p.cost).sum();
    let mut before = 0;
    for (at, part) in parts[start..end].iter().enumerate() {
        let after = total - before - part.cost;
        if before >= after {
            return start + at;
        }
        before += part.cost;
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sentences(lengths: &[usize]) -> Vec<Tokens> {
        let mut at = 0;
        lengths
            .iter()
            .map(|n| {
                at += n;
                Tokens::new(at - n, at)
            })
            .collect()
    }

    proptest! {
        #[test]
        fn every_word_is_owned_once_and_no_window_is_too_long(
            lengths in prop::collection::vec(0usize..60, 0..40),
            cost in 1usize..4,
            overlap in 0usize..40,
        ) {
            let sentences = sentences(&lengths);
            let words: usize = lengths.iter().sum();
            let parts = parts(&sentences, &vec![cost; words], 50);
            let windows = windows(&parts, 50, overlap);
            let mut next = 0;
            for w in &windows {
                prop_assert!(w.parts.start <= w.owned.start && w.owned.end <= w.parts.end);
                prop_assert!(parts[w.parts.clone()].iter().map(|p| p.cost).sum::<usize>() <= 50);
                for p in &parts[w.owned.clone()] {
                    prop_assert_eq!(p.words.start, next);
                    next = p.words.end;
                }
            }
            prop_assert_eq!(next, words);
        }
    }

    #[test]
    fn a_shared_sentence_is_read_where_it_has_more_context() {
        let sentences = sentences(&[20, 20, 20, 20]);
        let parts = parts(&sentences, &[1; 80], 60);
        let windows = windows(&parts, 60, 40);
        assert_eq!(windows, [Window { parts: 0..3, owned: 0..2 }, Window { parts: 1..4, owned: 2..4 }]);
    }
}
