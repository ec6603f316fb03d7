//! Lints of evaluation: what the stock client accepts although it is probably a mistake.

use super::machine::Machine;
use crate::diagnostics::{quoted_list, with_article};
use crate::lints::eval::{ALWAYS_TRUE, HOOKS_NOT_RUN, NEVER_EQUAL, UNUSABLE_VALUE};
use crate::source::Span;
use crate::syntax::ast::CompareOp;
use crate::template::value::Value;
use crate::template::{Body, Kind, Object, Type, coerce};

/// Whether a value counts as true. Template objects always do, which is probably a mistake where a plain value would
/// differ.
pub(super) fn truth(machine: &mut Machine, value: &Value, span: Span) -> bool {
    match value {
        Value::Bool(b) => *b,
        Value::Object(object) if !matches!(object.body(), Body::Struct(_)) => {
            let message = format!("{} is always true in a condition", value.described());
            machine.warn(&ALWAYS_TRUE, span, message, "test its plain value, which .get() gives");
            true
        }
        other => other.truthy(),
    }
}

/// Warns about a comparison of a template object with a plain value, which are never equal.
pub(super) fn comparison(machine: &mut Machine, op: CompareOp, a: &Value, b: &Value, span: Span) {
    let (object, never) = match (op, a, b) {
        (CompareOp::Eq | CompareOp::NotEq | CompareOp::Is | CompareOp::IsNot, Value::Object(o), plain)
        | (CompareOp::Eq | CompareOp::NotEq | CompareOp::Is | CompareOp::IsNot, plain, Value::Object(o)) => {
            (o, is_like(o, plain))
        }
        (CompareOp::In | CompareOp::NotIn, Value::Object(o), Value::List(items)) => {
            (o, all_like(o, &items.borrow()))
        }
        (CompareOp::In | CompareOp::NotIn, Value::Object(o), Value::Tuple(items)) => (o, all_like(o, items)),
        _ => return,
    };
    if never {
        let object = Value::Object(object.clone()).described();
        let message = format!("{object} never equals a plain value");
        let help = "compare its plain value, which .get() gives, or its text, which str() gives";
        machine.warn(&NEVER_EQUAL, span, message, help);
    }
}

/// Whether a plain value could be mistaken for what the object holds.
fn is_like(object: &Object, plain: &Value) -> bool {
    match object.body() {
        Body::Simple(_) | Body::Choice(_) => matches!(plain, Value::Str(_)) || plain.is_number(),
        Body::List(_) => matches!(plain, Value::List(_) | Value::Tuple(_)),
        Body::Map(_) => matches!(plain, Value::Dict(_)),
        Body::Struct(_) => false,
    }
}

fn all_like(object: &Object, items: &[Value]) -> bool {
    !items.is_empty() && items.iter().all(|item| is_like(object, item))
}

/// Warns about a value that can never become what its field holds: the stock client says so only where it is used.
pub(super) fn unusable(machine: &mut Machine, owner: &Type, name: &str, value: &Value, span: Span) {
    let Value::Str(text) = value else { return };
    let Some(field) = owner.fields().and_then(|fields| fields.get(name)) else { return };
    let scalar = matches!(field.ty.kind(), Kind::Integer | Kind::Float | Kind::Boolean);
    if scalar && text.template().is_none() && coerce(&field.ty, value).is_err() {
        let message = format!("{} cannot be `{name}` of {}", value.repr(), owner.written());
        let help =
            format!("`{name}` is {}: whatever uses this value is refused", with_article(&field.ty.written()));
        machine.warn(&UNUSABLE_VALUE, text.span().or(span), message, &help);
    }
}

/// Warns about hooks of the stock client, which are code that runs when a job is deployed: they may change the job.
pub(super) fn hooks(machine: &mut Machine) {
    let names: Vec<String> = match machine.globals.get("hooks") {
        Some(Value::List(items)) => items.borrow().iter().map(|hook| hook.type_name().to_string()).collect(),
        Some(Value::Tuple(items)) => items.iter().map(|hook| hook.type_name().to_string()).collect(),
        _ => return,
    };
    if names.is_empty() {
        return;
    }
    let listed = quoted_list(names.iter().map(String::as_str), 20);
    let message = match names.len() {
        1 => format!("the hook {listed} is not run"),
        _ => format!("the hooks {listed} are not run"),
    };
    let help = "write into the job itself what a hook changes in it: metadata=[...], for example";
    machine.warn(&HOOKS_NOT_RUN, machine.globals.span("hooks"), message, help);
}
