//! Interpolation: references replaced by what the scopes say, values coerced to their types.

use std::rc::Rc;

use super::choice::interpolate_choice;
use super::coerce::coerce;
use super::limits;
use super::replace::{Resolved, resolve};
use super::scope::Chain;
use super::text::Text;
use super::value::{
    Body, Dict, Entry, Fault, Key, Kind, Object, Value, field_words, is_closed, is_structure, shown,
};
use super::walk::Walk;
use crate::source::Span;

impl Object {
    /// The object with every reference replaced that its own bindings (and fields) know.
    ///
    /// # Errors
    /// When a value cannot be coerced, a reference is malformed or endless.
    pub fn interpolate(&self, walk: &mut Walk) -> Result<Object, Fault> {
        interpolated(self, &Chain::Empty, walk)
    }

    /// [`Object::interpolate`] of an object that stands in `chain`.
    pub(super) fn interpolate_in(&self, chain: &Chain<'_>, walk: &mut Walk) -> Result<Object, Fault> {
        interpolated(self, chain, walk)
    }

    /// The text of an object that stands in `chain`, as `str()` gives it there. `walk` is that of the string that wants it.
    pub(super) fn text_in(&self, chain: &Chain<'_>, walk: &mut Walk) -> Result<Text, Fault> {
        let mut inner = walk.inside();
        let interpolated = interpolated(self, chain, &mut inner)?;
        walk.answered_by(self, inner);
        interpolated.display()
    }
}

/// Interpolates an object that stands in `chain`.
fn interpolated(object: &Object, chain: &Chain<'_>, walk: &mut Walk) -> Result<Object, Fault> {
    if object.is_closed() {
        return Ok(unwrapped(object));
    }
    limits::charge_steps(1)?;
    match object.body() {
        Body::Simple(_) => {
            let result = simple(object, chain, walk);
            walk.settle(result, || object.clone())
        }
        Body::List(items) => {
            let inner = Chain::Own { scopes: object.scopes(), outer: chain };
            let mut out = items.clone();
            for (index, item) in items.iter().enumerate().filter(|(_, o)| !o.is_closed()) {
                let result = interpolate_element(item, &inner, walk)?;
                if !result.is(item) {
                    Rc::make_mut(&mut out)[index] = result;
                }
            }
            Ok(unless_same(object, Rc::ptr_eq(items, &out), Body::List(out)))
        }
        Body::Map(entries) => {
            let inner = Chain::Own { scopes: object.scopes(), outer: chain };
            let mut out = entries.clone();
            for (index, (key, value)) in entries.iter().enumerate() {
                let result =
                    (interpolate_element(key, &inner, walk)?, interpolate_element(value, &inner, walk)?);
                if !result.0.is(key) || !result.1.is(value) {
                    Rc::make_mut(&mut out)[index] = result;
                }
            }
            Ok(unless_same(object, Rc::ptr_eq(entries, &out), Body::Map(out)))
        }
        Body::Struct(slots) => {
            let inner = Chain::Struct { object, outer: chain };
            let mut out = slots.clone();
            for (index, slot) in slots.iter().enumerate() {
                let Some(value) = slot.value.as_ref().filter(|v| !v.is_closed()) else { continue };
                let result = interpolate_field(object, index, value, &inner, walk)?;
                if !result.is(value) {
                    Rc::make_mut(&mut out)[index].value = Some(result);
                }
            }
            Ok(unless_same(object, Rc::ptr_eq(slots, &out), Body::Struct(out)))
        }
        Body::Choice(_) => {
            let result = interpolate_choice(object, chain, walk);
            walk.settle(result, || object.clone())
        }
    }
}

/// The object with another body and no bindings; itself where nothing has changed.
fn unless_same(object: &Object, same: bool, body: Body) -> Object {
    if same && object.scopes().is_empty() {
        return object.clone();
    }
    Object::make(object.ty().clone(), body, object.origin())
}

/// What interpolating a closed object gives: the object inside a choice, or the object itself.
fn unwrapped(object: &Object) -> Object {
    match object.body() {
        Body::Choice(Value::Object(inner)) => inner.clone(),
        _ => object.clone(),
    }
}

/// Interpolates an element, which stays of its type: a choice unwraps on the way and is wrapped again.
fn interpolate_element(object: &Object, chain: &Chain<'_>, walk: &mut Walk) -> Result<Object, Fault> {
    if object.is_closed() {
        return Ok(object.clone());
    }
    let result = interpolated(object, chain, walk)?;
    match object.body() {
        Body::Choice(_) if !result.is_a(object.ty()) => {
            Ok(Object::make(object.ty().clone(), Body::Choice(Value::Object(result)), object.origin()))
        }
        _ => Ok(result),
    }
}

/// Interpolates the value of a field and wraps it as the field's type again (a choice unwraps on the way).
fn interpolate_field(
    object: &Object,
    index: usize,
    value: &Object,
    chain: &Chain<'_>,
    walk: &mut Walk,
) -> Result<Object, Fault> {
    let before = walk.faults.as_ref().map_or(0, Vec::len);
    let result = interpolate_element(value, chain, walk);
    if let Some(faults) = &mut walk.faults {
        let fresh = faults.split_off(before);
        faults.extend(fresh.into_iter().map(|f| in_field(object, index, f)));
    }
    result.map_err(|f| in_field(object, index, f))
}

