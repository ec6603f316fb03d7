//! Functions of sequences. As in Python 2, `range`, `map`, `filter` and `zip` give lists.

use crate::python::arguments::{Flag, OrNone, Table, builtins};
use crate::python::compare::{Sorting, sort_values};
use crate::python::iterate::{Iterator, ValueIter, collect, iterate};
use crate::python::ops::{augmented, binary};
use crate::python::params::{OBJECT_HELP, a, int, wants};
use crate::source::Span;
use crate::syntax::ast::BinOp;
use crate::template::value::{Args, DictKind, Fault, Range, Text, Value, Vm};

/// `next`, which is a method of iterators, too.
pub(in crate::python) const NEXT: Table = builtins![next(iterator, default?) Metered => next];

pub(super) const TABLE: Table = builtins![
    len(value) Constant => len,
    range(*numbers) Metered => range,
    xrange(*numbers) Constant => |_, numbers: Vec<Value>| bounds("xrange", &numbers).map(|r| Value::Range(r.into())),
    enumerate(items, start = 0) Metered => enumerate,
    zip(*values) Metered => zip,
    map(@, *values) Metered => map,
    filter(@, function, items) Metered => filter,
    sorted(@, iterable, cmp = None, key = None, reverse = False) Metered => sorted,
    reversed(sequence) Metered => reversed,
    sum(iterable, start = 0) Metered => sum,
    any(iterable) Metered => any,
    all(iterable) Metered => all,
    iter(iterable) Constant => iter,
];

/// `reduce`, which is in `functools` too.
pub(in crate::python) const REDUCE: Table = builtins![reduce(@, function, items, initial?) Metered => reduce];

fn len(_: &mut dyn Vm, value: Value) -> Result<Value, Fault> {
    let size = match &value {
        Value::Str(t) if t.as_str().is_ascii() => t.as_str().len(),
        Value::Str(t) => t.as_str().chars().count(),
        Value::List(l) => l.borrow().len(),
        Value::Tuple(t) => t.len(),
        Value::Dict(d) => d.borrow().len(),
        Value::Set(s) => s.borrow().len(),
        Value::Range(r) => r.len(),
        other => match other.as_native().and_then(|b| b.items()) {
            Some(items) => items.len(),
            None => {
                let fault = Fault::type_error(format!("{} has no len()", a(other)));
                return Err(match other {
                    Value::Object(_) => fault.help(OBJECT_HELP),
                    Value::Native(n) if n.type_name() == "generator" => {
                        fault.help("make a list of it first, with list(...)")
                    }
                    _ => fault,
                });
            }
        },
    };
    Ok(Value::Int(size as i64))
}

fn bounds(function: &str, values: &[Value]) -> Result<Range, Fault> {
    let number = |v: &Value| match v {
        Value::Float(_) => Err(Fault::type_error(format!("{function}() needs whole numbers, not a float"))
            .help("divide with // to get a whole number, or convert with int(...)")),
        other => int(function, other),
    };
    let (start, stop, step) = match values {
        [stop] => (0, number(stop)?, 1),
        [start, stop] => (number(start)?, number(stop)?, 1),
        [start, stop, step] => (number(start)?, number(stop)?, number(step)?),
        other => {
            let message = format!("{function}() takes 1 to 3 numbers, but {} are given", other.len());
            return Err(Fault::bad_call(message));
        }
    };
    if step == 0 {
        return Err(Fault::value_error(format!("the step of {function}() cannot be 0")));
    }
    Ok(Range { start, stop, step })
}

/// A list, as in Python 2; one too large for a list stays a range, which costs nothing until it is used.
fn range(vm: &mut dyn Vm, numbers: Vec<Value>) -> Result<Value, Fault> {
    let range = bounds("range", &numbers)?;
    if range.len() > vm.budgets().items {
        return Ok(Value::Range(range.into()));
    }
    vm.charge(range.len() as u64 / 8)?;
    Ok(Value::list((0..range.len()).map(|i| Value::Int(range.at(i))).collect()))
}

