//! `value.name` for plain values and those written in Rust.

use super::methods;
use super::native::{BoundMethod, Builtin, Module};
use super::params::a;
use super::special::Special;
use crate::diagnostics::{nearest, quoted_list};
use crate::template::value::{Fault, Value};

/// `value.name`: methods and fields of a value that is not a template object.
///
/// # Errors
/// An AttributeError where there is none of this name.
pub fn attribute(value: &Value, name: &str) -> Result<Value, Fault> {
    let found = match value {
        Value::Native(_) => of_native(value, name),
        plain => method(plain, name).or_else(|| of_number(plain, name)),
    };
    found.ok_or_else(|| unknown(value, name))
}

fn method(value: &Value, name: &str) -> Option<Value> {
    let (name, function) = methods::lookup(value, name)?;
    Some(BoundMethod::value(value.clone(), name, function))
}

fn of_native(value: &Value, name: &str) -> Option<Value> {
    let Value::Native(native) = value else { return None };
    let any = native.as_any();
    if let Some(module) = any.downcast_ref::<Module>() {
        let own_name = || (name == "__name__").then(|| Value::str(module.name));
        return module.members.get(name).cloned().or_else(own_name);
    }
    if matches!(name, "__name__" | "func_name")
        && let Some(builtin) = any.downcast_ref::<Builtin>()
    {
        return Some(Value::str(builtin.name));
    }
    let behaviour = Special::of(value)?;
    behaviour.attribute(name).or_else(|| {
        let (name, function) = behaviour.method(name)?;
        Some(BoundMethod::value(value.clone(), name, function))
    })
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
    let module = match value {
        Value::Native(native) => native.as_any().downcast_ref::<Module>(),
        _ => None,
    };
    let (what, mut names): (String, Vec<&str>) = match (module, Special::of(value)) {
        (Some(module), _) => {
            (format!("the module {}", module.name), module.members.keys().copied().collect())
        }
        (None, Some(behaviour)) => (a(value), behaviour.names()),
        (None, None) => (a(value), methods::names(value)),
    };
    names.sort_unstable();
    let fault = Fault::attribute_error(format!("{what} has no attribute `{name}`"));
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
