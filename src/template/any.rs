//! Structures in fields of any kind: plain lists and dicts, kept as they are at that moment.

use super::limits;
use super::value::{Fault, Range, Value, shown};
use crate::diagnostics::codes::template::WRONG_SHAPE;

/// What a field of any kind keeps of a value: a copy, so that later changes to a list or dict do not reach it.
///
/// # Errors
/// When a list or dict holds what is not data (functions, sets, types), or is nested deeper than the budget allows, as
/// one that holds itself is.
pub(super) fn kept(value: &Value) -> Result<Value, Fault> {
    copy(value, 0)
}

fn copy(value: &Value, depth: usize) -> Result<Value, Fault> {
    limits::check_depth(depth)?;
    limits::charge_steps(1)?;
    let copies = |items: &[Value]| items.iter().map(|v| copy(v, depth + 1)).collect::<Result<Vec<_>, _>>();
    Ok(match value {
        Value::List(items) => Value::list(copies(&items.borrow())?),
        Value::Tuple(items) => Value::tuple(copies(items)?),
        Value::Range(range) if depth > 0 => Value::list(range_items(**range)),
        Value::Dict(dict) => {
            let copied = dict.borrow().map(|key, entry| {
                if !matches!(key.value(), Value::Str(_)) && !key.value().is_number() {
                    return Err(bad_key(key.value()).at(entry.key_span));
                }
                copy(&entry.value, depth + 1).map_err(|f| f.at(entry.span))
            })?;
            Value::dict(copied)
        }
        Value::Set(_) | Value::Signature(_) | Value::Native(_) | Value::Type(_) | Value::Empty
            if depth > 0 =>
        {
            return Err(no_data(value));
        }
        other => other.clone(),
    })
}

fn range_items(range: Range) -> Vec<Value> {
    (0..range.len()).map(|i| Value::Int(range.at(i))).collect()
}

fn no_data(value: &Value) -> Fault {
    let fault = Fault::new("ValueError", &WRONG_SHAPE, format!("{} is no data", shown(value)));
    match value {
        Value::Empty => fault.help("leave the entry out to have none"),
        Value::Set(_) => fault.help("a set has no order: write a list"),
        Value::Type(ty) => fault.help(format!("write an object of it: {}(...)", ty.written())),
        _ => fault.help("write text, numbers, dicts, lists, or objects of a Struct"),
    }
}

fn bad_key(key: &Value) -> Fault {
    let message = format!("{} cannot be a key of data, which becomes JSON", shown(key));
    Fault::new("ValueError", &WRONG_SHAPE, message).help("keys are text or numbers")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::template::value::Dict;
    use crate::template::{Type, construct::convert};

    #[test]
    fn a_structure_is_copied_and_closed_when_it_holds_no_reference() {
        let list = Value::list(vec![Value::Int(1)]);
        let object = convert(&Type::any(), &list, Span::NONE).unwrap();
        let Value::List(items) = &list else { unreachable!() };
        items.borrow_mut().push(Value::str("{{x}}"));
        assert_eq!(object.raw().unwrap().repr(), "[1]");
        assert!(object.is_closed());
        assert!(!convert(&Type::any(), &list, Span::NONE).unwrap().is_closed());
    }

    #[test]
    fn what_is_no_data_is_refused() {
        let list = Value::list(Vec::new());
        let Value::List(items) = &list else { unreachable!() };
        items.borrow_mut().push(list.clone());
        assert!(kept(&list).is_err(), "a list that holds itself");
        items.borrow_mut().clear();
        assert!(kept(&Value::list(vec![Value::Type(Type::string())])).is_err());
        let mut dict = Dict::new();
        dict.insert(crate::template::value::Key::new(Value::tuple(Vec::new())).unwrap(), Value::Int(1));
        assert!(kept(&Value::dict(dict)).is_err());
    }
}
