//! Values with a behaviour written in Rust beyond being a function: iterators, match objects, partial functions, …

use std::any::Any;
use std::fmt;
use std::rc::Rc;

use super::BuiltinFn;
use super::Vm;
use super::iterate::ValueIter;
use crate::template::value::{Args, Dict, Fault, Native, Value};

/// What a special value can do. Everything has a default: it cannot.
pub trait Behaviour: fmt::Debug {
    /// The name of its Python type.
    fn type_name(&self) -> &str;

    /// What `str()` and `repr()` give.
    fn display(&self) -> String {
        format!("<{} object>", self.type_name())
    }

    /// What a call gives.
    ///
    /// # Errors
    /// A TypeError where the value cannot be called; whatever the call raises.
    fn call(&self, _vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        Err(Fault::type_error(format!("a {} cannot be called", self.type_name())).at(args.span))
    }

    /// Whether a call may succeed.
    fn is_callable(&self) -> bool {
        false
    }

    /// The next item, if it is an iterator; `None` outside where it is not one, inside where it is at its end.
    fn next(&self, _vm: &mut dyn Vm) -> Option<Result<Option<Value>, Fault>> {
        None
    }

    /// Whether it gives items one by one: an iterator, or an open file.
    fn is_iterator(&self) -> bool {
        false
    }

    /// `item in self`, where that is not the same as looking through the items.
    fn contains(&self, _vm: &mut dyn Vm, _item: &Value) -> Option<Result<bool, Fault>> {
        None
    }

    /// Its entries, if it is a kind of dict.
    fn entries(&self, _vm: &mut dyn Vm) -> Option<Dict> {
        None
    }

    /// A walk over it, where the items depend on the run.
    fn walk(&self) -> Option<ValueIter> {
        None
    }

    /// Its items, if it is a container.
    fn items(&self) -> Option<Vec<Value>> {
        None
    }

    /// Whether `value` is an instance of this class, if this is one.
    fn is_instance(&self, _value: &Value) -> Option<bool> {
        None
    }

    /// Whether it is a kind of tuple, so that it equals a tuple of the same items.
    fn is_tuple(&self) -> bool {
        false
    }

    /// Whether it is a container without items.
    fn is_empty(&self) -> bool {
        self.items().is_some_and(|items| items.is_empty())
    }

    /// `self[index]`, if it can be indexed.
    fn get_item(&self, _vm: &mut dyn Vm, _index: &Value) -> Option<Result<Value, Fault>> {
        None
    }

    /// An attribute that is no method.
    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    /// A method; its first positional argument is the value.
    fn method(&self, _name: &str) -> Option<(&'static str, BuiltinFn)> {
        None
    }

    /// The names of attributes and methods, for suggestions.
    fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    /// For downcasting.
    fn as_any(&self) -> &dyn Any;
}

/// A behaviour as a native value.
#[derive(Debug)]
pub struct Special(Box<dyn Behaviour>);

impl Special {
    /// A value with a behaviour.
    pub fn value(behaviour: impl Behaviour + 'static) -> Value {
        Value::Native(Rc::new(Special(Box::new(behaviour))))
    }

    /// The behaviour of a value, if it has one.
    pub fn of(value: &Value) -> Option<&dyn Behaviour> {
        match value {
            Value::Native(native) => native.as_any().downcast_ref::<Special>().map(|s| &*s.0),
            _ => None,
        }
    }

    /// The behaviour of a value, if it is of type `T`.
    pub fn downcast<T: 'static>(value: &Value) -> Option<&T> {
        Special::of(value).and_then(|b| b.as_any().downcast_ref::<T>())
    }
}

impl Native for Special {
    fn type_name(&self) -> &str {
        self.0.type_name()
    }

    fn display(&self) -> String {
        self.0.display()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
