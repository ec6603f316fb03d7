//! Stops compiles that take too long.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// A thread that raises flags when their time is up. All have the same time, so that they come in order.
#[derive(Debug, Clone)]
pub(crate) struct Watchdog {
    time: Duration,
    sender: Sender<(Instant, Weak<AtomicBool>)>,
}

impl Watchdog {
    /// A watchdog that gives everyone this time.
    pub(crate) fn new(time: Duration) -> Watchdog {
        let (sender, receiver) = channel::<(Instant, Weak<AtomicBool>)>();
        // The thread ends with the last sender, or with the process.
        std::thread::spawn(move || {
            for (deadline, flag) in receiver {
                std::thread::sleep(deadline.saturating_duration_since(Instant::now()));
                if let Some(flag) = flag.upgrade() {
                    flag.store(true, Ordering::Relaxed);
                }
            }
        });
        Watchdog { time, sender }
    }

    /// A flag that is raised when the time from now is up.
    pub(crate) fn flag(&self) -> Arc<AtomicBool> {
        let flag = Arc::new(AtomicBool::new(false));
        if let Some(deadline) = Instant::now().checked_add(self.time) {
            // Without its thread, which cannot end before this sender, there would be no limit of time.
            let _ = self.sender.send((deadline, Arc::downgrade(&flag)));
        }
        flag
    }
}
