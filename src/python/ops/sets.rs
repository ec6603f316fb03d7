//! The algebra of sets, for operators and methods. Which steps make a result decides its order, so they are CPython's.

use std::cell::RefCell;
use std::rc::Rc;

use super::equality::key;
use crate::syntax::ast::BinOp;
use crate::template::value::{Dict, Fault, Key, Set, Value, Vm};

/// What two sets are combined to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOp {
    /// `a | b`
    Union,
    /// `a & b`
    Intersection,
    /// `a - b`
    Difference,
    /// `a ^ b`
    Symmetric,
}

impl SetOp {
    /// The operation that an operator stands for.
    pub(super) fn of(op: BinOp) -> Option<SetOp> {
        match op {
            BinOp::BitOr => Some(SetOp::Union),
            BinOp::BitAnd => Some(SetOp::Intersection),
            BinOp::Sub => Some(SetOp::Difference),
            BinOp::BitXor => Some(SetOp::Symmetric),
            _ => None,
        }
    }
}

/// What a set is combined with. CPython has ways of its own for sets and dicts; of anything else it takes the items.
enum Other {
    Set(Rc<RefCell<Set>>),
    Dict(Rc<RefCell<Dict>>),
    Items(Vec<Key>),
    /// The very set that is to be changed.
    Itself,
}

impl Other {
    fn of(vm: &mut dyn Vm, value: &Value) -> Result<Other, Fault> {
        Ok(match value {
            Value::Set(set) => Other::Set(set.clone()),
            Value::Dict(dict) if dict.borrow().is_exact() => Other::Dict(dict.clone()),
            items => {
                let items = crate::python::iterate::collect(vm, items)?;
                Other::Items(items.iter().map(|item| key(vm, item)).collect::<Result<_, _>>()?)
            }
        })
    }

    fn len(&self) -> usize {
        match self {
            Other::Set(set) => set.borrow().len(),
            Other::Dict(dict) => dict.borrow().len(),
            Other::Items(items) => items.len(),
            Other::Itself => 0,
        }
    }

    fn take_probes(&self) -> u64 {
        match self {
            Other::Set(set) => set.borrow().take_probes(),
            Other::Dict(dict) => dict.borrow().take_probes(),
            Other::Items(_) | Other::Itself => 0,
        }
    }
}

/// `left op right` of two sets, or `|` of two dicts; `None` where they do not go together.
pub(super) fn operator(
    vm: &mut dyn Vm,
    op: SetOp,
    left: &Value,
    right: &Value,
) -> Option<Result<Value, Fault>> {
    match (left, right) {
        (Value::Set(set), Value::Set(_)) => Some(combine(vm, op, set, right).map(Value::set)),
        (Value::Dict(a), Value::Dict(b)) if op == SetOp::Union => {
            let merged = vm.charge_items(a.borrow().len() + b.borrow().len()).and_then(|()| {
                let mut merged = a.borrow().copy();
                merged.merge(&b.borrow());
                vm.charge_probes(merged.take_probes())?;
                Ok(merged)
            });
            Some(merged.map(Value::dict))
        }
        _ => None,
    }
}

/// A set combined with the items of a value; the result is frozen if the set is.
///
/// # Errors
/// When the value has no items that can be in a set, or the result is larger than allowed.
pub fn combine(vm: &mut dyn Vm, op: SetOp, set: &RefCell<Set>, other: &Value) -> Result<Set, Fault> {
    let other = match (op, other) {
        (SetOp::Union | SetOp::Intersection, Value::Set(same)) if std::ptr::eq(&**same, set) => Other::Itself,
        (_, other) => Other::of(vm, other)?,
    };
    let set = &*set.borrow();
    vm.charge_items(set.len() + other.len())?;
    let result = match (op, &other) {
        (SetOp::Intersection, other) => intersection(set, other),
        (SetOp::Difference, Other::Set(other)) => set.difference(&other.borrow()),
        (SetOp::Difference, Other::Dict(other)) => set.difference_of_dict(&other.borrow()),
        (SetOp::Union | SetOp::Difference, other) => {
            let mut result = set.copy();
            apply(op, &mut result, other);
            result
        }
        (SetOp::Symmetric, other) => {
            let mut result = set.emptied();
            apply(SetOp::Union, &mut result, other);
            result.toggle(set.keys());
            result
        }
    };
    vm.charge_probes(result.take_probes() + set.take_probes() + other.take_probes())?;
    Ok(result)
}

/// Changes a set by the items of a value, as `|=` and `update()` do.
///
/// # Errors
/// As for [`combine`].
pub fn change(vm: &mut dyn Vm, op: SetOp, set: &RefCell<Set>, other: &Value) -> Result<(), Fault> {
    let other = match other {
        Value::Set(same) if std::ptr::eq(&**same, set) => Other::Itself,
        other => Other::of(vm, other)?,
    };
    let mut set = set.borrow_mut();
    vm.charge_items(set.len() + other.len())?;
    apply(op, &mut set, &other);
    vm.charge_probes(set.take_probes() + other.take_probes())
}

fn apply(op: SetOp, set: &mut Set, other: &Other) {
    match (op, other) {
        (SetOp::Union, Other::Set(other)) => set.merge(&other.borrow()),
        (SetOp::Union, Other::Dict(dict)) => set.add_keys(&dict.borrow()),
        (SetOp::Union, Other::Items(items)) => items.iter().for_each(|item| {
            set.insert(item.clone());
        }),
        (SetOp::Union, Other::Itself) => {}
        (SetOp::Intersection, other) => *set = intersection(set, other),
        (SetOp::Difference | SetOp::Symmetric, Other::Itself) => {
            *set = set.emptied();
        }
        (SetOp::Difference, other) => match other {
            Other::Set(other) => set.remove_all(other.borrow().keys()),
            Other::Dict(dict) => set.remove_all(dict.borrow().keys()),
            Other::Items(items) => set.remove_all(items.iter()),
            Other::Itself => {}
        },
        (SetOp::Symmetric, Other::Set(other)) => set.toggle(other.borrow().keys()),
        (SetOp::Symmetric, Other::Dict(dict)) => set.toggle(dict.borrow().keys()),
        (SetOp::Symmetric, other) => {
            let mut items = Set::new();
            apply(SetOp::Union, &mut items, other);
            set.toggle(items.keys());
        }
    }
}

fn intersection(set: &Set, other: &Other) -> Set {
    match other {
        Other::Set(other) => set.intersection(&other.borrow()),
        Other::Dict(dict) => set.common(dict.borrow().keys()),
        Other::Items(items) => set.common(items.iter()),
        Other::Itself => set.copy(),
    }
}

/// A set of the items of a value.
///
/// # Errors
/// When the value cannot be walked over, or an item cannot be in a set.
pub fn set_of(vm: &mut dyn Vm, value: &Value) -> Result<Set, Fault> {
    let other = Other::of(vm, value)?;
    vm.charge_items(other.len())?;
    let mut set = Set::new();
    apply(SetOp::Union, &mut set, &other);
    vm.charge_probes(set.take_probes())?;
    Ok(set)
}
