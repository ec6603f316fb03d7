//! `collections.deque`.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::python::iterate::collect;
use crate::python::ops::get_item;
use crate::python::params::{int, int_or, receiver, take};
use crate::template::value::{Args, BuiltinFn, Fault, Native, Value, Vm};

#[derive(Debug)]
struct Deque {
    items: RefCell<VecDeque<Value>>,
    most: Option<usize>,
}

/// `deque(items, maxlen)`
pub(super) fn deque(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([], [items, most]) = take("deque", args, [], ["iterable", "maxlen"])?;
    let most = match most {
        None | Some(Value::None) => None,
        Some(most) => Some(usize::try_from(int("deque", &most)?).unwrap_or(0)),
    };
    let deque = Deque { items: RefCell::default(), most };
    if let Some(items) = items {
        for item in collect(vm, &items)? {
            deque.push(vm, item, false)?;
        }
    }
    Ok(Value::native(deque))
}

impl Deque {
    /// Adds an item at one end; one too many falls out at the other.
    fn push(&self, vm: &mut dyn Vm, item: Value, left: bool) -> Result<(), Fault> {
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
        Ok(())
    }
}

const METHODS: &[(&str, BuiltinFn)] = &[
    ("append", |m, a| added(m, "append", a, false)),
    ("appendleft", |m, a| added(m, "appendleft", a, true)),
    ("extend", |m, a| extended(m, "extend", a, false)),
    ("extendleft", |m, a| extended(m, "extendleft", a, true)),
    ("pop", |_, a| popped("pop", a, false)),
    ("popleft", |_, a| popped("popleft", a, true)),
    ("clear", |_, a| {
        with_deque("clear", a, |d, args| {
            take("clear", args, [], [])?;
            d.items.borrow_mut().clear();
            Ok(Value::None)
        })
    }),
    ("rotate", rotate),
];

fn with_deque<T>(
    name: &str,
    args: Args,
    run: impl FnOnce(&Deque, Args) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let (value, args) = receiver(name, args)?;
    match value.downcast::<Deque>() {
        Some(deque) => run(deque, args),
        None => Err(Fault::bad_call(format!("{name}() belongs to a deque"))),
    }
}

fn added(vm: &mut dyn Vm, name: &str, args: Args, left: bool) -> Result<Value, Fault> {
    with_deque(name, args, |deque, args| {
        let ([item], []) = take(name, args, ["item"], [])?;
        deque.push(vm, item, left).map(|()| Value::None)
    })
}

fn extended(vm: &mut dyn Vm, name: &str, args: Args, left: bool) -> Result<Value, Fault> {
    with_deque(name, args, |deque, args| {
        let ([items], []) = take(name, args, ["iterable"], [])?;
        for item in collect(vm, &items)? {
            deque.push(vm, item, left)?;
        }
        Ok(Value::None)
    })
}

fn popped(name: &str, args: Args, left: bool) -> Result<Value, Fault> {
    with_deque(name, args, |deque, args| {
        take(name, args, [], [])?;
        let mut items = deque.items.borrow_mut();
        let item = if left { items.pop_front() } else { items.pop_back() };
        item.ok_or_else(|| Fault::index_error(format!("{name}() of an empty deque")))
    })
}

fn rotate(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    with_deque("rotate", args, |deque, args| {
        let ([], [count]) = take("rotate", args, [], ["n"])?;
        let count = int_or("rotate", count.as_ref(), 1)?;
        let mut items = deque.items.borrow_mut();
        if !items.is_empty() {
            let steps = count.rem_euclid(items.len() as i64) as usize;
            items.rotate_right(steps);
        }
        Ok(Value::None)
    })
}

impl Native for Deque {
    fn type_name(&self) -> &str {
        "deque"
    }

    fn display(&self) -> String {
        let items: Vec<Value> = self.items.borrow().iter().cloned().collect();
        match self.most {
            Some(most) => format!("deque({}, maxlen={most})", Value::list(items).repr()),
            None => format!("deque({})", Value::list(items).repr()),
        }
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.items.borrow().iter().cloned().collect())
    }

    fn is_empty(&self) -> bool {
        self.items.borrow().is_empty()
    }

    fn get_item(&self, vm: &mut dyn Vm, index: &Value) -> Option<Result<Value, Fault>> {
        let items = Value::list(self.items.borrow().iter().cloned().collect());
        Some(get_item(vm, &items, index))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        let most = || self.most.map_or(Value::None, |n| Value::Int(n as i64));
        (name == "maxlen").then(most)
    }

    fn method(&self, name: &str) -> Option<(&'static str, BuiltinFn)> {
        METHODS.iter().find(|(n, _)| *n == name).copied()
    }

    fn names(&self) -> Vec<&str> {
        METHODS.iter().map(|(n, _)| *n).collect()
    }
}
