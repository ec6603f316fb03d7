//! JSON text as values.

use std::ops::Range;

use num_bigint::BigInt;

use crate::diagnostics::codes::eval::NOT_AVAILABLE;
use crate::diagnostics::codes::files::TOO_DEEP_CALLS;
use crate::json::{self, Build, Dialect, Error, Member, Number, Word};
use crate::python::types::arithmetic::charge_bits;
use crate::source::Span;
use crate::template::value::{Args, Dict, Fault, Key, Origin, Text, Value, Vm};

/// Arrays and objects inside each other. Python itself stops at about this depth.
const MAX_NESTED: usize = 990;

/// What takes part in reading.
#[derive(Debug, Default)]
pub(super) struct Hooks {
    /// `object_hook`: called with each object as a dict
    pub(super) object: Option<Value>,
    /// `object_pairs_hook`: called with each object as a list of pairs, in place of `object`
    pub(super) pairs: Option<Value>,
    /// `parse_float`: called with the digits of each float
    pub(super) float: Option<Value>,
    /// `parse_int`: called with the digits of each integer
    pub(super) int: Option<Value>,
    /// `parse_constant`: called with `NaN`, `Infinity` or `-Infinity`
    pub(super) constant: Option<Value>,
}

/// The value of a JSON text. `span` is the place of the call.
///
/// # Errors
/// A ValueError where the text is not JSON, a RuntimeError where it nests too deep, and what a hook raises.
pub(super) fn read(
    vm: &mut dyn Vm,
    text: &Text,
    hooks: &Hooks,
    control_characters: bool,
    span: Span,
) -> Result<Value, Fault> {
    vm.charge_text(text.as_str().len())?;
    let dialect = Dialect { constants: true, control_characters, trailing_text: false };
    let depth = vm.budgets().call_depth.min(MAX_NESTED);
    let mut values = Values { vm, hooks, depth, span, written: text };
    let read = json::read(text.as_str(), dialect, &mut values).map(|found| found.value);
    read.map_err(|stop| match stop {
        Stop::Fault(fault) => fault,
        Stop::NotJson(error) => not_json(text.as_str(), &error).at(text.span_of(error.at).or(text.span())),
    })
}

/// The fault for text that is not JSON, with the place in the text, which need not be written anywhere.
fn not_json(text: &str, error: &Error) -> Fault {
    let before = text.get(..error.at.start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Fault::value_error(format!("not valid JSON: {} (line {line}, column {column})", error.message))
}

/// Why reading stops.
enum Stop {
    Fault(Fault),
    NotJson(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::NotJson(error)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Stop {
        Stop::Fault(fault)
    }
}

struct Values<'v> {
    vm: &'v mut dyn Vm,
    hooks: &'v Hooks,
    /// How much deeper arrays and objects may nest.
    depth: usize,
    span: Span,
    /// The text that is read, which may know where it was written.
    written: &'v Text,
}

/// A value, and where it was written.
struct Found {
    value: Value,
    place: Span,
}

impl Values<'_> {
    fn at(&self, value: Value, at: Range<usize>) -> Found {
        Found { value, place: self.written.span_of(at) }
    }

    fn hooked(&mut self, hook: &Option<Value>, argument: &str) -> Option<Result<Value, Stop>> {
        let hook = hook.as_ref()?;
        let args = Args::of(self.span, vec![Value::str(argument)]);
        Some(self.vm.call(hook, args).map_err(Stop::Fault))
    }

    /// A string that is written at a range, quotes included.
    fn text(&mut self, text: &json::Text<'_>, at: Range<usize>) -> Result<Text, Stop> {
        if text.lone_surrogate.is_some() {
            let message = "this JSON holds half of a surrogate pair, which strings of job files cannot hold";
            return Err(Fault::new("Budget", &NOT_AVAILABLE, message).into());
        }
        self.vm.charge_text(text.value.len())?;
        // All strings are unicode strings, also where they are ASCII.
        let source = self.written.span_of(at.start + 1..at.end.saturating_sub(1));
        if source.is_none() {
            return Ok(Text::from(&*text.value).into_kind(true));
        }
        let verbatim = (source.end - source.start) as usize == text.value.len();
        Ok(Text::with_origins(&*text.value, [Origin { at: 0, source, verbatim, raw: false }]).into_kind(true))
    }
}

