//! Copies made of any texts by other means than the bench's: a second set to see that nothing was fitted to the first.
//!
//! What is done: sentences cut and moved, every so many words dropped, doubled with a stray one, or changed for another
//! word of the collection; pages scanned badly (letters taken for others, words cut at line ends); a wire's sentences
//! spread between those of another story; a round-up that holds a third of two wires; a short form from anywhere in
//! the story. What is none: stories with one passage in common by threes to sixes, stories that quote the same speaker
//! at length, stories with the same stock lines, and different reports of one event.

use super::labelled::Labelled;
use recount::intake::{Article, Source};
use recount::reconcile::origins::Sketch;
use recount::text::Text;
use std::path::Path;

/// A text to copy.
pub struct Original {
    id: String,
    event: Option<String>,
    sentences: Vec<String>,
}

/// Reads texts, each cut into its sentences; those too short to copy from are left out.
pub fn read(path: &Path) -> Result<Vec<Original>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut out = Vec::new();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display()))?;
        let text = row["text"].as_str().unwrap_or_default();
        let Ok(article) = Article::from_plain(text.as_bytes(), &Source::default()) else { continue };
        let text = Text::of(&article);
        let words = |s: &recount::text::Sentence| text.words(s.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let sentences: Vec<String> = text.sentences.iter().map(words).collect();
        if sentences.len() >= 6 {
            let word = |key: &str| row[key].as_str().map(str::to_owned);
            out.push(Original { id: word("id").unwrap_or_default(), event: word("event"), sentences });
        }
    }
    Ok(out)
}

/// Chance from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    fn percent(&mut self, p: usize) -> bool {
        self.below(100) < p
    }

    /// Some of `n` things in their order, `k` of them.
    fn some(&mut self, n: usize, k: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..n).collect();
        while all.len() > k {
            all.remove(self.below(all.len()));
        }
        all
    }
}

struct Maker<'a> {
    chance: Chance,
    texts: &'a [Original],
    /// Texts that nothing was made of yet.
    fresh: Vec<usize>,
    words: Vec<&'a str>,
    stock: Vec<String>,
    /// Texts that lend paragraphs and are no reports themselves; each lends once.
    lenders: Vec<usize>,
    /// Of the story under way.
    day: usize,
    rows: Vec<Labelled>,
}

const KINDS: [&str; 6] = ["cut", "worn", "scanned", "spread", "short", "round-up"];

/// A labelled set: a third of the texts with copies, the rest alone, some of them alike in ways that make no origin.
pub fn made(texts: &[Original], seed: u64) -> Vec<Labelled> {
    let mut chance = Chance(seed);
    let mut fresh: Vec<usize> = (0..texts.len()).collect();
    for i in (1..fresh.len()).rev() {
        fresh.swap(i, chance.below(i + 1));
    }
    let words = texts.iter().flat_map(|t| &t.sentences).flat_map(|s| s.split(' ')).step_by(7).collect();
    let lenders = fresh.split_off(fresh.len() * 3 / 5);
    let mut maker = Maker { chance, texts, fresh, words, stock: Vec::new(), lenders, day: 0, rows: Vec::new() };
    maker.stock = (0..6).map(|_| maker.lent()[1].clone()).collect();
    for _ in 0..texts.len() / 60 {
        maker.background();
        maker.one_speaker();
    }
    for _ in 0..texts.len() / 8 {
        maker.wire();
    }
    while let Some(t) = maker.fresh.pop() {
        let sentences = texts[t].sentences.clone();
        maker.put(t, "negative", &format!("alone-{t}"), sentences, texts[t].event.clone(), 0);
    }
    maker.rows
}

