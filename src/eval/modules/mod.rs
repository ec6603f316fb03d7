//! The pure modules that a file can import.

use crate::template::value::Value;

/// The module of a dotted name.
pub fn import(_name: &str) -> Option<Value> {
    None
}
