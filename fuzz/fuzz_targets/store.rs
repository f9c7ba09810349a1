//! Any bytes as a collection: an error or findings, no panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recount_store::{Access, Collection, Query};

fuzz_target!(|bytes: &[u8]| {
    let path = std::env::temp_dir().join(format!("recount-fuzz-{}.recount", std::process::id()));
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    if let Ok(collection) = Collection::open(&path, Access::Read) {
        let _ = collection.audit(None);
        let _ = collection.search(&Query { words: "killed".into(), limit: 5, ..Query::default() });
        let _ = collection.each_record(|_| Ok::<(), recount_store::Error>(()));
        let _ = collection.decisions();
        let _ = collection.incidents();
    }
    let _ = std::fs::remove_file(&path);
});
