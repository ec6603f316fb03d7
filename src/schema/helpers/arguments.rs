//! Reading the arguments of helpers, and making calls of types.

use crate::schema::struct_type;
use crate::source::Span;
use crate::template::value::{Args, Fault, Keyword, Value};
use crate::template::{Object, Type};

/// A type of the schema that the helpers are written for.
///
/// # Errors
/// Never, as long as the tables declare the type; a test of the tables would notice.
pub(super) fn schema_type(name: &str) -> Result<Type, Fault> {
    struct_type(name).ok_or_else(|| Fault::name_error(format!("the schema has no type `{name}`")))
}

/// Keyword arguments at one place.
pub(super) fn keywords(span: Span, entries: Vec<(&str, Value)>) -> Args {
    let keyword = entries
        .into_iter()
        .map(|(name, value)| Keyword { name: name.into(), name_span: span, value, span })
        .collect();
    Args { keyword, ..Args::none(span) }
}

/// Objects as a list value.
pub(super) fn list_of(objects: Vec<Object>) -> Value {
    Value::list(objects.into_iter().map(Value::Object).collect())
}

/// The arguments of a function with a fixed list of required parameters.
///
/// # Errors
/// When one is missing, unknown, or given twice.
pub(super) fn bind<const N: usize>(
    function: &str,
    names: [&str; N],
    args: &Args,
) -> Result<[(Value, Span); N], Fault> {
    let mut slots: [Option<(Value, Span)>; N] = [const { None }; N];
    if args.positional.len() > N {
        let message = format!("{function}() takes {N} arguments, but {} are given", args.positional.len());
        return Err(Fault::bad_call(message).at(args.positional[N].1));
    }
    for (slot, given) in slots.iter_mut().zip(&args.positional) {
        *slot = Some(given.clone());
    }
    for keyword in &args.keyword {
        let Some(index) = names.iter().position(|n| *n == &*keyword.name) else {
            let message = format!("{function}() has no parameter `{}`", keyword.name);
            return Err(Fault::bad_call(message).at(keyword.name_span));
        };
        if slots[index].is_some() {
            let message = format!("{function}() gets `{}` twice", keyword.name);
            return Err(Fault::bad_call(message).at(keyword.name_span));
        }
        slots[index] = Some((keyword.value.clone(), keyword.span));
    }
    if let Some(missing) = slots.iter().position(Option::is_none) {
        return Err(Fault::bad_call(format!("{function}() needs `{}`", names[missing])).at(args.span));
    }
    Ok(slots.map(|s| s.unwrap_or((Value::None, args.span))))
}

/// An argument that must be an object of a struct type.
///
/// # Errors
/// A TypeError when it is something else.
pub(super) fn object(function: &str, value: &Value, span: Span) -> Result<Object, Fault> {
    match value {
        Value::Object(object) if object.slots().is_some() => Ok(object.clone()),
        other => {
            let message = format!("{function}() works on tasks, not on a {}", other.type_name());
            Err(Fault::type_error(message).at(span))
        }
    }
}

/// The items of an iterable argument.
///
/// # Errors
/// A TypeError when it is not iterable.
pub(super) fn items(value: &Value, span: Span) -> Result<Vec<Value>, Fault> {
    match value {
        Value::List(items) => Ok(items.borrow().clone()),
        Value::Tuple(items) => Ok(items.to_vec()),
        Value::Set(items) => Ok(items.borrow().iter().cloned().collect()),
        Value::Object(object) if object.elements().is_some() => {
            let list = object.interpolate(&mut crate::template::Walk::default())?;
            Ok(list.elements().unwrap_or_default().iter().cloned().map(Value::Object).collect())
        }
        Value::Empty => {
            Err(Fault::type_error("the field is not set, so there is nothing to go through").at(span))
        }
        other => Err(Fault::type_error(format!("{} cannot be gone through", other.described())).at(span)),
    }
}

/// The elements of a list field, interpolated in the object's own scopes.
///
/// # Errors
/// A TypeError when the field is not set; template errors.
pub(super) fn elements(object: &Object, field: &'static str, span: Span) -> Result<Vec<Object>, Fault> {
    match object.access_named(field)? {
        // Iterating over a list field reads it once more than getting it does.
        Some(list) => {
            let list = list.interpolate(&mut crate::template::Walk::default())?;
            Ok(list.elements().unwrap_or_default().to_vec())
        }
        None => {
            let message = format!("the task has no `{field}`");
            Err(Fault::type_error(message).at(object.field_span(field).or(object.origin()).or(span)))
        }
    }
}
