//! Values of Thrift, whichever the encoding.

use super::NoReply;

/// A whole message: the envelope and its struct.
#[derive(Debug)]
pub(super) struct Message {
    /// The number of the message's kind.
    pub(super) kind: i64,
    /// The name of the call.
    pub(super) name: String,
    /// The result struct of the call, or a `TApplicationException`.
    pub(super) body: Value,
}

/// A value.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    /// A struct or union: its fields by number.
    Struct(Vec<(i64, Value)>),
    /// A list or set.
    Items(Vec<Value>),
    /// A `string`.
    Text(String),
    /// Any whole number, `bool` and enums included.
    Int(i64),
    /// A `double` or a map, which no answer about a call of ours needs.
    Other,
}

/// Structs, lists and maps inside each other. A `Response` with the details of an update nests 13 deep.
pub(super) const MAX_DEPTH: usize = 64;

/// Values of one answer. The details of an update of 10,000 instances have less than a million.
pub(super) const MAX_VALUES: usize = 4_000_000;

impl Value {
    /// A field of a struct; `Other` where it is not set.
    pub(super) fn field(&self, number: i64) -> &Value {
        match self {
            Value::Struct(fields) => {
                fields.iter().find(|(n, _)| *n == number).map_or(&Value::Other, |(_, value)| value)
            }
            _ => &Value::Other,
        }
    }

    /// A field of a field of a field.
    pub(super) fn path(&self, numbers: &[i64]) -> &Value {
        numbers.iter().fold(self, |value, number| value.field(*number))
    }

    /// Whether it is a struct.
    pub(super) fn is_struct(&self) -> bool {
        matches!(self, Value::Struct(_))
    }

    /// The values of a list or set.
    pub(super) fn items(&self) -> &[Value] {
        match self {
            Value::Items(items) => items,
            _ => &[],
        }
    }

    /// A string.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number.
    pub(super) fn int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }
}

/// Counts values and depth.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    depth: usize,
    values: usize,
}

impl Bounds {
    /// Counts a value and goes one level deeper.
    pub(super) fn enter(&mut self) -> Result<(), NoReply> {
        self.depth += 1;
        self.values += 1;
        match self.depth > MAX_DEPTH || self.values > MAX_VALUES {
            true => Err(NoReply::new("it is larger than any answer of a scheduler")),
            false => Ok(()),
        }
    }

    /// Goes back up.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}
