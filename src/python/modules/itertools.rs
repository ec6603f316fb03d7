//! `itertools`: iterators that make their items when they are asked for. Endless ones are bounded by the budget of
//! steps.

use super::{Members, combinatorics, functions};
use crate::python::Function;
use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::compare::equal;
use crate::python::iterate::{Iterate, Iterator, ValueIter, collect, iterate};
use crate::python::ops::binary;
use crate::python::params::int;
use crate::source::Span;
use crate::syntax::ast::BinOp;
use crate::template::value::{Args, Fault, Native, Value, Vm};

const TABLE: Table = builtins![
    count(start = 0, step = 1) Metered => count,
    cycle(iterable) Metered => cycle,
    repeat(object, times?) Constant => repeat,
    islice(*values) Metered => islice,
    takewhile(@, predicate, iterable) Metered => |_, span, test, items: Value| filtered("takewhile", span, test, &items, Filter::TakeWhile),
    dropwhile(@, predicate, iterable) Metered => |_, span, test, items: Value| filtered("dropwhile", span, test, &items, Filter::DropWhile),
    ifilter(@, predicate, iterable) Metered => |_, span, test, items: Value| filtered("ifilter", span, test, &items, Filter::Keep),
    ifilterfalse(@, predicate, iterable) Metered => |_, span, test, items: Value| filtered("ifilterfalse", span, test, &items, Filter::Drop),
    filterfalse(@, predicate, iterable) Metered => |_, span, test, items: Value| filtered("filterfalse", span, test, &items, Filter::Drop),
    imap(@, *args) Metered => |_, span, args: Vec<Value>| mapped("imap", span, &args, false),
    starmap(@, *args) Metered => |_, span, args: Vec<Value>| mapped("starmap", span, &args, true),
    izip(*iterables) Metered => |_, items: Vec<Value>| zipped("izip", &items, None),
    izip_longest(*iterables, fillvalue = None) Metered => |_, items: Vec<Value>, fill: Option<Value>| {
        zipped("izip_longest", &items, Some(fill.unwrap_or(Value::None)))
    },
    zip_longest(*iterables, fillvalue = None) Metered => |_, items: Vec<Value>, fill: Option<Value>| {
        zipped("zip_longest", &items, Some(fill.unwrap_or(Value::None)))
    },
    compress(data, selectors) Metered => compress,
    accumulate(@, iterable, func = None, initial = None) Metered => accumulate,
    groupby(@, iterable, key = None) Metered => groupby,
    tee(iterable, n = 2) Metered => tee,
];

/// The members of `itertools`.
pub(super) fn members() -> Members {
    let mut members = functions(TABLE);
    members.extend(functions(combinatorics::TABLE));
    members.push(("chain", Value::native(Chain)));
    members
}

/// An iterator value that a closure steps.
fn lazy(
    name: &'static str,
    step: impl FnMut(&mut dyn Vm) -> Result<Option<Value>, Fault> + 'static,
) -> Value {
    Iterator::value(name, ValueIter::Source(Box::new(Step(Box::new(step)))))
}

type StepFn = dyn FnMut(&mut dyn Vm) -> Result<Option<Value>, Fault>;

struct Step(Box<StepFn>);

impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Step")
    }
}

impl Iterate for Step {
    fn next(&mut self, vm: &mut dyn Vm) -> Result<Option<Value>, Fault> {
        vm.charge(1)?;
        (self.0)(vm)
    }
}

/// `chain`, which is a function with a function on it.
#[derive(Debug)]
struct Chain;

const OF_CHAIN: Table = builtins![
    from_iterable(iterable) Metered => |_, items: Value| Ok(chained(iterate(&items)?)),
    chain(*iterables) Metered => |_, items: Vec<Value>| Ok(chained(ValueIter::Made(items.into_iter()))),
];

fn chained(mut outer: ValueIter) -> Value {
    let mut inner: Option<ValueIter> = None;
    lazy("chain", move |vm| {
        loop {
            if let Some(walk) = &mut inner
                && let Some(item) = walk.next(vm)?
            {
                return Ok(Some(item));
            }
            let Some(next) = outer.next(vm)? else { return Ok(None) };
            inner = Some(iterate(&next)?);
        }
    })
}

impl Native for Chain {
    fn type_name(&self) -> &str {
        "type"
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        OF_CHAIN[1].call(vm, args)
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "from_iterable").then(|| Function::value(&OF_CHAIN[0]))
    }

    fn names(&self) -> Vec<&str> {
        vec!["from_iterable"]
    }
}

