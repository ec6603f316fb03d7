//! Patterns: how they are compiled and kept.

use std::cell::OnceCell;
use std::rc::Rc;

use super::class::malformed;
use super::translate::{IGNORE_CASE, translate};
use crate::python::params::wants;
use crate::template::value::{Dict, Fault, Key, Text, Value, Vm};

use fancy_regex::{Regex, RegexBuilder};

/// Steps back that one match may take.
const BACKTRACKS: usize = 1_000_000;
/// Bytes of one compiled pattern.
const COMPILED_SIZE: usize = 4 << 20;
/// Bytes of a pattern.
const MAX_SOURCE: usize = 64 << 10;
/// Patterns that are kept compiled.
const MAX_KEPT: usize = 256;

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    /// As written.
    pub(super) source: Text,
    /// The flags, those inside the pattern among them.
    pub(super) flags: i64,
    translated: String,
    anywhere: Regex,
    at_start: OnceCell<Regex>,
    whole: OnceCell<Regex>,
}

/// Where a pattern must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// `search`
    Anywhere,
    /// `match`
    Start,
    /// `fullmatch`
    Whole,
}

fn build(source: &str, pattern: &str, flags: i64) -> Result<Regex, Fault> {
    RegexBuilder::new(pattern)
        .case_insensitive(flags & IGNORE_CASE != 0)
        .backtrack_limit(BACKTRACKS)
        .delegate_size_limit(COMPILED_SIZE)
        .delegate_dfa_size_limit(COMPILED_SIZE)
        .build()
        .map_err(|e| malformed(source, 0, &e.to_string().to_lowercase()))
}

impl Pattern {
    fn new(source: &Text, flags: i64) -> Result<Pattern, Fault> {
        if source.as_str().len() > MAX_SOURCE {
            return Err(Fault::value_error("the pattern is too long"));
        }
        let translated = translate(source.as_str(), flags)?;
        let anywhere = build(source.as_str(), &translated.pattern, translated.flags)?;
        Ok(Pattern {
            source: source.clone(),
            flags: translated.flags,
            translated: translated.pattern,
            anywhere,
            at_start: OnceCell::new(),
            whole: OnceCell::new(),
        })
    }

    /// The engine's form of the pattern for an anchor.
    pub(super) fn regex(&self, anchor: Anchor) -> Result<&Regex, Fault> {
        let (cell, tail) = match anchor {
            Anchor::Anywhere => return Ok(&self.anywhere),
            Anchor::Start => (&self.at_start, ""),
            Anchor::Whole => (&self.whole, "\\z"),
        };
        if let Some(regex) = cell.get() {
            return Ok(regex);
        }
        let anchored = format!("\\G(?:{}){tail}", self.translated);
        let built = build(self.source.as_str(), &anchored, self.flags)?;
        Ok(cell.get_or_init(|| built))
    }

    /// The names of the groups, by number.
    pub(super) fn names(&self) -> impl Iterator<Item = (usize, &str)> {
        self.anywhere.capture_names().enumerate().filter_map(|(i, n)| Some((i, n?)))
    }

    /// The numbers of the groups that have names.
    pub(super) fn group_index(&self) -> Dict {
        let mut dict = Dict::new();
        self.names().for_each(|(index, name)| dict.insert(Key::text(name), Value::Int(index as i64)));
        dict
    }

    /// Number of groups, without the whole match.
    pub(super) fn groups(&self) -> usize {
        self.anywhere.captures_len().saturating_sub(1)
    }
}

fn compiled(vm: &mut dyn Vm, source: &Text, flags: i64) -> Result<Rc<Pattern>, Fault> {
    vm.charge(1 + source.as_str().len() as u64 / 64)?;
    let key = (source.as_str().to_string(), flags);
    if let Some(pattern) = vm.loaded().patterns.get(&key) {
        let compiled = pattern.downcast::<Compiled>().map(|compiled| compiled.0.clone());
        return compiled.ok_or_else(|| Fault::type_error("this is not a pattern"));
    }
    vm.charge(100 + source.as_str().len() as u64)?;
    let pattern = Rc::new(Pattern::new(source, flags)?);
    let kept = &mut vm.loaded().patterns;
    if kept.len() >= MAX_KEPT {
        kept.clear();
    }
    kept.insert(key, value(&pattern));
    Ok(pattern)
}

/// A compiled pattern as a value.
#[derive(Debug)]
pub(super) struct Compiled(pub(super) Rc<Pattern>);

pub(super) fn value(pattern: &Rc<Pattern>) -> Value {
    Value::native(Compiled(pattern.clone()))
}

/// The pattern that the argument of a function is: compiled already, or as text.
pub(super) fn of_value(
    vm: &mut dyn Vm,
    function: &str,
    value: &Value,
    flags: Option<i64>,
) -> Result<Rc<Pattern>, Fault> {
    let flags = flags.unwrap_or(0);
    match (value, value.downcast::<Compiled>()) {
        (_, Some(_)) if flags != 0 => {
            Err(Fault::value_error("a compiled pattern has its flags already; give them to compile()"))
        }
        (_, Some(compiled)) => Ok(compiled.0.clone()),
        (Value::Str(source), None) => compiled(vm, source, flags),
        (other, None) => Err(wants(function, "a pattern", other)),
    }
}
