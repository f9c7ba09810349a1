//! Many threads, one order: jobs are taken one after the other, done side by side, and given back in turn.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, mpsc};

/// How many jobs may be under way or waiting for their turn, for each thread: bounds memory for any number of jobs.
const AHEAD: usize = 4;

/// Runs `work` on every job with `threads` threads and hands the results to `done` in the order of the jobs.
///
/// Stops taking new jobs when `done` fails, and gives its error.
pub fn in_order<J, R, E>(
    jobs: impl Iterator<Item = J> + Send,
    threads: NonZeroUsize,
    work: impl Fn(J) -> R + Sync,
    mut done: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    R: Send,
{
    struct Queue<I> {
        jobs: I,
        taken: usize,
        written: usize,
        stop: bool,
    }
    let window = threads.get() * AHEAD;
    let queue = Mutex::new(Queue { jobs, taken: 0, written: 0, stop: false });
    let room = Condvar::new();
    let (send, receive) = mpsc::channel::<(usize, R)>();
    std::thread::scope(|scope| {
        for _ in 0..threads.get() {
            let (send, queue, room, work) = (send.clone(), &queue, &room, &work);
            scope.spawn(move || {
                loop {
                    let mut q = queue.lock().expect("no thread panics while it holds the queue");
                    while !q.stop && q.taken >= q.written + window {
                        q = room.wait(q).expect("no thread panics while it holds the queue");
                    }
                    if q.stop {
                        return;
                    }
                    let Some(job) = q.jobs.next() else { return };
                    let turn = q.taken;
                    q.taken += 1;
                    drop(q);
                    // A panic leaves a turn that never comes: the others must not wait for it.
                    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(job)));
                    let result = result.unwrap_or_else(|panic| {
                        queue.lock().expect("no thread panics while it holds the queue").stop = true;
                        room.notify_all();
                        std::panic::resume_unwind(panic)
                    });
                    if send.send((turn, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut next = 0;
        let mut outcome = Ok(());
        for (turn, result) in receive {
            early.insert(turn, result);
            while let Some(result) = early.remove(&next) {
                next += 1;
                if outcome.is_ok() {
                    outcome = done(result);
                }
            }
            let mut q = queue.lock().expect("no thread panics while it holds the queue");
            q.written = next;
            q.stop |= outcome.is_err();
            drop(q);
            room.notify_all();
        }
        outcome
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize) -> Vec<u64> {
        let mut out = Vec::new();
        let threads = NonZeroUsize::new(threads).unwrap();
        let slow_when_even = |n: u64| {
            if n.is_multiple_of(2) {
                std::thread::yield_now();
            }
            n * n
        };
        in_order(0..500u64, threads, slow_when_even, |r| {
            out.push(r);
            Ok::<(), ()>(())
        })
        .unwrap();
        out
    }

    #[test]
    fn results_come_in_the_order_of_the_jobs_on_any_number_of_threads() {
        let expected: Vec<u64> = (0..500).map(|n| n * n).collect();
        for threads in [1, 2, 7] {
            assert_eq!(squares(threads), expected);
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_ends_the_run_and_does_not_hang_it() {
        let threads = NonZeroUsize::new(2).unwrap();
        let breaks = |n: u64| if n == 3 { panic!("broken") } else { n };
        let _ = in_order(0..500u64, threads, breaks, |_| Ok::<(), ()>(()));
    }

    #[test]
    fn an_error_in_writing_ends_the_run_early() {
        let mut seen = 0;
        let outcome = in_order(
            0..1_000_000u64,
            NonZeroUsize::new(3).unwrap(),
            |n| n,
            |_| {
                seen += 1;
                if seen == 10 { Err("the pipe is closed") } else { Ok(()) }
            },
        );
        assert_eq!(outcome, Err("the pipe is closed"));
        assert_eq!(seen, 10);
    }
}
