//! Lints of evaluation: what the stock client accepts, but nobody means.

use super::machine::Machine;
use crate::diagnostics::codes::eval::{ALWAYS_TRUE, NEVER_EQUAL};
use crate::source::Span;
use crate::syntax::ast::CompareOp;
use crate::template::value::Value;

/// Whether a value counts as true. Template objects always do, which is hardly meant.
pub(super) fn truth(machine: &mut Machine, value: &Value, span: Span) -> bool {
    match value {
        Value::Bool(b) => *b,
        Value::Object(object) if object.ty().is_simple() || object.elements().is_some() => {
            let message = format!("a {} object is always true in a condition", object.ty().written());
            machine.warn(&ALWAYS_TRUE, span, message, "test its plain value, which .get() gives");
            true
        }
        other => other.truthy(),
    }
}

/// Doubts a comparison of a template object with a plain value, which are never equal.
pub(super) fn comparison(machine: &mut Machine, op: CompareOp, a: &Value, b: &Value, span: Span) {
    if !matches!(op, CompareOp::Eq | CompareOp::NotEq) {
        return;
    }
    let (object, plain) = match (a, b) {
        (Value::Object(o), other) | (other, Value::Object(o)) => (o, other),
        _ => return,
    };
    let plain_scalar = matches!(plain, Value::Str(_)) || plain.is_number();
    if plain_scalar && object.ty().is_simple() {
        let message = format!("a {} object never equals a plain value", object.ty().written());
        machine.warn(
            &NEVER_EQUAL,
            span,
            message,
            "compare its plain value, which .get() gives, or its text, which str() gives",
        );
    }
}