impl Build for Values<'_> {
    type Value = Found;
    type Error = Stop;

    fn begin(&mut self, before: usize, _at: usize) -> Result<(), Stop> {
        self.vm.charge(1)?;
        // An array that is not complete counts as well.
        if before >= self.vm.budgets().items {
            self.vm.charge_items(before + 1)?;
        }
        Ok(())
    }

    fn enter(&mut self, _at: usize) -> Result<(), Stop> {
        self.depth = self.depth.checked_sub(1).ok_or_else(|| {
            let message = "the arrays and objects of this JSON nest too deep";
            Stop::Fault(Fault::new("RuntimeError", &TOO_DEEP_CALLS, message))
        })?;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth += 1;
    }

    fn word(&mut self, word: Word, at: Range<usize>) -> Result<Found, Stop> {
        let float = match word {
            Word::Null => return Ok(self.at(Value::None, at)),
            Word::True => return Ok(self.at(Value::Bool(true), at)),
            Word::False => return Ok(self.at(Value::Bool(false), at)),
            Word::NaN => f64::NAN,
            Word::Infinity => f64::INFINITY,
            Word::MinusInfinity => f64::NEG_INFINITY,
        };
        let hooks = self.hooks;
        let value = self.hooked(&hooks.constant, word.text()).unwrap_or(Ok(Value::Float(float)))?;
        Ok(self.at(value, at))
    }

    fn number(&mut self, number: Number<'_>, at: Range<usize>) -> Result<Found, Stop> {
        let hooks = self.hooks;
        let hook = if number.whole { &hooks.int } else { &hooks.float };
        if let Some(hooked) = self.hooked(hook, number.text) {
            return hooked.map(|value| self.at(value, at));
        }
        let unread = || Stop::NotJson(Error::new("this number cannot be read", at.clone()));
        if !number.whole {
            let value = number.text.parse().map(Value::Float).map_err(|_| unread())?;
            return Ok(self.at(value, at));
        }
        // Three bits for each digit at least: what is too large is not even read.
        charge_bits(self.vm, number.text.len() as u64 * 3)?;
        let value = number.text.parse::<BigInt>().map(Value::int).map_err(|_| unread())?;
        Ok(self.at(value, at))
    }

    fn string(&mut self, text: json::Text<'_>, at: Range<usize>) -> Result<Found, Stop> {
        let value = self.text(&text, at.clone()).map(Value::Str)?;
        Ok(self.at(value, at))
    }

    fn array(&mut self, items: Vec<Found>, at: Range<usize>) -> Result<Found, Stop> {
        self.vm.charge_items(items.len())?;
        let items = items.into_iter().map(|found| found.value).collect();
        Ok(self.at(Value::list(items), at))
    }

    fn object(
        &mut self,
        members: Vec<Member<json::Text<'_>, Found>>,
        at: Range<usize>,
    ) -> Result<Found, Stop> {
        self.vm.charge_items(members.len())?;
        if let Some(hook) = &self.hooks.pairs {
            let mut pairs = Vec::with_capacity(members.len());
            for member in members {
                let key = Value::Str(self.text(&member.key, member.key_at)?);
                pairs.push(Value::tuple(vec![key, member.value.value]));
            }
            let value = self.vm.call(hook, Args::of(self.span, vec![Value::list(pairs)]))?;
            return Ok(self.at(value, at));
        }
        let mut dict = Dict::new();
        for member in members {
            let key_span = self.written.span_of(member.key_at.clone());
            let key = Key::new(Value::Str(self.text(&member.key, member.key_at)?))?;
            dict.insert_at(key, member.value.value, key_span, member.value.place);
            self.vm.charge_probes(dict.take_probes())?;
        }
        let dict = Value::dict(dict);
        let value = match &self.hooks.object {
            Some(hook) => self.vm.call(hook, Args::of(self.span, vec![dict]))?,
            None => dict,
        };
        Ok(self.at(value, at))
    }
}
