//! The state of a run: budgets, and calls of any callable value.

use std::collections::BTreeMap;

use super::native::{BoundMethod, Builtin, Closure};
use crate::diagnostics::codes::budget::{TOO_LARGE, TOO_MANY_STEPS};
use crate::template::value::{Args, Fault, Value};

/// How much a program may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// Evaluation steps: expressions, statements, items of loops.
    pub steps: u64,
    /// Calls inside calls.
    pub call_depth: usize,
    /// Items that one list, dict or set may have.
    pub items: usize,
    /// Bytes that one text may have.
    pub text: usize,
    /// Bits that one integer may have.
    pub int_bits: u64,
    /// Files that may be included, counting repetitions.
    pub includes: usize,
    /// Bytes of all containers and texts together, roughly.
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
            memory: 400 << 20,
        }
    }
}

/// The state of a run.
#[derive(Debug)]
pub struct Machine {
    /// How much may be done.
    pub budgets: Budgets,
    steps: u64,
    environment: BTreeMap<String, String>,
}

impl Machine {
    /// A fresh run.
    pub fn new(budgets: Budgets) -> Machine {
        Machine { budgets, steps: 0, environment: BTreeMap::new() }
    }

    /// Counts steps.
    ///
    /// # Errors
    /// When the budget of steps is used up; such a fault cannot be caught by the program.
    pub fn charge(&mut self, steps: u64) -> Result<(), Fault> {
        self.steps += steps;
        if self.steps <= self.budgets.steps {
            return Ok(());
        }
        let message = format!("stopped after {} steps", self.budgets.steps);
        Err(Fault::new("Budget", &TOO_MANY_STEPS, message)
            .help("raise the budget with --max-steps if this is meant"))
    }

    /// Refuses to make a text of more bytes, or a container of more items, than allowed; counts what it costs.
    ///
    /// # Errors
    /// When the budget for one text is exceeded.
    pub fn charge_text(&mut self, bytes: usize) -> Result<(), Fault> {
        if bytes > self.budgets.text {
            return Err(too_large("a text", "bytes", bytes, self.budgets.text));
        }
        self.charge(bytes as u64 / 64)
    }

    /// See [`Machine::charge_text`].
    ///
    /// # Errors
    /// When the budget for one container is exceeded.
    pub fn charge_items(&mut self, items: usize) -> Result<(), Fault> {
        if items > self.budgets.items {
            return Err(too_large("a container", "items", items, self.budgets.items));
        }
        self.charge(items as u64)
    }

    /// The user who submits (`--user`).
    pub fn user(&self) -> &str {
        ""
    }

    /// The environment variables that the file may read (`--env`).
    pub fn environment(&self) -> &BTreeMap<String, String> {
        &self.environment
    }

    /// Whether `from __future__ import division` holds where the program is now.
    pub fn true_division(&self) -> bool {
        false
    }

    /// Calls any callable value.
    ///
    /// # Errors
    /// Whatever the function raises; a TypeError if the value cannot be called.
    pub fn call(&mut self, function: &Value, mut args: Args) -> Result<Value, Fault> {
        let span = args.span;
        if let Value::Native(native) = function {
            if let Some(builtin) = native.as_any().downcast_ref::<Builtin>() {
                return (builtin.function)(self, args).map_err(|f| f.at(span));
            }
            if let Some(method) = native.as_any().downcast_ref::<BoundMethod>() {
                args.positional.insert(0, (method.receiver.clone(), span));
                return (method.function)(self, args).map_err(|f| f.at(span));
            }
            if let Some(closure) = native.as_any().downcast_ref::<Closure>() {
                return (closure.function)(self, args).map_err(|f| f.at(span));
            }
            if let Some(behaviour) = super::special::Special::of(function) {
                return behaviour.call(self, args).map_err(|f| f.at(span));
            }
        }
        Err(Fault::type_error(format!("a {} cannot be called", function.type_name())).at(span))
    }
}

fn too_large(what: &str, unit: &str, size: usize, limit: usize) -> Fault {
    Fault::new(
        "Budget",
        &TOO_LARGE,
        format!("{what} of {size} {unit} is more than the {limit} that are allowed"),
    )
}
