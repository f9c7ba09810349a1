//! `recount audit`: whether a collection is as it was added.

use crate::{Outcome, printer};
use recount_store::{Access, Collection};
use std::io::Write;
use std::path::PathBuf;

/// Check that nothing in a collection was changed: the chained log, every text, every record, the file itself.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Audit {
    /// The collection.
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
    /// The hash that an earlier audit ended with: what the log held then must still be there.
    #[arg(long, value_name = "HASH")]
    pub noted: Option<String>,
}

const EXAMPLES: &str = "Examples:
  recount audit --db unrest.recount
  recount audit --db unrest.recount --noted 4f1c…

Note the last line's hash somewhere else: with it, a later audit also finds rows that were cut off the end.
Exit status: 0 nothing wrong, 1 something is wrong (named on standard output), 2 could not run.";

/// Checks, and says what is wrong where.
pub fn run(args: &Audit) -> Result<Outcome, String> {
    let collection = Collection::open(&args.db, Access::Read).map_err(|e| e.to_string())?;
    let audit = collection.audit(args.noted.as_deref()).map_err(|e| e.to_string())?;
    let mut out = printer::data();
    let written = (|| {
        for finding in &audit.findings {
            writeln!(out, "{}: {}", finding.place, finding.what)?;
        }
        if audit.untold > 0 {
            writeln!(out, "and {} more", audit.untold)?;
        }
        let verdict = if audit.clean() { "nothing wrong" } else { "not as it was written" };
        let (reports, records, decisions) = (audit.reports, audit.records, audit.decisions);
        writeln!(out, "{reports} reports, {records} records, {decisions} decisions: {verdict}")?;
        writeln!(out, "log: {} rows, the last with hash {}", audit.log, audit.head)
    })();
    match written {
        Err(e) if !printer::pipe_closed(&e) => return Err(format!("writing failed: {e}")),
        _ => {}
    }
    Ok(if audit.clean() { Outcome::Done } else { Outcome::SomeFailed })
}
