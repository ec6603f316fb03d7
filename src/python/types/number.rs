//! Numbers: `int()`, `float()`, `bool()`, and their methods.

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Num, Signed};

use crate::python::arguments::{Table, builtins};
use crate::python::params::{OBJECT_HELP, a, float, int, overflow, wants};
use crate::python::short;
use crate::source::Span;
use crate::template::value::{Fault, Value, Vm};
use crate::template::{parse_float, parse_integer};

/// The methods of integers.
pub(in crate::python) const INT_METHODS: Table =
    builtins![bit_length(self) Constant => bit_length, conjugate(self) Constant => conjugate];

/// The methods of floats.
pub(in crate::python) const FLOAT_METHODS: Table =
    builtins![is_integer(self) Constant => is_integer, conjugate(self) Constant => conjugate];

/// What the types are called for.
pub(in crate::python) const CONSTRUCTORS: Table = builtins![
    bool(@, x = False) Constant => to_bool,
    int(x = 0, base = 10) Scan(0) => to_int,
    float(x = 0.0) Scan(0) => to_float,
];

fn bit_length(_: &mut dyn Vm, value: Value) -> Result<Value, Fault> {
    let number = value.as_bigint().ok_or_else(|| wants("bit_length", "a whole number", &value))?;
    Ok(Value::Int(number.abs().bits() as i64))
}

fn conjugate(_: &mut dyn Vm, value: Value) -> Result<Value, Fault> {
    Ok(value)
}

fn is_integer(_: &mut dyn Vm, value: Value) -> Result<Value, Fault> {
    match value {
        Value::Float(x) => Ok(Value::Bool(x.is_finite() && x.fract() == 0.0)),
        other => Err(wants("is_integer", "a float", &other)),
    }
}

/// Digits that an integer written as text may have.
const MAX_DIGITS: usize = 4300;

/// `bool(x)`
fn to_bool(vm: &mut dyn Vm, span: Span, value: Option<Value>) -> Result<Value, Fault> {
    Ok(Value::Bool(value.is_some_and(|v| vm.truth(&v, span))))
}

/// `int(x)`, `int(text, base)`
fn to_int(_: &mut dyn Vm, value: Option<Value>, base: Option<Value>) -> Result<Value, Fault> {
    let Some(value) = value else { return Ok(Value::Int(0)) };
    if let Some(base) = base {
        let Value::Str(text) = &value else {
            return Err(Fault::type_error(format!("int() with a base needs text, not {}", a(&value))));
        };
        return in_base(text.as_str(), int("int", &base)?);
    }
    match &value {
        Value::Int(_) | Value::Big(_) => Ok(value),
        Value::Bool(b) => Ok(Value::Int(i64::from(*b))),
        Value::Float(x) => BigInt::from_f64(x.trunc())
            .map(Value::int)
            .ok_or_else(|| overflow(&format!("{} is no whole number", value.repr()))),
        Value::Str(text) => parse_integer(text.as_str()).ok_or_else(|| not_an_int(&value, text.as_str())),
        Value::Object(_) => {
            Err(Fault::type_error(format!("int() does not take {}", a(&value))).help(OBJECT_HELP))
        }
        other => Err(Fault::type_error(format!("int() needs a number or text, not {}", a(other)))),
    }
}

fn not_an_int(value: &Value, text: &str) -> Fault {
    let fault = Fault::value_error(format!("{} is not a whole number", short(value)))
        .python(format!("invalid literal for int() with base 10: {}", value.repr()));
    if parse_float(text).is_some() {
        return fault.help("to cut off decimals, write int(float(...))");
    }
    if text.contains("{{") {
        return fault.help("a reference is replaced later; it is still text here");
    }
    fault
}

fn in_base(text: &str, base: i64) -> Result<Value, Fault> {
    let fault = || {
        let value = Value::str(text);
        Fault::value_error(format!("{} is not a whole number of base {base}", short(&value)))
            .python(format!("invalid literal for int() with base {base}: {}", value.repr()))
    };
    if base != 0 && !(2..=36).contains(&base) {
        return Err(Fault::value_error("the base of int() is 0, or from 2 to 36"));
    }
    let trimmed = text.trim();
    let (negative, digits) = match trimmed.strip_prefix(['+', '-']) {
        Some(rest) => (trimmed.starts_with('-'), rest),
        None => (false, trimmed),
    };
    let prefix = digits.get(..2).unwrap_or_default().to_ascii_lowercase();
    let (base, digits) = match (prefix.as_str(), base) {
        ("0x", 0 | 16) => (16, &digits[2..]),
        ("0o", 0 | 8) => (8, &digits[2..]),
        ("0b", 0 | 2) => (2, &digits[2..]),
        (_, 0) if digits.len() > 1 && digits.starts_with('0') => (8, &digits[1..]),
        (_, 0) => (10, digits),
        (_, base) => (base as u32, digits),
    };
    let valid = !digits.is_empty() && digits.len() <= MAX_DIGITS && digits.chars().all(|c| c.is_digit(base));
    if !valid {
        return Err(fault());
    }
    let number = BigInt::from_str_radix(digits, base).map_err(|_| fault())?;
    Ok(Value::int(if negative { -number } else { number }))
}

/// `float(x)`
fn to_float(_: &mut dyn Vm, value: Option<Value>) -> Result<Value, Fault> {
    let Some(value) = value else { return Ok(Value::Float(0.0)) };
    match &value {
        Value::Str(text) => parse_float(text.as_str()).map(Value::Float).ok_or_else(|| {
            let fault = Fault::value_error(format!("{} is not a number", short(&value)));
            fault.python(format!("could not convert string to float: {}", text.as_str()))
        }),
        other => float("float", other).map(Value::Float),
    }
}
