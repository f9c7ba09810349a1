//! Work on the project itself: build data, check the house, measure.
#![allow(clippy::disallowed_methods, reason = "the core's ban on files and clocks is not for its tools")]

mod bench;
mod crash;
mod data;
mod ecb;
mod eval;
mod fit;
mod generate;
mod incidents;
mod invented;
mod origins;
mod scores;
mod speakers;
mod tidy;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

#[derive(Debug, Parser)]
#[command(about = "Work on Recount itself: build data, check the house, measure.")]
struct Args {
    #[command(subcommand)]
    job: Job,
}

#[derive(Debug, Subcommand)]
enum Job {
    /// Compile the data that the program carries.
    #[command(subcommand)]
    Data(data::Data),
    /// Measure every task of ../shared/bench and the cases.
    Eval(eval::Args),
    /// Measure how well origins are found, and how much hangs on each threshold.
    Origins(origins::Args),
    /// Measure speed, start and memory.
    Bench(bench::Args),
    /// Fit the weights of incidents.
    Fit(incidents::Args),
    /// Kill a running `recount add` at random moments and look whether anything was lost.
    Crash(crash::Args),
    /// Check what the compiler does not: layers, lengths, documents, stray paths.
    Tidy,
}

fn main() -> ExitCode {
    let done = match Args::parse().job {
        Job::Data(what) => data::run(&what).map_err(|e| e.to_string()),
        Job::Eval(args) => eval::run(&args),
        Job::Origins(args) => origins::run(&args),
        Job::Bench(args) => bench::run(&args),
        Job::Fit(args) => incidents::run(&args),
        Job::Crash(args) => crash::run(&args),
        Job::Tidy => tidy::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root.
fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The commit that is being measured, with `+` where the tree holds changes.
fn commit() -> String {
    let git = |args: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root()).args(args).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let head = git(&["rev-parse", "--short=9", "HEAD"]).unwrap_or_else(|| "unknown".to_owned());
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]).is_some_and(|s| !s.is_empty());
    if changed { head + "+" } else { head }
}

/// Builds the `recount` program in the profile that this one was built in, and says where it is.
fn built_program() -> Result<PathBuf, String> {
    let here = std::env::current_exe().map_err(|e| e.to_string())?;
    let folder = here.parent().ok_or("the program has no folder")?.to_owned();
    // With the tests, in a development build: the features of all dependencies are then those of `cargo test`, and
    // nothing is built twice.
    let what: &[&str] = if folder.ends_with("release") { &["--bins", "--release"] } else { &["--bins", "--tests"] };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "-q", "--workspace"])
        .args(what)
        .current_dir(root())
        .status()
        .map_err(|e| format!("cargo: {e}"))?;
    if !status.success() {
        return Err("the program does not build".to_owned());
    }
    Ok(folder.join(format!("recount{}", std::env::consts::EXE_SUFFIX)))
}
