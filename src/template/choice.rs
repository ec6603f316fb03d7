//! Choices: a value that becomes the first alternative it fits.

use super::construct::convert;
use super::interpolate::{Walk, interpolate};
use super::limits;
use super::object::{Body, Object};
use super::scope::Chain;
use super::types::{Kind, Type};
use super::value::{Fault, Value};
use crate::diagnostics::codes::template::NOT_AN_ALTERNATIVE;

/// Interpolates a choice: the result is an object of the first alternative that takes the value, not a choice.
///
/// A dict with a key that an earlier alternative lacks moves on to the next one; the stock client stops there.
pub(super) fn interpolate_choice(
    object: &Object,
    chain: &Chain<'_>,
    walk: &mut Walk,
) -> Result<Object, Fault> {
    let (Body::Choice(value), Kind::Choice(alternatives)) = (object.body(), object.ty().kind()) else {
        return Ok(object.clone());
    };
    let inner = Chain::Own { scopes: object.scopes(), outer: chain };
    let mut reasons = Vec::new();
    for alternative in alternatives {
        if let Value::Object(typed) = value
            && typed.is_a(alternative)
        {
            return interpolate(typed, &inner, walk);
        }
        let attempt = convert(alternative, value, object.origin()).and_then(|candidate| {
            let mut own = Walk::default();
            interpolate(&candidate, &inner, &mut own).map(|result| (result, own.unbound))
        });
        match attempt {
            Ok((result, unbound)) => {
                walk.unbound.extend(unbound);
                return Ok(result);
            }
            Err(fault) if limits::is_final(&fault) => return Err(fault),
            Err(fault) => reasons.push((alternative.clone(), fault)),
        }
    }
    Err(no_alternative(object, value, &reasons))
}

/// The error for a value that fits no alternative, with what each of them says.
pub(super) fn no_alternative(object: &Object, value: &Value, reasons: &[(Type, Fault)]) -> Fault {
    let names: Vec<String> = reasons.iter().map(|(t, _)| t.written()).collect();
    let message = format!("{} fits none of {}", super::coerce::shown(value), names.join(", "));
    let fault = Fault::new("CoercionError", &NOT_AN_ALTERNATIVE, message).at(object.origin());
    reasons.iter().fold(fault, |f, (ty, reason)| {
        f.map(|d| d.note(format!("as {}: {}", ty.written(), reason.message())))
    })
}
