//! JSON text, with the places of its values.
//!
//! One reader serves `json.loads` of the language and the files that other programs wrote. It keeps what a document model
//! loses: where each value is written, keys that occur twice, and the digits of numbers. Writing JSON, and reading documents
//! whose places nobody asks for, is left to `serde_json`.
//!
//! | question | file |
//! |---|---|
//! | which characters make a string, a number, a word | `scan.rs` |
//! | how values nest; what a caller makes of them | `read.rs` |
//! | values as a tree | `tree.rs` |

mod read;
mod scan;
mod tree;

use std::borrow::Cow;
use std::ops::Range;

pub use read::{Build, Member, read};
pub use tree::{Limits, Node, Value, parse};

/// Where programs that read JSON differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Whether `NaN`, `Infinity` and `-Infinity` are values, as in Python.
    pub constants: bool,
    /// Whether control characters may stand in strings as they are (Python's `strict=False`).
    pub control_characters: bool,
    /// Whether anything may follow the value, which is then not looked at (Jackson).
    pub trailing_text: bool,
}

impl Dialect {
    /// RFC 8259.
    pub const RFC: Dialect = Dialect { constants: false, control_characters: false, trailing_text: false };
}

/// What is wrong with a string that is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What is wrong, such as "expected `,` or `]`".
    pub message: String,
    /// The bytes that it is about.
    pub at: Range<usize>,
}

impl Error {
    /// An error about a range of bytes.
    pub fn new(message: impl Into<String>, at: Range<usize>) -> Error {
        Error { message: message.into(), at }
    }
}

/// A value that is one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// `null`
    Null,
    /// `true`
    True,
    /// `false`
    False,
    /// `NaN`
    NaN,
    /// `Infinity`
    Infinity,
    /// `-Infinity`
    MinusInfinity,
}

impl Word {
    /// The word as it is written.
    pub fn text(self) -> &'static str {
        match self {
            Word::Null => "null",
            Word::True => "true",
            Word::False => "false",
            Word::NaN => "NaN",
            Word::Infinity => "Infinity",
            Word::MinusInfinity => "-Infinity",
        }
    }
}

/// A number as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'t> {
    /// Its characters.
    pub text: &'t str,
    /// Whether it has neither fraction nor exponent.
    pub whole: bool,
}

/// What a string stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'t> {
    /// Its characters, with escapes replaced.
    pub value: Cow<'t, str>,
    /// The first escape that is half of a surrogate pair, which no Unicode text can hold; U+FFFD stands for it.
    pub lone_surrogate: Option<Range<usize>>,
}

#[cfg(test)]
mod tests;
