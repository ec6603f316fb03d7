//! Methods of sets and frozensets.

use std::cell::RefCell;
use std::rc::Rc;

use super::Table;
use crate::python::ops::{SetOp, combine, key, set_of, short};
use crate::python::params::{positional_only, receiver, take, wants};
use crate::template::value::{Args, Fault, Set, Value, Vm};

pub(super) const TABLE: Table = &[
    ("union", |m, a| combined(m, "union", a, SetOp::Union)),
    ("intersection", |m, a| combined(m, "intersection", a, SetOp::Intersection)),
    ("difference", |m, a| combined(m, "difference", a, SetOp::Difference)),
    ("symmetric_difference", |m, a| combined(m, "symmetric_difference", a, SetOp::Symmetric)),
    ("issubset", |m, a| compared(m, "issubset", a, |x, y| x.keys().all(|k| y.contains(k)))),
    ("issuperset", |m, a| compared(m, "issuperset", a, |x, y| y.keys().all(|k| x.contains(k)))),
    ("isdisjoint", |m, a| compared(m, "isdisjoint", a, |x, y| !x.keys().any(|k| y.contains(k)))),
    ("copy", copy),
];

pub(super) const CHANGING: Table = &[
    ("add", add),
    ("remove", remove),
    ("discard", discard),
    ("pop", pop),
    ("clear", clear),
    ("update", |m, a| changed(m, "update", a, SetOp::Union)),
    ("intersection_update", |m, a| changed(m, "intersection_update", a, SetOp::Intersection)),
    ("difference_update", |m, a| changed(m, "difference_update", a, SetOp::Difference)),
    ("symmetric_difference_update", |m, a| changed(m, "symmetric_difference_update", a, SetOp::Symmetric)),
];

type Items = Rc<RefCell<Set>>;

fn set_receiver(name: &str, args: Args) -> Result<(Items, Args), Fault> {
    let span = args.span;
    match receiver(name, args)? {
        (Value::Set(set), args) => Ok((set, args)),
        (other, _) => Err(wants(name, "a set", &other).at(span)),
    }
}

fn changing_receiver(name: &str, args: Args) -> Result<(Items, Args), Fault> {
    let (set, args) = set_receiver(name, args)?;
    if set.borrow().frozen {
        return Err(
            Fault::type_error(format!("a frozenset does not change: it has no {name}()")).at(args.span)
        );
    }
    Ok((set, args))
}

fn fold(vm: &mut dyn Vm, name: &str, set: &Items, args: Args, op: SetOp) -> Result<Set, Fault> {
    let mut result = set.borrow().clone();
    for other in positional_only(name, args)? {
        let other = set_of(vm, &other)?;
        result = combine(vm, op, &result, &other)?;
    }
    Ok(result)
}

fn combined(vm: &mut dyn Vm, name: &str, args: Args, op: SetOp) -> Result<Value, Fault> {
    let (set, args) = set_receiver(name, args)?;
    fold(vm, name, &set, args, op).map(Value::set)
}

fn changed(vm: &mut dyn Vm, name: &str, args: Args, op: SetOp) -> Result<Value, Fault> {
    let (set, args) = changing_receiver(name, args)?;
    let result = fold(vm, name, &set, args, op)?;
    *set.borrow_mut() = result;
    Ok(Value::None)
}

fn compared(vm: &mut dyn Vm, name: &str, args: Args, test: fn(&Set, &Set) -> bool) -> Result<Value, Fault> {
    let (set, args) = set_receiver(name, args)?;
    let ([other], []) = take(name, args, ["other"], [])?;
    let other = set_of(vm, &other)?;
    vm.charge(set.borrow().len() as u64)?;
    let result = test(&set.borrow(), &other);
    Ok(Value::Bool(result))
}

fn copy(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = set_receiver("copy", args)?;
    take("copy", args, [], [])?;
    vm.charge_items(set.borrow().len())?;
    let copy = set.borrow().clone();
    Ok(Value::set(copy))
}

fn add(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = changing_receiver("add", args)?;
    let ([item], []) = take("add", args, ["item"], [])?;
    let item = key(vm, &item)?;
    let size = set.borrow().len();
    if size >= vm.budgets().items {
        vm.charge_items(size + 1)?;
    }
    set.borrow_mut().insert(item);
    Ok(Value::None)
}

fn remove(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = changing_receiver("remove", args)?;
    let ([item], []) = take("remove", args, ["item"], [])?;
    let wanted = key(vm, &item)?;
    vm.charge(set.borrow().len() as u64 / 64)?;
    if set.borrow_mut().remove(&wanted) {
        return Ok(Value::None);
    }
    Err(Fault::key_error(format!("{} is not in the set", short(&item))).help(".discard() does not mind"))
}

fn discard(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = changing_receiver("discard", args)?;
    let ([item], []) = take("discard", args, ["item"], [])?;
    let item = key(vm, &item)?;
    vm.charge(set.borrow().len() as u64 / 64)?;
    set.borrow_mut().remove(&item);
    Ok(Value::None)
}

/// Which item goes is left to chance in Python; here it is the first.
fn pop(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = changing_receiver("pop", args)?;
    take("pop", args, [], [])?;
    vm.charge(set.borrow().len() as u64 / 64)?;
    set.borrow_mut().pop_first().ok_or_else(|| Fault::key_error("pop() of an empty set"))
}

fn clear(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = changing_receiver("clear", args)?;
    take("clear", args, [], [])?;
    *set.borrow_mut() = Set::new();
    Ok(Value::None)
}
