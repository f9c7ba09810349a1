//! The best tree of a sentence from the scores of its arcs.

/// The head of each of `n` words (itself: the root), so that the words form one tree with one root and the sum of
/// scores is as high as a root chosen beforehand allows. `score(word, head)` must be finite or negative infinity.
///
/// The root is the word with the best root score; the rest is the maximum spanning arborescence of Chu and Liu (1965)
/// and Edmonds (1967).
pub fn tree(n: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    if n == 0 {
        return Vec::new();
    }
    let root = best(0..n, |w| score(w, w)).unwrap_or(0);
    let mut matrix = vec![f32::NEG_INFINITY; n * n];
    for word in 0..n {
        for head in 0..n {
            if word != root && head != word {
                // An arc without a usable score may still be needed to reach a word.
                let s = score(word, head);
                matrix[word * n + head] = if s.is_finite() { s } else { -1e9 };
            }
        }
    }
    let mut heads = arborescence(matrix, n, root);
    heads[root] = root;
    heads
}

/// The item with the highest score, the first of equals.
fn best(items: impl Iterator<Item = usize>, score: impl Fn(usize) -> f32) -> Option<usize> {
    let mut found: Option<(usize, f32)> = None;
    for i in items {
        let s = score(i);
        if found.is_none_or(|(_, top)| s > top) {
            found = Some((i, s));
        }
    }
    found.map(|(i, _)| i)
}

/// Heads of the maximum arborescence from `root`; `matrix[word * n + head]`.
fn arborescence(mut matrix: Vec<f32>, n: usize, root: usize) -> Vec<usize> {
    // Each round contracts one cycle into its first word. What is needed to take it apart again: the cycle's words with
    // their heads within it, and for every arc in or out of the contracted word the word it really touches.
    struct Contracted {
        at: usize,
        words: Vec<usize>,
        heads: Vec<usize>,
        /// For each head outside, the word of the cycle that it enters.
        enters: Vec<usize>,
        /// For each word outside, the word of the cycle that it hangs on.
        leaves: Vec<usize>,
    }
    let mut alive = vec![true; n];
    let mut rounds: Vec<Contracted> = Vec::new();
    let heads = loop {
        let mut heads = vec![root; n];
        for word in (0..n).filter(|&w| alive[w] && w != root) {
            heads[word] = best((0..n).filter(|&h| alive[h] && h != word), |h| matrix[word * n + h]).unwrap_or(root);
        }
        let Some(words) = cycle(&heads, &alive, root) else { break heads };
        let at = words[0];
        let mut enters = vec![at; n];
        let mut leaves = vec![at; n];
        for other in (0..n).filter(|&o| alive[o] && !words.contains(&o)) {
            let gain = |w: usize| matrix[w * n + other] - matrix[w * n + heads[w]];
            let inner = best(words.iter().copied(), gain).unwrap_or(at);
            let top = gain(inner);
            let outer = best(words.iter().copied(), |w| matrix[other * n + w]).unwrap_or(at);
            let hang = matrix[other * n + outer];
            (enters[other], leaves[other]) = (inner, outer);
            matrix[at * n + other] = top;
            matrix[other * n + at] = hang;
        }
        for &w in &words[1..] {
            alive[w] = false;
        }
        let inside = words.iter().map(|&w| heads[w]).collect();
        rounds.push(Contracted { at, words, heads: inside, enters, leaves });
    };
    let mut heads = heads;
    for round in rounds.into_iter().rev() {
        for &w in &round.words[1..] {
            alive[w] = true;
        }
        let outside = heads[round.at];
        let entered = round.enters[outside];
        for word in (0..n).filter(|&w| alive[w] && !round.words.contains(&w) && w != root) {
            if heads[word] == round.at {
                heads[word] = round.leaves[word];
            }
        }
        for (&word, &head) in round.words.iter().zip(&round.heads) {
            heads[word] = if word == entered { outside } else { head };
        }
    }
    heads
}

/// The words of one cycle of `heads`, if there is one.
fn cycle(heads: &[usize], alive: &[bool], root: usize) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in (0..heads.len()).filter(|&w| alive[w]) {
        let mut word = start;
        while word != root && seen[word] == 0 {
            seen[word] = start + 1;
            word = heads[word];
        }
        if word != root && seen[word] == start + 1 {
            let mut words = vec![word];
            let mut next = heads[word];
            while next != word {
                words.push(next);
                next = heads[next];
            }
            return Some(words);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether the heads make one tree with one root.
    fn is_tree(heads: &[usize]) -> bool {
        let roots = heads.iter().enumerate().filter(|&(w, &h)| w == h).count();
        let reaches = |mut w: usize| {
            (0..heads.len()).any(|_| {
                let below = w;
                w = heads[below];
                w == below
            })
        };
        roots == 1 && (0..heads.len()).all(reaches)
    }

    fn total(heads: &[usize], scores: &[f32]) -> f32 {
        heads.iter().enumerate().map(|(w, &h)| scores[w * heads.len() + h]).sum()
    }

    proptest! {
        #[test]
        fn any_scores_give_one_tree(scores in prop::collection::vec(-9.0f32..9.0, 1..200)) {
            let n = scores.len().isqrt();
            prop_assert!(is_tree(&tree(n, |w, h| scores[w * n + h])));
        }

        #[test]
        fn no_tree_with_that_root_scores_higher(scores in prop::collection::vec(-9.0f32..9.0, 16)) {
            let n = 4;
            let found = tree(n, |w, h| scores[w * n + h]);
            let root = (0..n).find(|&w| found[w] == w).unwrap();
            for code in 0..n.pow(n as u32) {
                let heads: Vec<usize> = (0..n).map(|w| code / n.pow(w as u32) % n).collect();
                if heads[root] == root && is_tree(&heads) {
                    prop_assert!(total(&heads, &scores) <= total(&found, &scores) + 1e-3);
                }
            }
        }
    }

    #[test]
    fn scores_without_meaning_still_give_a_tree() {
        assert!(is_tree(&tree(5, |_, _| f32::NEG_INFINITY)));
        assert!(is_tree(&tree(5, |_, _| f32::NAN)));
        assert!(tree(0, |_, _| 0.0).is_empty());
    }
}
