//! `recount add`: reports and their records into a collection, each once, however often the run is begun.

use crate::caught::caught;
use crate::files::{Settings, Unit, Units, size_of};
use crate::{Outcome, printer, work};
use recount::Reader;
use recount::intake::table::Field;
use recount::intake::warc::{self, Revisit};
use recount::intake::{Article, Captured};
use recount_store::{Access, Added, Capture, Collection, Identity, Incoming, Known, Prepared};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Add reports with their records to a collection.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Add {
    /// The collection: one file, made where it is not there yet.
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
    /// What to read, as for `recount code`.
    #[arg(required = true, value_name = "INPUT")]
    pub files: Vec<PathBuf>,
    /// Day of publication where the input states none, as 2022-01-08.
    #[arg(long, value_name = "DATE")]
    pub published: Option<jiff::civil::Date>,
    /// Which column of a table holds what, as text=body: text, html, title, published, uri, id, outlet, credit.
    /// May be given several times; without it columns are found by their names.
    #[arg(long, value_name = "FIELD=NAME", value_parser = crate::args::column)]
    pub column: Vec<(Field, String)>,
    /// Reports read at once [default: one a core]. The collection is the same for any number.
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
    /// Only say what would be added, what is there already, and what cannot be read.
    #[arg(long)]
    pub dry_run: bool,
    /// Time that the log says, for runs that must give the same bytes [default: now].
    #[arg(long, value_name = "TIME")]
    pub at: Option<jiff::Timestamp>,
}

const EXAMPLES: &str = "Examples:
  recount add --db unrest.recount news/
  recount add --db unrest.recount --dry-run --column text=Inhalt articles.csv
  recount search --db unrest.recount 'air strike'

A report that is there already is passed over before it is read; a changed one becomes a new version.
A run that was stopped, in whatever way, goes on from where it was when it is begun again.";

/// Reports that are written together, by number, weight in memory and time: what a killed run loses at most.
pub(super) const BATCH: usize = 256;
pub(super) const BATCH_BYTES: usize = 16 << 20;
pub(super) const BATCH_TIME: Duration = Duration::from_millis(200);

/// What a worker makes of a unit.
enum Made {
    /// It is there; for a page of a web archive, this visit of it with the id of the report.
    There(Option<(String, Capture)>),
    /// A visit that found a page unchanged.
    Unchanged(Capture),
    Ready(Box<Prepared>),
    Failed(String),
}

/// What became of the reports of a run.
#[derive(Default)]
struct Tally {
    new: u64,
    versions: u64,
    there: u64,
    /// Visits of web archives that found what is there already.
    visits: u64,
    failed: u64,
}

impl Tally {
    fn of(&mut self, added: &[Added]) {
        for a in added {
            match a {
                Added::New { .. } => self.new += 1,
                Added::Version { .. } => self.versions += 1,
                Added::Already { .. } => self.there += 1,
                Added::Visit { new } => self.visits += u64::from(*new),
            }
        }
    }
}

