//! `item in container`.

use super::index::map_entry;
use crate::python::compare::{equal, key};
use crate::python::iterate::iterate;
use crate::python::params::a;
use crate::template::value::{Fault, Value, Vm};
use crate::template::{Kind, Object, Walk};

/// `item in container`.
///
/// # Errors
/// When the container is none, or text is searched for something else than text.
pub fn contains(vm: &mut dyn Vm, container: &Value, item: &Value) -> Result<bool, Fault> {
    match container {
        Value::Str(text) => match item {
            Value::Str(part) => {
                vm.charge(text.as_str().len() as u64 / 64)?;
                Ok(text.as_str().contains(part.as_str()))
            }
            other => Err(Fault::type_error(format!("only text can be in text, not {}", a(other)))),
        },
        Value::List(items) => {
            let items = items.borrow().clone();
            any_equal(vm, &items, item)
        }
        Value::Tuple(items) => any_equal(vm, items, item),
        Value::Dict(dict) => {
            let key = key(vm, item)?;
            let there = dict.borrow().get(&key).is_some();
            vm.charge_probes(dict.borrow().take_probes())?;
            Ok(there)
        }
        Value::Set(set) => {
            let key = key(vm, &frozen(item))?;
            let there = set.borrow().contains(&key);
            vm.charge_probes(set.borrow().take_probes())?;
            Ok(there)
        }
        Value::Range(range) => Ok(match item.as_i64() {
            Some(n) => range_has(range.start, range.stop, range.step, n),
            None => (0..range.len().min(1_000_000)).any(|i| item.equals(&Value::Int(range.at(i)))),
        }),
        Value::Object(object) => object_contains(vm, object, item),
        Value::Native(_) => match container.as_native().and_then(|b| b.contains(vm, item)) {
            Some(result) => result,
            None => walk(vm, container, item),
        },
        other => Err(not_a_container(other)),
    }
}

fn not_a_container(value: &Value) -> Fault {
    Fault::type_error(format!("{} contains nothing: `in` needs text or a container on its right", a(value)))
}

/// Python looks sets up as if they were frozen.
fn frozen(value: &Value) -> Value {
    match value {
        Value::Set(set) if !set.borrow().frozen => {
            let mut copy = set.borrow().clone();
            copy.frozen = true;
            Value::set(copy)
        }
        other => other.clone(),
    }
}

fn any_equal(vm: &mut dyn Vm, items: &[Value], item: &Value) -> Result<bool, Fault> {
    vm.charge(items.len() as u64 / 8)?;
    for each in items {
        if equal(vm, each, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn range_has(start: i64, stop: i64, step: i64, n: i64) -> bool {
    let inside = if step > 0 { start <= n && n < stop } else { stop < n && n <= start };
    inside && (i128::from(n) - i128::from(start)) % i128::from(step) == 0
}

fn walk(vm: &mut dyn Vm, container: &Value, item: &Value) -> Result<bool, Fault> {
    let mut items = iterate(container).map_err(|_| not_a_container(container))?;
    while let Some(each) = items.next(vm)? {
        if equal(vm, &each, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A template list compares objects of its element type as objects, and anything else with the elements' plain
/// values; a template map looks the key up.
fn object_contains(vm: &mut dyn Vm, object: &Object, item: &Value) -> Result<bool, Fault> {
    match object.ty().kind() {
        Kind::List(element) => {
            let interpolated = object.interpolate(&mut Walk::default())?;
            let elements = interpolated.elements().unwrap_or_default();
            if let Value::Object(wanted) = item
                && wanted.is_a(element)
            {
                for each in elements {
                    if each.equals(wanted)? {
                        return Ok(true);
                    }
                }
                return Ok(false);
            }
            let plain = elements.iter().map(Object::get).collect::<Result<Vec<Value>, Fault>>()?;
            any_equal(vm, &plain, item)
        }
        Kind::Map(..) => Ok(map_entry(object, item)?.is_some()),
        _ => Err(not_a_container(&Value::Object(object.clone()))),
    }
}
