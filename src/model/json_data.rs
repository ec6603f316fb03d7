//! Interpolated objects as JSON text: what executors read.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::io::Write as _;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::common::json_string;
use crate::diagnostics::codes::budget::TOO_LARGE;
use crate::template::value::{Dict, Fault, Key, Text, Value, float_repr};
use crate::template::{Body, Object, text_limit};

/// Writes objects as JSON, and keeps the JSON of shared ones, which the jobs of a file repeat word for word.
#[derive(Default)]
pub(super) struct JsonWriter {
    shared: RefCell<Shared>,
    /// Whether a raw string was written since [`JsonWriter::wrote_raw`] was last asked.
    raw: Cell<bool>,
}

/// Objects and their JSON by address. The objects are held, so that an address stays theirs.
type Shared = FxHashMap<usize, (Object, Rc<[u8]>)>;

/// Objects whose JSON is kept, and the bytes of the longest that is.
const MAX_KEPT: usize = 4096;
const LONGEST_KEPT: usize = 16 << 10;

impl JsonWriter {
    /// A struct as JSON, as Pystachio's `json_dumps()` writes it, without some of its fields. Unset fields are left out;
    /// fields and maps are in the order of Python's dicts.
    ///
    /// # Errors
    /// When the text is larger than a template may expand to: an object whose parts are shared can have a string that
    /// explodes.
    pub(super) fn object_without(&self, object: &Object, left_out: &[&str]) -> Result<String, Fault> {
        let mut out = Vec::new();
        self.write_struct(object, left_out, &mut out);
        bounded(out)
    }

    /// Any interpolated object as JSON.
    ///
    /// # Errors
    /// As for [`JsonWriter::object_without`].
    pub(super) fn object(&self, object: &Object) -> Result<String, Fault> {
        let mut out = Vec::new();
        self.write_object(object, &mut out);
        bounded(out)
    }

    /// Whether a raw string was written since this was last asked.
    pub(super) fn wrote_raw(&self) -> bool {
        self.raw.take()
    }

    fn write_object(&self, object: &Object, out: &mut Vec<u8>) {
        match object.body() {
            Body::Simple(value) | Body::Choice(value) => self.write_value(value, out),
            _ if object.is_closed() && object.is_shared() => self.write_shared(object, out),
            _ => self.write_container(object, out),
        }
    }

    fn write_container(&self, object: &Object, out: &mut Vec<u8>) {
        match object.body() {
            Body::Simple(value) | Body::Choice(value) => self.write_value(value, out),
            Body::List(items) => write_list(items.iter(), out, |item, out| self.write_object(item, out)),
            Body::Map(entries) => self.write_map(entries, out),
            Body::Struct(_) => self.write_struct(object, &[], out),
        }
    }

    fn write_shared(&self, object: &Object, out: &mut Vec<u8>) {
        if let Some((_, json)) = self.shared.borrow().get(&object.address()) {
            return out.extend_from_slice(json);
        }
        let from = out.len();
        let before = self.raw.replace(false);
        self.write_container(object, out);
        // What is kept is not looked at again.
        let has_raw = self.raw.get();
        self.raw.set(before || has_raw);
        let mut shared = self.shared.borrow_mut();
        if !has_raw && shared.len() < MAX_KEPT && out.len() - from <= LONGEST_KEPT {
            shared.insert(object.address(), (object.clone(), out[from..].into()));
        }
    }

    fn write_struct(&self, object: &Object, left_out: &[&str], out: &mut Vec<u8>) {
        out.push(b'{');
        let mut first = true;
        for (name, value) in object.written_fields(left_out) {
            separate(&mut first, out);
            json_string::ascii(out, name);
            out.extend_from_slice(b": ");
            self.write_object(value, out);
        }
        out.push(b'}');
    }

    /// A map, in the order of a dict; of entries with one key the last value counts, at the place of the first.
    fn write_map(&self, entries: &[(Object, Object)], out: &mut Vec<u8>) {
        let mut table = Dict::new();
        for (key, value) in entries {
            if matches!(key.raw(), Some(Value::Str(text)) if text.has_raw()) {
                self.raw.set(true);
            }
            // What Pystachio interpolates is unicode.
            let text = Text::from(&*key_text(key)).into_kind(true);
            if let Ok(key) = Key::new(Value::Str(text)) {
                table.insert(key, Value::Object(value.clone()));
            }
        }
        self.write_dict(&table, out);
    }

    fn write_dict(&self, dict: &Dict, out: &mut Vec<u8>) {
        out.push(b'{');
        let mut first = true;
        for (key, entry) in dict.iter() {
            if out.len() > text_limit() {
                break;
            }
            separate(&mut first, out);
            json_string::ascii(out, &value_key(key));
            out.extend_from_slice(b": ");
            self.write_value(&entry.value, out);
        }
        out.push(b'}');
    }

    fn write_value(&self, value: &Value, out: &mut Vec<u8>) {
        match value {
            Value::Str(text) => {
                if text.has_raw() {
                    self.raw.set(true);
                }
                json_string::ascii(out, text.as_str());
            }
            Value::Bool(b) => out.extend_from_slice((if *b { "true" } else { "false" }).as_bytes()),
            Value::Int(n) => out.extend_from_slice(itoa::Buffer::new().format(*n).as_bytes()),
            Value::Big(n) => {
                let _ = write!(out, "{n}");
            }
            Value::Float(x) if x.is_finite() => out.extend_from_slice(float_repr(*x).as_bytes()),
            Value::Object(object) => self.write_object(object, out),
            Value::List(items) => {
                write_list(items.borrow().iter(), out, |item, out| self.write_value(item, out))
            }
            Value::Tuple(items) => write_list(items.iter(), out, |item, out| self.write_value(item, out)),
            Value::Dict(dict) => self.write_dict(&dict.borrow(), out),
            _ => out.extend_from_slice("null".as_bytes()),
        }
    }
}

fn bounded(mut text: Vec<u8>) -> Result<String, Fault> {
    let most = text_limit();
    if text.len() > most {
        let message = format!("the data for the executor has more than the {most} bytes that are allowed");
        return Err(Fault::new("MemoryError", &TOO_LARGE, message)
            .help("raise the budget with --max-template-bytes if this is meant"));
    }
    text.shrink_to_fit();
    // Strings are ASCII, and so is all else.
    Ok(String::from_utf8(text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn separate(first: &mut bool, out: &mut Vec<u8>) {
    if !std::mem::take(first) {
        out.extend_from_slice(b", ");
    }
}

fn write_list<T>(items: impl Iterator<Item = T>, out: &mut Vec<u8>, write: impl Fn(T, &mut Vec<u8>)) {
    out.push(b'[');
    let mut first = true;
    for item in items {
        if out.len() > text_limit() {
            break;
        }
        separate(&mut first, out);
        write(item, out);
    }
    out.push(b']');
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_object_is_written_once() {
        let nowhere = Object::marker(crate::source::Span::NONE);
        let made = |body| nowhere.rebodied_at(body, nowhere.origin());
        let word = made(Body::Simple(Value::Str("a".into())));
        let list = made(Body::List(vec![word.clone(), word].into()));
        let outer = made(Body::List(vec![list.clone(), list].into()));
        let writer = JsonWriter::default();
        assert_eq!(writer.object(&outer).unwrap(), r#"[["a", "a"], ["a", "a"]]"#);
        assert_eq!(writer.shared.borrow().len(), 1);
    }
}
