//! Looking for matches.

use std::rc::Rc;

use super::found::{self, Found};
use super::pattern::{Anchor, Pattern};
use crate::diagnostics::codes::budget::TOO_MANY_STEPS;
use crate::python::arguments::OrNone;
use crate::python::iterate::{Iterator, ValueIter};
use crate::template::value::{Fault, Text, Value, Vm};

/// The next match from a byte position on.
pub(super) fn next(
    vm: &mut dyn Vm,
    pattern: &Rc<Pattern>,
    text: &Text,
    from: usize,
    anchor: Anchor,
) -> Result<Option<Found>, Fault> {
    let source = text.as_str();
    if from > source.len() {
        return Ok(None);
    }
    vm.charge(1 + (source.len() - from) as u64 / 256)?;
    let captures = pattern.regex(anchor)?.captures_from_pos(source, from).map_err(|_| {
        let message =
            format!("the pattern {} needs too many attempts", Value::Str(pattern.source.clone()).repr());
        Fault::new("Budget", &TOO_MANY_STEPS, message).help(
            "a repetition inside a repetition, such as (a+)+, can take for ever; make the pattern simpler",
        )
    })?;
    let Some(captures) = captures else { return Ok(None) };
    let spans: Vec<_> = (0..captures.len()).map(|i| captures.get(i).map(|m| m.range())).collect();
    let end = spans.first().cloned().flatten().map_or(from, |r| r.end);
    vm.charge((end - from.min(end)) as u64 / 64)?;
    Ok(Some(Found { pattern: pattern.clone(), subject: text.clone(), spans }))
}

/// Where the search goes on after a match: an empty match is stepped over.
pub(super) fn after(found: &Found) -> usize {
    let whole = found.whole();
    if !whole.is_empty() {
        return whole.end;
    }
    let next = found.subject.as_str()[whole.end..].chars().next();
    whole.end + next.map_or(1, char::len_utf8)
}

/// The byte position of a character.
fn byte_of(text: &str, position: i64) -> usize {
    let position = usize::try_from(position).unwrap_or(0);
    text.char_indices().nth(position).map_or(text.len(), |(at, _)| at)
}

/// The part of a string up to `to`, and the byte where to start.
fn window(text: Text, from: OrNone<i64>, to: OrNone<i64>) -> (Text, usize) {
    let text = match to.0 {
        None | Some(i64::MAX) => text,
        Some(to) => text.slice(0..byte_of(text.as_str(), to)),
    };
    let from = byte_of(text.as_str(), from.0.unwrap_or(0));
    (text, from)
}

/// `pattern.search(string)`, `pattern.match(string)`, `pattern.fullmatch(string)`
pub(super) fn once(
    vm: &mut dyn Vm,
    pattern: &Rc<Pattern>,
    text: Text,
    from: OrNone<i64>,
    to: OrNone<i64>,
    anchor: Anchor,
) -> Result<Value, Fault> {
    let (text, from) = window(text, from, to);
    Ok(next(vm, pattern, &text, from, anchor)?.map_or(Value::None, found::value))
}

/// Every match from a position on.
fn every(vm: &mut dyn Vm, pattern: &Rc<Pattern>, text: &Text, from: usize) -> Result<Vec<Found>, Fault> {
    let mut all = Vec::new();
    let mut at = from;
    while let Some(found) = next(vm, pattern, text, at, Anchor::Anywhere)? {
        at = after(&found);
        all.push(found);
        if all.len() > vm.budgets().items {
            vm.charge_items(all.len())?;
        }
    }
    Ok(all)
}

/// `pattern.findall(string)`: the matches, or where there are groups, those.
pub(super) fn findall(
    vm: &mut dyn Vm,
    pattern: &Rc<Pattern>,
    text: Text,
    from: OrNone<i64>,
    to: OrNone<i64>,
) -> Result<Value, Fault> {
    let (text, from) = window(text, from, to);
    let part = |found: &Found, index: usize| Value::Str(found.group(index).unwrap_or_else(|| Text::from("")));
    let all = every(vm, pattern, &text, from)?;
    Ok(Value::list(
        all.iter()
            .map(|found| match pattern.groups() {
                0 => part(found, 0),
                1 => part(found, 1),
                n => Value::tuple((1..=n).map(|i| part(found, i)).collect()),
            })
            .collect(),
    ))
}

/// `pattern.finditer(string)`
pub(super) fn finditer(
    vm: &mut dyn Vm,
    pattern: &Rc<Pattern>,
    text: Text,
    from: OrNone<i64>,
    to: OrNone<i64>,
) -> Result<Value, Fault> {
    let (text, from) = window(text, from, to);
    let all: Vec<Value> = every(vm, pattern, &text, from)?.into_iter().map(found::value).collect();
    Ok(Iterator::value("callable-iterator", ValueIter::Made(all.into_iter())))
}

/// `pattern.split(string, maxsplit)`: as in Python 2, an empty match splits nothing.
pub(super) fn split(
    vm: &mut dyn Vm,
    pattern: &Rc<Pattern>,
    text: Text,
    most: OrNone<i64>,
) -> Result<Value, Fault> {
    let most = usize::try_from(most.0.unwrap_or(0)).unwrap_or(0);
    let mut parts = Vec::new();
    let (mut at, mut last, mut splits) = (0, 0, 0);
    while most == 0 || splits < most {
        let Some(found) = next(vm, pattern, &text, at, Anchor::Anywhere)? else { break };
        at = after(&found);
        let whole = found.whole();
        if whole.is_empty() {
            continue;
        }
        parts.push(Value::Str(text.slice(last..whole.start)));
        parts.extend((1..found.spans.len()).map(|i| found.group(i).map_or(Value::None, Value::Str)));
        last = whole.end;
        splits += 1;
        if parts.len() > vm.budgets().items {
            vm.charge_items(parts.len())?;
        }
    }
    parts.push(Value::Str(text.slice(last..text.as_str().len())));
    Ok(Value::list(parts))
}
