//! `itertools`: iterators that make their items when they are asked for. Endless ones are bounded by the budget of
//! steps.

use super::{Members, Table, combinatorics, functions};
use crate::python::iterate::{Iterate, Iterator, ValueIter, collect, iterate};
use crate::python::ops::{binary, equal};
use crate::python::params::{int, positional_only, take};
use crate::source::Span;
use crate::syntax::ast::BinOp;
use crate::template::value::{Args, Fault, Value, Vm};

const TABLE: Table = &[
    ("count", count),
    ("cycle", cycle),
    ("repeat", repeat),
    ("islice", islice),
    ("takewhile", |_, a| filtered("takewhile", a, Mode::TakeWhile)),
    ("dropwhile", |_, a| filtered("dropwhile", a, Mode::DropWhile)),
    ("ifilter", |_, a| filtered("ifilter", a, Mode::Keep)),
    ("ifilterfalse", |_, a| filtered("ifilterfalse", a, Mode::Drop)),
    ("filterfalse", |_, a| filtered("filterfalse", a, Mode::Drop)),
    ("imap", |_, a| mapped("imap", a, false)),
    ("starmap", |_, a| mapped("starmap", a, true)),
    ("izip", |_, a| zipped("izip", a, None)),
    ("izip_longest", |_, a| longest("izip_longest", a)),
    ("zip_longest", |_, a| longest("zip_longest", a)),
    ("compress", compress),
    ("accumulate", accumulate),
    ("groupby", groupby),
    ("tee", tee),
    ("product", combinatorics::product),
    ("permutations", combinatorics::permutations),
    ("combinations", combinatorics::combinations),
    ("combinations_with_replacement", combinatorics::combinations_with_replacement),
];

/// The members of `itertools`.
pub(super) fn members() -> Members {
    let mut members = functions(TABLE);
    members.push(("chain", chain::value()));
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

mod chain {
    //! `chain`, which is a function with a function on it.

    use super::{Args, Fault, Value, ValueIter, Vm, iterate, lazy, positional_only, take};
    use crate::python::Builtin;
    use crate::template::value::Native;

    #[derive(Debug)]
    struct Chain;

    pub(super) fn value() -> Value {
        Value::native(Chain)
    }

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

        fn call(&self, _: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
            Ok(chained(ValueIter::Made(positional_only("chain", args)?.into_iter())))
        }

        fn attribute(&self, name: &str) -> Option<Value> {
            (name == "from_iterable").then(|| {
                Builtin::value("from_iterable", |_, args| {
                    let ([items], []) = take("from_iterable", args, ["iterable"], [])?;
                    Ok(chained(iterate(&items)?))
                })
            })
        }

        fn names(&self) -> Vec<&str> {
            vec!["from_iterable"]
        }
    }
}

fn count(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [start, step]) = take("count", args, [], ["start", "step"])?;
    let mut next = start.unwrap_or(Value::Int(0));
    let step = step.unwrap_or(Value::Int(1));
    Ok(lazy("count", move |vm| {
        let after = binary(vm, BinOp::Add, &next, &step)?;
        Ok(Some(std::mem::replace(&mut next, after)))
    }))
}

fn cycle(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([items], []) = take("cycle", args, ["iterable"], [])?;
    let items = collect(vm, &items)?;
    let mut at = 0;
    Ok(lazy("cycle", move |_| {
        let item = items.get(at).cloned();
        at = if at + 1 < items.len() { at + 1 } else { 0 };
        Ok(item)
    }))
}

fn repeat(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([item], [times]) = take("repeat", args, ["object"], ["times"])?;
    let mut left = times.map(|t| int("repeat", &t)).transpose()?;
    Ok(lazy("repeat", move |_| match &mut left {
        Some(n) if *n <= 0 => Ok(None),
        Some(n) => {
            *n -= 1;
            Ok(Some(item.clone()))
        }
        None => Ok(Some(item.clone())),
    }))
}

