//! Methods of strings that take them apart or put them together.

use rustc_hash::FxHashSet;

use super::case::is_space;
use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::iterate::iterate;
use crate::python::params::{OBJECT_HELP, a};
use crate::template::value::{Fault, Text, TextBuilder, Value, Vm};

pub(super) const METHODS: Table = builtins![
    join(self, iterable) Metered => |vm, s: Text, items: Value| join_values(vm, &s, &items).map(Value::Str),
    split(self, sep = None, maxsplit = -1) Scan(0) => |vm, s: Text, by: OrNone<Text>, most: OrNone<i64>| {
        split(vm, "split", &s, by, most, split_left, blanks_left)
    },
    rsplit(self, sep = None, maxsplit = -1) Scan(0) => |vm, s: Text, by: OrNone<Text>, most: OrNone<i64>| {
        split(vm, "rsplit", &s, by, most, split_right, blanks_right)
    },
    splitlines(self, keepends = False) Scan(0) => splitlines,
    partition(self, sep) Scan(0) => |_, s: Text, by: Text| {
        partition("partition", &s, &by, s.as_str().find(by.as_str()), s.as_str().len())
    },
    rpartition(self, sep) Scan(0) => |_, s: Text, by: Text| {
        partition("rpartition", &s, &by, s.as_str().rfind(by.as_str()), 0)
    },
    strip(self, chars = None) Scan(0) => |_, s: Text, chars: OrNone<Text>| strip(&s, &chars, true, true),
    lstrip(self, chars = None) Scan(0) => |_, s: Text, chars: OrNone<Text>| strip(&s, &chars, true, false),
    rstrip(self, chars = None) Scan(0) => |_, s: Text, chars: OrNone<Text>| strip(&s, &chars, false, true),
];

type Ranges = Vec<std::ops::Range<usize>>;

/// The strings that a value holds, joined.
///
/// # Errors
/// When an item is not a string, or the result larger than allowed.
pub fn join_values(vm: &mut dyn Vm, separator: &Text, items: &Value) -> Result<Text, Fault> {
    let mut walk = iterate(items)
        .map_err(|_| Fault::type_error(format!("join() needs a list of texts, not {}", a(items))))?;
    let mut parts = Vec::new();
    while let Some(item) = walk.next(vm)? {
        match item {
            Value::Str(text) => parts.push(text),
            other => {
                let message = format!("join() needs texts, but item {} is {}", parts.len(), a(&other));
                let fault = Fault::type_error(message);
                return Err(match other {
                    Value::Object(_) => fault.help(OBJECT_HELP),
                    _ => fault.help("convert the items first: join(str(x) for x in ...)"),
                });
            }
        }
        if parts.len() > vm.budgets().items {
            vm.charge_items(parts.len())?;
        }
    }
    join(vm, separator, &parts)
}

/// Strings joined by a separator.
fn join(vm: &mut dyn Vm, separator: &Text, parts: &[Text]) -> Result<Text, Fault> {
    let bytes: usize = parts.iter().map(|p| p.as_str().len()).sum();
    let between = separator.as_str().len().saturating_mul(parts.len().saturating_sub(1));
    vm.charge_text(bytes.saturating_add(between))?;
    let mut builder = TextBuilder::new();
    // The result is a unicode string if the separator is one, even where that stands nowhere in it.
    builder.push_part(separator, 0..0);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            builder.push(separator);
        }
        builder.push(part);
    }
    Ok(builder.finish())
}

fn split(
    vm: &mut dyn Vm,
    name: &str,
    receiver: &Text,
    separator: OrNone<Text>,
    most: OrNone<i64>,
    by_separator: fn(&str, &str, usize) -> Ranges,
    by_blanks: fn(&str, usize) -> Ranges,
) -> Result<Value, Fault> {
    let most = usize::try_from(most.0.unwrap_or(-1)).unwrap_or(usize::MAX);
    let ranges = match separator.0 {
        None => by_blanks(receiver.as_str(), most),
        Some(separator) if separator.as_str().is_empty() => {
            return Err(Fault::value_error(format!("the separator of {name}() is empty"))
                .help("to take single characters, write list(text)"));
        }
        Some(separator) => by_separator(receiver.as_str(), separator.as_str(), most),
    };
    pieces(vm, receiver, ranges)
}

