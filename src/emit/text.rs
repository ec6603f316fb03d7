//! JSON's strings and numbers as bytes.

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

/// Appends a JSON string. Text outside ASCII stays as it is, in UTF-8.
pub(super) fn string(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + bytes.len() / 8 + 2);
    out.push(b'"');
    let mut copied = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let escape = ESCAPES[usize::from(byte)];
        if escape == 0 {
            continue;
        }
        out.extend_from_slice(&bytes[copied..at]);
        copied = at + 1;
        if escape == b'u' {
            let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&digits);
        } else {
            out.extend_from_slice(&[b'\\', escape]);
        }
    }
    out.extend_from_slice(&bytes[copied..]);
    out.push(b'"');
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
