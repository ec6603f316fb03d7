//! `<`, `<=`, `>`, `>=`. Python 2 orders anything somehow; here only what has an order in both Pythons.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::equality::{MAX_NESTED, equal, too_deep};
use crate::diagnostics::codes::eval::NO_ORDER;
use crate::python::params::a;
use crate::template::value::{Fault, Set, Value, Vm};
use crate::template::{Object, Walk};

/// An order comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

impl Relation {
    fn holds(self, order: Option<Ordering>) -> bool {
        let Some(order) = order else { return false };
        match self {
            Relation::Less => order.is_lt(),
            Relation::LessEqual => order.is_le(),
            Relation::Greater => order.is_gt(),
            Relation::GreaterEqual => order.is_ge(),
        }
    }
}

/// `left relation right`.
///
/// # Errors
/// When the values have no order.
pub fn compare(vm: &mut dyn Vm, relation: Relation, left: &Value, right: &Value) -> Result<bool, Fault> {
    if let (Value::Set(a), Value::Set(b)) = (left, right) {
        vm.charge(a.borrow().len().min(b.borrow().len()) as u64)?;
        return Ok(relation.holds(inclusion(&a.borrow(), &b.borrow())));
    }
    order(vm, left, right, 0).map(|o| relation.holds(o))
}

/// `left < right`.
///
/// # Errors
/// When the values have no order.
pub fn less_than(vm: &mut dyn Vm, left: &Value, right: &Value) -> Result<bool, Fault> {
    compare(vm, Relation::Less, left, right)
}

/// How two values stand to each other; `None` where a NaN takes part.
///
/// # Errors
/// When the values have no order.
fn order(vm: &mut dyn Vm, left: &Value, right: &Value, depth: usize) -> Result<Option<Ordering>, Fault> {
    if left.is_number() && right.is_number() {
        return Ok(numbers(left, right));
    }
    if depth > MAX_NESTED {
        return Err(too_deep());
    }
    match (left, right) {
        (Value::Str(a), Value::Str(b)) => {
            vm.charge(a.as_str().len().min(b.as_str().len()) as u64 / 64)?;
            Ok(Some(a.as_str().cmp(b.as_str())))
        }
        (Value::None, Value::None) => Ok(Some(Ordering::Equal)),
        (Value::List(a), Value::List(b)) => {
            vm.charge((a.borrow().len() + b.borrow().len()) as u64 / 8)?;
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            sequences(vm, &a, &b, depth)
        }
        (Value::Tuple(a), Value::Tuple(b)) => sequences(vm, a, b, depth),
        (Value::Object(a), Value::Object(b)) => objects(vm, a, b, depth),
        (Value::Native(_), _) | (_, Value::Native(_)) => match (left.tuple_items(), right.tuple_items()) {
            (Some(a), Some(b)) => sequences(vm, &a, &b, depth),
            _ => Err(no_order(left, right)),
        },
        _ => Err(no_order(left, right)),
    }
}

fn sequences(
    vm: &mut dyn Vm,
    left: &[Value],
    right: &[Value],
    depth: usize,
) -> Result<Option<Ordering>, Fault> {
    for (x, y) in left.iter().zip(right) {
        vm.charge(1)?;
        if !equal(vm, x, y)? {
            return order(vm, x, y, depth + 1);
        }
    }
    Ok(Some(left.len().cmp(&right.len())))
}

/// Scalars of one type are ordered by what they interpolate to; nothing else of the template library has an order.
fn objects(vm: &mut dyn Vm, left: &Object, right: &Object, depth: usize) -> Result<Option<Ordering>, Fault> {
    if left.ty().is_simple() && left.ty().same(right.ty()) {
        let a = left.interpolate(&mut Walk::default())?;
        let b = right.interpolate(&mut Walk::default())?;
        if let (Some(x), Some(y)) = (a.raw(), b.raw()) {
            return order(vm, x, y, depth + 1);
        }
    }
    Err(no_order(&Value::Object(left.clone()), &Value::Object(right.clone())))
}

/// Exact comparison of numbers of any kind.
pub(super) fn numbers(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
        (Value::Float(a), b) => float_and_int(*a, b),
        (a, Value::Float(b)) => float_and_int(*b, a).map(Ordering::reverse),
        (a, b) => match (a.as_i64(), b.as_i64()) {
            (Some(x), Some(y)) => Some(x.cmp(&y)),
            _ => a.as_bigint().partial_cmp(&b.as_bigint()),
        },
    }
}

fn float_and_int(x: f64, int: &Value) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let whole = BigInt::from_f64(x.trunc())?;
    let order = whole.cmp(&int.as_bigint()?);
    Some(order.then(x.fract().partial_cmp(&0.0)?))
}

fn inclusion(a: &Set, b: &Set) -> Option<Ordering> {
    let within = |x: &Set, y: &Set| x.keys().all(|k| y.contains(k));
    match a.len().cmp(&b.len()) {
        Ordering::Equal => within(a, b).then_some(Ordering::Equal),
        Ordering::Less => within(a, b).then_some(Ordering::Less),
        Ordering::Greater => within(b, a).then_some(Ordering::Greater),
    }
}

fn no_order(left: &Value, right: &Value) -> Fault {
    let same = left.type_name() == right.type_name();
    let message = match same {
        true => format!("{} and another {} have no order", a(left), right.type_name()),
        false => format!("{} and {} have no order", a(left), a(right)),
    };
    let fault = Fault::new("TypeError", &NO_ORDER, message);
    let is_object = |v: &Value| matches!(v, Value::Object(_));
    let is_text = |v: &Value| matches!(v, Value::Str(_));
    match (left, right) {
        _ if is_object(left) || is_object(right) => {
            fault.help("compare plain values: take them with .get() first")
        }
        _ if (is_text(left) && right.is_number()) || (is_text(right) && left.is_number()) => {
            fault.help("convert one side first, with int(...) or str(...)")
        }
        (Value::None, _) | (_, Value::None) => fault.help("one side is None; give it a value first"),
        _ => fault,
    }
}
