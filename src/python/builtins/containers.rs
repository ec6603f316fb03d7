//! `list()`, `tuple()`, `dict()`, `set()`, `frozenset()`.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::iterate::{collect, iterate};
use crate::python::ops::{key, set_of};
use crate::python::params::{a, take};
use crate::template::value::{Args, Dict, DictKind, Fault, Key, Set, Value, Vm};

/// The items of a value as a new list.
///
/// # Errors
/// When the value has none, or too many.
pub fn list_of(vm: &mut dyn Vm, value: Option<&Value>) -> Result<Vec<Value>, Fault> {
    value.map_or(Ok(Vec::new()), |v| collect(vm, v))
}

/// `list(items)`
pub(super) fn to_list(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [items]) = take("list", args, [], ["items"])?;
    list_of(vm, items.as_ref()).map(Value::list)
}

/// `tuple(items)`
pub(super) fn to_tuple(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [items]) = take("tuple", args, [], ["items"])?;
    match items {
        Some(tuple @ Value::Tuple(_)) => Ok(tuple),
        other => list_of(vm, other.as_ref()).map(Value::tuple),
    }
}

/// `set(items)`
pub(super) fn to_set(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [items]) = take("set", args, [], ["items"])?;
    items.map_or(Ok(Set::new()), |v| set_of(vm, &v)).map(Value::set)
}

/// `frozenset(items)`
pub(super) fn to_frozenset(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [items]) = take("frozenset", args, [], ["items"])?;
    if let Some(Value::Set(set)) = &items
        && set.borrow().frozen
    {
        return Ok(Value::Set(set.clone()));
    }
    let set = items.map_or(Ok(Set::new()), |v| set_of(vm, &v))?;
    let mut set = set;
    set.frozen = true;
    Ok(Value::set(set))
}

/// `dict(pairs_or_dict, name=value, …)`
pub(super) fn to_dict(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    new_dict(vm, "dict", args).map(Value::dict)
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

/// `collections.OrderedDict(…)`
pub(super) fn to_ordered_dict(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let mut dict = Dict::of_kind(DictKind::Ordered);
    Additions::of(vm, "OrderedDict", args.through_init())?.add_to(vm, &mut dict)?;
    Ok(Value::dict(dict))
}

/// What the arguments of `dict()` or `.update()` add. They are looked through before the dict is changed: the pairs may
/// come from code that reads it.
pub(in crate::python) struct Additions {
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
    pub(in crate::python) fn of(vm: &mut dyn Vm, function: &str, args: Args) -> Result<Additions, Fault> {
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
    pub(in crate::python) fn add_to(self, vm: &mut dyn Vm, dict: &mut Dict) -> Result<(), Fault> {
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
pub(in crate::python) fn dict_fromkeys(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([keys], [value]) = take("fromkeys", args, ["keys"], ["value"])?;
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
