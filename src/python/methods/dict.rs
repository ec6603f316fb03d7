//! Methods of dicts. As in Python 2, `keys()`, `values()` and `items()` give lists.

use std::cell::RefCell;
use std::rc::Rc;

use super::Table;
use crate::python::builtins::Additions;
use crate::python::builtins::sorting;
use crate::python::iterate::{Iterator, ValueIter, collect};
use crate::python::ops::{binary, key, no_key, sort_values};
use crate::python::params::{int_or, receiver, take, wants};
use crate::source::Span;
use crate::syntax::ast::BinOp;
use crate::template::value::{Args, Dict, DictKind, Fault, Key, Missing, Value, Vm};

pub(super) const TABLE: Table = &[
    ("get", get),
    ("keys", |m, a| listed(m, "keys", a, |k, _| k.clone())),
    ("values", |m, a| listed(m, "values", a, |_, v| v.clone())),
    ("items", |m, a| listed(m, "items", a, pair)),
    ("iterkeys", |m, a| iterated(m, "iterkeys", a, |k, _| k.clone())),
    ("itervalues", |m, a| iterated(m, "itervalues", a, |_, v| v.clone())),
    ("iteritems", |m, a| iterated(m, "iteritems", a, pair)),
    ("viewkeys", |m, a| listed(m, "viewkeys", a, |k, _| k.clone())),
    ("viewvalues", |m, a| listed(m, "viewvalues", a, |_, v| v.clone())),
    ("viewitems", |m, a| listed(m, "viewitems", a, pair)),
    ("has_key", has_key),
    ("pop", pop),
    ("popitem", popitem),
    ("setdefault", setdefault),
    ("update", update),
    ("copy", copy),
    ("clear", clear),
    ("fromkeys", fromkeys),
    ("most_common", most_common),
    ("elements", elements),
    ("subtract", subtract),
];

type Entries = Rc<RefCell<Dict>>;

fn dict_receiver(name: &str, args: Args) -> Result<(Entries, Args), Fault> {
    let span = args.span;
    match receiver(name, args)? {
        (Value::Dict(dict), args) => Ok((dict, args)),
        (other, _) => Err(wants(name, "a dict", &other).at(span)),
    }
}

fn pair(key: &Value, value: &Value) -> Value {
    Value::tuple(vec![key.clone(), value.clone()])
}

fn parts(
    vm: &mut dyn Vm,
    name: &str,
    args: Args,
    part: fn(&Value, &Value) -> Value,
) -> Result<Vec<Value>, Fault> {
    let (dict, args) = dict_receiver(name, args)?;
    take(name, args, [], [])?;
    let dict = dict.borrow();
    vm.charge_items(dict.len())?;
    Ok(dict.iter().map(|(k, e)| part(k, &e.value)).collect())
}

fn listed(
    vm: &mut dyn Vm,
    name: &str,
    args: Args,
    part: fn(&Value, &Value) -> Value,
) -> Result<Value, Fault> {
    parts(vm, name, args, part).map(Value::list)
}

fn iterated(
    vm: &mut dyn Vm,
    name: &str,
    args: Args,
    part: fn(&Value, &Value) -> Value,
) -> Result<Value, Fault> {
    let items = parts(vm, name, args, part)?;
    Ok(Iterator::value("dictionary-iterator", ValueIter::Made(items.into_iter())))
}

fn get(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = dict_receiver("get", args)?;
    let ([wanted], [default]) = take("get", args, ["key"], ["default"])?;
    let wanted = key(vm, &wanted)?;
    let found = dict.borrow().get(&wanted).map(|e| e.value.clone());
    Ok(found.or(default).unwrap_or(Value::None))
}

fn has_key(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = dict_receiver("has_key", args)?;
    let ([wanted], []) = take("has_key", args, ["key"], [])?;
    let wanted = key(vm, &wanted)?;
    Ok(Value::Bool(dict.borrow().get(&wanted).is_some()))
}

fn pop(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = dict_receiver("pop", args)?;
    let ([wanted], [default]) = take("pop", args, ["key"], ["default"])?;
    let key = key(vm, &wanted)?;
    let removed = dict.borrow_mut().remove(&key);
    vm.charge_probes(dict.borrow().take_probes())?;
    removed.or(default).ok_or_else(|| no_key(&dict.borrow(), &wanted))
}

fn popitem(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = dict_receiver("popitem", args)?;
    let ([], [last]) = take("popitem", args, [], ["last"])?;
    let mut dict = dict.borrow_mut();
    let popped = if dict.kind() != DictKind::Ordered || last.is_none_or(|l| l.truthy()) {
        dict.pop_item()
    } else {
        let first = dict.keys().next().cloned();
        first.and_then(|k| Some((k.value().clone(), dict.remove(&k)?)))
    };
    vm.charge_probes(dict.take_probes())?;
    popped
        .map(|(k, v)| Value::tuple(vec![k, v]))
        .ok_or_else(|| Fault::key_error("popitem() of an empty dict"))
}

