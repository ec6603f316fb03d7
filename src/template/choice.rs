//! Choices: a value that becomes the first alternative it fits.

use super::construct::convert;
use super::scope::Chain;
use super::value::{Body, Fault, Kind, Object, Type, Value, shown};
use super::walk::Walk;
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
            return typed.interpolate_in(&inner, walk);
        }
        let attempt = convert(alternative, value, object.origin()).and_then(|candidate| {
            let mut own = walk.inside();
            candidate.interpolate_in(&inner, &mut own).map(|result| (result, own))
        });
        match attempt {
            Ok((result, own)) => {
                walk.absorb(own);
                return Ok(result);
            }
            Err(fault) if fault.diagnostic.ends_everything() => return Err(fault),
            Err(fault) => reasons.push((alternative.clone(), fault)),
        }
    }
    Err(no_alternative(object, value, &reasons))
}

/// Whether a dict has keys, and they all are fields of the type.
fn has_keys(ty: &Type, value: &Value) -> bool {
    let (Value::Dict(dict), Some(fields)) = (value, ty.fields()) else { return false };
    let dict = dict.borrow();
    let known = |key: &Value| key.as_str().is_some_and(|name| fields.contains_key(name));
    !dict.is_empty() && dict.iter().all(|(key, _)| known(key))
}

/// The error for a value that fits no alternative, with what each of them says.
pub(super) fn no_alternative(object: &Object, value: &Value, reasons: &[(Type, Fault)]) -> Fault {
    // Where only one alternative has these keys, it is the one that is meant, and its own words say more.
    let mut meant = reasons.iter().filter(|(ty, _)| has_keys(ty, value));
    if let (Some((_, fault)), None) = (meant.next(), meant.next()) {
        return fault.clone().at(object.origin());
    }
    let names: Vec<String> = reasons.iter().map(|(t, _)| t.written()).collect();
    let message = format!("{} fits none of {}", shown(value), names.join(", "));
    let fault = Fault::new("CoercionError", &NOT_AN_ALTERNATIVE, message).at(object.origin());
    if !matches!(value, Value::Dict(_)) && reasons.iter().all(|(ty, _)| ty.fields().is_some()) {
        let calls: Vec<String> = names.iter().map(|name| format!("`{name}(...)`")).collect();
        return fault.help(format!("write one of {}", calls.join(", ")));
    }
    reasons.iter().fold(fault, |f, (ty, reason)| {
        f.map(|d| d.note(format!("as {}: {}", ty.written(), reason.message())))
    })
}
