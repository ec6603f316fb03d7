//! JSON with places: values as slices of the text they are in.

use serde_json::value::RawValue;
use std::collections::BTreeMap;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::EXECUTORS_FILE;
use crate::source::{FileId, Span};

/// A JSON value, still as text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    raw: &'a str,
}

/// The kind of a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
}

impl Shape {
    /// The kind in words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Shape::Null => "null",
            Shape::Boolean => "a boolean",
            Shape::Number => "a number",
            Shape::Text => "text",
            Shape::Array => "an array",
            Shape::Object => "an object",
        }
    }
}

impl<'a> Node<'a> {
    /// The text of the value as it is written.
    pub(super) fn raw(self) -> &'a str {
        self.raw
    }

    /// The kind of the value, by its first character.
    pub(super) fn shape(self) -> Shape {
        match self.raw.as_bytes().first() {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::Array,
            Some(b'"') => Shape::Text,
            Some(b't' | b'f') => Shape::Boolean,
            Some(b'n') | None => Shape::Null,
            _ => Shape::Number,
        }
    }
}

/// A document and what is wrong with it.
#[derive(Debug)]
pub(super) struct Document<'a> {
    text: &'a str,
    file: FileId,
    /// What is wrong so far.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Document<'a> {
    /// The document, and its value if it is JSON.
    pub(super) fn parse(text: &'a str, file: FileId) -> (Document<'a>, Option<Node<'a>>) {
        let mut document = Document { text, file, diagnostics: Vec::new() };
        let root = match serde_json::from_str::<&'a RawValue>(text) {
            Ok(raw) => Some(Node { raw: raw.get() }),
            Err(error) => {
                document.syntax_error(&error);
                None
            }
        };
        (document, root)
    }

    fn syntax_error(&mut self, error: &serde_json::Error) {
        let before: usize =
            self.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = (before + error.column().saturating_sub(1)).min(self.text.len());
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or(&words);
        let span = Span::new(self.file, at, (at + 1).min(self.text.len()));
        self.diagnostics.push(Diagnostic::error(
            &EXECUTORS_FILE,
            span,
            format!("the file is not JSON: {words}"),
        ));
    }

    /// Where a value is written.
    pub(super) fn span(&self, node: Node<'a>) -> Span {
        let start = (node.raw.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        Span::new(self.file, start, start + node.raw.len())
    }

    /// Where the key of an entry is written; the value's place where the key has escapes.
    pub(super) fn key_span(&self, key: &str, node: Node<'a>) -> Span {
        let value = self.span(node);
        let before = self.text.get(..value.start as usize).unwrap_or_default();
        let head = before.trim_end().strip_suffix(':').unwrap_or_default().trim_end();
        match head.strip_suffix('"').and_then(|h| h.strip_suffix(key)) {
            Some(rest) if rest.ends_with('"') => Span::new(self.file, rest.len() - 1, head.len()),
            _ => value,
        }
    }

    /// Adds an error about a value.
    pub(super) fn error(&mut self, node: Node<'a>, message: impl Into<String>) {
        let span = self.span(node);
        self.diagnostics.push(Diagnostic::error(&EXECUTORS_FILE, span, message));
    }

    /// The entries of an object that are not null; of entries with one key the last counts.
    pub(super) fn object(&mut self, node: Node<'a>, what: &str) -> Option<BTreeMap<String, Node<'a>>> {
        if node.shape() != Shape::Object {
            self.error(node, format!("{what} is {}, but must be an object", node.shape().name()));
            return None;
        }
        let entries: BTreeMap<String, &'a RawValue> = self.decoded(node)?;
        let nodes = entries.into_iter().map(|(key, raw)| (key, Node { raw: raw.get() }));
        Some(nodes.filter(|(_, node)| node.shape() != Shape::Null).collect())
    }

    /// The elements of an array.
    pub(super) fn array(&mut self, node: Node<'a>, what: &str) -> Option<Vec<Node<'a>>> {
        if node.shape() != Shape::Array {
            self.error(node, format!("{what} is {}, but must be an array", node.shape().name()));
            return None;
        }
        let items: Vec<&'a RawValue> = self.decoded(node)?;
        Some(items.into_iter().map(|raw| Node { raw: raw.get() }).collect())
    }

    /// Text; numbers and booleans are text as they are written, as the scheduler reads them.
    pub(super) fn text(&mut self, node: Node<'a>, what: &str) -> Option<String> {
        match node.shape() {
            Shape::Text => self.decoded(node),
            Shape::Number | Shape::Boolean => Some(node.raw.to_string()),
            other => {
                self.error(node, format!("{what} is {}, but must be text", other.name()));
                None
            }
        }
    }

    /// A boolean; also as text, or as a number that is 0 or not, as the scheduler reads them.
    pub(super) fn boolean(&mut self, node: Node<'a>, what: &str) -> Option<bool> {
        let text = match node.shape() {
            Shape::Text => self.decoded::<String>(node)?,
            _ => node.raw.to_string(),
        };
        match text.trim() {
            "true" | "True" | "TRUE" => return Some(true),
            "false" | "False" | "FALSE" | "" => return Some(false),
            digits if node.shape() == Shape::Number => {
                if let Ok(n) = digits.parse::<i64>() {
                    return Some(n != 0);
                }
            }
            _ => {}
        }
        self.error(node, format!("{what} is {}, but must be true or false", node.raw));
        None
    }

    /// A number; also as text, as the scheduler reads it.
    pub(super) fn number(&mut self, node: Node<'a>, what: &str) -> Option<f64> {
        let text = match node.shape() {
            Shape::Text => self.decoded::<String>(node)?,
            Shape::Number => node.raw.to_string(),
            _ => String::new(),
        };
        match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Some(number),
            _ => {
                self.error(node, format!("{what} is {}, but must be a number", node.raw));
                None
            }
        }
    }

    /// A whole number of 64 bits; also as text.
    pub(super) fn integer(&mut self, node: Node<'a>, what: &str) -> Option<i64> {
        let text = match node.shape() {
            Shape::Text => self.decoded::<String>(node)?,
            _ => node.raw.to_string(),
        };
        match text.trim().parse::<i64>() {
            Ok(number) => Some(number),
            Err(_) => {
                self.error(node, format!("{what} is {}, but must be a whole number", node.raw));
                None
            }
        }
    }

    fn decoded<T: serde::Deserialize<'a>>(&mut self, node: Node<'a>) -> Option<T> {
        serde_json::from_str(node.raw)
            .map_err(|error| self.error(node, format!("this cannot be read: {error}")))
            .ok()
    }
}
