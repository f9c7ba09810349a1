//! `recount explain`: why a value is there.

use super::code::document_of;
use crate::args::Explain;
use crate::files::Units;
use crate::printer::{BOLD, DIM};
use crate::{Outcome, printer};
use recount::explain::{Explanation, explain};
use recount::{Document, Reader};
use std::io::{self, Write};

/// Explains one row of one report.
pub fn run(args: &Explain) -> Result<Outcome, String> {
    let reader = Reader::open_for(super::cores().get()).map_err(|e| e.to_string())?;
    let (report, row) = match args.id.rsplit_once('/') {
        Some((report, row)) => (Some(report), row),
        None => (None, args.id.as_str()),
    };
    for unit in Units::of(std::slice::from_ref(&args.file)) {
        let place = unit.name.clone();
        let document = match document_of(unit, args.published, &reader) {
            Ok(document) => document,
            Err(reason) if report.is_none() => return Err(format!("{place}: {reason}")),
            Err(_) => continue,
        };
        if report.is_some_and(|id| id != document.article.id) {
            continue;
        }
        let explanation = explain(&document, row)
            .ok_or_else(|| format!("{place} has no row {row}; `recount code` shows the ids of a report's rows"))?;
        return match write(&mut printer::data(), &document, &explanation) {
            Err(e) if !printer::pipe_closed(&e) => Err(format!("writing failed: {e}")),
            _ => Ok(Outcome::Done),
        };
    }
    Err(match report {
        Some(id) => format!("{} has no report {id}", args.file.display()),
        None => format!("{} holds no report", args.file.display()),
    })
}

fn write(out: &mut impl Write, document: &Document, explanation: &Explanation<'_>) -> io::Result<()> {
    let quote = |span| document.text.words(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let evidence = explanation.evidence;
    writeln!(out, "{BOLD}{}{BOLD:#}", explanation.row)?;
    for (label, span) in &explanation.values {
        match span {
            Some(span) => writeln!(out, "  {label}: “{}”", quote(*span))?,
            None => writeln!(out, "  {label}")?,
        }
    }
    writeln!(out, "  {DIM}made by{DIM:#} {}  {DIM}score{DIM:#} {:.2}", evidence.by, evidence.score)?;
    for span in &evidence.spans {
        writeln!(out, "  {DIM}decided by{DIM:#} “{}”", quote(*span))?;
    }
    if let Some(from) = &evidence.inferred {
        writeln!(out, "  {DIM}inferred from{DIM:#} {from}")?;
    }
    for dropped in &evidence.dropped {
        let score = dropped.score.map(|s| format!(" (score {s:.2})")).unwrap_or_default();
        writeln!(out, "  {DIM}dropped{DIM:#} {}{score}: {}", dropped.what, dropped.why)?;
    }
    Ok(())
}
