//! `recount incidents`: which reports tell of the same happening.

use crate::account::{Account, Given};
use crate::printer::{BOLD, COUNT, DIM, EVENT, NAME};
use crate::{Outcome, printer};
use recount::record::across::{Incident, Tally, Told};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The command's options.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Incidents {
    #[command(flatten)]
    given: Given,
    /// How to write the incidents [default: text on a terminal, jsonl otherwise].
    #[arg(long, short, value_enum)]
    format: Option<Format>,
    /// Happenings that are no conflict events as well. This is so without asking where inputs are read straight; of a
    /// collection only conflict events are given without it.
    #[arg(long, overrides_with = "conflict")]
    all: bool,
    /// Only incidents of conflict events.
    #[arg(long, overrides_with = "all")]
    conflict: bool,
    #[command(flatten)]
    filters: Filters,
    /// Say why the reports were put together.
    #[arg(long)]
    why: bool,
}

/// Which incidents are shown.
#[derive(Debug, clap::Args)]
struct Filters {
    /// That can have been on this day or later, as 2022-01-08.
    #[arg(long, value_name = "DATE")]
    from: Option<jiff::civil::Date>,
    /// That can have been on this day or before.
    #[arg(long, value_name = "DATE")]
    to: Option<jiff::civil::Date>,
    /// In this country, by its ISO 3166-1 alpha-3 code, as KAZ.
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// Of this PLOVER type, as ASSAULT.
    #[arg(long = "type", value_name = "TYPE")]
    class: Option<String>,
    /// At a place or in a first-level division of this name.
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Told by so many independent voices at least.
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_origins: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One JSON object an incident, one a line.
    Jsonl,
    /// To read on a terminal.
    Text,
}

const EXAMPLES: &str = "Examples:
  recount incidents news/
  recount incidents --format jsonl archive.jsonl.gz | jq 'select(.reports | length > 1)'
  recount incidents --type ASSAULT --country KAZ --min-origins 2 --why records.jsonl
  recount incidents --db unrest.recount --from 2024-05-01 --format text
  recount show i3f2a91c07be4 records.jsonl       one incident with its claims

Each report stands in the incident that it is about; what else it tells of stands in incidents of its own, with the
other reports that tell of it. `type` is null for a happening that is no conflict event. The order of the inputs does not
matter. A figure is a range of what was reported, never a confidence interval.";

