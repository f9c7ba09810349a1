//! `xtask origins`: how well origins are found, and how much of it hangs on each threshold.

mod copies;
mod labelled;

use labelled::{Figures, Labelled};
use recount::reconcile::origins::{Bounds, Origins};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Measures on the development half, and on copies made of other texts.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Texts to make copies of: JSON lines with `id`, `text` and, where texts tell of one event, `event`.
    #[arg(long, value_name = "FILE")]
    pub texts: Option<PathBuf>,
    /// Seeds of the made copies; more than one shows how much is chance.
    #[arg(long, default_values_t = [1u64, 2, 3])]
    pub seeds: Vec<u64>,
    /// Only the figures with the bounds as they are, and every error by name.
    #[arg(long)]
    pub errors: bool,
}

/// Each bound by name, with a way to make it another.
type Change = (&'static str, fn(&mut Bounds, f32));

const CHANGES: &[Change] = &[
    ("share", |b, x| b.share *= x),
    ("words", |b, x| b.words *= x),
    ("run", |b, x| b.run = (b.run as f32 * x).round() as u32),
    ("gap", |b, x| b.gap = (b.gap as f32 * x).round() as u32),
    ("quoted", |b, x| b.quoted *= x),
    ("odds", |b, x| b.odds *= x),
    ("stock", |b, x| b.stock = (b.stock as f32 * x).round() as u32),
    ("alike", |b, x| b.alike *= x),
    ("whole", |b, x| b.whole *= x),
    ("overlap", |b, x| b.overlap *= x),
    ("topic", |b, x| b.topic *= x),
    ("candidate", |b, x| b.candidate *= x),
];

/// Prints figures for the bounds as they are, by kind of copy, and then with each bound off by 30 %.
pub fn run(args: &Args) -> Result<(), String> {
    let mut sets: Vec<(String, Vec<Labelled>)> = Vec::new();
    let dev = crate::root().join("../shared/bench/origins/dev.jsonl");
    if dev.is_file() {
        sets.push(("dev".to_owned(), labelled::read(&dev)?));
    } else {
        println!("skipped: ../shared/bench is not here, and nothing else has labelled copies");
    }
    if let Some(path) = &args.texts {
        let texts = copies::read(path)?;
        sets.extend(args.seeds.iter().map(|seed| (format!("made {seed}"), copies::made(&texts, *seed))));
    }
    for (name, rows) in &sets {
        let figures = measured(rows, Bounds::default());
        println!("{name}: {} reports", rows.len());
        figures.print();
        if args.errors {
            figures.errors.iter().for_each(|e| println!("  {e}"));
        }
    }
    if args.errors {
        return Ok(());
    }
    let head = |out: String, name: &str| out + &format!("{name:>22}");
    println!("\npair F1 with one bound at 0.7 and at 1.3 times its value");
    println!("{}", sets.iter().fold(format!("{:<10}", ""), |out, (name, _)| head(out, name)));
    for (bound, change) in CHANGES {
        let mut line = format!("{bound:<10}");
        for (_, rows) in &sets {
            let at = |x: f32| {
                let mut bounds = Bounds::default();
                change(&mut bounds, x);
                measured(rows, bounds).pair_f1
            };
            line += &format!("{:>12.4} {:>9.4}", at(0.7), at(1.3));
        }
        println!("{line}");
    }
    Ok(())
}

/// The figures of a labelled set.
fn measured(rows: &[Labelled], bounds: Bounds) -> Figures {
    let found = Origins::of(rows.iter().map(|r| r.sketch.clone()).collect(), bounds, 1).rows();
    let of: BTreeMap<&str, usize> =
        found.iter().enumerate().flat_map(|(n, o)| o.reports.iter().map(move |r| (r.as_str(), n))).collect();
    Figures::of(rows, |id| of[id])
}
