//! A panic over one report is that report's error: the run goes on, and the error says where the program broke.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Inside [`caught`]: where the last panic of this thread was.
    static BROKE: RefCell<Option<Option<String>>> = const { RefCell::new(None) };
}

/// What `work` gives, or an error that names the place in the program where it panicked.
///
/// For work on one report that leaves nothing half done behind it: what the report brought is dropped with the panic.
pub fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(note_the_place);
    BROKE.set(Some(None));
    let outcome = catch_unwind(AssertUnwindSafe(work));
    let place = BROKE.take().flatten();
    outcome.unwrap_or_else(|panic| {
        let place = place.unwrap_or_else(|| "another thread".to_owned());
        Err(format!("the program broke on it, which is a defect of Recount ({place}: {})", words_of(&*panic)))
    })
}

/// Inside [`caught`] a panic's place is kept instead of printed; elsewhere panics are told as ever.
fn note_the_place() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line()));
        let kept = BROKE.with_borrow_mut(|broke| broke.as_mut().map(|b| *b = place).is_some());
        if !kept {
            told(info);
        }
    }));
}

fn words_of(panic: &(dyn Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_that_names_its_place_and_the_next_report_is_read() {
        let halves = |n: u32| caught(move || if n == 0 { panic!("nothing of {n}") } else { Ok(n / 2) });
        let reason = halves(0).unwrap_err();
        assert!(reason.contains("caught.rs:"), "{reason}");
        assert!(reason.ends_with(": nothing of 0)"), "{reason}");
        assert_eq!(halves(8), Ok(4));
    }

    #[test]
    fn errors_stay_what_they_are() {
        assert_eq!(caught(|| Err::<(), _>("no article in it".to_owned())), Err("no article in it".to_owned()));
    }
}
