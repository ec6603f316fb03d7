//! What interpolation would leave as it is, told from a value alone.

use super::Value;
use super::types::{Kind, Type};
use crate::template::text::{Segment, Text};

/// Whether coercion would give the value back unchanged, and text holds no reference.
pub(super) fn is_canonical(ty: &Type, value: &Value) -> bool {
    match (ty.kind(), value) {
        (Kind::String | Kind::Any, Value::Str(t)) => t.template().is_none(),
        (Kind::Any, structure) if is_structure(structure) => is_closed(structure),
        (Kind::Integer, Value::Int(_) | Value::Big(_))
        | (Kind::Float, Value::Float(_))
        | (Kind::Boolean, Value::Bool(_)) => true,
        (Kind::Enum(values), Value::Str(t)) => values.iter().any(|v| **v == *t.as_str()),
        _ => false,
    }
}

/// Whether the value is something that only a field of any kind can hold.
pub(in crate::template) fn is_structure(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Type(_))
}

/// Whether interpolation would give a part of a structure back unchanged.
pub(in crate::template) fn is_closed(value: &Value) -> bool {
    match value {
        Value::Str(text) => text.template().is_none(),
        Value::Object(object) => object.is_closed(),
        Value::List(items) => items.borrow().iter().all(is_closed),
        Value::Tuple(items) => items.iter().all(is_closed),
        Value::Dict(dict) => dict.borrow().iter().all(|(k, e)| is_closed(k) && is_closed(&e.value)),
        _ => true,
    }
}

/// The deepest object inside a structure, counting lists and dicts as objects.
pub(super) fn deepest(value: &Value) -> u16 {
    let inside = |deepest: Option<u16>| deepest.unwrap_or(0).saturating_add(1);
    match value {
        Value::Object(object) => object.depth(),
        Value::List(items) => inside(items.borrow().iter().map(deepest).max()),
        Value::Tuple(items) => inside(items.iter().map(deepest).max()),
        Value::Dict(dict) => inside(dict.borrow().iter().map(|(_, e)| deepest(&e.value)).max()),
        _ => 0,
    }
}

/// Whether every reference of a string stays as it is until something new is bound: see [`Object::is_stable`].
pub(super) fn is_stable_text(ty: &Type, value: &Value) -> bool {
    match value {
        Value::Str(text) if matches!(ty.kind(), Kind::String | Kind::Any) => text
            .template()
            .is_none_or(|t| !t.loose_braces && t.segments.iter().all(|s| stands_alone(text, s))),
        _ => false,
    }
}

fn stands_alone(text: &Text, segment: &Segment) -> bool {
    match segment {
        Segment::Literal(_) => true,
        Segment::Ref { target, range } => target.is_ok() && !text.as_str()[range.clone()].starts_with("{{."),
        Segment::Postponed { .. } => false,
    }
}
