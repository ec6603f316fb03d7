//! Scopes: where references are looked up.

use std::cell::Cell;
use std::rc::Rc;

use super::coerce::coerce;
use super::inspect::equal_in;
use super::interpolate::text_of;
use super::limits;
use super::object::{Body, Object};
use super::reference::{Component, Ref};
use super::types::Kind;
use super::value::{Fault, Text, Value};
use crate::common::FewMap;
use crate::diagnostics::codes::template::BAD_BINDING;

/// A set of bindings made by one argument of `bind()`.
#[derive(Debug, Default)]
pub struct Environment {
    /// By first component; then the rest of each address, which is empty for the name itself.
    table: FewMap<Component, FewMap<Ref, Bound>>,
    /// Whether a lookup found something here.
    used: Cell<bool>,
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
    /// Bindings from a dict, whose values may be dicts again.
    ///
    /// # Errors
    /// When a key is not an address, or a value is neither text, number, dict nor template object.
    pub fn from_dict(dict: &super::value::Dict) -> Result<Environment, Fault> {
        Environment::from_nested(dict, 0)
    }

    /// [`Environment::from_dict`] of a dict inside so many others, which may hold itself.
    fn from_nested(dict: &super::value::Dict, depth: usize) -> Result<Environment, Fault> {
        limits::check_depth(depth)?;
        let mut environment = Environment::default();
        for (key, entry) in dict.iter() {
            let Some(address) = key.as_str() else {
                return Err(bad_binding(format!("a binding's name must be text, not {}", key.repr())));
            };
            let address = address_of(address)?;
            environment.bind_nested(&address, &entry.value, depth).map_err(|f| f.at(entry.span))?;
        }
        Ok(environment)
    }

    /// Binds one name.
    ///
    /// # Errors
    /// When the value is neither text, number, dict nor template object.
    pub fn bind(&mut self, address: &Ref, value: &Value) -> Result<(), Fault> {
        self.bind_nested(address, value, 0)
    }

    fn bind_nested(&mut self, address: &Ref, value: &Value, depth: usize) -> Result<(), Fault> {
        limits::charge_steps(1)?;
        match value {
            Value::Dict(dict) => {
                let inner = Environment::from_nested(&dict.borrow(), depth + 1)?;
                for (head, entries) in inner.table {
                    for (rest, bound) in entries {
                        let tail = Ref::from_components(vec![head.clone()]).join(&rest);
                        self.insert(address.join(&tail), bound);
                    }
                }
            }
            Value::Object(object) => self.insert(address.clone(), Bound::Object(object.clone())),
            Value::Str(text) => self.insert(address.clone(), Bound::Text(text.clone())),
            number if number.is_number() => {
                self.insert(address.clone(), Bound::Text(number.to_text().into()))
            }
            other => return Err(unbindable(&address.address(), other)),
        }
        Ok(())
    }

    fn insert(&mut self, address: Ref, bound: Bound) {
        let (head, rest) = address.split_first();
        match self.table.get_mut(&head) {
            Some(entries) => {
                entries.insert(rest, bound);
            }
            None => {
                self.table.insert(head, FewMap::from_iter([(rest, bound)]));
            }
        }
    }

    /// The addresses that are bound, with their values.
    pub fn bindings(&self) -> impl Iterator<Item = (Address<'_>, &Bound)> {
        self.table.iter().flat_map(|(head, e)| e.iter().map(move |(rest, b)| (Address { head, rest }, b)))
    }

