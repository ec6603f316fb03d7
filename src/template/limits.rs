//! Budgets of the template library, kept per thread: one compile runs on one thread.

use std::cell::Cell;

use super::value::Fault;
use crate::diagnostics::codes::budget::{OBJECT_DEPTH, TEMPLATE_SIZE};

/// How much work templates may cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest text that a template may expand to, in bytes.
    pub text_size: usize,
    /// Text that all expansions together may make, in bytes.
    pub expanded: u64,
    /// References that all expansions together may look up; one text may hold a 500th of them at a time.
    pub references: u64,
    /// Objects inside objects.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { text_size: 16 << 20, expanded: 4 << 30, references: 50_000_000, depth: 200 }
    }
}

thread_local! {
    static LIMITS: Cell<Limits> = Cell::new(Limits::default());
    static EXPANDED: Cell<u64> = const { Cell::new(0) };
    static LOOKED_UP: Cell<u64> = const { Cell::new(0) };
}

/// Sets the budgets of this thread and starts counting anew.
pub fn install(limits: Limits) {
    LIMITS.set(limits);
    EXPANDED.set(0);
    LOOKED_UP.set(0);
}

/// Counts references of one text that are to be looked up.
pub(super) fn charge_references(count: usize) -> Result<(), Fault> {
    let limits = LIMITS.get();
    let total = LOOKED_UP.get() + count as u64;
    LOOKED_UP.set(total);
    let at_a_time = limits.references / 500;
    let message = if count as u64 > at_a_time {
        format!(
            "a template holds {count} references after some rounds, more than the {at_a_time} that are allowed"
        )
    } else if total > limits.references {
        format!(
            "the templates of the file hold more than the {} references that are allowed",
            limits.references
        )
    } else {
        return Ok(());
    };
    Err(Fault::new("MemoryError", &TEMPLATE_SIZE, message).help(
        "look for bindings that repeat each other; raise the budget with --max-references if it is meant",
    ))
}

/// Counts text made by expanding a template.
pub(super) fn charge(size: usize) -> Result<(), Fault> {
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

/// Refuses objects nested deeper than the budget.
pub(super) fn check_depth(depth: usize) -> Result<(), Fault> {
    let limit = LIMITS.get().depth;
    if depth <= limit {
        return Ok(());
    }
    let message = format!("objects and bindings are nested more than {limit} deep");
    Err(Fault::new("RuntimeError", &OBJECT_DEPTH, message)
        .help("bind the values side by side instead of inside each other"))
}
