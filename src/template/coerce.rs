//! Coercion of plain values to the scalars, as Pystachio does it: on use, not on construction.

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::advice;
use super::value::{Fault, Kind, Type, Value, is_structure, shown};
use crate::diagnostics::codes::template::CANNOT_COERCE;
use crate::diagnostics::{nearest, quoted_list};

/// Digits an integer written as text may have; longer ones are rejected.
const MAX_DIGITS: usize = 4300;

/// The value as the type's own kind of value: text, int, float, bool, or one of an enum's words.
///
/// # Errors
/// Pystachio's CoercionError, when the value cannot become one.
pub fn coerce(ty: &Type, value: &Value) -> Result<Value, Fault> {
    let coerced = match ty.kind() {
        Kind::String => to_string(value),
        Kind::Integer => to_integer(value),
        Kind::Float => to_float(value),
        Kind::Boolean => to_boolean(value),
        Kind::Any => to_string(value).or_else(|| is_structure(value).then(|| value.clone())),
        Kind::Enum(values) => return to_enum(values, value),
        _ => None,
    };
    coerced.ok_or_else(|| refused(ty, value))
}

fn to_string(value: &Value) -> Option<Value> {
    match value {
        Value::Str(_) => Some(value.clone()),
        number if number.is_number() => Some(Value::str(number.to_text())),
        _ => None,
    }
}

fn to_integer(value: &Value) -> Option<Value> {
    match value {
        Value::Int(_) | Value::Big(_) => Some(value.clone()),
        Value::Bool(b) => Some(Value::Int(i64::from(*b))),
        Value::Float(x) => BigInt::from_f64(x.trunc()).map(Value::int),
        Value::Str(t) => parse_integer(t.as_str()),
        _ => None,
    }
}

/// Python's `int(text)`: spaces around, a sign, decimal digits.
pub fn parse_integer(text: &str) -> Option<Value> {
    let text = text.trim();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let valid =
        !digits.is_empty() && digits.len() <= MAX_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
    if !valid {
        return None;
    }
    let plain = text.strip_prefix('+').unwrap_or(text);
    plain.parse::<i64>().map(Value::Int).ok().or_else(|| plain.parse::<BigInt>().map(Value::int).ok())
}

fn to_float(value: &Value) -> Option<Value> {
    match value {
        Value::Float(_) => Some(value.clone()),
        Value::Str(t) => parse_float(t.as_str()).map(Value::Float),
        other => other.as_f64().filter(|x| x.is_finite()).map(Value::Float),
    }
}

/// Python's `float(text)`: spaces around, a decimal number, `nan`, `inf` or `infinity`.
pub fn parse_float(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok()
}

fn to_boolean(value: &Value) -> Option<Value> {
    match value {
        Value::Bool(_) => Some(value.clone()),
        Value::Str(t) => match t.as_str().to_lowercase().as_str() {
            "true" | "1" => Some(Value::Bool(true)),
            "false" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        number if number.is_number() => Some(Value::Bool(number.truthy())),
        _ => None,
    }
}

fn to_enum(values: &[Box<str>], value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Str(t) if values.iter().any(|v| **v == *t.as_str()) => Ok(value.clone()),
        _ => Err(not_in_enum(values, value)),
    }
}

/// The error for a word that an enum does not have.
pub(super) fn not_in_enum(values: &[Box<str>], value: &Value) -> Fault {
    let allowed = quoted_list(values.iter().map(|v| &**v), values.len());
    let message = format!("{} is not one of {allowed}", shown(value));
    let fault = Fault::new("CoercionError", &CANNOT_COERCE, message);
    let Value::Str(text) = value else { return fault };
    match nearest(text.as_str(), values.iter().map(|v| &**v)) {
        Some(near) => fault.map(|d| d.at(text.span()).meant(text.as_str(), near)),
        None => fault,
    }
}

fn refused(ty: &Type, value: &Value) -> Fault {
    let wanted = match ty.kind() {
        Kind::String | Kind::Any => "text",
        Kind::Integer => "a whole number",
        Kind::Float => "a number",
        _ => "True or False",
    };
    let message = format!("{} is not {wanted}", shown(value));
    let fault = Fault::new("CoercionError", &CANNOT_COERCE, message);
    advice::for_scalar(ty, value, fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(ty: &Type, value: Value, expected: Value) {
        let got = coerce(ty, &value).unwrap();
        assert!(got.equals(&expected) && got.type_name() == expected.type_name(), "{value:?} gave {got:?}");
    }

    #[test]
    fn integers() {
        let int = Type::integer();
        ok(&int, Value::Float(3.9), Value::Int(3));
        ok(&int, Value::Float(-3.9), Value::Int(-3));
        ok(&int, Value::Bool(true), Value::Int(1));
        for (text, n) in [(" 12 ", 12), ("+5", 5), ("010", 10), ("-7\n", -7)] {
            ok(&int, Value::str(text), Value::Int(n));
        }
        for bad in ["12.7", "1e3", "0x10", "1_000", "5L", "", "true", "+-1", "- 1"] {
            assert!(coerce(&int, &Value::str(bad)).is_err(), "{bad}");
        }
        assert!(coerce(&int, &Value::Float(f64::NAN)).is_err());
        assert!(coerce(&int, &Value::Float(f64::INFINITY)).is_err());
        assert!(coerce(&int, &Value::None).is_err());
    }

    #[test]
    fn floats_booleans_and_text() {
        ok(&Type::float(), Value::str(".5"), Value::Float(0.5));
        ok(&Type::float(), Value::Int(4), Value::Float(4.0));
        assert!(coerce(&Type::float(), &Value::str("nan")).is_ok());
        assert!(coerce(&Type::float(), &Value::str("1_000")).is_err());
        ok(&Type::boolean(), Value::str("TRUE"), Value::Bool(true));
        ok(&Type::boolean(), Value::Int(2), Value::Bool(true));
        for bad in [" true", "00", "1.0", "yes", ""] {
            assert!(coerce(&Type::boolean(), &Value::str(bad)).is_err(), "{bad}");
        }
        ok(&Type::string(), Value::Bool(true), Value::str("True"));
        ok(&Type::string(), Value::Float(0.1 + 0.2), Value::str("0.3"));
    }
}
