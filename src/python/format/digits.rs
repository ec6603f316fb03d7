//! The digits of a float, exact, as C's printf writes them. Signs are the caller's business.

/// Digits after the point that any double can have; more are zeros.
const MAX_DIGITS: usize = 1100;

fn padded(mut text: String, missing: usize, at: Option<usize>) -> String {
    let zeros = "0".repeat(missing);
    match at {
        Some(at) => text.insert_str(at, &zeros),
        None => text.push_str(&zeros),
    }
    text
}

/// `%.{precision}f` of a number that is finite and not negative.
pub(super) fn fixed(x: f64, precision: usize) -> String {
    let exact = precision.min(MAX_DIGITS);
    padded(format!("{x:.exact$}"), precision - exact, None)
}

/// `%.{precision}e` of a number that is finite and not negative.
pub(super) fn exponential(x: f64, precision: usize) -> String {
    let exact = precision.min(MAX_DIGITS);
    let text = format!("{x:.exact$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    let text = format!("{mantissa}e{sign}{:02}", exponent.abs());
    padded(text, precision - exact, Some(mantissa.len()))
}

/// `%.{precision}g` of a number that is finite and not negative; `keep_zeros` is the flag `#`.
pub(super) fn general(x: f64, precision: usize, keep_zeros: bool) -> String {
    general_from(x, precision, keep_zeros, precision.max(1) as i32)
}

/// As [`general`], with an exponent from `10^limit` on.
pub(super) fn general_from(x: f64, precision: usize, keep_zeros: bool, limit: i32) -> String {
    let precision = precision.max(1);
    let text = exponential(x, precision - 1);
    let exponent: i32 = text.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    if (-4..limit).contains(&exponent) {
        let decimals = (precision as i64 - 1 - i64::from(exponent)).max(0) as usize;
        let text = fixed(x, decimals);
        return if keep_zeros { with_point(text) } else { trimmed(&text).to_string() };
    }
    let (mantissa, tail) = text.split_at(text.find('e').unwrap_or(text.len()));
    let mantissa = if keep_zeros { with_point(mantissa.to_string()) } else { trimmed(mantissa).to_string() };
    format!("{mantissa}{tail}")
}

/// With a point after the digits, as the flag `#` wants.
pub(super) fn with_point(text: String) -> String {
    if text.contains('.') {
        return text;
    }
    match text.find('e') {
        Some(at) => format!("{}.{}", &text[..at], &text[at..]),
        None => text + ".",
    }
}

fn trimmed(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// A float in one of the notations `e`, `f`, `g` or their capitals, without its sign; `inf` and `nan` likewise.
pub(super) fn notation(x: f64, kind: char, precision: usize, alternate: bool) -> String {
    let magnitude = x.abs();
    let text = if x.is_nan() {
        "nan".to_string()
    } else if x.is_infinite() {
        "inf".to_string()
    } else {
        let text = match kind.to_ascii_lowercase() {
            'e' => exponential(magnitude, precision),
            'f' => fixed(magnitude, precision),
            _ => general(magnitude, precision, alternate),
        };
        if alternate { with_point(text) } else { text }
    };
    if kind.is_ascii_uppercase() { text.to_ascii_uppercase() } else { text }
}
