//! `math`. Integers that a float cannot hold, and results outside the range, are errors as in Python.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{FromPrimitive, Signed};

use super::{Members, functions};
use crate::python::arguments::{Table, builtins};
use crate::python::iterate::collect;
use crate::python::ops::binary;
use crate::python::params::{float, overflow, wants, zero_division};
use crate::python::types::arithmetic::charge_bits;
use crate::syntax::ast::BinOp;
use crate::template::value::{Fault, Value, Vm};

const TABLE: Table = builtins![
    // Python 2 gives floats for the first three.
    floor(x) Constant => |_, x| one("floor", x, f64::floor),
    ceil(x) Constant => |_, x| one("ceil", x, f64::ceil),
    fabs(x) Constant => |_, x| one("fabs", x, f64::abs),
    trunc(x) Constant => trunc,
    sqrt(x) Constant => |_, x| one("sqrt", x, f64::sqrt),
    exp(x) Constant => |_, x| one("exp", x, f64::exp),
    expm1(x) Constant => |_, x| one("expm1", x, f64::exp_m1),
    log(x, base?) Constant => log,
    log10(x) Constant => |_, x: Value| logarithm("log10", &x, f64::log10).map(Value::Float),
    log2(x) Constant => |_, x: Value| logarithm("log2", &x, f64::log2).map(Value::Float),
    log1p(x) Constant => |_, x| one("log1p", x, f64::ln_1p),
    sin(x) Constant => |_, x| one("sin", x, f64::sin),
    cos(x) Constant => |_, x| one("cos", x, f64::cos),
    tan(x) Constant => |_, x| one("tan", x, f64::tan),
    asin(x) Constant => |_, x| one("asin", x, f64::asin),
    acos(x) Constant => |_, x| one("acos", x, f64::acos),
    atan(x) Constant => |_, x| one("atan", x, f64::atan),
    sinh(x) Constant => |_, x| one("sinh", x, f64::sinh),
    cosh(x) Constant => |_, x| one("cosh", x, f64::cosh),
    tanh(x) Constant => |_, x| one("tanh", x, f64::tanh),
    degrees(x) Constant => |_, x| one("degrees", x, f64::to_degrees),
    radians(x) Constant => |_, x| one("radians", x, f64::to_radians),
    atan2(x, y) Constant => |_, x, y| two("atan2", x, y, f64::atan2),
    hypot(x, y) Constant => |_, x, y| two("hypot", x, y, f64::hypot),
    copysign(x, y) Constant => |_, x, y| two("copysign", x, y, f64::copysign),
    fmod(x, y) Constant => |_, x, y| two("fmod", x, y, |x, y| x % y),
    pow(x, y) Constant => |_, x, y| two("pow", x, y, f64::powf),
    isnan(x) Constant => |_, x: f64| Ok(Value::Bool(f64::is_nan(x))),
    isinf(x) Constant => |_, x: f64| Ok(Value::Bool(f64::is_infinite(x))),
    isfinite(x) Constant => |_, x: f64| Ok(Value::Bool(f64::is_finite(x))),
    modf(x) Constant => modf,
    fsum(iterable) Metered => fsum,
    factorial(n) Metered => factorial,
    gcd(x, y) Constant => gcd,
];

/// The members of `math`.
pub(super) fn members() -> Members {
    let mut members = functions(TABLE);
    let constants =
        [("pi", std::f64::consts::PI), ("e", std::f64::consts::E), ("inf", f64::INFINITY), ("nan", f64::NAN)];
    members.extend(constants.map(|(name, x)| (name, Value::Float(x))));
    members
}

/// The result of a function of finite numbers: NaN means that it has no value there.
fn checked(name: &str, result: f64, finite: bool) -> Result<Value, Fault> {
    if finite && result.is_nan() {
        return Err(Fault::value_error(format!("{name}() has no value there")));
    }
    if finite && result.is_infinite() {
        return Err(overflow(&format!("the result of {name}() is too large for a float")));
    }
    Ok(Value::Float(result))
}

fn one(name: &str, x: f64, function: fn(f64) -> f64) -> Result<Value, Fault> {
    checked(name, function(x), x.is_finite())
}

