//! Methods of text about upper and lower case, and questions about its characters.

use super::Table;
use crate::python::params::{take, text_receiver};
use crate::template::value::{Args, Fault, Value, Vm};

pub(super) const TABLE: Table = &[
    ("upper", |m, a| changed(m, "upper", a, |s| s.to_uppercase())),
    ("lower", |m, a| changed(m, "lower", a, |s| s.to_lowercase())),
    ("casefold", |m, a| changed(m, "casefold", a, |s| s.to_lowercase())),
    ("title", |m, a| changed(m, "title", a, title)),
    ("capitalize", |m, a| changed(m, "capitalize", a, capitalize)),
    ("swapcase", |m, a| changed(m, "swapcase", a, swapcase)),
    ("isdigit", |_, a| every("isdigit", a, |c| c.is_ascii_digit() || is_other_digit(c))),
    ("isdecimal", |_, a| every("isdecimal", a, |c| c.is_ascii_digit() || is_other_digit(c))),
    ("isnumeric", |_, a| every("isnumeric", a, char::is_numeric)),
    ("isalpha", |_, a| every("isalpha", a, char::is_alphabetic)),
    ("isalnum", |_, a| every("isalnum", a, char::is_alphanumeric)),
    ("isspace", |_, a| every("isspace", a, is_space)),
    ("isupper", |_, a| cased("isupper", a, char::is_uppercase, char::is_lowercase)),
    ("islower", |_, a| cased("islower", a, char::is_lowercase, char::is_uppercase)),
    ("istitle", istitle),
    ("isidentifier", isidentifier),
    ("isascii", |_, a| whole("isascii", a, |s| s.is_ascii())),
];

/// Blanks as Python 2's plain text knows them.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r')
}

fn is_other_digit(c: char) -> bool {
    !c.is_ascii() && c.is_numeric() && !c.is_alphabetic() && c.to_digit(10).is_none() && {
        // The decimal digits of other scripts come in blocks of ten that start at a multiple of their block.
        matches!(u32::from(c), 0x660..=0x669 | 0x6f0..=0x6f9 | 0x966..=0x96f | 0xff10..=0xff19)
    }
}

fn changed(vm: &mut dyn Vm, name: &str, args: Args, change: fn(&str) -> String) -> Result<Value, Fault> {
    let (text, args) = text_receiver(name, args)?;
    take(name, args, [], [])?;
    vm.charge_text(text.as_str().len())?;
    Ok(Value::str(change(text.as_str())))
}

fn title(text: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match inside {
            true => out.extend(c.to_lowercase()),
            false => out.extend(c.to_uppercase()),
        }
        inside = c.is_alphabetic();
    }
    out
}

fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}

fn swapcase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_uppercase() { out.extend(c.to_lowercase()) } else { out.extend(c.to_uppercase()) }
    }
    out
}

fn whole(name: &str, args: Args, test: impl FnOnce(&str) -> bool) -> Result<Value, Fault> {
    let (text, args) = text_receiver(name, args)?;
    take(name, args, [], [])?;
    Ok(Value::Bool(test(text.as_str())))
}

fn every(name: &str, args: Args, test: fn(char) -> bool) -> Result<Value, Fault> {
    whole(name, args, |s| !s.is_empty() && s.chars().all(test))
}

fn cased(name: &str, args: Args, wanted: fn(char) -> bool, other: fn(char) -> bool) -> Result<Value, Fault> {
    whole(name, args, |s| s.chars().any(wanted) && !s.chars().any(other))
}

fn istitle(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    whole("istitle", args, |s| {
        let mut inside = false;
        let mut any = false;
        for c in s.chars() {
            if (c.is_uppercase() && inside) || (c.is_lowercase() && !inside) {
                return false;
            }
            inside = c.is_uppercase() || c.is_lowercase();
            any |= inside;
        }
        any
    })
}

fn isidentifier(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    whole("isidentifier", args, |s| {
        let mut chars = s.chars();
        chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
            && chars.all(|c| c.is_alphanumeric() || c == '_')
    })
}
