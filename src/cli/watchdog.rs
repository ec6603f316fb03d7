//! Stops compiles that take too long or too much memory.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// How often the watchdog looks. Memory cannot grow by much meanwhile, as the system has to clear it.
const TICK: Duration = Duration::from_millis(20);

/// A compile under way: when its time is up, and the flag that stops it.
type Watched = (Option<Instant>, Weak<AtomicBool>);

/// A thread that raises the flags of compiles.
#[derive(Debug, Clone)]
pub(crate) struct Watchdog {
    time: Duration,
    sender: Sender<Watched>,
}

impl Watchdog {
    /// A watchdog that gives every compile this time, and this many bytes of memory.
    pub(crate) fn new(time: Duration, memory: u64) -> Watchdog {
        let (sender, receiver) = channel();
        // The thread ends with the last sender, or with the process.
        std::thread::spawn(move || watch(&receiver, memory));
        Watchdog { time, sender }
    }

    /// A flag that is raised when the time from now is up, or the memory used.
    pub(crate) fn flag(&self) -> Arc<AtomicBool> {
        let flag = Arc::new(AtomicBool::new(false));
        let deadline = Instant::now().checked_add(self.time);
        // Without its thread, which cannot end before this sender, there would be no limit.
        let _ = self.sender.send((deadline, Arc::downgrade(&flag)));
        flag
    }
}

fn watch(receiver: &Receiver<Watched>, memory: u64) {
    let mut watched: Vec<Watched> = Vec::new();
    loop {
        // With nothing to watch, there is nothing to do until something comes.
        let news = if watched.is_empty() {
            receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            receiver.recv_timeout(TICK)
        };
        match news {
            Ok(one) => {
                watched.push(one);
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        watched.retain(|(_, flag)| flag.strong_count() > 0);
        let now = Instant::now();
        let running = watched.len() as u64;
        let too_much = resident_bytes().is_some_and(|bytes| bytes > memory.saturating_mul(running));
        for (deadline, flag) in &watched {
            if (too_much || deadline.is_some_and(|deadline| now >= deadline))
                && let Some(flag) = flag.upgrade()
            {
                flag.store(true, Ordering::Relaxed);
            }
        }
    }
}

/// Bytes of memory that the process uses, where the system tells.
#[expect(clippy::disallowed_methods, reason = "what the system says about the process is no job file")]
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(watchdog: &Watchdog) -> bool {
        let flag = watchdog.flag();
        let patience = Instant::now() + Duration::from_secs(20);
        while !flag.load(Ordering::Relaxed) && Instant::now() < patience {
            std::thread::yield_now();
        }
        flag.load(Ordering::Relaxed)
    }

    #[test]
    fn a_flag_is_raised_when_time_or_memory_is_used_up() {
        assert!(raised(&Watchdog::new(Duration::from_millis(1), u64::MAX)));
        if resident_bytes().is_some() {
            assert!(raised(&Watchdog::new(Duration::MAX, 1)));
        }
    }
}
