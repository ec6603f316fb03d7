//! `list()`, `tuple()`, `dict()`, `set()`, `frozenset()`.

use crate::python::iterate::{collect, iterate};
use crate::python::ops::{key, set_of};
use crate::python::params::{a, take};
use crate::template::value::{Args, Dict, Fault, Key, Set, Value, Vm};

/// The items of a value as a new list.
///
/// # Errors
/// When the value has none, or too many.
pub fn list_of(vm: &mut dyn Vm, value: Option<&Value>) -> Result<Vec<Value>, Fault> {
    value.map_or(Ok(Vec::new()), |v| collect(vm, v))
}

/// `list(items)`
pub(super) fn to_list(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [items]) = take("list", args, [], ["items"])?;
    list_of(vm, items.as_ref()).map(Value::list)
}

/// `tuple(items)`
pub(super) fn to_tuple(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [items]) = take("tuple", args, [], ["items"])?;
    match items {
        Some(tuple @ Value::Tuple(_)) => Ok(tuple),
        other => list_of(vm, other.as_ref()).map(Value::tuple),
    }
}

/// `set(items)`
pub(super) fn to_set(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [items]) = take("set", args, [], ["items"])?;
    items.map_or(Ok(Set::new()), |v| set_of(vm, &v)).map(Value::set)
}

/// `frozenset(items)`
pub(super) fn to_frozenset(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [items]) = take("frozenset", args, [], ["items"])?;
    let set = items.map_or(Ok(Set::new()), |v| set_of(vm, &v))?;
    let mut set = set;
    set.frozen = true;
    Ok(Value::set(set))
}

/// `dict(pairs_or_dict, name=value, …)`
pub(super) fn to_dict(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    new_dict(vm, "dict", args).map(Value::dict)
}

/// The dict that `dict(…)` makes of arguments.
///
/// # Errors
/// When the positional argument is neither a dict nor pairs.
pub fn new_dict(vm: &mut dyn Vm, function: &str, args: Args) -> Result<Dict, Fault> {
    let mut dict = Dict::new();
    update(vm, function, &mut dict, args)?;
    Ok(dict)
}

/// Adds the entries that arguments of `dict()` or `.update()` give.
///
/// # Errors
/// As for [`new_dict`].
pub(in crate::python) fn update(
    vm: &mut dyn Vm,
    function: &str,
    dict: &mut Dict,
    args: Args,
) -> Result<(), Fault> {
    if args.positional.len() > 1 {
        let message =
            format!("{function}() takes one dict and keywords, but {} are given", args.positional.len());
        return Err(Fault::bad_call(message).at(args.span));
    }
    if let Some((source, span)) = args.positional.first() {
        match source {
            Value::Dict(other) => {
                let other = other.borrow();
                vm.charge_items(dict.len() + other.len())?;
                for (k, (_, e)) in other.keys().zip(other.iter()) {
                    dict.insert_at(k.clone(), e.value.clone(), e.key_span, e.span);
                }
            }
            other => match other.as_native().and_then(|b| b.entries(vm)) {
                Some(entries) => {
                    for (k, (_, e)) in entries.keys().zip(entries.iter()) {
                        dict.insert(k.clone(), e.value.clone());
                    }
                }
                None => add_pairs(vm, function, dict, other).map_err(|f| f.at(*span))?,
            },
        }
    }
    for keyword in args.keyword {
        dict.insert_at(Key::text(&keyword.name), keyword.value, keyword.name_span, keyword.span);
    }
    Ok(())
}

fn add_pairs(vm: &mut dyn Vm, function: &str, dict: &mut Dict, pairs: &Value) -> Result<(), Fault> {
    let mut walk = iterate(pairs)
        .map_err(|_| Fault::type_error(format!("{function}() needs a dict or pairs, not {}", a(pairs))))?;
    while let Some(pair) = walk.next(vm)? {
        let items = match iterate(&pair) {
            Ok(items) => items.collect(vm)?,
            Err(_) => {
                let message = format!("{function}() needs pairs of key and value, not {}", a(&pair));
                return Err(Fault::type_error(message));
            }
        };
        let [k, v] = items.as_slice() else {
            let message =
                format!("{function}() needs pairs of key and value, but one has {} items", items.len());
            return Err(Fault::value_error(message));
        };
        let k = key(vm, k)?;
        dict.insert(k, v.clone());
        if dict.len() > vm.budgets().items {
            vm.charge_items(dict.len())?;
        }
    }
    Ok(())
}

/// `dict.fromkeys(keys, value)`
pub(in crate::python) fn dict_fromkeys(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([keys], [value]) = take("fromkeys", args, ["keys"], ["value"])?;
    let value = value.unwrap_or(Value::None);
    let mut dict = Dict::new();
    for item in collect(vm, &keys)? {
        dict.insert(key(vm, &item)?, value.clone());
    }
    Ok(Value::dict(dict))
}
