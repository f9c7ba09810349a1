//! The README of an export: what the files are, how they were made, and by which conventions.

use crate::export::{Layout, Options, Profile, Runs};
use crate::files::Written;
use std::fmt::Write;

const METHOD: &str = "\
How it was made
  Every value was read from the words of a report; nothing is filled in. What the text does not say is empty.
  said_by is a chain of statements, the innermost speaker last. An empty chain means that the outlet says so in its
  own voice.
  score is the model's confidence in a row. It says nothing about whether the thing is true; how far an incident is
  borne out is in `verification`, from independent voices or a person's decision.
  Reports that go back to one author (an origin) are one voice, however many copied it.
  low and high of a tally are the range of reported figures. They are no confidence interval, and a sum of tallies is
  no estimate of a total: what nobody reported is not in them.
  Spans are half-open and count Unicode code points from 0, in the report's text or, where in_title is true, in its
  title.
";

const TABLES: &str = "\
The tables
  One row has one key, `id`, that stays the same from export to export: the report's id, a slash, and the row's id.
  Columns that refer to another table hold its keys (datapackage.json declares them).
  Lists (said_by, actors, content_spans, …) are JSON arrays in CSV, as [\"a\",\"b\"], and list columns in Parquet; spans are
  pairs of numbers in CSV and structs of start and end in Parquet.
  For programs without lists: `tellings`, `participants` and `mentions` have a row for each member, `speaker` names the
  innermost source, and `content` joins the pieces of a quotation by “ … ”.
  CSV is UTF-8 with commas, double quotes where needed, one header line, true/false, days as YYYY-MM-DD, empty for null.
  Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line end) has an apostrophe before
  it; take one apostrophe away from text that begins with apostrophes and then one of these to get what was there.
  Numbers are never changed.
";

/// The whole text.
pub fn text(options: &Options, runs: &Runs, files: &[Written]) -> String {
    let mut out = String::from("Reported events, with who said so\n=================================\n\n");
    if let Some(at) = &options.as_of {
        let _ = writeln!(out, "The collection as of {at}.\n");
    }
    out += match options.profile {
        Profile::Internal => {
            "Profile internal: everything is in it, also the names of private people. Not for publication.\n"
        }
        Profile::Public => crate::public::ABOUT,
    };
    out += "\nFiles\n";
    for file in files {
        let _ = writeln!(out, "  {:<32} {} ({} rows)", file.path, file.about, file.rows);
    }
    out += "  datapackage.json lists them with their schemas, lengths and SHA-256. codebook.md and codebook.csv describe every\n  column.\n\n";
    out += METHOD;
    if !runs.is_empty() {
        out += "\nMade by\n";
    }
    for (program, model, data) in runs {
        let _ = writeln!(out, "  {program}, model {model}, data {data}");
    }
    let has = |layouts: &[Layout]| options.layouts.iter().any(|l| layouts.contains(l));
    if has(&[Layout::Csv, Layout::Parquet]) {
        let _ = write!(out, "\n{TABLES}");
    }
    for layout in Layout::ALL.into_iter().filter(|l| options.layouts.contains(l)) {
        if let Some(conventions) = crate::layouts::conventions(layout) {
            let _ = write!(out, "\n{conventions}");
        }
    }
    out += "\nPlaces\n  Names, ids and coordinates of places are from GeoNames (geonames.org), CC BY 4.0. Texts and quotations remain their\n  publishers'.\n";
    out
}
