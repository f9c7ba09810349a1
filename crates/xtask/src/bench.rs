//! `xtask bench`: speed, start and memory of the whole program on the development texts.

mod adding;
mod aside;
mod clock;
mod collection;
mod intake;
mod reconcile;
mod stages;

use crate::scores::{Line, Scores};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Measures the built program. Build with --release for figures to quote.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Append the figures to eval/scores.tsv.
    #[arg(long, global = true)]
    write: bool,
    #[command(subcommand)]
    what: Option<What>,
}

/// What to measure, where not the program itself.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// What adding to a collection costs beside reading alone, and whether memory grows with the number of reports.
    Adding(adding::Args),
    /// A large collection: its size, and how fast it opens, searches and filters.
    Collection(collection::Args),
    /// How many pages of a web archive are read a second.
    Intake(intake::Args),
    /// What many records come to, on generated collections of growing size.
    Reconcile(reconcile::Args),
    /// What share of the time each stage of reading takes.
    Stages(stages::Args),
}

/// Runs the program a few times and takes the best: other work on the machine only ever slows it.
pub fn run(args: &Args) -> Result<(), String> {
    match &args.what {
        Some(What::Adding(adding)) => return adding::run(adding, args.write),
        Some(What::Collection(collection)) => return collection::run(collection, args.write),
        Some(What::Intake(intake)) => return intake::run(intake, args.write),
        Some(What::Reconcile(reconcile)) => return reconcile::run(reconcile, args.write),
        Some(What::Stages(stages)) => return stages::run(stages, args.write),
        None => {}
    }
    let root = crate::root();
    let texts = ["attribution", "muc4"].map(|t| root.join(format!("../shared/bench/{t}/dev.jsonl")));
    if !texts.iter().all(|t| t.is_file()) {
        println!("skipped: ../shared/bench is not here, and speed is measured on its texts");
        return Ok(());
    }
    let recount = crate::built_program()?;
    let words = texts.iter().map(|t| words_in(t)).sum::<Result<usize, String>>()?;
    let start = best_of(5, || timed(Command::new(&recount).args(["demo", "--format", "jsonl"])))?;
    let mut lines = vec![line("start to first record, seconds", start.0.as_secs_f64())];
    for threads in ["1", "2"] {
        let run = || timed(Command::new(&recount).args(["code", "--format", "jsonl", "-j", threads]).args(&texts));
        let (time, memory) = best_of(3, run)?;
        lines.push(line(&format!("words a second, {threads} threads"), words as f64 / time.as_secs_f64()));
        lines.push(line(&format!("peak memory, {threads} threads, MB"), memory as f64 / 1e6));
    }
    let path = root.join("eval/scores.tsv");
    let mut scores = Scores::read(&path)?;
    for l in &lines {
        let change =
            scores.last(&l.task, &l.part, &l.metric).map_or("new".to_owned(), |x| format!("{:+.2}", l.figure - x));
        println!("{:<36} {:>10.2}  {change}", l.metric, l.figure);
    }
    if args.write { scores.append(&path, lines) } else { Ok(()) }
}

fn line(metric: &str, figure: f64) -> Line {
    Line {
        task: "speed".to_owned(),
        part: "dev texts".to_owned(),
        metric: metric.to_owned(),
        figure,
        commit: crate::commit(),
        command: "cargo run --release -p xtask -- bench".to_owned(),
    }
}

/// Words between white space in the texts of a JSONL file.
fn words_in(path: &Path) -> Result<usize, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let words = |line: &str| -> Option<usize> {
        let row: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(row["text"].as_str()?.split_whitespace().count())
    };
    Ok(text.lines().filter_map(words).sum())
}

fn best_of(times: usize, run: impl Fn() -> Result<(Duration, u64), String>) -> Result<(Duration, u64), String> {
    let mut best: Option<(Duration, u64)> = None;
    for _ in 0..times {
        let (time, memory) = run()?;
        best = Some(best.map_or((time, memory), |(t, m)| (t.min(time), m.max(memory))));
    }
    best.ok_or_else(|| "nothing was run".to_owned())
}

/// Wall-clock time and peak resident memory (bytes; 0 where the system does not tell) of one run.
fn timed(command: &mut Command) -> Result<(Duration, u64), String> {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().map_err(|e| e.to_string())?;
    let mut peak = 0;
    loop {
        peak = peak.max(resident(&child));
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            let time = begun.elapsed();
            return if status.success() { Ok((time, peak)) } else { Err(format!("the program ended with {status}")) };
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn resident(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
    peak.unwrap_or(0) * 1024
}
