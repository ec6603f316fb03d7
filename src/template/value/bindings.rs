//! What names are bound to: the scopes of an object.

use std::cell::Cell;
use std::rc::Rc;

use super::Object;
use crate::common::FewMap;
use crate::source::Span;
use crate::template::text::{Component, Ref, Text};

/// A set of bindings made by one argument of `bind()`.
#[derive(Debug, Default)]
pub struct Environment {
    /// By first component; then the rest of each address, which is empty for the name itself.
    pub(in crate::template) table: FewMap<Component, FewMap<Ref, Binding>>,
    /// Whether a lookup found something here.
    pub(in crate::template) used: Cell<bool>,
}

/// A name that is bound, and where.
#[derive(Debug, Clone)]
pub struct Binding {
    /// What it is bound to.
    pub value: Bound,
    /// Where the name is written; [`Span::NONE`] for a binding that no file makes.
    pub name: Span,
    /// Where the value is written, likewise.
    pub span: Span,
}

/// What a name is bound to.
#[derive(Debug, Clone)]
pub enum Bound {
    /// Text (numbers and booleans are text too).
    Text(Text),
    /// A template object.
    Object(Object),
}

/// One scope of an object's own list.
#[derive(Debug, Clone)]
pub enum Scope {
    /// Bindings of a dict or of keywords.
    Environment(Rc<Environment>),
    /// A bound struct, list or map: its insides are in scope.
    Object(Object),
    /// A struct's fields, as `self.x` and as `x`: captured from an enclosing struct.
    Fields(Object),
    /// Scopes that answer after `super.`.
    Super(Rc<[Scope]>),
}

impl Environment {
    pub(in crate::template) fn insert(&mut self, address: Ref, binding: Binding) {
        let (head, rest) = address.split_first();
        match self.table.get_mut(&head) {
            Some(entries) => {
                entries.insert(rest, binding);
            }
            None => {
                self.table.insert(head, FewMap::from_iter([(rest, binding)]));
            }
        }
    }

    /// The addresses that are bound, with their values.
    pub fn bindings(&self) -> impl Iterator<Item = (Address<'_>, &Binding)> {
        self.table.iter().flat_map(|(head, e)| e.iter().map(move |(rest, b)| (Address { head, rest }, b)))
    }

    /// Whether any reference has been answered from here.
    pub fn was_used(&self) -> bool {
        self.used.get()
    }

    fn depth(&self) -> u16 {
        let depth = |b: &Binding| match &b.value {
            Bound::Object(o) => o.depth(),
            Bound::Text(_) => 0,
        };
        self.table.values().flat_map(FewMap::values).map(depth).max().unwrap_or(0)
    }
}

/// What is bound in an environment.
#[derive(Debug, Clone, Copy)]
pub struct Address<'e> {
    head: &'e Component,
    rest: &'e Ref,
}

impl Address<'_> {
    /// The reference that finds it.
    pub fn reference(&self) -> Ref {
        Ref::from_components(vec![self.head.clone()]).join(self.rest)
    }
}

impl Scope {
    pub(in crate::template) fn depth(&self) -> u16 {
        match self {
            Scope::Environment(e) => e.depth(),
            Scope::Object(o) | Scope::Fields(o) => o.depth(),
            Scope::Super(scopes) => scopes.iter().map(Scope::depth).max().unwrap_or(0),
        }
    }
}
