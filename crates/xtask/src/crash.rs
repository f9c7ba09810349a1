//! `xtask crash`: kills `recount add` at random moments, lets it go on, and looks whether anything was lost.

use crate::generate::{self, Chance};
use recount_store::{Access, Collection};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Kills a running `recount add` again and again, and checks the collection each time.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How often to kill.
    #[arg(long, default_value_t = 100)]
    kills: usize,
    /// Reports in the input.
    #[arg(long, default_value_t = 200)]
    reports: usize,
    /// The program to kill [default: built anew].
    #[arg(long)]
    program: Option<std::path::PathBuf>,
}

const AT: &str = "2024-05-01T12:00:00Z";

pub fn run(args: &Args) -> Result<(), String> {
    let program = match &args.program {
        Some(program) => std::path::absolute(program).map_err(|e| e.to_string())?,
        None => crate::built_program()?,
    };
    let folder = std::env::temp_dir().join(format!("recount-crash-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let outcome = crash(args, &program, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

fn crash(args: &Args, program: &Path, folder: &Path) -> Result<(), String> {
    let told = |e: std::io::Error| e.to_string();
    let mut input = std::fs::File::create(folder.join("in.jsonl")).map_err(told)?;
    for r in generate::records(args.reports, 3) {
        let line = serde_json::json!({"id": r.id, "uri": r.uri, "title": r.title, "text": r.text, "published": r.published.best});
        writeln!(input, "{line}").map_err(told)?;
    }
    let add = |db: &str| {
        let mut command = Command::new(program);
        command.args(["add", "--db", db, "--at", AT, "in.jsonl"]).current_dir(folder);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let hashes = |db: &str| -> Result<_, String> {
        let c = Collection::open(&folder.join(db), Access::Read).map_err(|e| e.to_string())?;
        Ok((c.content_hash().map_err(|e| e.to_string())?, c.search_hash().map_err(|e| e.to_string())?))
    };
    let begun = Instant::now();
    if !add("whole").status().map_err(told)?.success() {
        return Err("the uninterrupted run failed".to_owned());
    }
    let whole = begun.elapsed();
    let expected = hashes("whole")?;
    let mut chance = Chance(std::process::id().into());
    let (mut kills, mut collections, mut midway) = (0, 0, 0);
    while kills < args.kills {
        collections += 1;
        let db = format!("c{collections}");
        // Up to ten kills a collection, so that each is hit early, midway and late.
        for _ in 0..10 {
            let mut child = add(&db).spawn().map_err(told)?;
            std::thread::sleep(whole.mul_f64(chance.below(1000) as f64 / 1400.0));
            if child.try_wait().map_err(told)?.is_some() {
                break;
            }
            child.kill().map_err(told)?;
            child.wait().map_err(told)?;
            kills += 1;
            let path = folder.join(&db);
            if path.metadata().is_ok_and(|m| m.len() > 0) {
                let c = Collection::open(&path, Access::Write).map_err(|e| format!("after kill {kills}: {e}"))?;
                let audit = c.audit(None).map_err(|e| format!("after kill {kills}: {e}"))?;
                if !audit.clean() {
                    return Err(format!("after kill {kills}: {:?}", audit.findings));
                }
                midway += usize::from(audit.reports > 0 && audit.reports < args.reports as u64);
            }
            if kills == args.kills {
                break;
            }
        }
        if !add(&db).status().map_err(told)?.success() || hashes(&db)? != expected {
            return Err(format!("after {kills} kills the collection is not that of an uninterrupted run"));
        }
        let _ = std::fs::remove_file(folder.join(&db));
    }
    println!(
        "{kills} kills in {collections} collections, {midway} with some reports in: nothing lost, nothing twice, audits clean"
    );
    Ok(())
}