fn two(name: &str, x: f64, y: f64, function: fn(f64, f64) -> f64) -> Result<Value, Fault> {
    checked(name, function(x, y), x.is_finite() && y.is_finite())
}

/// A logarithm also takes integers beyond the range of floats.
fn logarithm(name: &str, x: &Value, function: fn(f64) -> f64) -> Result<f64, Fault> {
    let positive = match x {
        Value::Big(n) => n.is_positive(),
        other => float(name, other)? > 0.0 || matches!(other, Value::Float(x) if x.is_nan()),
    };
    if !positive {
        return Err(Fault::value_error(format!("{name}() needs a number above 0")));
    }
    if let Value::Big(n) = x
        && n.bits() > 1000
    {
        // A fraction from 0.5 to 1, and the power of two that makes it the number.
        let head = float(name, &Value::int(&**n >> (n.bits() - 64)))? / 2f64.powi(64);
        return Ok(function(head) + function(2.0) * n.bits() as f64);
    }
    Ok(function(float(name, x)?))
}

fn log(_: &mut dyn Vm, x: Value, base: Option<Value>) -> Result<Value, Fault> {
    let value = logarithm("log", &x, f64::ln)?;
    let Some(base) = base else { return Ok(Value::Float(value)) };
    let base = logarithm("log", &base, f64::ln)?;
    if base == 0.0 {
        return Err(zero_division("float division by zero"));
    }
    Ok(Value::Float(value / base))
}

fn trunc(_: &mut dyn Vm, x: Value) -> Result<Value, Fault> {
    match &x {
        Value::Float(f) => BigInt::from_f64(f.trunc())
            .map(Value::int)
            .ok_or_else(|| overflow(&format!("{} is no whole number", x.repr()))),
        other => other.as_bigint().map(Value::int).ok_or_else(|| wants("trunc", "a number", other)),
    }
}

fn modf(_: &mut dyn Vm, x: f64) -> Result<Value, Fault> {
    let fraction = if x.is_infinite() { 0f64.copysign(x) } else { x.fract().copysign(x) };
    Ok(Value::tuple(vec![Value::Float(fraction), Value::Float(x.trunc())]))
}

/// An exact sum: partial sums that do not overlap, added up at the end.
fn fsum(vm: &mut dyn Vm, items: Value) -> Result<Value, Fault> {
    let mut partials: Vec<f64> = Vec::new();
    for item in collect(vm, &items)? {
        let mut x = float("fsum", &item)?;
        let mut kept = Vec::with_capacity(partials.len() + 1);
        for mut y in partials {
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                kept.push(low);
            }
            x = high;
        }
        kept.push(x);
        vm.charge(kept.len() as u64)?;
        partials = kept;
    }
    Ok(Value::Float(partials.iter().sum()))
}

fn factorial(vm: &mut dyn Vm, n: Value) -> Result<Value, Fault> {
    let whole = match &n {
        Value::Float(x) if x.fract() == 0.0 && x.abs() < 1e15 => Some(*x as i64),
        other => other.as_i64(),
    };
    let n = whole.ok_or_else(|| wants("factorial", "a whole number", &n))?;
    if n < 0 {
        return Err(Fault::value_error("factorial() needs a number that is not negative"));
    }
    // The size is known beforehand well enough: ln n! is about n ln n - n.
    let estimate = n as f64 * (n as f64).max(2.0).ln() - n as f64;
    charge_bits(vm, (estimate.max(0.0) / std::f64::consts::LN_2) as u64)?;
    let mut result = Value::Int(1);
    for factor in 2..=n {
        vm.charge(1)?;
        result = binary(vm, BinOp::Mul, &result, &Value::Int(factor))?;
    }
    Ok(result)
}

fn gcd(_: &mut dyn Vm, x: Value, y: Value) -> Result<Value, Fault> {
    match (x.as_bigint(), y.as_bigint()) {
        (Some(x), Some(y)) => Ok(Value::int(x.gcd(&y))),
        (None, _) => Err(wants("gcd", "whole numbers", &x)),
        (_, None) => Err(wants("gcd", "whole numbers", &y)),
    }
}
