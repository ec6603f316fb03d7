//! Compiled patterns as values.

use std::cell::OnceCell;
use std::rc::Rc;

use fancy_regex::{Regex, RegexBuilder};

use super::translate::{IGNORE_CASE, malformed, translate};
use super::{replace, search};
use crate::python::params::{int, receiver, take, text, wants};
use crate::template::value::{Args, BuiltinFn, Dict, Fault, Key, Native, Text, Value, Vm};

/// Steps back that one match may take.
const BACKTRACKS: usize = 1_000_000;
/// Bytes of one compiled pattern.
const COMPILED_SIZE: usize = 4 << 20;
/// Bytes of a pattern.
const MOST_SOURCE: usize = 64 << 10;
/// Patterns that are kept compiled.
const MOST_KEPT: usize = 256;

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
        if source.as_str().len() > MOST_SOURCE {
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

/// What a function of the module does with a compiled pattern.
pub(super) type PatternFn = fn(&mut dyn Vm, &Rc<Pattern>, Args) -> Result<Value, Fault>;

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
    if kept.len() >= MOST_KEPT {
        kept.clear();
    }
    kept.insert(key, value(&pattern));
    Ok(pattern)
}

/// A compiled pattern as a value.
#[derive(Debug)]
struct Compiled(Rc<Pattern>);

pub(super) fn value(pattern: &Rc<Pattern>) -> Value {
    Value::native(Compiled(pattern.clone()))
}

fn of_value(
    vm: &mut dyn Vm,
    function: &str,
    value: &Value,
    flags: Option<&Value>,
) -> Result<Rc<Pattern>, Fault> {
    let flags = flags.map_or(Ok(0), |f| int(function, f))?;
    match (value, value.downcast::<Compiled>()) {
        (_, Some(_)) if flags != 0 => {
            Err(Fault::value_error("a compiled pattern has its flags already; give them to compile()"))
        }
        (_, Some(compiled)) => Ok(compiled.0.clone()),
        (Value::Str(source), None) => compiled(vm, source, flags),
        (other, None) => Err(wants(function, "a pattern", other)),
    }
}

/// `re.compile(pattern, flags)`
pub(super) fn compile(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([source], [flags]) = take("compile", args, ["pattern"], ["flags"])?;
    of_value(vm, "compile", &source, flags.as_ref()).map(|p| value(&p))
}

/// A function of the module: the pattern comes first, and `flags` may be given by keyword or as the last argument.
pub(super) fn called(vm: &mut dyn Vm, name: &str, mut args: Args, run: PatternFn) -> Result<Value, Fault> {
    if args.positional.is_empty() {
        let at = args.keyword.iter().position(|k| &*k.name == "pattern");
        let Some(at) = at else {
            return Err(Fault::bad_call(format!("{name}() needs a pattern")));
        };
        let pattern = args.keyword.remove(at);
        args.positional.insert(0, (pattern.value, pattern.span));
    }
    let (source, _) = args.positional.remove(0);
    // Positions of `flags` behind the pattern, as Python 2 has them.
    let place = match name {
        "sub" | "subn" => 3,
        "split" => 2,
        _ => 1,
    };
    let by_name = args.keyword.iter().position(|k| &*k.name == "flags");
    let flags = match by_name {
        Some(at) => Some(args.keyword.remove(at).value),
        None if args.positional.len() > place => Some(args.positional.remove(place).0),
        None => None,
    };
    let pattern = of_value(vm, name, &source, flags.as_ref())?;
    run(vm, &pattern, args)
}

fn method(vm: &mut dyn Vm, name: &str, args: Args, run: PatternFn) -> Result<Value, Fault> {
    let (value, args) = receiver(name, args)?;
    match value.downcast::<Compiled>() {
        Some(compiled) => run(vm, &compiled.0, args),
        None => Err(Fault::bad_call(format!("{name}() belongs to a compiled pattern"))),
    }
}

const METHODS: &[(&str, BuiltinFn)] = &[
    ("search", |m, a| method(m, "search", a, search::search)),
    ("match", |m, a| method(m, "match", a, search::match_start)),
    ("fullmatch", |m, a| method(m, "fullmatch", a, search::match_all)),
    ("findall", |m, a| method(m, "findall", a, search::findall)),
    ("finditer", |m, a| method(m, "finditer", a, search::finditer)),
    ("split", |m, a| method(m, "split", a, search::split)),
    ("sub", |m, a| method(m, "sub", a, replace::sub)),
    ("subn", |m, a| method(m, "subn", a, replace::subn)),
];

impl Native for Compiled {
    fn type_name(&self) -> &str {
        "SRE_Pattern"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "pattern" => Some(Value::Str(self.0.source.clone())),
            "flags" => Some(Value::Int(self.0.flags)),
            "groups" => Some(Value::Int(self.0.groups() as i64)),
            "groupindex" => Some(Value::dict(self.0.group_index())),
            _ => None,
        }
    }

    fn method(&self, name: &str) -> Option<(&'static str, BuiltinFn)> {
        METHODS.iter().find(|(n, _)| *n == name).copied()
    }

    fn names(&self) -> Vec<&str> {
        METHODS.iter().map(|(n, _)| *n).chain(["pattern", "flags", "groups"]).collect()
    }
}

/// The text that a function of `re` works on.
pub(super) fn subject(name: &str, value: &Value) -> Result<Text, Fault> {
    text(name, value)
}
