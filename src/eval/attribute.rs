//! `value.name` for any value.

use super::builtins::type_of;
use super::expr::Eval;
use super::function::Function;
use super::machine::Machine;
use super::native::{BoundMethod, Builtin, Module};
use super::params::a;
use super::special::Special;
use super::{methods, objects};
use crate::diagnostics::{nearest, quoted_list};
use crate::template::value::{Fault, Value};

impl Machine {
    /// `value.name`: methods and fields of any value.
    ///
    /// # Errors
    /// An AttributeError where there is none of this name.
    pub fn attribute(&mut self, value: &Value, name: &str) -> Eval {
        match value {
            plain if name == "__class__" => Ok(type_of(plain)),
            Value::Object(object) => objects::attribute(object, name),
            Value::Type(ty) if name == "__name__" => Ok(Value::str(ty.name())),
            Value::Type(ty) => objects::of_type(ty, name),
            Value::Native(_) => of_native(value, name).ok_or_else(|| unknown(value, name)),
            plain => {
                method(plain, name).or_else(|| of_number(plain, name)).ok_or_else(|| unknown(plain, name))
            }
        }
    }
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
    if matches!(name, "__name__" | "func_name") {
        let function = any.downcast_ref::<Function>().map(|f| Value::str(f.name()));
        let builtin = || any.downcast_ref::<Builtin>().map(|b| Value::str(b.name));
        if let Some(found) = function.or_else(builtin) {
            return Some(found);
        }
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
