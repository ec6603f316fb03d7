//! Methods of sets and frozensets.

use std::cell::RefCell;
use std::rc::Rc;

use super::Table;
use crate::python::ops::{SetOp, change, combine, key, set_of, short};
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

fn combined(vm: &mut dyn Vm, name: &str, args: Args, op: SetOp) -> Result<Value, Fault> {
    let (set, args) = set_receiver(name, args)?;
    let mut others = positional_only(name, args)?.into_iter();
    let result = match others.next() {
        Some(first) => combine(vm, op, &set, &first)?,
        None => set.borrow().copy(),
    };
    let result = RefCell::new(result);
    for other in others {
        change(vm, op, &result, &other)?;
    }
    Ok(Value::set(result.into_inner()))
}

fn changed(vm: &mut dyn Vm, name: &str, args: Args, op: SetOp) -> Result<Value, Fault> {
    let (set, args) = changing_receiver(name, args)?;
    for other in positional_only(name, args)? {
        change(vm, op, &set, &other)?;
    }
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
    if set.borrow().frozen {
        return Ok(Value::Set(set));
    }
    vm.charge_items(set.borrow().len())?;
    let copy = set.borrow().copy();
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
    vm.charge_probes(set.borrow().take_probes())?;
    Ok(Value::None)
}

fn remove(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = changing_receiver("remove", args)?;
    let ([item], []) = take("remove", args, ["item"], [])?;
    let wanted = key(vm, &item)?;
    if set.borrow_mut().remove(&wanted) {
        return Ok(Value::None);
    }
    Err(Fault::key_error(format!("{} is not in the set", short(&item))).help(".discard() does not mind"))
}

fn discard(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = changing_receiver("discard", args)?;
    let ([item], []) = take("discard", args, ["item"], [])?;
    let item = key(vm, &item)?;
    set.borrow_mut().remove(&item);
    vm.charge_probes(set.borrow().take_probes())?;
    Ok(Value::None)
}

fn pop(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = changing_receiver("pop", args)?;
    take("pop", args, [], [])?;
    let popped = set.borrow_mut().pop();
    vm.charge_probes(set.borrow().take_probes())?;
    popped.ok_or_else(|| Fault::key_error("pop() of an empty set"))
}

fn clear(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (set, args) = changing_receiver("clear", args)?;
    take("clear", args, [], [])?;
    *set.borrow_mut() = Set::new();
    Ok(Value::None)
}
