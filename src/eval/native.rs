//! Values that only the evaluator knows: functions written in Rust, their methods, modules.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::machine::Machine;
use crate::template::value::{Args, Fault, Native, Value};

/// A function written in Rust. Faults without a place get that of the call.
pub type BuiltinFn = fn(&mut Machine, Args) -> Result<Value, Fault>;

/// A built-in function.
#[derive(Debug)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub function: BuiltinFn,
}

impl Builtin {
    /// The function as a value.
    pub fn value(name: &'static str, function: BuiltinFn) -> Value {
        Value::Native(Rc::new(Builtin { name, function }))
    }
}

impl Native for Builtin {
    fn type_name(&self) -> &str {
        "builtin_function_or_method"
    }

    fn display(&self) -> String {
        format!("<built-in function {}>", self.name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A method taken from a value: `'a,b'.split` without the call.
#[derive(Debug)]
pub struct BoundMethod {
    /// The value it was taken from.
    pub receiver: Value,
    /// The name of the method.
    pub name: &'static str,
    /// What it does; the receiver is the first positional argument.
    pub function: BuiltinFn,
}

impl BoundMethod {
    /// The method as a value.
    pub fn value(receiver: Value, name: &'static str, function: BuiltinFn) -> Value {
        Value::Native(Rc::new(BoundMethod { receiver, name, function }))
    }
}

impl Native for BoundMethod {
    fn type_name(&self) -> &str {
        "builtin_function_or_method"
    }

    fn display(&self) -> String {
        format!("<built-in method {} of {} object>", self.name, self.receiver.type_name())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A module: a name and its members.
#[derive(Debug)]
pub struct Module {
    /// The dotted name.
    pub name: &'static str,
    /// Its members.
    pub members: FxHashMap<&'static str, Value>,
}

impl Module {
    /// A module as a value.
    pub fn value(name: &'static str, members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
        Value::Native(Rc::new(Module { name, members: members.into_iter().collect() }))
    }
}

impl Native for Module {
    fn type_name(&self) -> &str {
        "module"
    }

    fn display(&self) -> String {
        format!("<module '{}'>", self.name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What a [`Closure`] does.
type ClosureFn = dyn Fn(&mut Machine, Args) -> Result<Value, Fault>;

/// A function written in Rust that carries data of its own, such as `functools.partial(f, 1)`.
pub struct Closure {
    /// Its name, for messages.
    pub name: String,
    /// What it does.
    pub function: Box<ClosureFn>,
}

impl Closure {
    /// The function as a value.
    pub fn value(
        name: impl Into<String>,
        function: impl Fn(&mut Machine, Args) -> Result<Value, Fault> + 'static,
    ) -> Value {
        Value::Native(Rc::new(Closure { name: name.into(), function: Box::new(function) }))
    }
}

impl fmt::Debug for Closure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Closure({})", self.name)
    }
}

impl Native for Closure {
    fn type_name(&self) -> &str {
        "function"
    }

    fn display(&self) -> String {
        format!("<function {}>", self.name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What makes the items of a [`Lazy`] sequence: the next one, or `None` at the end.
type NextFn = dyn FnMut(&mut Machine) -> Result<Option<Value>, Fault>;

/// A sequence whose items are made one by one and only once: generators, `iter(x)`, open files.
pub struct Lazy {
    kind: &'static str,
    next: RefCell<Option<Box<NextFn>>>,
}

impl Lazy {
    /// A sequence as a value; `kind` is the name of its type, such as `generator`.
    pub fn value(
        kind: &'static str,
        next: impl FnMut(&mut Machine) -> Result<Option<Value>, Fault> + 'static,
    ) -> Value {
        Value::Native(Rc::new(Lazy { kind, next: RefCell::new(Some(Box::new(next))) }))
    }

    /// The next item; nothing for ever after the end or an error.
    ///
    /// # Errors
    /// Whatever making the item raises; a ValueError if the sequence is asked for an item while it makes one.
    pub fn next(&self, machine: &mut Machine) -> Result<Option<Value>, Fault> {
        let Ok(mut next) = self.next.try_borrow_mut() else {
            return Err(Fault::value_error(format!("the {} is already running", self.kind)));
        };
        let Some(step) = next.as_mut() else { return Ok(None) };
        let result = step(machine);
        if !matches!(result, Ok(Some(_))) {
            *next = None;
        }
        result
    }
}

impl fmt::Debug for Lazy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lazy({})", self.kind)
    }
}

impl Native for Lazy {
    fn type_name(&self) -> &str {
        self.kind
    }

    fn display(&self) -> String {
        format!("<{} object>", self.kind)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
