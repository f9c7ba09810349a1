//! What can be asked on the command line.

use crate::commands;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads news reports of unrest and conflict and keeps, for everything reported, who said it.
#[derive(Debug, Parser)]
#[command(name = "recount", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Args {
    /// Colour on a terminal: NO_COLOR and pipes switch it off by themselves.
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true)]
    pub color: Color,
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "Examples:
  recount demo                                 the whole thing on a report that the program carries
  recount code report.txt                      who says what, what happened, how many, who is who
  recount code --format jsonl news/ > out.jsonl
  recount code --format html *.html > page.html
  recount explain report.txt v3                why event v3 stands in the record
  recount origins news/                        which reports are copies of one story
  recount incidents news/                      which reports tell of the same happening
  recount add --db unrest.recount news/        keep reports and records in one file
  recount export --db unrest.recount --to out  tables for R, Python, Stata and Spark

Exit status: 0 done, 1 some inputs failed (named on standard error), 2 could not run.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports and write records.
    Code(Code),
    /// Show what Recount does, on a report that it carries.
    Demo(Demo),
    /// Print the JSON Schema of the record.
    Schema,
    /// Print why a value is there: its words, what made it, its score, what was dropped.
    Explain(Explain),
    /// Print which reports go back to one author, and who copied what.
    Origins(crate::commands::origins::Origins),
    /// Say which reports tell of the same happening.
    Incidents(crate::commands::incidents::Incidents),
    /// Show one incident with its claims.
    Show(crate::commands::show::Show),
    /// Write tables and the layouts of the field.
    Export(crate::commands::export::Export),
    Add(commands::add::Add),
    Watch(commands::watch::Watch),
    Reread(commands::reread::Reread),
    Search(commands::search::Search),
    Decide(commands::decide::Decide),
    Audit(commands::audit::Audit),
}

#[derive(Debug, clap::Args)]
#[command(after_help = CODE_EXAMPLES)]
pub struct Code {
    /// Files, folders of them, or - for standard input. Read as what they hold, whatever their names: text, HTML, JSONL,
    /// CSV and TSV, Parquet, RSS, Atom and JSON Feed, web archives (WARC, ARC, WACZ); gzip and zstd of each but Parquet
    /// and WACZ.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How to write the records [default: text on a terminal, jsonl otherwise].
    #[arg(long, short, value_enum)]
    pub format: Option<Format>,
    /// Day of publication where the input states none, as 2022-01-08.
    #[arg(long, value_name = "DATE")]
    pub published: Option<jiff::civil::Date>,
    /// Which column of a table holds what, as text=body: text, html, title, published, uri, id, outlet, credit.
    /// May be given several times; without it columns are found by their names.
    #[arg(long, value_name = "FIELD=NAME", value_parser = column)]
    pub column: Vec<(recount::intake::table::Field, String)>,
    /// Read the inputs without analysing them: say what was understood of each table, what would be read and what not.
    #[arg(long)]
    pub dry_run: bool,
    /// Reports read at once [default: one a core]. The output is the same for any number.
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
    /// Mask the names of private people (victims, witnesses, protesters) in everything written.
    #[arg(long)]
    pub redact: bool,
}

const CODE_EXAMPLES: &str = "Examples:
  recount code report.txt
  recount code --published 2015-06-09 --format jsonl wire.txt | jq .counts
  recount code --format jsonl archive.jsonl.gz > records.jsonl
  recount code --format jsonl crawl.warc.gz feed.xml > records.jsonl
  recount code --dry-run --column text=Inhalt --column title=Kopf articles.csv
  curl -s https://example.org/story.html | recount code --format html - > story-read.html

A JSONL line has `text` or `html`, and may have `id`, `title`, `published` and `uri`.
A table's first row names its columns. An entry of a feed, a row of a table and a page of a web archive
are one report each; what is broken is named by its entry, line or record, and the rest is read.
Records come in the order of the inputs.";

#[derive(Debug, clap::Args)]
pub struct Demo {
    /// How to write the record [default: text on a terminal, jsonl otherwise].
    #[arg(long, short, value_enum)]
    pub format: Option<Format>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  recount explain report.txt s2\n\nIds are those of `recount code FILE`.")]
pub struct Explain {
    /// The report, as given to `recount code`.
    pub file: PathBuf,
    /// A row's id, such as s2, v3, c1, e4, p1, t2 or r5; for JSONL with many reports, REPORT/ROW.
    pub id: String,
    /// Day of publication where the input states none, as 2022-01-08.
    #[arg(long, value_name = "DATE")]
    pub published: Option<jiff::civil::Date>,
}

/// Reads `text=body`.
pub fn column(given: &str) -> Result<(recount::intake::table::Field, String), String> {
    use recount::intake::table::Field;
    let fields = || Field::ALL.map(Field::name).join(", ");
    let (field, name) =
        given.split_once('=').ok_or_else(|| format!("write FIELD=NAME; the fields are {}", fields()))?;
    let known = Field::ALL.into_iter().find(|f| f.name() == field);
    let field = known.ok_or_else(|| format!("`{field}` is no field; the fields are {}", fields()))?;
    Ok((field, name.to_owned()))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON object a report, one a line.
    Jsonl,
    /// To read on a terminal.
    Text,
    /// One self-contained page with every value tied to its words.
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes the choice hold for everything that is printed.
    pub fn apply(self) {
        let choice = match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        super::Args::command().debug_assert();
    }
}
