//! Taking the arguments of built-in functions apart.

use num_traits::Signed;

use crate::diagnostics::nearest;
use crate::template::value::{Args, Fault, Text, Value};

/// Required and optional arguments by position or keyword.
///
/// # Errors
/// For too many or missing arguments, unknown or repeated keywords.
pub fn take<const R: usize, const O: usize>(
    function: &str,
    args: Args,
    required: [&str; R],
    optional: [&str; O],
) -> Result<([Value; R], [Option<Value>; O]), Fault> {
    let span = args.span;
    if args.positional.len() > R + O {
        return Err(too_many(function, R, O, args.positional.len()).at(span));
    }
    let mut slots: Vec<Option<Value>> = args.positional.into_iter().map(|(v, _)| Some(v)).collect();
    slots.resize_with(R + O, || None);
    for keyword in args.keyword {
        let names = required.iter().chain(&optional);
        let Some(index) = names.clone().position(|n| **n == *keyword.name) else {
            let message = format!("{function}() has no parameter `{}`", keyword.name);
            let fault = Fault::bad_call(message).at(keyword.name_span);
            return Err(match nearest(&keyword.name, names.copied()) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault,
            });
        };
        if slots[index].is_some() {
            let message = format!("{function}() gets `{}` twice", keyword.name);
            return Err(Fault::bad_call(message).at(keyword.name_span));
        }
        slots[index] = Some(keyword.value);
    }
    let rest = slots.split_off(R);
    let missing = slots.iter().position(Option::is_none);
    let given: Vec<Value> = slots.into_iter().flatten().collect();
    let fault = || {
        let name = missing.and_then(|i| required.get(i)).copied().unwrap_or_default();
        Fault::bad_call(format!("{function}() needs the argument `{name}`")).at(span)
    };
    let required = <[Value; R]>::try_from(given).map_err(|_| fault())?;
    let optional = <[Option<Value>; O]>::try_from(rest).map_err(|_| fault())?;
    Ok((required, optional))
}

fn too_many(function: &str, required: usize, optional: usize, given: usize) -> Fault {
    let most = required + optional;
    let bound = if optional == 0 { "" } else { "at most " };
    let plural = if most == 1 { "" } else { "s" };
    let takes =
        if most == 0 { "no arguments".to_string() } else { format!("{bound}{most} argument{plural}") };
    Fault::bad_call(format!("{function}() takes {takes}, but {given} are given"))
}

/// The error for an argument of a wrong type.
pub fn wants(function: &str, wanted: &str, given: &Value) -> Fault {
    let fault = Fault::type_error(format!("{function}() needs {wanted}, not {}", a(given)));
    match given {
        Value::Object(_) => fault.help(OBJECT_HELP),
        _ => fault,
    }
}

/// Advice where a template object stands where a plain value is needed.
pub const OBJECT_HELP: &str =
    "template objects are not plain values; take the plain value with .get() or str()";

/// The type of a value with its article: `a list`, `an int`, `None`.
pub fn a(value: &Value) -> String {
    value.described()
}

/// Text.
///
/// # Errors
/// For other values.
pub fn text(function: &str, value: &Value) -> Result<Text, Fault> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        other => Err(wants(function, "text", other)),
    }
}

/// A whole number; large ones become the nearest bound of 64 bits.
///
/// # Errors
/// For other values, floats among them.
pub fn int(function: &str, value: &Value) -> Result<i64, Fault> {
    match value {
        Value::Big(n) => Ok(if n.is_negative() { i64::MIN } else { i64::MAX }),
        other => other.as_i64().ok_or_else(|| wants(function, "a whole number", other)),
    }
}

/// A number as a float.
///
/// # Errors
/// For values that are no numbers, and integers beyond the range of floats.
pub fn float(function: &str, value: &Value) -> Result<f64, Fault> {
    let x = value.as_f64().ok_or_else(|| wants(function, "a number", value))?;
    if x.is_infinite() && matches!(value, Value::Big(_)) {
        return Err(overflow("the integer is too large for a float"));
    }
    Ok(x)
}

/// An OverflowError.
pub fn overflow(message: &str) -> Fault {
    Fault { exception: "OverflowError", ..Fault::value_error(message) }
}

/// A ZeroDivisionError, with Python's text.
pub fn zero_division(text: &str) -> Fault {
    Fault { exception: "ZeroDivisionError", ..Fault::value_error("division by zero") }.python(text)
}
