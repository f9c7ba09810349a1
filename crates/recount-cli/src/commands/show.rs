//! `recount show`: one incident with its claims, each with its words and its source.

use super::incidents::{Account, account, heading, title};
use crate::printer::{BOLD, COUNT, DIM, SPEAKER};
use crate::{Outcome, printer};
use recount::record::across::Incident;
use std::io::{self, Write};
use std::path::PathBuf;

/// The command's options.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Show {
    /// Id of an incident, as `recount incidents` gives it; its beginning is enough where only one begins so.
    id: String,
    /// The inputs that were grouped: reports, or records of `recount code`.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Day of publication where the input states none, as 2022-01-08.
    #[arg(long, value_name = "DATE")]
    published: Option<jiff::civil::Date>,
    /// Reports read at once [default: one a core].
    #[arg(long, short = 'j', value_name = "N")]
    threads: Option<std::num::NonZeroUsize>,
}

const EXAMPLES: &str = "Examples:
  recount incidents records.jsonl --format text
  recount show i3f2a91c07be4 records.jsonl";

/// Groups the inputs and shows one incident.
pub fn run(args: &Show) -> Result<Outcome, String> {
    let account = account(&args.inputs, args.published, args.threads, true)?;
    let found: Vec<&Incident> = account.incidents.iter().filter(|i| i.id.starts_with(&args.id)).collect();
    let incident = match found.as_slice() {
        [one] => one,
        [] => return Err(format!("no incident {} in these inputs; `recount incidents` lists them", args.id)),
        many => return Err(format!("{} incidents begin with {}: give more of the id", many.len(), args.id)),
    };
    match show(&mut printer::data(), &account, incident) {
        Err(e) if !printer::pipe_closed(&e) => return Err(format!("writing failed: {e}")),
        _ => {}
    }
    Ok(if account.counts.failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

fn show(out: &mut impl Write, account: &Account, incident: &Incident) -> io::Result<()> {
    heading(out, incident)?;
    writeln!(out, "\n{BOLD}Reports{BOLD:#}")?;
    for report in &incident.reports {
        let origin = account.origins.iter().find(|o| o.reports.contains(report));
        let copied = origin.filter(|o| o.earliest != *report).map(|o| format!(" copies {}", o.earliest));
        writeln!(out, "  {}{DIM}{}{DIM:#}", title(account, report), copied.unwrap_or_default())?;
    }
    writeln!(out, "\n{BOLD}Claims{BOLD:#}")?;
    let mut any = false;
    for report in &incident.reports {
        let of_incident = |event: &Option<String>| {
            incident.events.iter().any(|t| t.report == *report && t.event.is_some() && t.event == *event)
        };
        let claims = account.claims.get(report).map(Vec::as_slice).unwrap_or_default();
        for claim in claims.iter().filter(|c| of_incident(&c.event)) {
            any = true;
            let figure = crate::text::figure(claim.low, claim.best, claim.high);
            let source =
                if claim.said_by.is_empty() { "the outlet itself".to_owned() } else { claim.said_by.join(", by ") };
            let date = account.known.get(report).and_then(|k| k.date.clone()).unwrap_or_default();
            writeln!(
                out,
                "  {COUNT}{figure} {}{COUNT:#}  {SPEAKER}{source}{SPEAKER:#}  {DIM}{report} {date}{DIM:#}",
                claim.kind
            )?;
            writeln!(out, "      “{}”", claim.words)?;
        }
    }
    if !any {
        writeln!(out, "  {DIM}no figures{DIM:#}")?;
    }
    writeln!(out, "\n{BOLD}Why these are one{BOLD:#}")?;
    for link in incident.links.iter().filter(|l| l.a.report != l.b.report) {
        let sides = format!("{} – {}", link.a.report, link.b.report);
        writeln!(out, "  {sides} {DIM}{:.2}{DIM:#} {}", link.score, link.reasons.join("; "))?;
    }
    Ok(())
}
