//! Functions of any value: its type, its attributes, comparison.

use crate::python::arguments::{Table, builtins};
use crate::python::class::{PlainKind, PlainType};
use crate::python::compare::{equal, less_than};
use crate::python::params::a;
use crate::template::value::{Args, Fault, Text, Value, Vm};

pub(super) const TABLE: Table = builtins![
    isinstance(x, type) Metered => isinstance,
    issubclass(type, parent) Constant => issubclass,
    callable(x) Constant => callable,
    hasattr(x, name) Metered => hasattr,
    getattr(x, name, default = None) Metered => getattr,
    cmp(x, y) Metered => cmp,
    print(**kwargs) Constant => print,
];

fn isinstance(vm: &mut dyn Vm, value: Value, class: Value) -> Result<Value, Fault> {
    is_instance(vm, &value, &class).map(Value::Bool)
}

/// `isinstance(value, class)`; a tuple of types stands for any of them.
///
/// # Errors
/// When `class` is no type, or its tuples hold each other without end.
fn is_instance(vm: &mut dyn Vm, value: &Value, class: &Value) -> Result<bool, Fault> {
    vm.charge(1)?;
    match class {
        Value::Tuple(classes) => {
            for class in classes.iter() {
                if is_instance(vm, value, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Type(ty) => Ok(matches!(value, Value::Object(o) if o.is_a(ty))),
        other => match (other.downcast::<PlainType>(), other.as_native()) {
            (Some(plain), _) => Ok(plain.has(value)),
            (None, Some(behaviour)) => {
                behaviour.is_instance(value).ok_or_else(|| no_type("isinstance", other))
            }
            (None, None) => Err(no_type("isinstance", other)),
        },
    }
}

fn no_type(function: &str, value: &Value) -> Fault {
    Fault::type_error(format!("{function}() needs a type or a tuple of types, not {}", a(value)))
}

fn issubclass(_: &mut dyn Vm, class: Value, parent: Value) -> Result<Value, Fault> {
    is_subclass(&class, &parent).map(Value::Bool)
}

fn is_subclass(class: &Value, parent: &Value) -> Result<bool, Fault> {
    match (class, parent) {
        (_, Value::Tuple(parents)) => {
            for parent in parents.iter() {
                if is_subclass(class, parent)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        (Value::Type(a), Value::Type(b)) => Ok(a.same(b)),
        (a, b) => match (a.downcast::<PlainType>(), b.downcast::<PlainType>(), a) {
            (Some(x), Some(y), _) => Ok(y.includes(x)),
            (None, Some(y), Value::Type(_)) => Ok(y.kind == PlainKind::Object),
            (Some(_), None, _) if matches!(b, Value::Type(_)) => Ok(false),
            (Some(_), ..) => Err(no_type("issubclass", b)),
            _ => Err(no_type("issubclass", a)),
        },
    }
}

fn callable(_: &mut dyn Vm, value: Value) -> Result<Value, Fault> {
    Ok(Value::Bool(match &value {
        Value::Type(_) => true,
        Value::Object(o) => o.slots().is_some(),
        Value::Native(native) => native.is_callable(),
        _ => false,
    }))
}

fn hasattr(vm: &mut dyn Vm, value: Value, name: Text) -> Result<Value, Fault> {
    match vm.attribute(&value, name.as_str()) {
        Ok(_) => Ok(Value::Bool(true)),
        Err(fault) if fault.exception == "AttributeError" => Ok(Value::Bool(false)),
        Err(fault) => Err(fault),
    }
}

fn getattr(vm: &mut dyn Vm, value: Value, name: Text, default: Option<Value>) -> Result<Value, Fault> {
    match (vm.attribute(&value, name.as_str()), default) {
        (Err(fault), Some(default)) if fault.exception == "AttributeError" => Ok(default),
        (result, _) => result,
    }
}

fn cmp(vm: &mut dyn Vm, x: Value, y: Value) -> Result<Value, Fault> {
    if equal(vm, &x, &y)? {
        return Ok(Value::Int(0));
    }
    Ok(Value::Int(if less_than(vm, &x, &y)? { -1 } else { 1 }))
}

/// `print(…)`: the arguments are worked out, and nothing is printed.
fn print(_: &mut dyn Vm, _: Args) -> Result<Value, Fault> {
    Ok(Value::None)
}
