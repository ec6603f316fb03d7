//! Stable sorting with Python's `cmp`, `key` and `reverse`.

use std::cmp::Ordering;

use super::order::{less_than, numbers};
use crate::source::Span;
use crate::template::value::{Args, Fault, Value, Vm};

/// How to sort.
#[derive(Debug, Clone)]
pub struct Sorting {
    /// Python 2's comparison function: negative, zero or positive.
    pub cmp: Option<Value>,
    /// Gives the value to sort by.
    pub key: Option<Value>,
    /// Largest first; equal items keep their order all the same.
    pub reverse: bool,
    /// The place of the call, for calls of the functions.
    pub span: Span,
}

/// The values in order.
///
/// # Errors
/// When two of them have no order, or a function fails.
pub fn sort_values(vm: &mut dyn Vm, values: Vec<Value>, how: &Sorting) -> Result<Vec<Value>, Fault> {
    if let (None, Some(Value::Native(key))) = (&how.cmp, &how.key)
        && let Some(cmp) = key.comparison()
    {
        let how = Sorting { cmp: Some(cmp), key: None, ..how.clone() };
        return sort_values(vm, values, &how);
    }
    let mut keyed = Vec::with_capacity(values.len());
    for value in values {
        let sort_key = match &how.key {
            Some(function) => vm.call(function, Args::of(how.span, vec![value.clone()]))?,
            None => value.clone(),
        };
        keyed.push((sort_key, value));
    }
    sort_pairs(vm, keyed, how)
}

/// The second parts of pairs, in the order of the first.
///
/// # Errors
/// As for [`sort_values`].
pub fn sort_pairs(
    vm: &mut dyn Vm,
    mut keyed: Vec<(Value, Value)>,
    how: &Sorting,
) -> Result<Vec<Value>, Fault> {
    vm.charge_items(keyed.len())?;
    // A stable descending sort is a stable ascending one of the items backwards, backwards.
    if how.reverse {
        keyed.reverse();
    }
    if how.cmp.is_none() && is_simple(&keyed) {
        vm.charge(cost(&keyed))?;
        sort_simply(&mut keyed);
    } else {
        keyed = merge_sort(vm, keyed, how)?;
    }
    if how.reverse {
        keyed.reverse();
    }
    Ok(keyed.into_iter().map(|(_, value)| value).collect())
}

/// Whether all keys are text, or all are numbers that have an order.
fn is_simple(keyed: &[(Value, Value)]) -> bool {
    let ordered = |v: &Value| v.is_number() && !matches!(v, Value::Float(x) if x.is_nan());
    keyed.iter().all(|(k, _)| matches!(k, Value::Str(_))) || keyed.iter().all(|(k, _)| ordered(k))
}

/// The steps of sorting simple keys: each item once, and every round looks at all bytes of the keys at the most.
fn cost(keyed: &[(Value, Value)]) -> u64 {
    let bytes = |key: &Value| match key {
        Value::Str(text) => text.as_str().len() as u64,
        Value::Big(number) => number.bits() / 8,
        _ => 0,
    };
    let all = keyed.iter().map(|(k, _)| bytes(k)).sum::<u64>();
    let rounds = u64::from(keyed.len().checked_ilog2().unwrap_or(0)) + 1;
    (all / 64).saturating_mul(rounds).saturating_add(keyed.len() as u64)
}

/// Sorts where [`is_simple`].
fn sort_simply(keyed: &mut [(Value, Value)]) {
    match keyed.first() {
        Some((Value::Str(_), _)) => keyed.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str())),
        _ => keyed.sort_by(|(a, _), (b, _)| numbers(a, b).unwrap_or(Ordering::Equal)),
    }
}

type Keyed = Vec<(Value, Value)>;

/// The comparison may fail or contradict itself, which the standard library's sort does not take.
fn merge_sort(vm: &mut dyn Vm, items: Keyed, how: &Sorting) -> Result<Keyed, Fault> {
    if items.len() < MAX_INSERTED {
        return insertion_sort(vm, items, how);
    }
    let mut left = items;
    let right = left.split_off(left.len() / 2);
    let left = merge_sort(vm, left, how)?;
    let right = merge_sort(vm, right, how)?;
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some((a, _)), Some((b, _))) = (left.peek(), right.peek()) {
        vm.charge(1)?;
        let next = if precedes(vm, b, a, how)? { right.next() } else { left.next() };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

/// Lists of fewer items are sorted by insertion, as Python does it. Where the order contradicts itself, as that of sets and
/// of template objects, it depends on the algorithm which order comes out.
const MAX_INSERTED: usize = 64;

/// Sorts by binary insertion after the run that the items begin with; a run that descends is reversed.
fn insertion_sort(vm: &mut dyn Vm, mut items: Keyed, how: &Sorting) -> Result<Keyed, Fault> {
    if items.len() < 2 {
        return Ok(items);
    }
    let mut run = 2;
    let descends = precedes(vm, &items[1].0, &items[0].0, how)?;
    while run < items.len() && precedes(vm, &items[run].0, &items[run - 1].0, how)? == descends {
        run += 1;
    }
    if descends {
        items[..run].reverse();
    }
    for next in run..items.len() {
        let (mut low, mut high) = (0, next);
        while low < high {
            vm.charge(1)?;
            let middle = low + (high - low) / 2;
            match precedes(vm, &items[next].0, &items[middle].0, how)? {
                true => high = middle,
                false => low = middle + 1,
            }
        }
        items[low..=next].rotate_right(1);
    }
    Ok(items)
}

fn precedes(vm: &mut dyn Vm, a: &Value, b: &Value, how: &Sorting) -> Result<bool, Fault> {
    let Some(cmp) = &how.cmp else { return less_than(vm, a, b) };
    let result = vm.call(cmp, Args::of(how.span, vec![a.clone(), b.clone()]))?;
    if !result.is_number() {
        let message = format!("the comparison function must give a number, not {}", result.described());
        return Err(Fault::type_error(message));
    }
    Ok(numbers(&result, &Value::Int(0)) == Some(Ordering::Less))
}
