//! `recount code`: reports in, records out.

use crate::args::{Code, Format};
use crate::caught::caught;
use crate::files::{Settings, Unit, Units, size_of};
use crate::{Outcome, page, printer, text, work};
use recount::record::Record;
use recount::{Document, Reader};
use std::io::{self, Write};

/// Reads the inputs and writes their records in order.
pub fn run(args: &Code) -> Result<Outcome, String> {
    let threads = args.threads.unwrap_or_else(super::cores);
    let table = super::table_told(args.dry_run);
    let units = Units::with(&args.files, Settings { columns: args.column.clone(), table, ..Settings::default() });
    if args.dry_run {
        return dry_run(units, threads, args.published);
    }
    let reader = Reader::open_for(threads.get()).map_err(|e| e.to_string())?;
    let passed = units.passed.clone();
    let bar = printer::progress(size_of(&args.files));
    let progress = units.progress.clone();
    let mut writer = Writer::of(args.format.unwrap_or_else(format_for_stdout));
    let (mut read, mut failed) = (0u64, 0u64);
    let read_one = |unit: Unit| {
        let place = unit.name.clone();
        let record = record_of(unit, args.published, &reader).map(|r| if args.redact { r.redacted() } else { r });
        (place, record)
    };
    let outcome = writer.begin().and_then(|()| {
        work::in_order(units, threads, read_one, |(place, record)| {
            bar.set_position(progress.bytes());
            match record {
                Ok(record) => {
                    read += 1;
                    bar.set_message(format!("{read} reports"));
                    writer.record(&record)
                }
                Err(reason) => {
                    failed += 1;
                    bar.suspend(|| printer::complain(&format!("{place}: {reason}; skipped")));
                    Ok(())
                }
            }
        })
    });
    let outcome = outcome.and_then(|()| writer.end());
    bar.finish_and_clear();
    match outcome {
        // Whoever reads the pipe has seen enough: not an error of ours.
        Err(e) if printer::pipe_closed(&e) => return Ok(if failed > 0 { Outcome::SomeFailed } else { Outcome::Done }),
        Err(e) => return Err(format!("writing failed: {e}")),
        Ok(()) => {}
    }
    if !passed.told().is_empty() {
        printer::hint(&format!("passed over: {}", passed.told()));
    }
    if read == 0 && failed == 0 {
        printer::hint("no reports in the input");
    }
    if failed > 0 {
        printer::hint(&format!("{read} reports read, {failed} skipped"));
        return Ok(Outcome::SomeFailed);
    }
    Ok(Outcome::Done)
}

/// Reads the inputs as far as their articles and says what there is.
fn dry_run(
    units: Units,
    threads: std::num::NonZeroUsize,
    published: Option<jiff::civil::Date>,
) -> Result<Outcome, String> {
    let passed = units.passed.clone();
    let (mut read, mut dated, mut letters, mut failed) = (0u64, 0u64, 0u64, 0u64);
    let read_one = |unit: Unit| {
        let place = unit.name.clone();
        (place, caught(|| unit.article(published)))
    };
    let outcome = work::in_order(units, threads, read_one, |(place, article)| {
        match article {
            Ok(article) => {
                read += 1;
                dated += u64::from(article.published.best.is_some());
                letters += article.text.chars().count() as u64;
            }
            Err(reason) => {
                failed += 1;
                printer::complain(&format!("{place}: {reason}; would be skipped"));
            }
        }
        Ok::<(), std::convert::Infallible>(())
    });
    let Ok(()) = outcome;
    if !passed.told().is_empty() {
        printer::hint(&format!("would be passed over: {}", passed.told()));
    }
    printer::hint(&format!(
        "{read} reports would be read ({dated} with a date, {letters} characters), {failed} skipped"
    ));
    Ok(if failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

/// Text for eyes, JSONL for programs.
pub fn format_for_stdout() -> Format {
    if printer::stdout_is_terminal() { Format::Text } else { Format::Jsonl }
}

/// The document of one unit, or why there is none.
pub fn document_of(unit: Unit, published: Option<jiff::civil::Date>, reader: &Reader) -> Result<Document, String> {
    caught(|| unit.article(published).map(|article| reader.read(article)))
}

fn record_of(unit: Unit, published: Option<jiff::civil::Date>, reader: &Reader) -> Result<Record, String> {
    caught(|| unit.article(published).map(|article| reader.record(&reader.read(article))))
}

/// Writes records in one format to standard output.
pub enum Writer {
    Jsonl(Box<dyn Write>),
    Text(Box<dyn Write>),
    Html(Box<dyn Write>),
}

impl Writer {
    pub fn of(format: Format) -> Writer {
        match format {
            Format::Jsonl => Writer::Jsonl(Box::new(printer::raw())),
            Format::Text => Writer::Text(Box::new(printer::data())),
            Format::Html => Writer::Html(Box::new(printer::raw())),
        }
    }

    pub fn begin(&mut self) -> io::Result<()> {
        match self {
            Writer::Html(out) => page::begin(out),
            _ => Ok(()),
        }
    }

    pub fn record(&mut self, record: &Record) -> io::Result<()> {
        match self {
            Writer::Jsonl(out) => {
                serde_json::to_writer(&mut *out, record)?;
                out.write_all(b"\n")
            }
            Writer::Text(out) => text::write(out, record),
            Writer::Html(out) => page::report(out, record),
        }
    }

    pub fn end(&mut self) -> io::Result<()> {
        match self {
            Writer::Html(out) => page::end(out).and_then(|()| out.flush()),
            Writer::Jsonl(out) | Writer::Text(out) => out.flush(),
        }
    }
}
