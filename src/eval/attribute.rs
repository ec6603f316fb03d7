//! Attributes of values other than template objects: methods, members of modules, fields of named tuples.

use super::machine::Machine;
use super::methods;
use super::native::{BoundMethod, Builtin, Module};
use super::params::a;
use super::special::Special;
use crate::diagnostics::{nearest, quoted_list};
use crate::template::value::{Fault, Value};

impl Machine {
    /// `value.name`
    ///
    /// # Errors
    /// An AttributeError where the value has no such attribute.
    pub fn attribute(&mut self, value: &Value, name: &str) -> Result<Value, Fault> {
        find(value, name).ok_or_else(|| unknown(value, name))
    }
}

/// `value.name`, if the value has it.
fn find(value: &Value, name: &str) -> Option<Value> {
    if let Value::Native(native) = value {
        if let Some(module) = native.as_any().downcast_ref::<Module>() {
            return module.members.get(name).cloned();
        }
        if let Some(builtin) = native.as_any().downcast_ref::<Builtin>() {
            return (name == "__name__").then(|| Value::str(builtin.name));
        }
    }
    if let Some(found) = Special::of(value).and_then(|b| b.attribute(name)) {
        return Some(found);
    }
    if let Some((name, function)) = Special::of(value).and_then(|b| b.method(name)) {
        return Some(BoundMethod::value(value.clone(), name, function));
    }
    let (name, function) = methods::lookup(value, name)?;
    Some(BoundMethod::value(value.clone(), name, function))
}

/// The error for an attribute that a value does not have.
fn unknown(value: &Value, name: &str) -> Fault {
    let (what, names) = match value {
        Value::Native(native) => match native.as_any().downcast_ref::<Module>() {
            Some(module) => (format!("the module {}", module.name), module.members.keys().copied().collect()),
            None => (a(value), methods::names(value)),
        },
        _ => (a(value), methods::names(value)),
    };
    let fault = Fault::attribute_error(format!("{what} has no `{name}`"));
    if let Some((_, instead)) = ELSEWHERE.iter().find(|(wrong, _)| *wrong == name) {
        return fault.help(*instead);
    }
    if let (Value::Dict(dict), true) = (value, names.iter().all(|n| *n != name))
        && dict.borrow().get_str(name).is_some()
    {
        return fault.help(format!("entries of a dict are read with ['{name}']"));
    }
    match nearest(name, names.iter().copied()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None if matches!(value, Value::Native(_)) && !names.is_empty() => {
            fault.help(format!("it has {}", quoted_list(names, 30)))
        }
        None => fault,
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
