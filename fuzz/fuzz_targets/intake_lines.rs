//! Any bytes as JSON lines: no panic, one answer a line that is not empty, each error naming its line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recount::Error;
use recount::intake::{Source, lines};

fuzz_target!(|bytes: &[u8]| {
    let mut last = 0;
    for line in lines(bytes).map(|line| line.expect("memory can be read and holds no line over the limit")) {
        assert!(line.number > last);
        last = line.number;
        if let Err(error) = line.article(&Source::default()) {
            assert!(matches!(error, Error::Line { line: n, .. } if n == line.number));
        }
    }
    assert_eq!(
        lines(bytes).count(),
        bytes.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty()).count()
    );
});
