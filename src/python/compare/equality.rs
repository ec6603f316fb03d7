//! `==`, `is`, and keys of dicts and sets, with bounded work: values can share parts, and grow exponentially on paper.

use std::rc::Rc;

use crate::template::value::{Fault, Key, Value, Vm};

/// Containers inside containers that comparisons, keys and printing follow.
pub const MAX_NESTED: usize = 400;

/// The error for values nested deeper than [`MAX_NESTED`].
pub fn too_deep() -> Fault {
    let message = format!("the value is nested more than {MAX_NESTED} deep");
    Fault { exception: "RuntimeError", ..Fault::value_error(message) }
}

/// `left == right`, as [`Value::equals`] has it.
///
/// # Errors
/// When the values are nested too deep, the comparison uses up the budget of steps, or a template object has a value
/// that its type cannot take.
pub fn equal(vm: &mut dyn Vm, left: &Value, right: &Value) -> Result<bool, Fault> {
    equal_at(vm, left, right, 0)
}

fn equal_at(vm: &mut dyn Vm, left: &Value, right: &Value, depth: usize) -> Result<bool, Fault> {
    match (left, right) {
        (Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Native(_), _) | (_, Value::Native(_)) => {
        }
        (Value::Object(a), Value::Object(b)) => return a.equals(b),
        (Value::Str(a), Value::Str(b)) if a.as_str().len() == b.as_str().len() && !a.same(b) => {
            vm.charge(a.as_str().len() as u64 / 64)?;
            return Ok(a == b);
        }
        (Value::Set(a), Value::Set(b)) if !Rc::ptr_eq(a, b) => {
            vm.charge(a.borrow().len() as u64)?;
            return Ok(left.equals(right));
        }
        _ => return Ok(left.equals(right)),
    }
    if depth > MAX_NESTED {
        return Err(too_deep());
    }
    vm.charge(1)?;
    match (left, right) {
        (Value::List(a), Value::List(b)) => {
            if Rc::ptr_eq(a, b) {
                return Ok(true);
            }
            let (a, b) = (a.borrow(), b.borrow());
            all_equal(vm, &a, &b, depth)
        }
        (Value::Tuple(a), Value::Tuple(b)) => {
            if Rc::ptr_eq(a, b) {
                return Ok(true);
            }
            all_equal(vm, a, b, depth)
        }
        (Value::Dict(a), Value::Dict(b)) => {
            if Rc::ptr_eq(a, b) {
                return Ok(true);
            }
            let (a, b) = (a.borrow(), b.borrow());
            if a.len() != b.len() || !a.same_order(&b) {
                return Ok(false);
            }
            vm.charge(a.len() as u64 / 8)?;
            for (k, entry) in a.entries() {
                let other = b.get(k);
                vm.charge_probes(b.take_probes())?;
                match other {
                    Some(other) if equal_at(vm, &entry.value, &other.value, depth + 1)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
        (Value::Native(_), Value::Native(_) | Value::Tuple(_)) | (Value::Tuple(_), Value::Native(_)) => {
            match (left.tuple_items(), right.tuple_items()) {
                (Some(a), Some(b)) => all_equal(vm, &a, &b, depth),
                _ => Ok(left.equals(right)),
            }
        }
        _ => Ok(left.equals(right)),
    }
}

fn all_equal(vm: &mut dyn Vm, a: &[Value], b: &[Value], depth: usize) -> Result<bool, Fault> {
    if a.len() != b.len() {
        return Ok(false);
    }
    vm.charge(a.len() as u64 / 8)?;
    for (x, y) in a.iter().zip(b) {
        if !equal_at(vm, x, y, depth + 1)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `left is right`. Numbers and strings that are equal are the same one.
pub fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::List(a), Value::List(b)) => Rc::ptr_eq(a, b),
        (Value::Tuple(a), Value::Tuple(b)) => Rc::ptr_eq(a, b) || (a.is_empty() && b.is_empty()),
        (Value::Dict(a), Value::Dict(b)) => Rc::ptr_eq(a, b),
        (Value::Set(a), Value::Set(b)) => Rc::ptr_eq(a, b),
        (Value::Range(a), Value::Range(b)) => Rc::ptr_eq(a, b),
        (Value::Object(a), Value::Object(b)) => a.is(b),
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Bool(_), _) | (_, Value::Bool(_)) => false,
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
        (Value::Float(_), _) | (_, Value::Float(_)) => false,
        (a, b) => a.equals(b),
    }
}

/// A value as a key of a dict or set.
///
/// # Errors
/// When the value can change, or is nested too deep or too large to look through.
pub fn key(vm: &mut dyn Vm, value: &Value) -> Result<Key, Fault> {
    match value {
        Value::Tuple(_) => count(vm, value, 0)?,
        // A named tuple is the same key as a tuple of its items.
        Value::Native(_) => {
            if let Some(items) = value.tuple_items() {
                return key(vm, &Value::tuple(items.into_owned()));
            }
        }
        _ => {}
    }
    Key::new(value.clone())
}

fn count(vm: &mut dyn Vm, value: &Value, depth: usize) -> Result<(), Fault> {
    let Value::Tuple(items) = value else { return Ok(()) };
    if depth > MAX_NESTED {
        return Err(too_deep());
    }
    vm.charge(1 + items.len() as u64)?;
    items.iter().try_for_each(|item| count(vm, item, depth + 1))
}
