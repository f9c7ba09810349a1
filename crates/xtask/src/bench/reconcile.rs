//! `xtask bench reconcile`: time and memory of what many records come to, on generated collections of growing size.

use super::clock::{peak, worked};
use crate::generate::records;
use crate::scores::{Line, Scores};
use recount::reconcile::incidents::{Collection, Report};
use recount::reconcile::origins::{Bounds, Origins, Sketch};
use recount::record::across::Incident;
use std::collections::{BTreeMap, HashMap};
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

/// One pass over one collection: origins, then incidents with the origins as voices; then one report more to each.
fn one(n: usize) -> Result<(), String> {
    let (mut sketches, mut reports) = (Vec::with_capacity(n + 1), Vec::with_capacity(n + 1));
    let (mut sketched, mut slimmed) = (Duration::ZERO, Duration::ZERO);
    let mut made = records(n + 1, SEED).peekable();
    while made.peek().is_some() {
        let some: Vec<_> = made.by_ref().take(1000).collect();
        let begun = worked();
        sketches.extend(some.iter().map(Sketch::of));
        let between = worked();
        reports.extend(some.iter().map(Report::of));
        sketched += between - begun;
        slimmed += worked() - between;
    }
    let (Some(last), Some(last_report)) = (sketches.pop(), reports.pop()) else {
        return Err("no records were made".to_owned());
    };
    let seconds = |from: Duration| (worked() - from).as_secs_f64();
    print(n, "origins, reading, seconds", sketched.as_secs_f64());
    let begun = worked();
    let mut origins = Origins::of(sketches, Bounds::default());
    print(n, "origins, comparing, seconds", seconds(begun));
    let begun = worked();
    let rows = origins.rows();
    print(n, "origins, grouping, seconds", seconds(begun));
    print(n, "origins found", rows.len() as f64);
    print(n, "origins, pair F1", pair_f1(rows.iter().map(|o| o.reports.as_slice())));
    let begun = worked();
    origins.add(last);
    print(n, "origins, one report more, without writing all rows, seconds", seconds(begun));
    let begun = worked();
    drop(origins.rows());
    print(n, "origins, writing all rows, seconds", seconds(begun));
    drop(origins);

    let voices: HashMap<&str, &str> =
        rows.iter().flat_map(|o| o.reports.iter().map(|r| (r.as_str(), o.id.as_str()))).collect();
    let voice = |report: &str| voices.get(report).map(|o| (*o).to_owned());
    print(n, "incidents, reading, seconds", slimmed.as_secs_f64());
    let begun = worked();
    let mut collection = Collection::of(reports, &[]);
    print(n, "incidents, comparing and grouping, seconds", seconds(begun));
    let begun = worked();
    let incidents = collection.incidents(&voice);
    print(n, "incidents, writing all out, seconds", seconds(begun));
    print(n, "incidents found", incidents.len() as f64);
    print(n, "incidents, B-cubed F1", b_cubed_f1(&incidents));
    drop(incidents);
    let begun = worked();
    let changed = collection.add(last_report);
    drop(collection.incidents_of(&changed, &voice));
    print(n, "incidents, one report more, seconds", seconds(begun));
    print(n, "peak memory, MB", peak() as f64 / 1e6);
    Ok(())
}

fn print(n: usize, metric: &str, figure: f64) {
    println!("{:<76} {figure:.3}", format!("{n} records: {metric}"));
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

/// B-cubed F1 over reports, each in the largest incident that it tells of, against the happenings that the ids name.
fn b_cubed_f1(incidents: &[Incident]) -> f64 {
    let mut home: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (n, incident) in incidents.iter().enumerate() {
        for report in &incident.reports {
            let largest = home.entry(report).or_default();
            *largest = (*largest).max((incident.reports.len(), n));
        }
    }
    let happening = |report: &str| report.split('-').next().unwrap_or_default().to_owned();
    let (mut both, mut found, mut told) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (report, (_, n)) in &home {
        *both.entry((*n, happening(report))).or_insert(0u64) += 1;
        *found.entry(*n).or_insert(0u64) += 1;
        *told.entry(happening(report)).or_insert(0u64) += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((n, happening), k) in &both {
        precision += (k * k) as f64 / found[n] as f64;
        recall += (k * k) as f64 / told[happening] as f64;
    }
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) / home.len() as f64 }
}
