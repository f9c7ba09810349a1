//! How often one host is asked: never sooner after the last request than politeness wants.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// When each host may be asked next.
pub struct Pace {
    between: Duration,
    next: Mutex<HashMap<String, Instant>>,
}

impl Pace {
    /// At most one request to a host in this time.
    pub fn of(between: Duration) -> Pace {
        Pace { between, next: Mutex::default() }
    }

    /// Waits until `host` may be asked, and books the turn. `wanted` is what the host itself asks for between requests.
    pub fn wait(&self, host: &str, wanted: Option<Duration>) {
        let turn = self.turn(host, wanted, Instant::now());
        std::thread::sleep(turn.saturating_duration_since(Instant::now()));
    }

    fn turn(&self, host: &str, wanted: Option<Duration>, now: Instant) -> Instant {
        let mut next = self.next.lock().expect("no thread panics while it holds the turns");
        let turn = next.get(host).map_or(now, |t| (*t).max(now));
        next.insert(host.to_owned(), turn + self.between.max(wanted.unwrap_or_default()));
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_has_its_own_pace_and_may_ask_for_a_slower_one() {
        let pace = Pace::of(Duration::from_secs(2));
        let now = Instant::now();
        assert_eq!(pace.turn("a", None, now), now);
        assert_eq!(pace.turn("a", Some(Duration::from_secs(7)), now), now + Duration::from_secs(2));
        assert_eq!(pace.turn("b", None, now), now);
        assert_eq!(pace.turn("a", None, now), now + Duration::from_secs(9));
    }
}
