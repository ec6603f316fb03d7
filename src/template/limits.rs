//! Budgets of the template library, kept per thread: one compile runs on one thread.

use std::cell::{Cell, RefCell};

use super::value::{Fault, Object};
use crate::common::Cancel;
use crate::diagnostics::codes::budget::{OBJECT_DEPTH, TEMPLATE_SIZE, TOO_MANY_STEPS};
use crate::diagnostics::codes::files::CANCELLED;

/// How much work templates may cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest text that a template may expand to, in bytes.
    pub text_size: usize,
    /// Text that all expansions together may make, in bytes.
    pub expanded: u64,
    /// References that all expansions together may look up; one text may hold a 500th of them at a time.
    pub references: u64,
    /// Steps: objects and parts of structures that are made, expanded, compared, checked or printed.
    pub steps: u64,
    /// Objects inside objects.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            text_size: 16 << 20,
            expanded: 4 << 30,
            references: 50_000_000,
            steps: 200_000_000,
            depth: 200,
        }
    }
}

thread_local! {
    static LIMITS: Cell<Limits> = Cell::new(Limits::default());
    static EXPANDED: Cell<u64> = const { Cell::new(0) };
    static LOOKED_UP: Cell<u64> = const { Cell::new(0) };
    static STEPS: Cell<u64> = const { Cell::new(0) };
    /// The number of steps at which budget and caller are asked again.
    static CHECK_AT: Cell<u64> = const { Cell::new(STEPS_BETWEEN_CHECKS) };
    static CANCEL: RefCell<Option<Cancel>> = const { RefCell::new(None) };
}

/// Steps between two questions to the caller.
const STEPS_BETWEEN_CHECKS: u64 = 4096;

/// Bytes of text whose making counts as a step.
const BYTES_OF_A_STEP: usize = 64;

/// The exception class of budgets, which no program can catch.
const UNCATCHABLE: &str = "Budget";

/// Sets the budgets of this thread and starts counting anew. `cancel` says whether to stop what goes on, when the time
/// is up for example.
pub fn install(limits: Limits, cancel: Option<Cancel>) {
    LIMITS.set(limits);
    EXPANDED.set(0);
    LOOKED_UP.set(0);
    STEPS.set(0);
    CHECK_AT.set(STEPS_BETWEEN_CHECKS.min(limits.steps));
    CANCEL.set(cancel);
}

/// Whether more than half of what this thread may do is used up.
pub fn is_half_spent() -> bool {
    let limits = LIMITS.get();
    STEPS.get() > limits.steps / 2
        || EXPANDED.get() > limits.expanded / 2
        || LOOKED_UP.get() > limits.references / 2
}

/// Does work that is counted by itself: what is counted so far is the same afterwards.
pub fn counted_apart<T>(work: impl FnOnce() -> T) -> T {
    let before = (STEPS.get(), EXPANDED.get(), LOOKED_UP.get(), CHECK_AT.get());
    STEPS.set(0);
    EXPANDED.set(0);
    LOOKED_UP.set(0);
    CHECK_AT.set(STEPS_BETWEEN_CHECKS.min(LIMITS.get().steps));
    let result = work();
    STEPS.set(before.0);
    EXPANDED.set(before.1);
    LOOKED_UP.set(before.2);
    CHECK_AT.set(before.3);
    result
}

/// Counts steps.
///
/// # Errors
/// When the budget of steps is used up, or the caller wants the work to stop.
pub(super) fn charge_steps(steps: usize) -> Result<(), Fault> {
    let total = STEPS.get().saturating_add(steps as u64);
    STEPS.set(total);
    if total < CHECK_AT.get() { Ok(()) } else { check_steps(total) }
}

#[cold]
fn check_steps(total: u64) -> Result<(), Fault> {
    check_cancelled()?;
    let limit = LIMITS.get().steps;
    if total > limit {
        let message = format!("stopped after {limit} steps of making and expanding template objects");
        return Err(Fault::new(UNCATCHABLE, &TOO_MANY_STEPS, message).help(
            "look for objects that repeat each other; raise the budget with --max-steps if this is meant",
        ));
    }
    CHECK_AT.set((total + STEPS_BETWEEN_CHECKS).min(limit.saturating_add(1)));
    Ok(())
}

