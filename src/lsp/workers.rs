//! The threads that compile.
//!
//! Two of them take files as they come; a third takes those that used up their time before, so that a file that loops
//! delays no other.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::Scope;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::host::Host;
use crate::eval::with_stack;

/// Threads that compile files in the usual time.
const QUICK_THREADS: usize = 2;

/// What a thread does with the host of its own.
pub(super) type Task<T> = Box<dyn FnOnce(&dyn Host) -> T + Send>;

/// A piece of work.
pub(super) struct Work<T> {
    /// What is done.
    pub(super) run: Task<T>,
    /// What is told where that panics, with the words of the panic.
    pub(super) failed: Box<dyn FnOnce(String) -> T + Send>,
}

/// Which threads take a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// The usual ones.
    Quick,
    /// The one for what took too long before.
    Slow,
}

/// The threads. They end when this is dropped and their work is done.
pub(super) struct Workers<T> {
    quick: Sender<Work<T>>,
    slow: Sender<Work<T>>,
    /// What was done.
    pub(super) done: Receiver<T>,
}

impl<T: Send + 'static> Workers<T> {
    /// Starts the threads.
    pub(super) fn start<'scope>(scope: &'scope Scope<'scope, '_>, host: &'scope dyn Host) -> Workers<T> {
        let (quick, quick_work) = unbounded::<Work<T>>();
        let (slow, slow_work) = unbounded::<Work<T>>();
        let (report, done) = unbounded();
        let queues = std::iter::repeat_n(quick_work, QUICK_THREADS).chain([slow_work]);
        for queue in queues {
            let report = report.clone();
            scope.spawn(move || {
                for Work { run, failed } in queue {
                    let result = catch_unwind(AssertUnwindSafe(|| with_stack(|| run(host))));
                    // Nobody is left to tell when the main loop has ended.
                    let _ = report.send(result.unwrap_or_else(|panic| failed(words(&*panic))));
                }
            });
        }
        Workers { quick, slow, done }
    }

    /// Gives work to the threads.
    pub(super) fn send(&self, lane: Lane, work: Work<T>) {
        let queue = match lane {
            Lane::Quick => &self.quick,
            Lane::Slow => &self.slow,
        };
        // The threads live as long as the queue.
        let _ = queue.send(work);
    }
}

/// What a panic says.
pub(super) fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no words".to_string())
}