fn setdefault(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = dict_receiver("setdefault", args)?;
    let ([wanted], [default]) = take("setdefault", args, ["key"], ["default"])?;
    let wanted = key(vm, &wanted)?;
    if let Some(entry) = dict.borrow().get(&wanted) {
        return Ok(entry.value.clone());
    }
    let value = default.unwrap_or(Value::None);
    let size = dict.borrow().len();
    if size >= vm.budgets().items {
        vm.charge_items(size + 1)?;
    }
    dict.borrow_mut().insert(wanted, value.clone());
    Ok(value)
}

fn update(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = dict_receiver("update", args)?;
    if matches!(dict.borrow().missing, Missing::Zero) {
        return count_up(vm, &dict, args, 1);
    }
    let itself =
        |(source, _): &(Value, Span)| matches!(source, Value::Dict(other) if Rc::ptr_eq(other, &dict));
    let mut args = args;
    args.positional.retain(|source| !itself(source));
    let new = Additions::of(vm, "update", args)?;
    new.add_to(vm, &mut dict.borrow_mut())?;
    Ok(Value::None)
}

fn copy(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = dict_receiver("copy", args)?;
    take("copy", args, [], [])?;
    vm.charge_items(dict.borrow().len())?;
    let copy = dict.borrow().copy();
    Ok(Value::dict(copy))
}

fn clear(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = dict_receiver("clear", args)?;
    take("clear", args, [], [])?;
    dict.borrow_mut().clear();
    Ok(Value::None)
}

fn fromkeys(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (_, args) = dict_receiver("fromkeys", args)?;
    crate::python::builtins::dict_fromkeys(vm, args)
}

fn counter_receiver(name: &str, args: Args) -> Result<(Entries, Args), Fault> {
    let (dict, args) = dict_receiver(name, args)?;
    if matches!(dict.borrow().missing, Missing::Zero) {
        return Ok((dict, args));
    }
    Err(Fault::attribute_error(format!("a dict has no `{name}`; a collections.Counter has")).at(args.span))
}

/// Counts the items of an iterable, or adds the counts of a dict, `times` each.
pub(in crate::python) fn count_up(
    vm: &mut dyn Vm,
    dict: &Entries,
    args: Args,
    times: i64,
) -> Result<Value, Fault> {
    if let Some((source, _)) = args.positional.first() {
        match source {
            Value::Dict(other) => count_dict(vm, dict, &other.borrow().clone(), times)?,
            items => {
                for item in collect(vm, items)? {
                    let item = key(vm, &item)?;
                    count_one(vm, dict, item, &Value::Int(1), times)?;
                }
            }
        }
    }
    let mut named = Dict::new();
    for keyword in (Args { positional: Vec::new(), ..args }).into_function_keywords() {
        named.insert_at(Key::text(&keyword.name), keyword.value, keyword.name_span, keyword.span);
    }
    count_dict(vm, dict, &named, times)?;
    Ok(Value::None)
}

/// Adds the counts of a dict; an empty counter takes them over as they are.
fn count_dict(vm: &mut dyn Vm, dict: &Entries, counts: &Dict, times: i64) -> Result<(), Fault> {
    if times > 0 && dict.borrow().is_empty() {
        vm.charge_items(counts.len())?;
        dict.borrow_mut().merge(counts);
        return vm.charge_probes(dict.borrow().take_probes());
    }
    for (item, entry) in counts.entries() {
        count_one(vm, dict, item.clone(), &entry.value, times)?;
    }
    Ok(())
}

fn count_one(vm: &mut dyn Vm, dict: &Entries, item: Key, count: &Value, times: i64) -> Result<(), Fault> {
    let old = dict.borrow().get(&item).map_or(Value::Int(0), |e| e.value.clone());
    let op = if times < 0 { BinOp::Sub } else { BinOp::Add };
    let new = binary(vm, op, &old, count)?;
    dict.borrow_mut().insert(item, new);
    vm.charge_probes(dict.borrow().take_probes())
}

fn subtract(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = counter_receiver("subtract", args)?;
    count_up(vm, &dict, args, -1)
}

fn most_common(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let span = args.span;
    let (dict, args) = counter_receiver("most_common", args)?;
    let ([], [most]) = take("most_common", args, [], ["n"])?;
    let pairs: Vec<Value> = dict.borrow().iter().map(|(k, e)| pair(k, &e.value)).collect();
    let count = crate::python::Builtin::value("count", |_, args| match args.positional.first() {
        Some((Value::Tuple(pair), _)) => Ok(pair.get(1).cloned().unwrap_or(Value::None)),
        _ => Ok(Value::None),
    });
    let how = sorting(span, None, Some(count), Some(Value::Bool(true)));
    let mut sorted = sort_values(vm, pairs, &how)?;
    let most = int_or("most_common", most.as_ref(), i64::MAX)?;
    sorted.truncate(usize::try_from(most).unwrap_or(0));
    Ok(Value::list(sorted))
}

fn elements(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (dict, args) = counter_receiver("elements", args)?;
    take("elements", args, [], [])?;
    let mut all = Vec::new();
    for (k, entry) in dict.borrow().iter() {
        let times = usize::try_from(entry.value.as_i64().unwrap_or(0)).unwrap_or(0);
        vm.charge_items(all.len().saturating_add(times))?;
        all.extend(std::iter::repeat_n(k.clone(), times));
    }
    Ok(Iterator::value("chain", ValueIter::Made(all.into_iter())))
}