fn pieces(vm: &mut dyn Vm, text: &Text, ranges: Ranges) -> Result<Value, Fault> {
    vm.charge_items(ranges.len())?;
    Ok(Value::list(ranges.into_iter().map(|r| Value::Str(text.slice(r))).collect()))
}

fn split_left(text: &str, separator: &str, most: usize) -> Ranges {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(separator).take(most) {
        ranges.push(start..at);
        start = at + separator.len();
    }
    ranges.push(start..text.len());
    ranges
}

fn split_right(text: &str, separator: &str, most: usize) -> Ranges {
    let mut ranges = Vec::new();
    let mut end = text.len();
    for (at, _) in text.rmatch_indices(separator).take(most) {
        ranges.push(at + separator.len()..end);
        end = at;
    }
    ranges.push(0..end);
    ranges.reverse();
    ranges
}

fn blanks_left(text: &str, most: usize) -> Ranges {
    let mut ranges: Ranges = Vec::new();
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start_matches(is_space);
        at = text.len() - rest.len();
        if rest.is_empty() {
            return ranges;
        }
        if ranges.len() == most {
            ranges.push(at..at + rest.trim_end_matches(is_space).len().max(rest.len()));
            return ranges;
        }
        let end = rest.find(is_space).map_or(text.len(), |n| at + n);
        ranges.push(at..end);
        at = end;
    }
}

fn blanks_right(text: &str, most: usize) -> Ranges {
    let mut ranges: Ranges = Vec::new();
    let mut end = text.len();
    loop {
        end = text[..end].trim_end_matches(is_space).len();
        if end == 0 {
            break;
        }
        if ranges.len() == most {
            ranges.push(0..end);
            break;
        }
        let start = text[..end]
            .char_indices()
            .rev()
            .find(|(_, c)| is_space(*c))
            .map_or(0, |(at, c)| at + c.len_utf8());
        ranges.push(start..end);
        end = start;
    }
    ranges.reverse();
    ranges
}

/// As for Python 2's plain text.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

fn splitlines(vm: &mut dyn Vm, receiver: Text, keep: Option<bool>) -> Result<Value, Fault> {
    let keep = keep.unwrap_or(false);
    let source = receiver.as_str();
    let mut ranges = Vec::new();
    let mut start = 0;
    while let Some(offset) = source[start..].find(is_line_end) {
        let end = start + offset;
        let length = match &source[end..] {
            rest if rest.starts_with("\r\n") => 2,
            rest => rest.chars().next().map_or(0, char::len_utf8),
        };
        ranges.push(start..if keep { end + length } else { end });
        start = end + length;
    }
    if start < source.len() {
        ranges.push(start..source.len());
    }
    pieces(vm, &receiver, ranges)
}

/// The parts before, of and after a separator; where it is not found, the whole string goes before or after `missing`.
fn partition(
    name: &str,
    receiver: &Text,
    separator: &Text,
    found: Option<usize>,
    missing: usize,
) -> Result<Value, Fault> {
    if separator.as_str().is_empty() {
        return Err(Fault::value_error(format!("the separator of {name}() is empty")));
    }
    let (first, second) = found.map_or((missing, missing), |at| (at, at + separator.as_str().len()));
    let parts = [0..first, first..second, second..receiver.as_str().len()];
    Ok(Value::tuple(parts.into_iter().map(|r| Value::Str(receiver.slice(r))).collect()))
}

fn strip(receiver: &Text, set: &OrNone<Text>, left: bool, right: bool) -> Result<Value, Fault> {
    let set: Option<FxHashSet<char>> = set.0.as_ref().map(|set| set.as_str().chars().collect());
    let strips = |c: char| set.as_ref().map_or_else(|| is_space(c), |set| set.contains(&c));
    let source = receiver.as_str();
    let start = if left { source.len() - source.trim_start_matches(strips).len() } else { 0 };
    let end = if right { start + source[start..].trim_end_matches(&strips).len() } else { source.len() };
    Ok(Value::Str(receiver.slice(start..end)))
}
