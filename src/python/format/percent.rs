//! `text % values`, as C's printf with Python's extensions.

use std::borrow::Cow;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Signed};

use super::digits;
use super::show::{repr, to_text};
use crate::python::params::{OBJECT_HELP, a, overflow};
use crate::template::Kind;
use crate::template::value::{Fault, Text, TextBuilder, Value, Vm};

/// `format % values`: a tuple gives one value for each conversion, a dict those with names, anything else one value.
///
/// # Errors
/// For malformed conversions, too many or too few values, and values that a conversion does not take.
pub fn percent(vm: &mut dyn Vm, format: &Text, values: &Value) -> Result<Text, Fault> {
    let mut out = TextBuilder::new();
    let mut supply = Supply::new(values);
    let source = format.as_str();
    let mut at = 0;
    while let Some(offset) = source[at..].find('%') {
        out.push_part(format, at..at + offset);
        let start = at + offset;
        let (conversion, end) = parse(vm, source, start, &mut supply)?;
        at = end;
        if conversion.kind == '%' {
            out.push_part(format, end - 1..end);
            continue;
        }
        let value = supply.next(source, start, end)?;
        write(vm, &mut out, &conversion, &value, format, start..end)?;
        vm.charge_text(out.len())?;
    }
    out.push_part(format, at..source.len());
    supply.finish(source)?;
    vm.charge_text(out.len())?;
    Ok(out.finish())
}

/// Where the values come from.
struct Supply<'a> {
    whole: &'a Value,
    /// The values one after the other; the value of a named conversion goes before them.
    queue: std::vec::IntoIter<Value>,
    named: Option<Value>,
    /// Whether leftovers matter: dicts, lists and template containers may have more than is used.
    strict: bool,
    used: usize,
}

