//! The `recount` program: files in, records out. Everything that touches the world stands here, not in the core.
#![allow(clippy::disallowed_methods, reason = "the core's ban on files and clocks is what makes this crate its hands")]

mod account;
mod args;
mod carried;
mod caught;
mod commands;
mod decided;
mod fetch;
mod files;
mod grown;
mod page;
mod printer;
mod records;
mod text;
mod together;
mod when;
mod work;

use clap::Parser;
use std::process::ExitCode;

/// How a run ended, as the exit status says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 0: everything asked for was done.
    Done,
    /// 1: some inputs failed; the rest was done.
    SomeFailed,
}

fn main() -> ExitCode {
    let args = args::Args::parse();
    args.color.apply();
    match commands::run(&args) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(reason) => {
            printer::complain(&reason);
            ExitCode::from(2)
        }
    }
}
