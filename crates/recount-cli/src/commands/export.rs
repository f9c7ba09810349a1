//! `recount export`: reports or records in, a folder of tables and layouts out.

use crate::account::Account;
use crate::carried::Carried;
use crate::decided::Decided;
use crate::together::{Slim, Together};
use crate::{Outcome, printer, records};
use clap::builder::PossibleValue;
use recount::reconcile::tallies::Policy;
use recount::record::Record;
use recount::record::across::{Decision, Incident, Origin};
use recount_store::{Access, Collection};
use recount_tables::{Error, Layout, Options, Profile, Records};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Export {
    /// Reports as for `recount code`, or files of its records (JSON lines), which are taken as they are.
    #[arg(required_unless_present = "db", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A collection instead of files: its reports, and what people decided of them.
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    pub db: Option<PathBuf>,
    /// The collection as it stood at a moment, as 2024-03-14T12:00:00Z, or at the end of a day, as 2024-03-14 (UTC).
    #[arg(long, value_name = "TIME", requires = "db")]
    pub as_of: Option<String>,
    /// Folder to write into. An earlier export there is replaced.
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
    /// What to write; several with commas between.
    #[arg(long, short, value_name = "FORMAT", value_delimiter = ',', default_value = "csv")]
    pub format: Vec<Format>,
    /// For whose eyes: `public` masks private people and coarsens what could expose them.
    #[arg(long, value_enum, default_value_t = Eyes::Internal)]
    pub profile: Eyes,
    /// How a tally's low, best and high are chosen.
    #[arg(long, value_name = "POLICY", default_value = "ucdp", value_parser = crate::account::policy)]
    pub policy: Policy,
    /// Day of publication where the input states none, as 2022-01-08.
    #[arg(long, value_name = "DATE")]
    pub published: Option<jiff::civil::Date>,
    /// Reports read at once [default: one a core]. The output is the same for any number.
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
}

const EXAMPLES: &str = "Examples:
  recount export news/ --to tables                              one CSV file for each kind of row
  recount export records.jsonl --to out --format parquet,geojson
  recount export records.jsonl --to release --format csv,parquet --profile public
  recount export records.jsonl --to layouts --format acled,ged,polecat,ftm,webannotation,matrix
  recount export --db news.recount --as-of 2024-03-14 --to release --profile public

The folder gets a README.txt with every convention, a codebook, and a manifest (datapackage.json) with schemas and
hashes. The same input gives the same bytes.";

/// [`Layout`] as an argument.
#[derive(Clone, Copy, Debug)]
pub struct Format(Layout);

impl clap::ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        static ALL: [Format; Layout::ALL.len()] = {
            let mut all = [Format(Layout::Csv); Layout::ALL.len()];
            let mut i = 0;
            while i < all.len() {
                all[i] = Format(Layout::ALL[i]);
                i += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()).help(self.0.about()))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Eyes {
    /// Everything.
    Internal,
    /// Private people masked; coordinates and quotes that could expose them coarsened.
    Public,
}

/// Reads the inputs or opens the collection, groups the reports, and writes what was asked for.
pub fn run(args: &Export) -> Result<Outcome, String> {
    let mut options = Options {
        layouts: args.format.iter().map(|f| f.0).collect(),
        profile: if args.profile == Eyes::Public { Profile::Public } else { Profile::Internal },
        ..Options::default()
    };
    let Some(db) = &args.db else {
        let (mut records, failed) = kept_aside(args)?;
        let (origins, incidents) = together(&mut records, &[], args)?;
        return write(&mut records, &origins, &incidents, &options, args, failed);
    };
    let collection = Collection::open(db, Access::Read).map_err(|e| e.to_string())?;
    let mut decisions = collection.decisions().map_err(|e| e.to_string())?;
    let at = args.as_of.as_deref().map(moment).transpose()?;
    if let Some(at) = at {
        let until = |d: &Decision| d.at.parse::<jiff::Timestamp>().is_ok_and(|t| t <= at);
        decisions.retain(until);
        options.as_of = Some(at.to_string());
    }
    let counts = |report: &str| match &options.as_of {
        Some(at) => collection.record_at(report, at),
        None => collection.record(report),
    };
    let carried = Carried::of(decisions, &collection, counts).map_err(|e| e.to_string())?;
    let decided = Decided::of(&carried);
    let mut shelf =
        Shelf { collection: &collection, decided: &decided, as_of: &options.as_of, misfits: RefCell::default() };
    // As it stands now the collection knows what it comes to; as of a moment that is made for that moment.
    let (origins, incidents) = match options.as_of {
        None => {
            let account = Account::of_collection(db, args.policy)?;
            (account.origins, account.incidents)
        }
        Some(_) => together(&mut shelf, &carried.decisions, args)?,
    };
    let outcome = write(&mut shelf, &origins, &incidents, &options, args, 0)?;
    let misfits = shelf.misfits.take();
    carried.lost.iter().chain(&misfits).for_each(|m| printer::complain(m));
    Ok(if misfits.is_empty() && carried.lost.is_empty() { outcome } else { Outcome::SomeFailed })
}

