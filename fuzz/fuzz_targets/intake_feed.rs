//! Any bytes as a feed: no panic, and the same entries with the same ids each time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recount::intake::Source;
use recount::intake::feed::feed;

fuzz_target!(|bytes: &[u8]| {
    let Ok(entries) = feed(bytes) else { return };
    for (entry, again) in entries.iter().zip(feed(bytes).expect("it was read before")) {
        assert_eq!(*entry, again);
        if let (Ok(a), Ok(b)) = (entry.article(&Source::default()), again.article(&Source::default())) {
            assert!(!a.text.trim().is_empty());
            assert_eq!(a.id, b.id);
        }
    }
});
