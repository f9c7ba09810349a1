//! `recount origins`: which reports go back to one author.

use crate::account::{Account, Known};
use crate::caught::caught;
use crate::files::{Unit, Units, size_of};
use crate::printer::{BOLD, DIM, NAME};
use crate::{Outcome, printer, work};
use recount::reconcile::origins::{Sketch, origins};
use recount::reconcile::tallies::Policy;
use recount::record::across::Origin;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// The command's options.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Origins {
    /// Text, HTML or JSONL files, or records that `recount code` wrote; folders of them, or - for standard input.
    #[arg(required_unless_present = "db", value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// A collection instead of inputs.
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    db: Option<PathBuf>,
    /// How to write the origins [default: text on a terminal, jsonl otherwise].
    #[arg(long, short, value_enum)]
    format: Option<Format>,
    /// Day of publication where the input states none, as 2022-01-08.
    #[arg(long, value_name = "DATE")]
    published: Option<jiff::civil::Date>,
    /// Reports read at once [default: one a core]. The output is the same for any number.
    #[arg(long, short = 'j', value_name = "N")]
    threads: Option<std::num::NonZeroUsize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One JSON object an origin, one a line; a report that stands alone is an origin too.
    Jsonl,
    /// To read on a terminal: origins of several reports, each with who copied what.
    Text,
}

const EXAMPLES: &str = "Examples:
  recount origins news/
  recount origins --format jsonl archive.jsonl.gz | jq 'select(.reports | length > 1)'
  recount origins records.jsonl                 records of `recount code` are taken as they are
  recount origins --db unrest.recount

The order of the inputs does not matter. The language model is not needed: a thousand reports take
about a second.";

/// What one input comes to: its sketch, and the words that a person knows it by.
struct Report {
    sketch: Sketch,
    title: String,
    outlet: Option<String>,
    date: Option<String>,
}

/// Groups the inputs and prints the groups.
pub fn run(args: &Origins) -> Result<Outcome, String> {
    let format = args.format.unwrap_or(if printer::stdout_is_terminal() { Format::Text } else { Format::Jsonl });
    if let Some(db) = &args.db {
        let account = Account::of_collection(db, Policy::default())?;
        write(format, &account.origins, &|report| account.known(report))?;
        return Ok(Outcome::Done);
    }
    let threads = args.threads.unwrap_or_else(super::cores);
    let units = Units::of(&args.inputs);
    let bar = printer::progress(size_of(&args.inputs));
    let progress = units.progress.clone();
    let mut sketches = Vec::new();
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let (mut failed, mut twice) = (0u64, 0u64);
    let read = |unit: Unit| (unit.name.clone(), caught(|| report_of(unit, args.published)));
    work::in_order(units, threads, read, |(place, report)| {
        bar.set_position(progress.bytes());
        match report {
            Ok(Report { sketch, title, outlet, date }) => {
                if format == Format::Text {
                    let id = sketch.id().to_owned();
                    twice += u64::from(known.insert(id, Known { title, outlet, date }).is_some());
                }
                sketches.push(sketch);
            }
            Err(reason) => {
                failed += 1;
                bar.suspend(|| printer::complain(&format!("{place}: {reason}; skipped")));
            }
        }
        Ok::<(), String>(())
    })?;
    bar.finish_and_clear();
    if sketches.is_empty() && failed == 0 {
        printer::hint("no reports in the input");
    }
    let read = sketches.len();
    let found = origins(sketches, threads.get());
    write(format, &found, &|report| known.get(report).cloned().unwrap_or_default())?;
    if twice > 0 {
        printer::hint(&format!("{twice} reports have an id that another has; of each id one is kept"));
    }
    if failed > 0 {
        printer::hint(&format!("{read} reports read, {failed} skipped"));
        return Ok(Outcome::SomeFailed);
    }
    Ok(Outcome::Done)
}

fn write(format: Format, found: &[Origin], known: &dyn Fn(&str) -> Known) -> Result<(), String> {
    let written = match format {
        Format::Jsonl => jsonl(&mut printer::raw(), found),
        Format::Text => text(&mut printer::data(), found, known),
    };
    match written {
        Err(e) if !printer::pipe_closed(&e) => Err(format!("writing failed: {e}")),
        _ => Ok(()),
    }
}

fn report_of(unit: Unit, published: Option<jiff::civil::Date>) -> Result<Report, String> {
    if let Some(record) = unit.stored() {
        let record = record?;
        let title = heading(record.title.as_deref(), &record.text);
        return Ok(Report { sketch: Sketch::of(&record), title, outlet: record.outlet, date: record.published.best });
    }
    let article = unit.article(published)?;
    let date = article.published.best.map(|d| d.to_string());
    let sketch = Sketch::of_text(&article.id, date.as_deref(), article.credit.as_deref(), &article.text);
    Ok(Report { sketch, title: heading(article.title.as_deref(), &article.text), outlet: article.outlet, date })
}

/// The title, or how the text begins.
fn heading(title: Option<&str>, text: &str) -> String {
    let line = title.unwrap_or_else(|| text.trim_start().lines().next().unwrap_or_default());
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(70).collect()
}

fn jsonl(out: &mut impl Write, origins: &[Origin]) -> io::Result<()> {
    for origin in origins {
        serde_json::to_writer(&mut *out, origin)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

fn text(out: &mut impl Write, origins: &[Origin], known: &dyn Fn(&str) -> Known) -> io::Result<()> {
    let told = |id: &str| {
        let Known { title, outlet, date } = known(id);
        let rest: Vec<&str> = [Some(id), outlet.as_deref(), date.as_deref()].into_iter().flatten().collect();
        format!("{title} {DIM}{}{DIM:#}", rest.join(" · "))
    };
    for origin in origins.iter().filter(|o| o.reports.len() > 1) {
        let agency = origin.agency.as_ref().map(|a| format!(" · {a}")).unwrap_or_default();
        writeln!(out, "{NAME}{}{NAME:#} {BOLD}{} reports{BOLD:#}{agency}", origin.id, origin.reports.len())?;
        writeln!(out, "  earliest  {}", told(&origin.earliest))?;
        for copy in &origin.copies {
            let from = if copy.from == origin.earliest { "it".to_owned() } else { copy.from.clone() };
            let share = (copy.share * 100.0).round();
            writeln!(out, "  {share:>3}%      {}", told(&copy.report))?;
            writeln!(out, "            {DIM}shared with {from}: {}{DIM:#}", copy.by.join(", "))?;
        }
        writeln!(out)?;
    }
    let reports: usize = origins.iter().map(|o| o.reports.len()).sum();
    let alone = origins.iter().filter(|o| o.reports.len() == 1).count();
    writeln!(out, "{BOLD}{reports} reports, {} origins{BOLD:#}, {alone} of them one report alone", origins.len())
}