/// A moment, or the last of a day.
fn moment(words: &str) -> Result<jiff::Timestamp, String> {
    let end_of_day = |day: jiff::civil::Date| {
        let next = day.tomorrow().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        next.checked_sub(jiff::SignedDuration::from_secs(1)).ok()
    };
    let day = || words.parse().ok().and_then(end_of_day);
    words.parse().ok().or_else(day).ok_or_else(|| format!("--as-of {words}: no moment as 2024-03-14T12:00:00Z, no day"))
}

/// What records come to together.
fn together(
    records: &mut dyn Records,
    decisions: &[Decision],
    args: &Export,
) -> Result<(Vec<Origin>, Vec<Incident>), String> {
    let mut together = Together::default();
    records
        .each(&mut |r| {
            together.add(Slim::of(&r));
            Ok(())
        })
        .map_err(|e| e.to_string())?;
    Ok(together.account(decisions, args.policy))
}

/// Writes an export and says what it came to.
fn write(
    records: &mut dyn Records,
    origins: &[Origin],
    incidents: &[Incident],
    options: &Options,
    args: &Export,
    failed: u64,
) -> Result<Outcome, String> {
    let folder = &args.to;
    let done = recount_tables::export(records, origins, incidents, options, folder).map_err(|e| e.to_string())?;
    for id in &done.repeated {
        printer::complain(&format!("two reports have the id {id}; the later one was left out"));
    }
    let (reports, files) = (done.reports, done.files.len() + 1);
    printer::hint(&format!("{reports} reports: {files} files in {}", folder.display()));
    Ok(if failed > 0 || !done.repeated.is_empty() { Outcome::SomeFailed } else { Outcome::Done })
}

/// The records of all inputs in a file without a name, and how many inputs failed.
fn kept_aside(args: &Export) -> Result<(Aside, u64), String> {
    let threads = args.threads.unwrap_or_else(super::cores);
    let mut aside = Aside::new()?;
    let mut outcome = Ok(());
    let written = |record: &Record| serde_json::to_vec(record);
    let counts = records::each(&args.files, args.published, threads, written, |line| {
        if outcome.is_ok() {
            outcome = line.map_err(io::Error::from).and_then(|line| aside.add(&line));
        }
    })?;
    outcome.and_then(|()| aside.file.flush()).map_err(|e| format!("keeping records aside failed: {e}"))?;
    Ok((aside, counts.failed))
}

/// Records in a file that has no name and is gone with the program.
struct Aside {
    file: BufWriter<File>,
}

impl Aside {
    fn new() -> Result<Aside, String> {
        let file = tempfile::tempfile().map_err(|e| format!("no temporary file: {e}"))?;
        Ok(Aside { file: BufWriter::with_capacity(1 << 16, file) })
    }

    fn add(&mut self, line: &[u8]) -> io::Result<()> {
        self.file.write_all(line)?;
        self.file.write_all(b"\n")
    }
}

impl Records for Aside {
    fn each(&mut self, take: &mut dyn FnMut(Record) -> Result<(), Error>) -> Result<(), Error> {
        let lost = |e: io::Error| Error::Records(format!("reading records kept aside failed: {e}"));
        let file = self.file.get_mut();
        file.rewind().map_err(lost)?;
        let mut input = BufReader::with_capacity(1 << 16, file);
        let mut line = String::new();
        while input.read_line(&mut line).map_err(lost)? > 0 {
            take(serde_json::from_str(&line).map_err(|e| lost(e.into()))?)?;
            line.clear();
        }
        Ok(())
    }
}

/// The records of a collection, as people decided.
struct Shelf<'a> {
    collection: &'a Collection,
    decided: &'a Decided<'a>,
    as_of: &'a Option<String>,
    /// Corrections that fit nothing.
    misfits: RefCell<BTreeSet<String>>,
}

/// What ends going through a collection.
enum Ended {
    Shelf(recount_store::Error),
    Taker(Error),
}

impl From<recount_store::Error> for Ended {
    fn from(e: recount_store::Error) -> Ended {
        Ended::Shelf(e)
    }
}

impl Records for Shelf<'_> {
    fn each(&mut self, take: &mut dyn FnMut(Record) -> Result<(), Error>) -> Result<(), Error> {
        let decided = |record: Record| -> Result<(), Ended> {
            let record = self.decided.record(record).unwrap_or_else(|(record, reason)| {
                self.misfits.borrow_mut().insert(reason);
                record
            });
            take(record).map_err(Ended::Taker)
        };
        let done = match self.as_of {
            Some(at) => self.collection.each_record_at(at, decided),
            None => self.collection.each_record(decided),
        };
        done.map_err(|e| match e {
            Ended::Shelf(e) => Error::Records(e.to_string()),
            Ended::Taker(e) => e,
        })
    }
}
