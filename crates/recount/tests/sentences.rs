//! The sentences of `eval/sentences.tsv`: how many of the wanted events and counts are read, for each half
#![allow(clippy::disallowed_methods)] // The sentences are a file.

use recount::intake::Article;
use recount::{Document, Reader};

/// Least shares of what is wanted that each half must give; measured figures stand in `eval/scores.tsv` and README.md.
const FLOORS: [(&str, f64); 2] = [("seen", 0.80), ("unseen", 0.75)];

#[test]
fn own_sentences_are_read() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../eval/sentences.tsv");
    let source = std::fs::read_to_string(&path).expect("eval/sentences.tsv is there");
    let reader = Reader::open().expect("the carried model and data open");
    for (half, floor) in FLOORS {
        let (mut met, mut wanted, mut missed) = (0usize, 0usize, String::new());
        for line in source.lines().filter(|l| l.starts_with(&format!("{half}\t"))) {
            let [_, about, sentence, want] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("four fields: {line}")
            };
            let document = reader.read(article(sentence));
            for item in want.split(';').filter(|w| *w != "-") {
                wanted += 1;
                if holds(&document, item) {
                    met += 1;
                } else {
                    missed += &format!("{about}: {item}: {sentence}\n");
                }
            }
        }
        let share = met as f64 / wanted.max(1) as f64;
        println!("{half}: {met} of {wanted} ({share:.3})");
        if half == "seen" {
            print!("{missed}");
        }
        assert!(share >= floor, "{half}: {met} of {wanted} are read, at least {floor} is asked for");
    }
}

fn article(sentence: &str) -> Article {
    Article::bare("", sentence)
}

fn holds(document: &Document, item: &str) -> bool {
    let meaning = &document.meaning;
    let fields: Vec<&str> = item.split(':').collect();
    match fields[..] {
        ["none"] => meaning.events.is_empty() && meaning.counts.iter().all(|c| c.kind.name() == "other"),
        [class, word, status] => meaning.events.iter().filter(|e| e.class.name() == class).any(|e| {
            e.mentions
                .iter()
                .any(|m| document.text.words(m.trigger).to_lowercase().contains(word) && m.status.name() == status)
        }),
        [kind, bounds] => meaning.counts.iter().any(|c| {
            let shown = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
            c.kind.name() == kind && format!("{}/{}/{}", shown(c.low), shown(c.best), shown(c.high)) == bounds
        }),
        _ => panic!("{item} is no event and no count"),
    }
}
