//! Any bytes as a web archive: no panic, an end, and records numbered in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recount::Error;
use recount::intake::warc::{Entry, archive};
use recount::intake::{Source, Unpacked};

fuzz_target!(|bytes: &[u8]| {
    let Ok(input) = Unpacked::of(bytes) else { return };
    let mut last = 0;
    for entry in archive(input) {
        let number = match entry {
            Ok(Entry::Page(page)) => {
                let _ = page.article(&Source::default());
                page.capture.number
            }
            Ok(Entry::Revisit(revisit)) => revisit.capture.number,
            Ok(Entry::Passed(_)) => continue,
            Err(Error::Record { record, .. }) => record,
            Err(error) => panic!("{error}"),
        };
        assert!(number >= last && number > 0);
        last = number;
    }
});
