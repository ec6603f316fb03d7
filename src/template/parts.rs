//! The parts of an object, each with where it stands.

use std::rc::Rc;

use super::scope::Chain;
use super::value::{Body, Fault, Object, Value};
use super::walk::Walk;
use crate::source::Span;

/// A part of an object: the value of a field, an element of a list, a value of a map.
pub struct Part<'o> {
    /// The object.
    pub object: &'o Object,
    /// The way to it from the whole, such as `task.processes[0].name`.
    pub path: &'o str,
    /// The nearest struct around it, and the field of it that the part is in.
    pub field: Option<(&'o Object, &'o Rc<str>)>,
    /// Where it was given to that field; [`Span::NONE`] for a default, and for what is inside the value of a field.
    pub given: Span,
    chain: &'o Chain<'o>,
}

impl Part<'_> {
    /// Interpolates the part where it stands.
    ///
    /// # Errors
    /// As for [`Object::interpolate`].
    pub fn interpolate(&self, walk: &mut Walk) -> Result<Object, Fault> {
        self.object.interpolate_in(self.chain, walk)
    }
}

impl Object {
    /// Shows the parts of the object, from the outside to the inside, in order; of very many, the first.
    pub fn visit_parts(&self, look: &mut dyn FnMut(&Part<'_>)) {
        let mut left = MAX_PARTS;
        let whole = Part { object: self, path: "", field: None, given: Span::NONE, chain: &Chain::Empty };
        visit(&whole, &mut left, look);
    }
}

/// Parts that are shown. An object shares its parts in memory, so that there may be far more than were written.
const MAX_PARTS: usize = 100_000;

/// `left` is the number of parts that may still be shown.
fn visit(part: &Part<'_>, left: &mut usize, look: &mut dyn FnMut(&Part<'_>)) {
    let Some(fewer) = left.checked_sub(1) else { return };
    *left = fewer;
    look(part);
    let Part { object, path, chain: outer, .. } = *part;
    let own = Chain::Own { scopes: object.scopes(), outer };
    match object.body() {
        Body::Struct(slots) => {
            let chain = Chain::Struct { object, outer };
            let fields = object.ty().fields().into_iter().flat_map(|fields| fields.keys());
            for (name, slot) in fields.zip(slots.iter()) {
                let Some(value) = &slot.value else { continue };
                let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                let field = Some((object, name));
                visit(
                    &Part { object: value, path: &path, field, given: slot.span, chain: &chain },
                    left,
                    look,
                );
            }
        }
        Body::List(items) => {
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}[{index}]");
                visit(
                    &Part { object: item, path: &path, given: Span::NONE, chain: &own, ..*part },
                    left,
                    look,
                );
            }
        }
        Body::Map(entries) => {
            for (key, value) in entries.iter() {
                let name = key.raw().map(Value::to_text).unwrap_or_default();
                let path = format!("{path}[{name}]");
                visit(
                    &Part { object: key, path: &path, given: Span::NONE, chain: &own, ..*part },
                    left,
                    look,
                );
                visit(
                    &Part { object: value, path: &path, given: Span::NONE, chain: &own, ..*part },
                    left,
                    look,
                );
            }
        }
        Body::Choice(Value::Object(inner)) | Body::Simple(Value::Object(inner)) => {
            visit(&Part { object: inner, given: Span::NONE, chain: &own, ..*part }, left, look);
        }
        Body::Choice(_) | Body::Simple(_) => {}
    }
}
