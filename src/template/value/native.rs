//! Values written in Rust: functions, modules, iterators, matches of regular expressions, …

use std::any::Any;
use std::fmt;

use super::{Args, Builtin, Dict, Fault, Repr, Value, Vm};

/// A value written in Rust. It says what it can do; by default that is nothing.
pub trait Native: fmt::Debug + Any {
    /// The name of its Python type, such as `function`.
    fn type_name(&self) -> &str;

    /// What `str()` gives.
    fn display(&self) -> String {
        format!("<{} object>", self.type_name())
    }

    /// Writes what `str()` and `repr()` give, where other values are a part of it.
    fn write_repr(&self, repr: &mut Repr) {
        repr.push(&self.display());
    }

    /// Writes what `str()` gives, where that is not what `repr()` gives.
    fn write_text(&self, repr: &mut Repr) {
        self.write_repr(repr);
    }

    /// Whether it equals another value that is not the very same one.
    fn equals(&self, _other: &dyn Native) -> bool {
        false
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

    /// An iterator over it, where the items depend on the run.
    fn iter(&self) -> Option<Value> {
        None
    }

    /// Its items, if it is a container.
    fn items(&self) -> Option<Vec<Value>> {
        None
    }

    /// Whether it is a container without items, which counts as false.
    fn is_empty(&self) -> bool {
        self.items().is_some_and(|items| items.is_empty())
    }

    /// Whether it is a kind of tuple, so that it equals a tuple of the same items.
    fn is_tuple(&self) -> bool {
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

    /// `self[index]`, if it can be indexed.
    fn get_item(&self, _vm: &mut dyn Vm, _index: &Value) -> Option<Result<Value, Fault>> {
        None
    }

    /// Whether `value` is an instance of this class, if this is one.
    fn is_instance(&self, _value: &Value) -> Option<bool> {
        None
    }

    /// The comparison function that it stands for as the key of a sort.
    fn comparison(&self) -> Option<Value> {
        None
    }

    /// An attribute that is not a method.
    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    /// Its methods.
    fn methods(&self) -> &'static [Builtin] {
        &[]
    }

    /// The names of its attributes that are not methods, for suggestions.
    fn names(&self) -> Vec<&str> {
        Vec::new()
    }
}
