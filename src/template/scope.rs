//! Scopes: where references are looked up.

use super::coerce::coerce;
use super::construct::simple;
use super::limits;
use super::text::{Component, Text};
use super::value::{Binding, Body, Bound, Environment, Fault, Kind, Object, Scope, Value};
use super::walk::Walk;

impl Environment {
    fn find(&self, path: &[Component], walk: &mut Walk) -> Lookup {
        let Some((head, rest)) = path.split_first() else { return Ok(None) };
        let Some(entries) = self.table.get(head) else { return Ok(None) };
        if let Some(binding) = entries.get(rest) {
            self.used.set(true);
            return binding.text(walk).map(Some);
        }
        for length in (0..rest.len()).rev() {
            if let Some(Binding { value: Bound::Object(object), .. }) = entries.get(&rest[..length])
                && let Some(found) = find_inside(object, &rest[length..], &Chain::Empty, walk)?
            {
                self.used.set(true);
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

impl Binding {
    fn text(&self, walk: &mut Walk) -> Result<Text, Fault> {
        match &self.value {
            Bound::Text(text) => {
                walk.answered_by_text(text.span().or(self.span));
                Ok(text.clone())
            }
            Bound::Object(object) => object.text_in(&Chain::Empty, walk),
        }
    }
}

impl Scope {
    fn find(&self, path: &[Component], walk: &mut Walk) -> Lookup {
        match self {
            Scope::Environment(e) => e.find(path, walk),
            Scope::Object(o) => find_inside(o, path, &Chain::Empty, walk),
            Scope::Fields(o) => find_fields(o, path, walk),
            Scope::Super(scopes) => match after_super(path) {
                Some([]) => {
                    match scopes.iter().find_map(|s| if let Scope::Object(o) = s { Some(o) } else { None }) {
                        Some(object) => object.text_in(&Chain::Empty, walk).map(Some),
                        None => Ok(None),
                    }
                }
                Some(rest) => find_in_list(scopes, rest, walk),
                None => Ok(None),
            },
        }
    }
}

/// The result of a lookup: the text found, nothing, or an error that no other scope can fix.
pub(super) type Lookup = Result<Option<Text>, Fault>;

fn find_in_list(scopes: &[Scope], path: &[Component], walk: &mut Walk) -> Lookup {
    for scope in scopes {
        if let Some(found) = scope.find(path, walk)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn after_super(path: &[Component]) -> Option<&[Component]> {
    match path.split_first() {
        Some((Component::Name(name), rest)) if &**name == "super" => Some(rest),
        _ => None,
    }
}

/// Where an object stands: its enclosing objects and their bindings, innermost first. Borrowed, never copied.
#[derive(Clone, Copy)]
pub enum Chain<'a> {
    /// Nothing encloses the object.
    Empty,
    /// The bindings of a list, map, choice or scalar, then what encloses it.
    Own {
        /// The bindings.
        scopes: &'a [Scope],
        /// What encloses the object.
        outer: &'a Chain<'a>,
    },
    /// The inside of a struct: self, its fields, its bindings, what encloses it, and all but the fields as `super`.
    Struct {
        /// The struct, with its own bindings.
        object: &'a Object,
        /// What encloses it.
        outer: &'a Chain<'a>,
    },
}

impl Chain<'_> {
    /// Looks a reference up, nearest scope first.
    ///
    /// # Errors
    /// When a value on the way cannot be read: a wrong key, an index too far below zero, a value of the wrong type.
    pub(super) fn find(&self, path: &[Component], walk: &mut Walk) -> Lookup {
        match self {
            Chain::Empty => Ok(None),
            Chain::Own { scopes, outer } => match find_in_list(scopes, path, walk)? {
                Some(found) => Ok(Some(found)),
                None => outer.find(path, walk),
            },
            Chain::Struct { object, outer } => {
                if let Some(found) = find_fields(object, path, walk)? {
                    return Ok(Some(found));
                }
                if let Some(found) = find_in_list(object.scopes(), path, walk)? {
                    return Ok(Some(found));
                }
                if let Some(found) = outer.find(path, walk)? {
                    return Ok(Some(found));
                }
                match after_super(path) {
                    Some([]) => self.bare_super(walk),
                    Some(rest) => match find_in_list(object.scopes(), rest, walk)? {
                        Some(found) => Ok(Some(found)),
                        None => outer.find(rest, walk),
                    },
                    None => Ok(None),
                }
            }
        }
    }

    /// `{{super}}` alone names the first bound struct, list or map, if there is one.
    fn bare_super(&self, walk: &mut Walk) -> Lookup {
        for scope in self.captured() {
            if let Scope::Object(object) = scope {
                return object.text_in(&Chain::Empty, walk).map(Some);
            }
        }
        Ok(None)
    }

    /// The chain as a list of scopes that can be kept.
    pub fn captured(&self) -> Vec<Scope> {
        match self {
            Chain::Empty => Vec::new(),
            Chain::Own { scopes, outer } => scopes.iter().cloned().chain(outer.captured()).collect(),
            Chain::Struct { object, outer } => {
                let base: Vec<Scope> = object.scopes().iter().cloned().chain(outer.captured()).collect();
                let outer_scopes = Scope::Super(base.clone().into());
                std::iter::once(Scope::Fields((*object).clone()))
                    .chain(base)
                    .chain(std::iter::once(outer_scopes))
                    .collect()
            }
        }
    }
}

/// `self.x` and `x` among the fields of a struct, which are seen as they were given.
fn find_fields(object: &Object, path: &[Component], walk: &mut Walk) -> Lookup {
    let path = match path.split_first() {
        Some((Component::Name(name), rest)) if &**name == "self" && !rest.is_empty() => {
            match find_field(object, rest, walk)? {
                Some(found) => return Ok(Some(found)),
                None => path,
            }
        }
        _ => path,
    };
    find_field(object, path, walk)
}

fn find_field(object: &Object, path: &[Component], walk: &mut Walk) -> Lookup {
    let Some((Component::Name(name), rest)) = path.split_first() else { return Ok(None) };
    let Some(value) = object.named(name) else { return Ok(None) };
    if rest.is_empty() {
        let text = value.text_in(&Chain::Empty, walk)?;
        walk.answered_by_field(object, name);
        return Ok(Some(text));
    }
    find_inside(value, rest, &Chain::Empty, walk)
}

/// A path into a struct, list or map that stands in `outer`.
pub(super) fn find_inside(object: &Object, path: &[Component], outer: &Chain<'_>, walk: &mut Walk) -> Lookup {
    let Some((head, rest)) = path.split_first() else { return Ok(None) };
    match object.body() {
        Body::Struct(_) => {
            let Component::Name(name) = head else { return Ok(None) };
            let Some(value) = object.named(name) else { return Ok(None) };
            let found = finish(value, rest, &Chain::Struct { object, outer }, walk);
            if rest.is_empty() {
                walk.answered_by_field(object, name);
            }
            found
        }
        Body::List(items) => {
            let Component::Index(index) = head else { return Ok(None) };
            let Some(item) = list_item(items, index)? else { return Ok(None) };
            finish(item, rest, &Chain::Own { scopes: object.scopes(), outer }, walk)
        }
        Body::Map(entries) => {
            let Component::Index(index) = head else { return Ok(None) };
            let Some(value) = map_value(object, entries, index)? else { return Ok(None) };
            finish(value, rest, &Chain::Own { scopes: object.scopes(), outer }, walk)
        }
        Body::Simple(_) | Body::Choice(_) => Ok(None),
    }
}

fn finish(value: &Object, rest: &[Component], chain: &Chain<'_>, walk: &mut Walk) -> Lookup {
    match rest.is_empty() {
        true => value.text_in(chain, walk).map(Some),
        false => find_inside(value, rest, chain, walk),
    }
}

/// The item a list index names: Python's `int()` of it; nothing for a name or an index too large.
fn list_item<'o>(items: &'o [Object], index: &str) -> Result<Option<&'o Object>, Fault> {
    let Ok(index) = index.parse::<i64>() else { return Ok(None) };
    let count = items.len() as i64;
    if index >= count {
        return Ok(None);
    }
    let from_start = if index < 0 { index + count } else { index };
    match usize::try_from(from_start) {
        Ok(at) => Ok(Some(&items[at])),
        Err(_) => Err(Fault::index_error(format!("the list has {count} items, so there is no [{index}]"))),
    }
}

fn map_value<'o>(
    map: &Object,
    entries: &'o [(Object, Object)],
    index: &str,
) -> Result<Option<&'o Object>, Fault> {
    let Kind::Map(key_type, _) = map.ty().kind() else { return Ok(None) };
    if !key_type.is_simple() {
        return Ok(None);
    }
    let wanted = simple(key_type, Value::str(index), map.origin())?;
    coerce(key_type, &Value::str(index))?;
    for (key, value) in entries {
        limits::charge_steps(1)?;
        if wanted.equal_in(key, &Chain::Empty)? {
            return Ok(Some(value));
        }
    }
    Ok(None)
}
