//! The state of a run: budgets, names, the files being executed, and calls of any callable value.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::frame::Frame;
use super::globals::Globals;
use super::host::{Executing, Host, Included};
use super::order::Order;
use super::record::Recorder;
use super::report::Report;
use crate::common::Cancel;
use crate::diagnostics::codes::budget::TOO_MANY_STEPS;
use crate::diagnostics::codes::files::TOO_DEEP_CALLS;
use crate::diagnostics::{Code, Diagnostic};
use crate::python::ops;
use crate::source::{FileId, Span};
use crate::syntax::ast::Name;
use crate::template;
use crate::template::value::{Args, Budgets, Fault, Loaded, Text, Value, Vm};

/// What evaluating gives.
pub(super) type Eval = Result<Value, Fault>;

/// Steps between two looks at the clock's flag.
const STEPS_BETWEEN_CHECKS: u64 = 4096;

/// The state of a run.
pub struct Machine {
    /// How much may be done.
    pub budgets: Budgets,
    steps: u64,
    /// The part of the steps that went into looking for keys of dicts and sets.
    probes: u64,
    /// The number of steps at which budget and caller are asked again.
    check_at: u64,
    cancel: Option<Cancel>,
    /// Calls inside calls, now.
    depth: usize,
    /// What the program cannot change.
    pub(super) host: Host,
    /// The one namespace that all files share.
    pub(super) globals: Globals,
    /// The function (or file) that runs now.
    pub(super) frame: Frame,
    /// The files that run now, innermost last.
    pub(super) executing: Vec<Executing>,
    /// The files that have been executed, or are, with repetitions.
    pub(super) executed: Vec<Included>,
    /// The files that were opened, each a source.
    pub(super) opened: FxHashMap<PathBuf, FileId>,
    /// Files included so far.
    pub(super) includes: usize,
    /// Blocks around the current statement that may catch errors.
    pub(super) guards: usize,
    /// What went wrong so far.
    pub(super) report: Report,
    /// The sound items of the last display that failed.
    pub(super) spared: Vec<Value>,
    /// What was found out about names that nothing defines, by their places: a loop may meet one many times.
    pub(super) unknown_names: FxHashMap<Span, Diagnostic>,
    /// String literals that were evaluated already, by where they are written.
    pub(super) literals: FxHashMap<Span, Text>,
    /// The exceptions that `except` clauses around the current statement handle, innermost last.
    pub(super) handling: Vec<Fault>,
    /// Functions and classes at the top level of files of which a line could not be read.
    pub(super) damaged: FxHashSet<Span>,
    /// Imports of modules that are not there, of which a use has been reported.
    pub(super) blamed_imports: FxHashSet<Span>,
    /// Whether names stand for modules that are not there.
    pub(super) missing_modules: bool,
    /// The modules and patterns of this run.
    pub(super) loaded: Loaded,
    /// Bytes of all strings that the program has made.
    text_bytes: u64,
    /// Names as the template library wants them.
    symbols: FxHashMap<Name, Rc<str>>,
    /// How the order of items matters where the program is.
    pub(super) order: Order,
    /// The environment variables that were found.
    pub(super) variables_read: BTreeSet<String>,
    /// Where values come from, where somebody wants to know.
    pub(super) recorder: Recorder,
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("budgets", &self.budgets).field("steps", &self.steps).finish()
    }
}

impl Machine {
    /// A fresh run that can reach no files.
    pub fn new(budgets: Budgets) -> Machine {
        Machine::with_host(budgets, Host::default())
    }

    /// A fresh run.
    pub(super) fn with_host(budgets: Budgets, host: Host) -> Machine {
        Machine {
            budgets,
            steps: 0,
            probes: 0,
            check_at: STEPS_BETWEEN_CHECKS.min(budgets.steps),
            cancel: host.cancel.clone(),
            depth: 0,
            host,
            globals: Globals::default(),
            frame: Frame::default(),
            executing: Vec::new(),
            executed: Vec::new(),
            opened: FxHashMap::default(),
            includes: 0,
            guards: 0,
            report: Report::default(),
            spared: Vec::new(),
            unknown_names: FxHashMap::default(),
            literals: FxHashMap::default(),
            handling: Vec::new(),
            damaged: FxHashSet::default(),
            blamed_imports: FxHashSet::default(),
            missing_modules: false,
            loaded: Loaded::default(),
            text_bytes: 0,
            symbols: FxHashMap::default(),
            order: Order::default(),
            variables_read: BTreeSet::new(),
            recorder: Recorder::default(),
        }
    }

