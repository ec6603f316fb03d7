//! Values in messages.

use crate::template::value::Value;

/// A value on one short line, for messages.
pub fn short(value: &Value) -> String {
    const MOST: usize = 60;
    let text = match value {
        Value::Str(_) | Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => value.repr(),
        other => other.described(),
    };
    match text.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}
