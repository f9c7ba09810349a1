//! One file a command.

pub mod add;
pub mod audit;
mod code;
pub mod decide;
mod demo;
mod explain;
pub mod export;
pub mod incidents;
pub mod origins;
pub mod reread;
mod schema;
pub mod show;
pub mod search;
pub mod watch;

use crate::args::{Args, Command};
use crate::{Outcome, printer};
use std::num::NonZeroUsize;

/// Runs what was asked for. The error says why nothing could be done.
pub fn run(args: &Args) -> Result<Outcome, String> {
    match &args.command {
        Command::Code(code) => code::run(code),
        Command::Demo(demo) => demo::run(demo),
        Command::Schema => schema::run(),
        Command::Explain(explain) => explain::run(explain),
        Command::Origins(origins) => origins::run(origins),
        Command::Incidents(incidents) => incidents::run(incidents),
        Command::Show(show) => show::run(show),
        Command::Export(export) => export::run(export),
        Command::Add(add) => add::run(add),
        Command::Search(search) => search::run(search),
        Command::Decide(decide) => decide::run(decide),
        Command::Watch(watch) => watch::run(watch),
        Command::Reread(reread) => reread::run(reread),
        Command::Audit(audit) => audit::run(audit),
    }
}

/// How many threads to work on where nothing else is asked for: one a core.
pub fn cores() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// What is told the name of each table and what was understood of its columns: someone who looks on, or who asks for a
/// preview.
fn table_told(preview: bool) -> Option<fn(&str, &str)> {
    (preview || printer::stderr_is_terminal()).then_some(|name, told| printer::hint(&format!("{name}: {told}")))
}

/// The time that a new row says: now, to the second, unless another is asked for.
fn time(asked: Option<jiff::Timestamp>) -> String {
    let time = asked.unwrap_or_else(jiff::Timestamp::now);
    jiff::Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}
