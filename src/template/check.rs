//! Checks: is everything required there, and is every value of its type?

use std::rc::Rc;

use super::choice::no_alternative;
use super::construct::convert;
use super::limits;
use super::scope::Chain;
use super::value::{Body, Fault, Field, Kind, Object, Slot, Type, Value, field_words, shown};
use super::walk::Walk;
use crate::diagnostics::codes::job::MISSING_FIELD;
use crate::diagnostics::codes::template::UNRESOLVED;

impl Object {
    /// Pystachio's `check()`: everything that is wrong with the object, in order; the stock client stops at the first.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        check_in(self, &Chain::Empty, &mut faults);
        faults
    }
}

/// Whether the object passes; what is wrong with it is added to the faults.
fn check_in(object: &Object, chain: &Chain<'_>, faults: &mut Vec<Fault>) -> bool {
    if object.has_passed() {
        return true;
    }
    if let Err(fault) = limits::charge_steps(1) {
        // One is enough: everything that follows would say the same.
        if !faults.iter().any(|f| f.diagnostic.ends_everything()) {
            faults.push(fault);
        }
        return false;
    }
    let passes = check_body(object, chain, faults);
    if passes {
        object.set_passed();
    }
    passes
}

fn check_body(object: &Object, chain: &Chain<'_>, faults: &mut Vec<Fault>) -> bool {
    match object.body() {
        Body::Simple(Value::Str(_)) if object.is_stable() => true,
        Body::Simple(_) => check_simple(object, chain, faults),
        Body::List(items) => {
            let inner = Chain::Own { scopes: object.scopes(), outer: chain };
            check_all(items.iter(), &inner, faults)
        }
        Body::Map(entries) => {
            let inner = Chain::Own { scopes: object.scopes(), outer: chain };
            check_all(entries.iter().flat_map(|(key, value)| [key, value]), &inner, faults)
        }
        Body::Struct(_) => check_struct(object, chain, faults),
        Body::Choice(value) => check_choice(object, value, chain, faults),
    }
}

/// Checks every one of the objects, also after one that does not pass.
fn check_all<'o>(
    objects: impl Iterator<Item = &'o Object>,
    chain: &Chain<'_>,
    faults: &mut Vec<Fault>,
) -> bool {
    let mut passes = true;
    for object in objects {
        passes &= check_in(object, chain, faults);
    }
    passes
}

fn check_struct(object: &Object, chain: &Chain<'_>, faults: &mut Vec<Fault>) -> bool {
    let (Some(fields), Some(slots)) = (object.ty().fields(), object.slots()) else { return true };
    let inner = Chain::Struct { object, outer: chain };
    let mut passes = true;
    for ((name, field), slot) in fields.iter().zip(slots) {
        match &slot.value {
            None if field.required => {
                passes = false;
                faults.push(missing_field(object, name, slot.span.or(object.origin())));
            }
            None => {}
            Some(value) if value.is_closed() && value.ty().is_simple() => {}
            Some(value) => {
                let known = faults.len();
                if !check_in(value, &inner, faults) {
                    passes = false;
                    say_field(object, name, field, slot, &mut faults[known..]);
                }
            }
        }
    }
    passes
}

/// Says which field the faults are about, and where it is if that is not known yet.
#[cold]
fn say_field(object: &Object, name: &str, field: &Field, slot: &Slot, faults: &mut [Fault]) {
    let label = field_words(object.ty(), name, &field.ty);
    for fault in faults {
        let d = &mut fault.diagnostic;
        d.primary = d.primary.or(slot.span).or(object.origin());
        if d.primary_label.is_empty() {
            d.primary_label.clone_from(&label);
        }
    }
}

/// The error for a required field that has no value, at the constructor call (or where it was set to `Empty`).
pub fn missing_field(object: &Object, name: &Rc<str>, span: crate::source::Span) -> Fault {
    let message = format!("{} needs `{name}`", object.ty().written());
    Fault::new("InvalidConfig", &MISSING_FIELD, message)
        .map(|d| d.here(format!("`{name}` is required here")).label(object.ty().span(), "declared here"))
        .at(span)
        .help(format!("add {name}={}", example(object, name)))
}

/// A value of a field that shows how one is written.
fn example(object: &Object, name: &str) -> String {
    let field = object.ty().fields().and_then(|fields| fields.get(name));
    match field.map(|field| (field.ty.kind(), field.ty.written())) {
        Some((Kind::String, _)) => "'...'".to_string(),
        Some((Kind::Struct(_), ty)) => format!("{ty}(...)"),
        Some((Kind::List(_), _)) => "[...]".to_string(),
        Some((Kind::Map(..), _)) => "{...}".to_string(),
        _ => "...".to_string(),
    }
}

fn check_simple(object: &Object, chain: &Chain<'_>, faults: &mut Vec<Fault>) -> bool {
    if let Some(Value::Object(inner)) = object.raw()
        && matches!(object.ty().kind(), Kind::Any)
    {
        return check_in(inner, &Chain::Own { scopes: object.scopes(), outer: chain }, faults);
    }
    let mut walk = Walk::default();
    let result = match object.interpolate_in(chain, &mut walk) {
        Ok(result) => result,
        Err(fault) => {
            faults.push(fault);
            return false;
        }
    };
    let passes = result.raw().is_none_or(|v| is_of_type(object.ty(), v));
    if !passes {
        let (reference, span) = match walk.unbound.first() {
            Some(open) => (format!("{{{{{}}}}}", open.reference), open.span),
            None => (result.raw().map(shown).unwrap_or_default(), object.origin()),
        };
        let message = format!("`{reference}` has no value here, but {} is needed", needed(object.ty()));
        faults.push(Fault::new("CoercionError", &UNRESOLVED, message).at(span.or(object.origin())));
    }
    passes
}

fn needed(ty: &Type) -> String {
    match ty.kind() {
        Kind::Integer => "a whole number".to_string(),
        Kind::Float => "a number".to_string(),
        Kind::Boolean => "True or False".to_string(),
        _ => format!("a value of {}", ty.written()),
    }
}

/// Pystachio's checker of each scalar, for an interpolated value.
pub(super) fn is_of_type(ty: &Type, value: &Value) -> bool {
    match ty.kind() {
        Kind::String => matches!(value, Value::Str(_)),
        Kind::Integer => value.as_bigint().is_some(),
        Kind::Float => value.is_number(),
        Kind::Boolean => matches!(value, Value::Bool(_)),
        Kind::Enum(values) => value.as_str().is_some_and(|v| values.iter().any(|w| **w == *v)),
        _ => true,
    }
}

fn check_choice(object: &Object, value: &Value, chain: &Chain<'_>, faults: &mut Vec<Fault>) -> bool {
    let Kind::Choice(alternatives) = object.ty().kind() else { return true };
    let inner = Chain::Own { scopes: object.scopes(), outer: chain };
    let mut reasons = Vec::new();
    for alternative in alternatives {
        if let Value::Object(typed) = value
            && typed.is_a(alternative)
        {
            return check_in(typed, &inner, faults);
        }
        match convert(alternative, value, object.origin()) {
            Ok(candidate) => {
                let mut found = Vec::new();
                check_in(&candidate, &inner, &mut found);
                match found.into_iter().next() {
                    None => return true,
                    Some(fault) => reasons.push((alternative.clone(), fault)),
                }
            }
            Err(fault) => reasons.push((alternative.clone(), fault)),
        }
    }
    faults.push(no_alternative(object, value, &reasons));
    false
}
