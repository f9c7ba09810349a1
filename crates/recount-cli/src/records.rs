//! Inputs → records, read where they are reports and taken as they are where they are records already.

use crate::caught::caught;
use crate::files::{Unit, Units, size_of};
use crate::{printer, work};
use recount::Reader;
use recount::record::Record;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::OnceLock;

/// How many inputs gave a record, and how many none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub read: u64,
    pub failed: u64,
}

/// Makes a slim row of each record of the inputs and hands it on, in order. An input that fails is named on standard
/// error, and the rest goes on. The weights are opened only where something has to be read.
pub fn each<T: Send>(
    inputs: &[PathBuf],
    published: Option<jiff::civil::Date>,
    threads: NonZeroUsize,
    slim: impl Fn(&Record) -> T + Sync,
    mut take: impl FnMut(T),
) -> Result<Counts, String> {
    let units = Units::of(inputs);
    let bar = printer::progress(size_of(inputs));
    let progress = units.progress.clone();
    let reader: OnceLock<Result<Reader, String>> = OnceLock::new();
    let record = |unit: Unit| -> Result<Record, String> {
        if let Some(record) = unit.stored() {
            return record;
        }
        let reader = reader.get_or_init(|| Reader::open_for(threads.get()).map_err(|e| e.to_string()));
        let reader = reader.as_ref().map_err(Clone::clone)?;
        Ok(reader.record(&reader.read(unit.article(published)?)))
    };
    let one = |unit: Unit| (unit.name.clone(), caught(|| record(unit).map(|r| slim(&r))));
    let mut counts = Counts::default();
    work::in_order(units, threads, one, |(place, row)| {
        bar.set_position(progress.bytes());
        match row {
            Ok(row) => {
                counts.read += 1;
                take(row);
            }
            Err(reason) => {
                counts.failed += 1;
                bar.suspend(|| printer::complain(&format!("{place}: {reason}; skipped")));
            }
        }
        Ok::<(), String>(())
    })?;
    bar.finish_and_clear();
    if counts.read == 0 && counts.failed == 0 {
        printer::hint("no reports in the input");
    }
    if counts.failed > 0 {
        printer::hint(&format!("{} reports read, {} skipped", counts.read, counts.failed));
    }
    Ok(counts)
}
