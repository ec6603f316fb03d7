//! Methods of text that take it apart or put it together.

use super::Table;
use super::text_case::is_space;
use crate::python::iterate::iterate;
use crate::python::ops::join;
use crate::python::params::{OBJECT_HELP, a, int_or, take, text, text_receiver};
use crate::template::value::{Args, Fault, Text, Value, Vm};

pub(super) const TABLE: Table = &[
    ("join", join_method),
    ("split", |m, a| split(m, "split", a, split_left, blanks_left)),
    ("rsplit", |m, a| split(m, "rsplit", a, split_right, blanks_right)),
    ("splitlines", splitlines),
    ("partition", |m, a| partition(m, "partition", a, |s, p| s.find(p), false)),
    ("rpartition", |m, a| partition(m, "rpartition", a, |s, p| s.rfind(p), true)),
    ("strip", |_, a| strip("strip", a, true, true)),
    ("lstrip", |_, a| strip("lstrip", a, true, false)),
    ("rstrip", |_, a| strip("rstrip", a, false, true)),
];

type Ranges = Vec<std::ops::Range<usize>>;

fn join_method(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (separator, args) = text_receiver("join", args)?;
    let ([items], []) = take("join", args, ["iterable"], [])?;
    join_values(vm, &separator, &items).map(Value::Str)
}

/// The texts that a value holds, joined.
///
/// # Errors
/// When an item is no text, or the result larger than allowed.
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

fn split(
    vm: &mut dyn Vm,
    name: &str,
    args: Args,
    by_separator: fn(&str, &str, usize) -> Ranges,
    by_blanks: fn(&str, usize) -> Ranges,
) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver(name, args)?;
    let ([], [separator, most]) = take(name, args, [], ["sep", "maxsplit"])?;
    let most = usize::try_from(int_or(name, most.as_ref(), -1)?).unwrap_or(usize::MAX);
    vm.charge(receiver.as_str().len() as u64 / 64)?;
    let ranges = match separator {
        None | Some(Value::None) => by_blanks(receiver.as_str(), most),
        Some(separator) => {
            let separator = text(name, &separator)?;
            if separator.as_str().is_empty() {
                return Err(Fault::value_error(format!("the separator of {name}() is empty"))
                    .help("to take single characters, write list(text)"));
            }
            by_separator(receiver.as_str(), separator.as_str(), most)
        }
    };
    pieces(vm, &receiver, ranges)
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

fn splitlines(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver("splitlines", args)?;
    let ([], [keep]) = take("splitlines", args, [], ["keepends"])?;
    let keep = keep.is_some_and(|k| k.truthy());
    let source = receiver.as_str();
    vm.charge(source.len() as u64 / 64)?;
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

fn partition(
    vm: &mut dyn Vm,
    name: &str,
    args: Args,
    find: fn(&str, &str) -> Option<usize>,
    from_right: bool,
) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver(name, args)?;
    let ([separator], []) = take(name, args, ["sep"], [])?;
    let separator = text(name, &separator)?;
    if separator.as_str().is_empty() {
        return Err(Fault::value_error(format!("the separator of {name}() is empty")));
    }
    let source = receiver.as_str();
    vm.charge(source.len() as u64 / 64)?;
    let (first, second) = match find(source, separator.as_str()) {
        Some(at) => (at, at + separator.as_str().len()),
        None if from_right => (0, 0),
        None => (source.len(), source.len()),
    };
    let parts = [0..first, first..second, second..source.len()];
    Ok(Value::tuple(parts.into_iter().map(|r| Value::Str(receiver.slice(r))).collect()))
}

fn strip(name: &str, args: Args, left: bool, right: bool) -> Result<Value, Fault> {
    let (receiver, args) = text_receiver(name, args)?;
    let ([], [chars]) = take(name, args, [], ["chars"])?;
    let set = match chars {
        None | Some(Value::None) => None,
        Some(chars) => Some(text(name, &chars)?),
    };
    let strips = |c: char| match &set {
        Some(set) => set.as_str().contains(c),
        None => is_space(c),
    };
    let source = receiver.as_str();
    let start = if left { source.len() - source.trim_start_matches(strips).len() } else { 0 };
    let end = if right { start + source[start..].trim_end_matches(strips).len() } else { source.len() };
    Ok(Value::Str(receiver.slice(start..end)))
}
