//! Lints of evaluation: what the stock client accepts although it is probably a mistake.

use super::machine::Machine;
use super::order::Context;
use crate::diagnostics::{Diagnostic, quoted_list, with_article};
use crate::lints::eval::{
    ADDRESS_ORDER, ALWAYS_TRUE, CUT_NUMBER, HASH_ORDER, HOOKS_NOT_RUN, LEAKED_VARIABLE, LOST_ASSIGNMENT,
    MIXED_ORDER, NEVER_EQUAL, REPEATED_KEY, ROUNDED_DIVISION, UNUSABLE_VALUE, UNUSED_RESULT,
};
use crate::lints::files::UNDECLARED_VARIABLE;
use crate::source::Span;
use crate::syntax::ast::{CompareOp, Expr, ExprKind};
use crate::template::value::Value;
use crate::template::{Body, Kind, Object, Type, coerce};

impl Machine {
    /// Whether a value counts as true. Template objects always do, which is probably a mistake where a plain value would
    /// differ.
    pub(super) fn truth(&mut self, value: &Value, span: Span) -> bool {
        match value {
            Value::Bool(b) => *b,
            Value::Object(object) if !matches!(object.body(), Body::Struct(_)) => {
                let message = format!("{} is always true in a condition", value.described());
                self.warn(&ALWAYS_TRUE, span, message, "test its plain value, which .get() gives");
                true
            }
            other => other.truthy(),
        }
    }

    /// Warns about a name whose value is the last one of the variable of a list comprehension.
    pub(super) fn doubt_leaked(&mut self, name: &str, span: Span, variable: Span) {
        if self.report.has(&LEAKED_VARIABLE, span) {
            return;
        }
        let message = format!("`{name}` has the last value that a list comprehension gave it");
        let lint = Diagnostic::warning(&LEAKED_VARIABLE, span, message).label(variable, "bound here");
        let help =
            "in Python 2, the variables of a list comprehension stay after it; give this one another name";
        self.report.add(lint.help(help));
    }

    /// Warns about `object.name = value`: the object stays as it is.
    pub(super) fn doubt_assignment(&mut self, object: &Object, name: &str, span: Span) {
        let message =
            format!("the assignment to `{name}` is lost: a {} never changes", object.ty().written());
        let help = format!("make a new one: object = object({name}=...)");
        self.warn(&LOST_ASSIGNMENT, span, message, &help);
    }

    /// Warns about `/` of two integers that do not divide.
    pub(super) fn doubt_division(&mut self, dividend: &Value, divisor: &Value, quotient: &Value) {
        let place = self.order.place;
        if self.report.has(&ROUNDED_DIVISION, place) {
            return;
        }
        let message =
            format!("{} / {} is rounded down to {}", dividend.repr(), divisor.repr(), quotient.repr());
        let help = "write // if that is meant, or make one of the numbers a float";
        self.warn(&ROUNDED_DIVISION, place, message, help);
    }

    /// Warns about two values that are not ordered by what they hold.
    pub(super) fn doubt_ordered(&mut self, left: &Value, right: &Value) {
        let place = self.order.place;
        let is_scalar = |value: &Value| matches!(value, Value::Object(o) if o.ty().is_simple());
        let by_address = !is_scalar(left) && left.type_name() == right.type_name();
        let code = if by_address { &ADDRESS_ORDER } else { &MIXED_ORDER };
        if self.report.has(code, place) {
            return;
        }
        let (a, b) = (left.described(), right.described());
        let (message, help) = match (left, right) {
            _ if by_address => (
                format!("{a} and another one are ordered by their memory addresses"),
                "sort by a key: sorted(x, key=...)",
            ),
            _ if is_scalar(left) || is_scalar(right) => (
                format!("{a} and {b} are not ordered by their values"),
                "compare plain values: take them with .get() first",
            ),
            (Value::None, _) => (format!("None is less than {b}, whatever its value"), "test for None first"),
            (_, Value::None) => (format!("None is less than {a}, whatever its value"), "test for None first"),
            _ => (
                format!("{a} and {b} are ordered by the names of their types"),
                "convert one side first, with int(...) or str(...)",
            ),
        };
        self.warn(code, place, message, help);
    }

    /// Warns about a variable of the environment that was looked for and is not declared.
    pub(super) fn doubt_variable(&mut self, name: &str, span: Span) {
        let span = span.or(self.order.place);
        let message = format!("the environment variable `{name}` is not declared, so it counts as not set");
        let help = format!("pass it on with --env {name}, or give its value with --env {name}=VALUE");
        self.warn(&UNDECLARED_VARIABLE, span, message, &help);
    }

