//! `xtask tidy`: rules of the house that the compiler does not know. Also run as a test.

use std::path::{Path, PathBuf};

/// Lines over which a file must be split.
const LONG: usize = 700;

/// Checks every rule and names each breach.
pub fn run() -> Result<(), String> {
    let breaches = breaches(&crate::root());
    if breaches.is_empty() { Ok(()) } else { Err(breaches.join("\n")) }
}

fn breaches(root: &Path) -> Vec<String> {
    let mut out = Vec::new();
    let files = files(root);
    for (path, text) in &files {
        let name = path.display().to_string();
        let lines = text.lines().count();
        if name.ends_with(".rs") && lines > LONG {
            out.push(format!("{name}: {lines} lines; one idea a file, under about 500"));
        }
        for (n, line) in text.lines().enumerate() {
            if let Some(word) = stray(&name, line) {
                out.push(format!("{name}:{}: {word}", n + 1));
            }
        }
    }
    out.extend(layers(&files));
    out.extend(crates(&files));
    out.extend(architecture(&files));
    out
}

/// Text files of the repository that people write, by path from the root.
fn files(root: &Path) -> Vec<(PathBuf, String)> {
    let listed = std::process::Command::new("git").arg("-C").arg(root).args(["ls-files", "-z"]).output();
    let listed = listed.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default();
    let written =
        |f: &&str| [".rs", ".toml", ".md", ".py", ".js", ".css", ".html", ".sh", ".txt"].iter().any(|e| f.ends_with(e));
    let mut files: Vec<_> = listed
        .split('\0')
        .filter(written)
        .filter_map(|f| Some((PathBuf::from(f), std::fs::read_to_string(root.join(f)).ok()?)))
        .collect();
    files.sort();
    files
}

/// What must not stand in a line: machine paths, unfinished work.
fn stray(name: &str, line: &str) -> Option<&'static str> {
    if name.ends_with("tidy.rs") || name.contains("/data/") {
        return None;
    }
    let unfinished = ["todo!(", "unimplemented!(", "FIXME", "#[ignore"];
    if line.contains("/work/") || line.contains("/root/") || line.contains("/home/") {
        return Some("a path of one machine");
    }
    unfinished.iter().any(|w| line.contains(w)).then_some("unfinished work")
}

/// A file of the core uses only modules that `lib.rs` lists above its own.
fn layers(files: &[(PathBuf, String)]) -> Vec<String> {
    let core = Path::new("crates/recount/src");
    let Some((_, lib)) = files.iter().find(|(p, _)| p == &core.join("lib.rs")) else { return Vec::new() };
    let order: Vec<&str> = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let rank = |module: &str| order.iter().position(|m| *m == module);
    let mut out = Vec::new();
    for (path, text) in files {
        let Ok(inside) = path.strip_prefix(core) else { continue };
        let own =
            inside.components().next().map(|c| c.as_os_str().to_string_lossy().replace(".rs", "")).unwrap_or_default();
        let Some(own_rank) = rank(&own) else { continue };
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (n, line) in code.lines().enumerate() {
            let used = line
                .trim_start()
                .strip_prefix("use crate::")
                .or_else(|| line.trim_start().strip_prefix("pub use crate::"));
            let Some(used) = used else { continue };
            let module: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if rank(&module).is_some_and(|r| r > own_rank) {
                out.push(format!("{}:{}: {own} uses {module}, which stands below it", path.display(), n + 1));
            }
        }
    }
    out
}

/// Crates go data ← recount ← store, tables ← cli, and tools may use all.
fn crates(files: &[(PathBuf, String)]) -> Vec<String> {
    let allowed: &[(&str, &[&str])] = &[
        ("recount-data", &[]),
        ("recount", &["recount-data"]),
        ("recount-store", &["recount"]),
        ("recount-tables", &["recount"]),
        ("recount-cli", &["recount", "recount-data", "recount-store", "recount-tables"]),
    ];
    let mut out = Vec::new();
    for (name, may) in allowed {
        let manifest = PathBuf::from(format!("crates/{name}/Cargo.toml"));
        let Some((_, text)) = files.iter().find(|(p, _)| *p == manifest) else { continue };
        let used = text.lines().filter_map(|l| l.split(['.', ' ', '=']).next()).filter(|l| l.starts_with("recount"));
        out.extend(
            used.filter(|u| !may.contains(u)).map(|u| format!("{}: {name} must not use {u}", manifest.display())),
        );
    }
    out
}

/// ARCHITECTURE.md has a line for every source file and none for a file that is gone.
fn architecture(files: &[(PathBuf, String)]) -> Vec<String> {
    let Some((_, document)) = files.iter().find(|(p, _)| p == Path::new("ARCHITECTURE.md")) else {
        return vec!["ARCHITECTURE.md is missing".to_owned()];
    };
    let named: Vec<&str> =
        document.split('`').skip(1).step_by(2).filter(|w| w.ends_with(".rs") || w.ends_with(".py")).collect();
    let sources = files.iter().map(|(p, _)| p.display().to_string());
    let sources: Vec<String> = sources.filter(|p| p.ends_with(".rs") || p.ends_with(".py")).collect();
    let missing =
        sources.iter().filter(|s| !named.contains(&s.as_str())).map(|s| format!("ARCHITECTURE.md: no line for {s}"));
    let gone = named.iter().filter(|n| n.contains('/') && !sources.iter().any(|s| s == *n));
    missing.chain(gone.map(|n| format!("ARCHITECTURE.md: {n} is no file"))).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        let breaches = super::breaches(&crate::root());
        assert!(breaches.is_empty(), "{}", breaches.join("\n"));
    }
}
