//! Collections as people use them: added twice, killed at any moment, on a full disk, where nothing may be written.
#![allow(clippy::disallowed_methods)] // The tests make the files that the program reads.

mod asked;

use asked::{program, recount, talk};
use recount_store::{Access, Collection};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// When everything in these tests is added: the same bytes each time.
const AT: &str = "2024-05-01T12:00:00Z";

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder with `n` short reports as JSON lines.
fn reports(n: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let towns = ["Orvask", "Belmir", "Temuk", "Halstad", "Zeruna"];
    let line = |i: usize| {
        let town = towns[i % towns.len()];
        let text = format!("{} people were killed in a drone strike in {town} on Tuesday, the mayor said.", i + 2);
        serde_json::json!({"id": format!("r{i}"), "title": format!("Strike in {town}"), "text": text, "published": "2024-04-30"})
    };
    let lines: String = (0..n).map(|i| format!("{}\n", line(i))).collect();
    std::fs::write(folder.path().join("in.jsonl"), lines).unwrap();
    folder
}

fn hashes(db: &Path) -> (String, String) {
    let c = Collection::open(db, Access::Read).unwrap();
    (c.content_hash().unwrap(), c.search_hash().unwrap())
}

#[test]
fn from_files_to_a_collection_and_what_is_in_it() {
    let here = reports(4);
    std::fs::write(here.path().join("empty.txt"), b"").unwrap();
    let add = ["add", "--db", "c.recount", "--at", AT, "in.jsonl", "empty.txt"];
    let preview = recount(&[&add[..], &["--dry-run"]].concat(), here.path());
    assert_eq!(told(&preview).lines().filter(|l| l.starts_with("new\tr")).count(), 4, "{}", told(&preview));
    assert!(told(&preview).lines().any(|l| l.starts_with("unread\t")), "{}", told(&preview));
    assert!(!here.path().join("c.recount").exists(), "a preview wrote");
    let output = recount(&add, here.path());
    assert_eq!(output.status.code(), Some(1), "{}", talk(&output));
    assert!(talk(&output).contains("4 reports added, 0 there already, 1 could not be read"), "{}", talk(&output));
    let before = hashes(&here.path().join("c.recount"));
    let output = recount(&add[..6], here.path());
    assert_eq!(output.status.code(), Some(0), "{}", talk(&output));
    assert!(talk(&output).contains("0 reports added, 4 there already"), "{}", talk(&output));
    assert_eq!(hashes(&here.path().join("c.recount")), before);
    let preview = recount(&[&add[..6], &["--dry-run"]].concat(), here.path());
    assert_eq!(told(&preview).lines().filter(|l| l.starts_with("there\tr")).count(), 4);

    let found =
        recount(&["search", "--db", "c.recount", "orvask", "--type", "ASSAULT", "--format", "text"], here.path());
    assert!(told(&found).contains("r0  2024-04-30") && told(&found).contains("[Orvask]"), "{}", told(&found));
    let found = recount(&["search", "--db", "c.recount", "strike", "--from", "2024-05-01"], here.path());
    assert_eq!((found.status.code(), told(&found).as_str()), (Some(0), ""));

    let decide = |more: &[&str]| recount(&[&["decide", "--db", "c.recount", "--at", AT], more].concat(), here.path());
    let why = ["--by", "A. Reviewer", "--reason", "same strike"];
    let merged = decide(&[&["merge", "r0/v1", "r1/v1"][..], &why].concat());
    assert_eq!(merged.status.code(), Some(0), "{}", talk(&merged));
    assert_eq!(decide(&["reject", "r0/c1"]).status.code(), Some(2), "a decision without who and why");
    assert_eq!(decide(&[&["reject", "r0/c99"][..], &why].concat()).status.code(), Some(2));
    let list = decide(&["--list"]);
    let decision: serde_json::Value = serde_json::from_str(told(&list).trim()).unwrap();
    assert_eq!((&decision["id"], &decision["verdict"]["kind"]), (&"d1".into(), &"merge".into()));

    let audit = recount(&["audit", "--db", "c.recount"], here.path());
    assert_eq!(audit.status.code(), Some(0), "{}", told(&audit));
    assert!(told(&audit).contains("4 reports, 4 records, 1 decisions: nothing wrong"), "{}", told(&audit));
    let audit = recount(&["audit", "--db", "c.recount", "--noted", "abc"], here.path());
    assert_eq!(audit.status.code(), Some(1), "{}", told(&audit));
    let gone = recount(&["search", "--db", "gone.recount", "x"], here.path());
    assert!(gone.status.code() == Some(2) && talk(&gone).contains("gone.recount: there is no collection"));
}