fn islice(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let values = positional_only("islice", args)?;
    let bound = |v: &Value, default: i64| match v {
        Value::None => Ok(default),
        v => int("islice", v),
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
enum Mode {
    Keep,
    Drop,
    TakeWhile,
    DropWhile,
    All,
}

fn filtered(name: &'static str, args: Args, mode: Mode) -> Result<Value, Fault> {
    let span = args.span;
    let ([test, items], []) = take(name, args, ["predicate", "iterable"], [])?;
    let mut walk = iterate(&items)?;
    let mut mode = mode;
    let mut done = false;
    Ok(lazy(name, move |vm| {
        while !done {
            let Some(item) = walk.next(vm)? else { break };
            if mode == Mode::All {
                return Ok(Some(item));
            }
            let passes = holds(vm, &test, &item, span)?;
            match (mode, passes) {
                (Mode::Keep | Mode::TakeWhile, true) | (Mode::Drop, false) => return Ok(Some(item)),
                (Mode::TakeWhile, false) => done = true,
                (Mode::DropWhile, false) => {
                    // From the first item that fails on, nothing is dropped any more.
                    mode = Mode::All;
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

fn mapped(name: &'static str, args: Args, star: bool) -> Result<Value, Fault> {
    let span = args.span;
    let values = positional_only(name, args)?;
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

fn zipped(name: &'static str, args: Args, fill: Option<Value>) -> Result<Value, Fault> {
    let values = positional_only(name, args)?;
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

fn longest(name: &'static str, mut args: Args) -> Result<Value, Fault> {
    let at = args.keyword.iter().position(|k| &*k.name == "fillvalue");
    let fill = at.map_or(Value::None, |at| args.keyword.remove(at).value);
    zipped(name, args, Some(fill))
}

fn compress(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([items, selectors], []) = take("compress", args, ["data", "selectors"], [])?;
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

fn accumulate(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let span = args.span;
    let ([items], [function, initial]) = take("accumulate", args, ["iterable"], ["func", "initial"])?;
    let function = function.filter(|f| !matches!(f, Value::None));
    let mut walk = iterate(&items)?;
    let mut total: Option<Value> = None;
    let mut initial = initial.filter(|i| !matches!(i, Value::None));
    Ok(lazy("accumulate", move |vm| {
        let next = match initial.take() {
            Some(first) => Some(first),
            None => walk.next(vm)?,
        };
        let Some(item) = next else { return Ok(None) };
        let sum = match (&total, &function) {
            (None, _) => item,
            (Some(total), None) => binary(vm, BinOp::Add, total, &item)?,
            (Some(total), Some(f)) => vm.call(f, Args::of(span, vec![total.clone(), item]))?,
        };
        total = Some(sum.clone());
        Ok(Some(sum))
    }))
}

/// Groups are made whole, so that they stay readable after the next one is asked for.
fn groupby(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let span = args.span;
    let ([items], [key]) = take("groupby", args, ["iterable"], ["key"])?;
    let key = key.filter(|k| !matches!(k, Value::None));
    let mut walk = iterate(&items)?;
    let mut waiting: Option<(Value, Value)> = None;
    let mut next = move |vm: &mut dyn Vm| -> Result<Option<(Value, Value)>, Fault> {
        let Some(item) = walk.next(vm)? else { return Ok(None) };
        let group = match &key {
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

fn tee(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([items], [count]) = take("tee", args, ["iterable"], ["n"])?;
    let count = count.map_or(Ok(2), |c| int("tee", &c))?;
    let items = collect(vm, &items)?;
    let count = usize::try_from(count)
        .map_err(|_| Fault::value_error("tee() cannot give a negative number of iterators"))?;
    vm.charge_items(count.saturating_mul(items.len().max(1)))?;
    let copies = (0..count).map(|_| Iterator::value("tee", ValueIter::Made(items.clone().into_iter())));
    Ok(Value::tuple(copies.collect()))
}
