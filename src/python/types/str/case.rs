//! Methods of strings about upper and lower case, and questions about its characters.

use crate::python::arguments::{Table, builtins};
use crate::template::value::{Fault, Text, Value};

pub(super) const METHODS: Table = builtins![
    upper(self) Copy(0) => |_, s: Text| changed(&s, str::to_uppercase),
    lower(self) Copy(0) => |_, s: Text| changed(&s, str::to_lowercase),
    casefold(self) Copy(0) => |_, s: Text| changed(&s, str::to_lowercase),
    title(self) Copy(0) => |_, s: Text| changed(&s, title),
    capitalize(self) Copy(0) => |_, s: Text| changed(&s, capitalize),
    swapcase(self) Copy(0) => |_, s: Text| changed(&s, swapcase),
    isdigit(self) Scan(0) => |_, s: Text| every(&s, is_digit),
    isdecimal(self) Scan(0) => |_, s: Text| every(&s, is_digit),
    isnumeric(self) Scan(0) => |_, s: Text| every(&s, char::is_numeric),
    isalpha(self) Scan(0) => |_, s: Text| every(&s, char::is_alphabetic),
    isalnum(self) Scan(0) => |_, s: Text| every(&s, char::is_alphanumeric),
    isspace(self) Scan(0) => |_, s: Text| every(&s, is_space),
    isupper(self) Scan(0) => |_, s: Text| cased(&s, char::is_uppercase, char::is_lowercase),
    islower(self) Scan(0) => |_, s: Text| cased(&s, char::is_lowercase, char::is_uppercase),
    istitle(self) Scan(0) => |_, s: Text| test(istitle(s.as_str())),
    isidentifier(self) Scan(0) => |_, s: Text| test(isidentifier(s.as_str())),
    isascii(self) Scan(0) => |_, s: Text| test(s.as_str().is_ascii()),
];

/// Spaces as Python 2's plain text knows them.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r')
}

fn is_digit(c: char) -> bool {
    // The decimal digits of other scripts come in blocks of ten that start at a multiple of their block.
    c.is_ascii_digit()
        || matches!(u32::from(c), 0x660..=0x669 | 0x6f0..=0x6f9 | 0x966..=0x96f | 0xff10..=0xff19)
}

fn changed(text: &Text, change: fn(&str) -> String) -> Result<Value, Fault> {
    Ok(Value::Str(Text::from(change(text.as_str())).into_kind(text.is_unicode())))
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

fn test(result: bool) -> Result<Value, Fault> {
    Ok(Value::Bool(result))
}

fn every(text: &Text, holds: fn(char) -> bool) -> Result<Value, Fault> {
    test(!text.as_str().is_empty() && text.as_str().chars().all(holds))
}

fn cased(text: &Text, wanted: fn(char) -> bool, other: fn(char) -> bool) -> Result<Value, Fault> {
    test(text.as_str().chars().any(wanted) && !text.as_str().chars().any(other))
}

fn istitle(text: &str) -> bool {
    let mut inside = false;
    let mut any = false;
    for c in text.chars() {
        if (c.is_uppercase() && inside) || (c.is_lowercase() && !inside) {
            return false;
        }
        inside = c.is_uppercase() || c.is_lowercase();
        any |= inside;
    }
    any
}

fn isidentifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}
