//! Interpolated objects as JSON text: what executors read.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::common::FewMap;
use crate::common::bytes::plain_prefix;
use crate::diagnostics::codes::budget::TOO_LARGE;
use crate::template::value::{Fault, Value, float_repr};
use crate::template::{Body, Object, text_limit};

/// A struct as JSON, without some of its fields; unset fields are left out, the others are in declared order.
///
/// # Errors
/// When the text is larger than a template may expand to: an object whose parts are shared can have a text that explodes.
pub(super) fn object_without(object: &Object, left_out: &[&str]) -> Result<String, Fault> {
    written(|out| write_struct(object, left_out, out), str::to_string)
}

/// Whether [`object_without`] would give a text. It is written only where it may be too large.
///
/// # Errors
/// As for [`object_without`].
pub(super) fn check_without(object: &Object, left_out: &[&str]) -> Result<(), Fault> {
    match object.most_bytes() {
        Some(bytes) if bytes <= text_limit() => Ok(()),
        _ => written(|out| write_struct(object, left_out, out), |_| ()),
    }
}

/// Any interpolated object as JSON.
///
/// # Errors
/// As for [`object_without`].
pub(super) fn object(object: &Object) -> Result<String, Fault> {
    written(|out| write_object(object, out), str::to_string)
}

/// What is to be kept of a text, which grows in a buffer that is used again: a bundle keeps exactly what it needs.
fn written<T>(write: impl FnOnce(&mut String), keep: impl FnOnce(&str) -> T) -> Result<T, Fault> {
    let most = text_limit();
    let mut buffer = BUFFER.take();
    buffer.clear();
    write(&mut buffer);
    if buffer.len() > most {
        let message = format!("the data for the executor has more than the {most} bytes that are allowed");
        return Err(Fault::new("MemoryError", &TOO_LARGE, message)
            .help("raise the budget with --max-template-bytes if this is meant"));
    }
    let kept = keep(&buffer);
    BUFFER.set(buffer);
    Ok(kept)
}

fn write_object(object: &Object, out: &mut String) {
    match object.body() {
        Body::Simple(value) | Body::Choice(value) => write_value(value, out),
        _ if object.is_closed() && object.is_shared() => write_shared(object, out),
        _ => write_container(object, out),
    }
}

fn write_container(object: &Object, out: &mut String) {
    match object.body() {
        Body::Simple(value) | Body::Choice(value) => write_value(value, out),
        Body::List(items) => write_list(items.iter(), out, write_object),
        Body::Map(entries) => write_map(entries, out),
        Body::Struct(_) => write_struct(object, &[], out),
    }
}

/// Objects whose JSON is kept, and the bytes of the longest that is.
const MOST_KEPT: usize = 4096;
const LONGEST_KEPT: usize = 16 << 10;

thread_local! {
    /// The JSON of shared objects, which jobs repeat word for word. The objects are held, so that an address stays theirs.
    static KEPT: RefCell<FxHashMap<usize, (Object, Rc<str>)>> = RefCell::default();
    static BUFFER: Cell<String> = const { Cell::new(String::new()) };
}

/// Lets go of the objects whose JSON is kept: another file has others.
pub(crate) fn forget_shared() {
    KEPT.with_borrow_mut(FxHashMap::clear);
}

fn write_shared(object: &Object, out: &mut String) {
    let known = KEPT.with_borrow(|kept| kept.get(&object.address()).map(|(_, json)| json.clone()));
    if let Some(json) = known {
        return out.push_str(&json);
    }
    let from = out.len();
    write_container(object, out);
    KEPT.with_borrow_mut(|kept| {
        if kept.len() < MOST_KEPT && out.len() - from <= LONGEST_KEPT {
            kept.insert(object.address(), (object.clone(), out[from..].into()));
        }
    });
}

fn write_struct(object: &Object, left_out: &[&str], out: &mut String) {
    out.push('{');
    let mut first = true;
    let fields = object.ty().fields().into_iter().flat_map(|f| f.keys().zip(f.properties()));
    for ((name, property), slot) in fields.zip(object.slots().unwrap_or_default()) {
        let Some(value) = &slot.value else { continue };
        if left_out.contains(&&**name) {
            continue;
        }
        separate(&mut first, out);
        if property.is_empty() {
            write_text(name, out);
            out.push(':');
        } else {
            out.push_str(property);
        }
        write_object(value, out);
    }
    out.push('}');
}

