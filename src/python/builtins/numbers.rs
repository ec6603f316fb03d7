//! Functions of numbers.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::ops::binary;
use crate::python::params::wants;
use crate::python::types::arithmetic::divmod;
use crate::syntax::ast::BinOp;
use crate::template::value::{Fault, Value, Vm};

pub(super) const TABLE: Table = builtins![
    abs(x) Constant => abs,
    divmod(x, y) Constant => divmod_function,
    pow(x, y, modulus?) Metered => pow,
    round(x, ndigits = 0) Constant => round,
    hex(x) Scan(0) => |_, x: Value| in_base("hex", &x, 16, "0x"),
    oct(x) Scan(0) => oct,
    bin(x) Scan(0) => |_, x: Value| in_base("bin", &x, 2, "0b"),
];

fn abs(_: &mut dyn Vm, x: Value) -> Result<Value, Fault> {
    match &x {
        Value::Float(x) => Ok(Value::Float(x.abs())),
        other => {
            other.as_bigint().map(|n| Value::int(n.abs())).ok_or_else(|| wants("abs", "a number", other))
        }
    }
}

fn number(function: &str, value: &Value) -> Result<(), Fault> {
    if value.is_number() { Ok(()) } else { Err(wants(function, "numbers", value)) }
}

fn divmod_function(_: &mut dyn Vm, x: Value, y: Value) -> Result<Value, Fault> {
    number("divmod", &x)?;
    number("divmod", &y)?;
    divmod(&x, &y).map(|(quotient, rest)| Value::tuple(vec![quotient, rest]))
}

fn pow(vm: &mut dyn Vm, x: Value, y: Value, modulus: Option<Value>) -> Result<Value, Fault> {
    let modulus = match modulus {
        None | Some(Value::None) => return binary(vm, BinOp::Pow, &x, &y),
        Some(modulus) => modulus,
    };
    let (Some(x), Some(y), Some(m)) = (x.as_bigint(), y.as_bigint(), modulus.as_bigint()) else {
        return Err(wants("pow", "whole numbers where a modulus is given", &modulus));
    };
    if m.is_zero() {
        return Err(Fault::value_error("the modulus of pow() cannot be 0"));
    }
    if y.is_negative() {
        return Err(Fault::value_error("pow() with a modulus takes no negative exponent"));
    }
    let words = m.bits() / 64 + 1;
    vm.charge(y.bits().saturating_mul(words * words) / 64)?;
    Ok(Value::int(x.mod_floor(&m).modpow(&y, &m).mod_floor(&m)))
}

/// Python 2's `round`: always a float, halves away from zero.
fn round(_: &mut dyn Vm, x: f64, digits: OrNone<i64>) -> Result<Value, Fault> {
    let digits = digits.0.unwrap_or(0);
    Ok(Value::Float(round_half_away(x, digits)))
}

/// A float rounded to a number of decimals (negative: to tens, hundreds, …), exact halves away from zero.
pub fn round_half_away(x: f64, digits: i64) -> f64 {
    if !x.is_finite() || x == 0.0 || digits > 330 {
        return x;
    }
    if digits < -310 {
        return 0f64.copysign(x);
    }
    if digits < 0 {
        let power = 10f64.powi(-digits as i32);
        return (x / power).round() * power;
    }
    let decimals = digits as usize;
    let magnitude = x.abs();
    // A half is a number whose last decimal is the 5 right after the wanted ones, and nothing follows it.
    let longer = format!("{magnitude:.*}", decimals + 1);
    let exact = format!("{magnitude:.1100}");
    let is_half = longer.ends_with('5') && exact.trim_end_matches('0') == longer;
    let text = if is_half { next_up(&longer, decimals) } else { format!("{magnitude:.decimals$}") };
    text.parse::<f64>().unwrap_or(magnitude).copysign(x)
}

/// The digits of a number that ends with a half, rounded up to `decimals`.
fn next_up(longer: &str, decimals: usize) -> String {
    let digits: String = longer.chars().filter(char::is_ascii_digit).collect();
    let number: BigInt = digits.parse().unwrap_or_default();
    let up: BigInt = number / 10u8 + 1u8;
    let up = up.to_string();
    let up = format!("{up:0>width$}", width = decimals + 1);
    let (whole, tail) = up.split_at(up.len() - decimals);
    format!("{whole}.{tail}")
}

fn in_base(function: &str, x: &Value, radix: u32, prefix: &str) -> Result<Value, Fault> {
    let number = x.as_bigint().ok_or_else(|| wants(function, "a whole number", x))?;
    let sign = if number.is_negative() { "-" } else { "" };
    // Python 2 marks its long integers, except in binary.
    let mark = if matches!(x, Value::Big(_)) && radix != 2 { "L" } else { "" };
    Ok(Value::str(format!("{sign}{prefix}{}{mark}", number.abs().to_str_radix(radix))))
}

/// Python 2's form, with a bare 0 in front.
fn oct(_: &mut dyn Vm, x: Value) -> Result<Value, Fault> {
    let zero = matches!(x, Value::Int(0) | Value::Bool(false));
    in_base("oct", &x, 8, if zero { "" } else { "0" })
}
