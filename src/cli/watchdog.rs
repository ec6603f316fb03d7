//! Stops compiles that take too long or too much memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jobc::driver::Cancel;

/// How often memory is looked at, in milliseconds. It cannot grow by much meanwhile, as the system has to clear it.
const TICK: u64 = 20;

/// Gives every compile its time, and its share of the memory. It has no thread of its own, which a short compile would
/// wait for: compiles ask it as they go on.
#[derive(Debug)]
pub(crate) struct Watchdog {
    time: Duration,
    memory: u64,
    /// One holder for each compile under way, and the watchdog itself.
    running: Arc<()>,
}

impl Watchdog {
    /// A watchdog that gives every compile this time, and this many bytes of memory.
    pub(crate) fn new(time: Duration, memory: u64) -> Watchdog {
        Watchdog { time, memory, running: Arc::new(()) }
    }

    /// What stops a compile when the time from now is up, or the memory used.
    pub(crate) fn cancel(&self) -> Cancel {
        let (started, time, memory) = (Instant::now(), self.time, self.memory);
        let running = self.running.clone();
        let used_up = AtomicBool::new(false);
        let look_at = AtomicU64::new(TICK);
        Cancel::new(move || {
            let passed = started.elapsed();
            let millis = u64::try_from(passed.as_millis()).unwrap_or(u64::MAX);
            if millis >= look_at.load(Ordering::Relaxed) {
                look_at.store(millis.saturating_add(TICK), Ordering::Relaxed);
                let compiles = Arc::strong_count(&running).saturating_sub(1) as u64;
                if resident_bytes().is_some_and(|bytes| bytes > memory.saturating_mul(compiles)) {
                    used_up.store(true, Ordering::Relaxed);
                }
            }
            passed >= time || used_up.load(Ordering::Relaxed)
        })
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

    fn stops(watchdog: &Watchdog) -> bool {
        let cancel = watchdog.cancel();
        let patience = Instant::now() + Duration::from_secs(20);
        while !cancel.is_wanted() && Instant::now() < patience {
            std::thread::yield_now();
        }
        cancel.is_wanted()
    }

    #[test]
    fn a_compile_stops_when_time_or_memory_is_used_up() {
        assert!(stops(&Watchdog::new(Duration::from_millis(1), u64::MAX)));
        if resident_bytes().is_some() {
            assert!(stops(&Watchdog::new(Duration::MAX, 1)));
        }
    }
}