    /// Warns about the order in which the items of a dict or set are gone through; `written` says that they become text.
    pub(super) fn doubt_order(&mut self, container: &Value, written: bool) {
        let Context { text, ignored } = self.order.context;
        if ignored > 0 || (text == 0 && !written && !has_addresses(container)) {
            return;
        }
        let span = self.order.place;
        if span.is_none() || self.order.said.contains(&span) {
            return;
        }
        if has_addresses(container) {
            self.order.said.insert(span);
            let message = format!("the order of {} is that of memory addresses", container.described());
            let help = "sort the items by something that every run gives alike, or write a list";
            self.warn(&ADDRESS_ORDER, span, message, help);
        } else if (text > 0 || written) && !is_as_added(container) {
            self.order.said.insert(span);
            let message = format!(
                "a string is made from {} in another order than the written one",
                container.described()
            );
            let help = "where the order matters, sort the items, or write a list of pairs or an OrderedDict";
            self.warn(&HASH_ORDER, span, message, help);
        }
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

/// Warns about a key that a dict literal has twice: the first value is lost.
#[cold]
pub(super) fn repeated_key(machine: &mut Machine, key: &Expr) {
    let written = match &key.kind {
        ExprKind::Str(literal) => crate::template::value::quote(&literal.text),
        ExprKind::Int(n) => n.to_string(),
        // What two expressions come to may be equal on purpose.
        _ => return,
    };
    let message = format!("the key {written} is in this dict twice, and the last value wins");
    machine.warn(&REPEATED_KEY, key.span, message, "leave one of them out");
}

/// Warns about a number with a fraction for a field of whole numbers, which cuts it.
fn cut(machine: &mut Machine, owner: &Type, name: &str, value: &Value, span: Span) {
    let Value::Float(number) = value else { return };
    let field = owner.fields().and_then(|fields| fields.get(name));
    if number.fract() != 0.0
        && number.is_finite()
        && field.is_some_and(|field| matches!(field.ty.kind(), Kind::Integer))
    {
        let message = format!("`{name}` is a whole number, so {number} is cut to {}", number.trunc());
        machine.warn(&CUT_NUMBER, span, message, "write a whole number, or int(...) where the cut is meant");
    }
}

/// Warns about a statement that makes a changed object and keeps it nowhere.
pub(super) fn unused_result(machine: &mut Machine, statement: &Expr, value: &Value) {
    let (Value::Object(object), ExprKind::Call { function, .. }) = (value, &statement.kind) else { return };
    let (written, binds) = match &function.kind {
        ExprKind::Attribute { value, name } if &*name.name == "bind" => (value, true),
        _ => (function, false),
    };
    // What a function returns may have been used in it.
    if !binds && object.origin() != statement.span {
        return;
    }
    let help = match &written.kind {
        ExprKind::Name(name) if !name.starts_with(|c: char| c.is_ascii_uppercase()) => {
            format!("assign it: {name} = {name}(...)")
        }
        _ => "assign it to a name, or put it into the list of jobs".to_string(),
    };
    let message = "the result is thrown away: objects never change, and this makes a new one";
    machine.warn(&UNUSED_RESULT, statement.span, message.to_string(), &help);
}

/// Warns about a value that can never become what its field holds: the stock client says so only where it is used.
pub(super) fn unusable(machine: &mut Machine, owner: &Type, name: &str, value: &Value, span: Span) {
    cut(machine, owner, name, value, span);
    let Value::Str(text) = value else { return };
    let Some(field) = owner.fields().and_then(|fields| fields.get(name)) else { return };
    let scalar = matches!(field.ty.kind(), Kind::Integer | Kind::Float | Kind::Boolean);
    if scalar && text.template().is_none() && coerce(&field.ty, value).is_err() {
        let message = format!("{} cannot be `{name}` of {}", value.repr(), owner.written());
        let help = format!(
            "`{name}` is {}: anything that uses this value is rejected",
            with_article(&field.ty.written())
        );
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

fn is_as_added(container: &Value) -> bool {
    match container {
        Value::Dict(dict) => dict.borrow().is_as_added(),
        Value::Set(set) => set.borrow().is_as_added(),
        _ => true,
    }
}

/// Whether one of several keys is hashed by its address, where the order is that of hashes.
fn has_addresses(container: &Value) -> bool {
    match container {
        Value::Dict(dict) => {
            let dict = dict.borrow();
            dict.len() > 1 && dict.has_addresses()
        }
        Value::Set(set) => {
            let set = set.borrow();
            set.len() > 1 && set.has_addresses()
        }
        _ => false,
    }
}
