//! Work on many rows, shared out over threads: what comes out does not depend on how many.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Rows that a thread takes at a time.
const SHARE: usize = 512;

/// What `work` makes of each row, in the order of the rows. Every thread has room of its own to work in.
pub(super) fn shared_out<R: Sync, T: Send, S>(
    rows: &[R],
    threads: usize,
    room: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &R) -> T + Sync,
) -> Vec<T> {
    if threads < 2 || rows.len() <= SHARE {
        let mut room = room();
        return rows.iter().map(|row| work(&mut room, row)).collect();
    }
    let shares: Vec<&[R]> = rows.chunks(SHARE).collect();
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Vec<T>)>> = Mutex::new(Vec::with_capacity(shares.len()));
    let run = || {
        let mut room = room();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(share) = shares.get(at) else { return };
            let made: Vec<T> = share.iter().map(|row| work(&mut room, row)).collect();
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, made));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.min(shares.len()) {
            scope.spawn(run);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(at, _)| *at);
    let mut out = Vec::with_capacity(rows.len());
    done.into_iter().for_each(|(_, made)| out.extend(made));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_threads_gives_the_same() {
        let rows: Vec<u32> = (0..5000).collect();
        for threads in [0, 1, 2, 3, 16] {
            let out = shared_out(
                &rows,
                threads,
                || 0u32,
                |seen, n| {
                    *seen += 1;
                    n * 2
                },
            );
            assert!(out.iter().zip(&rows).all(|(x, n)| *x == n * 2) && out.len() == rows.len(), "{threads}");
        }
    }
}
