//! `xtask bench intake`: how many pages of a web archive are read a second: unpacked, taken out of their records, extracted.

use super::clock::worked;
use crate::scores::{Line, Scores};
use flate2::{Compression, write::GzEncoder};
use recount::intake::warc::{Entry, archive};
use recount::intake::{Source, Unpacked};
use std::io::{BufReader, Read, Write};
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Measures the intake of web archives in this process. Build with --release for figures to quote.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Threads to read on.
    #[arg(long, short = 'j', default_value = "2")]
    threads: NonZeroUsize,
    /// How often the pages are repeated in the archive.
    #[arg(long, default_value_t = 4)]
    copies: usize,
}

/// Builds a WARC of the HTML pages of `../shared/bench`, one gzip member a page, and reads it a few times.
pub fn run(args: &Args, write: bool) -> Result<(), String> {
    let folder = crate::root().join("../shared/bench");
    let files = ["article_text", "publication_date"].map(|t| folder.join(t).join("dev.jsonl.gz"));
    if !files.iter().all(|f| f.is_file()) {
        println!("skipped: ../shared/bench is not here, and intake is measured on its pages");
        return Ok(());
    }
    let (mut warc, mut pages, mut bytes) = (Vec::new(), 0usize, 0usize);
    for file in &files {
        let mut text = String::new();
        let file = std::fs::File::open(file).map_err(|e| e.to_string())?;
        flate2::read::GzDecoder::new(file).read_to_string(&mut text).map_err(|e| e.to_string())?;
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
            let html = row["html"].as_str().unwrap_or_default();
            warc.extend(member(pages, html).map_err(|e| e.to_string())?);
            pages += 1;
            bytes += html.len();
        }
    }
    let warc = warc.repeat(args.copies);
    let (pages, bytes) = (pages * args.copies, bytes * args.copies);
    // The first run builds what is built once.
    read(&warc, args.threads)?;
    let (mut best, mut least) = (Duration::MAX, Duration::MAX);
    for _ in 0..3 {
        let begun = Instant::now();
        let (articles, work) = read(&warc, args.threads)?;
        best = best.min(begun.elapsed());
        least = least.min(work);
        println!("{articles} of {pages} pages gave an article in {:.2} s", begun.elapsed().as_secs_f64());
    }
    let part = format!("{pages} pages of {:.0} KB, {} threads", bytes as f64 / 1e3 / pages as f64, args.threads);
    let figures = [
        ("pages a second", pages as f64 / best.as_secs_f64()),
        ("megabytes a second", bytes as f64 / 1e6 / best.as_secs_f64()),
        // Where other work takes the cores, this is what they would do alone.
        ("pages a second of work on one core", pages as f64 / least.as_secs_f64()),
    ];
    let line = |(metric, figure): (&str, f64)| Line {
        task: "intake".to_owned(),
        part: part.clone(),
        metric: metric.to_owned(),
        figure,
        commit: crate::commit(),
        command: "cargo run --release -p xtask -- bench intake".to_owned(),
    };
    figures.iter().for_each(|(metric, figure)| println!("intake, {part}: {metric} {figure:.1}"));
    if !write {
        return Ok(());
    }
    let path = crate::root().join("eval/scores.tsv");
    Scores::read(&path)?.append(&path, figures.map(line).into())
}

fn member(number: usize, html: &str) -> std::io::Result<Vec<u8>> {
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    write!(
        gz,
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://pages.example/{number}\r\nWARC-Date: 2021-05-05T10:00:00Z\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n{http}{html}\r\n\r\n",
        http.len() + html.len()
    )?;
    gz.finish()
}

/// Reads every page on some threads, which share one stream of records as the program's do; gives how many gave an article,
/// and how long the threads were at work, together.
fn read(warc: &[u8], threads: NonZeroUsize) -> Result<(usize, Duration), String> {
    let records = Unpacked::of(BufReader::with_capacity(1 << 16, warc)).map_err(|e| e.to_string())?;
    let records = Mutex::new(archive(records));
    let articles = AtomicUsize::new(0);
    let work = Mutex::new(Duration::ZERO);
    std::thread::scope(|scope| {
        for _ in 0..threads.get() {
            scope.spawn(|| {
                let begun = worked();
                let next = || records.lock().map_or(None, |mut r| r.next());
                while let Some(entry) = next() {
                    if let Ok(Entry::Page(page)) = entry
                        && page.article(&Source::default()).is_ok()
                    {
                        articles.fetch_add(1, Ordering::Relaxed);
                    }
                }
                if let Ok(mut sum) = work.lock() {
                    *sum += worked() - begun;
                }
            });
        }
    });
    Ok((articles.into_inner(), work.into_inner().unwrap_or_default()))
}
