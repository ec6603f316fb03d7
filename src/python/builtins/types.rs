//! The types of plain values as values: `str`, `int`, `list`, … They can be called and asked for in `isinstance`.

use super::{containers, numbers_from, objects, text};
use crate::python::{Builtin, methods};
use crate::template::value::{Args, BuiltinFn, Fault, Native, Value, Vm};

/// Which plain values a type has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainKind {
    /// `object`: everything.
    Object,
    /// `type`: types themselves.
    Type,
    /// The type of `None`.
    None,
    /// `bool`
    Bool,
    /// `int`, `long`
    Int,
    /// `float`
    Float,
    /// `str`, `unicode`, `bytes`
    Str,
    /// `basestring`: text, but nothing that can be called.
    BaseString,
    /// `list`
    List,
    /// `tuple`
    Tuple,
    /// `dict`
    Dict,
    /// `set`
    Set,
    /// `frozenset`
    FrozenSet,
}

/// A type of plain values.
#[derive(Debug)]
pub struct PlainType {
    /// Its name.
    pub name: &'static str,
    /// Its values.
    pub kind: PlainKind,
    make: BuiltinFn,
}

impl PlainType {
    /// Whether a value is of this type, or of one under it.
    pub fn has(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (PlainKind::Object, _)
            | (PlainKind::None, Value::None)
            | (PlainKind::Bool, Value::Bool(_))
            | (PlainKind::Int, Value::Bool(_) | Value::Int(_) | Value::Big(_))
            | (PlainKind::Float, Value::Float(_))
            | (PlainKind::Str | PlainKind::BaseString, Value::Str(_))
            | (PlainKind::List, Value::List(_) | Value::Range(_))
            | (PlainKind::Tuple, Value::Tuple(_))
            | (PlainKind::Dict, Value::Dict(_))
            | (PlainKind::Type, Value::Type(_)) => true,
            (PlainKind::Set, Value::Set(s)) => !s.borrow().frozen,
            (PlainKind::FrozenSet, Value::Set(s)) => s.borrow().frozen,
            (PlainKind::Tuple, other) => other.as_native().is_some_and(Native::is_tuple),
            (PlainKind::Type, other) => other.downcast::<PlainType>().is_some(),
            _ => false,
        }
    }

    /// Whether every value of `other` is one of this type.
    pub fn includes(&self, other: &PlainType) -> bool {
        self.kind == other.kind
            || self.kind == PlainKind::Object
            || matches!(
                (self.kind, other.kind),
                (PlainKind::Int, PlainKind::Bool) | (PlainKind::BaseString, PlainKind::Str)
            )
    }
}

impl Native for PlainType {
    fn type_name(&self) -> &str {
        "type"
    }

    fn display(&self) -> String {
        format!("<type '{}'>", self.name)
    }

    fn call(&self, vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        let span = args.span;
        (self.make)(vm, args).map_err(|f| f.at(span))
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        if name == "__name__" {
            return Some(Value::str(self.name));
        }
        let (name, function) = match (self.kind, name) {
            (PlainKind::Dict, "fromkeys") => ("fromkeys", containers::dict_fromkeys as BuiltinFn),
            (PlainKind::Str, "maketrans") => ("maketrans", text::maketrans as BuiltinFn),
            (kind, name) => methods::of_kind(kind, name)?,
        };
        Some(Builtin::value(name, function))
    }
}

const TYPES: &[(&str, PlainKind, BuiltinFn, &[&str])] = &[
    ("object", PlainKind::Object, object, &[]),
    ("type", PlainKind::Type, objects::type_function, &[]),
    ("NoneType", PlainKind::None, object, &[]),
    ("bool", PlainKind::Bool, numbers_from::to_bool, &[]),
    ("int", PlainKind::Int, numbers_from::to_int, &["long"]),
    ("float", PlainKind::Float, numbers_from::to_float, &[]),
    ("str", PlainKind::Str, text::to_str, &["unicode", "bytes"]),
    ("basestring", PlainKind::BaseString, object, &[]),
    ("list", PlainKind::List, containers::to_list, &[]),
    ("tuple", PlainKind::Tuple, containers::to_tuple, &[]),
    ("dict", PlainKind::Dict, containers::to_dict, &[]),
    ("set", PlainKind::Set, containers::to_set, &[]),
    ("frozenset", PlainKind::FrozenSet, containers::to_frozenset, &[]),
];

thread_local! {
    static VALUES: Vec<(PlainKind, Value)> = TYPES
        .iter()
        .map(|(name, kind, make, _)| (*kind, Value::native(PlainType { name, kind: *kind, make: *make })))
        .collect();
}

/// Every type under each of its names. `NoneType` has none.
pub(super) fn all() -> Vec<(&'static str, Value)> {
    VALUES.with(|values| {
        let names =
            |(name, kind, _, more): &(&'static str, PlainKind, BuiltinFn, &'static [&'static str])| {
                let value = values.iter().find(|(k, _)| k == kind).map(|(_, v)| v.clone());
                let names = std::iter::once(*name).chain(more.iter().copied());
                names
                    .filter(|n| *n != "NoneType")
                    .filter_map(|n| Some((n, value.clone()?)))
                    .collect::<Vec<_>>()
            };
        TYPES.iter().flat_map(names).collect()
    })
}

/// What `type(value)` gives.
pub fn type_of(value: &Value) -> Value {
    let kind = match value {
        Value::Object(o) => return Value::Type(o.ty().clone()),
        Value::None => PlainKind::None,
        Value::Bool(_) => PlainKind::Bool,
        Value::Int(_) | Value::Big(_) => PlainKind::Int,
        Value::Float(_) => PlainKind::Float,
        Value::Str(_) => PlainKind::Str,
        Value::List(_) | Value::Range(_) => PlainKind::List,
        Value::Tuple(_) => PlainKind::Tuple,
        Value::Dict(_) => PlainKind::Dict,
        Value::Set(s) if s.borrow().frozen => PlainKind::FrozenSet,
        Value::Set(_) => PlainKind::Set,
        Value::Type(_) => PlainKind::Type,
        Value::Empty | Value::Signature(_) => PlainKind::Object,
        Value::Native(n) => {
            let name = n.type_name().to_string();
            return match name.as_str() {
                "type" => of_kind(PlainKind::Type),
                _ => Value::native(OtherType { name }),
            };
        }
    };
    of_kind(kind)
}

/// `collections.OrderedDict`, a dict that keeps the order in which its entries were added.
pub(in crate::python) fn ordered_dict() -> Value {
    let make = containers::to_ordered_dict;
    Value::native(PlainType { name: "OrderedDict", kind: PlainKind::Dict, make })
}

fn of_kind(kind: PlainKind) -> Value {
    VALUES.with(|all| all.iter().find(|(k, _)| *k == kind).map_or(Value::None, |(_, v)| v.clone()))
}

fn object(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    Err(Fault::bad_call("this type makes no values").at(args.span))
}

/// The type of functions, modules and the like: it has a name, and that is all.
#[derive(Debug)]
struct OtherType {
    name: String,
}

impl Native for OtherType {
    fn type_name(&self) -> &str {
        "type"
    }

    fn display(&self) -> String {
        format!("<type '{}'>", self.name)
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "__name__").then(|| Value::str(self.name.as_str()))
    }
}
