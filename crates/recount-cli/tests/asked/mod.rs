//! The program as tests ask it: a folder of files, a call in it, what it said.
#![allow(dead_code, reason = "each test uses some")]
#![allow(clippy::disallowed_methods, reason = "the tests make the files that the program reads")]

use std::path::Path;
use std::process::{Command, Output};

pub fn program() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("recount"))
}

pub fn recount(arguments: &[&str], folder: &Path) -> Output {
    program().args(arguments).current_dir(folder).output().unwrap()
}

/// A new folder with these files.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// Standard output as JSON lines.
pub fn lines(output: &Output) -> Vec<serde_json::Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// Standard error.
pub fn talk(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
