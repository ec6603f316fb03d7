//! `value.name` for plain values and those written in Rust.

use super::builtins::NEXT;
use super::class;
use super::native::{BoundMethod, Module};
use crate::diagnostics::{nearest, quoted_list};
use crate::template::value::{Builtin, Fault, Native, Value};

/// `value.name`: methods and fields of a value that is not a template object.
///
/// # Errors
/// An AttributeError where there is none of this name.
pub fn attribute(value: &Value, name: &str) -> Result<Value, Fault> {
    let bound = |method| BoundMethod::value(value, method);
    let found = match value {
        Value::Native(native) => native
            .attribute(name)
            .or_else(|| Builtin::find(native.methods(), name).map(bound))
            .or_else(|| next_of(native.as_ref(), name).map(bound)),
        plain => class::method(plain, name).map(bound).or_else(|| of_number(plain, name)),
    };
    found.ok_or_else(|| unknown(value, name))
}

/// Python 2's method of every iterator.
fn next_of(native: &dyn Native, name: &str) -> Option<&'static Builtin> {
    Builtin::find(NEXT, name).filter(|_| native.is_iterator())
}

fn of_number(value: &Value, name: &str) -> Option<Value> {
    match name {
        _ if !value.is_number() => None,
        "real" | "numerator" => Some(value.clone()),
        "imag" => Some(Value::Int(0)),
        "denominator" => Some(Value::Int(1)),
        _ => None,
    }
}

/// Names that people bring from other languages.
const ELSEWHERE: &[(&str, &str)] = &[
    ("push", "add to a list with .append(item)"),
    ("copy", "write list(value)"),
    ("clear", "write del value[:]"),
    ("length", "write len(value)"),
    ("size", "write len(value)"),
    ("contains", "write item in value"),
    ("includes", "write item in value"),
    ("toString", "write str(value)"),
    ("trim", "write .strip()"),
    ("substring", "write text[start:end]"),
    ("each", "write for item in value:"),
];

/// The error for an attribute that a value does not have.
fn unknown(value: &Value, name: &str) -> Fault {
    let what = match value.downcast::<Module>() {
        Some(module) => format!("the module {}", module.name),
        None => value.described(),
    };
    let mut names: Vec<&str> = match value {
        Value::Native(native) => {
            native.names().into_iter().chain(native.methods().iter().map(|method| method.name)).collect()
        }
        plain => class::method_names(plain),
    };
    names.sort_unstable();
    let fault = Fault::attribute_error(format!("{what} has no attribute `{name}`")).python(match value {
        Value::Native(native) if native.type_name() == "module" => {
            format!("'module' object has no attribute '{name}'")
        }
        other => format!("'{}' object has no attribute '{name}'", other.python_type()),
    });
    if let Some((_, instead)) = ELSEWHERE.iter().find(|(wrong, _)| *wrong == name) {
        return fault.help(*instead);
    }
    match value {
        Value::Dict(dict) if dict.borrow().get_str(name).is_some() => {
            return fault.help(format!("entries of a dict are read with ['{name}']"));
        }
        Value::Empty => return fault.help("the field is not set; test it with has_FIELD() first"),
        Value::None => {
            return fault.help("a function without `return` gives None, and so do .append() and .sort()");
        }
        _ => {}
    }
    match nearest(name, names.iter().copied()) {
        Some(near) => fault.near(near),
        None if matches!(value, Value::Native(_)) && !names.is_empty() => {
            fault.help(format!("it has {}", quoted_list(names, 30)))
        }
        None => fault,
    }
}