impl Maker<'_> {
    fn lent(&mut self) -> Vec<String> {
        let texts = self.texts;
        self.lenders.pop().map_or_else(|| vec![String::new(); 6], |t| texts[t].sentences.clone())
    }

    /// `late` is how many days after its original a report is published at most.
    fn put(
        &mut self,
        text: usize,
        kind: &str,
        origin: &str,
        mut sentences: Vec<String>,
        event: Option<String>,
        late: usize,
    ) {
        if self.chance.percent(35) {
            let line = self.stock[self.chance.below(self.stock.len())].clone();
            sentences.push(line);
        }
        // Paragraphs end where chance has it.
        let mut body = String::new();
        for sentence in sentences {
            body += &sentence;
            body += if self.chance.percent(40) { "\n\n" } else { " " };
        }
        let id = format!("{:08x}-{}-{}", self.chance.below(1 << 32), self.texts[text].id, self.rows.len());
        let date = format!("2011-05-{:02}", 1 + self.day % 20 + self.chance.below(late + 1));
        // Of one collection in three nobody knows the days.
        let date = (!self.day.is_multiple_of(3)).then_some(date.as_str());
        let sketch = Sketch::of_text(&id, date, None, &body);
        self.rows.push(Labelled { sketch, origin: origin.to_owned(), kind: kind.to_owned(), event });
    }

    /// One story and one to five copies of it.
    fn wire(&mut self) {
        let (Some(t), Some(other)) = (self.fresh.pop(), self.fresh.pop()) else { return };
        let origin = format!("wire-{t}");
        self.day = t;
        let wire = self.texts[t].sentences.clone();
        self.put(t, "original", &origin, wire.clone(), None, 0);
        let mut second = None;
        for _ in 0..1 + self.chance.below(5) {
            let kind = KINDS[self.chance.below(KINDS.len())];
            let n = wire.len();
            let copy = match kind {
                "cut" => {
                    let keep = 2 + n * (40 + self.chance.below(50)) / 100;
                    let mut kept = self.chance.some(n, keep);
                    if self.chance.percent(30) {
                        let middle = kept.len() / 2;
                        kept.rotate_left(middle);
                    }
                    kept.into_iter().map(|i| wire[i].clone()).collect()
                }
                "worn" => wire.iter().map(|s| self.worn(s, 12)).collect(),
                "scanned" => wire.iter().map(|s| self.scanned(s)).collect(),
                "spread" => {
                    let keep = (n * (30 + self.chance.below(30)) / 100).max(3);
                    let mut kept = self.chance.some(n, keep).into_iter().map(|i| wire[i].clone());
                    let mut out: Vec<String> = Vec::new();
                    for own in self.lent().iter().take(keep + keep / 2) {
                        out.push(own.clone());
                        out.extend(kept.by_ref().take(self.chance.below(3)));
                    }
                    out.extend(kept);
                    out
                }
                "short" => {
                    let keep = (2 + self.chance.below(3)).max(n / 8);
                    let kept = self.chance.some(n, keep);
                    kept.into_iter().map(|i| self.shortened(&wire[i])).collect()
                }
                _ => {
                    // More of this wire than of the other: it is counted as a copy of this one.
                    second = Some(other);
                    let theirs = &self.texts[other].sentences;
                    let mine = self.chance.some(n, (n * 45 / 100).max(4));
                    let yours = (theirs.len() / 3).clamp(3, mine.len().max(6) / 2);
                    let mine = mine.into_iter().map(|i| wire[i].clone());
                    mine.chain(theirs.iter().skip(1).take(yours).cloned()).collect()
                }
            };
            self.put(t, kind, &origin, copy, None, 3);
        }
        match second {
            Some(other) => {
                let sentences = self.texts[other].sentences.clone();
                self.put(other, "original", &format!("wire-{other}"), sentences, None, 0);
            }
            None => self.fresh.insert(0, other),
        }
    }

    /// Three to six stories with four sentences in common.
    fn background(&mut self) {
        let passage: Vec<String> = self.lent().into_iter().skip(1).take(4).collect();
        for _ in 0..3 + self.chance.below(4) {
            let Some(t) = self.fresh.pop() else { return };
            let mut sentences = self.texts[t].sentences.clone();
            let at = sentences.len() * 2 / 3;
            sentences.splice(at..at, passage.clone());
            self.put(t, "negative", &format!("alone-{t}"), sentences, None, 0);
        }
    }

    /// Two stories that quote the same speaker with three sentences.
    fn one_speaker(&mut self) {
        let lent = self.lent();
        let speech = lent.iter().skip(2).take(3).map(|s| s.replace(['"', '“', '”'], ""));
        let quoted = speech.collect::<Vec<_>>().join(" ");
        for _ in 0..2 {
            let Some(t) = self.fresh.pop() else { return };
            let mut sentences = self.texts[t].sentences.clone();
            let at = self.chance.below(sentences.len());
            sentences.insert(at, format!("“{quoted}”"));
            self.put(t, "negative", &format!("alone-{t}"), sentences, None, 0);
        }
    }

    /// A sentence with about one word in `100 / percent` dropped, changed, or followed by a stray one.
    fn worn(&mut self, sentence: &str, percent: usize) -> String {
        let mut out: Vec<&str> = Vec::new();
        for word in sentence.split(' ') {
            if !self.chance.percent(percent) {
                out.push(word);
                continue;
            }
            let stray = self.words[self.chance.below(self.words.len())];
            match self.chance.below(3) {
                0 => {}
                1 => out.push(stray),
                _ => out.extend([word, stray]),
            }
        }
        out.join(" ")
    }

    /// A sentence as a bad scan has it: one letter in thirty taken for another, one word in twenty cut in two.
    fn scanned(&mut self, sentence: &str) -> String {
        let mut out = String::new();
        for c in sentence.chars() {
            let taken = match c {
                'l' => "1",
                'e' => "c",
                'm' => "rn",
                'o' => "0",
                'h' => "b",
                's' => "5",
                ' ' if self.chance.percent(5) => "",
                _ => "",
            };
            if !taken.is_empty() && self.chance.percent(8) {
                out += taken;
            } else {
                out.push(c);
                if c.is_alphabetic() && self.chance.percent(1) {
                    out += "- ";
                }
            }
        }
        out
    }

    /// A sentence up to a comma in its second half, or whole, with a word in twelve changed.
    fn shortened(&mut self, sentence: &str) -> String {
        let cut = sentence.match_indices(", ").map(|(at, _)| at).find(|at| *at > sentence.len() / 2);
        let short = format!("{}.", sentence[..cut.unwrap_or(sentence.len())].trim_end_matches('.'));
        self.worn(&short, 8)
    }
}
