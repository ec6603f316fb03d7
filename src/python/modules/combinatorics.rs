//! `product`, `permutations`, `combinations`: the number of results is checked before the first is made.

use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::iterate::{Iterator, ValueIter, collect};
use crate::template::value::{Fault, Value, Vm};

fn charge(vm: &mut dyn Vm, results: Option<usize>, width: usize) -> Result<(), Fault> {
    vm.charge_items(results.and_then(|n| n.checked_mul(width.max(1))).unwrap_or(usize::MAX))
}

fn iterator(name: &'static str, rows: Vec<Value>) -> Value {
    Iterator::value(name, ValueIter::Made(rows.into_iter()))
}

fn picked(pool: &[Value], indices: &[usize]) -> Value {
    Value::tuple(indices.iter().map(|i| pool[*i].clone()).collect())
}

fn length(name: &str, value: Option<i64>, default: usize) -> Result<usize, Fault> {
    value.map_or(Ok(default), |value| {
        usize::try_from(value)
            .map_err(|_| Fault::value_error(format!("the length for {name}() cannot be negative")))
    })
}

pub(super) const TABLE: Table = builtins![
    product(*iterables, repeat = 1) Metered => product,
    permutations(iterable, r = None) Metered => permutations,
    combinations(iterable, r) Metered => combinations,
    combinations_with_replacement(iterable, r) Metered => combinations_with_replacement,
];

/// `product(*iterables, repeat=1)`
fn product(vm: &mut dyn Vm, once: Vec<Value>, times: OrNone<i64>) -> Result<Value, Fault> {
    let times = length("product", times.0, 1)?;
    let mut pools = Vec::new();
    for items in &once {
        pools.push(collect(vm, items)?);
    }
    vm.charge_items(pools.len().saturating_mul(times))?;
    let pools: Vec<&[Value]> = pools.iter().cycle().take(pools.len() * times).map(Vec::as_slice).collect();
    let results = pools.iter().try_fold(1usize, |n, pool| n.checked_mul(pool.len()));
    charge(vm, results, pools.len())?;
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for pool in pools {
        rows = rows
            .iter()
            .flat_map(|row| pool.iter().map(move |item| row.iter().chain([item]).cloned().collect()))
            .collect();
    }
    Ok(iterator("product", rows.into_iter().map(Value::tuple).collect()))
}

/// `permutations(iterable, r)`
fn permutations(vm: &mut dyn Vm, items: Value, r: OrNone<i64>) -> Result<Value, Fault> {
    let pool = collect(vm, &items)?;
    let r = length("permutations", r.0, pool.len())?;
    if r > pool.len() {
        return Ok(iterator("permutations", Vec::new()));
    }
    let results = (0..r).try_fold(1usize, |n, i| n.checked_mul(pool.len() - i));
    charge(vm, results, r)?;
    let mut rows = Vec::new();
    let mut used = vec![false; pool.len()];
    permute(&pool, r, &mut Vec::with_capacity(r), &mut used, &mut rows);
    Ok(iterator("permutations", rows))
}

fn permute(pool: &[Value], r: usize, chosen: &mut Vec<usize>, used: &mut [bool], rows: &mut Vec<Value>) {
    if chosen.len() == r {
        rows.push(picked(pool, chosen));
        return;
    }
    for index in 0..pool.len() {
        if !used[index] {
            used[index] = true;
            chosen.push(index);
            permute(pool, r, chosen, used, rows);
            chosen.pop();
            used[index] = false;
        }
    }
}

/// `n` over `k`; nothing where it is beyond counting.
fn choose(n: usize, k: usize) -> Option<usize> {
    let k = k.min(n - k);
    (0..k).try_fold(1usize, |result, i| Some(result.checked_mul(n - i)? / (i + 1)))
}

/// `combinations(iterable, r)`
fn combinations(vm: &mut dyn Vm, items: Value, r: OrNone<i64>) -> Result<Value, Fault> {
    let pool = collect(vm, &items)?;
    let r = length("combinations", r.0, 0)?;
    if r > pool.len() {
        return Ok(iterator("combinations", Vec::new()));
    }
    charge(vm, choose(pool.len(), r), r)?;
    let mut rows = Vec::new();
    let mut indices: Vec<usize> = (0..r).collect();
    loop {
        rows.push(picked(&pool, &indices));
        let Some(at) = (0..r).rev().find(|i| indices[*i] != i + pool.len() - r) else { break };
        indices[at] += 1;
        for next in at + 1..r {
            indices[next] = indices[next - 1] + 1;
        }
    }
    Ok(iterator("combinations", rows))
}

/// `combinations_with_replacement(iterable, r)`
fn combinations_with_replacement(vm: &mut dyn Vm, items: Value, r: OrNone<i64>) -> Result<Value, Fault> {
    let pool = collect(vm, &items)?;
    let r = length("combinations_with_replacement", r.0, 0)?;
    if pool.is_empty() && r > 0 {
        return Ok(iterator("combinations_with_replacement", Vec::new()));
    }
    let results = if r == 0 { Some(1) } else { (pool.len() - 1).checked_add(r).and_then(|n| choose(n, r)) };
    charge(vm, results, r)?;
    let mut rows = Vec::new();
    let mut indices = vec![0; r];
    loop {
        rows.push(picked(&pool, &indices));
        let Some(at) = (0..r).rev().find(|i| indices[*i] + 1 != pool.len()) else { break };
        let value = indices[at] + 1;
        indices[at..].fill(value);
    }
    Ok(iterator("combinations_with_replacement", rows))
}
