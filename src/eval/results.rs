//! What the methods of template objects give beside objects: references and the results of checks.

use std::rc::Rc;

use super::expr::Eval;
use crate::python::params::{positional_only, take, text};
use crate::template::value::{Args, BuiltinFn, Dict, Fault, Key, Native, Value};
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

    fn method(&self, name: &str) -> Option<(&'static str, BuiltinFn)> {
        (name == "address").then_some(("address", |_, args| {
            let receiver = args.positional.first().map(|(v, _)| v);
            let reference = receiver.and_then(Value::downcast::<Reference>);
            Ok(Value::str(reference.map_or_else(String::new, |r| r.0.address())))
        }))
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

    fn method(&self, name: &str) -> Option<(&'static str, BuiltinFn)> {
        (name == "from_address").then_some(("from_address", |_, args| {
            let ([_, address], []) = take("from_address", args, ["cls", "address"], [])?;
            let address = text("from_address", &address)?;
            Ref::parse(address.as_str()).map(|r| reference(Rc::new(r)))
        }))
    }

    fn names(&self) -> Vec<&str> {
        vec!["from_address"]
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

    fn method(&self, name: &str) -> Option<(&'static str, BuiltinFn)> {
        match name {
            "ok" => Some(("ok", |_, args| check_part(args, |c| Value::Bool(c.message.is_none())))),
            "message" => Some(("message", |_, args| {
                check_part(args, |c| Value::str(c.message.clone().unwrap_or_default()))
            })),
            _ => None,
        }
    }

    fn names(&self) -> Vec<&str> {
        vec!["ok", "message"]
    }
}

fn check_part(args: Args, part: impl FnOnce(&TypeCheck) -> Value) -> Eval {
    let receiver = positional_only("check", args)?.into_iter().next();
    match receiver.as_ref().and_then(Value::downcast::<TypeCheck>) {
        Some(check) => Ok(part(check)),
        None => Err(Fault::bad_call("this method belongs to the result of check()")),
    }
}