fn enumerate(vm: &mut dyn Vm, items: Value, start: Option<Value>) -> Result<Value, Fault> {
    let mut number = match start.map(|start| start.as_bigint().ok_or(start)) {
        None => Value::Int(0),
        Some(Ok(start)) => Value::int(start),
        Some(Err(other)) => return Err(wants("enumerate", "a whole number", &other)),
    };
    let mut walk = iterate(&items)?;
    let mut pairs = Vec::new();
    while let Some(item) = walk.next(vm)? {
        pairs.push(Value::tuple(vec![number.clone(), item]));
        number = binary(vm, BinOp::Add, &number, &Value::Int(1))?;
        check_size(vm, pairs.len())?;
    }
    Ok(Iterator::value("enumerate", ValueIter::Made(pairs.into_iter())))
}

fn check_size(vm: &mut dyn Vm, size: usize) -> Result<(), Fault> {
    if size > vm.budgets().items { vm.charge_items(size) } else { Ok(()) }
}

fn zip(vm: &mut dyn Vm, values: Vec<Value>) -> Result<Value, Fault> {
    let mut walks = values.iter().map(iterate).collect::<Result<Vec<_>, Fault>>()?;
    let mut rows = Vec::new();
    while !walks.is_empty() {
        let mut row = Vec::with_capacity(walks.len());
        for walk in &mut walks {
            match walk.next(vm)? {
                Some(item) => row.push(item),
                None => return Ok(Value::list(rows)),
            }
        }
        rows.push(Value::tuple(row));
        check_size(vm, rows.len())?;
    }
    Ok(Value::list(rows))
}

/// `map(function, items, …)`: shorter sequences are filled up with `None`; the function `None` makes tuples.
fn map(vm: &mut dyn Vm, span: Span, values: Vec<Value>) -> Result<Value, Fault> {
    let [function, sequences @ ..] = values.as_slice() else {
        return Err(Fault::bad_call("map() needs a function and a sequence"));
    };
    if sequences.is_empty() {
        return Err(Fault::bad_call("map() needs a sequence behind the function"));
    }
    let mut walks = sequences.iter().map(iterate).collect::<Result<Vec<_>, Fault>>()?;
    let mut results = Vec::new();
    loop {
        let row = walks.iter_mut().map(|w| w.next(vm)).collect::<Result<Vec<_>, Fault>>()?;
        if row.iter().all(Option::is_none) {
            return Ok(Value::list(results));
        }
        let mut row: Vec<Value> = row.into_iter().map(|item| item.unwrap_or(Value::None)).collect();
        results.push(match function {
            Value::None if row.len() == 1 => row.swap_remove(0),
            Value::None => Value::tuple(row),
            function => vm.call(function, Args::of(span, row))?,
        });
        check_size(vm, results.len())?;
    }
}

/// `filter(function, items)`: text stays text, a tuple a tuple; the function `None` keeps what is true.
fn filter(vm: &mut dyn Vm, span: Span, function: Value, items: Value) -> Result<Value, Fault> {
    let mut kept = Vec::new();
    let mut walk = iterate(&items)?;
    while let Some(item) = walk.next(vm)? {
        let keep = match &function {
            Value::None => item.truthy(),
            function => vm.call(function, Args::of(span, vec![item.clone()]))?.truthy(),
        };
        if keep {
            kept.push(item);
            check_size(vm, kept.len())?;
        }
    }
    Ok(match items {
        Value::Str(text) => {
            let kept: String = kept.iter().filter_map(Value::as_str).collect();
            Value::Str(Text::from(kept).into_kind(text.is_unicode()))
        }
        Value::Tuple(_) => Value::tuple(kept),
        _ => Value::list(kept),
    })
}

