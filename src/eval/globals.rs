//! The one namespace that an entry file and everything it includes share.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::frame::Placed;
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::template::value::Value;

/// A global name.
#[derive(Debug, Clone)]
pub(super) struct Global {
    pub value: Value,
    /// Where it was bound last.
    pub span: Span,
    /// Where its value was written.
    pub place: Span,
    /// Whether it was bound by a list comprehension, which is over.
    pub leaked: bool,
}

/// The names that the files have bound. After them stand the schema's names, then the built-in functions.
#[derive(Debug, Default)]
pub struct Globals {
    names: IndexMap<Name, Global, FxBuildHasher>,
    /// Schema names that `del` removed.
    hidden: FxHashSet<Name>,
    /// Where the items of a list literal are written, by the name that it is bound to.
    items: FxHashMap<Name, Vec<Span>>,
    /// What could be made of lists whose statements failed.
    spared: FxHashMap<Name, Vec<Value>>,
}

impl Globals {
    /// The value that the files have bound to a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.names.get(name).map(|g| &g.value)
    }

    /// Where a name was bound last; [`Span::NONE`] where the files do not bind it.
    pub fn span(&self, name: &str) -> Span {
        self.names.get(name).map_or(Span::NONE, |g| g.span)
    }

    /// The value of a name, and where it was written.
    pub(super) fn placed(&self, name: &str) -> Option<Placed> {
        self.names.get(name).map(|global| Placed { value: global.value.clone(), place: global.place })
    }

    /// Where the value of a name was written; [`Span::NONE`] where that is not known.
    pub(super) fn place(&self, name: &str) -> Span {
        self.names.get(name).map_or(Span::NONE, |global| global.place)
    }

    /// The names and values that the files have bound, in the order of their first binding.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Value)> {
        self.names.iter().map(|(n, g)| (n, &g.value))
    }

    /// Where the items of a name's list are written, if all of them stand in one list literal.
    pub fn item_places(&self, name: &str, count: usize) -> &[Span] {
        self.items.get(name).map(Vec::as_slice).filter(|places| places.len() == count).unwrap_or_default()
    }

    /// The items of a list that was to be bound to a name, without those that failed; for looking at them only.
    pub fn spared(&self, name: &str) -> &[Value] {
        self.spared.get(name).map_or(&[], Vec::as_slice)
    }

    /// Lets go of the value of a name; its place stays known.
    pub fn let_go(&mut self, name: &str) {
        if let Some(global) = self.names.get_mut(name) {
            global.value = Value::None;
        }
    }

    /// Reserves room for more names.
    pub(super) fn reserve(&mut self, names: usize) {
        self.names.reserve(names);
    }

    /// Keeps the items of a list, of which others have failed.
    pub(super) fn spare(&mut self, name: &Name, items: Vec<Value>) {
        self.spared.insert(name.clone(), items);
    }

    pub(super) fn set(&mut self, name: &Name, held: Placed, span: Span) {
        let global = Global { value: held.value, span, place: held.place, leaked: false };
        self.names.insert(name.clone(), global);
    }

    /// A name that the files have bound.
    pub(super) fn find(&self, name: &str) -> Option<&Global> {
        self.names.get(name)
    }

    /// Notes that a name was bound by a list comprehension, which is over.
    pub(super) fn mark_leaked(&mut self, name: &str) {
        if let Some(global) = self.names.get_mut(name) {
            global.leaked = true;
        }
    }

    /// Keeps the places of a list literal's items.
    pub(super) fn note_items(&mut self, name: &Name, places: Vec<Span>) {
        self.items.insert(name.clone(), places);
    }

    /// Removes a name; whether the files had bound it. A schema name that the files had bound is gone for good.
    pub(super) fn remove(&mut self, name: &Name) -> bool {
        self.hidden.insert(name.clone());
        self.names.shift_remove(&**name).is_some()
    }

    /// Whether a schema name is not there any more.
    pub(super) fn hides(&self, name: &str) -> bool {
        !self.hidden.is_empty() && self.hidden.contains(name)
    }

    /// Lets the schema's meaning of a name be seen again, as importing the schema does.
    pub(super) fn restore(&mut self, name: &str) {
        self.names.shift_remove(name);
        self.hidden.remove(name);
    }
}
