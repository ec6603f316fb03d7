//! `repr()`, `format()`, `chr()` and `ord()`.

use crate::python::arguments::{Table, builtins};
use crate::python::format::{format_value, repr};
use crate::python::params::wants;
use crate::python::short;
use crate::template::value::{Fault, Text, Value, Vm};

pub(super) const TABLE: Table = builtins![
    repr(x) Metered => repr_function,
    ascii(x) Metered => repr_function,
    format(value, format_spec = "") Metered => format,
    chr(x) Constant => chr,
    unichr(x) Constant => unichr,
    ord(c) Constant => ord,
];

fn repr_function(vm: &mut dyn Vm, value: Value) -> Result<Value, Fault> {
    repr(vm, &value).map(Value::str)
}

fn format(vm: &mut dyn Vm, value: Value, spec: Option<Text>) -> Result<Value, Fault> {
    let spec = spec.unwrap_or_else(|| "".into());
    format_value(vm, &value, spec.as_str()).map(Value::Str)
}

fn chr(_: &mut dyn Vm, code: i64) -> Result<Value, Fault> {
    character(code).map(Value::Str)
}

fn unichr(_: &mut dyn Vm, code: i64) -> Result<Value, Fault> {
    character(code).map(|text| Value::Str(text.into_kind(true)))
}

fn character(code: i64) -> Result<Text, Fault> {
    let c = u32::try_from(code).ok().and_then(char::from_u32);
    c.map(|c| Text::from(c.to_string()))
        .ok_or_else(|| Fault::value_error(format!("{code} is not the number of a character")))
}

fn ord(_: &mut dyn Vm, given: Text) -> Result<Value, Fault> {
    let mut chars = given.as_str().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(Value::Int(i64::from(u32::from(c)))),
        _ => {
            let given = Value::Str(given.clone());
            Err(wants("ord", "one character", &given).map(|d| d.note(format!("it gets {}", short(&given)))))
        }
    }
}
