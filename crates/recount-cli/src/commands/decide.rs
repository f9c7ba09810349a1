//! `recount decide`: what a person decides about a collection, a new row each time.

use super::search::Shape;
use crate::{Outcome, printer};
use recount::record::across::{Decision, Told, Verdict, Verification};
use recount_store::{Access, Collection};
use std::io::Write;
use std::path::PathBuf;

/// Decide about incidents and rows of a collection: a new row each time, with who and why; nothing is overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Decide {
    /// The collection.
    #[arg(long, value_name = "FILE", global = true)]
    pub db: Option<PathBuf>,
    /// Who decides.
    #[arg(long, value_name = "NAME", global = true)]
    pub by: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", global = true)]
    pub reason: Option<String>,
    /// When, for runs that must give the same bytes [default: now].
    #[arg(long, value_name = "TIME", global = true)]
    pub at: Option<jiff::Timestamp>,
    /// Show all decisions in their order.
    #[arg(long)]
    pub list: bool,
    /// How to write decisions [default: text on a terminal, jsonl otherwise].
    #[arg(long, short, value_enum, global = true)]
    pub format: Option<Shape>,
    #[command(subcommand)]
    pub what: Option<What>,
}

const EXAMPLES: &str = "Examples:
  recount decide --db unrest.recount merge g7/v1 h2/v3 --by 'J. Doe' --reason 'same bus, same road'
  recount decide --db unrest.recount verify g7/v1 confirmed --by 'J. Doe' --reason 'video, geolocated'
  recount decide --db unrest.recount reject g7/c2 --by 'J. Doe' --reason 'an age, not a toll'
  recount decide --db unrest.recount correct g7/c1 best 12 --by 'J. Doe' --reason 'misprint'
  recount decide --db unrest.recount --list

A row is REPORT/ROW, as g7/v1: the report's id and the id of a row of its record.
Of two decisions that contradict one another the later holds.";

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// These two tellings are of the same happening.
    Merge { a: String, b: String },
    /// These two tellings are not of the same happening.
    Split { a: String, b: String },
    /// How far a happening is borne out, whatever the reports come to.
    Verify { event: String, level: Level },
    /// A row of a record is right as it is.
    Accept { row: String },
    /// A row of a record is wrong, and bears on nothing.
    Reject { row: String },
    /// A field of a row has another value, given as JSON or as a plain word.
    Correct { row: String, field: String, value: String },
    /// An entity is masked in every output.
    Redact { entity: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Level {
    Unconfirmed,
    PartiallyCorroborated,
    Confirmed,
    Disputed,
    Rejected,
}

impl Level {
    fn verification(self) -> Verification {
        match self {
            Level::Unconfirmed => Verification::Unconfirmed,
            Level::PartiallyCorroborated => Verification::PartiallyCorroborated,
            Level::Confirmed => Verification::Confirmed,
            Level::Disputed => Verification::Disputed,
            Level::Rejected => Verification::Rejected,
        }
    }
}

/// Adds a decision, or lists them.
pub fn run(args: &Decide) -> Result<Outcome, String> {
    let db = args.db.as_ref().ok_or("which collection? --db FILE")?;
    let decisions = match (&args.what, args.list) {
        (None, true) => {
            let collection = Collection::open(db, Access::Read).map_err(|e| e.to_string())?;
            collection.decisions().map_err(|e| e.to_string())?
        }
        (Some(what), false) => {
            let said = |words: &Option<String>, name: &str| match words.as_deref().map(str::trim) {
                Some(words) if !words.is_empty() => Ok(words.to_owned()),
                _ => Err(format!("a decision needs --{name}: it stands in the collection for good")),
            };
            let (by, reason) = (said(&args.by, "by NAME")?, said(&args.reason, "reason TEXT")?);
            let mut collection = Collection::open(db, Access::Write).map_err(|e| e.to_string())?;
            let verdict = verdict(what, &collection)?;
            let at = super::time(args.at);
            vec![collection.decide(verdict, &by, &reason, &at).map_err(|e| e.to_string())?]
        }
        _ => return Err("say what to decide (merge, split, verify, accept, reject, correct, redact), or --list".into()),
    };
    match write(&decisions, args.format.unwrap_or_else(Shape::for_stdout)) {
        Err(e) if !printer::pipe_closed(&e) => Err(format!("writing failed: {e}")),
        _ => Ok(Outcome::Done),
    }
}

/// `REPORT/ROW` in its parts: the row's id has no slash, a report's may have.
fn parts(row: &str) -> Result<(String, String), String> {
    let parts = row.rsplit_once('/').filter(|(report, row)| !report.is_empty() && !row.is_empty());
    let (report, row) = parts.ok_or_else(|| format!("{row} is no row: a row is REPORT/ROW, as g7/v1"))?;
    Ok((report.to_owned(), row.to_owned()))
}

fn verdict(what: &What, collection: &Collection) -> Result<Verdict, String> {
    let told = |row: &str| -> Result<Told, String> {
        // An incident stands for its first telling.
        if let Some(incident) = collection.incident(row).map_err(|e| e.to_string())?
            && let Some(first) = incident.events.into_iter().next()
        {
            return Ok(first);
        }
        let (report, event) = parts(row)?;
        collection.telling(&report, &event).map_err(|e| e.to_string())
    };
    Ok(match what {
        What::Merge { a, b } => Verdict::Merge { a: told(a)?, b: told(b)? },
        What::Split { a, b } => Verdict::Split { a: told(a)?, b: told(b)? },
        What::Verify { event, level } => Verdict::Verify { told: told(event)?, level: level.verification() },
        What::Accept { row } => parts(row).map(|(report, row)| Verdict::Accept { report, row })?,
        What::Reject { row } => parts(row).map(|(report, row)| Verdict::Reject { report, row })?,
        What::Correct { row, field, value } => {
            let (report, row) = parts(row)?;
            let value = serde_json::from_str(value).unwrap_or_else(|_| serde_json::Value::from(value.as_str()));
            Verdict::Correct { report, row, field: field.clone(), value }
        }
        What::Redact { entity } => parts(entity).map(|(report, entity)| Verdict::Redact { report, entity })?,
    })
}

fn write(decisions: &[Decision], shape: Shape) -> std::io::Result<()> {
    if shape == Shape::Jsonl {
        let mut out = printer::raw();
        for decision in decisions {
            serde_json::to_writer(&mut out, decision)?;
            out.write_all(b"\n")?;
        }
        return out.flush();
    }
    let mut out = printer::data();
    for d in decisions {
        writeln!(out, "{}  {}  {}: {}\n    {}", d.id, d.at, d.by, words(&d.verdict), d.reason)?;
    }
    out.flush()
}

/// A verdict in words.
fn words(verdict: &Verdict) -> String {
    let told = |t: &Told| format!("{}/{}", t.report, t.event.as_deref().unwrap_or("no event"));
    match verdict {
        Verdict::Merge { a, b } => format!("{} and {} are the same", told(a), told(b)),
        Verdict::Split { a, b } => format!("{} and {} are not the same", told(a), told(b)),
        Verdict::Verify { told: t, level } => {
            let level = serde_json::to_value(level).ok().and_then(|l| l.as_str().map(str::to_owned));
            format!("{} is {}", told(t), level.unwrap_or_default())
        }
        Verdict::Accept { report, row } => format!("{report}/{row} is right"),
        Verdict::Reject { report, row } => format!("{report}/{row} is wrong"),
        Verdict::Correct { report, row, field, value } => format!("{field} of {report}/{row} is {value}"),
        Verdict::Redact { report, entity } => format!("{report}/{entity} is masked"),
    }
}
