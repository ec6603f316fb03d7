//! Dicts: `dict()`, their methods and items. As in Python 2, `keys()`, `values()` and `items()` give lists.

use std::cell::RefCell;
use std::rc::Rc;

use crate::diagnostics::nearest;
use crate::python::arguments::{Table, builtins};
use crate::python::compare::key;
use crate::python::iterate::{Iterator, ValueIter, collect, iterate};
use crate::python::params::a;
use crate::python::short;
use crate::source::Span;
use crate::template::value::{Args, Dict, DictKind, Fault, Key, Missing, Value, Vm, quote};

type Entries = Rc<RefCell<Dict>>;

/// The methods of dicts.
pub(in crate::python) const METHODS: Table = builtins![
    get(self, key, default = None) Metered => get,
    keys(self) Copy(0) => |vm, dict: Entries| listed(vm, &dict, |k, _| k.clone()),
    values(self) Copy(0) => |vm, dict: Entries| listed(vm, &dict, |_, v| v.clone()),
    items(self) Copy(0) => |vm, dict: Entries| listed(vm, &dict, pair),
    iterkeys(self) Copy(0) => |vm, dict: Entries| iterated(vm, &dict, |k, _| k.clone()),
    itervalues(self) Copy(0) => |vm, dict: Entries| iterated(vm, &dict, |_, v| v.clone()),
    iteritems(self) Copy(0) => |vm, dict: Entries| iterated(vm, &dict, pair),
    viewkeys(self) Copy(0) => |vm, dict: Entries| listed(vm, &dict, |k, _| k.clone()),
    viewvalues(self) Copy(0) => |vm, dict: Entries| listed(vm, &dict, |_, v| v.clone()),
    viewitems(self) Copy(0) => |vm, dict: Entries| listed(vm, &dict, pair),
    has_key(self, key) Metered => has_key,
    pop(self, key, default?) Metered => pop,
    popitem(self, last = True) Metered => popitem,
    setdefault(self, key, default = None) Metered => setdefault,
    update(self, **kwargs) Metered => update,
    copy(self) Copy(0) => copy,
    clear(self) Constant => clear,
    fromkeys(self, keys, value = None) Metered => |vm, _: Value, keys: Value, value: Option<Value>| {
        fromkeys(vm, keys, value)
    },
];

/// What the type itself has beside its methods.
pub(in crate::python) const OF_TYPE: Table = builtins![fromkeys(keys, value = None) Metered => fromkeys];

/// `dict(pairs_or_dict, name=value, …)`, and the types of `collections` whose values are dicts.
pub(in crate::python) const CONSTRUCTORS: Table = builtins![
    dict(**kwargs) Metered => |vm, args: Args| new_dict(vm, "dict", args).map(Value::dict),
    OrderedDict(**kwargs) Metered => to_ordered_dict,
    defaultdict(**kwargs) Metered => defaultdict,
];

/// Key and value as a tuple.
pub(in crate::python) fn pair(key: &Value, value: &Value) -> Value {
    Value::tuple(vec![key.clone(), value.clone()])
}

fn parts(vm: &mut dyn Vm, dict: &Entries, part: fn(&Value, &Value) -> Value) -> Vec<Value> {
    vm.walked(&Value::Dict(dict.clone()), false);
    dict.borrow().iter().map(|(k, e)| part(k, &e.value)).collect()
}

fn listed(vm: &mut dyn Vm, dict: &Entries, part: fn(&Value, &Value) -> Value) -> Result<Value, Fault> {
    Ok(Value::list(parts(vm, dict, part)))
}

fn iterated(vm: &mut dyn Vm, dict: &Entries, part: fn(&Value, &Value) -> Value) -> Result<Value, Fault> {
    Ok(Iterator::value("dictionary-iterator", ValueIter::Made(parts(vm, dict, part).into_iter())))
}

fn get(vm: &mut dyn Vm, dict: Entries, wanted: Value, default: Option<Value>) -> Result<Value, Fault> {
    let wanted = key(vm, &wanted)?;
    let found = dict.borrow().get(&wanted).map(|e| e.value.clone());
    vm.charge_probes(dict.borrow().take_probes())?;
    Ok(found.or(default).unwrap_or(Value::None))
}

fn has_key(vm: &mut dyn Vm, dict: Entries, wanted: Value) -> Result<Value, Fault> {
    let wanted = key(vm, &wanted)?;
    let there = dict.borrow().get(&wanted).is_some();
    vm.charge_probes(dict.borrow().take_probes())?;
    Ok(Value::Bool(there))
}

fn pop(vm: &mut dyn Vm, dict: Entries, wanted: Value, default: Option<Value>) -> Result<Value, Fault> {
    let key = key(vm, &wanted)?;
    let removed = dict.borrow_mut().remove(&key);
    vm.charge_probes(dict.borrow().take_probes())?;
    removed.or(default).ok_or_else(|| no_key(&dict.borrow(), &wanted))
}

