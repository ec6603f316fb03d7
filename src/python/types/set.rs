//! Sets and frozensets: `set()`, `frozenset()`, their methods and operators.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::arguments::{Argument, Table, builtins};
use crate::python::compare::key;
use crate::python::iterate::collect;
use crate::python::short;
use crate::syntax::ast::BinOp;
use crate::template::value::{Dict, Fault, Key, Set, Value, Vm};

type Items = Rc<RefCell<Set>>;

/// The methods of sets and frozensets.
pub(in crate::python) const METHODS: Table = builtins![
    union(self, *others) Metered => |vm, set: Items, others| combined(vm, &set, others, SetOp::Union),
    intersection(self, *others) Metered => |vm, set: Items, others| {
        combined(vm, &set, others, SetOp::Intersection)
    },
    difference(self, *others) Metered => |vm, set: Items, others| {
        combined(vm, &set, others, SetOp::Difference)
    },
    symmetric_difference(self, *others) Metered => |vm, set: Items, others| {
        combined(vm, &set, others, SetOp::Symmetric)
    },
    issubset(self, other) Copy(0) => |vm, set: Items, other: Value| {
        compared(vm, &set, &other, |x, y| x.keys().all(|k| y.contains(k)))
    },
    issuperset(self, other) Copy(0) => |vm, set: Items, other: Value| {
        compared(vm, &set, &other, |x, y| y.keys().all(|k| x.contains(k)))
    },
    isdisjoint(self, other) Copy(0) => |vm, set: Items, other: Value| {
        compared(vm, &set, &other, |x, y| !x.keys().any(|k| y.contains(k)))
    },
    copy(self) Copy(0) => copy,
];

/// The methods that change a set.
pub(in crate::python) const CHANGING_METHODS: Table = builtins![
    add(self, item) Metered => add,
    remove(self, item) Metered => remove,
    discard(self, item) Metered => discard,
    pop(self) Metered => pop,
    clear(self) Constant => clear,
    update(self, *others) Metered => |vm, set: Changing, others| changed(vm, &set, others, SetOp::Union),
    intersection_update(self, *others) Metered => |vm, set: Changing, others| {
        changed(vm, &set, others, SetOp::Intersection)
    },
    difference_update(self, *others) Metered => |vm, set: Changing, others| {
        changed(vm, &set, others, SetOp::Difference)
    },
    symmetric_difference_update(self, *others) Metered => |vm, set: Changing, others| {
        changed(vm, &set, others, SetOp::Symmetric)
    },
];

/// What the types are called for.
pub(in crate::python) const CONSTRUCTORS: Table =
    builtins![set(items = ()) Metered => to_set, frozenset(items = ()) Metered => to_frozenset];

/// A set that is not frozen.
struct Changing(Items);

impl Argument for Changing {
    fn given(function: &str, value: Value) -> Result<Self, Fault> {
        let set = Items::given(function, value)?;
        if set.borrow().frozen {
            return Err(Fault::type_error(format!("a frozenset does not change: it has no {function}()")));
        }
        Ok(Changing(set))
    }
}

fn to_set(vm: &mut dyn Vm, items: Option<Value>) -> Result<Value, Fault> {
    items.map_or(Ok(Set::new()), |v| set_of(vm, &v)).map(Value::set)
}

fn to_frozenset(vm: &mut dyn Vm, items: Option<Value>) -> Result<Value, Fault> {
    if let Some(Value::Set(set)) = &items
        && set.borrow().frozen
    {
        return Ok(Value::Set(set.clone()));
    }
    let mut set = items.map_or(Ok(Set::new()), |v| set_of(vm, &v))?;
    set.frozen = true;
    Ok(Value::set(set))
}

fn combined(vm: &mut dyn Vm, set: &Items, others: Vec<Value>, op: SetOp) -> Result<Value, Fault> {
    let mut others = others.into_iter();
    let result = match others.next() {
        Some(first) => combine(vm, op, set, &first)?,
        None => set.borrow().copy(),
    };
    let result = RefCell::new(result);
    for other in others {
        change(vm, op, &result, &other)?;
    }
    Ok(Value::set(result.into_inner()))
}

fn changed(vm: &mut dyn Vm, set: &Changing, others: Vec<Value>, op: SetOp) -> Result<Value, Fault> {
    for other in others {
        change(vm, op, &set.0, &other)?;
    }
    Ok(Value::None)
}

fn compared(
    vm: &mut dyn Vm,
    set: &Items,
    other: &Value,
    test: fn(&Set, &Set) -> bool,
) -> Result<Value, Fault> {
    let other = set_of(vm, other)?;
    let result = test(&set.borrow(), &other);
    Ok(Value::Bool(result))
}

