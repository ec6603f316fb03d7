//! `a[i:j:k]`, and assigning to and deleting slices of lists.

use super::index::unchangeable;
use crate::python::iterate::collect;
use crate::python::params::{a, int};
use crate::template::value::{Fault, Text, Value, Vm};
use crate::template::{Kind, Walk};

/// Start, end and step of `a[i:j:k]` as written; `None` where one is left out.
type Bounds<'a> = [&'a Value; 3];

/// The positions that a slice takes from a sequence of a given length: start, count, step.
///
/// # Errors
/// When a bound is not a whole number, or the step is 0.
pub(super) fn slice_bounds(bounds: Bounds<'_>, len: usize) -> Result<(usize, usize, i64), Fault> {
    let [lower, upper, step] = bounds;
    let number = |value: &Value| match value {
        Value::None => Ok(None),
        value => int("a slice", value).map(Some).map_err(|_| {
            Fault::type_error(format!("the bounds of a slice are whole numbers, not {}", a(value)))
        }),
    };
    let step = number(step)?.unwrap_or(1);
    if step == 0 {
        return Err(Fault::value_error("the step of a slice cannot be 0"));
    }
    let len = len as i64;
    let (low, high) = if step > 0 { (0, len) } else { (-1, len - 1) };
    let clamp = |n: i64| if n < 0 { n.saturating_add(len).max(low) } else { n.min(high) };
    let start = number(lower)?.map_or(if step > 0 { low } else { high }, clamp);
    let stop = number(upper)?.map_or(if step > 0 { high } else { low }, clamp);
    let distance = if step > 0 { stop.saturating_sub(start) } else { start.saturating_sub(stop) };
    let stride = step.unsigned_abs();
    let count = if distance <= 0 { 0 } else { (distance as u64).div_ceil(stride) };
    Ok((start.max(0) as usize, count as usize, step))
}

fn positions(bounds: Bounds<'_>, len: usize) -> Result<impl Iterator<Item = usize>, Fault> {
    let (start, count, step) = slice_bounds(bounds, len)?;
    Ok((0..count).map(move |i| (start as i64).saturating_add(step.saturating_mul(i as i64)) as usize))
}

/// `container[lower:upper:step]`. Slices of template lists are tuples, as in Pystachio.
///
/// # Errors
/// When the container cannot be sliced, or the bounds are no whole numbers.
pub fn get_slice(
    vm: &mut dyn Vm,
    container: &Value,
    lower: &Value,
    upper: &Value,
    step: &Value,
) -> Result<Value, Fault> {
    let bounds = [lower, upper, step];
    let pick = |vm: &mut dyn Vm, items: &[Value]| -> Result<Vec<Value>, Fault> {
        let picked = positions(bounds, items.len())?.map(|i| items[i].clone()).collect::<Vec<_>>();
        vm.charge(picked.len() as u64 / 8)?;
        Ok(picked)
    };
    match container {
        Value::Str(text) => slice_text(vm, text, bounds).map(Value::Str),
        Value::List(items) => pick(vm, &items.borrow()).map(Value::list),
        Value::Tuple(items) => pick(vm, items).map(Value::tuple),
        Value::Range(range) => {
            let (start, count, step) = slice_bounds(bounds, range.len())?;
            vm.charge_items(count)?;
            let at = |i: usize| start as i64 + step.saturating_mul(i as i64);
            Ok(Value::list((0..count).map(|i| Value::Int(range.at(at(i) as usize))).collect()))
        }
        Value::Object(object) if matches!(object.ty().kind(), Kind::List(_)) => {
            let interpolated = object.interpolate(&mut Walk::default())?;
            let elements = interpolated.elements().unwrap_or_default();
            let items: Vec<Value> = elements.iter().cloned().map(Value::Object).collect();
            pick(vm, &items).map(Value::tuple)
        }
        other => match other.tuple_items() {
            Some(items) => pick(vm, &items).map(Value::tuple),
            None => Err(Fault::type_error(format!("{} cannot be sliced", a(other)))),
        },
    }
}

fn slice_text(vm: &mut dyn Vm, text: &Text, bounds: Bounds<'_>) -> Result<Text, Fault> {
    let s = text.as_str();
    vm.charge(s.len() as u64 / 256)?;
    let ascii = s.is_ascii();
    let len = if ascii { s.len() } else { s.chars().count() };
    let (start, count, step) = slice_bounds(bounds, len)?;
    if step == 1 {
        let offset = |n: usize| match ascii {
            true => n,
            false => s.char_indices().nth(n).map_or(s.len(), |(at, _)| at),
        };
        return Ok(text.slice(offset(start)..offset(start + count)));
    }
    let chars: Vec<char> = s.chars().collect();
    let picked: String = positions(bounds, len)?.map(|i| chars[i]).collect();
    Ok(Text::from(picked).into_kind(text.is_unicode()))
}

/// `container[lower:upper:step] = value`.
///
/// # Errors
/// When the container is not a list, the value has no items, or for steps other than 1 another number of them.
pub fn set_slice(
    vm: &mut dyn Vm,
    container: &Value,
    lower: &Value,
    upper: &Value,
    step: &Value,
    value: &Value,
) -> Result<(), Fault> {
    let bounds = [lower, upper, step];
    let Value::List(list) = container else { return Err(unchangeable(container)) };
    let items = collect(vm, value)?;
    let len = list.borrow().len();
    let (start, count, step) = slice_bounds(bounds, len)?;
    vm.charge_items(len + items.len())?;
    if step == 1 {
        list.borrow_mut().splice(start..start + count, items);
        return Ok(());
    }
    if items.len() != count {
        let message = format!("{} items cannot take the place of the {count} in the slice", items.len());
        return Err(Fault::value_error(message));
    }
    let mut list = list.borrow_mut();
    for (at, item) in positions(bounds, len)?.zip(items) {
        list[at] = item;
    }
    Ok(())
}

/// `del container[lower:upper:step]`.
///
/// # Errors
/// As for [`set_slice`].
pub fn del_slice(
    vm: &mut dyn Vm,
    container: &Value,
    lower: &Value,
    upper: &Value,
    step: &Value,
) -> Result<(), Fault> {
    let bounds = [lower, upper, step];
    let Value::List(list) = container else { return Err(unchangeable(container)) };
    let len = list.borrow().len();
    vm.charge(len as u64 / 8)?;
    let mut keep = vec![true; len];
    positions(bounds, len)?.for_each(|i| keep[i] = false);
    let mut keep = keep.into_iter();
    list.borrow_mut().retain(|_| keep.next().unwrap_or(true));
    Ok(())
}
