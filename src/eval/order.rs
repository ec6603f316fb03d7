//! Where the order of items matters: what the lints about the order of dicts and sets need to know.

use rustc_hash::FxHashSet;

use crate::python::Function;
use crate::python::class::PlainType;
use crate::source::Span;
use crate::template::value::Value;

/// What is known about where the program is, as far as the order of items matters.
#[derive(Debug)]
pub(super) struct Order {
    /// What walks over items at the moment: a call, or what stands after `in`.
    pub(super) place: Span,
    pub(super) context: Context,
    /// Where something was said already: a loop may come by many times.
    pub(super) said: FxHashSet<Span>,
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
    pub(super) text: u32,
    /// Calls around it that take items in any order: `sorted(...)`.
    pub(super) ignored: u32,
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

impl Order {
    /// Notes that a function is about to get its arguments. The result goes to [`Order::end_context`].
    pub(super) fn begin_call(&mut self, callee: Option<&Value>) -> Context {
        let outer = self.context;
        if callee.is_some_and(ignores_order) {
            self.context.ignored += 1;
        }
        outer
    }

    /// The same for a method.
    pub(super) fn begin_method(&mut self, receiver: Option<&Value>, name: &str) -> Context {
        let outer = self.context;
        match receiver {
            Some(Value::Str(_)) if name == "join" => self.context.text += 1,
            Some(Value::Dict(_) | Value::Set(_)) if METHODS_IGNORE_ORDER.contains(&name) => {
                self.context.ignored += 1;
            }
            _ => {}
        }
        outer
    }

    /// Notes that items are about to be put where their order makes no difference.
    pub(super) fn begin_unordered(&mut self) -> Context {
        let outer = self.context;
        self.context.ignored += 1;
        outer
    }

    /// Notes that a function of the file begins.
    pub(super) fn begin_function(&mut self) -> Context {
        std::mem::take(&mut self.context)
    }

    /// Goes back to what was before.
    pub(super) fn end_context(&mut self, outer: Context) {
        self.context = outer;
    }
}

fn ignores_order(callee: &Value) -> bool {
    let name = callee.downcast::<Function>().map(Function::name);
    let name = name.or_else(|| callee.downcast::<PlainType>().map(|ty| ty.name));
    name.is_some_and(|name| IGNORE_ORDER.contains(&name))
}
