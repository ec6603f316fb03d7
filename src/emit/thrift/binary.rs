//! TBinaryProtocol in its strict form: fields by type and number, everything big-endian.

use crate::emit::sink::{Sink, ThriftType};

/// Version 1 in the upper half, message kind 1 (a call) in the lowest byte.
const VERSION_AND_CALL: u32 = 0x8001_0001;

/// Version, kind, name and sequence number. One request holds one call, so the sequence number tells nothing: 0.
pub(super) fn begin_call(out: &mut Vec<u8>, name: &str) {
    out.extend_from_slice(&VERSION_AND_CALL.to_be_bytes());
    let mut binary = Binary::new(out);
    binary.text(name);
    binary.size(0);
}

/// Writes TBinaryProtocol into a buffer.
pub(super) struct Binary<'b> {
    out: &'b mut Vec<u8>,
}

impl<'b> Binary<'b> {
    pub(super) fn new(out: &'b mut Vec<u8>) -> Binary<'b> {
        Binary { out }
    }

    /// A length, which the protocol keeps in an `i32`. [`super::check`] rejects strings that are longer.
    fn size(&mut self, size: usize) {
        let size = i32::try_from(size).unwrap_or(i32::MAX);
        self.out.extend_from_slice(&size.to_be_bytes());
    }
}

/// The number of a type.
fn code(kind: ThriftType) -> u8 {
    match kind {
        ThriftType::Bool => 2,
        ThriftType::Double => 4,
        ThriftType::I32 => 8,
        ThriftType::I64 => 10,
        ThriftType::Text => 11,
        ThriftType::Struct => 12,
        ThriftType::Map => 13,
        ThriftType::Set => 14,
        ThriftType::List => 15,
    }
}

/// What follows the last field of a struct.
const STOP: u8 = 0;

impl Sink for Binary<'_> {
    fn begin_struct(&mut self) {}

    fn end_struct(&mut self) {
        self.out.push(STOP);
    }

    fn begin_field(&mut self, number: i16, _name: &'static str, kind: ThriftType) {
        self.out.push(code(kind));
        self.out.extend_from_slice(&number.to_be_bytes());
    }

    fn end_field(&mut self) {}

    fn begin_items(&mut self, _kind: ThriftType, item: ThriftType, count: usize) {
        self.out.push(code(item));
        self.size(count);
    }

    fn next_item(&mut self) {}

    fn end_items(&mut self) {}

    fn text_map(&mut self, entries: &[(String, String)]) {
        self.out.extend_from_slice(&[code(ThriftType::Text), code(ThriftType::Text)]);
        self.size(entries.len());
        for (key, value) in entries {
            self.text(key);
            self.text(value);
        }
    }

    fn boolean(&mut self, value: bool) {
        self.out.push(u8::from(value));
    }

    fn double(&mut self, value: f64) {
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn int32(&mut self, value: i64) {
        // Never out of range: `check` has looked.
        let value = i32::try_from(value).unwrap_or(if value < 0 { i32::MIN } else { i32::MAX });
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn int64(&mut self, value: i64) {
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn text(&mut self, value: &str) {
        self.size(value.len());
        self.out.extend_from_slice(value.as_bytes());
    }

    fn enumeration(&mut self, number: i32, _name: &'static str) {
        self.out.extend_from_slice(&number.to_be_bytes());
    }
}