fn popitem(vm: &mut dyn Vm, dict: Entries, last: Option<bool>) -> Result<Value, Fault> {
    let mut dict = dict.borrow_mut();
    let popped = if dict.kind() != DictKind::Ordered || last.unwrap_or(true) {
        dict.pop_item()
    } else {
        let first = dict.keys().next().cloned();
        first.and_then(|k| Some((k.value().clone(), dict.remove(&k)?)))
    };
    vm.charge_probes(dict.take_probes())?;
    popped.map(|(k, v)| Value::tuple(vec![k, v])).ok_or_else(|| {
        Fault::key_error("popitem() of an empty dict").python("popitem(): dictionary is empty")
    })
}

fn setdefault(vm: &mut dyn Vm, dict: Entries, wanted: Value, default: Option<Value>) -> Result<Value, Fault> {
    let wanted = key(vm, &wanted)?;
    if let Some(entry) = dict.borrow().get(&wanted) {
        return Ok(entry.value.clone());
    }
    let value = default.unwrap_or(Value::None);
    room(vm, &dict)?;
    dict.borrow_mut().insert(wanted, value.clone());
    vm.charge_probes(dict.borrow().take_probes())?;
    Ok(value)
}

fn update(vm: &mut dyn Vm, dict: Entries, mut args: Args) -> Result<Value, Fault> {
    let itself =
        |(source, _): &(Value, Span)| matches!(source, Value::Dict(other) if Rc::ptr_eq(other, &dict));
    args.positional.retain(|source| !itself(source));
    let new = Additions::of(vm, "update", args)?;
    new.add_to(vm, &mut dict.borrow_mut())?;
    Ok(Value::None)
}

fn copy(_: &mut dyn Vm, dict: Entries) -> Result<Value, Fault> {
    let copy = dict.borrow().copy();
    Ok(Value::dict(copy))
}

fn clear(_: &mut dyn Vm, dict: Entries) -> Result<Value, Fault> {
    dict.borrow_mut().clear();
    Ok(Value::None)
}

/// The dict that `dict(…)` makes of arguments.
///
/// # Errors
/// When the positional argument is neither a dict nor pairs.
pub fn new_dict(vm: &mut dyn Vm, function: &str, args: Args) -> Result<Dict, Fault> {
    let mut dict = Dict::new();
    Additions::of(vm, function, args)?.add_to(vm, &mut dict)?;
    Ok(dict)
}

fn defaultdict(vm: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
    let factory = if args.positional.is_empty() { Value::None } else { args.positional.remove(0).0 };
    let missing = match factory {
        Value::None => Missing::Refused,
        function @ (Value::Native(_) | Value::Type(_)) => Missing::Made(function),
        other => {
            let message = format!("defaultdict() needs a function, not {}", other.described());
            return Err(
                Fault::type_error(message).help("write defaultdict(list), or defaultdict(lambda: value)")
            );
        }
    };
    let mut dict = new_dict(vm, "defaultdict", args)?;
    dict.missing = missing;
    Ok(Value::dict(dict))
}

fn to_ordered_dict(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let mut dict = Dict::of_kind(DictKind::Ordered);
    Additions::of(vm, "OrderedDict", args.through_init())?.add_to(vm, &mut dict)?;
    Ok(Value::dict(dict))
}

/// What the arguments of `dict()` or `.update()` add. They are looked through before the dict is changed: the pairs may
/// come from code that reads it.
struct Additions {
    source: Source,
    keywords: Args,
}

enum Source {
    Nothing,
    Dict(Rc<RefCell<Dict>>),
    Pairs(Vec<(Key, Value)>),
}

impl Additions {
    /// What these arguments add.
    ///
    /// # Errors
    /// When there are too many, or the positional one is neither a dict nor pairs.
    fn of(vm: &mut dyn Vm, function: &str, args: Args) -> Result<Additions, Fault> {
        if args.positional.len() > 1 {
            let message =
                format!("{function}() takes one dict and keywords, but {} are given", args.positional.len());
            return Err(Fault::bad_call(message).at(args.span));
        }
        let source = match args.positional.first() {
            None => Source::Nothing,
            Some((Value::Dict(dict), _)) => Source::Dict(dict.clone()),
            Some((other, span)) => match other.as_native().and_then(|b| b.entries(vm)) {
                Some(entries) => Source::Dict(Rc::new(RefCell::new(entries))),
                None => Source::Pairs(pairs(vm, function, other).map_err(|f| f.at(*span))?),
            },
        };
        Ok(Additions { source, keywords: Args { positional: Vec::new(), ..args } })
    }

    /// Adds them to a dict, which is not the source itself.
    ///
    /// # Errors
    /// When the dict would be larger than allowed.
    fn add_to(self, vm: &mut dyn Vm, dict: &mut Dict) -> Result<(), Fault> {
        let ordered = dict.kind() == DictKind::Ordered;
        match self.source {
            Source::Nothing => {}
            Source::Dict(other) => {
                let other = other.borrow();
                vm.charge_items(dict.len() + other.len())?;
                if ordered {
                    for (k, e) in other.entries() {
                        dict.insert_at(k.clone(), e.value.clone(), e.key_span, e.span);
                    }
                } else {
                    dict.merge(&other);
                }
            }
            Source::Pairs(pairs) => {
                vm.charge_items(dict.len() + pairs.len())?;
                for (key, value) in pairs {
                    dict.insert(key, value);
                    vm.charge_probes(dict.take_probes())?;
                }
            }
        }
        if ordered {
            for k in self.keywords.into_kw_items() {
                dict.insert_at(Key::text(&k.name), k.value, k.name_span, k.span);
            }
        } else {
            dict.merge_keywords(self.keywords.into_builtin_keywords());
        }
        vm.charge_probes(dict.take_probes())
    }
}