/// Adds what the inputs hold.
pub fn run(args: &Add) -> Result<Outcome, String> {
    if args.dry_run {
        return preview(args);
    }
    let mut collection = Collection::open(&args.db, Access::Create).map_err(|e| e.to_string())?;
    let threads = args.threads.unwrap_or_else(super::cores);
    let reader = Reader::open_for(threads.get()).map_err(|e| e.to_string())?;
    let units = Units::with(&args.files, settings(args, true));
    let bar = printer::progress_bar(size_of(&args.files));
    let (progress, begun) = (units.progress.clone(), Instant::now());
    // Looking at what is there and writing to it use connections of their own.
    let lookers = Lookers { path: &args.db, free: Mutex::new(Vec::new()) };
    let mut tally = Tally::default();
    let mut batch = Batch { waiting: Vec::new(), weight: 0, since: Instant::now(), at: args.at };
    let read_one = |unit: Unit| {
        let place = unit.name.clone();
        let made = caught(|| Ok(made(unit, args.published, &reader, &lookers)));
        (place, made.unwrap_or_else(Made::Failed))
    };
    let outcome = work::in_order(units, threads, read_one, |(place, made)| {
        bar.set_position(progress.bytes());
        match made {
            Made::There(visit) => {
                tally.there += 1;
                if let Some((report, capture)) = visit {
                    batch.push(Waiting::Visit(Some(report), capture));
                }
            }
            Made::Unchanged(capture) => batch.push(Waiting::Visit(None, capture)),
            Made::Failed(reason) => {
                tally.failed += 1;
                bar.suspend(|| printer::complain(&format!("{place}: {reason}; skipped")));
            }
            Made::Ready(prepared) => batch.push(Waiting::Report(prepared)),
        }
        if batch.is_due() {
            tally.of(&batch.write(&mut collection)?);
            let done = tally.new + tally.versions;
            let rate = done as f64 / begun.elapsed().as_secs_f64();
            bar.set_message(format!("{done} reports added, {rate:.1} a second"));
        }
        Ok::<(), String>(())
    });
    let outcome = outcome.and_then(|()| batch.write(&mut collection)).map(|added| tally.of(&added));
    bar.finish_and_clear();
    drop(lookers);
    outcome?;
    let held = collection.sizes().map_err(|e| e.to_string())?.reports;
    if tally.new + tally.versions + tally.there + tally.visits + tally.failed == 0 {
        printer::hint("no reports in the input");
    }
    printer::hint(&format!("{}; {} holds {held}", told(&tally, "added"), args.db.display()));
    collection.tidy().map_err(|e| e.to_string())?;
    Ok(if tally.failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

/// The tally in words; `done` says what became of new reports.
fn told(tally: &Tally, done: &str) -> String {
    let reports = if tally.new == 1 { "report" } else { "reports" };
    let mut words = vec![format!("{} {reports} {done}", tally.new)];
    if tally.versions > 0 {
        let versions = if tally.versions == 1 { "version" } else { "versions" };
        words.push(format!("{} as new {versions}", tally.versions));
    }
    words.push(format!("{} there already", tally.there));
    if tally.visits > 0 {
        let visits = if tally.visits == 1 { "visit" } else { "visits" };
        words.push(format!("{} more {visits} of web archives kept", tally.visits));
    }
    if tally.failed > 0 {
        words.push(format!("{} could not be read", tally.failed));
    }
    words.join(", ")
}

fn settings(args: &Add, revisits: bool) -> Settings {
    let table = super::table_told(args.dry_run);
    Settings { columns: args.column.clone(), table, revisits, collection: Some(args.db.clone()) }
}

/// Connections for looking, one for each worker that looks at the same time.
struct Lookers<'a> {
    path: &'a Path,
    free: Mutex<Vec<Collection>>,
}

impl Lookers<'_> {
    fn knows(&self, report: &Identity) -> Result<Known, String> {
        let free = self.free.lock().expect("no worker panics while it holds the list").pop();
        let looker = match free {
            Some(looker) => looker,
            None => Collection::open(self.path, Access::Read).map_err(|e| e.to_string())?,
        };
        let known = looker.knows(report).map_err(|e| e.to_string());
        self.free.lock().expect("no worker panics while it holds the list").push(looker);
        known
    }
}

/// The report of a unit with its record, unless it is there.
fn made(unit: Unit, published: Option<jiff::civil::Date>, reader: &Reader, lookers: &Lookers) -> Made {
    let name = own_name(&unit.name);
    // A record of `recount code` is taken as it is.
    if let Some(record) = unit.stored() {
        return match record {
            Ok(record) => Made::Ready(Box::new(Prepared::of(record, None))),
            Err(reason) => Made::Failed(reason),
        };
    }
    if let Some(revisit) = unit.revisit() {
        return Made::Unchanged(unchanged(revisit));
    }
    let article = match unit.article(published) {
        Ok(article) => article,
        Err(reason) => return Made::Failed(reason),
    };
    // Whether the file can be read is seen when it is written to; the report must not be lost for it.
    if let Ok(Known::Yes(id)) = lookers.knows(&identity(&article, name.as_deref())) {
        return Made::There(visit(&article).map(|capture| (id, capture)));
    }
    let document = reader.read(article);
    Made::Ready(Box::new(Prepared::of(reader.record(&document), name.as_deref())))
}

/// The visit of a web archive that an article came from.
fn visit(article: &Article) -> Option<Capture> {
    let Captured { date, digest, kind } = article.captured.clone()?;
    Some(Capture { uri: article.uri.clone(), date, kind, digest, ..Capture::default() })
}

fn unchanged(revisit: &Revisit) -> Capture {
    let Revisit { capture, earlier_uri, earlier_date } = revisit.clone();
    let warc::Capture { uri, date, digest, kind, .. } = capture;
    Capture { uri, date, kind: kind.to_owned(), digest, earlier_uri, earlier_date }
}

/// The file's own name, which goes into ids that are made.
fn own_name(path: &str) -> Option<String> {
    Path::new(path).file_name().map(|n| n.to_string_lossy().into_owned())
}

fn identity(article: &Article, name: Option<&str>) -> Identity {
    let published = article.published.best.map(|d| d.to_string());
    let Article { id, uri, title, text, .. } = article;
    Identity::of(id, uri.as_deref(), title.as_deref(), text, published.as_deref(), name)
}