    fn find(&self, path: &[Component]) -> Lookup {
        let Some((head, rest)) = path.split_first() else { return Ok(None) };
        let Some(entries) = self.table.get(head) else { return Ok(None) };
        if let Some(bound) = entries.get(rest) {
            self.used.set(true);
            return bound.text().map(Some);
        }
        for length in (0..rest.len()).rev() {
            if let Some(Bound::Object(object)) = entries.get(&rest[..length])
                && let Some(found) = find_inside(object, &rest[length..], &Chain::Empty)?
            {
                self.used.set(true);
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Whether any reference has been answered from here.
    pub fn was_used(&self) -> bool {
        self.used.get()
    }

    fn depth(&self) -> u16 {
        let depth = |b: &Bound| match b {
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

impl Bound {
    fn text(&self) -> Result<Text, Fault> {
        match self {
            Bound::Text(text) => Ok(text.clone()),
            Bound::Object(object) => text_of(object, &Chain::Empty),
        }
    }
}

/// A name of a binding as a reference.
fn address_of(address: &str) -> Result<Ref, Fault> {
    Ref::parse(address)
        .map_err(|_| bad_binding(format!("`{address}` is not a name that a reference could have")))
}

fn bad_binding(message: String) -> Fault {
    Fault::new("ValueError", &BAD_BINDING, message)
}

fn unbindable(name: &str, value: &Value) -> Fault {
    let fault = bad_binding(format!("`{name}` cannot be bound to {}", described(value)));
    match value {
        Value::List(_) | Value::Tuple(_) => fault.help("wrap it: List(String)([...])"),
        _ => fault.help("bind text, a number, a dict of these, or a template object"),
    }
}

fn described(value: &Value) -> String {
    match value {
        Value::None | Value::Empty => value.repr(),
        other => format!("a {}", other.type_name()),
    }
}

impl Scope {
    /// The scope that one positional argument of `bind()` makes.
    ///
    /// # Errors
    /// When the argument is neither a dict nor a struct, list or map object.
    pub fn of_argument(value: &Value) -> Result<Scope, Fault> {
        match value {
            Value::Dict(dict) => Ok(Scope::Environment(Rc::new(Environment::from_dict(&dict.borrow())?))),
            Value::Object(object) if object.ty().is_namable() => Ok(Scope::Object(object.clone())),
            other => Err(bad_binding(format!(
                "bind() takes dicts, structs and keywords, not {}",
                described(other)
            ))
            .help("give the value a name: bind(name=value)")),
        }
    }

    pub(super) fn depth(&self) -> u16 {
        match self {
            Scope::Environment(e) => e.depth(),
            Scope::Object(o) | Scope::Fields(o) => o.depth(),
            Scope::Super(scopes) => scopes.iter().map(Scope::depth).max().unwrap_or(0),
        }
    }

    fn find(&self, path: &[Component]) -> Lookup {
        match self {
            Scope::Environment(e) => e.find(path),
            Scope::Object(o) => find_inside(o, path, &Chain::Empty),
            Scope::Fields(o) => find_fields(o, path),
            Scope::Super(scopes) => match behind_super(path) {
                Some([]) => {
                    match scopes.iter().find_map(|s| if let Scope::Object(o) = s { Some(o) } else { None }) {
                        Some(object) => text_of(object, &Chain::Empty).map(Some),
                        None => Ok(None),
                    }
                }
                Some(rest) => find_in_list(scopes, rest),
                None => Ok(None),
            },
        }
    }
}

/// The result of a lookup: the text found, nothing, or an error that no other scope can fix.
pub(super) type Lookup = Result<Option<Text>, Fault>;

fn find_in_list(scopes: &[Scope], path: &[Component]) -> Lookup {
    for scope in scopes {
        if let Some(found) = scope.find(path)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn behind_super(path: &[Component]) -> Option<&[Component]> {
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
    pub(super) fn find(&self, path: &[Component]) -> Lookup {
        match self {
            Chain::Empty => Ok(None),
            Chain::Own { scopes, outer } => match find_in_list(scopes, path)? {
                Some(found) => Ok(Some(found)),
                None => outer.find(path),
            },
            Chain::Struct { object, outer } => {
                if let Some(found) = find_fields(object, path)? {
                    return Ok(Some(found));
                }
                if let Some(found) = find_in_list(object.scopes(), path)? {
                    return Ok(Some(found));
                }
                if let Some(found) = outer.find(path)? {
                    return Ok(Some(found));
                }
                match behind_super(path) {
                    Some([]) => self.bare_super(),
                    Some(rest) => match find_in_list(object.scopes(), rest)? {
                        Some(found) => Ok(Some(found)),
                        None => outer.find(rest),
                    },
                    None => Ok(None),
                }
            }
        }
    }

    /// `{{super}}` alone names the first bound struct, list or map, if there is one.
    fn bare_super(&self) -> Lookup {
        for scope in self.captured() {
            if let Scope::Object(object) = scope {
                return text_of(&object, &Chain::Empty).map(Some);
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
                let behind = Scope::Super(base.clone().into());
                std::iter::once(Scope::Fields((*object).clone()))
                    .chain(base)
                    .chain(std::iter::once(behind))
                    .collect()
            }
        }
    }
}

/// `self.x` and `x` among the fields of a struct, which are seen as they were given.
fn find_fields(object: &Object, path: &[Component]) -> Lookup {
    let path = match path.split_first() {
        Some((Component::Name(name), rest)) if &**name == "self" && !rest.is_empty() => {
            match find_field(object, rest)? {
                Some(found) => return Ok(Some(found)),
                None => path,
            }
        }
        _ => path,
    };
    find_field(object, path)
}

fn find_field(object: &Object, path: &[Component]) -> Lookup {
    let Some((Component::Name(name), rest)) = path.split_first() else { return Ok(None) };
    let Some(value) = object.named(name) else { return Ok(None) };
    if rest.is_empty() {
        return text_of(value, &Chain::Empty).map(Some);
    }
    find_inside(value, rest, &Chain::Empty)
}

/// A path into a struct, list or map that stands in `outer`.
pub(super) fn find_inside(object: &Object, path: &[Component], outer: &Chain<'_>) -> Lookup {
    let Some((head, rest)) = path.split_first() else { return Ok(None) };
    match object.body() {
        Body::Struct(_) => {
            let Component::Name(name) = head else { return Ok(None) };
            let Some(value) = object.named(name) else { return Ok(None) };
            finish(value, rest, &Chain::Struct { object, outer })
        }
        Body::List(items) => {
            let Component::Index(index) = head else { return Ok(None) };
            let Some(item) = list_item(items, index)? else { return Ok(None) };
            finish(item, rest, &Chain::Own { scopes: object.scopes(), outer })
        }
        Body::Map(entries) => {
            let Component::Index(index) = head else { return Ok(None) };
            let Some(value) = map_value(object, entries, index)? else { return Ok(None) };
            finish(value, rest, &Chain::Own { scopes: object.scopes(), outer })
        }
        Body::Simple(_) | Body::Choice(_) => Ok(None),
    }
}

fn finish(value: &Object, rest: &[Component], chain: &Chain<'_>) -> Lookup {
    if rest.is_empty() { text_of(value, chain).map(Some) } else { find_inside(value, rest, chain) }
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
    let wanted = super::construct::simple(key_type, Value::str(index), map.origin())?;
    coerce(key_type, &Value::str(index))?;
    for (key, value) in entries {
        limits::charge_steps(1)?;
        if equal_in(&wanted, key, &Chain::Empty)? {
            return Ok(Some(value));
        }
    }
    Ok(None)
}
