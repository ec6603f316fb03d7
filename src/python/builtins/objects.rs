//! Functions of any value: its type, its attributes, comparison.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::arguments::{Table, builtins};
use crate::python::class::{PlainKind, PlainType};
use crate::python::compare::three_way;
use crate::python::iterate::collect;
use crate::python::params::a;
use crate::source::Span;
use crate::template::value::{Args, Dict, Entry, Fault, Key, Keyword, Text, Value, Vm};

pub(super) const TABLE: Table = builtins![
    isinstance(x, type) Metered => isinstance,
    issubclass(type, parent) Constant => issubclass,
    callable(x) Constant => callable,
    hasattr(x, name) Metered => hasattr,
    getattr(x, name, default?) Metered => getattr,
    apply(function, args = None, kwargs = None) Metered => apply,
    cmp(x, y) Metered => cmp,
    print(**kwargs) Constant => print,
];

fn isinstance(vm: &mut dyn Vm, value: Value, class: Value) -> Result<Value, Fault> {
    is_instance(vm, &value, &class).map(Value::Bool)
}

/// `isinstance(value, class)`; a tuple of types stands for any of them.
///
/// # Errors
/// When `class` is not a type, or its tuples hold each other without end.
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
    if name.as_str() == "__iter__" && has_iter(&value) {
        return Ok(Value::Bool(true));
    }
    match vm.attribute(&value, name.as_str()) {
        Ok(_) => Ok(Value::Bool(true)),
        Err(fault) if fault.exception == "AttributeError" => Ok(Value::Bool(false)),
        Err(fault) => Err(fault),
    }
}

/// Whether Python 2 has an `__iter__` of the value: files tell containers and strings apart by it.
fn has_iter(value: &Value) -> bool {
    match value {
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::Range(_) => true,
        Value::Native(native) => native.is_iterator() || native.items().is_some(),
        _ => false,
    }
}

/// `apply(function, args, kwargs)`, which Python 2 still has for `function(*args, **kwargs)`.
fn apply(
    vm: &mut dyn Vm,
    function: Value,
    args: Option<Value>,
    kwargs: Option<Rc<RefCell<Dict>>>,
) -> Result<Value, Fault> {
    let positional = args.map_or(Ok(Vec::new()), |args| collect(vm, &args))?;
    let mut args = Args::of(Span::NONE, positional);
    if let Some(kwargs) = kwargs {
        args.keyword = named_arguments(&kwargs.borrow())?;
    }
    vm.call(&function, args)
}

fn named_arguments(kwargs: &Dict) -> Result<Vec<Keyword>, Fault> {
    let named = |(key, entry): (&Key, &Entry)| {
        let name = key
            .value()
            .as_str()
            .ok_or_else(|| Fault::bad_call("the keys of named arguments must be strings"))?;
        Ok(Keyword {
            name: name.into(),
            name_span: entry.key_span,
            value: entry.value.clone(),
            span: entry.span,
        })
    };
    kwargs.entries_by_slot().map(named).collect()
}

fn getattr(vm: &mut dyn Vm, value: Value, name: Text, default: Option<Value>) -> Result<Value, Fault> {
    match (vm.attribute(&value, name.as_str()), default) {
        (Err(fault), Some(default)) if fault.exception == "AttributeError" => Ok(default),
        (result, _) => result,
    }
}

fn cmp(vm: &mut dyn Vm, x: Value, y: Value) -> Result<Value, Fault> {
    three_way(vm, &x, &y).map(|order| Value::Int(order as i64))
}

/// `print(…)`: the arguments are worked out, and nothing is printed.
fn print(_: &mut dyn Vm, _: Args) -> Result<Value, Fault> {
    Ok(Value::None)
}
