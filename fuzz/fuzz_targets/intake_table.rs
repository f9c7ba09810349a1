//! Any bytes as a table: no panic, an end, and rows on lines in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recount::Error;
use recount::intake::Source;
use recount::intake::table::{Field, table};

fuzz_target!(|bytes: &[u8]| {
    for asked in [&[][..], &[(Field::Text, "a".to_owned())]] {
        let Ok(rows) = table(bytes, asked) else { continue };
        let mut last = 0;
        for row in rows {
            let line = match row {
                Ok(row) => {
                    let _ = row.article(&Source::default());
                    row.line
                }
                Err(Error::Line { line, .. }) => line,
                Err(error) => panic!("{error}"),
            };
            assert!(line >= last);
            last = line;
        }
    }
});