    /// Counts the call of a function that is not written in the language. Such a function may do much work for one
    /// step, so the caller is called each time.
    ///
    /// # Errors
    /// As for [`Machine::charge`].
    pub(super) fn charge_builtin(&mut self) -> Result<(), Fault> {
        if self.cancel.as_ref().is_some_and(Cancel::is_wanted) {
            return Err(template::cancelled());
        }
        self.charge(1)
    }

    #[cold]
    fn check_budget(&mut self) -> Result<(), Fault> {
        if self.cancel.as_ref().is_some_and(Cancel::is_wanted) {
            return Err(template::cancelled());
        }
        if self.steps > self.budgets.steps {
            return Err(self.out_of_steps());
        }
        self.check_at =
            self.steps.saturating_add(STEPS_BETWEEN_CHECKS).min(self.budgets.steps.saturating_add(1));
        Ok(())
    }

    /// Whether more than half of the steps are used up.
    pub(super) fn has_spent_half(&self) -> bool {
        self.steps > self.budgets.steps / 2
    }

    fn out_of_steps(&self) -> Fault {
        let message = format!("stopped after {} steps", self.budgets.steps);
        let fault = Fault::new("Budget", &TOO_MANY_STEPS, message);
        if self.probes < self.budgets.steps / 2 {
            return fault.help("raise the budget with --max-steps if this is meant");
        }
        let words =
            "most of them were spent looking for keys of a dict, or items of a set, whose hashes collide";
        fault.map(|d| d.note(words)).help("choose other keys; ordinary ones do not collide like that")
    }

    /// Goes one call deeper; every `Ok` needs a [`Machine::leave_call`].
    pub(super) fn enter_call(&mut self) -> Result<(), Fault> {
        self.charge(1)?;
        if self.depth < self.budgets.call_depth {
            self.depth += 1;
            return Ok(());
        }
        let message = format!("calls are nested more than {} deep", self.budgets.call_depth);
        Err(Fault::new("Budget", &TOO_DEEP_CALLS, message)
            .help("a function that calls itself needs a case in which it does not")
            .help("raise the budget with --max-call-depth if this is meant"))
    }

    pub(super) fn leave_call(&mut self) {
        self.depth -= 1;
    }

    /// Whether `from __future__ import division` holds where the program is now.
    pub fn true_division(&self) -> bool {
        self.frame.code.module().future.division
    }

    /// A name of the syntax tree as the template library wants it.
    pub(super) fn symbol(&mut self, name: &Name) -> Rc<str> {
        match self.symbols.get(name) {
            Some(symbol) => symbol.clone(),
            None => self.symbols.entry(name.clone()).or_insert_with(|| Rc::from(&**name)).clone(),
        }
    }

    /// Reports a warning.
    pub(super) fn warn(&mut self, code: &'static Code, span: Span, message: String, help: &str) {
        self.report.add(Diagnostic::warning(code, span, message).help(help));
    }
}

impl Vm for Machine {
    fn call(&mut self, function: &Value, args: Args) -> Result<Value, Fault> {
        Machine::call(self, function, args)
    }

    fn attribute(&mut self, value: &Value, name: &str) -> Result<Value, Fault> {
        Machine::attribute(self, value, name)
    }

    fn item(&mut self, container: &Value, index: &Value) -> Result<Value, Fault> {
        ops::get_item(self, container, index)
    }

    fn resume(&mut self, generator: &Value) -> Result<Option<Value>, Fault> {
        Machine::resume(self, generator)
    }

    fn truth(&mut self, value: &Value, span: Span) -> bool {
        Machine::truth(self, value, span)
    }

    fn charge(&mut self, steps: u64) -> Result<(), Fault> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps < self.check_at { Ok(()) } else { self.check_budget() }
    }

    fn charge_probes(&mut self, probes: u64) -> Result<(), Fault> {
        if probes == 0 {
            return Ok(());
        }
        self.probes = self.probes.saturating_add(probes);
        self.charge(probes)
    }

    fn walked(&mut self, container: &Value, written: bool) {
        self.doubt_order(container, written);
    }

    fn ordered_by_type(&mut self, left: &Value, right: &Value) {
        self.doubt_ordered(left, right);
    }

    fn rounded_down(&mut self, dividend: &Value, divisor: &Value, quotient: &Value) {
        self.doubt_division(dividend, divisor, quotient);
    }

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
        &self.host.user
    }

    fn environment(&self) -> &BTreeMap<String, String> {
        &self.host.environment
    }

    fn variable(&mut self, name: &str, span: Span) -> Option<String> {
        let found = self.host.environment.get(name).cloned();
        match found {
            Some(_) => {
                self.variables_read.insert(name.to_string());
            }
            None => self.doubt_variable(name, span),
        }
        found
    }

    fn read_all_variables(&mut self) {
        self.variables_read.extend(self.host.environment.keys().cloned());
    }
}
