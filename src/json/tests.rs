//! What is JSON, what is not, and where.

use super::*;

const LIMITS: Limits = Limits { depth: 50, values: 1000 };

const PYTHON: Dialect = Dialect { constants: true, ..Dialect::RFC };

fn tree(text: &str) -> Result<Node, Error> {
    parse(text, Dialect::RFC, LIMITS)
}

/// The value of a string, and the text at its place.
fn string(text: &str) -> (String, Option<Range<usize>>) {
    match tree(text).map(|node| node.value) {
        Ok(Value::String(text)) => (text.value.into_owned(), text.lone_surrogate),
        other => panic!("{text} is {other:?}"),
    }
}

#[test]
fn places_repeated_keys_and_digits_are_kept() {
    let text = r#" {"a": 1.50, "b": [true, null], "a": -0} "#;
    let node = tree(text).unwrap();
    assert_eq!(&text[node.at.clone()], text.trim());
    let Value::Object(members) = node.value else { panic!() };
    let shown: Vec<(&str, &str, &str)> =
        members.iter().map(|m| (&*m.key.value, &text[m.key_at.clone()], &text[m.value.at.clone()])).collect();
    assert_eq!(shown, [("a", "\"a\"", "1.50"), ("b", "\"b\"", "[true, null]"), ("a", "\"a\"", "-0")]);
    assert_eq!(members[0].value.value, Value::Number { text: "1.50".into(), whole: false });
    assert_eq!(members[2].value.value, Value::Number { text: "-0".into(), whole: true });
}

#[test]
fn escapes_become_characters() {
    assert_eq!(string(r#""a\n\t\r\b\f\/\\\"b""#).0, "a\n\t\r\u{8}\u{c}/\\\"b");
    assert_eq!(string(r#""\u00e9\ud83d\ude00x""#), ("é😀x".to_string(), None));
    assert_eq!(string(r#""日\u0041""#).0, "日A");
    assert_eq!(string(r#""""#).0, "");
}

#[test]
fn half_a_surrogate_pair_is_marked() {
    assert_eq!(string(r#""\ud800""#), ("\u{fffd}".to_string(), Some(1..7)));
    assert_eq!(string(r#""a\udc00\ud800\u0041""#), ("a\u{fffd}\u{fffd}A".to_string(), Some(2..8)));
}

/// The message about a string, and the text that it is about.
fn wrong(text: &str) -> (String, &str) {
    let error = tree(text).expect_err(text);
    (error.message, &text[error.at])
}

#[test]
fn mistakes_are_told_where_they_are() {
    let cases = [
        ("", "expected a value, but the text ends here", ""),
        ("[1,]", "expected a value after this comma", ","),
        (r#"{"a":1,}"#, "expected a key in double quotes after this comma", ","),
        ("[1 2]", "expected `,` or `]`, found `2`", "2"),
        (r#"{"a" 1}"#, "expected `:` after the key, found `1`", "1"),
        ("{a:1}", "expected a key in double quotes, found `a`", "a"),
        ("['a']", "expected a value; strings stand in double quotes", "'"),
        ("[// x\n1]", "expected a value; JSON has no comments", "/"),
        ("[01]", "expected `,` or `]`, found `1`", "1"),
        ("[.5]", "expected a value, found `.5`", ".5"),
        ("NaN", "expected a value, found `NaN`", "NaN"),
        ("1 2", "more text follows the value", "2"),
        ("\u{feff}1", "a byte order mark is not part of JSON; save the file without it", "\u{feff}"),
        ("[\"a", "this string is not closed", "\"a"),
        ("[\"\\", "this string is not closed", "\\"),
        (r#""\x""#, "`\\x` is not an escape of JSON", "\\x"),
        (r#""\é""#, "`\\é` is not an escape of JSON", "\\é"),
        ("\"\\u12é\"", "expected four hexadecimal digits after `\\u`", "\\u"),
        ("\"\\ud800\\u12é\"", "expected four hexadecimal digits after `\\u`", "\\u"),
        ("\"a\tb\"", "a string holds a control character; write it as an escape, such as \\n", "\t"),
    ];
    for (text, message, place) in cases {
        assert_eq!(wrong(text), (message.to_string(), place), "{text:?}");
    }
}

#[test]
fn dialects_differ() {
    let python = |text| parse(text, PYTHON, LIMITS).map(|node| node.value);
    let constant = |text: &str| Value::Number { text: text.into(), whole: false };
    for word in ["NaN", "Infinity", "-Infinity"] {
        assert_eq!(python(word), Ok(constant(word)));
    }
    let lenient = Dialect { control_characters: true, ..Dialect::RFC };
    assert!(parse("\"a\tb\"", lenient, LIMITS).is_ok());
    let jackson = Dialect { trailing_text: true, ..Dialect::RFC };
    assert_eq!(parse("[] x", jackson, LIMITS).map(|node| node.at), Ok(0..2));
}

#[test]
fn size_and_depth_are_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(tree(&nested(50)).is_ok());
    assert_eq!(wrong(&nested(51)), ("arrays and objects are nested more than 50 deep".to_string(), "["));
    let many = format!("[{}0]", "0,".repeat(999));
    assert_eq!(tree(&many).unwrap_err().message, "there are more than 1000 values");
}

proptest::proptest! {
    /// Whatever the text, reading ends with a value or an error inside it; serde_json agrees on what is JSON.
    #[test]
    fn any_text_is_read(text in r#"([\[\]{},: \n"\\u0-9a-fé+.-]|true|null|"a"|\\ud83d|\\ude00){0,24}"#) {
        match tree(&text) {
            Ok(node) => {
                assert!(text.get(node.at).is_some());
                let lone = text.contains("\\u");
                let large = text.contains('e') || text.contains('E');
                assert!(lone || large || serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{text}");
            }
            Err(error) => {
                assert!(text.get(error.at).is_some(), "{text}");
                assert!(serde_json::from_str::<serde::de::IgnoredAny>(&text).is_err(), "{text}");
            }
        }
    }
}
