//! Operators on values. They know no places: faults get them from the evaluator.
//!
//! | question | file |
//! |---|---|
//! | which operator; arithmetic is in `python/types/arithmetic.rs`, comparison in `compare/` | `mod.rs` |
//! | `+`, `*` of strings, lists, tuples; `+=` | `sequences.rs` |
//! | `in` | `membership.rs` |
//! | `a[i]`, `a[i:j]` | `index.rs`, `slice.rs` |

mod index;
mod membership;
mod sequences;
mod slice;

#[cfg(test)]
mod tests;

pub use index::{del_item, get_item, set_item};
pub use membership::contains;
pub use sequences::repeat;
pub use slice::{del_slice, get_slice, set_slice};

use super::compare::{Relation, compare as ordered, equal, is_same};
use super::params::{OBJECT_HELP, a};
use super::types::arithmetic;
use super::types::set::{self, SetOp};
use crate::syntax::ast::{BinOp, CompareOp, UnaryOp};
use crate::template::value::{Fault, Value, Vm};

/// `left op right`. Division of two integers rounds down; see [`true_division`].
///
/// # Errors
/// When the types do not go together, for impossible values, and results larger than the budgets.
pub fn binary(vm: &mut dyn Vm, op: BinOp, left: &Value, right: &Value) -> Result<Value, Fault> {
    if left.is_number() && right.is_number() {
        return arithmetic(vm, op, left, right);
    }
    let result = match op {
        BinOp::Add => sequences::add(vm, left, right),
        BinOp::Mul => sequences::multiply(vm, left, right),
        BinOp::Mod => sequences::percent(vm, left, right),
        BinOp::Sub => set::operator(vm, SetOp::Difference, left, right),
        BinOp::BitAnd => set::operator(vm, SetOp::Intersection, left, right),
        BinOp::BitOr => set::operator(vm, SetOp::Union, left, right),
        BinOp::BitXor => set::operator(vm, SetOp::Symmetric, left, right),
        BinOp::Div | BinOp::FloorDiv | BinOp::Pow | BinOp::Shl | BinOp::Shr => None,
    };
    result.unwrap_or_else(|| Err(unsupported(op, left, right)))
}

fn arithmetic(vm: &mut dyn Vm, op: BinOp, a: &Value, b: &Value) -> Result<Value, Fault> {
    let float = matches!(a, Value::Float(_)) || matches!(b, Value::Float(_));
    match op {
        BinOp::Add => arithmetic::add(vm, a, b),
        BinOp::Sub => arithmetic::sub(vm, a, b),
        BinOp::Mul => arithmetic::mul(vm, a, b),
        BinOp::Div => arithmetic::div(vm, a, b),
        BinOp::FloorDiv => arithmetic::floor_div(a, b),
        BinOp::Mod => arithmetic::modulo(a, b),
        BinOp::Pow => arithmetic::pow(vm, a, b),
        _ if float => Err(unsupported(op, a, b)),
        BinOp::Shl => arithmetic::shl(vm, a, b),
        BinOp::Shr => arithmetic::shr(vm, a, b),
        BinOp::BitAnd => Ok(arithmetic::bits(a, b, |x, y| x & y)),
        BinOp::BitOr => Ok(arithmetic::bits(a, b, |x, y| x | y)),
        BinOp::BitXor => Ok(arithmetic::bits(a, b, |x, y| x ^ y)),
    }
}

/// `left / right` under `from __future__ import division`: a float for any two numbers.
///
/// # Errors
/// When they are no numbers, and for division by zero.
pub fn true_division(left: &Value, right: &Value) -> Result<Value, Fault> {
    if left.is_number() && right.is_number() {
        return arithmetic::true_div(left, right);
    }
    Err(unsupported(BinOp::Div, left, right))
}

/// What `target op= right` leaves in the target: lists and sets grow in place, as in Python.
///
/// # Errors
/// As for [`binary`].
pub fn augmented(vm: &mut dyn Vm, op: BinOp, target: &Value, right: &Value) -> Result<Value, Fault> {
    match sequences::in_place(vm, op, target, right) {
        Some(result) => result,
        None => binary(vm, op, target, right),
    }
}

