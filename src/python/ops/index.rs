//! `container[index]`, and assigning to and deleting it.

use crate::python::params::a;
use crate::python::short;
use crate::python::types::{dict, str};
use crate::source::Span;
use crate::template::value::{Fault, Text, Value, Vm};
use crate::template::{Kind, Object, Walk, convert};

/// `container[index]`.
///
/// # Errors
/// When the container cannot be indexed, or has no such index or key.
pub fn get_item(vm: &mut dyn Vm, container: &Value, index: &Value) -> Result<Value, Fault> {
    match container {
        Value::Dict(dict) => dict::get_item(vm, dict, index),
        Value::List(items) => {
            let items = items.borrow();
            Ok(items[position("list", index, items.len())?].clone())
        }
        Value::Tuple(items) => Ok(items[position("tuple", index, items.len())?].clone()),
        Value::Range(range) => Ok(Value::Int(range.at(position("range", index, range.len())?))),
        Value::Str(text) => char_at(text, index).map(Value::Str),
        Value::Object(object) => object_item(object, index).map_err(|f| by_name(f, object, index)),
        Value::Native(_) => match container.as_native().and_then(|b| b.get_item(vm, index)) {
            Some(result) => result,
            None => match container.tuple_items() {
                Some(items) => Ok(items[position("tuple", index, items.len())?].clone()),
                None => Err(not_indexable(container)),
            },
        },
        other => Err(not_indexable(other)),
    }
}

/// Says how a field is read that was asked for like the entry of a dict.
fn by_name(fault: Fault, object: &Object, index: &Value) -> Fault {
    match index.as_str() {
        Some(name) if object.slot(name).is_some() => fault.help(format!("read the field with .{name}()")),
        _ => fault,
    }
}

fn not_indexable(value: &Value) -> Fault {
    let fault = Fault::type_error(format!("{} cannot be indexed with [...]", a(value)));
    match value {
        Value::Object(o) if o.slots().is_some() => {
            fault.help("read a field with .name(), or take a dict with .get()")
        }
        Value::Object(_) => fault.help("take the plain value with .get()"),
        Value::Type(_) => {
            fault.help("types take their parameters in parentheses: List(String), Map(String, Integer)")
        }
        _ => fault,
    }
}

/// The position that an index means in a sequence of `len` items.
pub(super) fn position(what: &str, index: &Value, len: usize) -> Result<usize, Fault> {
    let Some(wanted) = index.as_i64() else {
        return match index {
            Value::Big(n) => Err(out_of_range(what, &n.to_string(), len)),
            other => {
                Err(Fault::type_error(format!("a {what} is indexed by whole numbers, not by {}", a(other))))
            }
        };
    };
    let resolved = if wanted < 0 { wanted.saturating_add(len as i64) } else { wanted };
    match usize::try_from(resolved) {
        Ok(i) if i < len => Ok(i),
        _ => Err(out_of_range(what, &wanted.to_string(), len)),
    }
}

fn out_of_range(what: &str, index: &str, len: usize) -> Fault {
    let size = match len {
        0 => format!("the {what} is empty"),
        1 => format!("the {what} has 1 item"),
        n => format!("the {what} has {n} items"),
    };
    let of = if what == "text" { "string" } else { what };
    Fault::index_error(format!("there is no index {index}: {size}"))
        .python(format!("{of} index out of range"))
}

fn char_at(text: &Text, index: &Value) -> Result<Text, Fault> {
    let s = text.as_str();
    if s.is_ascii() {
        let at = position("text", index, s.len())?;
        return Ok(text.slice(at..at + 1));
    }
    Ok(str::char_at(text, position("text", index, s.chars().count())?))
}

fn object_item(object: &Object, index: &Value) -> Result<Value, Fault> {
    match object.ty().kind() {
        Kind::List(_) => {
            let interpolated = object.interpolate(&mut Walk::default())?;
            let elements = interpolated.elements().unwrap_or_default();
            Ok(Value::Object(elements[position("list", index, elements.len())?].clone()))
        }
        Kind::Map(..) => {
            match map_entry(object, index)? {
                Some(value) => Ok(Value::Object(value)),
                None => Err(Fault::key_error(format!("the map has no key {}", short(index)))
                    .args(vec![index.clone()])),
            }
        }
        _ => Err(not_indexable(&Value::Object(object.clone()))),
    }
}

/// The value of a key of a template map, interpolated. The key is converted to the map's type of keys.
///
/// # Errors
/// When the key cannot be of that type.
pub(super) fn map_entry(object: &Object, index: &Value) -> Result<Option<Object>, Fault> {
    let Kind::Map(key_type, _) = object.ty().kind() else { return Ok(None) };
    let wanted = convert(key_type, index, Span::NONE)?.interpolate(&mut Walk::default())?;
    let interpolated = object.interpolate(&mut Walk::default())?;
    for (key, value) in interpolated.entries().unwrap_or_default() {
        if key.equals(&wanted)? {
            return Ok(Some(value.clone()));
        }
    }
    Ok(None)
}

/// `container[index] = value`, with the places of both.
///
/// # Errors
/// When the container cannot change, or has no such index.
pub fn set_item(
    vm: &mut dyn Vm,
    container: &Value,
    index: (&Value, Span),
    value: (Value, Span),
) -> Result<(), Fault> {
    match container {
        Value::List(items) => {
            let mut items = items.borrow_mut();
            let at = position("list", index.0, items.len())?;
            items[at] = value.0;
            Ok(())
        }
        Value::Dict(dict) => dict::set_item(vm, dict, index, value),
        other => Err(unchangeable(other)),
    }
}

/// `del container[index]`.
///
/// # Errors
/// When the container cannot change, or has no such index or key.
pub fn del_item(vm: &mut dyn Vm, container: &Value, index: &Value) -> Result<(), Fault> {
    match container {
        Value::List(items) => {
            let mut items = items.borrow_mut();
            let at = position("list", index, items.len())?;
            vm.charge((items.len() - at) as u64 / 64)?;
            items.remove(at);
            Ok(())
        }
        Value::Dict(dict) => dict::del_item(vm, dict, index),
        other => Err(unchangeable(other)),
    }
}

/// The error for a change of a value that cannot change.
pub(super) fn unchangeable(value: &Value) -> Fault {
    let fault = Fault::type_error(format!("the items of {} cannot be changed", a(value)));
    match value {
        Value::Str(_) => {
            fault.help("text never changes; make a new one with .replace() or by joining slices")
        }
        Value::Tuple(_) | Value::Range(_) => fault.help("make a list of it first, with list(...)"),
        Value::Object(o) if o.slots().is_some() => {
            fault.help("objects never change; make a new one by calling it: object(field=value)")
        }
        Value::Object(_) => fault.help("template objects never change; build a new one"),
        _ => fault,
    }
}
