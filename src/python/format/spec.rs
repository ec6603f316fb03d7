//! The specification of a format: `[[fill]align][sign][#][0][width][,][.precision][type]`.

use crate::python::params::a;
use crate::template::value::{Fault, Value};

/// The part after the colon of `{0:>5}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spec {
    pub(super) fill: Option<char>,
    pub(super) align: Option<char>,
    pub(super) sign: Option<char>,
    pub(super) alternate: bool,
    pub(super) zero: bool,
    pub(super) width: usize,
    /// `,` or `_` between groups of digits.
    pub(super) grouping: Option<char>,
    pub(super) precision: Option<usize>,
    pub(super) kind: Option<char>,
}

impl Spec {
    /// A specification from its text.
    pub(super) fn parse(text: &str) -> Result<Spec, Fault> {
        let mut spec = Spec::default();
        let chars: Vec<char> = text.chars().collect();
        let is_align = |c: Option<&char>| c.is_some_and(|c| "<>=^".contains(*c));
        let mut at = 0;
        if is_align(chars.get(1)) {
            spec.fill = Some(chars[0]);
            spec.align = Some(chars[1]);
            at = 2;
        } else if is_align(chars.first()) {
            spec.align = Some(chars[0]);
            at = 1;
        }
        let next_is = |at: usize, set: &str| chars.get(at).copied().filter(|c| set.contains(*c));
        if let Some(sign) = next_is(at, "+- ") {
            spec.sign = Some(sign);
            at += 1;
        }
        if next_is(at, "#").is_some() {
            spec.alternate = true;
            at += 1;
        }
        if next_is(at, "0").is_some() {
            spec.zero = true;
            at += 1;
        }
        spec.width = number(&chars, &mut at).unwrap_or(0);
        if let Some(grouping) = next_is(at, ",_") {
            spec.grouping = Some(grouping);
            at += 1;
        }
        if next_is(at, ".").is_some() {
            at += 1;
            let precision = number(&chars, &mut at);
            spec.precision = Some(precision.ok_or_else(|| bad(text, "a number must follow the point"))?);
        }
        spec.kind = chars.get(at).copied();
        if chars.len() > at + 1 {
            return Err(bad(text, "the parts are [fill and align][sign][#][0][width][,][.precision][type]"));
        }
        Ok(spec)
    }
}

fn number(chars: &[char], at: &mut usize) -> Option<usize> {
    let mut value: Option<usize> = None;
    while let Some(digit) = chars.get(*at).and_then(|c| c.to_digit(10)) {
        value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(digit as usize));
        *at += 1;
    }
    value
}

/// The error for a specification that is malformed, or does not fit the value.
pub(super) fn bad(text: &str, why: &str) -> Fault {
    Fault::value_error(format!("`{text}` is no format specification: {why}"))
}

/// The error for a type letter that a value does not take.
pub(super) fn wrong_kind(kind: char, value: &Value) -> Fault {
    let fault = Fault::value_error(format!("the format type `{kind}` does not fit {}", a(value)));
    match value {
        Value::Object(_) => fault.help(crate::python::params::OBJECT_HELP),
        Value::Str(_) if "bcdoxXneEfFgG%".contains(kind) => {
            fault.help("convert the text with int(...) or float(...)")
        }
        _ => fault,
    }
}

/// How much of the padding goes to the left and to the right.
pub(super) fn split_padding(align: char, missing: usize) -> (usize, usize) {
    match align {
        '<' => (0, missing),
        '^' => (missing / 2, missing - missing / 2),
        _ => (missing, 0),
    }
}
