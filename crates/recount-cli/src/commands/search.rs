//! `recount search`: reports of a collection by their words and by what was read from them.

use crate::Outcome;
use crate::printer::{self, BOLD, DIM, NAME};
use recount_store::{Access, Collection, Hit, Query};
use std::io::Write;
use std::path::PathBuf;

/// Find reports in a collection by their words, and by what was read from them.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Search {
    /// The collection.
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
    /// Words that title or text must all have: "a phrase", begin*, this OR that, -not. None: all reports.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// First day of publication.
    #[arg(long, value_name = "DATE")]
    pub from: Option<jiff::civil::Date>,
    /// Last day of publication.
    #[arg(long, value_name = "DATE")]
    pub to: Option<jiff::civil::Date>,
    /// PLOVER type of an event in the report, as ASSAULT.
    #[arg(long = "type", value_name = "TYPE")]
    pub class: Option<String>,
    /// Status of an event in the report, as happened; with --type, of the same event.
    #[arg(long)]
    pub status: Option<String>,
    /// Country of a place in the report, as KAZ (ISO 3166-1 alpha-3).
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub country: Option<String>,
    /// Name of a place in the report.
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// The newest first, instead of the best.
    #[arg(long)]
    pub newest: bool,
    /// Older versions of reports too.
    #[arg(long)]
    pub versions: bool,
    /// How many to show.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// How to write them [default: text on a terminal, jsonl otherwise].
    #[arg(long, short, value_enum)]
    pub format: Option<Shape>,
}

const EXAMPLES: &str = "Examples:
  recount search --db unrest.recount 'air strike' --country SYR --from 2016-01-01
  recount search --db unrest.recount --type PROTEST --status threatened
  recount search --db unrest.recount --format jsonl '\"car bomb\" OR mortar* -market' | jq -r .id";

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shape {
    /// One JSON object a row, one a line.
    Jsonl,
    /// To read on a terminal.
    Text,
}

impl Shape {
    /// Text for eyes, JSONL for programs.
    pub fn for_stdout() -> Shape {
        if printer::stdout_is_terminal() { Shape::Text } else { Shape::Jsonl }
    }
}

fn country(code: &str) -> Result<String, String> {
    if code.len() == 3 && code.chars().all(|c| c.is_ascii_alphabetic()) {
        return Ok(code.to_uppercase());
    }
    Err("a country is three letters, as KAZ".to_owned())
}

/// Finds and writes.
pub fn run(args: &Search) -> Result<Outcome, String> {
    let collection = Collection::open(&args.db, Access::Read).map_err(|e| e.to_string())?;
    let query = Query {
        words: args.query.join(" "),
        from: args.from.map(|d| d.to_string()),
        to: args.to.map(|d| d.to_string()),
        class: args.class.clone(),
        status: args.status.clone(),
        country: args.country.clone(),
        place: args.place.clone(),
        newest: args.newest,
        versions: args.versions,
        limit: args.limit,
    };
    let found = collection.search(&query).map_err(|e| e.to_string())?;
    let shape = args.format.unwrap_or_else(Shape::for_stdout);
    let written = write(&found.hits, shape);
    match written {
        Err(e) if !printer::pipe_closed(&e) => return Err(format!("writing failed: {e}")),
        _ => {}
    }
    if found.hits.is_empty() {
        printer::hint("nothing found");
    } else if found.hits.len() < found.found {
        let more = if found.more { ", and older ones" } else { "" };
        printer::hint(&format!("{} of {} found{more}; --limit shows more", found.hits.len(), found.found));
    }
    Ok(Outcome::Done)
}

fn write(hits: &[Hit], shape: Shape) -> std::io::Result<()> {
    if shape == Shape::Jsonl {
        let mut out = printer::raw();
        for hit in hits {
            serde_json::to_writer(&mut out, hit)?;
            out.write_all(b"\n")?;
        }
        return out.flush();
    }
    let mut out = printer::data();
    for hit in hits {
        let day = hit.published.as_deref().unwrap_or("no day");
        let title = hit.title.as_deref().unwrap_or_default();
        write!(out, "{NAME}{}{NAME:#}  {day}", hit.id)?;
        if let Some(outlet) = &hit.outlet {
            write!(out, "  {DIM}{outlet}{DIM:#}")?;
        }
        writeln!(out, "  {title}\n    {}", marked(hit))?;
    }
    out.flush()
}

/// The snippet with its hits in bold, or in brackets where nothing can be bold.
fn marked(hit: &Hit) -> String {
    let bold = printer::stdout_is_terminal();
    let mut out = String::new();
    for (at, c) in hit.snippet.chars().chain([' ']).enumerate() {
        if hit.marks.iter().any(|m| m[1] == at) {
            out.push_str(&if bold { format!("{BOLD:#}") } else { "]".to_owned() });
        }
        if hit.marks.iter().any(|m| m[0] == at) {
            out.push_str(&if bold { format!("{BOLD}") } else { "[".to_owned() });
        }
        out.push(c);
    }
    out.trim_end().to_owned()
}
