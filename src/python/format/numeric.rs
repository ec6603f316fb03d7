//! `format(number, spec)`.

use num_traits::Signed;

use super::digits;
use super::spec::{Spec, split_padding, wrong_kind};
use crate::python::params::float;
use crate::template::value::{Fault, Value, float_str};

/// A number in its parts: everything is laid out from these.
struct Parts {
    negative: bool,
    prefix: &'static str,
    /// Digits before the point, or a word such as `inf`.
    whole: String,
    /// The point and everything after it.
    tail: String,
    /// Digits in a group: 3, or 4 for other bases; 0 where there are no groups.
    group: usize,
}

/// A number formatted as specified.
pub(super) fn format_number(value: &Value, spec: &Spec) -> Result<String, Fault> {
    let is_float = matches!(value, Value::Float(_));
    let parts = match spec.kind {
        None if is_float => plain_float(value, spec)?,
        None | Some('b' | 'c' | 'd' | 'o' | 'x' | 'X') if !is_float => integer(value, spec)?,
        Some('n') if !is_float => integer(value, spec)?,
        Some(kind @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) => float_parts(value, spec, kind)?,
        Some('s') if matches!(value, Value::Bool(_)) => return Err(wrong_kind('s', value)),
        kind => return Err(wrong_kind(kind.unwrap_or('d'), value)),
    };
    Ok(layout(parts, spec))
}

fn integer(value: &Value, spec: &Spec) -> Result<Parts, Fault> {
    if spec.precision.is_some() {
        return Err(Fault::value_error("whole numbers take no precision")
            .help("add the type f for decimals, as in .2f"));
    }
    let number = value.as_bigint().unwrap_or_default();
    let magnitude = number.abs();
    let kind = spec.kind.unwrap_or('d');
    if kind == 'c' {
        return character(value, spec);
    }
    if spec.grouping == Some(',') && !matches!(kind, 'd' | 'n') {
        return Err(Fault::value_error(format!("`,` does not go together with the type `{kind}`")));
    }
    let (prefix, whole) = match kind {
        'b' => ("0b", magnitude.to_str_radix(2)),
        'o' => ("0o", magnitude.to_str_radix(8)),
        'x' => ("0x", magnitude.to_str_radix(16)),
        'X' => ("0X", magnitude.to_str_radix(16).to_uppercase()),
        _ => ("", magnitude.to_string()),
    };
    let group = if matches!(kind, 'd' | 'n') { 3 } else { 4 };
    let prefix = if spec.alternate { prefix } else { "" };
    Ok(Parts { negative: number.is_negative(), prefix, whole, tail: String::new(), group })
}

fn character(value: &Value, spec: &Spec) -> Result<Parts, Fault> {
    if spec.sign.is_some() || spec.grouping.is_some() || spec.alternate {
        return Err(Fault::value_error("the type `c` takes no sign, `#` or `,`"));
    }
    let found = value.as_i64().and_then(|n| u32::try_from(n).ok()).and_then(char::from_u32);
    let c = found.ok_or_else(|| Fault::value_error(format!("{} is no character", value.repr())))?;
    Ok(Parts { negative: false, prefix: "", whole: c.to_string(), tail: String::new(), group: 0 })
}

fn float_parts(value: &Value, spec: &Spec, kind: char) -> Result<Parts, Fault> {
    let mut x = float("format", value)?;
    let precision = spec.precision.unwrap_or(6);
    let text = match kind {
        '%' => {
            x *= 100.0;
            digits::notation(x, 'f', precision, spec.alternate) + "%"
        }
        'n' => digits::notation(x, 'g', precision, spec.alternate),
        _ => digits::notation(x, kind, precision, spec.alternate),
    };
    Ok(split(x, text))
}

/// A float without a type: like `str()`, or with a precision like `g`, but always recognisable as a float.
fn plain_float(value: &Value, spec: &Spec) -> Result<Parts, Fault> {
    let x = float("format", value)?;
    if !x.is_finite() {
        return Ok(split(x, digits::notation(x, 'g', 1, false)));
    }
    let text = match spec.precision {
        None => float_str(x.abs()),
        Some(precision) => {
            let text = digits::general_from(x.abs(), precision, false, precision.max(1) as i32 - 1);
            let recognisable = text.contains(['.', 'e']);
            if recognisable { text } else { text + ".0" }
        }
    };
    Ok(split(x, text))
}

fn split(x: f64, text: String) -> Parts {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (whole, tail) = if x.is_finite() { text.split_at(end) } else { ("", text.as_str()) };
    let (whole, tail) = (whole.to_string(), tail.to_string());
    Parts { negative: x.is_sign_negative() && !x.is_nan(), prefix: "", whole, tail, group: 3 }
}

fn layout(parts: Parts, spec: &Spec) -> String {
    let sign = match (parts.negative, spec.sign) {
        (true, _) => "-",
        (_, Some('+')) => "+",
        (_, Some(' ')) => " ",
        _ => "",
    };
    let head = sign.len() + parts.prefix.len();
    let align = spec.align.unwrap_or(if spec.zero { '=' } else { '>' });
    let fill = spec.fill.unwrap_or(if spec.zero { '0' } else { ' ' });
    let tail_len = parts.tail.chars().count();
    let whole = match spec.grouping.filter(|_| parts.group > 0 && !parts.whole.is_empty()) {
        None => parts.whole,
        // Zeros in front are grouped like other digits.
        Some(mark) if fill == '0' && align == '=' => {
            let room = spec.width.saturating_sub(head + tail_len);
            zero_padded(&parts.whole, mark, parts.group, room)
        }
        Some(mark) => grouped(&parts.whole, mark, parts.group),
    };
    let length = head + whole.chars().count() + tail_len;
    let missing = spec.width.saturating_sub(length);
    let padding = |n: usize| fill.to_string().repeat(n);
    if align == '=' {
        return format!("{sign}{}{}{whole}{}", parts.prefix, padding(missing), parts.tail);
    }
    let (left, right) = split_padding(align, missing);
    format!("{}{sign}{}{whole}{}{}", padding(left), parts.prefix, parts.tail, padding(right))
}

fn grouped(digits: &str, mark: char, size: usize) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (index, c) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(size) {
            out.push(mark);
        }
        out.push(c);
    }
    out
}

fn zero_padded(digits: &str, mark: char, size: usize, room: usize) -> String {
    let mut count = digits.len();
    while count + (count - 1) / size < room {
        count += 1;
    }
    grouped(&format!("{}{digits}", "0".repeat(count - digits.len())), mark, size)
}
