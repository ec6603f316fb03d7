//! What the methods of template objects give beside objects: references and the results of checks.

use std::any::Any;
use std::rc::Rc;

use super::machine::Eval;
use crate::python::arguments::{Table, builtins};
use crate::template::value::{Args, Dict, Key, Native, Text, Value};
use crate::template::{Object, Ref};

/// A reference as `interpolate()` gives it.
#[derive(Debug)]
struct Reference(Rc<Ref>);

/// A reference as a value.
pub(super) fn reference(reference: Rc<Ref>) -> Value {
    Value::native(Reference(reference))
}

impl Native for Reference {
    fn type_name(&self) -> &str {
        "Ref"
    }

    fn display(&self) -> String {
        format!("{{{{{}}}}}", self.0)
    }

    fn equals(&self, other: &dyn Native) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<Reference>().is_some_and(|other| *self.0 == *other.0)
    }

    fn methods(&self) -> Table {
        builtins![
            address(self) Constant => |_, reference: Rc<Reference>| Ok(Value::str(reference.0.address())),
        ]
    }
}

/// `Ref`, of which files use `Ref.from_address('a.b')`.
#[derive(Debug)]
struct RefClass;

/// `Ref` as a value.
pub(super) fn ref_class() -> Value {
    Value::native(RefClass)
}

impl Native for RefClass {
    fn type_name(&self) -> &str {
        "type"
    }

    fn display(&self) -> String {
        "<class 'pystachio.naming.Ref'>".to_string()
    }

    fn is_instance(&self, value: &Value) -> Option<bool> {
        Some(value.downcast::<Reference>().is_some())
    }

    fn methods(&self) -> Table {
        builtins![
            from_address(self, address) Constant => |_, _: Value, address: Text| {
                Ref::parse(address.as_str()).map(|parsed| reference(Rc::new(parsed)))
            },
        ]
    }
}

/// The arguments of `bind()` with references among the keys of dicts replaced by their addresses.
pub(super) fn with_plain_keys(mut args: Args) -> Args {
    for (value, _) in &mut args.positional {
        let Value::Dict(dict) = &*value else { continue };
        if dict.borrow().keys().all(|k| !matches!(k.value(), Value::Native(_))) {
            continue;
        }
        let mut plain = Dict::new();
        for (key, entry) in dict.borrow().iter() {
            let address = key.downcast::<Reference>().map(|r| Value::str(r.0.address()));
            if let Ok(key) = Key::new(address.unwrap_or_else(|| key.clone())) {
                plain.insert_at(key, entry.value.clone(), entry.key_span, entry.span);
            }
        }
        *value = Value::dict(plain);
    }
    args
}

/// What `check()` gives.
#[derive(Debug)]
struct TypeCheck {
    message: Option<String>,
}

/// What `object.check()` gives.
pub(super) fn type_check(object: &Object) -> Eval {
    let message = object.complaint()?;
    Ok(Value::native(TypeCheck { message }))
}

impl Native for TypeCheck {
    fn type_name(&self) -> &str {
        "TypeCheck"
    }

    fn display(&self) -> String {
        match &self.message {
            Some(message) => format!("TypeCheck(FAILED): {message}"),
            None => "TypeCheck(OK)".to_string(),
        }
    }

    fn methods(&self) -> Table {
        builtins![
            ok(self) Constant => |_, check: Rc<TypeCheck>| Ok(Value::Bool(check.message.is_none())),
            message(self) Constant => |_, check: Rc<TypeCheck>| {
                Ok(Value::str(check.message.clone().unwrap_or_default()))
            },
        ]
    }
}