/// `op operand`.
///
/// # Errors
/// When the operand is of a wrong type.
pub fn unary(op: UnaryOp, operand: &Value) -> Result<Value, Fault> {
    match op {
        UnaryOp::Not => Ok(Value::Bool(!operand.truthy())),
        UnaryOp::Neg if operand.is_number() => Ok(arithmetic::neg(operand)),
        UnaryOp::Pos if operand.is_number() => Ok(arithmetic::pos(operand)),
        UnaryOp::Invert if operand.is_number() && !matches!(operand, Value::Float(_)) => {
            Ok(arithmetic::invert(operand))
        }
        UnaryOp::Neg | UnaryOp::Pos | UnaryOp::Invert => {
            let sign = match op {
                UnaryOp::Neg => '-',
                UnaryOp::Pos => '+',
                _ => '~',
            };
            Err(Fault::type_error(format!("{sign} needs a number, not {}", a(operand))))
        }
    }
}

/// `left op right` of a comparison.
///
/// # Errors
/// When the values have no order, or the right side of `in` is not a container.
pub fn compare(vm: &mut dyn Vm, op: CompareOp, left: &Value, right: &Value) -> Result<bool, Fault> {
    match op {
        CompareOp::Eq => equal(vm, left, right),
        CompareOp::NotEq => equal(vm, left, right).map(|e| !e),
        CompareOp::Lt => ordered(vm, Relation::Less, left, right),
        CompareOp::LtE => ordered(vm, Relation::LessEqual, left, right),
        CompareOp::Gt => ordered(vm, Relation::Greater, left, right),
        CompareOp::GtE => ordered(vm, Relation::GreaterEqual, left, right),
        CompareOp::In => contains(vm, right, left),
        CompareOp::NotIn => contains(vm, right, left).map(|c| !c),
        CompareOp::Is => same(vm, left, right),
        CompareOp::IsNot => same(vm, left, right).map(|s| !s),
    }
}

/// `left is right`, which for strings and numbers is whether they are equal.
fn same(vm: &mut dyn Vm, left: &Value, right: &Value) -> Result<bool, Fault> {
    match left {
        Value::Str(_) => equal(vm, left, right),
        _ => Ok(is_same(left, right)),
    }
}

fn symbol(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "+",
        BinOp::Sub => "-",
        BinOp::Mul => "*",
        BinOp::Div => "/",
        BinOp::FloorDiv => "//",
        BinOp::Mod => "%",
        BinOp::Pow => "**",
        BinOp::Shl => "<<",
        BinOp::Shr => ">>",
        BinOp::BitAnd => "&",
        BinOp::BitOr => "|",
        BinOp::BitXor => "^",
    }
}

fn unsupported(op: BinOp, left: &Value, right: &Value) -> Fault {
    let (x, y) = (left.python_type(), right.python_type());
    let python = match (op, left) {
        (BinOp::Add, Value::Str(_)) => format!("cannot concatenate '{x}' and '{y}' objects"),
        (BinOp::Add, Value::List(_) | Value::Tuple(_)) => {
            format!("can only concatenate {x} (not \"{y}\") to {x}")
        }
        (BinOp::Pow, _) => format!("unsupported operand type(s) for ** or pow(): '{x}' and '{y}'"),
        _ => format!("unsupported operand type(s) for {}: '{x}' and '{y}'", symbol(op)),
    };
    let message = format!("{} and {} cannot be combined with {}", a(left), a(right), symbol(op));
    let fault = Fault::type_error(message).python(python);
    let has = |test: fn(&Value) -> bool| test(left) || test(right);
    if has(|v| matches!(v, Value::Object(_))) {
        return fault.help(OBJECT_HELP);
    }
    if has(|v| matches!(v, Value::None)) {
        return fault.help("one side is None; give it a value first");
    }
    let text = has(|v| matches!(v, Value::Str(_)));
    match op {
        BinOp::Add if text && has(Value::is_number) => {
            fault.help("make the number text with str(...), or the text a number with int(...)")
        }
        BinOp::Add if text => fault.help("make the other side text with str(...) or ''.join(...)"),
        BinOp::Add if has(|v| matches!(v, Value::Dict(_))) => {
            fault.help("dicts are merged with dict(a, **b) or {**a, **b}")
        }
        BinOp::Add if has(|v| matches!(v, Value::List(_))) => {
            fault.help("only a list can be added to a list: put the other side in brackets, or convert it with list(...)")
        }
        _ => fault,
    }
}