/// Says which field a fault is about, once, and where it is if that is not known yet.
fn in_field(object: &Object, index: usize, fault: Fault) -> Fault {
    let Some((name, field)) = object.ty().fields().and_then(|f| f.get_index(index)) else { return fault };
    let span = object.slots().map_or(Span::NONE, |s| s[index].span).or(object.origin());
    fault.map(|mut d| {
        if d.primary_label.is_empty() {
            d.primary_label = field_words(object.ty(), name, &field.ty);
        }
        d.at(span)
    })
}

impl Object {
    /// Pystachio's accessor: the value of a field, interpolated in the object's own scopes; `None` is `Empty`.
    ///
    /// # Errors
    /// As for [`Object::interpolate`].
    pub fn access(&self, index: usize) -> Result<Option<Object>, Fault> {
        let Some(value) = self.slots().and_then(|s| s.get(index)).and_then(|s| s.value.as_ref()) else {
            return Ok(None);
        };
        if value.is_closed() {
            return Ok(Some(value.clone()));
        }
        let chain = Chain::Struct { object: self, outer: &Chain::Empty };
        interpolate_field(self, index, value, &chain, &mut Walk::default()).map(Some)
    }

    /// [`Object::access`] by name; `None` also where there is no such field.
    ///
    /// # Errors
    /// As for [`Object::interpolate`].
    pub fn access_named(&self, field: &str) -> Result<Option<Object>, Fault> {
        match self.ty().fields().and_then(|f| f.get_index_of(field)) {
            Some(index) => self.access(index),
            None => Ok(None),
        }
    }
}

fn simple(object: &Object, chain: &Chain<'_>, walk: &mut Walk) -> Result<Object, Fault> {
    let Some(raw) = object.raw() else { return Ok(object.clone()) };
    let make = |value| Object::make(object.ty().clone(), Body::Simple(value), object.origin());
    if matches!(object.ty().kind(), Kind::Any) && is_structure(raw) {
        let inner = Chain::Own { scopes: object.scopes(), outer: chain };
        return structure(raw, &inner, object.origin(), walk).map(make);
    }
    let Value::Str(text) = raw else {
        return coerce(object.ty(), raw).map(make).map_err(|f| f.at(object.origin()));
    };
    if text.template().is_none() {
        return coerce(object.ty(), raw).map(make).map_err(|f| f.at(text.span().or(object.origin())));
    }
    let inner = Chain::Own { scopes: object.scopes(), outer: chain };
    // Text is always a String; of other types it may be no value, and a message then shows what went into it.
    let sources = (!matches!(object.ty().kind(), Kind::String)).then(Vec::new);
    let resolved = resolve(text, &inner, object.origin(), walk, sources)?;
    if resolved.open && resolved.revived {
        let body = Body::Simple(Value::Str(resolved.text));
        return Ok(Object::unsettled(object.ty().clone(), body, object.origin()));
    }
    if resolved.open {
        let same = resolved.text.same(text);
        return Ok(unless_same(object, same, Body::Simple(Value::Str(resolved.text))));
    }
    let value = Value::Str(resolved.text.clone());
    let coerced =
        coerce(object.ty(), &value).map_err(|f| from_template(f, text, object.origin(), &resolved))?;
    if resolved.text.template().is_some() {
        // A postponed reference came alive: it is looked up in these scopes when the object is used again.
        let body = Body::Simple(coerced);
        return Ok(Object::with_scopes(object.ty().clone(), body, object.origin(), inner.captured().into()));
    }
    Ok(make(coerced))
}

/// The insides of a structure that a field of any kind holds.
fn structure(value: &Value, chain: &Chain<'_>, origin: Span, walk: &mut Walk) -> Result<Value, Fault> {
    limits::charge_steps(1)?;
    match value {
        Value::Object(object) => interpolated(object, chain, walk).map(Value::Object),
        Value::Str(text) if text.template().is_some() => {
            resolve(text, chain, origin, walk, None).map(|resolved| Value::Str(resolved.text))
        }
        Value::List(items) => {
            let items = items.borrow().clone();
            structures(&items, chain, origin, walk).map(Value::list)
        }
        Value::Tuple(items) => structures(items, chain, origin, walk).map(Value::tuple),
        Value::Dict(dict) => {
            let dict = dict.borrow().clone();
            if dict.iter().all(|(key, _)| is_closed(key)) {
                let mut inside = |entry: &Entry| structure(&entry.value, chain, entry.span.or(origin), walk);
                return dict.map(|_, entry| inside(entry)).map(Value::dict);
            }
            let mut out = Dict::of_kind(dict.kind());
            for (key, entry) in dict.iter() {
                let place = entry.span.or(origin);
                let key = Key::new(structure(key, chain, entry.key_span.or(origin), walk)?)?;
                out.insert_at(key, structure(&entry.value, chain, place, walk)?, entry.key_span, entry.span);
            }
            Ok(Value::dict(out))
        }
        other => Ok(other.clone()),
    }
}

fn structures(
    items: &[Value],
    chain: &Chain<'_>,
    origin: Span,
    walk: &mut Walk,
) -> Result<Vec<Value>, Fault> {
    items.iter().map(|item| structure(item, chain, origin, walk)).collect()
}

fn from_template(fault: Fault, text: &Text, origin: Span, resolved: &Resolved) -> Fault {
    let written = shown(&Value::Str(text.clone()));
    let fault = fault
        .map(|d| d.at(text.span().or(origin)).note(format!("the value comes from the template {written}")));
    resolved.sources.iter().fold(fault, |f, source| f.map(|d| d.label(source.span(), written_here(source))))
}

fn written_here(source: &Text) -> String {
    format!("{} is written here", shown(&Value::Str(source.clone())))
}