/// Fails once the caller wants the work to stop.
///
/// # Errors
/// When the caller says so.
pub fn check_cancelled() -> Result<(), Fault> {
    let wanted = CANCEL.with_borrow(|cancel| cancel.as_ref().is_some_and(Cancel::is_wanted));
    if wanted { Err(cancelled()) } else { Ok(()) }
}

/// The fault of work that the caller stops.
pub fn cancelled() -> Fault {
    Fault::new(UNCATCHABLE, &CANCELLED, "stopped: the time or memory for this file is used up")
        .help("raise the budget with --max-seconds or --max-memory if this is meant")
}

/// Bytes that one template may expand to.
pub fn text_limit() -> usize {
    LIMITS.get().text_size
}

/// Counts references of one text that are to be looked up.
pub(super) fn charge_references(count: usize) -> Result<(), Fault> {
    charge_steps(count)?;
    let limits = LIMITS.get();
    let total = LOOKED_UP.get() + count as u64;
    LOOKED_UP.set(total);
    check_at_a_time(count)?;
    if total <= limits.references {
        return Ok(());
    }
    let most = limits.references;
    Err(too_many(format!("the templates of the file hold more than the {most} references that are allowed")))
}

/// Rejects a string with more references than one may hold before it is taken apart, which costs much more than the text.
pub(super) fn check_references(text: &str) -> Result<(), Fault> {
    // A reference has five bytes at the least.
    if (text.len() / 5) as u64 <= LIMITS.get().references / AT_A_TIME {
        return Ok(());
    }
    check_at_a_time(memchr::memmem::find_iter(text.as_bytes(), b"{{").count())
}

/// The part of all references that one text may hold.
const AT_A_TIME: u64 = 500;

fn check_at_a_time(count: usize) -> Result<(), Fault> {
    let most = LIMITS.get().references / AT_A_TIME;
    if count as u64 <= most {
        return Ok(());
    }
    Err(too_many(format!(
        "a template holds {count} references after some rounds, more than the {most} that are allowed"
    )))
}

fn too_many(message: String) -> Fault {
    Fault::new("MemoryError", &TEMPLATE_SIZE, message).help(
        "look for bindings that repeat each other; raise the budget with --max-references if it is meant",
    )
}

/// Counts text made by expanding a template.
pub(super) fn charge(size: usize) -> Result<(), Fault> {
    charge_steps(size / BYTES_OF_A_STEP)?;
    let limits = LIMITS.get();
    let total = EXPANDED.get() + size as u64;
    EXPANDED.set(total);
    if size > limits.text_size {
        return Err(too_large("a template expands", size as u64, limits.text_size as u64));
    }
    if total > limits.expanded {
        return Err(too_large("the templates of the file expand", total, limits.expanded));
    }
    Ok(())
}

fn too_large(what: &str, size: u64, limit: u64) -> Fault {
    let message = format!("{what} to {size} bytes, more than the {limit} that are allowed");
    Fault::new("MemoryError", &TEMPLATE_SIZE, message).help(
        "look for bindings that repeat each other; raise the budget with --max-template-bytes if it is meant",
    )
}

impl Object {
    /// Rejects objects nested deeper than the budget allows.
    pub(super) fn within_depth(self) -> Result<Object, Fault> {
        check_depth(usize::from(self.depth())).map(|()| self)
    }
}

/// Rejects objects nested deeper than the budget.
pub(super) fn check_depth(depth: usize) -> Result<(), Fault> {
    let limit = LIMITS.get().depth;
    if depth <= limit {
        return Ok(());
    }
    let message = format!("objects and bindings are nested more than {limit} deep");
    Err(Fault::new("RuntimeError", &OBJECT_DEPTH, message)
        .help("bind the values side by side instead of inside each other"))
}
