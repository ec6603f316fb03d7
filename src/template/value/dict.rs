//! Dicts and sets with Python's equality and hashing of keys, in insertion order.

use std::hash::{Hash, Hasher};

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::{Fault, Value};
use crate::source::Span;

/// A hashable value. Numbers that are equal are one key, whatever their type.
#[derive(Debug, Clone)]
pub struct Key(Value);

impl Key {
    /// A key from a value.
    ///
    /// # Errors
    /// When the value cannot be a key (lists, dicts and sets).
    pub fn new(value: Value) -> Result<Key, Fault> {
        if hashable(&value) {
            Ok(Key(value))
        } else {
            Err(Fault::type_error(format!("{} cannot be a key, because it can change", value.described())))
        }
    }

    /// A text key.
    pub fn text(text: &str) -> Key {
        Key(Value::str(text))
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.0
    }
}

fn hashable(value: &Value) -> bool {
    match value {
        Value::List(_) | Value::Dict(_) => false,
        Value::Set(s) => s.borrow().frozen,
        Value::Tuple(items) => items.iter().all(hashable),
        _ => true,
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        match (&self.0, &other.0) {
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (a, b) => a.equals(b),
        }
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_value(&self.0, state);
    }
}

fn hash_value<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::Str(t) => t.as_str().hash(state),
        Value::Bool(_) | Value::Int(_) => value.as_i64().hash(state),
        Value::Float(x) if x.fract() == 0.0 && x.abs() < 9e18 => Some(*x as i64).hash(state),
        Value::Float(x) => x.to_bits().hash(state),
        Value::Big(n) => n.hash(state),
        Value::Tuple(items) => items.iter().for_each(|i| hash_value(i, state)),
        Value::None => 1u8.hash(state),
        // Everything else is rare as a key; equality decides.
        _ => 0u8.hash(state),
    }
}

/// The value of a key, and where the entry was written.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The value.
    pub value: Value,
    /// Where the key of the entry was written.
    pub key_span: Span,
    /// Where the value of the entry was written; [`Span::NONE`] where that is not known.
    pub span: Span,
}

/// What a dict answers for a key that it does not have.
#[derive(Debug, Clone, Default)]
pub enum Missing {
    /// A KeyError.
    #[default]
    Refused,
    /// 0, as `collections.Counter` does.
    Zero,
    /// What this function gives, which is kept: `collections.defaultdict`.
    Made(Value),
}

/// A dict in insertion order.
#[derive(Debug, Clone, Default)]
pub struct Dict {
    /// What indexing answers for a key that is not there.
    pub missing: Missing,
    entries: IndexMap<Key, Entry, FxBuildHasher>,
}

impl Dict {
    /// An empty dict.
    pub fn new() -> Dict {
        Dict::default()
    }

    /// Sets a key; one that is there keeps its position (and, as in Python, its first key).
    pub fn insert(&mut self, key: Key, value: Value) {
        self.insert_at(key, value, Span::NONE, Span::NONE);
    }

    /// Sets a key, with the places of key and value.
    pub fn insert_at(&mut self, key: Key, value: Value, key_span: Span, span: Span) {
        self.entries.insert(key, Entry { value, key_span, span });
    }

    /// Sets a text key.
    pub fn insert_str(&mut self, key: &str, value: Value) {
        self.insert(Key(Value::str(key)), value);
    }

    /// The entry of a key.
    pub fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// The value of a text key.
    pub fn get_str(&self, key: &str) -> Option<&Value> {
        self.entries.get(&Key(Value::str(key))).map(|e| &e.value)
    }

    /// Removes a key and gives its value; the others keep their order.
    pub fn remove(&mut self, key: &Key) -> Option<Value> {
        self.entries.shift_remove(key).map(|e| e.value)
    }

    /// Removes and gives the last entry.
    pub fn pop_last(&mut self) -> Option<(Value, Value)> {
        self.entries.pop().map(|(k, e)| (k.0, e.value))
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Value, &Entry)> + ExactSizeIterator {
        self.entries.iter().map(|(k, e)| (&k.0, e))
    }

    /// The entry at a position.
    pub fn at(&self, index: usize) -> Option<(&Value, &Entry)> {
        self.entries.get_index(index).map(|(k, e)| (&k.0, e))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Key> + ExactSizeIterator {
        self.entries.keys()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// A set in insertion order.
#[derive(Debug, Clone, Default)]
pub struct Set {
    /// Whether it is a frozenset.
    pub frozen: bool,
    items: IndexMap<Key, (), FxBuildHasher>,
}

impl Set {
    /// An empty set.
    pub fn new() -> Set {
        Set::default()
    }

    /// Adds an item; whether it is new.
    pub fn insert(&mut self, key: Key) -> bool {
        if self.items.contains_key(&key) {
            return false;
        }
        self.items.insert(key, ());
        true
    }

    /// Whether the item is in the set.
    pub fn contains(&self, key: &Key) -> bool {
        self.items.contains_key(key)
    }

    /// Removes an item; whether it was there.
    pub fn remove(&mut self, key: &Key) -> bool {
        self.items.shift_remove(key).is_some()
    }

    /// Removes and gives the first item.
    pub fn pop_first(&mut self) -> Option<Value> {
        self.items.shift_remove_index(0).map(|(k, ())| k.0)
    }

    /// The items in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator {
        self.items.keys().map(|k| &k.0)
    }

    /// The item at a position.
    pub fn at(&self, index: usize) -> Option<&Value> {
        self.items.get_index(index).map(|(k, ())| &k.0)
    }

    /// The items as keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Key> + ExactSizeIterator {
        self.items.keys()
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}
