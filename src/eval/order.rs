//! Lints about the order of dicts and sets, which is that of Python 2's hash table.

use rustc_hash::FxHashSet;

use super::machine::Machine;
use crate::lints::eval::{ADDRESS_ORDER, HASH_ORDER};

use crate::python::Function;
use crate::python::class::PlainType;
use crate::source::Span;
use crate::template::value::Value;

/// What is known about where the program is, as far as the order of items matters.
#[derive(Debug)]
pub(super) struct Order {
    /// What walks over items at the moment: a call, or what stands after `in`.
    pub(super) place: Span,
    context: Context,
    /// Where something was said already: a loop may come by many times.
    said: FxHashSet<Span>,
}

impl Default for Order {
    fn default() -> Order {
        Order { place: Span::NONE, context: Context::default(), said: FxHashSet::default() }
    }
}

/// What becomes of the items. A function that is called begins anew.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    /// Calls around the program's place that make text of items: `' '.join(...)`.
    text: u32,
    /// Calls around it that take items in any order: `sorted(...)`.
    ignored: u32,
}

/// Functions and types whose result does not depend on the order of their items.
const IGNORE_ORDER: &[&str] =
    &["all", "any", "dict", "frozenset", "len", "max", "min", "set", "sorted", "sum"];

/// Methods of dicts and sets of which the same is true.
const METHODS_IGNORE_ORDER: &[&str] = &[
    "difference",
    "difference_update",
    "intersection",
    "intersection_update",
    "isdisjoint",
    "issubset",
    "issuperset",
    "symmetric_difference",
    "symmetric_difference_update",
    "union",
    "update",
];

impl Machine {
    /// Notes that a function is about to get its arguments. The result goes to [`Machine::end_context`].
    pub(super) fn begin_call(&mut self, callee: Option<&Value>) -> Context {
        let outer = self.order.context;
        if callee.is_some_and(ignores_order) {
            self.order.context.ignored += 1;
        }
        outer
    }

    /// The same for a method.
    pub(super) fn begin_method(&mut self, receiver: Option<&Value>, name: &str) -> Context {
        let outer = self.order.context;
        match receiver {
            Some(Value::Str(_)) if name == "join" => self.order.context.text += 1,
            Some(Value::Dict(_) | Value::Set(_)) if METHODS_IGNORE_ORDER.contains(&name) => {
                self.order.context.ignored += 1;
            }
            _ => {}
        }
        outer
    }

    /// Notes that items are about to be put where their order makes no difference.
    pub(super) fn begin_unordered(&mut self) -> Context {
        let outer = self.order.context;
        self.order.context.ignored += 1;
        outer
    }

    /// Notes that a function of the file begins.
    pub(super) fn begin_function(&mut self) -> Context {
        std::mem::take(&mut self.order.context)
    }

    /// Goes back to what was before.
    pub(super) fn end_context(&mut self, outer: Context) {
        self.order.context = outer;
    }

    /// Warns about the order in which the items of a dict or set are gone through; `written` says that they become text.
    pub(super) fn doubt_order(&mut self, container: &Value, written: bool) {
        let Context { text, ignored } = self.order.context;
        if ignored > 0 || (text == 0 && !written && !has_addresses(container)) {
            return;
        }
        let span = self.order.place;
        if span.is_none() || self.order.said.contains(&span) {
            return;
        }
        if has_addresses(container) {
            self.order.said.insert(span);
            let message = format!("the order of {} is that of memory addresses", container.described());
            let help = "sort the items by something that every run gives alike, or write a list";
            self.warn(&ADDRESS_ORDER, span, message, help);
        } else if (text > 0 || written) && !is_as_added(container) {
            self.order.said.insert(span);
            let message = format!(
                "a string is made from {} in another order than the written one",
                container.described()
            );
            let help = "where the order matters, sort the items, or write a list of pairs or an OrderedDict";
            self.warn(&HASH_ORDER, span, message, help);
        }
    }
}

fn ignores_order(callee: &Value) -> bool {
    let name = callee.downcast::<Function>().map(Function::name);
    let name = name.or_else(|| callee.downcast::<PlainType>().map(|ty| ty.name));
    name.is_some_and(|name| IGNORE_ORDER.contains(&name))
}

fn is_as_added(container: &Value) -> bool {
    match container {
        Value::Dict(dict) => dict.borrow().is_as_added(),
        Value::Set(set) => set.borrow().is_as_added(),
        _ => true,
    }
}

/// Whether one of several keys is hashed by its address, where the order is that of hashes.
fn has_addresses(container: &Value) -> bool {
    match container {
        Value::Dict(dict) => {
            let dict = dict.borrow();
            dict.len() > 1 && dict.has_addresses()
        }
        Value::Set(set) => {
            let set = set.borrow();
            set.len() > 1 && set.has_addresses()
        }
        _ => false,
    }
}
