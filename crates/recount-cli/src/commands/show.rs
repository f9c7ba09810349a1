//! `recount show`: one incident with its claims, each with its words and its source.

use super::incidents::{heading, in_words, title};
use crate::account::{Account, Given};
use crate::printer::{BOLD, COUNT, DIM, SPEAKER};
use crate::{Outcome, printer};
use recount::record::across::{Claim, Incident, Verification};
use std::io::{self, Write};

/// The command's options.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Show {
    /// Id of an incident, as `recount incidents` gives it; its beginning is enough where only one begins so.
    id: String,
    #[command(flatten)]
    given: Given,
    /// How to write it: `jsonl` gives the incident as `recount incidents` does.
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Jsonl,
    /// To read on a terminal.
    Text,
}

const EXAMPLES: &str = "Examples:
  recount incidents records.jsonl --format text
  recount show i3f2a91c07be4 records.jsonl
  recount show i3f2a91c07be4 --db unrest.recount --policy majority";

/// Groups the inputs and shows one incident.
pub fn run(args: &Show) -> Result<Outcome, String> {
    let account = Account::naming(&args.given, &args.id)?;
    let found: Vec<&Incident> = account.incidents.iter().filter(|i| i.id.starts_with(&args.id)).collect();
    let incident = match found.as_slice() {
        [one] => one,
        [] => return Err(format!("no incident {} in these inputs; `recount incidents` lists them", args.id)),
        many => return Err(format!("{} incidents begin with {}: give more of the id", many.len(), args.id)),
    };
    let written = match args.format {
        Format::Jsonl => serde_json::to_writer(printer::raw(), incident)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(printer::raw())),
        Format::Text => show(&mut printer::data(), &account, incident),
    };
    match written {
        Err(e) if !printer::pipe_closed(&e) => return Err(format!("writing failed: {e}")),
        _ => {}
    }
    Ok(if account.failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

fn show(out: &mut impl Write, account: &Account, incident: &Incident) -> io::Result<()> {
    heading(out, incident)?;
    writeln!(out, "\n{BOLD}Reports{BOLD:#}")?;
    for report in &incident.reports {
        let origin = account.origins.iter().find(|o| o.reports.contains(report));
        let copied = origin.filter(|o| o.earliest != *report).map(|o| format!(" copies {}", o.earliest));
        writeln!(out, "  {}{DIM}{}{DIM:#}", title(account, report), copied.unwrap_or_default())?;
    }
    writeln!(out, "\n{BOLD}Borne out{BOLD:#}\n  {}", borne_out(incident))?;
    writeln!(out, "\n{BOLD}Figures{BOLD:#}  {DIM}ranges of what was reported{DIM:#}")?;
    if incident.tallies.is_empty() {
        writeln!(out, "  {DIM}none{DIM:#}")?;
    }
    for tally in &incident.tallies {
        writeln!(out, "  {}", in_words(tally))?;
        if let Some(note) = &tally.note {
            writeln!(out, "    {DIM}{note}{DIM:#}")?;
        }
        for claim in &tally.claims {
            self::claim(out, claim)?;
        }
    }
    writeln!(out, "\n{BOLD}Why these are one{BOLD:#}")?;
    for link in incident.links.iter().filter(|l| l.a.report != l.b.report) {
        let sides = format!("{} – {}", link.a.report, link.b.report);
        writeln!(out, "  {sides} {DIM}{:.2}{DIM:#} {}", link.score, link.reasons.join("; "))?;
    }
    Ok(())
}

/// A row of a tally's table: the day, the figure, who says so, the words.
fn claim(out: &mut impl Write, claim: &Claim) -> io::Result<()> {
    let figure = crate::text::figure(claim.low, claim.best, claim.high);
    let source = match claim.said_by.is_empty() {
        true => "the outlet itself".to_owned(),
        false => claim.said_by.join(" > "),
    };
    let day = claim.date.as_deref().unwrap_or("no date");
    let why_not = claim.why_not.as_ref().map(|w| format!("  not counted: {w}")).unwrap_or_default();
    let why_not = if claim.inferred { format!("  tied to what the report is about{why_not}") } else { why_not };
    let (report, class) = (&claim.report, &claim.source_class);
    writeln!(
        out,
        "    {day:<10}  {COUNT}{figure:<12}{COUNT:#} {SPEAKER}{source}{SPEAKER:#} {DIM}{class} · {report}{why_not}{DIM:#}"
    )?;
    writeln!(out, "                {DIM}“{}”{DIM:#}", claim.words)
}

fn borne_out(incident: &Incident) -> String {
    let (reports, voices) = (incident.reports.len(), incident.origins.len());
    let level = match incident.verification {
        Verification::Unconfirmed => "unconfirmed",
        Verification::PartiallyCorroborated => "partially corroborated",
        Verification::Confirmed => "confirmed by a person",
        Verification::Disputed => "disputed",
        Verification::Rejected => "rejected by a person",
    };
    format!("{level}: {reports} reports, {voices} independent")
}
