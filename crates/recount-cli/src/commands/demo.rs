//! `recount demo`: the whole way on a report that the program carries.

use super::code::{Writer, format_for_stdout};
use crate::args::{Demo, Format};
use crate::{Outcome, printer};
use recount::Reader;
use recount::intake::{Article, Source};

/// A report written for this: invented town, invented people.
const REPORT: &str = include_str!("../../../../examples/harbour.txt");

/// Reads the carried report and shows its record.
pub fn run(args: &Demo) -> Result<Outcome, String> {
    let reader = Reader::open_for(super::cores().get()).map_err(|e| e.to_string())?;
    let source = Source { name: Some("harbour.txt"), ..Source::default() };
    let article = Article::from_plain(REPORT.as_bytes(), &source).map_err(|e| e.to_string())?;
    let record = reader.record(&reader.read(article));
    let format = args.format.unwrap_or_else(format_for_stdout);
    let mut writer = Writer::of(format);
    let outcome = writer.begin().and_then(|()| writer.record(&record)).and_then(|()| writer.end());
    match outcome {
        Err(e) if !printer::pipe_closed(&e) => return Err(format!("writing failed: {e}")),
        _ => {}
    }
    if format == Format::Text {
        printer::hint(
            "this report is carried by the program; now try: recount code FILE, or recount demo --format html > demo.html",
        );
    }
    Ok(Outcome::Done)
}
