//! What values written in Rust may ask of the evaluator.

use std::collections::BTreeMap;

use super::{Args, Fault, Loaded, Value};
use crate::diagnostics::codes::budget::TOO_LARGE;
use crate::source::Span;

/// How much a program may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// Evaluation steps: expressions, statements, items of loops.
    pub steps: u64,
    /// Calls inside calls.
    pub call_depth: usize,
    /// Items that one list, dict or set may have.
    pub items: usize,
    /// Bytes that one string may have.
    pub text: usize,
    /// Bits that one integer may have.
    pub int_bits: u64,
    /// Files that may be included, counting repetitions.
    pub includes: usize,
    /// Includes inside includes.
    pub include_depth: usize,
    /// Bytes that all strings together may have.
    pub memory: u64,
}

impl Default for Budgets {
    fn default() -> Budgets {
        Budgets {
            steps: 50_000_000,
            call_depth: 900,
            items: 5_000_000,
            text: 64 << 20,
            int_bits: 65_536,
            includes: 10_000,
            include_depth: 100,
            memory: 256 << 20,
        }
    }
}

/// Steps that making a container or a function costs beside those for its items. They bound how many there can be, and
/// with that how deep values can nest: dropping a nested value recurses.
const STEPS_PER_CONTAINER: u64 = 16;

/// The evaluator, as values and functions written in Rust see it.
pub trait Vm {
    /// Calls any callable value.
    ///
    /// # Errors
    /// Whatever the function raises; a TypeError if the value cannot be called.
    fn call(&mut self, function: &Value, args: Args) -> Result<Value, Fault>;

    /// `value.name`: methods and fields of any value.
    ///
    /// # Errors
    /// An AttributeError where there is none of this name.
    fn attribute(&mut self, value: &Value, name: &str) -> Result<Value, Fault>;

    /// `container[index]` for any value.
    ///
    /// # Errors
    /// When the container cannot be indexed, or has no such index or key.
    fn item(&mut self, container: &Value, index: &Value) -> Result<Value, Fault>;

    /// The next item of a generator expression, `None` at its end.
    ///
    /// # Errors
    /// Whatever making the item raises.
    fn resume(&mut self, generator: &Value) -> Result<Option<Value>, Fault>;

    /// Python's truth of a value. Warns where nobody means it, as for a template object.
    fn truth(&mut self, value: &Value, span: Span) -> bool;

    /// Counts steps.
    ///
    /// # Errors
    /// When the budget of steps is used up, or the caller wants the run to stop; such a fault cannot be caught by the
    /// program.
    fn charge(&mut self, steps: u64) -> Result<(), Fault>;

    /// Counts what looking for keys of dicts and sets has cost. Who knows the hash can write keys that all collide, so
    /// that each search looks at all of them.
    ///
    /// # Errors
    /// As for [`Vm::charge`].
    fn charge_probes(&mut self, probes: u64) -> Result<(), Fault>;

    /// Is told that the items of a dict or set are about to be gone through in their order; `written` says that text
    /// is made of them. Warns where that order is hardly what somebody means.
    fn walked(&mut self, container: &Value, written: bool);

    /// Is told that the order of two values is not that of what they hold, but of their types, or of their addresses.
    /// Warns.
    fn ordered_by_type(&mut self, left: &Value, right: &Value);

    /// Is told that `/` of two integers that do not divide has given their quotient, rounded down. Warns.
    fn rounded_down(&mut self, dividend: &Value, divisor: &Value, quotient: &Value);

    /// How much may be done.
    fn budgets(&self) -> &Budgets;

    /// The modules and patterns of this run.
    fn loaded(&mut self) -> &mut Loaded;

    /// Counts the bytes of a string that is made; gives those of all strings so far.
    fn count_text(&mut self, bytes: usize) -> u64;

    /// The user who submits (`--user`).
    fn user(&self) -> &str;

    /// The environment variables that the file may read (`--env`).
    fn environment(&self) -> &BTreeMap<String, String>;

    /// Looks up an environment variable, for a program that goes on without it. Warns where it is not declared: the stock
    /// client may find it. `span` is the place, if it is known.
    fn variable(&mut self, name: &str, span: Span) -> Option<String>;

    /// Is told that all variables were read.
    fn read_all_variables(&mut self);

    /// Refuses to make a string of more bytes than allowed; counts what it costs.
    ///
    /// # Errors
    /// When the budget for one string, or that for all strings, is exceeded.
    fn charge_text(&mut self, bytes: usize) -> Result<(), Fault> {
        let budgets = self.budgets();
        if bytes > budgets.text {
            return Err(too_large("a text", "bytes", bytes, budgets.text, "--max-text-bytes"));
        }
        let memory = budgets.memory;
        if self.count_text(bytes) > memory {
            let message = format!("all strings together have more than the {memory} bytes that are allowed");
            return Err(Fault::new("Budget", &TOO_LARGE, message)
                .help("raise the budget with --max-memory if this is meant"));
        }
        self.charge(bytes as u64 / 64)
    }

    /// Refuses to make a container of more items than allowed; counts what it costs.
    ///
    /// # Errors
    /// When the budget for one container is exceeded.
    fn charge_items(&mut self, items: usize) -> Result<(), Fault> {
        if items > self.budgets().items {
            return Err(too_large("a container", "items", items, self.budgets().items, "--max-items"));
        }
        self.charge(items as u64 + STEPS_PER_CONTAINER)
    }
}

fn too_large(what: &str, unit: &str, size: usize, limit: usize, flag: &str) -> Fault {
    let message = format!("{what} of {size} {unit} is more than the {limit} that are allowed");
    Fault::new("Budget", &TOO_LARGE, message).help(format!("raise the budget with {flag} if this is meant"))
}
