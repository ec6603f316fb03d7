//! Methods of lists and tuples.

use std::cell::RefCell;
use std::rc::Rc;

use super::Table;
use crate::python::builtins::sorting;
use crate::python::iterate::collect;
use crate::python::ops::{equal, short, sort_values};
use crate::python::params::{int, int_or, receiver, take, wants};
use crate::template::value::{Args, Fault, Value, Vm};

pub(super) const TABLE: Table = &[
    ("append", append),
    ("extend", extend),
    ("insert", insert),
    ("pop", pop),
    ("remove", remove),
    ("index", index),
    ("count", count),
    ("sort", sort),
    ("reverse", reverse),
    ("copy", copy),
    ("clear", clear),
];

pub(super) const TUPLE_TABLE: Table = &[("index", index), ("count", count)];

type Items = Rc<RefCell<Vec<Value>>>;

fn list_receiver(name: &str, args: Args) -> Result<(Items, Args), Fault> {
    let span = args.span;
    match receiver(name, args)? {
        (Value::List(items), args) => Ok((items, args)),
        (other, _) => Err(wants(name, "a list", &other).at(span)),
    }
}

fn grow(vm: &mut dyn Vm, items: &Items, more: usize) -> Result<(), Fault> {
    let size = items.borrow().len() + more;
    if size > vm.budgets().items { vm.charge_items(size) } else { vm.charge(more as u64) }
}

fn append(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (items, args) = list_receiver("append", args)?;
    let ([item], []) = take("append", args, ["item"], [])?;
    grow(vm, &items, 1)?;
    items.borrow_mut().push(item);
    Ok(Value::None)
}

fn extend(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (items, args) = list_receiver("extend", args)?;
    let ([more], []) = take("extend", args, ["iterable"], [])?;
    let more = collect(vm, &more)?;
    grow(vm, &items, more.len())?;
    items.borrow_mut().extend(more);
    Ok(Value::None)
}

fn insert(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (items, args) = list_receiver("insert", args)?;
    let ([at, item], []) = take("insert", args, ["index", "item"], [])?;
    grow(vm, &items, 1)?;
    let mut items = items.borrow_mut();
    let at = clamp(int("insert", &at)?, items.len());
    vm.charge((items.len() - at) as u64 / 64)?;
    items.insert(at, item);
    Ok(Value::None)
}

fn clamp(at: i64, len: usize) -> usize {
    let len = len as i64;
    let at = if at < 0 { at.saturating_add(len).max(0) } else { at };
    at.min(len) as usize
}

fn pop(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (items, args) = list_receiver("pop", args)?;
    let ([], [at]) = take("pop", args, [], ["index"])?;
    let at = int_or("pop", at.as_ref(), -1)?;
    let mut items = items.borrow_mut();
    let len = items.len();
    if len == 0 {
        return Err(Fault::index_error("pop() of an empty list"));
    }
    let resolved = if at < 0 { at.saturating_add(len as i64) } else { at };
    let Some(at) = usize::try_from(resolved).ok().filter(|at| *at < len) else {
        return Err(Fault::index_error(format!("there is no index {at}: the list has {len} items")));
    };
    vm.charge((len - at) as u64 / 64)?;
    Ok(items.remove(at))
}

fn position(vm: &mut dyn Vm, items: &[Value], wanted: &Value) -> Result<Option<usize>, Fault> {
    for (at, item) in items.iter().enumerate() {
        vm.charge(1)?;
        if equal(vm, item, wanted)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn not_in(wanted: &Value, what: &str) -> Fault {
    Fault::value_error(format!("{} is not in the {what}", short(wanted)))
}

fn remove(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (items, args) = list_receiver("remove", args)?;
    let ([wanted], []) = take("remove", args, ["item"], [])?;
    let at = position(vm, &items.borrow(), &wanted)?;
    match at {
        Some(at) => {
            items.borrow_mut().remove(at);
            Ok(Value::None)
        }
        None => Err(not_in(&wanted, "list")),
    }
}

fn sequence(vm: &mut dyn Vm, name: &str, value: &Value) -> Result<Vec<Value>, Fault> {
    match value {
        Value::List(_) | Value::Tuple(_) | Value::Range(_) => collect(vm, value),
        other => Err(wants(name, "a list or tuple", other)),
    }
}

fn index(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (value, args) = receiver("index", args)?;
    let ([wanted], [start, end]) = take("index", args, ["item"], ["start", "end"])?;
    let items = sequence(vm, "index", &value)?;
    let start = clamp(int_or("index", start.as_ref(), 0)?, items.len());
    let end = clamp(int_or("index", end.as_ref(), i64::MAX)?, items.len()).max(start);
    match position(vm, &items[start..end], &wanted)? {
        Some(at) => Ok(Value::Int((start + at) as i64)),
        None => Err(not_in(&wanted, value.type_name())),
    }
}

fn count(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (value, args) = receiver("count", args)?;
    let ([wanted], []) = take("count", args, ["item"], [])?;
    let mut found = 0;
    for item in sequence(vm, "count", &value)? {
        found += i64::from(equal(vm, &item, &wanted)?);
    }
    Ok(Value::Int(found))
}

fn sort(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let span = args.span;
    let (items, args) = list_receiver("sort", args)?;
    let ([], [cmp, key, reverse]) = take("sort", args, [], ["cmp", "key", "reverse"])?;
    let values = items.borrow().clone();
    let sorted = sort_values(vm, values, &sorting(span, cmp, key, reverse))?;
    *items.borrow_mut() = sorted;
    Ok(Value::None)
}

fn reverse(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (items, args) = list_receiver("reverse", args)?;
    take("reverse", args, [], [])?;
    vm.charge(items.borrow().len() as u64 / 8)?;
    items.borrow_mut().reverse();
    Ok(Value::None)
}

fn copy(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (items, args) = list_receiver("copy", args)?;
    take("copy", args, [], [])?;
    vm.charge_items(items.borrow().len())?;
    let items = items.borrow().clone();
    Ok(Value::list(items))
}

fn clear(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (items, args) = list_receiver("clear", args)?;
    take("clear", args, [], [])?;
    items.borrow_mut().clear();
    Ok(Value::None)
}
