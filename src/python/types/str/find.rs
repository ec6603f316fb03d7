//! Methods of strings that look for a part of it.

use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::params::a;
use crate::python::short;
use crate::template::value::{Fault, Text, TextBuilder, Value, Vm};

type Bound = OrNone<i64>;

pub(super) const METHODS: Table = builtins![
    startswith(self, prefix, start = None, end = None) Scan(0) => |_, s: Text, affix: Value, start: Bound, end: Bound| {
        has_affix("startswith", window(&s, start, end), &affix, |s, p| s.starts_with(p))
    },
    endswith(self, prefix, start = None, end = None) Scan(0) => |_, s: Text, affix: Value, start: Bound, end: Bound| {
        has_affix("endswith", window(&s, start, end), &affix, |s, p| s.ends_with(p))
    },
    find(self, sub, start = None, end = None) Scan(0) => |_, s: Text, sub: Text, start: Bound, end: Bound| {
        Ok(Value::Int(position(window(&s, start, end), |s| s.find(sub.as_str())).unwrap_or(-1)))
    },
    rfind(self, sub, start = None, end = None) Scan(0) => |_, s: Text, sub: Text, start: Bound, end: Bound| {
        Ok(Value::Int(position(window(&s, start, end), |s| s.rfind(sub.as_str())).unwrap_or(-1)))
    },
    index(self, sub, start = None, end = None) Scan(0) => |_, s: Text, sub: Text, start: Bound, end: Bound| {
        found(position(window(&s, start, end), |s| s.find(sub.as_str())), sub, ".find()")
    },
    rindex(self, sub, start = None, end = None) Scan(0) => |_, s: Text, sub: Text, start: Bound, end: Bound| {
        found(position(window(&s, start, end), |s| s.rfind(sub.as_str())), sub, ".rfind()")
    },
    count(self, sub, start = None, end = None) Scan(0) => count,
    replace(self, old, new, count = -1) Scan(0) => replace,
    removeprefix(self, affix) Scan(0) => |_, s: Text, affix: Text| {
        let rest = s.as_str().strip_prefix(affix.as_str()).map_or(0, |_| affix.as_str().len());
        Ok(Value::Str(s.slice(rest..s.as_str().len())))
    },
    removesuffix(self, affix) Scan(0) => |_, s: Text, affix: Text| {
        let rest = s.as_str().strip_suffix(affix.as_str()).map_or(s.as_str().len(), str::len);
        Ok(Value::Str(s.slice(0..rest)))
    },
];

/// The part of a string between two character positions, which count as in slices, and where it begins.
fn window(text: &Text, start: Bound, end: Bound) -> Option<(&str, usize)> {
    let text = text.as_str();
    if start.0.is_none() && end.0.is_none() {
        return Some((text, 0));
    }
    let len = if text.is_ascii() { text.len() } else { text.chars().count() } as i64;
    let clamp = |n: i64| if n < 0 { n.saturating_add(len).max(0) } else { n };
    let from = clamp(start.0.unwrap_or(0));
    let to = clamp(end.0.unwrap_or(len)).min(len);
    if from > to || from > len {
        return None;
    }
    let byte = |n: i64| match text.is_ascii() {
        true => n as usize,
        false => text.char_indices().nth(n as usize).map_or(text.len(), |(at, _)| at),
    };
    Some((&text[byte(from)..byte(to)], from as usize))
}

fn has_affix(
    name: &str,
    window: Option<(&str, usize)>,
    affix: &Value,
    test: fn(&str, &str) -> bool,
) -> Result<Value, Fault> {
    let Some((part, _)) = window else { return Ok(Value::Bool(false)) };
    let matches = |affix: &Value| match affix {
        Value::Str(affix) => Ok(test(part, affix.as_str())),
        other => Err(Fault::type_error(format!("{name}() needs text or a tuple of texts, not {}", a(other)))),
    };
    match affix {
        Value::Tuple(affixes) => {
            for affix in affixes.iter() {
                if matches(affix)? {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        }
        one => matches(one).map(Value::Bool),
    }
}

/// The character position of what is found in a window.
fn position(window: Option<(&str, usize)>, find: impl FnOnce(&str) -> Option<usize>) -> Option<i64> {
    let (part, offset) = window?;
    find(part).map(|at| (offset + part[..at].chars().count()) as i64)
}

fn found(position: Option<i64>, wanted: Text, instead: &str) -> Result<Value, Fault> {
    position.map(Value::Int).ok_or_else(|| {
        let fault = Fault::value_error(format!("{} is not in the text", short(&Value::Str(wanted))))
            .python("substring not found");
        fault.help(format!("{instead} gives -1 in this case"))
    })
}

fn count(_: &mut dyn Vm, receiver: Text, part: Text, start: Bound, end: Bound) -> Result<Value, Fault> {
    let Some((whole, _)) = window(&receiver, start, end) else { return Ok(Value::Int(0)) };
    let found = match part.as_str() {
        "" => whole.chars().count() + 1,
        part => whole.matches(part).count(),
    };
    Ok(Value::Int(found as i64))
}

fn replace(
    vm: &mut dyn Vm,
    receiver: Text,
    old: Text,
    new: Text,
    count: Option<i64>,
) -> Result<Value, Fault> {
    let most = count.map_or(usize::MAX, |count| usize::try_from(count).unwrap_or(usize::MAX));
    replaced(vm, &receiver, old.as_str(), &new, most).map(Value::Str)
}

/// The string with the first `most` occurrences of `old` replaced.
fn replaced(vm: &mut dyn Vm, whole: &Text, old: &str, new: &Text, most: usize) -> Result<Text, Fault> {
    let source = whole.as_str();
    // They are found twice: a list of them could be much larger than the text.
    let places = || -> Box<dyn Iterator<Item = usize>> {
        match old {
            // Nothing is found before every character and at the end.
            "" => Box::new(source.char_indices().map(|(at, _)| at).chain([source.len()]).take(most)),
            old => Box::new(source.match_indices(old).map(|(at, _)| at).take(most)),
        }
    };
    let found = places().count();
    if found == 0 {
        return Ok(whole.clone());
    }
    let grown = found.saturating_mul(new.as_str().len());
    vm.charge_text(source.len().saturating_add(grown).saturating_sub(found * old.len()))?;
    let mut out = TextBuilder::new();
    let mut at = 0;
    for next in places() {
        out.push_part(whole, at..next);
        out.push(new);
        at = next + old.len();
    }
    out.push_part(whole, at..source.len());
    Ok(out.finish())
}