/// Reports that wait to be written together.
struct Batch {
    waiting: Vec<Waiting>,
    weight: usize,
    since: Instant,
    at: Option<jiff::Timestamp>,
}

/// What waits to be written.
enum Waiting {
    Report(Box<Prepared>),
    Visit(Option<String>, Capture),
}

impl Waiting {
    fn incoming(&self) -> Incoming<'_> {
        match self {
            Waiting::Report(report) => Incoming::Report(report),
            Waiting::Visit(report, capture) => Incoming::Visit(report.as_deref(), capture),
        }
    }
}

impl Batch {
    fn push(&mut self, waiting: Waiting) {
        if self.waiting.is_empty() {
            self.since = Instant::now();
        }
        if let Waiting::Report(report) = &waiting {
            self.weight += report.weight();
        }
        self.waiting.push(waiting);
    }

    fn is_due(&self) -> bool {
        !self.waiting.is_empty()
            && (self.waiting.len() >= BATCH || self.weight >= BATCH_BYTES || self.since.elapsed() >= BATCH_TIME)
    }

    fn write(&mut self, collection: &mut Collection) -> Result<Vec<Added>, String> {
        if self.waiting.is_empty() {
            return Ok(Vec::new());
        }
        let at = super::time(self.at);
        let incoming = self.waiting.iter().map(Waiting::incoming);
        let added = collection.add_all(incoming, &at).map_err(|e| e.to_string())?;
        self.waiting.clear();
        self.weight = 0;
        Ok(added)
    }
}

/// Says what a run would do, one line a report: `new`, `version`, `there` or `unread`, its id or reason, and its input.
fn preview(args: &Add) -> Result<Outcome, String> {
    let collection = match args.db.exists() {
        true => Some(Collection::open(&args.db, Access::Read).map_err(|e| e.to_string())?),
        false => None,
    };
    let mut seen = Seen::default();
    let mut tally = Tally::default();
    let mut out = printer::data();
    let threads = args.threads.unwrap_or_else(super::cores);
    let read_one = |unit: Unit| {
        let place = unit.name.clone();
        let name = own_name(&place);
        let article = caught(|| unit.article(args.published));
        let report = article.map(|a| (identity(&a, name.as_deref()), a.id, a.title));
        (place, report)
    };
    let outcome =
        work::in_order(Units::with(&args.files, settings(args, false)), threads, read_one, |(place, report)| {
            let (word, what, title) = match report {
                Err(reason) => {
                    tally.failed += 1;
                    ("unread", reason, None)
                }
                Ok((identity, id, title)) => {
                    let known = collection.as_ref().map_or(Ok(Known::No), |c| c.knows(&identity));
                    let known = known.map_err(|e| std::io::Error::other(e.to_string()))?;
                    let (word, id) = match known {
                        Known::Yes(id) => ("there", id),
                        Known::No | Known::OtherVersion(_) if seen.same(&identity) => ("there", id),
                        Known::OtherVersion(_) => ("version", id),
                        Known::No if seen.other_version(&identity) => ("version", id),
                        Known::No => ("new", id),
                    };
                    match word {
                        "there" => tally.there += 1,
                        "version" => tally.versions += 1,
                        _ => tally.new += 1,
                    }
                    seen.add(identity);
                    (word, id, title)
                }
            };
            writeln!(out, "{word}\t{what}\t{place}\t{}", title.unwrap_or_default())
        });
    drop(out);
    match outcome {
        Err(e) if !printer::pipe_closed(&e) => return Err(e.to_string()),
        _ => printer::hint(&format!("{}; nothing was written", told(&tally, "would be added"))),
    }
    Ok(if tally.failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

/// Reports of a preview, by what tells them apart.
#[derive(Default)]
struct Seen {
    kept: std::collections::BTreeMap<String, Vec<Identity>>,
    names: BTreeSet<(bool, String)>,
}

impl Seen {
    fn same(&self, report: &Identity) -> bool {
        self.kept.get(&report.hash).is_some_and(|others| others.iter().any(|o| report.is_kept_as(o)))
    }

    fn other_version(&self, report: &Identity) -> bool {
        match &report.input_id {
            Some(id) => self.names.contains(&(true, id.clone())),
            None => report.uri.as_ref().is_some_and(|uri| self.names.contains(&(false, uri.clone()))),
        }
    }

    fn add(&mut self, report: Identity) {
        self.names.extend(report.input_id.iter().map(|id| (true, id.clone())));
        self.names.extend(report.uri.iter().map(|uri| (false, uri.clone())));
        self.kept.entry(report.hash.clone()).or_default().push(report);
    }
}