fn copy(_: &mut dyn Vm, set: Items) -> Result<Value, Fault> {
    if set.borrow().frozen {
        return Ok(Value::Set(set));
    }
    let copy = set.borrow().copy();
    Ok(Value::set(copy))
}

fn add(vm: &mut dyn Vm, Changing(set): Changing, item: Value) -> Result<Value, Fault> {
    let item = key(vm, &item)?;
    let size = set.borrow().len();
    if size >= vm.budgets().items {
        vm.charge_items(size + 1)?;
    }
    set.borrow_mut().insert(item);
    vm.charge_probes(set.borrow().take_probes())?;
    Ok(Value::None)
}

fn remove(vm: &mut dyn Vm, Changing(set): Changing, item: Value) -> Result<Value, Fault> {
    let wanted = key(vm, &item)?;
    let removed = set.borrow_mut().remove(&wanted);
    vm.charge_probes(set.borrow().take_probes())?;
    if removed {
        return Ok(Value::None);
    }
    let fault = Fault::key_error(format!("{} is not in the set", short(&item)));
    Err(fault.args(vec![item]).help(".discard() does not mind"))
}

fn discard(vm: &mut dyn Vm, Changing(set): Changing, item: Value) -> Result<Value, Fault> {
    let item = key(vm, &item)?;
    set.borrow_mut().remove(&item);
    vm.charge_probes(set.borrow().take_probes())?;
    Ok(Value::None)
}

fn pop(vm: &mut dyn Vm, Changing(set): Changing) -> Result<Value, Fault> {
    let popped = set.borrow_mut().pop();
    vm.charge_probes(set.borrow().take_probes())?;
    popped.ok_or_else(|| Fault::key_error("pop() of an empty set").python("pop from an empty set"))
}

fn clear(_: &mut dyn Vm, Changing(set): Changing) -> Result<Value, Fault> {
    *set.borrow_mut() = Set::new();
    Ok(Value::None)
}

/// What two sets are combined to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOp {
    /// `a | b`
    Union,
    /// `a & b`
    Intersection,
    /// `a - b`
    Difference,
    /// `a ^ b`
    Symmetric,
}

impl SetOp {
    /// The operation that an operator stands for.
    pub(in crate::python) fn of(op: BinOp) -> Option<SetOp> {
        match op {
            BinOp::BitOr => Some(SetOp::Union),
            BinOp::BitAnd => Some(SetOp::Intersection),
            BinOp::Sub => Some(SetOp::Difference),
            BinOp::BitXor => Some(SetOp::Symmetric),
            _ => None,
        }
    }
}

/// What a set is combined with. CPython has ways of its own for sets and dicts; of anything else it takes the items.
enum Other {
    Set(Rc<RefCell<Set>>),
    Dict(Rc<RefCell<Dict>>),
    Items(Vec<Key>),
    /// The very set that is to be changed.
    Itself,
}

impl Other {
    fn of(vm: &mut dyn Vm, value: &Value) -> Result<Other, Fault> {
        Ok(match value {
            Value::Set(set) => Other::Set(set.clone()),
            Value::Dict(dict) if dict.borrow().is_exact() => Other::Dict(dict.clone()),
            items => {
                let items = collect(vm, items)?;
                Other::Items(items.iter().map(|item| key(vm, item)).collect::<Result<_, _>>()?)
            }
        })
    }

    fn len(&self) -> usize {
        match self {
            Other::Set(set) => set.borrow().len(),
            Other::Dict(dict) => dict.borrow().len(),
            Other::Items(items) => items.len(),
            Other::Itself => 0,
        }
    }

    fn take_probes(&self) -> u64 {
        match self {
            Other::Set(set) => set.borrow().take_probes(),
            Other::Dict(dict) => dict.borrow().take_probes(),
            Other::Items(_) | Other::Itself => 0,
        }
    }
}

/// `left op right` of two sets; `None` where they do not go together.
pub(in crate::python) fn operator(
    vm: &mut dyn Vm,
    op: SetOp,
    left: &Value,
    right: &Value,
) -> Option<Result<Value, Fault>> {
    match (left, right) {
        (Value::Set(set), Value::Set(_)) => Some(combine(vm, op, set, right).map(Value::set)),
        _ => None,
    }
}

