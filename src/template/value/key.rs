//! Keys of dicts and items of sets.

use std::cell::Cell;
use std::convert::Infallible;

use super::hash::hash;
use super::{Fault, Key, Object, Value};
use crate::template::text::of_str;

/// Bytes of text whose comparison costs as much as looking at a slot.
const BYTES_OF_A_PROBE: usize = 64;

impl Key {
    /// A key from a value.
    ///
    /// # Errors
    /// When the value cannot be a key (lists, dicts and sets).
    pub fn new(value: Value) -> Result<Key, Fault> {
        hash(&value).map(|hash| Key { value, hash })
    }

    /// A key from an object that has been interpolated, after which all of its strings are unicode.
    ///
    /// # Errors
    /// When the object cannot be read.
    pub fn of_interpolated(object: Object) -> Result<Key, Fault> {
        let hash = hash(&in_unicode(object.get()?))?;
        Ok(Key { value: Value::Object(object), hash })
    }

    /// A string key.
    pub fn text(text: &str) -> Key {
        Key { value: Value::str(text), hash: of_str(text, false) }
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The hash that CPython 2.7 gives the value.
    pub fn hash(&self) -> i64 {
        self.hash
    }

    /// The hash of a string beyond ASCII if it were of the other kind: a unicode string instead of a byte string.
    pub(super) fn other_hash(&self) -> Option<i64> {
        match &self.value {
            Value::Str(text) if !text.as_str().is_ascii() => Some(of_str(text.as_str(), !text.is_unicode())),
            _ => None,
        }
    }

    /// Whether both are one key. `work` counts what it takes to see that.
    pub(super) fn matches(&self, other: &Key, work: &Cell<u64>) -> bool {
        same(&self.value, &other.value, work)
    }
}

fn in_unicode(value: Value) -> Value {
    match value {
        Value::Str(text) => Value::Str(text.into_kind(true)),
        Value::Tuple(items) => Value::Tuple(items.iter().cloned().map(in_unicode).collect()),
        Value::Dict(dict) => match dict.borrow().map(|_, e| Ok::<_, Infallible>(in_unicode(e.value.clone())))
        {
            Ok(dict) => Value::dict(dict),
        },
        other => other,
    }
}

fn same(a: &Value, b: &Value, work: &Cell<u64>) -> bool {
    let count = |steps: usize| work.set(work.get().saturating_add(steps as u64));
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => {
            if a.same(b) {
                return true;
            }
            count(a.as_str().len() / BYTES_OF_A_PROBE);
            a == b
        }
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Tuple(a), Value::Tuple(b)) => {
            count(a.len());
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b, work))
        }
        (Value::Set(a), Value::Set(b)) => {
            count(a.borrow().len().min(b.borrow().len()));
            std::rc::Rc::ptr_eq(a, b) || *a.borrow() == *b.borrow()
        }
        (a, b) => a.equals(b),
    }
}
