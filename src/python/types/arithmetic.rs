//! Arithmetic: exact integers, floats with Python's signs and errors.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::python::params::{float, overflow, zero_division};
use crate::template::value::{Fault, Value, Vm};

/// Rejects integers of more bits than the budget allows, before they are made.
///
/// # Errors
/// When the budget for one integer is exceeded.
pub(crate) fn charge_bits(vm: &mut dyn Vm, bits: u64) -> Result<(), Fault> {
    let limit = vm.budgets().int_bits;
    if bits > limit {
        let message = format!("an integer of {bits} bits is more than the {limit} that are allowed");
        return Err(Fault::new("Budget", &crate::diagnostics::codes::budget::TOO_LARGE, message));
    }
    vm.charge(bits / 512)
}

fn big(value: &Value) -> BigInt {
    value.as_bigint().unwrap_or_default()
}

fn any_float(a: &Value, b: &Value) -> bool {
    matches!(a, Value::Float(_)) || matches!(b, Value::Float(_))
}

fn floats(a: &Value, b: &Value) -> Result<(f64, f64), Fault> {
    Ok((float("arithmetic", a)?, float("arithmetic", b)?))
}

/// `a + b` of two numbers.
pub(in crate::python) fn add(vm: &mut dyn Vm, a: &Value, b: &Value) -> Result<Value, Fault> {
    if let (Some(x), Some(y)) = (a.as_i64(), b.as_i64())
        && let Some(sum) = x.checked_add(y)
    {
        return Ok(Value::Int(sum));
    }
    if any_float(a, b) {
        return floats(a, b).map(|(x, y)| Value::Float(x + y));
    }
    let (x, y) = (big(a), big(b));
    charge_bits(vm, x.bits().max(y.bits()) + 1)?;
    Ok(Value::int(x + y))
}

/// `a - b` of two numbers.
pub(in crate::python) fn sub(vm: &mut dyn Vm, a: &Value, b: &Value) -> Result<Value, Fault> {
    if let (Some(x), Some(y)) = (a.as_i64(), b.as_i64())
        && let Some(difference) = x.checked_sub(y)
    {
        return Ok(Value::Int(difference));
    }
    if any_float(a, b) {
        return floats(a, b).map(|(x, y)| Value::Float(x - y));
    }
    let (x, y) = (big(a), big(b));
    charge_bits(vm, x.bits().max(y.bits()) + 1)?;
    Ok(Value::int(x - y))
}

/// `a * b` of two numbers.
pub(in crate::python) fn mul(vm: &mut dyn Vm, a: &Value, b: &Value) -> Result<Value, Fault> {
    if let (Some(x), Some(y)) = (a.as_i64(), b.as_i64())
        && let Some(product) = x.checked_mul(y)
    {
        return Ok(Value::Int(product));
    }
    if any_float(a, b) {
        return floats(a, b).map(|(x, y)| Value::Float(x * y));
    }
    let (x, y) = (big(a), big(b));
    let bits = x.bits() + y.bits();
    charge_bits(vm, bits)?;
    vm.charge(bits / 512 * (x.bits().min(y.bits()) / 512 + 1))?;
    Ok(Value::int(x * y))
}

/// `a / b` as Python 3 has it, and Python 2 under `from __future__ import division`: always a float.
///
/// # Errors
/// For division by zero.
pub(in crate::python) fn true_div(a: &Value, b: &Value) -> Result<Value, Fault> {
    if any_float(a, b) {
        let (x, y) = floats(a, b)?;
        return if y == 0.0 { Err(zero_division("float division by zero")) } else { Ok(Value::Float(x / y)) };
    }
    if let (Some(x), Some(y)) = (a.as_i64(), b.as_i64())
        && x.unsigned_abs() <= 1 << 53
        && y.unsigned_abs() <= 1 << 53
    {
        return if y == 0 {
            Err(zero_division("division by zero"))
        } else {
            Ok(Value::Float(x as f64 / y as f64))
        };
    }
    big_quotient(&big(a), &big(b)).map(Value::Float)
}

