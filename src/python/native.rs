//! Functions written in Rust, their methods, modules.

use rustc_hash::FxHashMap;

use crate::diagnostics::codes::eval::NOT_CALLABLE;
use crate::template::value::{Args, BuiltinFn, Fault, Native, Value, Vm};

/// A built-in function.
#[derive(Debug)]
pub struct Builtin {
    name: &'static str,
    function: BuiltinFn,
}

impl Builtin {
    /// The function as a value.
    pub fn value(name: &'static str, function: BuiltinFn) -> Value {
        Value::native(Builtin { name, function })
    }
}

impl Native for Builtin {
    fn type_name(&self) -> &str {
        "builtin_function_or_method"
    }

    fn display(&self) -> String {
        format!("<built-in function {}>", self.name)
    }

    fn call(&self, vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        (self.function)(vm, args)
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        matches!(name, "__name__" | "func_name").then(|| Value::str(self.name))
    }
}

/// A method taken from a value: `'a,b'.split` without the call.
#[derive(Debug)]
pub(super) struct BoundMethod {
    receiver: Value,
    name: &'static str,
    function: BuiltinFn,
}

impl BoundMethod {
    /// The method as a value.
    pub(super) fn value(receiver: &Value, (name, function): (&'static str, BuiltinFn)) -> Value {
        Value::native(BoundMethod { receiver: receiver.clone(), name, function })
    }
}

impl Native for BoundMethod {
    fn type_name(&self) -> &str {
        "builtin_function_or_method"
    }

    fn display(&self) -> String {
        format!("<built-in method {} of {} object>", self.name, self.receiver.type_name())
    }

    fn call(&self, vm: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
        args.positional.insert(0, (self.receiver.clone(), args.span));
        (self.function)(vm, args)
    }

    fn is_callable(&self) -> bool {
        true
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
        Value::native(Module { name, members: members.into_iter().collect() })
    }
}

impl Native for Module {
    fn type_name(&self) -> &str {
        "module"
    }

    fn display(&self) -> String {
        format!("<module '{}'>", self.name)
    }

    fn call(&self, _: &mut dyn Vm, _: Args) -> Result<Value, Fault> {
        Err(Fault::new("TypeError", &NOT_CALLABLE, "a module cannot be called"))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        let own_name = || (name == "__name__").then(|| Value::str(self.name));
        self.members.get(name).cloned().or_else(own_name)
    }

    fn names(&self) -> Vec<&str> {
        self.members.keys().copied().collect()
    }
}

/// Calls a value written in Rust.
///
/// # Errors
/// Whatever the function raises; a TypeError if the value cannot be called.
pub fn call(vm: &mut dyn Vm, function: &Value, args: Args) -> Result<Value, Fault> {
    match function {
        Value::Native(native) => native.call(vm, args),
        other => Err(not_callable(other)),
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
