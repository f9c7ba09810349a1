//! One file a command.

mod code;
mod demo;
mod explain;
pub mod export;
pub mod incidents;
pub mod origins;
mod schema;
pub mod show;

use crate::Outcome;
use crate::args::{Args, Command};
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
    }
}

/// How many threads to work on where nothing else is asked for: one a core.
fn cores() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}
