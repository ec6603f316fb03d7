//! TJSONProtocol: fields by number, every value under the tag of its type.
//!
//! A struct is `{"NUMBER": {"TAG": value}, …}`; a list or set `["TAG", COUNT, value, …]`; a map
//! `["KEY TAG", "VALUE TAG", COUNT, {key: value, …}]`; a call `[VERSION, "NAME", KIND, SEQUENCE, arguments]`.

use crate::emit::sink::{Sink, ThriftType};
use crate::emit::text;

/// Version 1 of the protocol; then the name.
pub(super) fn begin_call(out: &mut Vec<u8>, name: &str) {
    out.extend_from_slice(b"[1,");
    text::string(out, name);
    // Message kind 1 is a call. One request holds one call, so the sequence number tells nothing: 0.
    out.extend_from_slice(b",1,0,");
}

pub(super) fn end_call(out: &mut Vec<u8>) {
    out.push(b']');
}

/// Writes TJSONProtocol into a buffer.
pub(super) struct TJson<'b> {
    out: &'b mut Vec<u8>,
    /// Nothing was written yet into the innermost struct.
    empty: bool,
}

impl<'b> TJson<'b> {
    pub(super) fn new(out: &'b mut Vec<u8>) -> TJson<'b> {
        TJson { out, empty: true }
    }
}

/// The tag of a type.
fn tag(kind: ThriftType) -> &'static [u8] {
    match kind {
        ThriftType::Bool => b"\"tf\"",
        ThriftType::Double => b"\"dbl\"",
        ThriftType::I32 => b"\"i32\"",
        ThriftType::I64 => b"\"i64\"",
        ThriftType::Text => b"\"str\"",
        ThriftType::Struct => b"\"rec\"",
        ThriftType::Map => b"\"map\"",
        ThriftType::Set => b"\"set\"",
        ThriftType::List => b"\"lst\"",
    }
}

impl Sink for TJson<'_> {
    fn begin_struct(&mut self) {
        self.out.push(b'{');
        self.empty = true;
    }

    fn end_struct(&mut self) {
        self.out.push(b'}');
        self.empty = false;
    }

    fn begin_field(&mut self, number: i16, _name: &'static str, kind: ThriftType) {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
        self.out.push(b'"');
        text::integer(self.out, i64::from(number));
        self.out.extend_from_slice(b"\":{");
        self.out.extend_from_slice(tag(kind));
        self.out.push(b':');
    }

    fn end_field(&mut self) {
        self.out.push(b'}');
    }

    fn begin_items(&mut self, _kind: ThriftType, item: ThriftType, count: usize) {
        self.out.push(b'[');
        self.out.extend_from_slice(tag(item));
        self.out.push(b',');
        text::integer(self.out, i64::try_from(count).unwrap_or(i64::MAX));
    }

    fn next_item(&mut self) {
        self.out.push(b',');
    }

    fn end_items(&mut self) {
        self.out.push(b']');
    }

    fn text_map(&mut self, entries: &[(String, String)]) {
        self.out.extend_from_slice(b"[\"str\",\"str\",");
        text::integer(self.out, i64::try_from(entries.len()).unwrap_or(i64::MAX));
        self.out.extend_from_slice(b",{");
        for (index, (key, value)) in entries.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            text::string(self.out, key);
            self.out.push(b':');
            text::string(self.out, value);
        }
        self.out.extend_from_slice(b"}]");
    }

    fn boolean(&mut self, value: bool) {
        self.out.push(if value { b'1' } else { b'0' });
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

    fn enumeration(&mut self, number: i32, _name: &'static str) {
        text::integer(self.out, i64::from(number));
    }
}
