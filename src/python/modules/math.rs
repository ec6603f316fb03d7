//! `math`. Integers that a float cannot hold, and results outside the range, are errors as in Python.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{FromPrimitive, Signed};

use super::{Members, Table, functions};
use crate::python::iterate::collect;
use crate::python::ops::{binary, charge_bits};
use crate::python::params::{float, overflow, take, wants};
use crate::syntax::ast::BinOp;
use crate::template::value::{Args, Fault, Value, Vm};

const TABLE: Table = &[
    // Python 2 gives floats for the first three.
    ("floor", |_, a| one("floor", a, f64::floor)),
    ("ceil", |_, a| one("ceil", a, f64::ceil)),
    ("fabs", |_, a| one("fabs", a, f64::abs)),
    ("trunc", trunc),
    ("sqrt", |_, a| one("sqrt", a, f64::sqrt)),
    ("exp", |_, a| one("exp", a, f64::exp)),
    ("expm1", |_, a| one("expm1", a, f64::exp_m1)),
    ("log", log),
    ("log10", |_, a| logarithm("log10", a, f64::log10)),
    ("log2", |_, a| logarithm("log2", a, f64::log2)),
    ("log1p", |_, a| one("log1p", a, f64::ln_1p)),
    ("sin", |_, a| one("sin", a, f64::sin)),
    ("cos", |_, a| one("cos", a, f64::cos)),
    ("tan", |_, a| one("tan", a, f64::tan)),
    ("asin", |_, a| one("asin", a, f64::asin)),
    ("acos", |_, a| one("acos", a, f64::acos)),
    ("atan", |_, a| one("atan", a, f64::atan)),
    ("sinh", |_, a| one("sinh", a, f64::sinh)),
    ("cosh", |_, a| one("cosh", a, f64::cosh)),
    ("tanh", |_, a| one("tanh", a, f64::tanh)),
    ("degrees", |_, a| one("degrees", a, f64::to_degrees)),
    ("radians", |_, a| one("radians", a, f64::to_radians)),
    ("atan2", |_, a| two("atan2", a, f64::atan2)),
    ("hypot", |_, a| two("hypot", a, f64::hypot)),
    ("copysign", |_, a| two("copysign", a, f64::copysign)),
    ("fmod", |_, a| two("fmod", a, |x, y| x % y)),
    ("pow", |_, a| two("pow", a, f64::powf)),
    ("isnan", |_, a| test("isnan", a, f64::is_nan)),
    ("isinf", |_, a| test("isinf", a, f64::is_infinite)),
    ("isfinite", |_, a| test("isfinite", a, f64::is_finite)),
    ("modf", modf),
    ("fsum", fsum),
    ("factorial", factorial),
    ("gcd", gcd),
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

fn one(name: &str, args: Args, function: fn(f64) -> f64) -> Result<Value, Fault> {
    let ([x], []) = take(name, args, ["x"], [])?;
    let x = float(name, &x)?;
    checked(name, function(x), x.is_finite())
}

fn two(name: &str, args: Args, function: fn(f64, f64) -> f64) -> Result<Value, Fault> {
    let ([x, y], []) = take(name, args, ["x", "y"], [])?;
    let (x, y) = (float(name, &x)?, float(name, &y)?);
    checked(name, function(x, y), x.is_finite() && y.is_finite())
}

fn test(name: &str, args: Args, function: fn(f64) -> bool) -> Result<Value, Fault> {
    let ([x], []) = take(name, args, ["x"], [])?;
    Ok(Value::Bool(function(float(name, &x)?)))
}

/// A logarithm also takes integers beyond the range of floats.
fn logarithm_of(name: &str, x: &Value, function: fn(f64) -> f64) -> Result<f64, Fault> {
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

fn logarithm(name: &str, args: Args, function: fn(f64) -> f64) -> Result<Value, Fault> {
    let ([x], []) = take(name, args, ["x"], [])?;
    logarithm_of(name, &x, function).map(Value::Float)
}

fn log(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([x], [base]) = take("log", args, ["x"], ["base"])?;
    let value = logarithm_of("log", &x, f64::ln)?;
    let Some(base) = base else { return Ok(Value::Float(value)) };
    let base = logarithm_of("log", &base, f64::ln)?;
    if base == 0.0 {
        return Err(crate::python::params::zero_division());
    }
    Ok(Value::Float(value / base))
}

fn trunc(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([x], []) = take("trunc", args, ["x"], [])?;
    match &x {
        Value::Float(f) => BigInt::from_f64(f.trunc())
            .map(Value::int)
            .ok_or_else(|| overflow(&format!("{} is no whole number", x.repr()))),
        other => other.as_bigint().map(Value::int).ok_or_else(|| wants("trunc", "a number", other)),
    }
}

fn modf(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([x], []) = take("modf", args, ["x"], [])?;
    let x = float("modf", &x)?;
    let fraction = if x.is_infinite() { 0f64.copysign(x) } else { x.fract().copysign(x) };
    Ok(Value::tuple(vec![Value::Float(fraction), Value::Float(x.trunc())]))
}

/// An exact sum: partial sums that do not overlap, added up at the end.
fn fsum(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([items], []) = take("fsum", args, ["iterable"], [])?;
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

fn factorial(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([n], []) = take("factorial", args, ["n"], [])?;
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

fn gcd(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([x, y], []) = take("gcd", args, ["x", "y"], [])?;
    match (x.as_bigint(), y.as_bigint()) {
        (Some(x), Some(y)) => Ok(Value::int(x.gcd(&y))),
        (None, _) => Err(wants("gcd", "whole numbers", &x)),
        (_, None) => Err(wants("gcd", "whole numbers", &y)),
    }
}
