//! `copy`: shallow and deep copies of containers. Everything else never changes and is its own copy.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Members, functions};
use crate::python::arguments::{Table, builtins};
use crate::python::compare::{MAX_NESTED, key, too_deep};
use crate::template::value::{Dict, DictKind, Fault, Missing, Set, Value, Vm};

const TABLE: Table = builtins![copy(x) Metered => copy, deepcopy(x, memo = None) Metered => deepcopy];

/// The members of `copy`.
pub(super) fn members() -> Members {
    functions(TABLE)
}

fn copy(vm: &mut dyn Vm, value: Value) -> Result<Value, Fault> {
    Ok(match &value {
        Value::List(items) => {
            vm.charge_items(items.borrow().len())?;
            Value::list(items.borrow().clone())
        }
        Value::Dict(dict) => {
            vm.charge_items(dict.borrow().len())?;
            let dict = dict.borrow();
            Value::dict(match dict.missing {
                _ if dict.is_frozen() => one_by_one(&dict),
                // A counter is made anew from a dict with its entries.
                Missing::Zero => dict.copy().copy(),
                _ => dict.copy(),
            })
        }
        Value::Set(set) if !set.borrow().frozen => {
            vm.charge_items(set.borrow().len())?;
            Value::set(set.borrow().copy())
        }
        other => other.clone(),
    })
}

/// A frozendict is copied like any object that is not known to `copy`: its entries are set in a new one.
fn one_by_one(dict: &Dict) -> Dict {
    let mut copy = Dict::of_kind(DictKind::Frozen);
    for (k, entry) in dict.entries() {
        copy.insert_at(k.clone(), entry.value.clone(), entry.key_span, entry.span);
    }
    copy
}

fn deepcopy(vm: &mut dyn Vm, value: Value, _: Option<Value>) -> Result<Value, Fault> {
    let mut copier = Copier { vm, made: FxHashMap::default(), depth: 0 };
    copier.value(&value)
}

/// A deep copy in the making. What is shared in the original is shared in the copy.
struct Copier<'a> {
    vm: &'a mut dyn Vm,
    made: FxHashMap<*const (), Value>,
    depth: usize,
}

impl Copier<'_> {
    fn value(&mut self, value: &Value) -> Result<Value, Fault> {
        let address: *const () = match value {
            Value::List(items) => Rc::as_ptr(items).cast(),
            Value::Dict(dict) => Rc::as_ptr(dict).cast(),
            Value::Set(set) => Rc::as_ptr(set).cast(),
            Value::Tuple(items) => Rc::as_ptr(items).cast(),
            other => return Ok(other.clone()),
        };
        if let Some(made) = self.made.get(&address) {
            return Ok(made.clone());
        }
        if self.depth >= MAX_NESTED {
            return Err(too_deep());
        }
        self.depth += 1;
        let made = self.container(address, value)?;
        self.depth -= 1;
        self.made.insert(address, made.clone());
        Ok(made)
    }

    fn container(&mut self, address: *const (), value: &Value) -> Result<Value, Fault> {
        match value {
            Value::List(items) => {
                let copy = Value::list(Vec::new());
                // Known before its items are copied: the list may hold itself.
                self.made.insert(address, copy.clone());
                let items = self.items(&items.borrow().clone())?;
                if let Value::List(list) = &copy {
                    *list.borrow_mut() = items;
                }
                Ok(copy)
            }
            Value::Tuple(items) => self.items(items).map(Value::tuple),
            Value::Dict(dict) => {
                let counts = matches!(dict.borrow().missing, Missing::Zero);
                let original = if counts { dict.borrow().copy() } else { dict.borrow().clone() };
                self.vm.charge_items(original.len())?;
                let copy = Value::dict(Dict::new());
                self.made.insert(address, copy.clone());
                let mut entries = Dict::of_kind(original.kind());
                entries.missing = original.missing.clone();
                for (k, entry) in original.entries() {
                    let k = match k.value() {
                        inside @ (Value::Tuple(_) | Value::Set(_)) => {
                            let copied = self.value(inside)?;
                            key(self.vm, &copied)?
                        }
                        _ => k.clone(),
                    };
                    let value = self.value(&entry.value)?;
                    entries.insert_at(k, value, entry.key_span, entry.span);
                }
                if let Value::Dict(dict) = &copy {
                    *dict.borrow_mut() = if counts { entries.copy() } else { entries };
                }
                Ok(copy)
            }
            Value::Set(set) => {
                let items: Vec<Value> = set.borrow().iter().cloned().collect();
                let mut copy = Set::new();
                copy.frozen = set.borrow().frozen;
                for item in self.items(&items)? {
                    copy.insert(key(self.vm, &item)?);
                }
                Ok(Value::set(copy))
            }
            other => Ok(other.clone()),
        }
    }

    fn items(&mut self, items: &[Value]) -> Result<Vec<Value>, Fault> {
        self.vm.charge_items(items.len())?;
        items.iter().map(|item| self.value(item)).collect()
    }
}
