//! JSON's strings and numbers as bytes.

use crate::common::bytes::json_marks;

/// What a byte needs inside a JSON string: 0 nothing, `u` six characters, anything else that letter after a backslash.
static ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = b'u';
        control += 1;
    }
    table[0x08] = b'b';
    table[0x09] = b't';
    table[0x0a] = b'n';
    table[0x0c] = b'f';
    table[0x0d] = b'r';
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table
};

/// Lower-case, because older Java Thrift readers take no other hexadecimal digits.
const HEX: &[u8; 16] = b"0123456789abcdef";

/// Bytes that are escaped at a time, and room for as many escapes.
const WORD: usize = 8;
const BLOCK: usize = 64;
const ROOM: usize = BLOCK * 6 + WORD;

/// Appends a JSON string. Text outside ASCII stays as it is, in UTF-8.
///
/// Executor data is JSON inside JSON, with a quote every few bytes: copying stretch by stretch would copy little more
/// than the quotes. Eight bytes at a time are copied whole, and what follows an escape is copied again behind it.
pub(super) fn string(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + bytes.len() / 8 + 2);
    out.push(b'"');
    let mut block = [0u8; ROOM];
    for part in bytes.chunks(BLOCK) {
        let mut filled = 0;
        let mut words = part.chunks_exact(WORD);
        for word in &mut words {
            let mut word = u64::from_le_bytes(word.try_into().unwrap_or_default());
            let mut left = WORD;
            let mut marks = json_marks(word);
            put(&mut block, filled, word.to_le_bytes());
            while marks != 0 {
                let at = marks.trailing_zeros() as usize / 8;
                let byte = (word >> (at * 8)) as u8;
                filled = escape(&mut block, filled + at, byte);
                // One shift by the whole width would be too far.
                word = (word >> (at * 8)) >> 8;
                marks = (marks >> (at * 8)) >> 8;
                left -= at + 1;
                put(&mut block, filled, word.to_le_bytes());
            }
            filled += left;
        }
        for &byte in words.remainder() {
            if ESCAPES[usize::from(byte)] == 0 {
                block[filled] = byte;
                filled += 1;
            } else {
                filled = escape(&mut block, filled, byte);
            }
        }
        out.extend_from_slice(&block[..filled]);
    }
    out.push(b'"');
}

/// Writes bytes at `at`, for which there is always room.
fn put<const N: usize>(block: &mut [u8; ROOM], at: usize, bytes: [u8; N]) {
    if let Some(room) = block.get_mut(at..).and_then(<[u8]>::first_chunk_mut::<N>) {
        *room = bytes;
    }
}

/// Writes the escape of a byte at `at`; gives where it ends.
fn escape(block: &mut [u8; ROOM], at: usize, byte: u8) -> usize {
    let escape = ESCAPES[usize::from(byte)];
    if escape == b'u' {
        let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
        put(block, at, [b'\\', b'u', b'0', b'0', digits[0], digits[1]]);
        at + 6
    } else {
        put(block, at, [b'\\', escape]);
        at + 2
    }
}

/// Appends an integer.
pub(super) fn integer(out: &mut Vec<u8>, number: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Appends the shortest decimal that reads back as the same number, always with a point, so that readers which tell
/// integers from floats see a float. JSON has no infinities and no NaN; the model lets
/// neither through, and should one come all the same, the document stays well-formed.
pub(super) fn float(out: &mut Vec<u8>, number: f64) {
    let finite = if number.is_nan() { 0.0 } else { number.clamp(f64::MIN, f64::MAX) };
    let digits = format!("{finite:?}");
    match digits.split_once('e') {
        Some((mantissa, exponent)) if !mantissa.contains('.') => {
            out.extend_from_slice(mantissa.as_bytes());
            out.extend_from_slice(b".0e");
            out.extend_from_slice(exponent.as_bytes());
        }
        _ => out.extend_from_slice(digits.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    fn written(f: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        f(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn strings_are_escaped_as_little_as_json_allows() {
        let text = "a\"b\\c\n\t\r\u{8}\u{c}\u{1}\u{1f}\u{7f}é漢🦀\u{2028}/";
        let json = written(|o| super::string(o, text));
        assert_eq!(json, "\"a\\\"b\\\\c\\n\\t\\r\\b\\f\\u0001\\u001f\u{7f}é漢🦀\u{2028}/\"");
    }

    #[test]
    fn floats_always_have_a_point() {
        let texts: Vec<String> = [1.0, 0.1, 0.0, 1e16, 1.5e300, 1e-7, -2.0]
            .into_iter()
            .map(|n| written(|o| super::float(o, n)))
            .collect();
        assert_eq!(texts, ["1.0", "0.1", "0.0", "1.0e16", "1.5e300", "1.0e-7", "-2.0"]);
    }

    proptest! {
        #[test]
        fn dense_escapes_read_back(text in "[\"\\\\\n\u{1}a]{0,200}") {
            let json = written(|o| super::string(o, &text));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }

        #[test]
        fn strings_read_back(text in any::<String>()) {
            let json = written(|o| super::string(o, &text));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }

        #[test]
        fn floats_read_back(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            let json = written(|o| super::float(o, number));
            prop_assert!(json.contains('.'));
            prop_assert_eq!(json.parse::<f64>().unwrap(), number);
        }
    }
}
