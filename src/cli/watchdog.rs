//! Stops compiles that take too long or too much memory.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jobc::driver::Cancel;

use super::process;

/// How often time and memory are looked at. Memory cannot grow by much meanwhile, as the system has to clear it.
const TICK: Duration = Duration::from_millis(10);

/// How far past its limits a run may go, as the part of 10 that is added, before it is ended from outside.
const PATIENCE: u32 = 1;

/// What a run may use beside that: what goes before and comes after the compiles.
const SPARE_TIME: Duration = Duration::from_millis(500);
const SPARE_MEMORY: u64 = 24 << 20;

/// What was used up when a run is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UsedUp {
    /// The seconds.
    Time,
    /// The bytes.
    Memory,
}

/// Gives every compile its time and its share of the memory. A thread looks after them: it tells a compile to stop, and
/// ends the process where that is not enough, so that the limits hold whatever the process does.
#[derive(Debug, Clone)]
pub(crate) struct Watchdog(Arc<Watched>);

#[derive(Debug)]
struct Watched {
    time: Duration,
    memory: u64,
    compiles: Mutex<Compiles>,
    /// Whether outputs are being written: a run is not ended between two files.
    writing: AtomicBool,
}

#[derive(Debug, Default)]
struct Compiles {
    under_way: Vec<Arc<Underway>>,
    begun: u32,
    ended: u32,
}

/// A compile under way.
#[derive(Debug)]
struct Underway {
    began: Instant,
    /// Bytes that the process used then.
    resident: u64,
    /// Compiles that had ended then: whatever the others keep is not held against this one.
    ended: u32,
    stop: Arc<AtomicBool>,
}

/// The time of one compile, which ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Lease {
    watchdog: Watchdog,
    compile: Arc<Underway>,
}

impl Lease {
    /// What stops the compile when its time or memory is used up.
    pub(crate) fn cancel(&self) -> Cancel {
        let stop = Arc::clone(&self.compile.stop);
        Cancel::new(move || stop.load(Ordering::Relaxed))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut compiles = self.watchdog.0.compiles();
        compiles.ended += 1;
        compiles.under_way.retain(|other| !Arc::ptr_eq(other, &self.compile));
    }
}

impl Watchdog {
    /// Starts a watchdog that gives every compile this time, and this many bytes of memory. `end` ends the process.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub(crate) fn start(
        time: Duration,
        memory: u64,
        end: impl Fn(UsedUp) + Send + 'static,
    ) -> io::Result<Watchdog> {
        let watchdog = Watchdog(Arc::new(Watched {
            time,
            memory,
            compiles: Mutex::default(),
            writing: AtomicBool::new(false),
        }));
        let watched = Arc::clone(&watchdog.0);
        thread::Builder::new().stack_size(256 << 10).spawn(move || {
            loop {
                thread::sleep(TICK);
                if let Some(used_up) = watched.look() {
                    end(used_up);
                }
            }
        })?;
        Ok(watchdog)
    }

    /// Begins the time of one compile.
    pub(crate) fn begin(&self) -> Lease {
        let resident = process::resident_bytes().unwrap_or(0);
        let mut compiles = self.0.compiles();
        compiles.begun += 1;
        let ended = compiles.ended;
        let compile = Arc::new(Underway { began: Instant::now(), resident, ended, stop: Arc::default() });
        compiles.under_way.push(Arc::clone(&compile));
        Lease { watchdog: self.clone(), compile }
    }

    /// Does what is not to be broken off.
    pub(crate) fn unbroken<T>(&self, work: impl FnOnce() -> T) -> T {
        self.0.writing.store(true, Ordering::SeqCst);
        let done = work();
        self.0.writing.store(false, Ordering::SeqCst);
        done
    }
}

/// A limit of bytes, and what may go past it.
fn and_spare(limit: u64) -> u64 {
    limit.saturating_add(limit / 10 * u64::from(PATIENCE)).saturating_add(SPARE_MEMORY)
}

/// A limit of time, and what may go past it.
fn with_patience(limit: Duration, spare: Duration) -> Duration {
    limit.saturating_add(limit.saturating_mul(PATIENCE) / 10).saturating_add(spare)
}

impl Watched {
    fn compiles(&self) -> MutexGuard<'_, Compiles> {
        self.compiles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells compiles to stop that have used up what is theirs. Gives what the run has used up.
    fn look(&self) -> Option<UsedUp> {
        let resident = process::resident_bytes().unwrap_or(0);
        let scarce = process::address_space_is_scarce();
        let compiles = self.compiles();
        let mut ended = None;
        for compile in &compiles.under_way {
            let grown = resident.saturating_sub(compile.resident);
            let shares = u64::from(compiles.begun - compile.ended);
            let memory = self.memory.saturating_mul(shares);
            let passed = compile.began.elapsed();
            if passed >= self.time || grown > memory || scarce {
                compile.stop.store(true, Ordering::Relaxed);
            }
            if passed >= with_patience(self.time, SPARE_TIME) {
                ended = Some(UsedUp::Time);
            }
            if grown > and_spare(memory) {
                ended = Some(UsedUp::Memory);
            }
        }
        // What goes before and comes after the compiles has no limits of its own.
        let begun = compiles.begun.max(1);
        if resident > and_spare(self.memory.saturating_mul(u64::from(begun))) {
            ended = Some(UsedUp::Memory);
        }
        // A reader of the output may take all the time there is; that is not the processor's.
        let all = self.time.saturating_mul(begun);
        if process::processor_time().is_some_and(|used| used >= with_patience(all, SPARE_TIME)) {
            ended = Some(UsedUp::Time);
        }
        ended.filter(|_| !self.writing.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// Waits until a compile is told to stop, and then for the end of the process.
    fn stops(time: Duration, memory: u64) -> UsedUp {
        let (sender, receiver) = mpsc::channel();
        let watchdog =
            Watchdog::start(time, memory, move |used_up| sender.send(used_up).unwrap_or(())).unwrap();
        let lease = watchdog.begin();
        let patience = Duration::from_secs(20);
        let began = Instant::now();
        while !lease.cancel().is_wanted() && began.elapsed() < patience {
            thread::yield_now();
        }
        assert!(lease.cancel().is_wanted());
        receiver.recv_timeout(patience).unwrap()
    }

    #[test]
    fn a_compile_is_told_to_stop_and_then_ended() {
        assert_eq!(stops(Duration::from_millis(1), u64::MAX), UsedUp::Time);
    }

    #[test]
    fn what_others_keep_is_not_held_against_a_compile() {
        let watchdog = Watchdog::start(Duration::MAX, 1 << 40, |_| ()).unwrap();
        drop(watchdog.begin());
        let second = watchdog.begin();
        assert_eq!(second.compile.ended, 1);
        assert_eq!(watchdog.0.compiles().under_way.len(), 1);
    }
}
