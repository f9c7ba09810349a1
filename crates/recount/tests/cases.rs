//! The whole program on written cases: `tests/cases/README.md` has their format.
#![allow(clippy::disallowed_methods)] // The cases are files.

#[path = "cases/asked.rs"]
mod asked;
#[path = "cases/format.rs"]
mod format;
#[path = "cases/marks.rs"]
mod marks;

use recount::Reader;
use std::path::Path;
use std::sync::OnceLock;

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::open().expect("the carried model and data open"))
}

/// Runs every case of a folder and fails with all that did not hold.
fn check(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let Ok(files) = std::fs::read_dir(&folder) else { return };
    let mut files: Vec<_> = files.filter_map(|f| Some(f.ok()?.path())).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "md"));
    files.sort();
    let wanted = std::env::var("CASE").unwrap_or_default();
    let mut failures = String::new();
    for file in files {
        let source = std::fs::read_to_string(&file).expect("a case file is UTF-8");
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for case in format::cases(&source).unwrap_or_else(|e| panic!("{name}: {e}")) {
            if !case.heading.contains(&wanted) {
                continue;
            }
            let document = reader().read(case.article.clone());
            let missed = asked::missed(&case, &document).unwrap_or_else(|e| panic!("{name}: {}: {e}", case.heading));
            if !missed.is_empty() {
                failures += &format!("\n=== {name}: {}\n", case.heading);
                for line in missed {
                    failures += &format!("  {line}\n");
                }
                failures += &marks::marked(&document);
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

macro_rules! folders {
    ($($folder:ident),*) => {$(
        #[test]
        fn $folder() {
            check(stringify!($folder));
        }
    )*};
}

folders!(entities, times, places, statements, events, counts, relations, reports);
