//! Typed objects: immutable, shared, with the bindings of their own.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use super::bindings::Scope;
use super::closed::{deepest, is_canonical, is_stable_text, is_structure};
use super::types::{Kind, Type};
use super::{Body, Object, ObjectData, Scopes, Slot, Value};
use crate::source::Span;
use crate::template::text::Name;

impl Slot {
    /// Where the value was written, or else where it was given; [`Span::NONE`] for a default.
    pub fn place(&self) -> Span {
        self.value.as_ref().map_or(Span::NONE, Object::origin).or(self.span)
    }
}

impl Object {
    /// An object without bindings.
    pub(in crate::template) fn make(ty: Type, body: Body, origin: Span) -> Object {
        let marks = Marks::of(&ty, &body);
        Object::marked(ty, body, origin, None, marks)
    }

    /// An object that stands for a place alone: an empty text.
    pub fn marker(origin: Span) -> Object {
        Object::make(Type::string(), Body::Simple(Value::Empty), origin)
    }

    /// An object without bindings that holds a reference which has not been looked up where the object stands.
    pub(in crate::template) fn unsettled(ty: Type, body: Body, origin: Span) -> Object {
        let marks = Marks { closed: false, stable: false, ..Marks::of(&ty, &body) };
        Object::marked(ty, body, origin, None, marks)
    }

    pub(in crate::template) fn with_scopes(ty: Type, body: Body, origin: Span, scopes: Scopes) -> Object {
        let marks = Marks::of(&ty, &body);
        if scopes.is_empty() {
            return Object::marked(ty, body, origin, None, marks);
        }
        let bound = scopes.iter().map(Scope::depth).max().unwrap_or(0);
        let depth = marks.depth.max(bound.saturating_add(1));
        let marks = Marks { closed: false, stable: false, depth };
        Object::marked(ty, body, origin, Some(scopes), marks)
    }

    fn marked(ty: Type, body: Body, origin: Span, scopes: Option<Scopes>, marks: Marks) -> Object {
        let Marks { closed, stable, depth } = marks;
        let passed = Cell::new(false);
        Object(Rc::new(ObjectData { ty, origin, scopes, body, closed, stable, passed, depth }))
    }

    /// An object of the same type with the same bindings, made elsewhere of other parts.
    pub(crate) fn rebodied_at(&self, body: Body, origin: Span) -> Object {
        match &self.0.scopes {
            Some(scopes) => Object::with_scopes(self.ty().clone(), body, origin, scopes.clone()),
            None => Object::make(self.ty().clone(), body, origin),
        }
    }

    /// Its type.
    pub fn ty(&self) -> &Type {
        &self.0.ty
    }

    /// Where it was made: the call of its type, or the value it was converted from.
    pub fn origin(&self) -> Span {
        self.0.origin
    }

    /// What it holds.
    pub fn body(&self) -> &Body {
        &self.0.body
    }

    /// Its own bindings, nearest first.
    pub fn scopes(&self) -> &[Scope] {
        self.0.scopes.as_deref().unwrap_or_default()
    }

    /// Whether interpolation gives the object itself.
    pub fn is_closed(&self) -> bool {
        self.0.closed
    }

    /// Whether interpolation in scopes that bind nothing new gives the object itself: it has no bindings, every value
    /// has its type, and every reference that is left stands alone in text. True for closed objects.
    pub fn is_stable(&self) -> bool {
        self.0.stable
    }

    /// Whether a stable object has passed its check before.
    pub(in crate::template) fn has_passed(&self) -> bool {
        self.0.passed.get()
    }

    /// Remembers that a stable object has passed its check.
    pub(in crate::template) fn set_passed(&self) {
        if self.0.stable {
            self.0.passed.set(true);
        }
    }

    /// Whether anything else holds the object too.
    pub fn is_shared(&self) -> bool {
        Rc::strong_count(&self.0) > 1
    }