/// The float nearest to the quotient of two integers of any size.
fn big_quotient(a: &BigInt, b: &BigInt) -> Result<f64, Fault> {
    if b.is_zero() {
        return Err(zero_division("division by zero"));
    }
    // 66 bits of quotient, the last one telling whether anything was cut off, round correctly.
    let shift = 66 - (a.bits() as i64 - b.bits() as i64);
    let (x, y) = if shift >= 0 { (a.abs() << shift, b.abs()) } else { (a.abs(), b.abs() << -shift) };
    let (quotient, rest): (BigInt, BigInt) = x.div_rem(&y);
    let quotient: BigInt = if rest.is_zero() { quotient << 1 } else { (quotient << 1) + 1 };
    let mantissa = quotient.to_f64().unwrap_or(f64::INFINITY);
    let scale = i32::try_from(-shift - 1).unwrap_or(i32::MIN);
    // Two steps, so that the power itself neither overflows nor vanishes.
    let result = mantissa * 2f64.powi(scale / 2) * 2f64.powi(scale - scale / 2);
    if result.is_infinite() {
        return Err(overflow("the quotient is too large for a float"));
    }
    Ok(if a.is_negative() == b.is_negative() { result } else { -result })
}

/// `a / b`. The quotient of two integers is rounded down, of which the evaluator is told.
///
/// # Errors
/// For division by zero.
pub(in crate::python) fn div(vm: &mut dyn Vm, a: &Value, b: &Value) -> Result<Value, Fault> {
    if any_float(a, b) {
        return true_div(a, b);
    }
    let (quotient, rest) = int_divmod(a, b)?;
    if !big(&rest).is_zero() {
        vm.rounded_down(a, b, &quotient);
    }
    Ok(quotient)
}

fn int_divmod(a: &Value, b: &Value) -> Result<(Value, Value), Fault> {
    if let (Some(x), Some(y)) = (a.as_i64(), b.as_i64()) {
        if y == 0 {
            return Err(zero_division("integer division or modulo by zero"));
        }
        if y != -1 {
            return Ok((Value::Int(Integer::div_floor(&x, &y)), Value::Int(Integer::mod_floor(&x, &y))));
        }
    }
    let (x, y) = (big(a), big(b));
    if y.is_zero() {
        return Err(zero_division("integer division or modulo by zero"));
    }
    let (quotient, rest) = x.div_mod_floor(&y);
    Ok((Value::int(quotient), Value::int(rest)))
}

