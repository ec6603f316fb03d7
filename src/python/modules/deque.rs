//! `collections.deque`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::iterate::collect;
use crate::template::value::{Fault, Native, Repr, Value, Vm};

#[derive(Debug)]
struct Deque {
    items: RefCell<VecDeque<Value>>,
    most: Option<usize>,
}

/// `deque`
pub(super) const TABLE: Table = builtins![deque(iterable = (), maxlen = None) Metered => deque];

fn deque(vm: &mut dyn Vm, items: Option<Value>, most: OrNone<i64>) -> Result<Value, Fault> {
    let most = most.0.map(|most| usize::try_from(most).unwrap_or(0));
    let deque = Deque { items: RefCell::default(), most };
    if let Some(items) = items {
        deque.extend(vm, &items, false)?;
    }
    Ok(Value::native(deque))
}

impl Deque {
    /// Adds an item at one end; one too many falls out at the other.
    fn push(&self, vm: &mut dyn Vm, item: Value, left: bool) -> Result<Value, Fault> {
        let mut items = self.items.borrow_mut();
        if items.len() >= vm.budgets().items {
            vm.charge_items(items.len() + 1)?;
        }
        if left {
            items.push_front(item);
        } else {
            items.push_back(item);
        }
        if self.most.is_some_and(|most| items.len() > most) {
            if left {
                items.pop_back();
            } else {
                items.pop_front();
            }
        }
        Ok(Value::None)
    }

    fn extend(&self, vm: &mut dyn Vm, items: &Value, left: bool) -> Result<Value, Fault> {
        for item in collect(vm, items)? {
            self.push(vm, item, left)?;
        }
        Ok(Value::None)
    }
}

const METHODS: Table = builtins![
    append(self, item) Constant => |vm, deque: Rc<Deque>, item| deque.push(vm, item, false),
    appendleft(self, item) Constant => |vm, deque: Rc<Deque>, item| deque.push(vm, item, true),
    extend(self, iterable) Metered => |vm, deque: Rc<Deque>, items: Value| deque.extend(vm, &items, false),
    extendleft(self, iterable) Metered => |vm, deque: Rc<Deque>, items: Value| deque.extend(vm, &items, true),
    pop(self) Constant => |_, deque: Rc<Deque>| popped("pop", deque.items.borrow_mut().pop_back()),
    popleft(self) Constant => |_, deque: Rc<Deque>| popped("popleft", deque.items.borrow_mut().pop_front()),
    clear(self) Constant => |_, deque: Rc<Deque>| {
        deque.items.borrow_mut().clear();
        Ok(Value::None)
    },
    rotate(self, n = 1) Metered => rotate,
];

fn popped(name: &str, item: Option<Value>) -> Result<Value, Fault> {
    item.ok_or_else(|| Fault::index_error(format!("{name}() of an empty deque")))
}

fn rotate(vm: &mut dyn Vm, deque: Rc<Deque>, count: OrNone<i64>) -> Result<Value, Fault> {
    let mut items = deque.items.borrow_mut();
    vm.charge(items.len() as u64 / 64)?;
    if !items.is_empty() {
        let steps = count.0.unwrap_or(1).rem_euclid(items.len() as i64) as usize;
        items.rotate_right(steps);
    }
    Ok(Value::None)
}

impl Native for Deque {
    fn type_name(&self) -> &str {
        "deque"
    }

    fn write_repr(&self, repr: &mut Repr) {
        repr.items("deque([", self.items.borrow().iter(), "]");
        repr.push(&self.most.map_or(")".to_string(), |most| format!(", maxlen={most})")));
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.items.borrow().iter().cloned().collect())
    }

    fn is_empty(&self) -> bool {
        self.items.borrow().is_empty()
    }

    fn get_item(&self, vm: &mut dyn Vm, index: &Value) -> Option<Result<Value, Fault>> {
        let items = Value::list(self.items.borrow().iter().cloned().collect());
        Some(vm.item(&items, index))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        let most = || self.most.map_or(Value::None, |n| Value::Int(n as i64));
        (name == "maxlen").then(most)
    }

    fn methods(&self) -> Table {
        METHODS
    }
}
