//! Methods of text that pad, translate or format it.

use super::Table;
use crate::python::format::{format_map, str_format};
use crate::python::params::{int, int_or, take, text, text_receiver, wants};
use crate::template::value::{Args, Fault, Key, Text, TextBuilder, Value, Vm};

pub(super) const TABLE: Table = &[
    ("ljust", |m, a| justify(m, "ljust", a, |n, _| (0, n))),
    ("rjust", |m, a| justify(m, "rjust", a, |n, _| (n, 0))),
    ("center", |m, a| justify(m, "center", a, centred)),
    ("zfill", zfill),
    ("expandtabs", expandtabs),
    ("translate", translate),
    ("format", format),
    ("format_map", format_map_method),
    ("encode", |_, a| same("encode", a)),
    ("decode", |_, a| same("decode", a)),
];

/// The padding of `center`: of an odd number, the extra one goes left where the width is odd.
fn centred(missing: usize, width: usize) -> (usize, usize) {
    let left = missing / 2 + (missing & width & 1);
    (left, missing - left)
}

fn justify(
    vm: &mut dyn Vm,
    name: &str,
    args: Args,
    sides: fn(usize, usize) -> (usize, usize),
) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver(name, args)?;
    let ([width], [fill]) = take(name, args, ["width"], ["fillchar"])?;
    let width = usize::try_from(int(name, &width)?).unwrap_or(0);
    let fill = fill.map_or(Ok(Text::from(" ")), |f| text(name, &f))?;
    if fill.as_str().chars().count() != 1 {
        return Err(Fault::type_error(format!(
            "{name}() fills with one character, not with {} of them",
            fill.as_str().chars().count()
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

fn zfill(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver("zfill", args)?;
    let ([width], []) = take("zfill", args, ["width"], [])?;
    let width = usize::try_from(int("zfill", &width)?).unwrap_or(0);
    let source = receiver.as_str();
    let missing = width.saturating_sub(source.chars().count());
    vm.charge_text(missing.saturating_add(source.len()))?;
    let (sign, digits) = source.split_at(usize::from(source.starts_with(['+', '-'])));
    Ok(Value::str(format!("{sign}{}{digits}", "0".repeat(missing))))
}

fn expandtabs(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver("expandtabs", args)?;
    let ([], [size]) = take("expandtabs", args, [], ["tabsize"])?;
    let size = usize::try_from(int_or("expandtabs", size.as_ref(), 8)?).unwrap_or(0);
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
    Ok(Value::str(out))
}

/// `translate(table, delete)`: the table is a dict, Python 2's text of 256 characters, or `None`.
fn translate(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver("translate", args)?;
    let ([table], [delete]) = take("translate", args, ["table"], ["deletechars"])?;
    let delete = delete.map_or(Ok(Text::from("")), |d| text("translate", &d))?;
    let mut out = String::new();
    for c in receiver.as_str().chars().filter(|c| !delete.as_str().contains(*c)) {
        translate_char(&mut out, c, &table)?;
        if out.len() > vm.budgets().text {
            vm.charge_text(out.len())?;
        }
    }
    vm.charge_text(out.len())?;
    Ok(Value::str(out))
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

fn format(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver("format", args)?;
    str_format(vm, &receiver, &args).map(Value::Str)
}

fn format_map_method(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver("format_map", args)?;
    let ([mapping], []) = take("format_map", args, ["mapping"], [])?;
    let Value::Dict(dict) = &mapping else { return Err(wants("format_map", "a dict", &mapping)) };
    let values: Vec<(String, Value)> =
        dict.borrow().iter().filter_map(|(k, e)| Some((k.as_str()?.to_string(), e.value.clone()))).collect();
    format_map(vm, &receiver, &values).map(Value::Str)
}

/// Encodings make no difference: text is text everywhere.
fn same(name: &str, args: Args) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver(name, args)?;
    let ([], [encoding, _]) = take(name, args, [], ["encoding", "errors"])?;
    let encoding = encoding.map_or(Ok(Text::from("utf-8")), |e| text(name, &e))?;
    let plain = encoding.as_str().to_lowercase().replace(['-', '_'], "");
    match plain.as_str() {
        "utf8" | "ascii" | "latin1" | "iso88591" | "usascii" | "unicodeescape" => Ok(Value::Str(receiver)),
        _ => Err(Fault::value_error(format!(
            "{name}() does not know the encoding `{}` here",
            encoding.as_str()
        ))
        .help("text is Unicode throughout; leave the conversion out")),
    }
}
