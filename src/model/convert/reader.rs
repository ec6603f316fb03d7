//! Reading typed fields of an interpolated object, with every problem collected.

use std::borrow::Cow;
use std::rc::Rc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::diagnostics::codes::job::{BAD_PORT, NUMBER_RANGE, UNBOUND};
use crate::diagnostics::codes::template::UNRESOLVED;
use crate::diagnostics::{Code, Diagnostic, Kept};
use crate::source::Span;
use crate::template::value::{Fault, Value};
use crate::template::{Object, Walk, missing_field};

/// Collects what is wrong with a job while its fields are read.
#[derive(Debug, Default)]
pub(in crate::model) struct Reader {
    /// Errors and warnings so far. Nobody may judge by their number: most warnings are no reason to stop.
    diagnostics: Vec<Diagnostic>,
    kept: Kept,
    /// Whether the stage that runs has met an error.
    failed: bool,
    /// Places of mistakes that are reported together at another place.
    covered: Vec<Span>,
}

/// How a stage of the conversion ended.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::model) enum Outcome {
    /// Without an error; there may be warnings.
    Sound,
    /// With errors, which the reader has.
    Failed,
}

/// Something that could not be read, which the reader has an error for.
#[derive(Debug, Clone, Copy)]
pub(in crate::model) struct Reported;

impl Reader {
    /// Runs one stage and says how it ended.
    pub(in crate::model) fn stage<T>(&mut self, run: impl FnOnce(&mut Reader) -> T) -> (T, Outcome) {
        let before = std::mem::take(&mut self.failed);
        let result = run(self);
        let outcome = if self.failed { Outcome::Failed } else { Outcome::Sound };
        self.failed |= before;
        (result, outcome)
    }

    /// Adds a diagnostic.
    #[cold]
    pub(in crate::model) fn push(&mut self, mut diagnostic: Diagnostic) {
        self.failed |= diagnostic.is_error();
        if self.kept.has_room(diagnostic.severity) {
            self.kept.add(&mut diagnostic);
            self.diagnostics.push(diagnostic);
        }
    }

    /// Whether as many errors are kept as there may be.
    pub(in crate::model) fn is_full(&self) -> bool {
        self.kept.is_full()
    }

    /// Says that what is wrong at a place is reported elsewhere.
    pub(super) fn cover(&mut self, place: Span) {
        self.covered.push(place);
    }

    /// Adds what a template operation found.
    #[cold]
    pub(in crate::model) fn fault(&mut self, fault: Fault) {
        self.push(*fault.diagnostic);
        fault.others.into_iter().for_each(|d| self.push(d));
    }

    /// Whether nothing is wrong so far.
    pub(in crate::model) fn is_clean(&self) -> bool {
        !self.failed
    }

    /// Everything that was found, in the order in which it was.
    pub(in crate::model) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// What was found, each mistake once: several passes may come upon the same one, and say it in other words. Beside it
    /// the places of mistakes that are reported together at another place.
    pub(super) fn finish(self) -> (Vec<Diagnostic>, Vec<Span>) {
        if self.diagnostics.len() < 2 {
            return (self.diagnostics, self.covered);
        }
        let better = Better::of(&self.diagnostics, &self.covered);
        let mut told = FxHashSet::default();
        let first = |d: &Diagnostic| told.insert((d.code.id, d.primary, d.message.clone()));
        let told = self.diagnostics.into_iter().filter(|d| !better.says(d)).filter(first).collect();
        (told, self.covered)
    }

    /// The value of a field after checks, or nothing where it is `Empty` or wrong.
    pub(in crate::model) fn field(&mut self, object: &Object, name: &'static str) -> Option<Object> {
        self.read(object, name).ok().flatten()
    }

    /// The value of a field after checks; nothing where it is `Empty`.
    ///
    /// # Errors
    /// Where the value is wrong.
    pub(super) fn read(&mut self, object: &Object, name: &'static str) -> Result<Option<Object>, Reported> {
        let Some(raw) = object.field(name) else { return Ok(None) };
        if raw.is_stable() {
            return Ok(Some(raw.clone()));
        }
        let place = object.field_span(name);
        let Some(value) = object.access_named(name).map_err(|f| self.report(f.at(place)))? else {
            return Ok(None);
        };
        if value.is_closed() {
            return Ok(Some(value));
        }
        let faults = value.check();
        if !faults.is_empty() {
            faults.into_iter().for_each(|f| self.fault(f.at(place.or(object.origin()))));
            return Err(Reported);
        }
        value.interpolate(&mut Walk::default()).map(Some).map_err(|f| self.report(f.at(place)))
    }

    fn report(&mut self, fault: Fault) -> Reported {
        self.fault(fault);
        Reported
    }

    /// The value of a field that is a struct, unchecked: its own fields are checked as they are read.
    pub(super) fn structure(&mut self, object: &Object, name: &'static str) -> Option<Object> {
        if let Some(raw) = object.field(name).filter(|v| v.is_stable()) {
            return Some(raw.clone());
        }
        match object.access_named(name) {
            Ok(Some(value)) => Some(value),
            Ok(None) => {
                self.fault(missing_field(object, &name.into(), object.field_span(name).or(object.origin())));
                None
            }
            Err(fault) => {
                self.fault(fault.at(object.field_span(name)));
                None
            }
        }
    }

