//! The algebra of sets, for operators and methods.

use super::equality::key;
use crate::syntax::ast::BinOp;
use crate::template::value::{Dict, Fault, Set, Value, Vm};

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

/// `left op right` of two sets, or `|` of two dicts; `None` where they do not go together.
pub(super) fn operator(
    vm: &mut dyn Vm,
    op: SetOp,
    left: &Value,
    right: &Value,
) -> Option<Result<Value, Fault>> {
    match (left, right) {
        (Value::Set(a), Value::Set(b)) => {
            let result = combine(vm, op, &a.borrow(), &b.borrow());
            Some(result.map(Value::set))
        }
        (Value::Dict(a), Value::Dict(b)) if op == SetOp::Union => {
            let merged = vm
                .charge_items(a.borrow().len() + b.borrow().len())
                .map(|()| merge(&a.borrow(), &b.borrow()));
            Some(merged.map(Value::dict))
        }
        _ => None,
    }
}

fn merge(a: &Dict, b: &Dict) -> Dict {
    let mut merged = a.clone();
    for (k, (_, e)) in b.keys().zip(b.iter()) {
        merged.insert_at(k.clone(), e.value.clone(), e.key_span, e.span);
    }
    merged
}

/// Two sets combined; the result is frozen if the first is. Items keep the order of the first, then of the second.
///
/// # Errors
/// When the result is larger than allowed.
pub fn combine(vm: &mut dyn Vm, op: SetOp, a: &Set, b: &Set) -> Result<Set, Fault> {
    vm.charge_items(a.len() + b.len())?;
    let mut result = Set::new();
    result.frozen = a.frozen;
    for k in a.keys() {
        let keep = match op {
            SetOp::Union => true,
            SetOp::Intersection => b.contains(k),
            SetOp::Difference | SetOp::Symmetric => !b.contains(k),
        };
        if keep {
            result.insert(k.clone());
        }
    }
    if matches!(op, SetOp::Union | SetOp::Symmetric) {
        for k in b.keys().filter(|k| op == SetOp::Union || !a.contains(k)) {
            result.insert(k.clone());
        }
    }
    Ok(result)
}

/// A set of the items of a value.
///
/// # Errors
/// When the value cannot be walked over, or an item cannot be in a set.
pub fn set_of(vm: &mut dyn Vm, value: &Value) -> Result<Set, Fault> {
    let mut set = Set::new();
    for item in crate::python::iterate::collect(vm, value)? {
        set.insert(key(vm, &item)?);
    }
    Ok(set)
}