fn count(_: &mut dyn Vm, start: Option<Value>, step: Option<Value>) -> Result<Value, Fault> {
    let mut next = start.unwrap_or(Value::Int(0));
    let step = step.unwrap_or(Value::Int(1));
    Ok(lazy("count", move |vm| {
        let after = binary(vm, BinOp::Add, &next, &step)?;
        Ok(Some(std::mem::replace(&mut next, after)))
    }))
}

fn cycle(vm: &mut dyn Vm, items: Value) -> Result<Value, Fault> {
    let items = collect(vm, &items)?;
    let mut at = 0;
    Ok(lazy("cycle", move |_| {
        let item = items.get(at).cloned();
        at = if at + 1 < items.len() { at + 1 } else { 0 };
        Ok(item)
    }))
}

fn repeat(_: &mut dyn Vm, item: Value, mut left: Option<i64>) -> Result<Value, Fault> {
    Ok(lazy("repeat", move |_| match &mut left {
        Some(n) if *n <= 0 => Ok(None),
        Some(n) => {
            *n -= 1;
            Ok(Some(item.clone()))
        }
        None => Ok(Some(item.clone())),
    }))
}

fn islice(_: &mut dyn Vm, values: Vec<Value>) -> Result<Value, Fault> {
    let bound = |v: &Value, default: i64| match v {
        Value::None => Ok(default),
        Value::Float(x) => Ok(*x as i64),
        v => int("islice", v).map_err(|fault| Fault { exception: "ValueError", ..fault }),
    };
    let (items, start, stop, step) = match values.as_slice() {
        [items, stop] => (items, 0, bound(stop, i64::MAX)?, 1),
        [items, start, stop] => (items, bound(start, 0)?, bound(stop, i64::MAX)?, 1),
        [items, start, stop, step] => (items, bound(start, 0)?, bound(stop, i64::MAX)?, bound(step, 1)?),
        _ => return Err(Fault::bad_call("islice() takes an iterable and 1 to 3 numbers")),
    };
    if start < 0 || stop < 0 || step < 1 {
        return Err(Fault::value_error("the numbers of islice() cannot be negative"));
    }
    let mut walk = iterate(items)?;
    let mut at = 0;
    let mut wanted = start;
    Ok(lazy("islice", move |vm| {
        if wanted >= stop {
            return Ok(None);
        }
        while let Some(item) = walk.next(vm)? {
            at += 1;
            if at > wanted {
                wanted = wanted.saturating_add(step);
                return Ok(Some(item));
            }
        }
        Ok(None)
    }))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Filter {
    Keep,
    Drop,
    TakeWhile,
    DropWhile,
    All,
}

fn filtered(
    name: &'static str,
    span: Span,
    test: Value,
    items: &Value,
    mode: Filter,
) -> Result<Value, Fault> {
    let mut walk = iterate(items)?;
    let mut mode = mode;
    let mut done = false;
    Ok(lazy(name, move |vm| {
        while !done {
            let Some(item) = walk.next(vm)? else { break };
            if mode == Filter::All {
                return Ok(Some(item));
            }
            let passes = holds(vm, &test, &item, span)?;
            match (mode, passes) {
                (Filter::Keep | Filter::TakeWhile, true) | (Filter::Drop, false) => return Ok(Some(item)),
                (Filter::TakeWhile, false) => done = true,
                (Filter::DropWhile, false) => {
                    // From the first item that fails on, nothing is dropped any more.
                    mode = Filter::All;
                    return Ok(Some(item));
                }
                _ => {}
            }
        }
        Ok(None)
    }))
}

fn holds(vm: &mut dyn Vm, test: &Value, item: &Value, span: Span) -> Result<bool, Fault> {
    match test {
        Value::None => Ok(item.truthy()),
        test => Ok(vm.call(test, Args::of(span, vec![item.clone()]))?.truthy()),
    }
}

fn mapped(name: &'static str, span: Span, values: &[Value], star: bool) -> Result<Value, Fault> {
    let Some((function, sources)) = values.split_first().filter(|(_, s)| !s.is_empty()) else {
        return Err(Fault::bad_call(format!("{name}() needs a function and an iterable")));
    };
    let function = function.clone();
    let mut walks = sources.iter().map(iterate).collect::<Result<Vec<_>, Fault>>()?;
    Ok(lazy(name, move |vm| {
        let Some(row) = next_row(&mut walks, vm)? else { return Ok(None) };
        let row = match (star, row.as_slice()) {
            (true, [items]) => collect(vm, items)?,
            _ => row,
        };
        match &function {
            Value::None => Ok(Some(Value::tuple(row))),
            function => vm.call(function, Args::of(span, row)).map(Some),
        }
    }))
}

fn next_row(walks: &mut [ValueIter], vm: &mut dyn Vm) -> Result<Option<Vec<Value>>, Fault> {
    let mut row = Vec::with_capacity(walks.len());
    for walk in walks {
        match walk.next(vm)? {
            Some(item) => row.push(item),
            None => return Ok(None),
        }
    }
    Ok(Some(row))
}

fn zipped(name: &'static str, values: &[Value], fill: Option<Value>) -> Result<Value, Fault> {
    let mut walks = values.iter().map(iterate).collect::<Result<Vec<_>, Fault>>()?;
    Ok(lazy(name, move |vm| {
        if walks.is_empty() {
            return Ok(None);
        }
        let Some(fill) = &fill else { return Ok(next_row(&mut walks, vm)?.map(Value::tuple)) };
        let row = walks.iter_mut().map(|w| w.next(vm)).collect::<Result<Vec<_>, Fault>>()?;
        if row.iter().all(Option::is_none) {
            return Ok(None);
        }
        let row = row.into_iter().map(|item| item.unwrap_or_else(|| fill.clone())).collect();
        Ok(Some(Value::tuple(row)))
    }))
}

fn compress(_: &mut dyn Vm, items: Value, selectors: Value) -> Result<Value, Fault> {
    let mut walks = [iterate(&items)?, iterate(&selectors)?];
    Ok(lazy("compress", move |vm| {
        while let Some(row) = next_row(&mut walks, vm)? {
            if row[1].truthy() {
                return Ok(row.into_iter().next());
            }
        }
        Ok(None)
    }))
}

fn accumulate(
    _: &mut dyn Vm,
    span: Span,
    items: Value,
    function: OrNone<Value>,
    mut initial: OrNone<Value>,
) -> Result<Value, Fault> {
    let mut walk = iterate(&items)?;
    let mut total: Option<Value> = None;
    Ok(lazy("accumulate", move |vm| {
        let next = match initial.0.take() {
            Some(first) => Some(first),
            None => walk.next(vm)?,
        };
        let Some(item) = next else { return Ok(None) };
        let sum = match (&total, &function.0) {
            (None, _) => item,
            (Some(total), None) => binary(vm, BinOp::Add, total, &item)?,
            (Some(total), Some(f)) => vm.call(f, Args::of(span, vec![total.clone(), item]))?,
        };
        total = Some(sum.clone());
        Ok(Some(sum))
    }))
}

/// Groups are complete, so that they stay readable after the next one is requested.
fn groupby(_: &mut dyn Vm, span: Span, items: Value, key: OrNone<Value>) -> Result<Value, Fault> {
    let mut walk = iterate(&items)?;
    let mut waiting: Option<(Value, Value)> = None;
    let mut next = move |vm: &mut dyn Vm| -> Result<Option<(Value, Value)>, Fault> {
        let Some(item) = walk.next(vm)? else { return Ok(None) };
        let group = match &key.0 {
            Some(f) => vm.call(f, Args::of(span, vec![item.clone()]))?,
            None => item.clone(),
        };
        Ok(Some((group, item)))
    };
    Ok(lazy("groupby", move |vm| {
        let first = match waiting.take() {
            Some(pair) => Some(pair),
            None => next(vm)?,
        };
        let Some((group, item)) = first else { return Ok(None) };
        let mut members = vec![item];
        while let Some((other, item)) = next(vm)? {
            if !equal(vm, &group, &other)? {
                waiting = Some((other, item));
                break;
            }
            members.push(item);
            if members.len() > vm.budgets().items {
                vm.charge_items(members.len())?;
            }
        }
        let members = Iterator::value("grouper", ValueIter::Made(members.into_iter()));
        Ok(Some(Value::tuple(vec![group, members])))
    }))
}

fn tee(vm: &mut dyn Vm, items: Value, count: Option<i64>) -> Result<Value, Fault> {
    let items = collect(vm, &items)?;
    let count = usize::try_from(count.unwrap_or(2))
        .map_err(|_| Fault::value_error("tee() cannot give a negative number of iterators"))?;
    vm.charge_items(count.saturating_mul(items.len().max(1)))?;
    let copies = (0..count).map(|_| Iterator::value("tee", ValueIter::Made(items.clone().into_iter())));
    Ok(Value::tuple(copies.collect()))
}