    /// Like [`Reader::field`], but `Empty` is an error.
    pub(in crate::model) fn required(&mut self, object: &Object, name: &'static str) -> Option<Object> {
        let value = self.read(object, name).ok()?;
        if value.is_none() {
            self.fault(missing_field(object, &name.into(), object.field_span(name).or(object.origin())));
        }
        value
    }

    /// Required text.
    pub(in crate::model) fn text(&mut self, object: &Object, name: &'static str) -> Option<String> {
        let value = self.required(object, name)?;
        text_of(&value)
    }

    /// [`Reader::text`] that is short in most jobs.
    pub(in crate::model) fn word(&mut self, object: &Object, name: &'static str) -> Option<SmolStr> {
        let value = self.required(object, name)?;
        text_in(&value).map(SmolStr::from)
    }

    /// Optional text.
    pub(in crate::model) fn optional_text(&mut self, object: &Object, name: &'static str) -> Option<String> {
        let value = self.field(object, name)?;
        text_of(&value)
    }

    /// A required boolean.
    pub(in crate::model) fn boolean(&mut self, object: &Object, name: &'static str) -> Option<bool> {
        boolean_of(&self.required(object, name)?)
    }

    /// An optional boolean.
    pub(in crate::model) fn optional_boolean(&mut self, object: &Object, name: &'static str) -> Option<bool> {
        boolean_of(&self.field(object, name)?)
    }

    /// A required number.
    pub(in crate::model) fn float(&mut self, object: &Object, name: &'static str) -> Option<f64> {
        let x = self.required(object, name)?.raw()?.as_f64()?;
        if x.is_finite() {
            return Some(x);
        }
        let span = object.field_span(name).or(object.origin());
        self.push(Diagnostic::error(&NUMBER_RANGE, span, format!("`{name}` is {x}, which is no amount")));
        None
    }

    /// A required integer of 64 bits.
    pub(in crate::model) fn integer(&mut self, object: &Object, name: &'static str) -> Option<i64> {
        let value = self.required(object, name)?;
        self.in_range(value.raw()?, object, name, i64::MIN, i64::MAX)
    }

    /// A required integer that fits Thrift's `i32`.
    pub(in crate::model) fn integer32(&mut self, object: &Object, name: &'static str) -> Option<i64> {
        let value = self.required(object, name)?;
        self.in_range(value.raw()?, object, name, i64::from(i32::MIN), i64::from(i32::MAX))
    }

    /// An optional integer of 64 bits.
    pub(super) fn optional_integer(&mut self, object: &Object, name: &'static str) -> Option<i64> {
        let value = self.field(object, name)?;
        self.in_range(value.raw()?, object, name, i64::MIN, i64::MAX)
    }

    /// The integer of a field, if it lies between two bounds; otherwise an error at the field.
    fn in_range(
        &mut self,
        value: &Value,
        object: &Object,
        name: &'static str,
        low: i64,
        high: i64,
    ) -> Option<i64> {
        if let Some(n) = value.as_i64().filter(|n| (low..=high).contains(n)) {
            return Some(n);
        }
        let message = format!("`{name}` is {}, but must lie between {low} and {high}", value.to_text());
        let span = object.field_span(name).or(object.origin());
        self.push(Diagnostic::error(&NUMBER_RANGE, span, message));
        None
    }

    /// The elements of a list field; nothing where it is `Empty`.
    pub(in crate::model) fn optional_list(
        &mut self,
        object: &Object,
        name: &'static str,
    ) -> Option<Rc<[Object]>> {
        self.field(object, name)?.shared_elements()
    }
}

/// The places about which something better is said than that a reference is open.
struct Better {
    ports: FxHashSet<Span>,
    /// Places of other errors, by where they begin.
    errors: Vec<Span>,
}

impl Better {
    fn of(diagnostics: &[Diagnostic], covered: &[Span]) -> Better {
        let others = diagnostics.iter().filter(|d| d.is_error() && !is(d, &UNRESOLVED));
        let places = others.map(|d| d.primary).chain(covered.iter().copied());
        let mut errors: Vec<Span> = places.filter(|span| !span.is_none()).collect();
        errors.sort_unstable_by_key(|span| (span.file, span.start, span.end));
        let ports = diagnostics.iter().filter(|d| is(d, &BAD_PORT)).map(|d| d.primary).collect();
        Better { ports, errors }
    }

    fn says(&self, d: &Diagnostic) -> bool {
        if is(d, &UNBOUND) {
            return self.ports.contains(&d.primary);
        }
        let (file, start, end) = (d.primary.file, d.primary.start, d.primary.end);
        let behind = self.errors.partition_point(|e| (e.file, e.start) <= (file, start));
        let around = |index: usize| self.errors[index].file == file && self.errors[index].end >= end;
        is(d, &UNRESOLVED) && behind > 0 && around(behind - 1)
    }
}

fn is(d: &Diagnostic, code: &'static Code) -> bool {
    d.code == code
}

/// The text of an interpolated scalar.
pub(in crate::model) fn text_of(value: &Object) -> Option<String> {
    value.raw().map(Value::to_text)
}

/// [`text_of`] for looking at it.
pub(in crate::model) fn text_in(value: &Object) -> Option<Cow<'_, str>> {
    value.raw().map(Value::text)
}

fn boolean_of(value: &Object) -> Option<bool> {
    match value.raw()? {
        Value::Bool(b) => Some(*b),
        _ => None,
    }
}
