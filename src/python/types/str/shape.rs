//! Methods of strings that pad, translate or format them.

use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::codecs;
use crate::python::format::{format_map, str_format};
use crate::python::params::{int, text, wants};
use crate::template::value::{Args, Dict, Fault, Key, Text, TextBuilder, Value, Vm};

pub(super) const METHODS: Table = builtins![
    ljust(self, width, fillchar = " ") Metered => |vm, s: Text, width: i64, fill: Option<Text>| {
        justify(vm, "ljust", s, width, fill, |n, _| (0, n))
    },
    rjust(self, width, fillchar = " ") Metered => |vm, s: Text, width: i64, fill: Option<Text>| {
        justify(vm, "rjust", s, width, fill, |n, _| (n, 0))
    },
    center(self, width, fillchar = " ") Metered => |vm, s: Text, width: i64, fill: Option<Text>| {
        justify(vm, "center", s, width, fill, centred)
    },
    zfill(self, width) Metered => zfill,
    expandtabs(self, tabsize = 8) Metered => expandtabs,
    translate(self, table, deletechars = "") Metered => translate,
    format(self, **kwargs) Metered => |vm, s: Text, args: Args| str_format(vm, &s, &args).map(Value::Str),
    format_map(self, mapping) Metered => format_map_method,
    encode(self, encoding = "utf-8", errors = "strict") Metered => |vm, s: Text, encoding: Option<Text>, _: Option<Value>| {
        encode(vm, s, encoding)
    },
    decode(self, encoding = "utf-8", errors = "strict") Metered => |vm, s: Text, encoding: Option<Text>, _: Option<Value>| {
        decode(vm, s, encoding)
    },
];

/// The padding of `center`: of an odd number, the extra one goes left where the width is odd.
fn centred(missing: usize, width: usize) -> (usize, usize) {
    let left = missing / 2 + (missing & width & 1);
    (left, missing - left)
}

fn justify(
    vm: &mut dyn Vm,
    name: &str,
    receiver: Text,
    width: i64,
    fill: Option<Text>,
    sides: fn(usize, usize) -> (usize, usize),
) -> Result<Value, Fault> {
    let width = usize::try_from(width).unwrap_or(0);
    let fill = fill.unwrap_or_else(|| Text::from(" "));
    let given = fill.as_str().chars().count();
    if given != 1 {
        return Err(Fault::type_error(format!(
            "{name}() fills with one character, not with {given} of them"
        )));
    }
    let missing = width.saturating_sub(receiver.as_str().chars().count());
    if missing == 0 {
        return Ok(Value::Str(receiver));
    }
    vm.charge_text(missing.saturating_mul(4).saturating_add(receiver.as_str().len()))?;
    let (left, right) = sides(missing, width);
    let mut out = TextBuilder::new();
    out.push_made(&fill.as_str().repeat(left), receiver.span());
    out.push(&receiver);
    out.push_made(&fill.as_str().repeat(right), receiver.span());
    Ok(Value::Str(out.finish()))
}

fn zfill(vm: &mut dyn Vm, receiver: Text, width: Value) -> Result<Value, Fault> {
    let width = usize::try_from(int("zfill", &width)?).unwrap_or(0);
    let source = receiver.as_str();
    let missing = width.saturating_sub(source.chars().count());
    vm.charge_text(missing.saturating_add(source.len()))?;
    let (sign, digits) = source.split_at(usize::from(source.starts_with(['+', '-'])));
    let filled = Text::from(format!("{sign}{}{digits}", "0".repeat(missing)));
    Ok(Value::Str(filled.into_kind(receiver.is_unicode())))
}

fn expandtabs(vm: &mut dyn Vm, receiver: Text, size: OrNone<i64>) -> Result<Value, Fault> {
    let size = usize::try_from(size.0.unwrap_or(8)).unwrap_or(0);
    let tabs = receiver.as_str().matches('\t').count();
    vm.charge_text(tabs.saturating_mul(size).saturating_add(receiver.as_str().len()))?;
    let mut out = String::new();
    let mut column = 0;
    for c in receiver.as_str().chars() {
        match c {
            '\t' if size > 0 => {
                let blanks = size - column % size;
                out.push_str(&" ".repeat(blanks));
                column += blanks;
            }
            '\t' => {}
            c => {
                column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
                out.push(c);
            }
        }
    }
    Ok(Value::Str(Text::from(out).into_kind(receiver.is_unicode())))
}

