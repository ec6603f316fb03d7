//! Strings of JSON documents, as serde_json and as Python write them.

use std::io::{self, Write};

use serde::Serialize as _;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Appends a string as JSON. What is not ASCII stays as it is, in UTF-8.
pub(crate) fn utf8(out: &mut Vec<u8>, string: &str) {
    let written = serde_json::to_writer(out, string);
    debug_assert!(written.is_ok(), "memory can be written, and every string is JSON");
}

/// Appends a string as JSON of printable ASCII alone, as Python's `json.dumps` writes it.
pub(crate) fn ascii(out: &mut Vec<u8>, string: &str) {
    let written = string.serialize(&mut Serializer::with_formatter(out, Ascii));
    debug_assert!(written.is_ok(), "memory can be written, and every string is JSON");
}

/// Escapes what is not printable ASCII, in UTF-16.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.bytes().position(|byte| byte > b'~') {
            let (plain, tail) = rest.split_at(at);
            out.write_all(plain.as_bytes())?;
            let mut chars = tail.chars();
            let mut units = [0; 2];
            for unit in chars.next().into_iter().flat_map(|c| c.encode_utf16(&mut units).to_vec()) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>, &str), string: &str) -> String {
        let mut out = Vec::new();
        write(&mut out, string);
        String::from_utf8(out).unwrap()
    }

    const STRING: &str = "a\"b\\c\n\t\r\u{8}\u{c}\u{1}\u{1f}\u{7f}é漢🦀\u{2028}/";

    #[test]
    fn strings_are_escaped_as_little_as_json_allows() {
        let json = "\"a\\\"b\\\\c\\n\\t\\r\\b\\f\\u0001\\u001f\u{7f}é漢🦀\u{2028}/\"";
        assert_eq!(written(utf8, STRING), json);
    }

    /// Python 2.7 prints this for `json.dumps` of the same string.
    #[test]
    fn strings_are_escaped_as_python_does() {
        let json = r#""a\"b\\c\n\t\r\b\f\u0001\u001f\u007f\u00e9\u6f22\ud83e\udd80\u2028/""#;
        assert_eq!(written(ascii, STRING), json);
    }

    proptest! {
        #[test]
        fn strings_read_back(string in any::<String>()) {
            for json in [written(utf8, &string), written(ascii, &string)] {
                prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), string.clone());
            }
            prop_assert!(written(ascii, &string).is_ascii());
        }
    }
}
