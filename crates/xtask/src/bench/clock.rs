//! Time at work and memory of this process, as the system tells them.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How long this thread has been at work: what else runs on the machine does not count. By the clock where the system
/// does not tell.
pub fn worked() -> Duration {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    let begun = *BEGUN.get_or_init(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|s| s.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

/// How long all threads of this process have been at work, to a hundredth of a second; by the clock where the system does
/// not tell.
pub fn worked_by_all() -> Duration {
    // User and system time are the 12th and 13th fields behind the name.
    times(11)
}

/// How long the programs that this one started and waited for were at work, to a hundredth of a second; by the clock where
/// the system does not tell.
pub fn worked_by_children() -> Duration {
    times(13)
}

/// Two neighbouring times of this process, together.
fn times(first: usize) -> Duration {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    let begun = *BEGUN.get_or_init(Instant::now);
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in brackets; in hundredths of a second.
    let fields: Vec<&str> = told.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let field = |n: usize| fields.get(n)?.parse::<u64>().ok();
    let ticks = field(first).zip(field(first + 1)).map(|(user, system)| user + system);
    ticks.map_or_else(|| begun.elapsed(), |ticks| Duration::from_millis(ticks * 10))
}

/// Peak resident memory of this process in bytes; 0 where the system does not tell.
pub fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:").map(str::to_owned));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}
