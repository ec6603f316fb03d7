//! `str()` and `repr()` of values, in Python 2's forms.

use std::borrow::Cow;
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
        Repr::written(|repr| repr.text(self))
    }

    /// [`Value::to_text`] without a copy, where the value is text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Value::Str(text) => Cow::Borrowed(text.as_str()),
            other => Cow::Owned(other.to_text()),
        }
    }

    /// Python's `repr(value)`. What is larger than [`MAX_SHOWN`], or contains itself, ends in `...`.
    pub fn repr(&self) -> String {
        self.repr_within(MAX_SHOWN)
    }

    /// [`Value::repr`] with room for about this number of bytes.
    pub fn repr_within(&self, most: usize) -> String {
        let mut repr = Repr { most, ..Repr::default() };
        repr.value(self);
        repr.out
    }
}

/// A value for a message: short, on one line.
pub(in crate::template) fn shown(value: &Value) -> String {
    let is_object = |item: &Value| matches!(item, Value::Object(_));
    const MOST: usize = 60;
    let text = match value {
        Value::Str(t) => quote(t.as_str()),
        Value::Object(o) => format!("a {} object", o.ty().written()),
        Value::Native(n) => format!("a {}", n.type_name()),
        Value::List(items) if items.borrow().iter().any(is_object) => "a list of objects".to_string(),
        Value::Tuple(items) if items.iter().any(is_object) => "a tuple of objects".to_string(),
        other => other.repr_within(4 * MOST),
    };
    if text.chars().count() <= MOST {
        text
    } else {
        format!("{}…", text.chars().take(MOST).collect::<String>())
    }
}

/// Bytes after which the text of a container ends in `...`.
const MAX_SHOWN: usize = 1 << 20;

/// Native values inside native values that are written out.
const MAX_NATIVES: usize = 50;

/// Containers inside containers whose text is written out.
const MAX_NESTED: usize = 1000;

/// The text of a value being written.
#[derive(Debug)]
pub struct Repr {
    out: String,
    most: usize,
    /// Containers around the current value.
    depth: usize,
    /// Native values around the current value.
    natives: usize,
}

impl Default for Repr {
    fn default() -> Repr {
        Repr { out: String::new(), most: MAX_SHOWN, depth: 0, natives: 0 }
    }
}

impl Repr {
    /// What a function writes.
    pub fn written(write: impl FnOnce(&mut Repr)) -> String {
        let mut repr = Repr::default();
        write(&mut repr);
        repr.out
    }

    /// Writes characters as they are.
    pub fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes `str(value)`.
    pub fn text(&mut self, value: &Value) {
        match value {
            Value::Str(t) => self.push(t.as_str()),
            Value::Float(x) => self.push(&float_str(*x)),
            Value::Object(o) => match o.text() {
                Ok(text) => self.push(text.as_str()),
                Err(_) => self.value(value),
            },
            Value::Native(n) => self.native(|repr| n.write_text(repr)),
            other => self.value(other),
        }
    }

    fn native(&mut self, write: impl FnOnce(&mut Repr)) {
        if self.natives >= MAX_NATIVES {
            return self.push("...");
        }
        self.natives += 1;
        write(self);
        self.natives -= 1;
    }

    /// Writes `repr(value)`.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::None => self.out.push_str("None"),
            Value::Empty => self.out.push_str("Empty"),
            Value::Bool(b) => self.out.push_str(if *b { "True" } else { "False" }),
            Value::Int(n) => self.out.push_str(&n.to_string()),
            Value::Big(n) => self.out.push_str(&n.to_string()),
            Value::Float(x) => self.out.push_str(&float_repr(*x)),
            Value::Str(t) => self.out.push_str(&quote(t.as_str())),
            Value::List(l) => match l.try_borrow() {
                Ok(items) => self.items("[", items.iter(), "]"),
                Err(_) => self.out.push_str("[...]"),
            },
            Value::Tuple(t) => self.items("(", t.iter(), if t.len() == 1 { ",)" } else { ")" }),
            Value::Dict(d) => self.all("{", d.borrow().iter(), "}", |repr, (key, entry)| {
                repr.value(key);
                repr.out.push_str(": ");
                repr.value(&entry.value);
            }),
            Value::Set(s) => {
                let s = s.borrow();
                let open = if s.frozen { "frozenset([" } else { "set([" };
                self.items(open, s.iter(), "])");
            }
            Value::Range(r) => {
                self.all("[", (0..r.len().min(1000)).map(|i| r.at(i)), "]", |repr, n| {
                    repr.out.push_str(&n.to_string());
                });
            }
            Value::Object(o) => {
                let text = o.repr().unwrap_or_else(|f| format!("<{}: {}>", o.ty().name(), f.message()));
                self.out.push_str(&text);
            }
            Value::Type(t) => self.out.push_str(&format!("<class '{}'>", t.name())),
            Value::Signature(s) => self.out.push_str(&format!("TypeSignature({})", s.ty.name())),
            Value::Native(n) => self.native(|repr| n.write_repr(repr)),
        }
    }

    /// Writes items between brackets.
    pub fn items<'v>(&mut self, open: &str, items: impl Iterator<Item = &'v Value>, close: &str) {
        self.all(open, items, close, Repr::value);
    }

    fn all<T>(
        &mut self,
        open: &str,
        items: impl Iterator<Item = T>,
        close: &str,
        write: impl Fn(&mut Repr, T),
    ) {
        self.out.push_str(open);
        self.depth += 1;
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            if self.depth > MAX_NESTED || self.out.len() > self.most {
                self.out.push_str("...");
                break;
            }
            write(self, item);
        }
        self.depth -= 1;
        self.out.push_str(close);
    }
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
