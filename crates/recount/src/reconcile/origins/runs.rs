//! The exact check: which words of two texts stand in runs that both have.
//!
//! A run is grown from shared shingles and goes on over a few changed, dropped or added words, as a reworded sentence
//! or a bad scan has them; loose ends that are too short to mean anything are dropped. The order of runs does not
//! matter: editors move sentences.

use super::Bounds;
use super::prints::{SHINGLE, shingle};

/// Words of one text by the shingle that begins there.
pub(super) struct Shingles<'a> {
    words: &'a [u32],
    /// Hash and place, sorted.
    rows: Vec<(u32, u32)>,
}

/// A stretch of words that two texts share but for small changes: half-open, in `a` and in `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub a: [u32; 2],
    pub b: [u32; 2],
    /// Words that are the same, in order.
    pub same: u32,
}

/// More occurrences of a shingle than this in one text are not tried: a text that repeats itself stays cheap.
const OCCURRENCES: usize = 8;

impl<'a> Shingles<'a> {
    pub fn of(words: &'a [u32]) -> Self {
        let mut rows: Vec<(u32, u32)> =
            words.windows(SHINGLE).enumerate().map(|(at, w)| (shingle(w), at as u32)).collect();
        rows.sort_unstable();
        Shingles { words, rows }
    }

    /// The runs that these words (`a`) share with others (`b`), in the order of `b`.
    pub fn runs(&self, b: &[u32], bounds: &Bounds) -> Vec<Run> {
        let mut out: Vec<Run> = Vec::new();
        let mut at = 0;
        while at + SHINGLE <= b.len() {
            let Some(exact) = self.longest(b, at, out.last()) else {
                at += 1;
                continue;
            };
            at = exact.b[1] as usize;
            match out.last_mut() {
                Some(last) if joins(last, &exact, bounds.gap) => {
                    last.a[1] = exact.a[1];
                    last.b[1] = exact.b[1];
                    last.same += exact.same;
                }
                _ => out.push(exact),
            }
        }
        out.retain(|r| r.same >= bounds.run);
        out
    }

    /// The longest stretch of the same words from `b[at]` on; one that goes on where the last run ended comes first.
    fn longest(&self, b: &[u32], at: usize, last: Option<&Run>) -> Option<Run> {
        let hash = shingle(&b[at..at + SHINGLE]);
        let from = self.rows.partition_point(|r| r.0 < hash);
        let here = self.rows[from..].iter().take_while(|r| r.0 == hash).take(OCCURRENCES);
        let stretch = |start: usize| self.words[start..].iter().zip(&b[at..]).take_while(|(x, y)| x == y).count();
        let found = here.map(|r| (r.1 as usize, stretch(r.1 as usize))).filter(|(_, n)| *n >= SHINGLE);
        let goes_on = |start: usize| last.is_some_and(|l| start >= l.a[1] as usize && start - l.a[1] as usize <= 8);
        let (start, n) = found.max_by_key(|(start, n)| (goes_on(*start), *n, std::cmp::Reverse(*start)))?;
        Some(Run { a: [start as u32, (start + n) as u32], b: [at as u32, (at + n) as u32], same: n as u32 })
    }
}

/// Whether a stretch goes on with a run after a small change on either side.
fn joins(run: &Run, next: &Run, gap: u32) -> bool {
    next.a[0] >= run.a[1] && next.a[0] - run.a[1] <= gap && next.b[0] - run.b[1] <= gap
}

#[cfg(test)]
mod tests {
    use super::super::words::Words;
    use super::*;

    fn runs(a: &str, b: &str) -> Vec<Run> {
        let (a, b) = (Words::of(a), Words::of(b));
        Shingles::of(&a.hashes).runs(&b.hashes, &Bounds::default())
    }

    #[test]
    fn a_run_goes_on_over_a_changed_word() {
        let a = "the ferry to Lisk was held at the quay for six hours by a crowd of dockers";
        let b = "in short, the ferry to Lisk was kept at the quay for 6 hours by dockers and others";
        let got = runs(a, b);
        assert_eq!(got.len(), 1);
        assert_eq!((got[0].a, got[0].b, got[0].same), ([0, 13], [2, 15], 12));
    }

    #[test]
    fn stray_words_in_common_are_no_run() {
        assert!(runs("the end of the day in the town", "at the end of the year it rained").is_empty());
    }

    #[test]
    fn sentences_may_change_places() {
        let (x, y) =
            ("twelve lorries stood at the Varna crossing all night", "the mayor of Lisk asked drivers for patience");
        let got = runs(&format!("{x}. {y}."), &format!("{y}. {x}."));
        assert_eq!(got.iter().map(|r| r.same).sum::<u32>(), 17);
    }

    #[test]
    fn repeated_words_take_no_time() {
        let a = vec![7u32; 50_000];
        let got = Shingles::of(&a).runs(&a, &Bounds::default());
        assert_eq!(got[0].same, 50_000);
    }
}
