//! `xtask bench adding`: what `recount add` costs beside `recount code`, and whether memory grows with the number of reports.

use super::aside::Aside;
use super::clock::worked_by_children;
use crate::scores::{Line, Scores};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Measures the built program. Build with --release for figures to quote.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many reports, in rising order: the last is timed.
    #[arg(default_values_t = [50usize, 200, 800])]
    reports: Vec<usize>,
    /// How often both are timed in turn; the least of each counts.
    #[arg(long, default_value_t = 2)]
    times: usize,
}

/// Reads and adds the development texts of attribution, repeated with a number in each so that no two are one report.
pub fn run(args: &Args, write: bool) -> Result<(), String> {
    let texts = crate::root().join("../shared/bench/attribution/dev.jsonl");
    if !texts.is_file() {
        println!("skipped: ../shared/bench is not here, and adding is measured on its texts");
        return Ok(());
    }
    let recount = crate::built_program()?;
    let lines = measure(args, &recount, &texts, &Aside::new()?)?;
    if !write {
        return Ok(());
    }
    let path = crate::root().join("eval/scores.tsv");
    Scores::read(&path)?.append(&path, lines)
}

fn measure(args: &Args, recount: &Path, texts: &Path, aside: &Aside) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for (turn, n) in args.reports.iter().enumerate() {
        let reports = repeated(texts, *n, aside.path(&format!("{n}.jsonl")))?;
        let db = aside.path("bench.recount");
        let (mut code, mut add) = ((Duration::MAX, 0), (Duration::MAX, 0));
        let timed = turn + 1 == args.reports.len();
        for _ in 0..if timed { args.times } else { 1 } {
            code = least(code, work(Command::new(recount).args(["code", "--format", "jsonl"]).arg(&reports))?);
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{ending}", db.display()));
            }
            add = least(add, work(Command::new(recount).arg("add").arg("--db").arg(&db).arg(&reports))?);
        }
        let mut figures = vec![
            ("peak memory of code, MB".to_owned(), code.1 as f64 / 1e6),
            ("peak memory of add, MB".to_owned(), add.1 as f64 / 1e6),
        ];
        if timed {
            let share = add.0.as_secs_f64() / code.0.as_secs_f64() - 1.0;
            figures.push(("processor time of add over code, share".to_owned(), share));
        }
        for (metric, figure) in figures {
            println!("{:<60} {figure:.3}", format!("{n} reports: {metric}"));
            lines.push(Line {
                task: "adding".to_owned(),
                part: format!("{n} reports"),
                metric,
                figure,
                commit: crate::commit(),
                command: "cargo run --release -p xtask -- bench adding".to_owned(),
            });
        }
    }
    Ok(lines)
}

/// Processor time and peak memory (bytes) of one run.
fn work(command: &mut Command) -> Result<(Duration, u64), String> {
    let before = worked_by_children();
    let (_, peak) = super::timed(command)?;
    Ok((worked_by_children() - before, peak))
}

fn least(a: (Duration, u64), b: (Duration, u64)) -> (Duration, u64) {
    (a.0.min(b.0), a.1.max(b.1))
}

/// So many reports as JSONL: the texts again and again, each with a number of its own.
fn repeated(texts: &Path, n: usize, path: PathBuf) -> Result<PathBuf, String> {
    let read = std::fs::read_to_string(texts).map_err(|e| format!("{}: {e}", texts.display()))?;
    let mut rows: Vec<serde_json::Value> = Vec::new();
    for line in read.lines() {
        rows.push(serde_json::from_str(line).map_err(|e| format!("{}: {e}", texts.display()))?);
    }
    let mut out = String::new();
    for (k, row) in rows.iter().cycle().take(n).enumerate() {
        let mut row = row.clone();
        let text = row["text"].as_str().unwrap_or_default();
        row["text"] = format!("{text}\n\nReport {k}.").into();
        row["id"] = format!("report-{k}").into();
        out.push_str(&row.to_string());
        out.push('\n');
    }
    std::fs::write(&path, out).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(path)
}
