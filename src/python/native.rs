//! Functions written in Rust, their methods, modules.

use rustc_hash::FxHashMap;

use crate::diagnostics::codes::eval::NOT_CALLABLE;
use crate::template::value::{Args, Builtin, Fault, Native, Value, Vm};

/// A function of a table as a value.
#[derive(Debug)]
pub struct Function(&'static Builtin);

impl Function {
    /// The function as a value.
    pub fn value(builtin: &'static Builtin) -> Value {
        Value::native(Function(builtin))
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.0.name
    }
}

impl Native for Function {
    fn type_name(&self) -> &str {
        "builtin_function_or_method"
    }

    fn display(&self) -> String {
        format!("<built-in function {}>", self.0.name)
    }

    fn call(&self, vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        self.0.call(vm, args)
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        matches!(name, "__name__" | "func_name").then(|| Value::str(self.0.name))
    }
}

/// A method taken from a value: `'a,b'.split` without the call.
#[derive(Debug)]
pub(super) struct BoundMethod {
    receiver: Value,
    method: &'static Builtin,
}

impl BoundMethod {
    /// The method as a value.
    pub(super) fn value(receiver: &Value, method: &'static Builtin) -> Value {
        Value::native(BoundMethod { receiver: receiver.clone(), method })
    }
}

impl Native for BoundMethod {
    fn type_name(&self) -> &str {
        "builtin_function_or_method"
    }

    fn display(&self) -> String {
        format!("<built-in method {} of {} object>", self.method.name, self.receiver.type_name())
    }

    fn call(&self, vm: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
        args.positional.insert(0, (self.receiver.clone(), args.span));
        self.method.call(vm, args)
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
