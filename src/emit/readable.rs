//! The readable JSON as an encoding: fields by name, enums by name, sets and lists as arrays.

use super::sink::{Sink, ThriftType};
use super::text;

/// How JSON is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// One property or element a line, indented by two spaces.
    #[default]
    Pretty,
    /// No white space except the newline at the end.
    Compact,
}

/// Writes JSON into a buffer, value by value.
pub(super) struct Json<'b> {
    out: &'b mut Vec<u8>,
    style: Style,
    depth: usize,
    /// Nothing was written yet into the innermost array or object.
    empty: bool,
}

/// A line break and room for the deepest indentation that is written in one piece.
static BREAK: &[u8] = b"\n                                                                ";

impl<'b> Json<'b> {
    /// Appends one JSON value to `out`.
    pub(super) fn new(out: &'b mut Vec<u8>, style: Style) -> Json<'b> {
        Json { out, style, depth: 0, empty: true }
    }

    /// Continues inside `depth` arrays and objects that were begun elsewhere; the innermost may be empty so far or not.
    pub(super) fn inside(out: &'b mut Vec<u8>, style: Style, depth: usize, empty: bool) -> Json<'b> {
        Json { out, style, depth, empty }
    }

    pub(super) fn begin(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.depth += 1;
        self.empty = true;
    }

    pub(super) fn end(&mut self, bracket: u8) {
        self.depth = self.depth.saturating_sub(1);
        if !self.empty {
            self.line();
        }
        self.out.push(bracket);
        self.empty = false;
    }

    /// A property's name; its value follows.
    pub(super) fn key(&mut self, name: &str) {
        self.separate();
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'"');
        self.colon();
    }

    /// What stands between a property's name and its value.
    pub(super) fn colon(&mut self) {
        self.out.extend_from_slice(if self.style == Style::Pretty { b": " } else { b":" });
    }

    /// What comes before an element of an array, or a property.
    pub(super) fn separate(&mut self) {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
        self.line();
    }

    fn line(&mut self) {
        if self.style == Style::Pretty {
            let indent = self.depth * 2;
            let whole = indent.min(BREAK.len() - 1);
            self.out.extend_from_slice(&BREAK[..=whole]);
            self.out.resize(self.out.len() + (indent - whole), b' ');
        }
    }

    /// A number, string, boolean or null that is JSON text already.
    pub(super) fn raw(&mut self, value: &[u8]) {
        self.out.extend_from_slice(value);
    }

    /// A property whose value is a string.
    pub(super) fn text_property(&mut self, name: &str, value: &str) {
        self.key(name);
        self.text(value);
    }

    /// A property whose value is a string, if there is one.
    pub(super) fn optional_text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text_property(name, value);
        }
    }

    /// A property whose value is a boolean, if there is one.
    pub(super) fn optional_flag(&mut self, name: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.key(name);
            self.boolean(value);
        }
    }

    /// A property whose value is an array; omitted if the array is empty.
    pub(super) fn array_unless_empty<T>(&mut self, name: &str, items: &[T], put: impl Fn(&mut Self, &T)) {
        if !items.is_empty() {
            self.key(name);
            self.array(items, put);
        }
    }

    /// An array.
    pub(super) fn array<T>(&mut self, items: &[T], put: impl Fn(&mut Self, &T)) {
        self.begin(b'[');
        for item in items {
            self.separate();
            put(self, item);
        }
        self.end(b']');
    }
}

impl Sink for Json<'_> {
    fn begin_struct(&mut self) {
        self.begin(b'{');
    }

    fn end_struct(&mut self) {
        self.end(b'}');
    }

    fn begin_field(&mut self, _number: i16, name: &'static str, _kind: ThriftType) {
        self.key(name);
    }

    fn end_field(&mut self) {}

    fn begin_items(&mut self, _kind: ThriftType, _item: ThriftType, _count: usize) {
        self.begin(b'[');
    }

    fn next_item(&mut self) {
        self.separate();
    }

    fn end_items(&mut self) {
        self.end(b']');
    }

    fn text_map(&mut self, entries: &[(String, String)]) {
        self.begin(b'{');
        for (key, value) in entries {
            self.separate();
            text::string(self.out, key);
            self.out.extend_from_slice(if self.style == Style::Pretty { b": " } else { b":" });
            text::string(self.out, value);
        }
        self.end(b'}');
    }

    fn boolean(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn double(&mut self, value: f64) {
        text::float(self.out, value);
    }

    fn int32(&mut self, value: i64) {
        text::integer(self.out, value);
    }

    fn int64(&mut self, value: i64) {
        text::integer(self.out, value);
    }

    fn text(&mut self, value: &str) {
        text::string(self.out, value);
    }

    fn enumeration(&mut self, _number: i32, name: &'static str) {
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'"');
    }
}
