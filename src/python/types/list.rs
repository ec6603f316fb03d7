//! Lists and tuples: `list()`, `tuple()`, and their methods.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::arguments::{Flag, OrNone, Table, builtins};
use crate::python::compare::{Sorting, equal, sort_values};
use crate::python::iterate::collect;
use crate::python::params::wants;
use crate::python::short;
use crate::source::Span;
use crate::template::value::{Fault, Value, Vm};

/// The methods of lists.
pub(in crate::python) const METHODS: Table = builtins![
    append(self, item) Constant => append,
    extend(self, iterable) Metered => extend,
    insert(self, index, item) Metered => insert,
    pop(self, index = -1) Metered => pop,
    remove(self, item) Metered => remove,
    index(self, item, start = 0, end = None) Metered => index,
    count(self, item) Metered => count,
    sort(@, self, cmp = None, key = None, reverse = False) Metered => sort,
    reverse(self) Scan(0) => reverse,
];

/// The methods of tuples.
pub(in crate::python) const TUPLE_METHODS: Table =
    builtins![index(self, item, start = 0, end = None) Metered => index, count(self, item) Metered => count];

/// What the types are called for.
pub(in crate::python) const CONSTRUCTORS: Table =
    builtins![list(items = ()) Metered => to_list, tuple(items = ()) Metered => to_tuple];

type Items = Rc<RefCell<Vec<Value>>>;

/// The items of a value as a new list.
///
/// # Errors
/// When the value has none, or too many.
pub fn list_of(vm: &mut dyn Vm, value: Option<&Value>) -> Result<Vec<Value>, Fault> {
    value.map_or(Ok(Vec::new()), |v| collect(vm, v))
}

/// `list(items)`
fn to_list(vm: &mut dyn Vm, items: Option<Value>) -> Result<Value, Fault> {
    list_of(vm, items.as_ref()).map(Value::list)
}

/// `tuple(items)`
fn to_tuple(vm: &mut dyn Vm, items: Option<Value>) -> Result<Value, Fault> {
    match items {
        Some(tuple @ Value::Tuple(_)) => Ok(tuple),
        other => list_of(vm, other.as_ref()).map(Value::tuple),
    }
}

fn grow(vm: &mut dyn Vm, items: &Items, more: usize) -> Result<(), Fault> {
    let size = items.borrow().len() + more;
    if size > vm.budgets().items { vm.charge_items(size) } else { vm.charge(more as u64) }
}

fn append(vm: &mut dyn Vm, items: Items, item: Value) -> Result<Value, Fault> {
    grow(vm, &items, 1)?;
    items.borrow_mut().push(item);
    Ok(Value::None)
}

fn extend(vm: &mut dyn Vm, items: Items, more: Value) -> Result<Value, Fault> {
    let more = collect(vm, &more)?;
    grow(vm, &items, more.len())?;
    items.borrow_mut().extend(more);
    Ok(Value::None)
}

fn insert(vm: &mut dyn Vm, items: Items, at: i64, item: Value) -> Result<Value, Fault> {
    grow(vm, &items, 1)?;
    let mut items = items.borrow_mut();
    let at = clamp(at, items.len());
    vm.charge((items.len() - at) as u64 / 64)?;
    items.insert(at, item);
    Ok(Value::None)
}

fn clamp(at: i64, len: usize) -> usize {
    let len = len as i64;
    let at = if at < 0 { at.saturating_add(len).max(0) } else { at };
    at.min(len) as usize
}

fn pop(vm: &mut dyn Vm, items: Items, at: OrNone<i64>) -> Result<Value, Fault> {
    let at = at.0.unwrap_or(-1);
    let mut items = items.borrow_mut();
    let len = items.len();
    if len == 0 {
        return Err(Fault::index_error("pop() of an empty list").python("pop from empty list"));
    }
    let resolved = if at < 0 { at.saturating_add(len as i64) } else { at };
    let Some(at) = usize::try_from(resolved).ok().filter(|at| *at < len) else {
        let message = format!("there is no index {at}: the list has {len} items");
        return Err(Fault::index_error(message).python("pop index out of range"));
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
    let fault = Fault::value_error(format!("{} is not in the {what}", short(wanted)));
    match what {
        "list" => fault.python(format!("{} is not in list", wanted.repr())),
        _ => fault.python("tuple.index(x): x not in tuple"),
    }
}

fn remove(vm: &mut dyn Vm, items: Items, wanted: Value) -> Result<Value, Fault> {
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

fn index(
    vm: &mut dyn Vm,
    value: Value,
    wanted: Value,
    start: OrNone<i64>,
    end: OrNone<i64>,
) -> Result<Value, Fault> {
    let items = sequence(vm, "index", &value)?;
    let start = clamp(start.0.unwrap_or(0), items.len());
    let end = clamp(end.0.unwrap_or(i64::MAX), items.len()).max(start);
    match position(vm, &items[start..end], &wanted)? {
        Some(at) => Ok(Value::Int((start + at) as i64)),
        None => Err(not_in(&wanted, value.type_name())),
    }
}

fn count(vm: &mut dyn Vm, value: Value, wanted: Value) -> Result<Value, Fault> {
    let mut found = 0;
    for item in sequence(vm, "count", &value)? {
        found += i64::from(equal(vm, &item, &wanted)?);
    }
    Ok(Value::Int(found))
}

fn sort(
    vm: &mut dyn Vm,
    span: Span,
    items: Items,
    cmp: OrNone<Value>,
    key: OrNone<Value>,
    reverse: Option<Flag>,
) -> Result<Value, Fault> {
    let values = items.borrow().clone();
    let sorted = sort_values(
        vm,
        values,
        &Sorting { cmp: cmp.0, key: key.0, reverse: reverse.is_some_and(|flag| flag.0), span },
    )?;
    *items.borrow_mut() = sorted;
    Ok(Value::None)
}

fn reverse(_: &mut dyn Vm, items: Items) -> Result<Value, Fault> {
    items.borrow_mut().reverse();
    Ok(Value::None)
}
