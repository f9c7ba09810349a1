//! `xtask bench collection`: how fast a large collection opens, searches and filters, and how large its file is.

use crate::generate;
use crate::scores::{Line, Scores};
use rayon::prelude::*;
use recount_store::{Access, Collection, Prepared, Query};
use std::path::PathBuf;
use std::time::Instant;

/// Measures a collection of generated records. Build with --release for figures to quote.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many records.
    #[arg(long, default_value_t = 100_000)]
    records: usize,
    /// Where to make the collection, and to leave it [default: a temporary file, removed in the end].
    #[arg(long)]
    keep: Option<PathBuf>,
}

/// Records that are written together.
const BATCH: usize = 1000;

/// Makes the collection where it is not there, and times queries on it.
pub fn run(args: &Args, write: bool) -> Result<(), String> {
    let path = args.keep.clone();
    let path =
        path.unwrap_or_else(|| std::env::temp_dir().join(format!("recount-bench-{}.recount", std::process::id())));
    if !path.exists() {
        make(&path, args.records)?;
    }
    let size = path.metadata().map_err(|e| e.to_string())?.len();
    println!("size on disk {:.1} MB, {:.0} bytes a record", size as f64 / 1e6, size as f64 / args.records as f64);
    let measured = measure(&path);
    if args.keep.is_none() {
        let _ = std::fs::remove_file(&path);
    }
    let slowest = measured?;
    let line = |(metric, figure): (&str, f64)| Line {
        task: "collection".to_owned(),
        part: format!("{} generated", args.records),
        metric: metric.to_owned(),
        figure,
        commit: crate::commit(),
        command: format!("cargo run --release -p xtask -- bench collection --records {}", args.records),
    };
    if !write {
        return Ok(());
    }
    let path = crate::root().join("eval/scores.tsv");
    let figures = [
        ("size on disk, MB", size as f64 / 1e6),
        ("bytes a record", size as f64 / args.records as f64),
        ("slowest query, median of 5, milliseconds", slowest.median),
        ("slowest query, processor, milliseconds", slowest.busy),
        ("slowest opening, median of 5, milliseconds", slowest.open),
    ];
    Scores::read(&path)?.append(&path, figures.map(line).into())
}

/// Of all queries, the most milliseconds of each.
#[derive(Default)]
struct Slowest {
    open: f64,
    median: f64,
    busy: f64,
}

fn make(path: &std::path::Path, records: usize) -> Result<(), String> {
    let begun = Instant::now();
    let mut collection = Collection::open(path, Access::Create).map_err(|e| e.to_string())?;
    let mut source = generate::records(records, 1);
    let mut writing = 0.0;
    loop {
        let batch: Vec<_> = source.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let batch: Vec<Prepared> = batch.into_par_iter().map(|r| Prepared::of(r, None)).collect();
        let now = Instant::now();
        collection.add(&batch, "2024-05-01T12:00:00Z").map_err(|e| e.to_string())?;
        writing += now.elapsed().as_secs_f64();
    }
    collection.tidy().map_err(|e| e.to_string())?;
    let rate = records as f64 / writing;
    println!("made in {:.1} s; writing {rate:.0} records a second", begun.elapsed().as_secs_f64());
    Ok(())
}

/// Times each kind of query on a connection of its own, opened for it, five times.
fn measure(path: &std::path::Path) -> Result<Slowest, String> {
    let words = |words: &str| Query { words: words.into(), limit: 20, ..Query::default() };
    let some = |s: &str| Some(s.to_owned());
    let town = {
        let c = Collection::open(path, Access::Read).map_err(|e| e.to_string())?;
        let hit = c.search(&words("")).map_err(|e| e.to_string())?.hits.pop();
        let title = hit.and_then(|h| h.title).unwrap_or_default();
        title.split(" in ").nth(1).and_then(|t| t.split(':').next()).unwrap_or("Orvask").to_owned()
    };
    let queries: Vec<(&str, Query)> = vec![
        ("nothing: the newest", words("")),
        ("a town", words(&town)),
        ("a word in most reports", words("killed")),
        ("two words in many", words("drone market")),
        ("a phrase", words("\"drone strike\"")),
        ("the beginning of a word", words("witn*")),
        ("one word without another", words("shooting -police")),
        ("one of two words", words("ambush OR riot")),
        ("a type", Query { class: some("PROTEST"), ..words("") }),
        ("a type and status", Query { class: some("ASSAULT"), status: some("possible"), ..words("") }),
        ("a country", Query { country: some("KAZ"), ..words("") }),
        ("a place", Query { place: some(&town), ..words("") }),
        ("days", Query { from: some("2016-03-05"), to: some("2016-03-09"), ..words("") }),
        ("years", Query { from: some("2015-03-05"), to: some("2021-03-09"), ..words("") }),
        ("a word, a type and a country", Query { class: some("ASSAULT"), country: some("KAZ"), ..words("killed") }),
        (
            "all of it",
            Query {
                class: some("ASSAULT"),
                status: some("happened"),
                country: some("SYR"),
                from: some("2016-01-01"),
                to: some("2016-12-31"),
                ..words("killed bridge")
            },
        ),
    ];
    println!("{:<32} {:>9} {:>9} {:>9} {:>9}  found", "milliseconds", "open", "first", "median", "processor");
    let mut slowest = Slowest::default();
    for (name, query) in &queries {
        let (mut opens, mut times, mut found) = (Vec::new(), Vec::new(), String::new());
        let busy = on_processor();
        for _ in 0..5 {
            let now = Instant::now();
            let c = Collection::open(path, Access::Read).map_err(|e| e.to_string())?;
            opens.push(now.elapsed().as_secs_f64() * 1e3);
            let now = Instant::now();
            let hits = c.search(query).map_err(|e| e.to_string())?;
            times.push(now.elapsed().as_secs_f64() * 1e3);
            found = format!("{}{}", hits.found, if hits.more { "+" } else { "" });
        }
        let busy = (on_processor() - busy) / times.len() as f64;
        let first = times[0];
        times.sort_by(f64::total_cmp);
        opens.sort_by(f64::total_cmp);
        let (open, median) = (opens[2], times[2]);
        println!("{name:<32} {open:>9.1} {first:>9.1} {median:>9.1} {busy:>9.1}  {found}");
        slowest.open = slowest.open.max(open);
        slowest.median = slowest.median.max(median);
        slowest.busy = slowest.busy.max(busy);
    }
    println!(
        "slowest: opening {:.1} ms, query {:.1} ms, on the processor {:.1} ms",
        slowest.open, slowest.median, slowest.busy
    );
    Ok(slowest)
}

/// Milliseconds that this thread has run, without those in which others had the processor; 0 where nobody tells.
fn on_processor() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}
