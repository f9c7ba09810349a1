//! `xtask scale`: origins and incidents of generated records, in one pass: time, memory, and how many are put right.

use crate::generate;
use recount::reconcile::incidents::{Collection, Report};
use recount::reconcile::origins::{Sketch, origins};
use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

/// Groups generated records and measures it. Build with --release for figures to quote.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many records.
    #[arg(long, default_value_t = 10_000)]
    reports: usize,
    /// Of the invented world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs once and prints a line a step.
pub fn run(args: &Args) -> Result<(), String> {
    let begun = Instant::now();
    let step = |what: &str| println!("{what:<28} {:>8.2} s   {:>7.0} MB", begun.elapsed().as_secs_f64(), peak() / 1e6);
    let (mut reports, mut sketches) = (Vec::new(), Vec::new());
    for record in generate::records(args.reports, args.seed) {
        reports.push(Report::of(&record));
        sketches.push(Sketch::of(&record));
    }
    step("records made and slimmed");
    let origins = origins(sketches);
    step("origins");
    let voice: HashMap<&str, &str> =
        origins.iter().flat_map(|o| o.reports.iter().map(|r| (r.as_str(), o.id.as_str()))).collect();
    let of = |report: &str| voice.get(report).map(|o| (*o).to_owned());
    let spare = reports.len().checked_sub(1).map(|at| reports.swap_remove(at / 2));
    let mut collection = Collection::of(reports, &[]);
    step("incidents grouped");
    let incidents = collection.incidents(&of);
    step("incidents written out");
    println!("{} reports, {} origins, {} incidents", args.reports, origins.len(), incidents.len());
    let mut home: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (n, incident) in incidents.iter().enumerate() {
        for report in &incident.reports {
            home.entry(report).or_default().push((incident.reports.len(), n));
        }
    }
    // A report's largest incident against the one that it was made for.
    let mut both: HashMap<(usize, &str), u64> = HashMap::new();
    let mut sizes: HashMap<usize, u64> = HashMap::new();
    let mut truth: HashMap<&str, u64> = HashMap::new();
    for (report, incidents) in &home {
        let (_, n) = incidents.iter().max().ok_or("a report in no incident")?;
        let made = report.split('-').next().unwrap_or_default();
        *both.entry((*n, made)).or_default() += 1;
        *sizes.entry(*n).or_default() += 1;
        *truth.entry(made).or_default() += 1;
    }
    let total = home.len() as f64;
    let precision: f64 = both.iter().map(|((n, _), k)| (k * k) as f64 / sizes[n] as f64).sum::<f64>() / total;
    let recall: f64 = both.iter().map(|((_, m), k)| (k * k) as f64 / truth[m] as f64).sum::<f64>() / total;
    println!("B-cubed precision {precision:.4} recall {recall:.4}");
    if let Some(report) = spare {
        let begun = Instant::now();
        let changed = collection.add(report);
        let shown = collection.incidents_of(&changed, &of).len();
        println!("one report added in {:.3} s, {shown} incidents of it", begun.elapsed().as_secs_f64());
    }
    Ok(())
}

/// Peak resident memory of this program in bytes; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let row = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    row.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) * 1024.0
}
