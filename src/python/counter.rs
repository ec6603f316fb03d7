//! `collections.Counter`: a dict that counts.

use std::cell::RefCell;
use std::rc::Rc;

use super::types::dict::pair;
use crate::python::arguments::{Argument, OrNone, Table, builtins};
use crate::python::compare::{Sorting, key, sort_pairs};
use crate::python::iterate::{Iterator, ValueIter, collect};
use crate::python::ops::binary;
use crate::source::Span;
use crate::syntax::ast::BinOp;
use crate::template::value::{Args, Dict, Fault, Key, Missing, Value, Vm};

/// The methods of counters, where those of dicts do not do.
pub(in crate::python) const METHODS: Table = builtins![
    update(self, **kwargs) Metered => |vm, dict: Counter, args| count_up(vm, &dict.0, args, BinOp::Add),
    subtract(self, **kwargs) Metered => |vm, dict: Counter, args| count_up(vm, &dict.0, args, BinOp::Sub),
    most_common(@, self, n = None) Metered => most_common,
    elements(self) Metered => elements,
];

/// `Counter(items_or_counts, name=count, …)`
pub(in crate::python) const CONSTRUCTOR: Table = builtins![Counter(**kwargs) Metered => make];

struct Counter(Rc<RefCell<Dict>>);

impl Argument for Counter {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        let dict = <Rc<RefCell<Dict>>>::given(function, value)?;
        if matches!(dict.borrow().missing, Missing::Zero) {
            return Ok(Counter(dict));
        }
        Err(Fault::attribute_error(format!("a dict has no `{function}`; a collections.Counter has")))
    }
}

fn make(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let mut counts = Dict::new();
    counts.missing = Missing::Zero;
    let counts = Rc::new(RefCell::new(counts));
    count_up(vm, &counts, args.through_init(), BinOp::Add)?;
    Ok(Value::Dict(counts))
}

/// Counts the items of an iterable, or adds the counts of a dict, or subtracts them.
fn count_up(vm: &mut dyn Vm, dict: &Rc<RefCell<Dict>>, args: Args, op: BinOp) -> Result<Value, Fault> {
    if let Some((source, _)) = args.positional.first() {
        match source {
            Value::Dict(other) => count_dict(vm, dict, &other.borrow().clone(), op)?,
            items => {
                for item in collect(vm, items)? {
                    let item = key(vm, &item)?;
                    count_one(vm, dict, item, &Value::Int(1), op)?;
                }
            }
        }
    }
    let mut named = Dict::new();
    for keyword in (Args { positional: Vec::new(), ..args }).into_function_keywords() {
        named.insert_at(Key::text(&keyword.name), keyword.value, keyword.name_span, keyword.span);
    }
    count_dict(vm, dict, &named, op)?;
    Ok(Value::None)
}

/// Adds the counts of a dict; an empty counter takes them over as they are.
fn count_dict(vm: &mut dyn Vm, dict: &Rc<RefCell<Dict>>, counts: &Dict, op: BinOp) -> Result<(), Fault> {
    if op == BinOp::Add && dict.borrow().is_empty() {
        vm.charge_items(counts.len())?;
        dict.borrow_mut().merge(counts);
        return vm.charge_probes(dict.borrow().take_probes());
    }
    for (item, entry) in counts.entries() {
        count_one(vm, dict, item.clone(), &entry.value, op)?;
    }
    Ok(())
}

fn count_one(
    vm: &mut dyn Vm,
    dict: &Rc<RefCell<Dict>>,
    item: Key,
    count: &Value,
    op: BinOp,
) -> Result<(), Fault> {
    let old = dict.borrow().get(&item).map_or(Value::Int(0), |e| e.value.clone());
    let new = binary(vm, op, &old, count)?;
    dict.borrow_mut().insert(item, new);
    vm.charge_probes(dict.borrow().take_probes())
}

fn most_common(vm: &mut dyn Vm, span: Span, counter: Counter, most: OrNone<i64>) -> Result<Value, Fault> {
    let counts = counter.0.borrow().iter().map(|(k, e)| (e.value.clone(), pair(k, &e.value))).collect();
    let how = Sorting { cmp: None, key: None, reverse: true, span };
    let mut sorted = sort_pairs(vm, counts, &how)?;
    sorted.truncate(usize::try_from(most.0.unwrap_or(i64::MAX)).unwrap_or(0));
    Ok(Value::list(sorted))
}

fn elements(vm: &mut dyn Vm, counter: Counter) -> Result<Value, Fault> {
    let mut all = Vec::new();
    for (k, entry) in counter.0.borrow().iter() {
        let times = usize::try_from(entry.value.as_i64().unwrap_or(0)).unwrap_or(0);
        vm.charge_items(all.len().saturating_add(times))?;
        all.extend(std::iter::repeat_n(k.clone(), times));
    }
    Ok(Iterator::value("chain", ValueIter::Made(all.into_iter())))
}