/// `divmod(a, b)`: the quotient rounded down, and the rest with the sign of `b`.
///
/// # Errors
/// For division by zero.
pub(crate) fn divmod(a: &Value, b: &Value) -> Result<(Value, Value), Fault> {
    if !any_float(a, b) {
        return int_divmod(a, b);
    }
    let (x, y) = floats(a, b)?;
    if y == 0.0 {
        return Err(zero_division("float divmod()"));
    }
    let mut rest = x % y;
    let mut quotient = (x - rest) / y;
    if rest != 0.0 && (y < 0.0) != (rest < 0.0) {
        rest += y;
        quotient -= 1.0;
    } else if rest == 0.0 {
        rest = 0f64.copysign(y);
    }
    let floor = if quotient == 0.0 {
        0f64.copysign(x / y)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    Ok((Value::Float(floor), Value::Float(rest)))
}

/// `a // b` of two numbers.
pub(in crate::python) fn floor_div(a: &Value, b: &Value) -> Result<Value, Fault> {
    divmod(a, b).map(|(quotient, _)| quotient)
}

/// `a % b` of two numbers.
pub(in crate::python) fn modulo(a: &Value, b: &Value) -> Result<Value, Fault> {
    divmod(a, b).map(|(_, rest)| rest)
}

/// `a ** b` of two numbers: exact for integers, a float for negative exponents.
pub(in crate::python) fn pow(vm: &mut dyn Vm, a: &Value, b: &Value) -> Result<Value, Fault> {
    let negative = |v: &Value| matches!(v, Value::Int(n) if *n < 0) || big(v).is_negative();
    if any_float(a, b) || negative(b) {
        let (x, y) = floats(a, b)?;
        return float_pow(x, y).map(Value::Float);
    }
    let base = big(a);
    let exponent = match b.as_i64() {
        Some(n) => n as u64,
        None if base.bits() <= 1 => u64::from(big(b).is_odd()) + 2,
        None => u64::MAX,
    };
    if base.bits() <= 1 {
        // 0, 1 and -1 stay small whatever the exponent is.
        let sign = if base.sign() == Sign::Minus && exponent % 2 == 0 { -&base } else { base };
        return Ok(if exponent == 0 { Value::Int(1) } else { Value::int(sign) });
    }
    let bits = (base.bits() - 1).saturating_mul(exponent);
    charge_bits(vm, bits)?;
    vm.charge((bits / 512).pow(2) / 16)?;
    Ok(Value::int(num_traits::pow(base, exponent as usize)))
}

fn float_pow(x: f64, y: f64) -> Result<f64, Fault> {
    if x == 0.0 && y < 0.0 {
        return Err(Fault {
            exception: "ZeroDivisionError",
            ..Fault::value_error("0.0 cannot be raised to a negative power")
        });
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y.fract() != 0.0 {
        return Err(Fault::value_error("a negative number cannot be raised to a fractional power"));
    }
    let result = x.powf(y);
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(overflow("the result is too large for a float"));
    }
    Ok(result)
}

/// `a << b` of two integers.
pub(in crate::python) fn shl(vm: &mut dyn Vm, a: &Value, b: &Value) -> Result<Value, Fault> {
    let count = shift_count(b)?;
    let x = big(a);
    if x.is_zero() {
        return Ok(Value::Int(0));
    }
    charge_bits(vm, x.bits().saturating_add(count))?;
    Ok(Value::int(x << count))
}

/// `a >> b` of two integers.
pub(in crate::python) fn shr(_: &mut dyn Vm, a: &Value, b: &Value) -> Result<Value, Fault> {
    let count = shift_count(b)?;
    let x = big(a);
    // Beyond its own length only the sign is left; the cut keeps the count within what the library can shift by.
    Ok(Value::int(&x >> count.min(x.bits() + 1)))
}

fn shift_count(value: &Value) -> Result<u64, Fault> {
    match value.as_i64() {
        Some(n) => {
            u64::try_from(n).map_err(|_| Fault::value_error("a number cannot be shifted by a negative count"))
        }
        None if big(value).is_negative() => {
            Err(Fault::value_error("a number cannot be shifted by a negative count"))
        }
        None => Ok(u64::MAX),
    }
}

/// `a & b`, `a | b`, `a ^ b` of two integers; of two bools a bool.
pub(in crate::python) fn bits(a: &Value, b: &Value, op: fn(BigInt, BigInt) -> BigInt) -> Value {
    let result = op(big(a), big(b));
    match (a, b) {
        (Value::Bool(_), Value::Bool(_)) => Value::Bool(!result.is_zero()),
        _ => Value::int(result),
    }
}

/// `-a`.
pub(in crate::python) fn neg(a: &Value) -> Value {
    match a {
        Value::Float(x) => Value::Float(-x),
        other => Value::int(-big(other)),
    }
}

/// `+a`.
pub(in crate::python) fn pos(a: &Value) -> Value {
    match a {
        Value::Bool(b) => Value::Int(i64::from(*b)),
        other => other.clone(),
    }
}

/// `~a`.
pub(in crate::python) fn invert(a: &Value) -> Value {
    Value::int(!big(a))
}
