//! Where the values of a job or an executor were written.

use std::fmt;

use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Body, Object};

/// The places of the values of one object. Cheap: it shares the object.
#[derive(Clone)]
pub struct Places(Known);

#[derive(Clone)]
enum Known {
    /// The object, which has the places of everything in it.
    Inside(Object),
    /// Where it was made, and no more.
    Whole(Span),
}

impl Places {
    /// The places of an object as it was written (before interpolation).
    pub fn new(object: Object) -> Places {
        Places(Known::Inside(object))
    }

    /// The places of something of which no more is known than where it was made.
    pub fn whole(span: Span) -> Places {
        Places(Known::Whole(span))
    }

    /// Where the object was made.
    pub fn span(&self) -> Span {
        match &self.0 {
            Known::Inside(object) => object.origin(),
            Known::Whole(span) => *span,
        }
    }

    /// The object, if it is known.
    pub fn object(&self) -> Option<&Object> {
        match &self.0 {
            Known::Inside(object) => Some(object),
            Known::Whole(_) => None,
        }
    }

    /// The same place, but none inside: without holding the object.
    #[must_use]
    pub fn outside(&self) -> Places {
        Places::whole(self.span())
    }

    /// Where the value at a path of fields was written, such as `task.resources.ram` or `metadata[0].key`. Where a
    /// part of the path is a default, the nearest enclosing value that was written; at the least the object itself.
    pub fn at(&self, path: &str) -> Span {
        self.find(path).0
    }

    /// Like [`Places::at`], but nothing where the value itself was not written (a default, or not set at all).
    pub fn exactly(&self, path: &str) -> Option<Span> {
        let (span, exact) = self.find(path);
        exact.then_some(span)
    }

    fn find(&self, path: &str) -> (Span, bool) {
        let mut span = self.span();
        let Known::Inside(object) = &self.0 else { return (span, path.is_empty()) };
        let mut object = object.clone();
        for step in path.split(['.', '[']).map(|s| s.trim_end_matches(']')).filter(|s| !s.is_empty()) {
            object = unwrapped(object);
            let (place, inside) = step_into(&object, step);
            if place.is_none() {
                return (span, false);
            }
            span = place;
            match inside {
                Some(next) => object = next,
                None => return (span, true),
            }
        }
        (span, true)
    }
}

/// The object inside a choice.
fn unwrapped(object: Object) -> Object {
    match object.body() {
        Body::Choice(Value::Object(inner)) => inner.clone(),
        _ => object,
    }
}

fn step_into(object: &Object, step: &str) -> (Span, Option<Object>) {
    match object.body() {
        Body::Struct(_) => match object.slot_called(step) {
            Some(slot) => (slot.place(), slot.value.clone()),
            None => (Span::NONE, None),
        },
        Body::List(items) => match step.parse::<usize>().ok().and_then(|i| items.get(i)) {
            Some(item) => (item.origin(), Some(item.clone())),
            None => (Span::NONE, None),
        },
        Body::Map(entries) => {
            let named = |(k, _): &&(Object, Object)| k.raw().and_then(Value::as_str) == Some(step);
            match entries.iter().rev().find(named) {
                Some((_, value)) => (value.origin(), Some(value.clone())),
                None => (Span::NONE, None),
            }
        }
        Body::Simple(_) | Body::Choice(_) => (Span::NONE, None),
    }
}

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Places({:?})", self.span())
    }
}
