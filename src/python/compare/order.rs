//! `<`, `<=`, `>`, `>=`, `cmp`. Python 2 orders any two values: those of different types by the names of the types.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::equality::{MAX_NESTED, equal, is_same, too_deep};
use crate::template::value::{Dict, Fault, Key, Set, Value, Vm};
use crate::template::{Kind, Object, Walk};

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
    /// The relation of the sides the other way round.
    fn reversed(self) -> Relation {
        match self {
            Relation::Less => Relation::Greater,
            Relation::LessEqual => Relation::GreaterEqual,
            Relation::Greater => Relation::Less,
            Relation::GreaterEqual => Relation::LessEqual,
        }
    }

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
/// When the values are nested too deep, or a template object has a value that its type cannot take.
pub fn compare(vm: &mut dyn Vm, relation: Relation, left: &Value, right: &Value) -> Result<bool, Fault> {
    compare_at(vm, relation, left, right, 0)
}

/// `left < right`.
///
/// # Errors
/// As for [`compare`].
pub fn less_than(vm: &mut dyn Vm, left: &Value, right: &Value) -> Result<bool, Fault> {
    compare(vm, Relation::Less, left, right)
}

/// `cmp(left, right)`.
///
/// # Errors
/// As for [`compare`], and for two sets of one type, or neither of which is within the other.
pub fn three_way(vm: &mut dyn Vm, left: &Value, right: &Value) -> Result<Ordering, Fault> {
    let same_kind = match (left, right) {
        (Value::Set(a), Value::Set(b)) => Some(a.borrow().frozen == b.borrow().frozen),
        _ => None,
    };
    let sets = || {
        Fault::type_error("cmp() cannot compare sets").help("ask with < whether one set is within the other")
    };
    if same_kind == Some(true) {
        return Err(sets());
    }
    if equal(vm, left, right)? {
        return Ok(Ordering::Equal);
    }
    if less_than(vm, left, right)? {
        return Ok(Ordering::Less);
    }
    match compare(vm, Relation::Greater, left, right)? {
        true => Ok(Ordering::Greater),
        false if same_kind.is_some() => Err(sets()),
        false => Ok(Ordering::Less),
    }
}

fn compare_at(
    vm: &mut dyn Vm,
    relation: Relation,
    left: &Value,
    right: &Value,
    depth: usize,
) -> Result<bool, Fault> {
    if left.is_number() && right.is_number() {
        return Ok(relation.holds(numbers(left, right)));
    }
    if depth > MAX_NESTED {
        return Err(too_deep());
    }
    match (left, right) {
        (Value::Str(a), Value::Str(b)) => {
            vm.charge(a.as_str().len().min(b.as_str().len()) as u64 / 64)?;
            Ok(relation.holds(Some(a.as_str().cmp(b.as_str()))))
        }
        (Value::Set(a), Value::Set(b)) => {
            vm.charge(a.borrow().len().min(b.borrow().len()) as u64)?;
            Ok(relation.holds(inclusion(&a.borrow(), &b.borrow())))
        }
        (Value::List(a), Value::List(b)) => {
            vm.charge((a.borrow().len() + b.borrow().len()) as u64 / 8)?;
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            sequences(vm, relation, &a, &b, depth)
        }
        (Value::Tuple(a), Value::Tuple(b)) => sequences(vm, relation, a, b, depth),
        (Value::Dict(a), Value::Dict(b)) => {
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            dicts(vm, &a, &b).map(|order| relation.holds(Some(order)))
        }
        (Value::Object(a), other) if a.ty().is_simple() => wrapped(vm, relation, a, other, depth),
        (other, Value::Object(b)) if b.ty().is_simple() => wrapped(vm, relation.reversed(), b, other, depth),
        (Value::Native(_), _) | (_, Value::Native(_)) => match (left.tuple_items(), right.tuple_items()) {
            (Some(a), Some(b)) => sequences(vm, relation, &a, &b, depth),
            _ => Ok(relation.holds(Some(by_type(vm, left, right)))),
        },
        _ => Ok(relation.holds(Some(by_type(vm, left, right)))),
    }
}

