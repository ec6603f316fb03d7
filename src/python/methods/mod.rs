//! Methods of plain values, by type and name. The receiver is the first positional argument.
//!
//! | question | file |
//! |---|---|
//! | text | `text_case.rs`, `text_find.rs`, `text_split.rs`, `text_shape.rs` |
//! | lists, tuples | `list.rs` |
//! | dicts | `dict.rs` |
//! | sets | `set.rs` |
//! | numbers | `number.rs` |

mod dict;
mod list;
mod number;
mod set;
mod text_case;
mod text_find;
mod text_shape;
mod text_split;

#[cfg(test)]
mod tests;

use super::builtins::PlainKind;
use crate::template::value::{BuiltinFn, Value};

/// Methods with their names.
pub(super) type Table = &'static [(&'static str, BuiltinFn)];

pub(in crate::python) use dict::count_up;
pub use text_split::join_values;

const TEXT: &[Table] = &[text_case::TABLE, text_find::TABLE, text_split::TABLE, text_shape::TABLE];
const LIST: &[Table] = &[list::TABLE];
const TUPLE: &[Table] = &[list::TUPLE_TABLE];
const DICT: &[Table] = &[dict::TABLE];
const SET: &[Table] = &[set::TABLE, set::CHANGING];
const FROZEN_SET: &[Table] = &[set::TABLE];
const INT: &[Table] = &[number::INT];
const FLOAT: &[Table] = &[number::FLOAT];

fn tables(kind: PlainKind) -> &'static [Table] {
    match kind {
        PlainKind::Str | PlainKind::BaseString => TEXT,
        PlainKind::List => LIST,
        PlainKind::Tuple => TUPLE,
        PlainKind::Dict => DICT,
        PlainKind::Set => SET,
        PlainKind::FrozenSet => FROZEN_SET,
        PlainKind::Int | PlainKind::Bool => INT,
        PlainKind::Float => FLOAT,
        PlainKind::Object | PlainKind::Type | PlainKind::None => &[],
    }
}

fn kind(value: &Value) -> PlainKind {
    match value {
        Value::Str(_) => PlainKind::Str,
        Value::List(_) => PlainKind::List,
        Value::Tuple(_) | Value::Range(_) => PlainKind::Tuple,
        Value::Dict(_) => PlainKind::Dict,
        Value::Set(s) if s.borrow().frozen => PlainKind::FrozenSet,
        Value::Set(_) => PlainKind::Set,
        Value::Bool(_) | Value::Int(_) | Value::Big(_) => PlainKind::Int,
        Value::Float(_) => PlainKind::Float,
        _ => PlainKind::Object,
    }
}

/// The method of a value, with its name.
pub fn lookup(value: &Value, name: &str) -> Option<(&'static str, BuiltinFn)> {
    of_kind(kind(value), name)
}

/// The method of a type of plain values, with its name.
pub fn of_kind(kind: PlainKind, name: &str) -> Option<(&'static str, BuiltinFn)> {
    tables(kind).iter().copied().flatten().find(|(n, _)| *n == name).copied()
}

/// The names of the methods of a value, for suggestions.
pub fn names(value: &Value) -> Vec<&'static str> {
    tables(kind(value)).iter().copied().flatten().map(|(n, _)| *n).collect()
}
