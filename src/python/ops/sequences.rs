//! `+` and `*` of text, lists and tuples; `%` of text; assignments that change lists and sets in place.

use num_traits::Signed;

use crate::python::format;
use crate::python::iterate::collect;
use crate::python::types::set::{self, SetOp};
use crate::syntax::ast::BinOp;
use crate::template::value::{Fault, Text, Value, Vm};

/// A list or range, as the items of a list (Python 2's `range` gives a list).
fn list_items(vm: &mut dyn Vm, value: &Value) -> Option<Result<Vec<Value>, Fault>> {
    matches!(value, Value::List(_) | Value::Range(_)).then(|| collect(vm, value))
}

/// `left + right` of sequences; `None` where they do not go together.
pub(super) fn add(vm: &mut dyn Vm, left: &Value, right: &Value) -> Option<Result<Value, Fault>> {
    match (left, right) {
        (Value::Str(a), Value::Str(b)) => {
            Some(vm.charge_text(a.as_str().len() + b.as_str().len()).map(|()| Value::Str(a.concat(b))))
        }
        (Value::Tuple(a), Value::Tuple(b)) => Some(
            vm.charge_items(a.len() + b.len())
                .map(|()| Value::tuple(a.iter().chain(b.iter()).cloned().collect())),
        ),
        (Value::List(_) | Value::Range(_), Value::List(_) | Value::Range(_)) => {
            let items = list_items(vm, left)?.and_then(|mut items| {
                let more = collect(vm, right)?;
                vm.charge_items(items.len() + more.len())?;
                items.extend(more);
                Ok(items)
            });
            Some(items.map(Value::list))
        }
        (Value::Native(_), Value::Tuple(_)) | (Value::Tuple(_), Value::Native(_)) => {
            let (a, b) = (left.tuple_items()?, right.tuple_items()?);
            Some(Ok(Value::tuple(a.iter().chain(&*b).cloned().collect())))
        }
        _ => None,
    }
}

/// `left * right` of a sequence and a count, in either order.
pub(super) fn multiply(vm: &mut dyn Vm, left: &Value, right: &Value) -> Option<Result<Value, Fault>> {
    let count = |v: &Value| match v {
        Value::Big(n) => Some(if n.is_negative() { 0 } else { usize::MAX }),
        other => other.as_i64().map(|n| usize::try_from(n).unwrap_or(0)),
    };
    match (count(left), count(right)) {
        (None, Some(n)) => repeat(vm, left, n),
        (Some(n), None) => repeat(vm, right, n),
        _ => None,
    }
}

/// A sequence repeated; `None` where the value is not a sequence.
pub fn repeat(vm: &mut dyn Vm, value: &Value, count: usize) -> Option<Result<Value, Fault>> {
    match value {
        Value::Str(text) => {
            let bytes = text.as_str().len().saturating_mul(count);
            Some(vm.charge_text(bytes).map(|()| match count {
                1 => value.clone(),
                _ => Value::Str(Text::from(text.as_str().repeat(count)).into_kind(text.is_unicode())),
            }))
        }
        Value::Tuple(items) => Some(repeat_items(vm, items, count).map(Value::tuple)),
        Value::List(_) | Value::Range(_) => {
            Some(collect(vm, value).and_then(|items| repeat_items(vm, &items, count)).map(Value::list))
        }
        _ => None,
    }
}

fn repeat_items(vm: &mut dyn Vm, items: &[Value], count: usize) -> Result<Vec<Value>, Fault> {
    let size = items.len().saturating_mul(count);
    vm.charge_items(size)?;
    Ok(items.iter().cycle().take(size).cloned().collect())
}

/// `text % values`; `None` where the left side is not a string.
pub(super) fn percent(vm: &mut dyn Vm, left: &Value, right: &Value) -> Option<Result<Value, Fault>> {
    match left {
        Value::Str(text) => Some(format::percent(vm, text, right).map(Value::Str)),
        _ => None,
    }
}

/// `target op= right` where it changes the target; `None` where it makes a new value.
pub(super) fn in_place(
    vm: &mut dyn Vm,
    op: BinOp,
    target: &Value,
    right: &Value,
) -> Option<Result<Value, Fault>> {
    match (target, op) {
        (Value::List(list), BinOp::Add) => Some(collect(vm, right).and_then(|items| {
            vm.charge_items(list.borrow().len() + items.len())?;
            list.borrow_mut().extend(items);
            Ok(target.clone())
        })),
        (Value::List(list), BinOp::Mul) => {
            let repeated = multiply(vm, target, right)?;
            Some(repeated.map(|new| {
                if let Value::List(new) = new {
                    list.borrow_mut().clone_from(&new.borrow());
                }
                target.clone()
            }))
        }
        (Value::Set(items), _) if !items.borrow().frozen && matches!(right, Value::Set(_)) => {
            let op = SetOp::of(op)?;
            Some(set::change(vm, op, items, right).map(|()| target.clone()))
        }
        _ => None,
    }
}