fn sequences(
    vm: &mut dyn Vm,
    relation: Relation,
    left: &[Value],
    right: &[Value],
    depth: usize,
) -> Result<bool, Fault> {
    for (x, y) in left.iter().zip(right) {
        vm.charge(1)?;
        if !equal(vm, x, y)? {
            return compare_at(vm, relation, x, y, depth + 1);
        }
    }
    Ok(relation.holds(Some(left.len().cmp(&right.len()))))
}

/// The shorter dict is less; of two of one length, the one with the smaller of the keys in which they differ.
fn dicts(vm: &mut dyn Vm, left: &Dict, right: &Dict) -> Result<Ordering, Fault> {
    let lengths = left.len().cmp(&right.len());
    if lengths.is_ne() {
        return Ok(lengths);
    }
    match (first_difference(vm, left, right)?, first_difference(vm, right, left)?) {
        (Some((key, value)), Some((other_key, other_value))) => {
            let keys = three_way(vm, &key, &other_key)?;
            if keys.is_eq() { three_way(vm, &value, &other_value) } else { Ok(keys) }
        }
        _ => Ok(Ordering::Equal),
    }
}

/// The smallest key of a dict that the other one lacks, or has with another value, and its value.
fn first_difference(vm: &mut dyn Vm, dict: &Dict, other: &Dict) -> Result<Option<(Value, Value)>, Fault> {
    let mut first: Option<(Value, Value)> = None;
    for (key, entry) in dict.iter() {
        vm.charge(1)?;
        let found = other.get(&Key::new(key.clone())?).map(|entry| entry.value.clone());
        vm.charge_probes(other.take_probes())?;
        let same = match &found {
            Some(found) => equal(vm, &entry.value, found)?,
            None => false,
        };
        let smaller = match &first {
            Some((known, _)) if !same => less_than(vm, key, known)?,
            _ => !same,
        };
        if smaller {
            first = Some((key.clone(), entry.value.clone()));
        }
    }
    Ok(first)
}

/// Scalars of one class are ordered by what they interpolate to. Pystachio has any other value greater than a scalar
/// that stands before the operator, and Python asks a scalar after it the other way round.
fn wrapped(
    vm: &mut dyn Vm,
    relation: Relation,
    scalar: &Object,
    other: &Value,
    depth: usize,
) -> Result<bool, Fault> {
    if let Value::Object(object) = other
        && scalar.ty().is_same_class(object.ty())
    {
        let a = scalar.interpolate(&mut Walk::default())?;
        let b = object.interpolate(&mut Walk::default())?;
        if let (Some(x), Some(y)) = (a.raw(), b.raw()) {
            let order = if compare_at(vm, Relation::Less, x, y, depth + 1)? {
                Ordering::Less
            } else if compare_at(vm, Relation::Greater, x, y, depth + 1)? {
                Ordering::Greater
            } else {
                Ordering::Equal
            };
            return Ok(relation.holds(Some(order)));
        }
    }
    vm.ordered_by_type(&Value::Object(scalar.clone()), other);
    Ok(relation.holds(Some(Ordering::Less)))
}

/// The order of values of different types: None, numbers, then by the names of the types.
fn by_type(vm: &mut dyn Vm, left: &Value, right: &Value) -> Ordering {
    let rank = |value: &Value| (!matches!(value, Value::None), name_in_order(value).to_string());
    if is_same(left, right) {
        return Ordering::Equal;
    }
    vm.ordered_by_type(left, right);
    rank(left).cmp(&rank(right))
}

/// The name of a value's type as Python 2 compares it: numbers come before anything that has a name.
fn name_in_order(value: &Value) -> &str {
    match value {
        number if number.is_number() => "",
        Value::Object(object) => object.ty().name(),
        Value::Type(ty) => match ty.kind() {
            Kind::Struct(_) => "StructMetaclass",
            _ => "TypeMetaclass",
        },
        Value::Empty => "type",
        other => other.python_type(),
    }
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