fn separate(first: &mut bool, out: &mut String) {
    if !std::mem::take(first) {
        out.push(',');
    }
}

fn write_list<T>(items: impl Iterator<Item = T>, out: &mut String, write: impl Fn(T, &mut String)) {
    out.push('[');
    let mut first = true;
    for item in items {
        if out.len() > text_limit() {
            break;
        }
        separate(&mut first, out);
        write(item, out);
    }
    out.push(']');
}

/// A map; of entries with one key the last value counts, at the place of the first, as in a dict.
fn write_map(entries: &[(Object, Object)], out: &mut String) {
    let mut merged: FewMap<Cow<'_, str>, &Object> = FewMap::default();
    for (key, value) in entries {
        merged.insert(key_text(key), value);
    }
    out.push('{');
    let mut first = true;
    for (key, value) in merged {
        if out.len() > text_limit() {
            break;
        }
        separate(&mut first, out);
        write_text(&key, out);
        out.push(':');
        write_object(value, out);
    }
    out.push('}');
}

/// A key as JSON has it: numbers and booleans become text.
fn key_text(key: &Object) -> Cow<'_, str> {
    match key.raw() {
        Some(value) => value_key(value),
        None => key.text().map(|t| t.as_str().to_string()).unwrap_or_default().into(),
    }
}

fn value_key(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Str(text) => text.as_str().into(),
        Value::Bool(b) => b.to_string().into(),
        Value::Float(x) => float_repr(*x).into(),
        other => other.to_text().into(),
    }
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Str(text) => write_text(text.as_str(), out),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Int(n) => out.push_str(itoa::Buffer::new().format(*n)),
        Value::Big(n) => {
            let _ = write!(out, "{n}");
        }
        Value::Float(x) if x.is_finite() => out.push_str(&float_repr(*x)),
        Value::Object(object) => write_object(object, out),
        Value::List(items) => write_list(items.borrow().iter(), out, write_value),
        Value::Tuple(items) => write_list(items.iter(), out, write_value),
        Value::Dict(dict) => {
            out.push('{');
            let mut first = true;
            for (key, entry) in dict.borrow().iter() {
                if out.len() > text_limit() {
                    break;
                }
                separate(&mut first, out);
                write_text(&value_key(key), out);
                out.push(':');
                write_value(&entry.value, out);
            }
            out.push('}');
        }
        _ => out.push_str("null"),
    }
}

/// Text as a JSON string, ASCII only, as Python writes it.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    loop {
        let (plain, special) = rest.split_at(plain_prefix(rest.as_bytes()));
        out.push_str(plain);
        let mut chars = special.chars();
        let Some(c) = chars.next() else { break };
        write_char(c, out);
        rest = chars.as_str();
    }
    out.push('"');
}

fn write_char(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        ' '..='~' => out.push(c),
        other => {
            let mut units = [0u16; 2];
            for unit in other.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_never_larger_than_was_thought() {
        let text = |text: &str| Value::Str(text.into());
        let values = [
            text(""),
            text("a\"b\\\n\u{1}\u{7f}é🚀"),
            Value::Bool(false),
            Value::None,
            Value::Int(i64::MIN),
            Value::Float(-f64::MIN_POSITIVE / 3.0),
            Value::Float(-1.2345678901234567e16),
            Value::Float(f64::INFINITY),
        ];
        let marker = Object::marker(crate::source::Span::NONE);
        let simple = |value: &Value| marker.rebodied_at(Body::Simple(value.clone()), marker.origin());
        let mut all: Vec<Object> = values.iter().map(simple).collect();
        all.push(marker.rebodied_at(Body::List(all.clone().into()), marker.origin()));
        let pairs = all.iter().map(|value| (all[0].clone(), value.clone()));
        all.push(marker.rebodied_at(Body::Map(pairs.collect()), marker.origin()));
        for object in &all {
            let mut out = String::new();
            write_object(object, &mut out);
            assert!(object.most_bytes().is_some_and(|most| out.len() <= most), "{object:?}: {out}");
        }
        assert_eq!(simple(&Value::list(Vec::new())).most_bytes(), None);
    }

    #[test]
    fn text_is_escaped_to_ascii() {
        let mut out = String::new();
        write_text("a\"b\\\n\u{1}é🚀", &mut out);
        assert_eq!(out, "\"a\\\"b\\\\\\n\\u0001\\u00e9\\ud83d\\ude80\"");
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), "a\"b\\\n\u{1}é🚀");
    }
}
