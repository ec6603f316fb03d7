//! Functions written in Rust, their methods, modules.

use std::any::Any;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::special::Special;
use super::vm::Vm;
use crate::diagnostics::codes::eval::NOT_CALLABLE;
use crate::template::value::{Args, Fault, Native, Value};

/// A function written in Rust. Faults without a place get that of the call.
pub type BuiltinFn = fn(&mut dyn Vm, Args) -> Result<Value, Fault>;

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

/// Calls a function or value written in Rust.
///
/// # Errors
/// Whatever the function raises; a TypeError if the value cannot be called.
pub fn call(vm: &mut dyn Vm, function: &Value, mut args: Args) -> Result<Value, Fault> {
    let Value::Native(native) = function else { return Err(not_callable(function)) };
    let any = native.as_any();
    if let Some(builtin) = any.downcast_ref::<Builtin>() {
        return (builtin.function)(vm, args);
    }
    if let Some(method) = any.downcast_ref::<BoundMethod>() {
        args.positional.insert(0, (method.receiver.clone(), args.span));
        return (method.function)(vm, args);
    }
    match Special::of(function) {
        Some(behaviour) => behaviour.call(vm, args),
        None => Err(not_callable(function)),
    }
}

/// The error for a value that cannot be called.
pub fn not_callable(value: &Value) -> Fault {
    let message = match value {
        Value::None => "None cannot be called".to_string(),
        Value::Str(_) => "text cannot be called".to_string(),
        other => format!("{} cannot be called", other.described()),
    };
    Fault::new("TypeError", &NOT_CALLABLE, message)
}
