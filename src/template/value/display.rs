//! `str()` and `repr()` of values, in Python 2's forms.

use std::fmt::Write as _;

use super::Value;

/// Digits of a float that Python 2's `str` keeps.
const STR_DIGITS: usize = 12;

/// A float as Python 2's `str` writes it: 12 significant digits, always with a point or an exponent.
pub fn float_str(x: f64) -> String {
    if !x.is_finite() {
        return special(x);
    }
    let text = format!("{:.*e}", STR_DIGITS - 1, x);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    layout(
        x.is_sign_negative(),
        if digits.is_empty() { "0" } else { digits },
        exponent,
        STR_DIGITS as i32 - 1,
    )
}

/// A float as `repr` writes it: the shortest digits that read back as the same number.
pub fn float_repr(x: f64) -> String {
    if !x.is_finite() {
        return special(x);
    }
    let text = format!("{x:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    layout(x.is_sign_negative(), &digits, exponent, 16)
}

fn special(x: f64) -> String {
    let word = if x.is_nan() {
        "nan"
    } else if x > 0.0 {
        "inf"
    } else {
        "-inf"
    };
    word.to_string()
}

/// Lays out significant digits: plain from 1e-4 up to `10^limit`, with an exponent outside.
fn layout(negative: bool, digits: &str, exponent: &str, limit: i32) -> String {
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if negative { "-" } else { "" };
    if !(-4..limit).contains(&exponent) {
        let (head, tail) = digits.split_at(1);
        let point = if tail.is_empty() { "" } else { "." };
        let mark = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{head}{point}{tail}e{mark}{:02}", exponent.abs());
    }
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", "0".repeat((-exponent - 1) as usize));
    }
    let whole = exponent as usize + 1;
    if digits.len() > whole {
        format!("{sign}{}.{}", &digits[..whole], &digits[whole..])
    } else {
        format!("{sign}{digits}{}.0", "0".repeat(whole - digits.len()))
    }
}

/// Text in quotes with escapes, as `repr` writes it (characters beyond ASCII stay as they are).
pub fn quote(text: &str) -> String {
    let mark = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(mark);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == mark => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 0x20 || c == '\u{7f}' => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push(mark);
    out
}

impl Value {
    /// Python's `str(value)`. Floats have 12 digits, as in Python 2.
    pub fn to_text(&self) -> String {
        match self {
            Value::Str(t) => t.as_str().to_string(),
            Value::Float(x) => float_str(*x),
            Value::Object(o) => o.text().map_or_else(|_| self.repr(), |t| t.as_str().to_string()),
            other => other.repr(),
        }
    }

    /// Python's `repr(value)`.
    pub fn repr(&self) -> String {
        match self {
            Value::None => "None".to_string(),
            Value::Empty => "Empty".to_string(),
            Value::Bool(b) => if *b { "True" } else { "False" }.to_string(),
            Value::Int(n) => n.to_string(),
            Value::Big(n) => n.to_string(),
            Value::Float(x) => float_repr(*x),
            Value::Str(t) => quote(t.as_str()),
            Value::List(l) => match l.try_borrow() {
                Ok(items) => format!("[{}]", joined(&items)),
                Err(_) => "[...]".to_string(),
            },
            Value::Tuple(t) if t.len() == 1 => format!("({},)", t[0].repr()),
            Value::Tuple(t) => format!("({})", joined(t)),
            Value::Dict(d) => {
                let d = d.borrow();
                let items: Vec<String> =
                    d.iter().map(|(k, e)| format!("{}: {}", k.repr(), e.value.repr())).collect();
                format!("{{{}}}", items.join(", "))
            }
            Value::Set(s) => {
                let s = s.borrow();
                let items: Vec<String> = s.iter().map(Value::repr).collect();
                let name = if s.frozen { "frozenset" } else { "set" };
                format!("{name}([{}])", items.join(", "))
            }
            Value::Range(r) => {
                let items: Vec<String> = (0..r.len().min(1000)).map(|i| r.at(i).to_string()).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(o) => o.repr().unwrap_or_else(|f| format!("<{}: {}>", o.ty().name(), f.message())),
            Value::Type(t) => format!("<class '{}'>", t.name()),
            Value::Signature(s) => format!("TypeSignature({})", s.ty.name()),
            Value::Native(n) => n.display(),
        }
    }
}

fn joined(items: &[Value]) -> String {
    items.iter().map(Value::repr).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_python_2() {
        let cases = [
            (1.0, "1.0"),
            (0.1 + 0.2, "0.3"),
            (1e11, "1e+11"),
            (1e10, "10000000000.0"),
            (1.0 / 3.0, "0.333333333333"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (-0.0, "-0.0"),
            (1_234_567.890_123_456_7, "1234567.89012"),
            (99999999999.5, "99999999999.5"),
            (123456789012.0, "1.23456789012e+11"),
        ];
        for (x, text) in cases {
            assert_eq!(float_str(x), text);
        }
        assert_eq!(float_repr(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(float_repr(1e16), "1e+16");
        assert_eq!(float_repr(123456789012.0), "123456789012.0");
    }

    #[test]
    fn text_is_quoted_like_python() {
        assert_eq!(quote("it's"), "\"it's\"");
        assert_eq!(quote("a\n\u{1}'\""), "'a\\n\\x01\\'\"'");
    }
}
