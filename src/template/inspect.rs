//! Reading objects: plain values, text, equality.

use super::any;
use super::limits;
use super::scope::Chain;
use super::text::Text;
use super::value::{Body, Dict, DictKind, Fault, Key, Kind, Object, Value};
use super::walk::Walk;

impl Object {
    /// Pystachio's `get()`: the value as it was given, without bindings; structs and maps become dicts, lists tuples.
    ///
    /// # Errors
    /// When a choice fits none of its alternatives, or a map has a key that no dict can have.
    pub fn get(&self) -> Result<Value, Fault> {
        limits::charge_steps(1)?;
        match self.body() {
            Body::Simple(value) => any::kept(value),
            Body::List(items) => Ok(Value::tuple(items.iter().map(Object::get).collect::<Result<_, _>>()?)),
            Body::Map(entries) => {
                let mut dict = Dict::of_kind(DictKind::Frozen);
                for (key, value) in entries.iter() {
                    dict.insert(Key::new(key.get()?)?, value.get()?);
                }
                Ok(Value::dict(dict))
            }
            Body::Struct(_) => {
                let mut dict = Dict::of_kind(DictKind::Frozen);
                for (name, value) in self.kept_fields() {
                    dict.insert_at(Key::text(name), value.get()?, value.origin(), value.origin());
                }
                Ok(Value::dict(dict))
            }
            Body::Choice(_) => self.interpolate(&mut Walk::default())?.get(),
        }
    }

    /// The object as a file gets it from interpolation: what is text in it is a unicode string in Python 2.
    #[must_use]
    pub fn with_unicode(self) -> Object {
        match self.body() {
            Body::Simple(Value::Str(text)) if !text.is_unicode() => {
                let text = text.clone().into_kind(true);
                self.rebodied_at(Body::Simple(Value::Str(text)), self.origin())
            }
            _ => self,
        }
    }

    /// `str(object)`: the text after interpolation in the object's own scopes.
    ///
    /// # Errors
    /// As for [`Object::interpolate`].
    pub fn text(&self) -> Result<Text, Fault> {
        self.text_in(&Chain::Empty, &mut Walk::default())
    }

    /// `repr(object)`, such as `String(a)`.
    ///
    /// # Errors
    /// As for [`Object::interpolate`].
    pub fn repr(&self) -> Result<String, Fault> {
        let text = self.text()?;
        Ok(match self.body() {
            Body::Simple(_) => format!("{}({})", self.ty().name(), text.as_str()),
            Body::Choice(value) => format!("{}({})", self.ty().name(), value.repr()),
            _ => text.as_str().to_string(),
        })
    }

    /// Pystachio's `==`: same type (structs: same fields, whatever the name) and equal after interpolation.
    ///
    /// # Errors
    /// As for [`Object::interpolate`].
    pub fn equals(&self, other: &Object) -> Result<bool, Fault> {
        if self.is(other) {
            return Ok(true);
        }
        limits::charge_steps(1)?;
        self.equal_in(other, &Chain::Empty)
    }

    /// Equality of two objects that stand in one chain.
    pub(super) fn equal_in(&self, b: &Object, chain: &Chain<'_>) -> Result<bool, Fault> {
        let a = self;
        let comparable = match (a.body(), b.body()) {
            (Body::Struct(_), Body::Struct(_)) => a.ty().same_schema(b.ty()),
            (Body::Choice(_), Body::Choice(_)) => a.ty().same_alternatives(b.ty()),
            (Body::Simple(_), _) if matches!(a.ty().kind(), Kind::Enum(_)) => a.ty().is_same_class(b.ty()),
            _ => a.ty().same(b.ty()),
        };
        if !comparable {
            return Ok(false);
        }
        let was_choice = matches!(a.body(), Body::Choice(_));
        let a = a.interpolate_in(chain, &mut Walk::default())?;
        let b = b.interpolate_in(chain, &mut Walk::default())?;
        if was_choice { a.equals(&b) } else { same_content(&a, &b) }
    }

    /// The text of an object that has been interpolated.
    pub(super) fn display(&self) -> Result<Text, Fault> {
        Ok(match self.body() {
            Body::Simple(Value::Str(text)) => text.clone(),
            Body::Simple(value) => value.to_text().into(),
            Body::List(items) => {
                let items: Vec<String> = items.iter().map(element_text).collect::<Result<_, _>>()?;
                joined(self, &items, ", ")?
            }
            Body::Map(entries) => {
                let entry =
                    |(k, v): &(Object, Object)| Ok(format!("{} => {}", element_text(k)?, element_text(v)?));
                let entries: Vec<String> = entries.iter().map(entry).collect::<Result<_, Fault>>()?;
                joined(self, &entries, ", ")?
            }
            Body::Struct(_) => {
                let field = |(name, value)| Ok(format!("{name}={}", element_text(value)?));
                let fields: Vec<String> = self.kept_fields().map(field).collect::<Result<_, Fault>>()?;
                let indent = format!(",\n{}", " ".repeat(self.ty().name().chars().count() + 1));
                joined(self, &fields, &indent)?
            }
            Body::Choice(Value::Object(inner)) => inner.text()?,
            Body::Choice(value) => value.to_text().into(),
        })
    }

    /// Whether both hold the same plain value, as comparing their `get()` would say; false where that fails.
    pub(super) fn same_raw(&self, other: &Object) -> bool {
        match (self.get(), other.get()) {
            (Ok(a), Ok(b)) => a.equals(&b),
            _ => false,
        }
    }
}

fn same_content(a: &Object, b: &Object) -> Result<bool, Fault> {
    match (a.body(), b.body()) {
        (Body::Simple(x), Body::Simple(y)) => Ok(x.equals(y)),
        (Body::List(x), Body::List(y)) => {
            if x.len() != y.len() {
                return Ok(false);
            }
            all(x.iter().zip(y.iter()), |(p, q)| p.equals(q))
        }
        (Body::Map(x), Body::Map(y)) => {
            if x.len() != y.len() {
                return Ok(false);
            }
            all(x.iter().zip(y.iter()), |((k, v), (l, w))| Ok(k.equals(l)? && v.equals(w)?))
        }
        (Body::Struct(_), Body::Struct(_)) => {
            if a.set_fields().count() != b.set_fields().count() {
                return Ok(false);
            }
            all(a.set_fields(), |(name, value)| match b.slot(name).and_then(|slot| slot.value.as_ref()) {
                Some(other) => value.equals(other),
                None => Ok(false),
            })
        }
        (Body::Choice(Value::Object(x)), Body::Choice(Value::Object(y))) => x.equals(y),
        _ => Ok(false),
    }
}

fn all<T>(items: impl Iterator<Item = T>, test: impl Fn(T) -> Result<bool, Fault>) -> Result<bool, Fault> {
    for item in items {
        if !test(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The type's name with parts in brackets. Objects that share parts can have strings that explode.
fn joined(object: &Object, parts: &[String], between: &str) -> Result<Text, Fault> {
    let name = object.ty().name();
    limits::charge(parts.iter().map(|part| part.len() + between.len()).sum())?;
    Ok(format!("{name}({})", parts.join(between)).into())
}

fn element_text(object: &Object) -> Result<String, Fault> {
    Ok(object.text()?.as_str().to_string())
}