/// The entries that a value gives as pairs.
fn pairs(vm: &mut dyn Vm, function: &str, pairs: &Value) -> Result<Vec<(Key, Value)>, Fault> {
    let mut entries = Vec::new();
    let mut walk = iterate(pairs)
        .map_err(|_| Fault::type_error(format!("{function}() needs a dict or pairs, not {}", a(pairs))))?;
    while let Some(pair) = walk.next(vm)? {
        let items = match iterate(&pair) {
            Ok(items) => items.collect(vm)?,
            Err(_) => {
                let message = format!("{function}() needs pairs of key and value, not {}", a(&pair));
                return Err(Fault::type_error(message));
            }
        };
        let [k, v] = items.as_slice() else {
            let message =
                format!("{function}() needs pairs of key and value, but one has {} items", items.len());
            return Err(Fault::value_error(message));
        };
        entries.push((key(vm, k)?, v.clone()));
        if entries.len() > vm.budgets().items {
            vm.charge_items(entries.len())?;
        }
    }
    Ok(entries)
}

/// `dict.fromkeys(keys, value)`
fn fromkeys(vm: &mut dyn Vm, keys: Value, value: Option<Value>) -> Result<Value, Fault> {
    let value = value.unwrap_or(Value::None);
    let dict = match &keys {
        Value::Dict(keys) if keys.borrow().is_exact() => {
            vm.charge_items(keys.borrow().len())?;
            Dict::from_keys(keys.borrow().keys(), &value)
        }
        Value::Set(keys) => {
            vm.charge_items(keys.borrow().len())?;
            Dict::from_keys(keys.borrow().keys(), &value)
        }
        keys => {
            let mut dict = Dict::new();
            for item in collect(vm, keys)? {
                dict.insert(key(vm, &item)?, value.clone());
                vm.charge_probes(dict.take_probes())?;
            }
            dict
        }
    };
    vm.charge_probes(dict.take_probes())?;
    Ok(Value::dict(dict))
}

/// `dict[index]`
pub(in crate::python) fn get_item(vm: &mut dyn Vm, dict: &Entries, index: &Value) -> Result<Value, Fault> {
    let wanted = key(vm, index)?;
    let found = dict.borrow().get(&wanted).map(|entry| entry.value.clone());
    vm.charge_probes(dict.borrow().take_probes())?;
    if let Some(value) = found {
        return Ok(value);
    }
    let missing = dict.borrow().missing.clone();
    match missing {
        Missing::Refused => Err(no_key(&dict.borrow(), index)),
        Missing::Zero => Ok(Value::Int(0)),
        Missing::Made(factory) => {
            let value = vm.call(&factory, Args::none(Span::NONE))?;
            dict.borrow_mut().insert(wanted, value.clone());
            Ok(value)
        }
    }
}

/// The KeyError for a key that a dict does not have.
pub fn no_key(dict: &Dict, index: &Value) -> Fault {
    let fault = Fault::key_error(format!("the dict has no key {}", short(index))).args(vec![index.clone()]);
    let names = || dict.iter().filter_map(|(k, _)| k.as_str());
    match index.as_str().and_then(|wanted| nearest(wanted, names())) {
        Some(near) => fault.help(format!("did you mean {}?", quote(near))),
        None if dict.is_empty() => fault.help("the dict is empty"),
        None if dict.len() <= 12 => {
            let keys: Vec<String> = dict.as_added().map(|(k, _)| short(k.value())).collect();
            fault.help(format!("it has {}", keys.join(", ")))
        }
        None => fault,
    }
}

/// `dict[index] = value`, with the places of both.
pub(in crate::python) fn set_item(
    vm: &mut dyn Vm,
    dict: &Entries,
    index: (&Value, Span),
    value: (Value, Span),
) -> Result<(), Fault> {
    let key = key(vm, index.0)?;
    room(vm, dict)?;
    dict.borrow_mut().insert_at(key, value.0, index.1, value.1);
    vm.charge_probes(dict.borrow().take_probes())
}

/// `del dict[index]`
pub(in crate::python) fn del_item(vm: &mut dyn Vm, dict: &Entries, index: &Value) -> Result<(), Fault> {
    let wanted = key(vm, index)?;
    let removed = dict.borrow_mut().remove(&wanted);
    vm.charge_probes(dict.borrow().take_probes())?;
    removed.map(|_| ()).ok_or_else(|| no_key(&dict.borrow(), index))
}

/// Rejects one entry more than a dict may have.
fn room(vm: &mut dyn Vm, dict: &Entries) -> Result<(), Fault> {
    let size = dict.borrow().len();
    if size >= vm.budgets().items { vm.charge_items(size + 1) } else { Ok(()) }
}
