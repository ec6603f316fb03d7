//! Several pieces of work at a time, with the same result as one after the other.

use std::io;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::eval::with_stack;

/// Does `work` for the numbers from 0 to `count` on `threads` threads, this one included, each with a deep stack. Gives the
/// results in the order of the numbers. A panic in one of them goes on here.
///
/// # Errors
/// When a thread cannot be started.
pub fn in_parallel<T: Send>(
    count: usize,
    threads: usize,
    work: impl Fn(usize) -> T + Sync,
) -> io::Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return done;
            }
            done.push((number, work(number)));
        }
    };
    let mut done = thread::scope(|scope| {
        let start = |_| thread::Builder::new().spawn_scoped(scope, || with_stack(share));
        let others = (1..threads).map(start).collect::<io::Result<Vec<_>>>()?;
        let mut done = with_stack(share);
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        Ok::<_, io::Error>(done)
    })?;
    done.sort_unstable_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_have_the_order_of_the_work() {
        for threads in [1, 2, 7] {
            assert_eq!(
                in_parallel(100, threads, |n| n * n).unwrap(),
                (0..100).map(|n| n * n).collect::<Vec<_>>()
            );
        }
        assert_eq!(in_parallel(0, 1, |n| n).unwrap(), [0; 0]);
    }

    #[test]
    fn a_panic_is_passed_on() {
        let work = |n: usize| assert_ne!(n, 3, "on purpose");
        for threads in [1, 2] {
            assert!(std::panic::catch_unwind(|| in_parallel(10, threads, work)).is_err());
        }
    }
}
