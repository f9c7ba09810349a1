//! `recount incidents`: which reports tell of the same happening.

use crate::printer::{BOLD, DIM, EVENT, NAME};
use crate::{Outcome, printer, records};
use recount::reconcile::incidents::{Collection, Report};
use recount::reconcile::origins::{Sketch, origins};
use recount::record::across::{Incident, Origin, Told};
use recount::record::{Range, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

/// The command's options.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Incidents {
    /// Text, HTML or JSONL files, or records that `recount code` wrote; folders of them, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// How to write the incidents [default: text on a terminal, jsonl otherwise].
    #[arg(long, short, value_enum)]
    format: Option<Format>,
    /// Day of publication where the input states none, as 2022-01-08.
    #[arg(long, value_name = "DATE")]
    published: Option<jiff::civil::Date>,
    /// Reports read at once [default: one a core]. The output is the same for any number.
    #[arg(long, short = 'j', value_name = "N")]
    threads: Option<std::num::NonZeroUsize>,
    /// Happenings that are no conflict events as well. This is so without asking where inputs are read straight: it is
    /// there to say it, and against --conflict.
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
  recount show i3f2a91c07be4 records.jsonl       one incident with its claims

Each report stands in the incident that it is about; what else it tells of stands in incidents of its own, with the
other reports that tell of it. `type` is null for a happening that is no conflict event. Nothing is kept, and the order
of the inputs does not matter.";

/// What grouping and showing need of one record.
pub struct Slim {
    report: Report,
    sketch: Sketch,
    known: Known,
    claims: Vec<Claim>,
}

/// What people know a report by.
pub struct Known {
    pub title: String,
    pub outlet: Option<String>,
    pub date: Option<String>,
}

/// A figure of a report, with its words and who says it.
pub struct Claim {
    /// Event's row.
    pub event: Option<String>,
    pub kind: String,
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
    pub words: String,
    pub said_by: Vec<String>,
}

/// Everything that a set of inputs comes to.
pub struct Account {
    pub incidents: Vec<Incident>,
    pub origins: Vec<Origin>,
    pub known: BTreeMap<String, Known>,
    pub claims: BTreeMap<String, Vec<Claim>>,
    pub counts: records::Counts,
}

/// Reads inputs and groups what they tell. Claims are kept where they are `wanted`.
pub fn account(
    inputs: &[PathBuf],
    published: Option<jiff::civil::Date>,
    threads: Option<std::num::NonZeroUsize>,
    wanted: bool,
) -> Result<Account, String> {
    let threads = threads.unwrap_or_else(super::cores);
    let (mut reports, mut sketches) = (Vec::new(), Vec::new());
    let (mut known, mut claims) = (BTreeMap::new(), BTreeMap::new());
    let slim = |record: &Record| Slim {
        report: Report::of(record),
        sketch: Sketch::of(record),
        known: known_by(record),
        claims: if wanted { claims_of(record) } else { Vec::new() },
    };
    let counts = records::each(inputs, published, threads, slim, |row: Slim| {
        let id = row.report.id.to_string();
        claims.insert(id.clone(), row.claims);
        known.insert(id, row.known);
        reports.push(row.report);
        sketches.push(row.sketch);
    })?;
    let origins = origins(sketches);
    let of: BTreeMap<&str, &str> =
        origins.iter().flat_map(|o| o.reports.iter().map(|r| (r.as_str(), o.id.as_str()))).collect();
    let incidents = Collection::of(reports, &[]).incidents(&|report| of.get(report).map(|o| (*o).to_owned()));
    Ok(Account { incidents, origins, known, claims, counts })
}

/// Groups the inputs and prints the incidents.
pub fn run(args: &Incidents) -> Result<Outcome, String> {
    let format = args.format.unwrap_or(if printer::stdout_is_terminal() { Format::Text } else { Format::Jsonl });
    let mut account = account(&args.inputs, args.published, args.threads, false)?;
    account.incidents.retain(|i| (!args.conflict || i.class.is_some()) && args.filters.let_through(i));
    let written = match format {
        Format::Jsonl => jsonl(&mut printer::raw(), &account.incidents),
        Format::Text => text(&mut printer::data(), &account, args.why),
    };
    match written {
        Err(e) if !printer::pipe_closed(&e) => return Err(format!("writing failed: {e}")),
        _ => {}
    }
    Ok(if account.counts.failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
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
    let alone = account.incidents.len() - rows.len();
    let reports = account.known.len();
    writeln!(
        out,
        "{BOLD}{reports} reports, {} incidents{BOLD:#}, {alone} of them told by one report alone",
        account.incidents.len()
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

/// A report as people know it.
pub fn title(account: &Account, report: &str) -> String {
    let known = account.known.get(report);
    let rest = known.map(|k| [k.outlet.as_deref(), k.date.as_deref()]).unwrap_or_default();
    let rest: Vec<&str> = [Some(report)].into_iter().chain(rest).flatten().collect();
    format!("{} {DIM}{}{DIM:#}", known.map_or("", |k| &k.title), rest.join(" · "))
}

fn known_by(record: &Record) -> Known {
    let line = record.title.as_deref().unwrap_or_else(|| record.text.trim_start().lines().next().unwrap_or_default());
    let title = line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(70).collect();
    Known { title, outlet: record.outlet.clone(), date: record.published.best.clone() }
}

/// The figures of a record, each with the line or sentence around it.
fn claims_of(record: &Record) -> Vec<Claim> {
    let name = |statement: &String| -> Option<String> {
        let source = record.statements.iter().find(|s| s.id == *statement)?.source.as_ref()?;
        let entity = source.entity.as_ref().and_then(|e| record.entities.iter().find(|x| x.id == *e));
        Some(entity.map_or_else(|| format!("unnamed {}", source.class), |e| e.name.clone()))
    };
    let claim = |c: &recount::record::Count| {
        let text = if c.within_title.is_some() { record.title.as_deref().unwrap_or_default() } else { &record.text };
        Claim {
            event: c.event.clone(),
            kind: c.kind.clone(),
            low: c.low,
            best: c.best,
            high: c.high,
            words: sentence(text, c.span),
            said_by: c.said_by.iter().filter_map(name).collect(),
        }
    };
    record.counts.iter().map(claim).collect()
}

/// The sentence around a span, roughly: to the stops on both sides, at most some forty words.
fn sentence(text: &str, span: Range) -> String {
    let chars: Vec<char> = text.chars().collect();
    let stop = |at: usize| {
        chars[at] == '\n'
            || (matches!(chars[at], '.' | '!' | '?') && chars.get(at + 1).is_none_or(|c| c.is_whitespace()))
    };
    let [a, b] = span.map(|x| x.min(chars.len()));
    let from = (a.saturating_sub(140)..a).rev().find(|at| stop(*at)).map_or(a.saturating_sub(140), |at| at + 1);
    let to = (b..(b + 140).min(chars.len())).find(|at| stop(*at)).map_or((b + 140).min(chars.len()), |at| at + 1);
    chars[from..to].iter().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