    /// Whether both are the very same object in memory.
    pub fn is(&self, other: &Object) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// An address that identifies the object while it lives.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<()>() as usize
    }

    /// Pystachio's `isinstance(object, type)`.
    pub fn is_a(&self, ty: &Type) -> bool {
        self.0.ty.same(ty)
    }

    /// The elements, if it is a list.
    pub fn elements(&self) -> Option<&[Object]> {
        match self.body() {
            Body::List(items) => Some(items),
            _ => None,
        }
    }

    /// [`Object::elements`] to keep.
    pub(crate) fn shared_elements(&self) -> Option<Rc<[Object]>> {
        match self.body() {
            Body::List(items) => Some(items.clone()),
            _ => None,
        }
    }

    /// The entries, if it is a map.
    pub fn entries(&self) -> Option<&[(Object, Object)]> {
        match self.body() {
            Body::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value as given, if it is a scalar or enum.
    pub fn raw(&self) -> Option<&Value> {
        match self.body() {
            Body::Simple(value) => Some(value),
            _ => None,
        }
    }

    /// The fields by index, if it is a struct.
    pub fn slots(&self) -> Option<&[Slot]> {
        match self.body() {
            Body::Struct(slots) => Some(slots),
            _ => None,
        }
    }

    /// The slot of a field, if it is a struct with that field.
    pub fn slot(&self, field: &str) -> Option<&Slot> {
        let index = self.ty().fields()?.get_index_of(field)?;
        self.slots()?.get(index)
    }

    /// The raw value of a field; `None` when it is not set or there is no such field.
    pub fn field(&self, field: &str) -> Option<&Object> {
        self.slot(field)?.value.as_ref()
    }

    /// [`Object::field`] by a step of a reference.
    pub(in crate::template) fn named(&self, name: &Name) -> Option<&Object> {
        let index = self.ty().fields()?.find(name, name.hash())?;
        self.slots()?.get(index)?.value.as_ref()
    }

    /// Where the value of a field was written, or else where it was given; [`Span::NONE`] for defaults.
    pub fn field_span(&self, field: &str) -> Span {
        self.slot(field).map_or(Span::NONE, Slot::place)
    }

    /// The fields that are set, with their names, in declared order.
    pub fn set_fields(&self) -> impl Iterator<Item = (&Rc<str>, &Object)> {
        let names = self.ty().fields().into_iter().flat_map(|f| f.keys());
        let slots = self.slots().unwrap_or_default();
        names.zip(slots).filter_map(|(n, s)| s.value.as_ref().map(|v| (n, v)))
    }

    /// The fields that are set, with their names, in the order in which Python's tables keep them.
    pub fn kept_fields(&self) -> impl Iterator<Item = (&Rc<str>, &Object)> {
        self.ty().slot_order().iter().filter_map(|index| self.set_field(*index))
    }

    /// The fields that are set, with their names, in the order in which JSON has them, without some of them.
    pub(crate) fn written_fields(&self, left_out: &[&str]) -> impl Iterator<Item = (&Rc<str>, &Object)> {
        let is_written = |index: usize| {
            let field = u16::try_from(index).ok().and_then(|index| self.set_field(index));
            field.is_some_and(|(name, _)| !left_out.contains(&&**name))
        };
        let order = self.ty().written_order(is_written);
        (0..order.len()).filter_map(move |at| self.set_field(order[at]))
    }

    fn set_field(&self, index: u16) -> Option<(&Rc<str>, &Object)> {
        let index = usize::from(index);
        let (name, _) = self.ty().fields()?.get_index(index)?;
        Some((name, self.slots()?.get(index)?.value.as_ref()?))
    }

    /// The same body with these bindings, among which are all of its own.
    pub(in crate::template) fn bound_more(&self, scopes: Scopes) -> Object {
        if scopes.len() == self.scopes().len() {
            return self.clone();
        }
        let bound = scopes.iter().map(Scope::depth).max().unwrap_or(0).saturating_add(1);
        Object(Rc::new(ObjectData {
            ty: self.0.ty.clone(),
            origin: self.0.origin,
            scopes: Some(scopes),
            body: self.0.body.clone(),
            closed: false,
            stable: false,
            passed: Cell::new(false),
            depth: self.0.depth.max(bound),
        }))
    }

    /// Pystachio's `dup()`: the same value without its own bindings.
    #[must_use]
    pub fn unbound(&self) -> Object {
        Object::make(self.ty().clone(), self.body().clone(), self.origin())
    }

    /// The same object, said to be made elsewhere.
    #[must_use]
    pub fn with_origin(&self, origin: Span) -> Object {
        self.rebodied_at(self.body().clone(), origin)
    }
}

/// What is known of an object from its parts alone; see the fields of [`ObjectData`].
#[derive(Debug, Clone, Copy)]
struct Marks {
    closed: bool,
    stable: bool,
    depth: u16,
}

impl Marks {
    fn of(ty: &Type, body: &Body) -> Marks {
        match body {
            Body::Simple(value) => {
                let closed = is_canonical(ty, value);
                // Only a field of any kind has a structure of its own, a tree; elsewhere a value may even hold itself.
                let walks = matches!(ty.kind(), Kind::Any) || matches!(value, Value::Object(_));
                let inside = if walks { deepest(value) } else { 0 };
                let depth = if closed && !is_structure(value) { 0 } else { inside.saturating_add(1) };
                Marks { closed, stable: closed || is_stable_text(ty, value), depth }
            }
            Body::Choice(Value::Object(inner)) => {
                let fits = is_alternative(ty, inner);
                let depth = inner.0.depth.saturating_add(1);
                let (closed, stable) = (fits && inner.is_closed(), fits && inner.is_stable());
                Marks { closed, stable, depth }
            }
            Body::Choice(_) => Marks { closed: false, stable: false, depth: 1 },
            Body::List(items) => Marks::together(items.iter()),
            Body::Map(entries) => Marks::together(entries.iter().flat_map(|(k, v)| [k, v])),
            Body::Struct(slots) => Marks::together(slots.iter().filter_map(|s| s.value.as_ref())),
        }
    }

    /// The marks of what is made of parts.
    fn together<'o>(parts: impl Iterator<Item = &'o Object>) -> Marks {
        let start = Marks { closed: true, stable: true, depth: 0 };
        let all = parts.fold(start, |m, part| Marks {
            closed: m.closed & part.0.closed,
            stable: m.stable & part.0.stable,
            depth: m.depth.max(part.0.depth),
        });
        Marks { depth: all.depth.saturating_add(1), ..all }
    }
}

impl Object {
    /// Objects inside objects, counting this one.
    pub(in crate::template) fn depth(&self) -> u16 {
        self.0.depth
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.body() {
            Body::Simple(v) | Body::Choice(v) => write!(f, "{}({v:?})", self.ty().name()),
            Body::List(items) => write!(f, "{}({items:?})", self.ty().name()),
            Body::Map(entries) => write!(f, "{}({entries:?})", self.ty().name()),
            Body::Struct(_) => {
                f.write_str(self.ty().name())?;
                f.debug_map().entries(self.set_fields()).finish()
            }
        }
    }
}

/// Whether an object is of one of the alternatives of a choice.
fn is_alternative(ty: &Type, object: &Object) -> bool {
    match ty.kind() {
        Kind::Choice(alternatives) => {
            alternatives.iter().any(|a| object.is_a(a)) && !matches!(object.ty().kind(), Kind::Choice(_))
        }
        _ => false,
    }
}
