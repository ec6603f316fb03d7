//! Objects made by hand, for unit tests.

use crate::schema::struct_type;
use crate::source::{FileId, Span};
use crate::template::construct;
use crate::template::value::{Args, Dict, Key, Keyword, Value};

/// Bytes of a MB.
pub(super) const MB: i64 = 1024 * 1024;

/// An object of a schema type, with its fields at consecutive places from `at` on.
pub(super) fn make(ty: &str, at: usize, fields: &[(&str, Value)]) -> Value {
    let span = |n: usize| Span::new(FileId(0), at + n, at + n + 1);
    let keyword = |(i, (name, value)): (usize, &(&str, Value))| Keyword {
        name: (*name).into(),
        name_span: span(i + 1),
        value: value.clone(),
        span: span(i + 1),
    };
    let keyword = fields.iter().enumerate().map(keyword).collect();
    let args = Args { keyword, ..Args::none(span(0)) };
    Value::Object(construct(&struct_type(ty).unwrap(), &args).unwrap())
}

/// A dict of strings.
pub(super) fn dict(entries: &[(&str, &str)]) -> Value {
    let mut dict = Dict::new();
    entries.iter().for_each(|(k, v)| dict.insert(Key::text(k), Value::str(*v)));
    Value::dict(dict)
}

/// A list of strings.
pub(super) fn texts(items: &[&str]) -> Value {
    Value::list(items.iter().map(|i| Value::str(*i)).collect())
}