fn reduce(
    vm: &mut dyn Vm,
    span: Span,
    function: Value,
    items: Value,
    initial: Option<Value>,
) -> Result<Value, Fault> {
    let mut walk = iterate(&items)?;
    let first = match initial {
        Some(value) => Some(value),
        None => walk.next(vm)?,
    };
    let Some(mut result) = first else {
        return Err(Fault::type_error("reduce() of nothing needs an initial value"));
    };
    while let Some(item) = walk.next(vm)? {
        result = vm.call(&function, Args::of(span, vec![result, item]))?;
    }
    Ok(result)
}

fn sorted(
    vm: &mut dyn Vm,
    span: Span,
    items: Value,
    cmp: OrNone<Value>,
    key: OrNone<Value>,
    reverse: Option<Flag>,
) -> Result<Value, Fault> {
    let items = collect(vm, &items)?;
    sort_values(
        vm,
        items,
        &Sorting { cmp: cmp.0, key: key.0, reverse: reverse.is_some_and(|flag| flag.0), span },
    )
    .map(Value::list)
}

fn reversed(vm: &mut dyn Vm, items: Value) -> Result<Value, Fault> {
    let is_ordered = matches!(&items, Value::Dict(dict) if dict.borrow().kind() == DictKind::Ordered);
    if !is_ordered && matches!(items, Value::Dict(_) | Value::Set(_) | Value::Object(_)) {
        let fault = Fault::type_error(format!("{} cannot be reversed", a(&items)));
        return Err(fault.help("make a list of it first: reversed(list(...))"));
    }
    let mut items = collect(vm, &items)?;
    items.reverse();
    Ok(Iterator::value("reversed", ValueIter::Made(items.into_iter())))
}

fn sum(vm: &mut dyn Vm, items: Value, start: Option<Value>) -> Result<Value, Fault> {
    let mut total = start.unwrap_or(Value::Int(0));
    if let Value::Str(_) = total {
        return Err(Fault::type_error("sum() does not join text").help("write ''.join(...)"));
    }
    let mut walk = iterate(&items)?;
    // Adding lists one by one copies them again and again; a list of its own can grow.
    if let Value::List(_) = &total {
        total = Value::list(collect(vm, &total)?);
        while let Some(item) = walk.next(vm)? {
            if !matches!(item, Value::List(_) | Value::Range(_)) {
                return binary(vm, BinOp::Add, &total, &item);
            }
            total = augmented(vm, BinOp::Add, &total, &item)?;
        }
        return Ok(total);
    }
    while let Some(item) = walk.next(vm)? {
        total = binary(vm, BinOp::Add, &total, &item)?;
    }
    Ok(total)
}

fn any(vm: &mut dyn Vm, items: Value) -> Result<Value, Fault> {
    let mut walk = iterate(&items)?;
    while let Some(item) = walk.next(vm)? {
        if item.truthy() {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn all(vm: &mut dyn Vm, items: Value) -> Result<Value, Fault> {
    let mut walk = iterate(&items)?;
    while let Some(item) = walk.next(vm)? {
        if !item.truthy() {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

fn iter(_: &mut dyn Vm, items: Value) -> Result<Value, Fault> {
    match iterate(&items)? {
        ValueIter::Iterator(same) => Ok(same),
        walk => Ok(Iterator::value("iterator", walk)),
    }
}

fn next(vm: &mut dyn Vm, iterator: Value, default: Option<Value>) -> Result<Value, Fault> {
    match iterator.as_native().and_then(|b| b.next(vm)) {
        Some(Ok(Some(item))) => Ok(item),
        Some(Ok(None)) => default.ok_or_else(stop_iteration),
        Some(Err(fault)) => Err(fault),
        None => Err(Fault::type_error(format!("next() needs an iterator, not {}", a(&iterator)))
            .help("make one with iter(...)")),
    }
}

/// The StopIteration of an iterator at its end.
fn stop_iteration() -> Fault {
    let fault = Fault::value_error("the iterator has no more items");
    Fault { exception: "StopIteration", ..fault }.args(Vec::new()).help("give next() a default for this case")
}