/// `translate(table, delete)`: the table is a dict, Python 2's text of 256 characters, or `None`.
fn translate(vm: &mut dyn Vm, receiver: Text, table: Value, delete: Option<Text>) -> Result<Value, Fault> {
    let delete = delete.unwrap_or_else(|| Text::from(""));
    let mut out = String::new();
    for c in receiver.as_str().chars().filter(|c| !delete.as_str().contains(*c)) {
        translate_char(&mut out, c, &table)?;
        if out.len() > vm.budgets().text {
            vm.charge_text(out.len())?;
        }
    }
    vm.charge_text(out.len())?;
    Ok(Value::Str(Text::from(out).into_kind(receiver.is_unicode())))
}

fn translate_char(out: &mut String, c: char, table: &Value) -> Result<(), Fault> {
    let replacement = match table {
        Value::None => None,
        Value::Dict(dict) => {
            let code = Key::new(Value::Int(i64::from(u32::from(c))))?;
            dict.borrow().get(&code).map(|e| e.value.clone())
        }
        Value::Str(all) => all.as_str().chars().nth(u32::from(c) as usize).map(|c| Value::str(c.to_string())),
        other => return Err(wants("translate", "a table of maketrans()", other)),
    };
    match replacement {
        None => out.push(c),
        Some(Value::None) => {}
        Some(Value::Str(text)) => out.push_str(text.as_str()),
        Some(other) => {
            let code = other.as_i64().and_then(|n| u32::try_from(n).ok()).and_then(char::from_u32);
            out.push(code.ok_or_else(|| wants("translate", "a table of characters", &other))?);
        }
    }
    Ok(())
}

fn format_map_method(vm: &mut dyn Vm, receiver: Text, mapping: Value) -> Result<Value, Fault> {
    let Value::Dict(dict) = &mapping else { return Err(wants("format_map", "a dict", &mapping)) };
    let values: Vec<(String, Value)> =
        dict.borrow().iter().filter_map(|(k, e)| Some((k.as_str()?.to_string(), e.value.clone()))).collect();
    format_map(vm, &receiver, &values).map(Value::Str)
}

/// Python 2's codecs that make strings of strings; all others are encodings.
fn encode(vm: &mut dyn Vm, receiver: Text, encoding: Option<Text>) -> Result<Value, Fault> {
    match codec(encoding.as_ref()).as_str() {
        "base64" => codecs::in_lines(vm, &receiver).map(Value::str),
        "hex" => codecs::to_hex(vm, &receiver).map(Value::str),
        plain => same("encode", plain, receiver.into_kind(false)),
    }
}

fn decode(vm: &mut dyn Vm, receiver: Text, encoding: Option<Text>) -> Result<Value, Fault> {
    match codec(encoding.as_ref()).as_str() {
        "base64" => codecs::from_base64(vm, &receiver),
        "hex" => codecs::from_hex(vm, &receiver),
        plain => same("decode", plain, receiver.into_kind(true)),
    }
}

/// The name of a codec without what Python's look-up of codecs leaves out.
fn codec(encoding: Option<&Text>) -> String {
    encoding.map_or("utf-8", Text::as_str).to_lowercase().replace(['-', '_'], "")
}

/// Encodings make no difference: a string is Unicode everywhere. Only its kind is another.
fn same(name: &str, encoding: &str, receiver: Text) -> Result<Value, Fault> {
    match encoding {
        "utf8" | "ascii" | "latin1" | "iso88591" | "usascii" | "unicodeescape" => Ok(Value::Str(receiver)),
        _ => Err(Fault::lookup_error(format!("{name}() does not know the encoding `{encoding}` here"))
            .help("strings are Unicode throughout; leave the conversion out")),
    }
}

/// `str.maketrans(from, to, delete)`, also `string.maketrans`: a table for `.translate()`.
pub(super) fn maketrans(
    vm: &mut dyn Vm,
    from: Value,
    to: Option<Text>,
    delete: Option<Text>,
) -> Result<Value, Fault> {
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
    let from = text("maketrans", &from)?;
    vm.charge_items(from.as_str().len())?;
    if from.as_str().chars().count() != to.as_str().chars().count() {
        return Err(Fault::value_error("the two texts of maketrans() must have the same length"));
    }
    for (x, y) in from.as_str().chars().zip(to.as_str().chars()) {
        table.insert(Key::new(code(x))?, Value::str(y.to_string()));
    }
    for c in delete.iter().flat_map(|delete| delete.as_str().chars()) {
        table.insert(Key::new(code(c))?, Value::None);
    }
    Ok(Value::dict(table))
}
