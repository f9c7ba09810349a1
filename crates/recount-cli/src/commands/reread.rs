//! `recount reread`: the reports of a collection read again by this program, beside what earlier ones read.

use super::add::{BATCH, BATCH_BYTES, BATCH_TIME};
use crate::caught::caught;
use crate::{Outcome, printer, work};
use recount::Reader;
use recount::record::{Record, Run};
use recount_store::{Access, Collection, Prepared};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Instant;

/// Read the reports of a collection again, where another program, model or data read them.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Reread {
    /// The collection.
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
    /// Reports read at once [default: one a core]. The collection is the same for any number.
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
    /// Only say how many reports would be read again.
    #[arg(long)]
    pub dry_run: bool,
    /// Time that the log says, for runs that must give the same bytes [default: now].
    #[arg(long, value_name = "TIME")]
    pub at: Option<jiff::Timestamp>,
}

const EXAMPLES: &str = "Examples:
  recount reread --db unrest.recount --dry-run
  recount reread --db unrest.recount

The earlier records stay, in the log and for `recount export --as-of`; the new ones count from then on.
What people decided holds for the same rows of the new records.
A run that was stopped, in whatever way, goes on from where it was when it is begun again.";

/// Reads again what this program has not read.
pub fn run(args: &Reread) -> Result<Outcome, String> {
    let words = |e: recount_store::Error| e.to_string();
    let access = if args.dry_run { Access::Read } else { Access::Write };
    let mut collection = Collection::open(&args.db, access).map_err(words)?;
    let threads = args.threads.unwrap_or_else(super::cores);
    let reader = Reader::open_for(threads.get()).map_err(|e| e.to_string())?;
    let run = reader.run();
    let due = collection.unread_by(&run).map_err(words)?;
    let held = collection.sizes().map_err(words)?.reports;
    if args.dry_run {
        printer::hint(&format!("{due} of {held} reports would be read again; nothing was written"));
        return Ok(Outcome::Done);
    }
    let unread =
        Unread { shelf: collection.beside().map_err(words)?, run, page: VecDeque::new(), last: 0, ended: false };
    let bar = printer::progress_count(due);
    let (begun, mut kept, mut failed) = (Instant::now(), 0, 0);
    let mut waiting: Vec<Prepared> = Vec::new();
    let (mut weight, mut since) = (0, Instant::now());
    let mut write = |waiting: &mut Vec<Prepared>| -> Result<u64, String> {
        let kept = collection.keep_again(waiting, &super::time(args.at)).map_err(words)?;
        waiting.clear();
        Ok(kept)
    };
    let read_one = |record: Result<Record, String>| -> Result<Prepared, String> {
        let record = record?;
        caught(|| Ok(Prepared::of(reader.record(&reader.read(record.article())), None)))
    };
    let outcome = work::in_order(unread, threads, read_one, |made| {
        bar.inc(1);
        match made {
            Ok(prepared) => {
                weight += prepared.weight();
                waiting.push(prepared);
            }
            Err(reason) => {
                failed += 1;
                bar.suspend(|| printer::complain(&format!("{reason}; skipped")));
            }
        }
        if waiting.len() >= BATCH || weight >= BATCH_BYTES || since.elapsed() >= BATCH_TIME {
            kept += write(&mut waiting)?;
            (weight, since) = (0, Instant::now());
            bar.set_message(format!("{:.1} a second", kept as f64 / begun.elapsed().as_secs_f64()));
        }
        Ok::<(), String>(())
    });
    let outcome = outcome.and_then(|()| write(&mut waiting)).map(|more| kept += more);
    bar.finish_and_clear();
    outcome?;
    let skipped = if failed > 0 { format!(", {failed} could not be read") } else { String::new() };
    printer::hint(&format!("{kept} of {held} reports read again{skipped}; the rest is as this program reads it"));
    collection.tidy().map_err(words)?;
    Ok(if failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

/// Records of a collection that this program did not make, a page of them in memory at a time.
struct Unread {
    /// A connection of its own, to look beside what is written.
    shelf: Collection,
    run: Run,
    page: VecDeque<(i64, recount_store::Result<Record>)>,
    last: i64,
    ended: bool,
}

/// Records that are taken from the file at once.
const PAGE: usize = 32;

impl Iterator for Unread {
    type Item = Result<Record, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.page.is_empty() && !self.ended {
            match self.shelf.unread_after(&self.run, self.last, PAGE) {
                Ok(page) => self.page = page.into(),
                Err(e) => {
                    self.ended = true;
                    return Some(Err(e.to_string()));
                }
            }
            self.ended = self.page.is_empty();
        }
        let (n, record) = self.page.pop_front()?;
        self.last = n;
        Some(record.map_err(|e| e.to_string()))
    }
}