/// A set combined with the items of a value; the result is frozen if the set is.
///
/// # Errors
/// When the value has no items that can be in a set, or the result is larger than allowed.
pub fn combine(vm: &mut dyn Vm, op: SetOp, set: &RefCell<Set>, other: &Value) -> Result<Set, Fault> {
    let other = match (op, other) {
        (SetOp::Union | SetOp::Intersection, Value::Set(same)) if std::ptr::eq(&**same, set) => Other::Itself,
        (_, other) => Other::of(vm, other)?,
    };
    let set = &*set.borrow();
    vm.charge_items(set.len() + other.len())?;
    let result = match (op, &other) {
        (SetOp::Intersection, other) => intersection(vm, set, other)?,
        (SetOp::Difference, Other::Set(other)) => set.difference(&other.borrow()),
        (SetOp::Difference, Other::Dict(other)) => set.difference_of_dict(&other.borrow()),
        (SetOp::Union | SetOp::Difference, other) => {
            let mut result = set.copy();
            apply(vm, op, &mut result, other)?;
            result
        }
        (SetOp::Symmetric, other) => {
            let mut result = set.emptied();
            apply(vm, SetOp::Union, &mut result, other)?;
            result.toggle(set.keys());
            result
        }
    };
    vm.charge_probes(result.take_probes() + set.take_probes() + other.take_probes())?;
    Ok(result)
}

/// Changes a set by the items of a value, as `|=` and `update()` do.
///
/// # Errors
/// As for [`combine`].
pub fn change(vm: &mut dyn Vm, op: SetOp, set: &RefCell<Set>, other: &Value) -> Result<(), Fault> {
    let other = match other {
        Value::Set(same) if std::ptr::eq(&**same, set) => Other::Itself,
        other => Other::of(vm, other)?,
    };
    let mut set = set.borrow_mut();
    vm.charge_items(set.len() + other.len())?;
    apply(vm, op, &mut set, &other)?;
    vm.charge_probes(set.take_probes() + other.take_probes())
}

/// Changes a set. What is not a set or dict itself, whose making was counted, is counted item by item.
fn apply(vm: &mut dyn Vm, op: SetOp, set: &mut Set, other: &Other) -> Result<(), Fault> {
    match (op, other) {
        (SetOp::Union, Other::Set(other)) => set.merge(&other.borrow()),
        (SetOp::Union, Other::Dict(dict)) => set.add_keys(&dict.borrow()),
        (SetOp::Union, Other::Items(items)) => {
            for item in items {
                set.insert(item.clone());
                vm.charge_probes(set.take_probes())?;
            }
        }
        (SetOp::Union, Other::Itself) => {}
        (SetOp::Intersection, other) => *set = intersection(vm, set, other)?,
        (SetOp::Difference | SetOp::Symmetric, Other::Itself) => {
            *set = set.emptied();
        }
        (SetOp::Difference, other) => match other {
            Other::Set(other) => set.remove_all(other.borrow().keys()),
            Other::Dict(dict) => set.remove_all(dict.borrow().keys()),
            Other::Items(items) => {
                for item in items {
                    set.remove(item);
                    vm.charge_probes(set.take_probes())?;
                }
                set.remove_all(std::iter::empty());
            }
            Other::Itself => {}
        },
        (SetOp::Symmetric, Other::Set(other)) => set.toggle(other.borrow().keys()),
        (SetOp::Symmetric, Other::Dict(dict)) => set.toggle(dict.borrow().keys()),
        (SetOp::Symmetric, other) => {
            let mut items = Set::new();
            apply(vm, SetOp::Union, &mut items, other)?;
            set.toggle(items.keys());
        }
    }
    Ok(())
}

fn intersection(vm: &mut dyn Vm, set: &Set, other: &Other) -> Result<Set, Fault> {
    Ok(match other {
        Other::Set(other) => set.intersection(&other.borrow()),
        Other::Dict(dict) => set.common(dict.borrow().keys()),
        Other::Items(items) => {
            let mut result = set.emptied();
            for item in items {
                if set.contains(item) {
                    result.insert(item.clone());
                }
                vm.charge_probes(set.take_probes() + result.take_probes())?;
            }
            result
        }
        Other::Itself => set.copy(),
    })
}

/// A set of the items of a value.
///
/// # Errors
/// When the value cannot be walked over, or an item cannot be in a set.
pub fn set_of(vm: &mut dyn Vm, value: &Value) -> Result<Set, Fault> {
    let other = Other::of(vm, value)?;
    vm.charge_items(other.len())?;
    let mut set = Set::new();
    apply(vm, SetOp::Union, &mut set, &other)?;
    vm.charge_probes(set.take_probes())?;
    Ok(set)
}
