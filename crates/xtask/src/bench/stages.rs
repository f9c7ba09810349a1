//! `xtask bench stages`: what share of the time each stage of reading takes, and how many names of places are put a second.

use crate::scores::{Line, Scores};
use recount::intake::{Article, Source, lines};
use recount::language::{Language, entities, mentions, syntax};
use recount::meaning::{Meaning, counts, events, places, relations, statements, times};
use recount::{Document, Reader, text::Text};
use std::io::BufReader;
use std::time::{Duration, Instant};

/// Measures the work of each stage in this process. Build with --release for figures to quote.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How often the texts are read; the quickest time of each stage counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// A stage of [`Reader::read`].
struct Stage {
    name: &'static str,
    /// Whether it is one of those that say who, when, where and tied how, whose share is kept as one figure.
    kept: bool,
    work: fn(&Reader, &mut Document),
}

const STAGES: [Stage; 11] = [
    Stage { name: "text", kept: false, work: |_, d| d.text = Text::of(&d.article) },
    Stage { name: "network", kept: false, work: |r, d| d.language.reading = syntax::reading(&d.text, &r.model) },
    Stage {
        name: "grammar",
        kept: false,
        work: |r, d| {
            (d.language.words, d.language.roles) = syntax::words(&d.text, &r.model, &d.language.reading);
            d.language.index = syntax::Index::of(&d.language.words);
        },
    },
    Stage {
        name: "mentions",
        kept: true,
        work: |r, d| d.language.mentions = mentions::mentions(&d.text, &r.model, &r.gazetteer, &d.language),
    },
    Stage {
        name: "entities",
        kept: true,
        work: |_, d| {
            d.language.entities = entities::entities(&d.text, &mut d.language);
            d.language.index.over = syntax::mentions_over(&d.language.mentions, d.language.words.len());
        },
    },
    Stage { name: "times", kept: true, work: |_, d| d.meaning.times = times::times(&d.article, &d.text, &d.language) },
    Stage {
        name: PLACES,
        kept: true,
        work: |r, d| d.meaning.places = places::places(&d.article, &d.text, &d.language, &r.gazetteer),
    },
    Stage {
        name: "statements",
        kept: false,
        work: |_, d| {
            d.meaning.statements = statements::statements(&d.article, &d.text, &d.language, &d.meaning.times);
        },
    },
    Stage {
        name: "events and counts",
        kept: false,
        work: |_, d| {
            d.meaning.events = events::events(&d.article, &d.text, &d.language, &d.meaning);
            d.meaning.counts = counts::counts(&d.article, &d.text, &d.language, &d.meaning);
        },
    },
    Stage {
        name: "relations",
        kept: true,
        work: |_, d| d.meaning.relations = relations::relations(&d.article, &d.text, &d.language, &d.meaning),
    },
    Stage { name: "record", kept: false, work: |r, d| drop(std::hint::black_box(serde_json::to_string(&r.record(d)))) },
];

const PLACES: &str = "places";

/// Takes the development texts of `attribution` through one stage after the other, some times, and prints the best.
pub fn run(args: &Args, write: bool) -> Result<(), String> {
    let texts = crate::root().join("../shared/bench/attribution/dev.jsonl");
    let Ok(file) = std::fs::File::open(&texts) else {
        println!("skipped: ../shared/bench is not here, and the stages are measured on its texts");
        return Ok(());
    };
    let articles = lines(BufReader::new(file)).map(|l| l.and_then(|l| l.article(&Source::default())));
    let articles: Vec<Article> = articles.collect::<Result<_, _>>().map_err(|e| e.to_string())?;
    let reader = Reader::open().map_err(|e| e.to_string())?;
    let mut best = [Duration::MAX; STAGES.len()];
    let mut placed = 0;
    for _ in 0..args.rounds.max(1) {
        let documents = articles.iter().map(|a| Document {
            article: a.clone(),
            text: Text::default(),
            language: Language::default(),
            meaning: Meaning::default(),
        });
        let mut documents: Vec<Document> = documents.collect();
        for (stage, best) in STAGES.iter().zip(&mut best) {
            // The first report builds what is built once.
            if let Some(first) = documents.first_mut() {
                (stage.work)(&reader, first);
            }
            let begun = worked();
            documents.iter_mut().for_each(|d| (stage.work)(&reader, d));
            *best = (*best).min(worked().saturating_sub(begun));
        }
        let known = documents.iter().flat_map(|d| &d.meaning.places).filter(|p| p.geonameid.is_some());
        placed = known.map(|p| p.mentions.len()).sum();
    }
    told(&best.map(|b| b.as_secs_f64()), placed, write)
}

/// Prints seconds and share of each stage, and the figures that are kept.
fn told(seconds: &[f64; STAGES.len()], placed: usize, write: bool) -> Result<(), String> {
    let all: f64 = seconds.iter().sum();
    let of = |asked: fn(&Stage) -> bool| -> f64 {
        STAGES.iter().zip(seconds).filter(|(s, _)| asked(s)).map(|(_, t)| t).sum()
    };
    for (stage, t) in STAGES.iter().zip(seconds) {
        println!("{:<18} {t:>9.4} s {:>6.2} %", stage.name, 100.0 * t / all);
    }
    let found = [
        ("share of mentions, entities, times, places, relations, %", 100.0 * of(|s| s.kept) / all),
        ("mentions of places put a second", placed as f64 / of(|s| s.name == PLACES)),
    ];
    let lines = found.map(|(metric, figure)| Line {
        command: "cargo run --release -p xtask -- bench stages".to_owned(),
        ..super::line(metric, figure)
    });
    let path = crate::root().join("eval/scores.tsv");
    let mut scores = Scores::read(&path)?;
    for l in &lines {
        let last = scores.last(&l.task, &l.part, &l.metric);
        let change = last.map_or("new".to_owned(), |x| format!("{:+.2}", l.figure - x));
        println!("{:<58} {:>10.2}  {change}", l.metric, l.figure);
    }
    if write { scores.append(&path, lines.into()) } else { Ok(()) }
}

/// How long all threads of this process have been at work: the network has its own, and what else runs on the machine does
/// not count. By the clock where the system does not tell.
fn worked() -> Duration {
    static BEGUN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let begun = *BEGUN.get_or_init(Instant::now);
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return begun.elapsed() };
    let of = |thread: std::fs::DirEntry| -> Option<u64> {
        std::fs::read_to_string(thread.path().join("schedstat")).ok()?.split_whitespace().next()?.parse().ok()
    };
    let nanos: Option<u64> = threads.map(|t| of(t.ok()?)).sum();
    nanos.filter(|n| *n > 0).map_or_else(|| begun.elapsed(), Duration::from_nanos)
}
