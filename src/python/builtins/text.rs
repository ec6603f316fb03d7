//! `str()`, `repr()`, `format()`, `chr()` and `ord()`.

use super::Table;
use crate::python::format::{format_value, repr, to_text};
use crate::python::ops::short;
use crate::python::params::{int, take, text, wants};
use crate::template::value::{Args, Dict, Fault, Key, Value, Vm};

pub(super) const TABLE: Table = &[
    ("repr", repr_function),
    ("ascii", repr_function),
    ("format", format),
    ("chr", chr),
    ("unichr", chr),
    ("ord", ord),
];

/// `str(x)`; an encoding is accepted and makes no difference: text is text.
pub(super) fn to_str(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [value, ..]) = take("str", args, [], ["x", "encoding", "errors"])?;
    value.map_or(Ok(Value::str("")), |v| to_text(vm, &v).map(Value::Str))
}

fn repr_function(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([value], []) = take("repr", args, ["x"], [])?;
    repr(vm, &value).map(Value::str)
}

fn format(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([value], [spec]) = take("format", args, ["value"], ["format_spec"])?;
    let spec = spec.map_or(Ok("".into()), |s| text("format", &s))?;
    format_value(vm, &value, spec.as_str()).map(Value::Str)
}

fn chr(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([number], []) = take("chr", args, ["x"], [])?;
    let code = int("chr", &number)?;
    let c = u32::try_from(code).ok().and_then(char::from_u32);
    c.map(|c| Value::str(c.to_string()))
        .ok_or_else(|| Fault::value_error(format!("{code} is not the number of a character")))
}

fn ord(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([c], []) = take("ord", args, ["c"], [])?;
    let given = text("ord", &c)?;
    let mut chars = given.as_str().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(Value::Int(i64::from(u32::from(c)))),
        _ => Err(wants("ord", "one character", &c).map(|d| d.note(format!("it gets {}", short(&c))))),
    }
}

/// `str.maketrans(from, to, delete)`, also `string.maketrans`: a table for `.translate()`.
pub(in crate::python) fn maketrans(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([from], [to, delete]) = take("maketrans", args, ["from"], ["to", "delete"])?;
    let mut table = Dict::new();
    let code = |c: char| Value::Int(i64::from(u32::from(c)));
    let Some(to) = to else {
        let Value::Dict(given) = &from else { return Err(wants("maketrans", "a dict, or two texts", &from)) };
        for (k, entry) in given.borrow().iter() {
            let k = match k.as_str().and_then(|s| s.chars().next()) {
                Some(c) => code(c),
                None => k.clone(),
            };
            table.insert(Key::new(k)?, entry.value.clone());
        }
        return Ok(Value::dict(table));
    };
    let (from, to) = (text("maketrans", &from)?, text("maketrans", &to)?);
    vm.charge_items(from.as_str().len())?;
    if from.as_str().chars().count() != to.as_str().chars().count() {
        return Err(Fault::value_error("the two texts of maketrans() must have the same length"));
    }
    for (x, y) in from.as_str().chars().zip(to.as_str().chars()) {
        table.insert(Key::new(code(x))?, Value::str(y.to_string()));
    }
    if let Some(delete) = delete {
        for c in text("maketrans", &delete)?.as_str().chars() {
            table.insert(Key::new(code(c))?, Value::None);
        }
    }
    Ok(Value::dict(table))
}
