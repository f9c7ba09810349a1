//! `xtask bench reconcile`: time and memory of what many records come to, on generated collections of growing size.

use super::aside::Aside;
use super::clock::{peak, worked, worked_by_all};
use crate::generate::records;
use crate::scores::{Line, Scores};
use recount::reconcile::incidents::{Collection, Report};
use recount::reconcile::origins::{Bounds, Origins, Sketch};
use recount::record::across::Incident;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

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

/// Measures each size and prints its figures. Seconds are those of all threads at work together, without making the
/// records: on two idle cores a pass takes little more than half of them.
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

/// One pass over one collection: origins, then incidents with the origins as voices; then one report more to each, and
/// the same with what comparing came to put away and taken up again.
fn one(n: usize) -> Result<(), String> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let begun_at = Instant::now();
    let (mut sketches, mut reports) = (Vec::with_capacity(n + 1), Vec::with_capacity(n + 1));
    let mut reading = Duration::ZERO;
    let mut made = records(n + 1, SEED).peekable();
    while made.peek().is_some() {
        let some: Vec<_> = made.by_ref().take(1000).collect();
        let begun = worked();
        sketches.extend(some.iter().map(Sketch::of));
        reports.extend(some.iter().map(Report::of));
        reading += worked() - begun;
    }
    let (Some(last), Some(last_report)) = (sketches.pop(), reports.pop()) else {
        return Err("no records were made".to_owned());
    };
    let mut all = reading;
    let mut told = |metric: &str, from: Duration| {
        let spent = worked_by_all().saturating_sub(from);
        all += spent;
        print(n, &format!("{metric}, seconds"), spent.as_secs_f64());
    };
    print(n, "reading, seconds", reading.as_secs_f64());
    let begun = worked_by_all();
    let origins = Origins::of(sketches, Bounds::default(), threads);
    told("origins, comparing", begun);
    let begun = worked_by_all();
    let rows = origins.rows();
    told("origins, grouping", begun);
    print(n, "origins found", rows.len() as f64);
    print(n, "origins, pair F1", pair_f1(rows.iter().map(|o| o.reports.as_slice())));
    let aside = Aside::new()?;
    put(&aside.path("origins"), |to| origins.put_away(Default::default(), to))?;
    drop(origins);

    let voices: HashMap<&str, &str> =
        rows.iter().flat_map(|o| o.reports.iter().map(|r| (r.as_str(), o.id.as_str()))).collect();
    let voice = |report: &str| voices.get(report).map(|o| (*o).to_owned());
    let begun = worked_by_all();
    let collection = Collection::of(reports, &[], threads);
    told("incidents, comparing and grouping", begun);
    let begun = worked_by_all();
    let mut homes = Homes::default();
    let mut found = 0;
    collection.each_incident(&voice, |incident| {
        homes.add(&incident);
        found += 1;
    });
    told("incidents, writing all out", begun);
    print(n, "in all, seconds of all threads", all.as_secs_f64());
    print(n, "in all, by the clock, making the records too, seconds", begun_at.elapsed().as_secs_f64());
    print(n, "peak memory, MB", peak() as f64 / 1e6);
    print(n, "incidents found", f64::from(found));
    print(n, "incidents, B-cubed F1", homes.b_cubed_f1());
    put(&aside.path("incidents"), |to| collection.put_away(Default::default(), to))?;
    drop((collection, homes));

    // One report more to each.
    let bytes = taken(&aside.path("origins"))?;
    print(n, "origins, put away, MB", bytes.len() as f64 / 1e6);
    let begun = worked_by_all();
    let mut origins = Origins::from_parts(std::iter::once(bytes.as_slice())).ok_or("origins do not come back")?;
    origins.grow(&[], vec![last]);
    let mut more = worked_by_all() - begun;
    drop((origins, bytes));
    let bytes = taken(&aside.path("incidents"))?;
    print(n, "incidents, put away, MB", bytes.len() as f64 / 1e6);
    let begun = worked_by_all();
    let mut collection =
        Collection::from_parts(std::iter::once(bytes.as_slice()), &[]).ok_or("incidents do not come back")?;
    let changed = collection.grow(&[], vec![last_report], &[]);
    drop(collection.incidents_near(&changed, &BTreeSet::new(), &voice));
    more += worked_by_all() - begun;
    print(n, "one report more, what was put away taken up first, seconds", more.as_secs_f64());
    print(n, "peak memory, what was put away taken up too, MB", peak() as f64 / 1e6);
    Ok(())
}

fn put(path: &Path, put: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>) -> Result<(), String> {
    let write = || {
        let mut to = BufWriter::new(File::create(path)?);
        put(&mut to)?;
        to.flush()
    };
    write().map_err(|e| format!("{}: {e}", path.display()))
}

fn taken(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
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

/// The largest incident of each report.
#[derive(Default)]
struct Homes {
    of: HashMap<String, (usize, usize)>,
    incidents: usize,
}

impl Homes {
    fn add(&mut self, incident: &Incident) {
        for report in &incident.reports {
            let here = (incident.reports.len(), self.incidents);
            self.of.entry(report.clone()).and_modify(|largest| *largest = (*largest).max(here)).or_insert(here);
        }
        self.incidents += 1;
    }

    /// B-cubed F1 over reports against the happenings that the ids name.
    fn b_cubed_f1(&self) -> f64 {
        let happening = |report: &str| report.split('-').next().unwrap_or_default().to_owned();
        let (mut both, mut found, mut told) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (report, (_, n)) in &self.of {
            *both.entry((*n, happening(report))).or_insert(0u64) += 1;
            *found.entry(*n).or_insert(0u64) += 1;
            *told.entry(happening(report)).or_insert(0u64) += 1;
        }
        let (mut precision, mut recall) = (0.0, 0.0);
        for ((n, happening), k) in &both {
            precision += (k * k) as f64 / found[n] as f64;
            recall += (k * k) as f64 / told[happening] as f64;
        }
        if precision + recall == 0.0 {
            0.0
        } else {
            2.0 * precision * recall / (precision + recall) / self.of.len() as f64
        }
    }
}