#[test]
fn killed_twenty_times_it_ends_as_if_it_had_not_been() {
    let here = reports(60);
    let add = |db: &str| {
        let mut command = program();
        command.args(["add", "--db", db, "--at", AT, "-j", "2", "in.jsonl"]).current_dir(here.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let begun = Instant::now();
    assert!(add("whole").status().unwrap().success());
    let whole = begun.elapsed();
    let expected = hashes(&here.path().join("whole"));
    let (mut kills, mut collections, mut chance) = (0, 0, 0x9e37_79b9u64);
    while kills < 20 {
        let db = format!("c{collections}");
        let path = here.path().join(&db);
        collections += 1;
        assert!(collections < 100, "it is always done before it can be killed");
        loop {
            let mut child = add(&db).spawn().unwrap();
            chance = chance.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let part = (chance >> 33) % 900;
            std::thread::sleep(whole.mul_f64(part as f64 / 1000.0));
            let done = child.try_wait().unwrap().is_some();
            child.kill().unwrap();
            let status = child.wait().unwrap();
            if done {
                assert!(status.success());
                break;
            }
            kills += 1;
            if path.metadata().is_ok_and(|m| m.len() > 0) {
                let c = Collection::open(&path, Access::Write).unwrap();
                let audit = c.audit(None).unwrap();
                assert!(audit.clean(), "{:?}", audit.findings);
            }
            if kills % 4 == 0 {
                assert!(add(&db).status().unwrap().success());
                break;
            }
        }
        assert_eq!(hashes(&path), expected, "after {kills} kills");
    }
}

#[test]
fn two_programs_that_add_at_once_both_succeed() {
    let here = reports(24);
    let run = || program().args(["add", "--db", "c", "-j", "1", "in.jsonl"]).current_dir(here.path()).spawn().unwrap();
    let (mut one, mut two) = (run(), run());
    assert!(one.wait().unwrap().success() && two.wait().unwrap().success());
    let c = Collection::open(&here.path().join("c"), Access::Read).unwrap();
    assert_eq!(c.sizes().unwrap().reports, 24);
    assert!(c.audit(None).unwrap().clean());
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_leaves_the_collection_whole() {
    let here = reports(80);
    std::fs::write(here.path().join("first.txt"), "Two men were arrested in Orvask on Monday.").unwrap();
    assert!(recount(&["add", "--db", "c", "first.txt"], here.path()).status.success());
    // No file may grow past some hundred kilobytes: the shell's way to a disk that is full.
    let script = "trap '' XFSZ; ulimit -f 300; exec \"$0\" add --db c in.jsonl";
    let program = assert_cmd::cargo::cargo_bin!("recount");
    let output = Command::new("sh").args(["-c", script]).arg(program).current_dir(here.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", talk(&output));
    assert!(
        talk(&output).contains("what was added before is safe")
            || talk(&output).contains("What was added before is safe"),
        "{}",
        talk(&output)
    );
    let path = here.path().join("c");
    let audit = Collection::open(&path, Access::Write).unwrap().audit(None).unwrap();
    assert!(audit.clean() && audit.reports < 81, "{:?}", audit.findings);
    assert!(recount(&["add", "--db", "c", "in.jsonl"], here.path()).status.success());
    let audit = Collection::open(&path, Access::Read).unwrap().audit(None).unwrap();
    assert!(audit.clean() && audit.reports == 81, "{audit:?}");
}

#[cfg(unix)]
#[test]
fn where_nothing_may_be_written_it_says_so_and_still_reads() {
    use std::os::unix::fs::PermissionsExt;
    let here = reports(2);
    assert!(recount(&["add", "--db", "c", "in.jsonl"], here.path()).status.success());
    let before = std::fs::read(here.path().join("c")).unwrap();
    let rights = |mode: u32, file: u32| {
        std::fs::set_permissions(here.path().join("c"), PermissionsExt::from_mode(file)).unwrap();
        std::fs::set_permissions(here.path(), PermissionsExt::from_mode(mode)).unwrap();
    };
    rights(0o555, 0o444);
    // Rights do not bind the system's own user: the program runs as another then.
    let root = std::fs::File::create(here.path().join("probe")).is_ok();
    let as_other = |arguments: &[&str]| {
        let program = assert_cmd::cargo::cargo_bin!("recount");
        let mut command = if root { Command::new("setpriv") } else { Command::new(program) };
        if root {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
        }
        command.args(arguments).current_dir(here.path()).output()
    };
    if !as_other(&["--version"]).is_ok_and(|o| o.status.success()) {
        rights(0o755, 0o644);
        println!("skipped: the program cannot be run as a user without rights here");
        return;
    }
    let added = as_other(&["add", "--db", "c", "in.jsonl"]).unwrap();
    let begun = as_other(&["add", "--db", "new", "in.jsonl"]).unwrap();
    let found = as_other(&["search", "--db", "c", "Orvask"]).unwrap();
    rights(0o755, 0o644);
    assert_eq!(added.status.code(), Some(2), "{}", talk(&added));
    assert!(
        talk(&added).contains("c: no right to write here") || talk(&added).contains("c: could not be opened"),
        "{}",
        talk(&added)
    );
    assert!(begun.status.code() == Some(2) && talk(&begun).contains("new: could not be opened"), "{}", talk(&begun));
    assert_eq!(told(&found).lines().count(), 1, "{}", talk(&found));
    assert_eq!(std::fs::read(here.path().join("c")).unwrap(), before);
}

/// Makes the records of a collection look as if an earlier program had made them, as `recount code` gives them.
fn as_read_before(here: &Path) {
    let output = recount(&["code", "--format", "jsonl", "in.jsonl"], here);
    let records: String = told(&output).replace("\"program\":\"recount ", "\"program\":\"recount 0.0.0-");
    std::fs::write(here.join("before.jsonl"), records).unwrap();
    assert!(recount(&["add", "--db", "c", "--at", AT, "before.jsonl"], here).status.success());
}

#[test]
fn what_an_earlier_program_read_is_read_again_beside_it() {
    let here = reports(6);
    as_read_before(here.path());
    let path = here.path().join("c");
    let why = ["--by", "A. Reviewer", "--reason", "misprint"];
    let decide = [&["decide", "--db", "c", "--at", AT, "reject", "r0/c1"][..], &why].concat();
    assert!(recount(&decide, here.path()).status.success());
    let preview = recount(&["reread", "--db", "c", "--dry-run"], here.path());
    assert!(talk(&preview).contains("6 of 6 reports would be read again; nothing was written"), "{}", talk(&preview));
    let reread = ["reread", "--db", "c", "--at", "2024-06-01T12:00:00Z"];
    let output = recount(&reread, here.path());
    assert!(output.status.success() && talk(&output).contains("6 of 6 reports read again"), "{}", talk(&output));
    let before = hashes(&path);
    let output = recount(&reread, here.path());
    assert!(output.status.success() && talk(&output).contains("0 of 6 reports read again"), "{}", talk(&output));
    assert_eq!(hashes(&path), before);
    let audit = recount(&["audit", "--db", "c"], here.path());
    assert!(told(&audit).contains("6 reports, 12 records, 1 decisions: nothing wrong"), "{}", told(&audit));
    // Its figure stays rejected, as of then and now; the records differ in what made them.
    for (to, moment, program) in [("old", AT, "recount 0.0.0-"), ("new", "2024-07-01", "recount 0.1")] {
        let export = ["export", "--db", "c", "--as-of", moment, "--format", "jsonl", "--to", to];
        let output = recount(&export, here.path());
        assert!(output.status.success(), "{}", talk(&output));
        let records = std::fs::read_to_string(here.path().join(to).join("jsonl/records.jsonl")).unwrap();
        let first: serde_json::Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
        assert_eq!(first["counts"].as_array().map(Vec::len), Some(0), "{first}");
        assert!(first["run"]["program"].as_str().unwrap().starts_with(program), "{}", first["run"]);
        assert_eq!(records.lines().count(), 6);
    }
}

#[test]
fn reading_again_goes_on_where_it_was_killed() {
    let here = reports(60);
    as_read_before(here.path());
    std::fs::copy(here.path().join("c"), here.path().join("whole")).unwrap();
    let reread = |db: &str| {
        let mut command = program();
        command.args(["reread", "--db", db, "--at", AT, "-j", "2"]).current_dir(here.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let begun = Instant::now();
    assert!(reread("whole").status().unwrap().success());
    let whole = begun.elapsed();
    for part in [3, 5, 7, 8] {
        let mut child = reread("c").spawn().unwrap();
        std::thread::sleep(whole.mul_f64(f64::from(part) / 10.0));
        child.kill().unwrap();
        child.wait().unwrap();
        let audit = Collection::open(&here.path().join("c"), Access::Write).unwrap().audit(None).unwrap();
        assert!(audit.clean(), "{:?}", audit.findings);
    }
    assert!(reread("c").status().unwrap().success());
    assert_eq!(hashes(&here.path().join("c")), hashes(&here.path().join("whole")));
}