/// Groups the inputs and prints the incidents.
pub fn run(args: &Incidents) -> Result<Outcome, String> {
    let format = args.format.unwrap_or(if printer::stdout_is_terminal() { Format::Text } else { Format::Jsonl });
    let mut account = Account::of(&args.given)?;
    let conflict = args.conflict || args.given.db.is_some() && !args.all;
    account.incidents.retain(|i| (!conflict || i.class.is_some()) && args.filters.let_through(i));
    let written = match format {
        Format::Jsonl => jsonl(&mut printer::raw(), &account.incidents),
        Format::Text => text(&mut printer::data(), &account, args.why),
    };
    match written {
        Err(e) if !printer::pipe_closed(&e) => return Err(format!("writing failed: {e}")),
        _ => {}
    }
    Ok(if account.failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

impl Filters {
    fn let_through(&self, i: &Incident) -> bool {
        let day = |d: &Option<String>| d.as_deref().and_then(|d| d.parse::<jiff::civil::Date>().ok());
        let place = |name: &String| {
            i.place.as_ref().is_some_and(|p| {
                [Some(p.name.as_str()), p.admin1.as_deref()].into_iter().flatten().any(|n| same_name(n, name))
            })
        };
        let country = |code: &String| {
            i.place.as_ref().and_then(|p| p.country.as_deref()).is_some_and(|c| c.eq_ignore_ascii_case(code))
        };
        self.from.is_none_or(|from| day(&i.end).is_some_and(|end| end >= from))
            && self.to.is_none_or(|to| day(&i.start).is_some_and(|start| start <= to))
            && self.country.as_ref().is_none_or(country)
            && self.class.as_ref().is_none_or(|c| i.class.as_deref().is_some_and(|d| d.eq_ignore_ascii_case(c)))
            && self.place.as_ref().is_none_or(place)
            && i.origins.len().max(1) >= self.min_origins
    }
}

fn same_name(a: &str, b: &str) -> bool {
    recount::gazetteer::fold::fold(a) == recount::gazetteer::fold::fold(b)
}

fn jsonl(out: &mut impl Write, incidents: &[Incident]) -> io::Result<()> {
    for incident in incidents {
        serde_json::to_writer(&mut *out, incident)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Incidents that several reports tell of, most first, each with its reports.
fn text(out: &mut impl Write, account: &Account, why: bool) -> io::Result<()> {
    let mut rows: Vec<&Incident> = account.incidents.iter().filter(|i| i.reports.len() > 1).collect();
    rows.sort_by_key(|i| std::cmp::Reverse(i.reports.len()));
    for incident in &rows {
        heading(out, incident)?;
        for tally in &incident.tallies {
            writeln!(out, "  {}", in_words(tally))?;
        }
        for report in &incident.reports {
            let told: BTreeSet<String> =
                incident.events.iter().filter(|t| t.report == *report).filter_map(|t| t.event.clone()).collect();
            let told = told.into_iter().collect::<Vec<_>>().join(" ");
            writeln!(out, "  {} {DIM}{told}{DIM:#}", title(account, report))?;
        }
        if why {
            for link in incident.links.iter().filter(|l| l.a.report != l.b.report) {
                let sides = [&link.a, &link.b].map(place_of).join(" – ");
                writeln!(out, "    {DIM}{sides} ({:.2}): {}{DIM:#}", link.score, link.reasons.join("; "))?;
            }
        }
        writeln!(out)?;
    }
    let (all, reports, voices) = (account.incidents.len(), account.reports, account.origins.len());
    let alone = all - rows.len();
    let disagree = account.incidents.iter().filter(|i| i.tallies.iter().any(|t| t.disagreement)).count();
    writeln!(
        out,
        "{BOLD}{reports} reports of {voices} origins, {all} incidents{BOLD:#}: {alone} told by one report alone, {disagree} \
         with figures that disagree"
    )
}

fn place_of(told: &Told) -> String {
    told.event.as_ref().map_or_else(|| told.report.clone(), |event| format!("{}/{event}", told.report))
}

/// One line that an incident is recognised by.
pub fn heading(out: &mut impl Write, i: &Incident) -> io::Result<()> {
    let class = match (&i.class, &i.mode) {
        (Some(class), Some(mode)) => format!("{class} ({mode})"),
        (Some(class), None) => class.clone(),
        (None, _) => "no conflict event".to_owned(),
    };
    let day = match (&i.start, &i.end) {
        (Some(a), Some(b)) if a != b => Some(format!("{a} to {b}")),
        (Some(a), _) => Some(a.clone()),
        _ => None,
    };
    let place = i.place.as_ref().map(|p| p.name.clone());
    let side =
        |names: &[String]| (!names.is_empty()).then(|| names.iter().take(2).cloned().collect::<Vec<_>>().join(", "));
    let sides = match (side(&i.actors), side(&i.targets)) {
        (Some(a), Some(t)) => Some(format!("{a} → {t}")),
        (Some(a), None) => Some(a),
        (None, Some(t)) => Some(format!("→ {t}")),
        (None, None) => None,
    };
    let status = i.status.clone().filter(|s| s != "happened");
    let voices = match i.origins.len() {
        0 => None,
        1 => Some("1 voice".to_owned()),
        n => Some(format!("{n} voices")),
    };
    let parts: Vec<String> = [status, place, day, sides, voices].into_iter().flatten().collect();
    writeln!(out, "{NAME}{}{NAME:#} {EVENT}{class}{EVENT:#} {BOLD}{}{BOLD:#}", i.id, parts.join(" · "))
}

/// A tally on one line: its range and what it rests on.
pub fn in_words(tally: &Tally) -> String {
    // The figure that the policy chose comes first, then what it lies between.
    let figure = match tally.best {
        Some(best) if tally.low != tally.high => best.to_string(),
        _ => crate::text::figure(tally.low, tally.best, tally.high),
    };
    let of = tally.of.as_ref().map(|of| format!(" of {of}")).unwrap_or_default();
    let range = match (tally.low, tally.high) {
        (Some(low), Some(high)) if low != high && tally.best.is_some() => format!(", reported from {low} to {high}"),
        _ => String::new(),
    };
    let voices = if tally.voices == 1 { "1 voice".to_owned() } else { format!("{} voices", tally.voices) };
    let disagree = if tally.disagreement { ", which disagree" } else { "" };
    format!("{COUNT}{figure} {}{of}{COUNT:#}{range} {DIM}{voices}{disagree} · {}{DIM:#}", tally.kind, tally.policy)
}

/// A report as people know it.
pub fn title(account: &Account, report: &str) -> String {
    let known = account.known(report);
    let rest: Vec<&str> =
        [Some(report), known.outlet.as_deref(), known.date.as_deref()].into_iter().flatten().collect();
    format!("{} {DIM}{}{DIM:#}", known.title, rest.join(" · "))
}