impl<'a> Supply<'a> {
    fn new(values: &'a Value) -> Supply<'a> {
        let queue = values.tuple_items().map_or_else(|| vec![values.clone()], Cow::into_owned);
        Supply { whole: values, queue: queue.into_iter(), named: None, strict: !is_mapping(values), used: 0 }
    }

    fn next(&mut self, format: &str, start: usize, end: usize) -> Result<Value, Fault> {
        if let Some(value) = self.named.take() {
            return Ok(value);
        }
        self.used += 1;
        self.queue.next().ok_or_else(|| {
            let wanted = format.matches('%').count() - 2 * format.matches("%%").count();
            let message = format!("no value is left for `{}`", &format[start..end]);
            Fault::type_error(message)
                .help(format!("the format has {wanted} conversions, but {} given", are(self.used - 1)))
        })
    }

    fn lookup(&mut self, vm: &mut dyn Vm, name: &str) -> Result<(), Fault> {
        if !is_mapping(self.whole) {
            let message = format!("`%({name})` needs a dict behind the %, not {}", a(self.whole));
            return Err(Fault::type_error(message));
        }
        self.named = Some(vm.item(self.whole, &Value::str(name))?);
        // Once a name has been used, the dict itself is no value any more.
        self.queue = Vec::new().into_iter();
        Ok(())
    }

    fn finish(self, format: &str) -> Result<(), Fault> {
        let left = self.queue.len();
        if left == 0 || !self.strict {
            return Ok(());
        }
        let message = format!(
            "{} left over: the format has no place for {}",
            if left == 1 { "1 value is".to_string() } else { format!("{left} values are") },
            if left == 1 { "it" } else { "them" }
        );
        let fault = Fault::type_error(message);
        Err(if format.contains("{}") || format.contains("{0}") {
            fault.help("for {} write .format(...) instead of %")
        } else if self.used == 0 && !format.contains('%') {
            fault.help("the text has no conversion such as %s")
        } else {
            fault
        })
    }
}

fn are(count: usize) -> String {
    if count == 1 { "1 value is".to_string() } else { format!("{count} values are") }
}

fn is_mapping(value: &Value) -> bool {
    match value {
        Value::Dict(_) | Value::List(_) | Value::Range(_) => true,
        Value::Object(o) => matches!(o.ty().kind(), Kind::List(_) | Kind::Map(..)),
        _ => false,
    }
}

/// One `%…` of a format.
#[derive(Debug, Default)]
struct Conversion {
    minus: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
    kind: char,
}

impl Conversion {
    /// Whether it is `%d` without flags, width or precision.
    fn is_bare_integer(&self) -> bool {
        let flags = self.minus || self.plus || self.space || self.alternate || self.zero;
        matches!(self.kind, 'd' | 'i' | 'u') && !flags && self.width == 0 && self.precision.is_none()
    }
}

/// Parses the conversion at `start`; gives it and where it ends.
fn parse(
    vm: &mut dyn Vm,
    format: &str,
    start: usize,
    supply: &mut Supply<'_>,
) -> Result<(Conversion, usize), Fault> {
    let mut conversion = Conversion::default();
    let mut at = start + 1;
    let incomplete = || {
        Fault::value_error("the format ends in the middle of a conversion")
            .help("write %% for a percent sign")
    };
    if format[at..].starts_with('(') {
        let close = closing(format, at).ok_or_else(incomplete)?;
        supply.lookup(vm, &format[at + 1..close])?;
        at = close + 1;
    }
    let mut chars = format[at..].chars().peekable();
    let mut take =
        |chars: &mut std::iter::Peekable<std::str::Chars<'_>>| chars.next().inspect(|c| at += c.len_utf8());
    loop {
        match chars.peek() {
            Some('-') => conversion.minus = true,
            Some('+') => conversion.plus = true,
            Some(' ') => conversion.space = true,
            Some('#') => conversion.alternate = true,
            Some('0') => conversion.zero = true,
            _ => break,
        }
        take(&mut chars);
    }
    if chars.peek() == Some(&'*') {
        take(&mut chars);
        let width = star(supply, format, start)?;
        conversion.minus |= width < 0;
        conversion.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
    } else {
        while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
            conversion.width = conversion.width.saturating_mul(10).saturating_add(digit as usize);
            take(&mut chars);
        }
    }
    if chars.peek() == Some(&'.') {
        take(&mut chars);
        let mut precision = 0usize;
        if chars.peek() == Some(&'*') {
            take(&mut chars);
            precision = usize::try_from(star(supply, format, start)?).unwrap_or(0);
        } else {
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                precision = precision.saturating_mul(10).saturating_add(digit as usize);
                take(&mut chars);
            }
        }
        conversion.precision = Some(precision);
    }
    if matches!(chars.peek(), Some('h' | 'l' | 'L')) {
        take(&mut chars);
    }
    conversion.kind = take(&mut chars).ok_or_else(incomplete)?;
    vm.charge_text(conversion.width.max(conversion.precision.unwrap_or(0)))?;
    Ok((conversion, at))
}

/// The parenthesis that closes the one at `open`.
fn closing(format: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in format[open..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(open + at);
                }
            }
            _ => {}
        }
    }
    None
}

fn star(supply: &mut Supply<'_>, format: &str, start: usize) -> Result<i64, Fault> {
    let value = supply.next(format, start, start + 1)?;
    value
        .as_i64()
        .ok_or_else(|| Fault::type_error(format!("the width `*` needs a whole number, not {}", a(&value))))
}

