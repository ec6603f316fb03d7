//! What `check().message()` says: Pystachio's own wording, because programs build text from it.

use super::check::is_of_type;
use super::construct::convert;
use super::limits;
use super::scope::Chain;
use super::value::{Body, Fault, Kind, Object, Type, Value};
use super::walk::Walk;

impl Object {
    /// The first problem in Pystachio's words; nothing where the object passes its check.
    ///
    /// # Errors
    /// For what Pystachio raises instead of reporting, such as a malformed reference.
    pub fn complaint(&self) -> Result<Option<String>, Fault> {
        complaint(self, &Chain::Empty)
    }
}

fn complaint(object: &Object, chain: &Chain<'_>) -> Result<Option<String>, Fault> {
    limits::charge_steps(1)?;
    let name = object.ty().name();
    match object.body() {
        Body::Simple(_) => of_simple(object, chain),
        Body::List(items) => {
            let inner = Chain::Own { scopes: object.scopes(), outer: chain };
            for item in items.iter() {
                if let Some(words) = complaint(item, &inner)? {
                    return Ok(Some(format!("Element in {name} failed check: {words}")));
                }
            }
            Ok(None)
        }
        Body::Map(entries) => {
            let inner = Chain::Own { scopes: object.scopes(), outer: chain };
            for (key, value) in entries.iter() {
                if let Some(words) = complaint(key, &inner)? {
                    return Ok(Some(format!("{name} key {} failed check: {words}", key.text()?.as_str())));
                }
                if let Some(words) = complaint(value, &inner)? {
                    let (key, value) = (key.text()?, value.text()?);
                    let place = format!("{name}[{}] value {}", key.as_str(), value.as_str());
                    return Ok(Some(format!("{place} failed check: {words}")));
                }
            }
            Ok(None)
        }
        Body::Struct(_) => of_struct(object, chain),
        Body::Choice(value) => of_choice(object, value, chain),
    }
}

fn of_struct(object: &Object, chain: &Chain<'_>) -> Result<Option<String>, Fault> {
    let name = object.ty().name();
    let inner = Chain::Struct { object, outer: chain };
    let fields = object.ty().fields().into_iter().flat_map(|f| f.iter());
    for ((field_name, field), slot) in fields.zip(object.slots().unwrap_or_default()) {
        let words = match &slot.value {
            None if field.required => return Ok(Some(format!("{name}[{field_name}] is required."))),
            None => None,
            Some(value) => complaint(value, &inner)?,
        };
        if let Some(words) = words {
            return Ok(Some(format!("{name}[{field_name}] failed: {words}")));
        }
    }
    Ok(None)
}

fn of_simple(object: &Object, chain: &Chain<'_>) -> Result<Option<String>, Fault> {
    match object.interpolate_in(chain, &mut Walk::default()) {
        Ok(result) => Ok(result
            .raw()
            .filter(|v| !is_of_type(object.ty(), v))
            .map(|v| format!("{} not {}", v.repr(), kind_words(object.ty())))),
        Err(fault) if fault.exception == "CoercionError" => {
            let given = object.raw().map(Value::to_text).unwrap_or_default();
            Ok(Some(format!("Unable to interpolate: Cannot coerce '{given}' to {}", object.ty().name())))
        }
        Err(fault) if fault.exception == "Uninterpolatable" => {
            let given = object.raw().map(Value::to_text).unwrap_or_default();
            let words = format!("Unable to interpolate {given}!  Maximum replacements reached.");
            Ok(Some(format!("Unable to interpolate: {words}")))
        }
        Err(fault) => Err(fault),
    }
}

fn kind_words(ty: &Type) -> String {
    match ty.kind() {
        Kind::Integer => "an integer".to_string(),
        Kind::Float => "a float".to_string(),
        Kind::Boolean => "a boolean".to_string(),
        Kind::Enum(values) => format!("in the enumeration ({})", values.join(", ")),
        _ => "a string".to_string(),
    }
}

fn of_choice(object: &Object, value: &Value, chain: &Chain<'_>) -> Result<Option<String>, Fault> {
    let Kind::Choice(alternatives) = object.ty().kind() else { return Ok(None) };
    let inner = Chain::Own { scopes: object.scopes(), outer: chain };
    for alternative in alternatives {
        if let Value::Object(typed) = value
            && typed.is_a(alternative)
        {
            return complaint(typed, &inner);
        }
        if let Ok(candidate) = convert(alternative, value, object.origin())
            && complaint(&candidate, &inner)?.is_none()
        {
            return Ok(None);
        }
    }
    let given = value.to_text();
    let words = format!("value {given} did not match any of its alternatives");
    Ok(Some(format!("{} typecheck failed: {words}", object.ty().name())))
}
