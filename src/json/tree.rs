//! Values as a tree.

use std::ops::Range;

use super::read::{Build, Member, read};
use super::{Dialect, Error, Number, Text, Word};

/// A value and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// The bytes of the text that it is written in.
    pub at: Range<usize>,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, or one of Python's words for floats, as it is written.
    Number {
        /// Its characters.
        text: Box<str>,
        /// Whether it has neither fraction nor exponent.
        whole: bool,
    },
    /// A string.
    String(Text<'static>),
    /// An array.
    Array(Vec<Node>),
    /// An object: its members as they are written, keys twice where they are.
    Object(Vec<Member<Text<'static>, Node>>),
}

impl Value {
    /// The kind of the value in words, such as "an array".
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Number { .. } => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

/// How large a tree may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Arrays and objects inside each other.
    pub depth: usize,
    /// Values.
    pub values: usize,
}

/// Reads a string as a tree.
///
/// # Errors
/// When it is not JSON of this dialect, or larger than allowed.
pub fn parse(text: &str, dialect: Dialect, limits: Limits) -> Result<Node, Error> {
    read(text, dialect, &mut Tree { limits, depth: 0, values: 0 })
}

struct Tree {
    limits: Limits,
    depth: usize,
    values: usize,
}

fn owned(text: Text<'_>) -> Text<'static> {
    Text { value: text.value.into_owned().into(), lone_surrogate: text.lone_surrogate }
}

impl Build for Tree {
    type Value = Node;
    type Error = Error;

    fn begin(&mut self, _before: usize, at: usize) -> Result<(), Error> {
        self.values += 1;
        if self.values <= self.limits.values {
            return Ok(());
        }
        Err(Error::new(format!("there are more than {} values", self.limits.values), at..at))
    }

    fn enter(&mut self, at: usize) -> Result<(), Error> {
        self.depth += 1;
        if self.depth <= self.limits.depth {
            return Ok(());
        }
        let message = format!("arrays and objects are nested more than {} deep", self.limits.depth);
        Err(Error::new(message, at..at + 1))
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    fn word(&mut self, word: Word, at: Range<usize>) -> Result<Node, Error> {
        let value = match word {
            Word::Null => Value::Null,
            Word::True => Value::Bool(true),
            Word::False => Value::Bool(false),
            float => Value::Number { text: float.text().into(), whole: false },
        };
        Ok(Node { value, at })
    }

    fn number(&mut self, number: Number<'_>, at: Range<usize>) -> Result<Node, Error> {
        Ok(Node { value: Value::Number { text: number.text.into(), whole: number.whole }, at })
    }

    fn string(&mut self, text: Text<'_>, at: Range<usize>) -> Result<Node, Error> {
        Ok(Node { value: Value::String(owned(text)), at })
    }

    fn array(&mut self, items: Vec<Node>, at: Range<usize>) -> Result<Node, Error> {
        Ok(Node { value: Value::Array(items), at })
    }

    fn object(&mut self, members: Vec<Member<Text<'_>, Node>>, at: Range<usize>) -> Result<Node, Error> {
        let own = |m: Member<Text<'_>, Node>| Member { key: owned(m.key), key_at: m.key_at, value: m.value };
        Ok(Node { value: Value::Object(members.into_iter().map(own).collect()), at })
    }
}