fn write(
    vm: &mut dyn Vm,
    out: &mut TextBuilder,
    conversion: &Conversion,
    value: &Value,
    format: &Text,
    range: std::ops::Range<usize>,
) -> Result<(), Fault> {
    let place = format.span_of(range.clone());
    if let (Value::Int(n), true) = (value, conversion.is_bare_integer()) {
        out.push_made(itoa::Buffer::new().format(*n), place);
        return Ok(());
    }
    let (sign, body) = match conversion.kind {
        's' | 'r' | 'a' => {
            let text = match conversion.kind {
                's' => to_text(vm, value)?,
                _ => repr(vm, value)?.into(),
            };
            let text = match conversion.precision {
                Some(most) => match text.as_str().char_indices().nth(most) {
                    Some((cut, _)) => text.slice(0..cut),
                    None => text,
                },
                None => text,
            };
            let missing = conversion.width.saturating_sub(text.as_str().chars().count());
            let blanks = " ".repeat(missing);
            if !conversion.minus {
                out.push_made(&blanks, place);
            }
            if text.span().is_none() {
                out.push_made(text.as_str(), place)
            } else {
                out.push(&text)
            }
            if conversion.minus {
                out.push_made(&blanks, place);
            }
            return Ok(());
        }
        'c' => (String::new(), character(value)?),
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => integer(conversion, value)?,
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => float(conversion, value)?,
        other => {
            let message = format!("`%{other}` is no conversion");
            let fault = Fault::value_error(message);
            return Err(
                fault.help("the conversions are %s %r %d %x %o %e %f %g %c; a percent sign is written %%")
            );
        }
    };
    let missing = conversion.width.saturating_sub(sign.len() + body.chars().count());
    let numeric = conversion.kind != 'c';
    let padded = if conversion.minus {
        format!("{sign}{body}{}", " ".repeat(missing))
    } else if conversion.zero && numeric {
        format!("{sign}{}{body}", "0".repeat(missing))
    } else {
        format!("{}{sign}{body}", " ".repeat(missing))
    };
    out.push_made(&padded, place);
    Ok(())
}

fn character(value: &Value) -> Result<String, Fault> {
    let found = match value {
        Value::Str(text) if text.as_str().chars().count() == 1 => text.as_str().chars().next(),
        other => other.as_i64().and_then(|n| u32::try_from(n).ok()).and_then(char::from_u32),
    };
    found
        .map(String::from)
        .ok_or_else(|| Fault::type_error(format!("%c needs one character or its number, not {}", a(value))))
}

fn needs_number(conversion: &Conversion, value: &Value) -> Fault {
    let fault = Fault::type_error(format!("%{} needs a number, not {}", conversion.kind, a(value)));
    match value {
        Value::Object(_) => fault.help(OBJECT_HELP),
        Value::Str(_) => fault.help("use %s, or convert the text with int(...) or float(...)"),
        _ => fault.help("use %s to print any value"),
    }
}

fn sign(conversion: &Conversion, negative: bool) -> &'static str {
    match (negative, conversion.plus, conversion.space) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    }
}

fn integer(conversion: &Conversion, value: &Value) -> Result<(String, String), Fault> {
    let number = match value {
        Value::Float(x) => BigInt::from_f64(x.trunc())
            .ok_or_else(|| overflow(&format!("{} is no whole number", value.repr())))?,
        other => other.as_bigint().ok_or_else(|| needs_number(conversion, value))?,
    };
    let magnitude = number.abs();
    let (prefix, digits) = match conversion.kind {
        'o' => (if number == BigInt::ZERO { "" } else { "0" }, magnitude.to_str_radix(8)),
        'x' => ("0x", magnitude.to_str_radix(16)),
        'X' => ("0X", magnitude.to_str_radix(16).to_uppercase()),
        _ => ("", magnitude.to_string()),
    };
    let missing = conversion.precision.unwrap_or(0).saturating_sub(digits.len());
    let digits = "0".repeat(missing) + &digits;
    let prefix = if conversion.alternate { prefix } else { "" };
    Ok((format!("{}{prefix}", sign(conversion, number.is_negative())), digits))
}

fn float(conversion: &Conversion, value: &Value) -> Result<(String, String), Fault> {
    if !value.is_number() {
        return Err(needs_number(conversion, value));
    }
    let x = crate::python::params::float("%", value)?;
    let precision = conversion.precision.unwrap_or(6);
    let body = digits::notation(x, conversion.kind, precision, conversion.alternate);
    Ok((sign(conversion, x.is_sign_negative() && !x.is_nan()).to_string(), body))
}
