//! `value.name` for any value.

use super::machine::{Eval, Machine};
use super::{instance, objects};
use crate::python;
use crate::python::class::type_of;
use crate::template::value::Value;

impl Machine {
    /// `value.name`: methods and fields of any value.
    ///
    /// # Errors
    /// An AttributeError where there is none of this name.
    pub fn attribute(&mut self, value: &Value, name: &str) -> Eval {
        match value {
            any if name == "__class__" => Ok(type_of(any)),
            Value::Object(object) => objects::attribute(object, name),
            Value::Type(ty) if name == "__name__" => Ok(Value::str(ty.name())),
            Value::Type(ty) => objects::of_type(ty, name),
            other => match instance::attribute(other, name) {
                Some(found) => found,
                None => python::attribute(other, name),
            },
        }
    }
}
