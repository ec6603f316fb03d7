//! Scalars as the scheduler's loader takes them: Jackson 2.5 lets a string stand for a number or a boolean, and anything
//! that is not nested for a string. Java's own rules say what a number is.

use super::mesos::Kind;
use crate::json::{Text, Value};

/// What a scalar of a file becomes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scalar {
    /// A string
    Text(Text<'static>),
    /// A boolean
    Bool(bool),
    /// A double; may be infinite or NaN
    Double(f64),
    /// A whole number
    Int(i64),
    /// A word of an enum
    Word(&'static str),
    /// Bytes, which nobody looks at
    Bytes,
}

/// What a value gives a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Coerced {
    /// A value.
    Set(Scalar),
    /// Nothing: null, or a string that counts as null.
    Unset,
    /// The scheduler stops; what the value must be, such as "true or false".
    Wrong(String),
}

/// What a value gives a field of a kind that is not a message.
pub(super) fn coerce(value: &Value, kind: Kind) -> Coerced {
    if matches!(value, Value::Null) {
        return Coerced::Unset;
    }
    match kind {
        Kind::String => string(value),
        Kind::Bytes => bytes(value),
        Kind::Bool => boolean(value),
        Kind::Double => double(value),
        Kind::Int32 => integer(value, i64::from(i32::MIN)..=i64::from(i32::MAX)),
        Kind::Int64 => integer(value, i64::MIN..=i64::MAX),
        Kind::Enum(words) => word(value, words),
        Kind::Message(_) => Coerced::Wrong("an object".to_string()),
    }
}

fn set_or(found: Option<Scalar>, wanted: &str) -> Coerced {
    found.map_or_else(|| Coerced::Wrong(wanted.to_string()), Coerced::Set)
}

fn string(value: &Value) -> Coerced {
    let plain = |text: &str| Text { value: text.to_string().into(), lone_surrogate: None };
    Coerced::Set(Scalar::Text(match value {
        Value::String(text) => text.clone(),
        Value::Number { text, .. } => plain(text),
        Value::Bool(true) => plain("true"),
        Value::Bool(false) => plain("false"),
        _ => return Coerced::Wrong("a string".to_string()),
    }))
}

/// The string without what Java's `trim` takes away; `None` where it then counts as null.
fn trimmed(text: &Text<'static>) -> Option<String> {
    let text = text.value.trim_matches(|c: char| c <= ' ');
    (!text.is_empty() && text != "null").then(|| text.to_string())
}

fn boolean(value: &Value) -> Coerced {
    let wanted = "true or false";
    let found = match value {
        Value::Bool(value) => Some(*value),
        Value::Number { text, whole: true } => Some(!matches!(&**text, "0" | "-0")),
        Value::String(text) => match trimmed(text).as_deref() {
            None => return Coerced::Unset,
            Some("true" | "True") => Some(true),
            Some("false" | "False") => Some(false),
            Some(_) => None,
        },
        _ => None,
    };
    set_or(found.map(Scalar::Bool), wanted)
}

fn double(value: &Value) -> Coerced {
    let found = match value {
        Value::Number { text, .. } => text.parse().ok(),
        Value::String(text) => match trimmed(text) {
            None => return Coerced::Unset,
            Some(text) => java_double(&text),
        },
        _ => None,
    };
    set_or(found.map(Scalar::Double), "a number")
}

/// Java's `Double.parseDouble`, and Jackson's words for infinity.
fn java_double(text: &str) -> Option<f64> {
    match text {
        "INF" => return Some(f64::INFINITY),
        "-INF" => return Some(f64::NEG_INFINITY),
        _ => {}
    }
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let size = match rest {
        "NaN" => f64::NAN,
        "Infinity" => f64::INFINITY,
        _ => {
            let digits = rest.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(rest);
            match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
                Some(hexadecimal) => java_hexadecimal(hexadecimal)?,
                None => {
                    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
                    digits.bytes().all(plain).then(|| digits.parse::<f64>().ok())??
                }
            }
        }
    };
    Some(if negative { -size } else { size })
}

