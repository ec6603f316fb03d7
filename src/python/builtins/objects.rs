//! Functions of any value: its type, its attributes, comparison.

use super::types::{PlainType, type_of};
use super::{PlainKind, Table};
use crate::python::ops::{equal, less_than};
use crate::python::params::{a, take, text};
use crate::template::value::{Args, Fault, Value, Vm};

pub(super) const TABLE: Table = &[
    ("isinstance", isinstance),
    ("issubclass", issubclass),
    ("callable", callable),
    ("hasattr", hasattr),
    ("getattr", getattr),
    ("cmp", cmp),
    ("print", print),
];

/// `type(x)`
pub(super) fn type_function(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    if args.positional.len() == 3 {
        return Err(Fault::bad_call("types are not made with type()").help("write class Name(Struct): ..."));
    }
    let ([value], []) = take("type", args, ["x"], [])?;
    Ok(type_of(&value))
}

fn isinstance(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([value, class], []) = take("isinstance", args, ["x", "type"], [])?;
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

fn issubclass(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([class, parent], []) = take("issubclass", args, ["type", "parent"], [])?;
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

fn callable(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([value], []) = take("callable", args, ["x"], [])?;
    Ok(Value::Bool(match &value {
        Value::Type(_) => true,
        Value::Object(o) => o.slots().is_some(),
        Value::Native(native) => native.is_callable(),
        _ => false,
    }))
}

fn hasattr(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([value, name], []) = take("hasattr", args, ["x", "name"], [])?;
    let name = text("hasattr", &name)?;
    match vm.attribute(&value, name.as_str()) {
        Ok(_) => Ok(Value::Bool(true)),
        Err(fault) if fault.exception == "AttributeError" => Ok(Value::Bool(false)),
        Err(fault) => Err(fault),
    }
}

fn getattr(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([value, name], [default]) = take("getattr", args, ["x", "name"], ["default"])?;
    let name = text("getattr", &name)?;
    match (vm.attribute(&value, name.as_str()), default) {
        (Err(fault), Some(default)) if fault.exception == "AttributeError" => Ok(default),
        (result, _) => result,
    }
}

fn cmp(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([x, y], []) = take("cmp", args, ["x", "y"], [])?;
    if equal(vm, &x, &y)? {
        return Ok(Value::Int(0));
    }
    Ok(Value::Int(if less_than(vm, &x, &y)? { -1 } else { 1 }))
}

/// `print(…)`: the arguments are worked out, and nothing is printed.
fn print(_: &mut dyn Vm, _: Args) -> Result<Value, Fault> {
    Ok(Value::None)
}
