//! `xtask bench reconcile`: time and memory of what many records come to, on generated collections of growing size.

use crate::generate::records;
use crate::scores::{Line, Scores};
use recount::reconcile::origins::{Bounds, Origins, Sketch};
use std::collections::BTreeMap;
use std::process::Command;
use std::time::Duration;

/// Sizes of collections. Each is measured in a process of its own, so that its memory is its own.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Records of each collection.
    #[arg(default_values_t = [10_000usize, 100_000, 1_000_000])]
    sizes: Vec<usize>,
    /// Measure one collection here and print its figures: what the command calls itself with.
    #[arg(long, hide = true)]
    one: bool,
}

const SEED: u64 = 7;

/// Measures each size and prints its figures; times are those of one thread at work, without making the records.
pub fn run(args: &Args, write: bool) -> Result<(), String> {
    if args.one {
        return args.sizes.iter().try_for_each(|n| one(*n));
    }
    let this = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut lines = Vec::new();
    for n in &args.sizes {
        let mut call = Command::new(&this);
        let output = call.args(["bench", "reconcile", "--one"]).arg(n.to_string()).output();
        let output = output.map_err(|e| e.to_string())?;
        if !output.status.success() {
            return Err(format!("{n} records: {}", String::from_utf8_lossy(&output.stderr)));
        }
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            println!("{line}");
            let Some((metric, figure)) = line.split_once(": ").and_then(|(_, l)| l.rsplit_once(' ')) else { continue };
            let Ok(figure) = figure.parse() else { continue };
            lines.push(Line {
                task: "reconcile".to_owned(),
                part: format!("{n} generated"),
                metric: metric.trim().to_owned(),
                figure,
                commit: crate::commit(),
                command: "cargo run --release -p xtask -- bench reconcile".to_owned(),
            });
        }
    }
    if !write {
        return Ok(());
    }
    let path = crate::root().join("eval/scores.tsv");
    Scores::read(&path)?.append(&path, lines)
}

/// One pass over one collection. Each step adds what it keeps of a record here, and its grouping below.
fn one(n: usize) -> Result<(), String> {
    let mut sketches = Vec::with_capacity(n + 1);
    let mut reading = Duration::ZERO;
    let mut made = records(n + 1, SEED).peekable();
    while made.peek().is_some() {
        let some: Vec<_> = made.by_ref().take(1000).collect();
        let begun = worked();
        sketches.extend(some.iter().map(Sketch::of));
        reading += worked() - begun;
    }
    let last = sketches.pop().ok_or("no records were made")?;
    let begun = worked();
    let mut all = Origins::of(sketches, Bounds::default());
    let tied = worked();
    let rows = all.rows();
    let grouped = worked();
    print(n, "origins, reading, seconds", reading.as_secs_f64());
    print(n, "origins, comparing, seconds", (tied - begun).as_secs_f64());
    print(n, "origins, grouping, seconds", (grouped - tied).as_secs_f64());
    print(n, "origins found", rows.len() as f64);
    print(n, "origins, pair F1", pair_f1(rows.iter().map(|o| o.reports.as_slice())));
    drop(rows);
    let begun = worked();
    all.add(last);
    let added = worked();
    let rows = all.rows();
    print(n, "origins, one report more, seconds", (worked() - begun).as_secs_f64());
    print(n, "origins, one report more, without writing all rows, seconds", (added - begun).as_secs_f64());
    drop(rows);
    print(n, "peak memory, MB", peak() as f64 / 1e6);
    Ok(())
}

fn print(n: usize, metric: &str, figure: f64) {
    println!("{:<44} {figure:.3}", format!("{n} records: {metric}"));
}

/// The story that a generated report goes back to: `g12-0`, and `g12-2c0` copies it.
fn story(id: &str) -> String {
    let (incident, report) = id.split_once('-').unwrap_or((id, ""));
    format!("{incident}-{}", report.rsplit('c').next().unwrap_or_default())
}

/// Over pairs of reports: how well groups agree with the stories that the ids name.
fn pair_f1<'a>(groups: impl Iterator<Item = &'a [String]>) -> f64 {
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    let mut of_story: BTreeMap<String, u64> = BTreeMap::new();
    let (mut given, mut right) = (0, 0);
    for group in groups {
        let mut here: BTreeMap<String, u64> = BTreeMap::new();
        group.iter().for_each(|id| *here.entry(story(id)).or_default() += 1);
        given += pairs(group.len() as u64);
        right += here.values().map(|n| pairs(*n)).sum::<u64>();
        here.into_iter().for_each(|(story, n)| *of_story.entry(story).or_default() += n);
    }
    let real: u64 = of_story.values().map(|n| pairs(*n)).sum();
    if given + real == 0 { 0.0 } else { 2.0 * right as f64 / (given + real) as f64 }
}

/// How long this thread has been at work: what else runs on the machine does not count. By the clock where the system
/// does not tell.
fn worked() -> Duration {
    static BEGUN: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    let begun = *BEGUN.get_or_init(std::time::Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|s| s.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

/// Peak resident memory of this process in bytes; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:").map(str::to_owned));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}
