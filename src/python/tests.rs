//! An evaluator for tests of the library: it calls what is written in Rust, and counts steps.

use std::collections::BTreeMap;

use crate::diagnostics::codes::budget::TOO_MANY_STEPS;
use crate::source::Span;
use crate::template::value::{Args, Budgets, Fault, Loaded, Value, Vm};

/// An evaluator without a language.
#[derive(Debug, Default)]
pub(super) struct TestVm {
    /// How much may be done.
    pub(super) budgets: Budgets,
    /// Steps counted so far.
    pub(super) steps: u64,
    /// Variables that the program may read.
    pub(super) environment: BTreeMap<String, String>,
    /// What has been imported and compiled.
    pub(super) loaded: Loaded,
    /// Bytes of all strings made so far.
    pub(super) text_bytes: u64,
    /// Comparisons of values by their types so far.
    pub(super) by_type: usize,
}

impl Vm for TestVm {
    fn call(&mut self, function: &Value, args: Args) -> Result<Value, Fault> {
        let span = args.span;
        super::call(self, function, args).map_err(|fault| fault.at(span))
    }

    fn attribute(&mut self, value: &Value, name: &str) -> Result<Value, Fault> {
        super::attribute(value, name)
    }

    fn item(&mut self, container: &Value, index: &Value) -> Result<Value, Fault> {
        super::ops::get_item(self, container, index)
    }

    fn resume(&mut self, _: &Value) -> Result<Option<Value>, Fault> {
        Ok(None)
    }

    fn truth(&mut self, value: &Value, _: Span) -> bool {
        value.truthy()
    }

    fn charge(&mut self, steps: u64) -> Result<(), Fault> {
        self.steps += steps;
        match self.steps <= self.budgets.steps {
            true => Ok(()),
            false => Err(Fault::new("Budget", &TOO_MANY_STEPS, "too many steps")),
        }
    }

    fn charge_probes(&mut self, probes: u64) -> Result<(), Fault> {
        self.charge(probes)
    }

    fn walked(&mut self, _: &Value, _: bool) {}

    fn ordered_by_type(&mut self, _: &Value, _: &Value) {
        self.by_type += 1;
    }

    fn rounded_down(&mut self, _: &Value, _: &Value, _: &Value) {}

    fn budgets(&self) -> &Budgets {
        &self.budgets
    }

    fn loaded(&mut self) -> &mut Loaded {
        &mut self.loaded
    }

    fn count_text(&mut self, bytes: usize) -> u64 {
        self.text_bytes = self.text_bytes.saturating_add(bytes as u64);
        self.text_bytes
    }

    fn user(&self) -> &str {
        "ann"
    }

    fn environment(&self) -> &BTreeMap<String, String> {
        &self.environment
    }

    fn variable(&mut self, name: &str, _: Span) -> Option<String> {
        self.environment.get(name).cloned()
    }

    fn read_all_variables(&mut self) {}
}