/// Java's hexadecimal floats, such as `1.8p3`, without their `0x`.
fn java_hexadecimal(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['p', 'P'])?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i32 = exponent.parse().ok()?;
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digits = whole.chars().chain(fraction.chars()).map(|c| c.to_digit(16).map(f64::from));
    let size = digits.collect::<Option<Vec<f64>>>()?.into_iter().fold(0.0, |size, digit| size * 16.0 + digit);
    Some(size * 2f64.powi(exponent.saturating_sub(4 * i32::try_from(fraction.len()).ok()?)))
}

fn integer(value: &Value, range: std::ops::RangeInclusive<i64>) -> Coerced {
    let found = match value {
        Value::Number { text, whole: true } => text.parse().ok(),
        Value::Number { text, whole: false } => text.parse().ok().and_then(truncated),
        Value::String(text) => match trimmed(text) {
            None => return Coerced::Unset,
            Some(text) => text.parse().ok(),
        },
        _ => None,
    };
    let found = found.filter(|n| range.contains(n));
    let bits = if *range.end() == i64::MAX { 64 } else { 32 };
    set_or(found.map(Scalar::Int), &format!("a whole number of {bits} bits"))
}

/// A fraction is cut off.
fn truncated(number: f64) -> Option<i64> {
    // Both bounds as doubles: the upper one is 2^63, which Java turns into the largest long.
    ((i64::MIN as f64)..=(i64::MAX as f64)).contains(&number).then_some(number as i64)
}

fn word(value: &Value, words: &'static [(&'static str, i32)]) -> Coerced {
    let found = match value {
        Value::String(text) => words.iter().find(|(word, _)| *word == text.value),
        Value::Number { text, whole: true } => {
            text.parse::<i32>().ok().and_then(|number| words.iter().find(|(_, n)| *n == number))
        }
        _ => None,
    };
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).take(MAX_WORDS).collect();
    set_or(found.map(|(word, _)| Scalar::Word(word)), &format!("one of {}", names.join(", ")))
}

/// Words of an enum that a message lists.
const MAX_WORDS: usize = 5;

fn bytes(value: &Value) -> Coerced {
    match value {
        Value::String(text) if is_base64(&text.value) => Coerced::Set(Scalar::Bytes),
        _ => Coerced::Wrong("a string in base64".to_string()),
    }
}

/// Whether Jackson takes this for base64. Spaces may stand between units of four characters; a lone character at the end
/// is not looked at.
fn is_base64(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
    let characters: Vec<char> = text.chars().collect();
    let mut rest = characters.as_slice();
    loop {
        let spaces = rest.iter().take_while(|c| **c <= ' ').count();
        rest = &rest[spaces.min(rest.len())..];
        match rest {
            [] | [_] => return true,
            [a, b, c, d, after @ ..] if digit(*a) && digit(*b) => {
                let sound = if *c == '=' { *d == '=' } else { digit(*c) && (*d == '=' || digit(*d)) };
                if !sound {
                    return false;
                }
                rest = after;
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_javas() {
        for text in ["1", "+1", "1.", ".5", "1d", "1f", "1e5", "0x1p3", "INF", "+NaN"] {
            assert!(java_double(text).is_some(), "{text}");
        }
        for text in ["", "0x10", "nan", "inf", "1L", "1_0", "1e", ".", "-", "1,5", "１"] {
            assert!(java_double(text).is_none(), "{text}");
        }
        assert_eq!(java_double("0x1.8p3"), Some(12.0));
        assert_eq!(truncated(5.9), Some(5));
        assert_eq!(truncated(9.3e18), None);
    }

    #[test]
    fn base64_is_jacksons() {
        for text in ["", "aGk=", "a", "aG==", "aGk=\n", "\naGk=", "aGkx aGkx", "aGk=x", "+/8="] {
            assert!(is_base64(text), "{text:?}");
        }
        for text in ["aGk", "aG k=", "aG=", "_-8=", "====", "é*aa"] {
            assert!(!is_base64(text), "{text:?}");
        }
    }
}
