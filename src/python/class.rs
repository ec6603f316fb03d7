//! The types of plain values as values: `str`, `int`, `list`, … They can be called and asked for in `isinstance`.

use super::arguments::{Table, builtins};
use super::counter;
use super::native::Function;
use super::types::{dict, list, number, set, str};
use crate::source::Span;
use crate::template::value::{Args, Builtin, Dict, DictKind, Fault, Missing, Native, Value, Vm};

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
    /// `str`, `bytes`: any string.
    Str,
    /// `unicode`: any string, too, but what a call of it makes is a unicode string.
    Unicode,
    /// `basestring`: text, but nothing that can be called.
    BaseString,
    /// `list`
    List,
    /// `tuple`
    Tuple,
    /// `dict`: any dict.
    Dict,
    /// `collections.OrderedDict`
    OrderedDict,
    /// `collections.defaultdict`
    DefaultDict,
    /// `collections.Counter`
    Counter,
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
    /// What a call of it runs.
    constructor: &'static Builtin,
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
            | (PlainKind::Str | PlainKind::Unicode | PlainKind::BaseString, Value::Str(_))
            | (PlainKind::List, Value::List(_) | Value::Range(_))
            | (PlainKind::Tuple, Value::Tuple(_))
            | (PlainKind::Dict, Value::Dict(_))
            | (PlainKind::Type, Value::Type(_)) => true,
            (kind, Value::Dict(dict)) => kind == kind_of_dict(&dict.borrow()),
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
                (PlainKind::Int, PlainKind::Bool)
                    | (PlainKind::Dict, PlainKind::OrderedDict | PlainKind::DefaultDict | PlainKind::Counter)
                    | (PlainKind::BaseString, PlainKind::Str | PlainKind::Unicode)
            )
    }
}

impl Native for PlainType {
    fn type_name(&self) -> &str {
        "type"
    }

    fn display(&self) -> String {
        match self.kind {
            PlainKind::OrderedDict | PlainKind::Counter => format!("<class 'collections.{}'>", self.name),
            PlainKind::DefaultDict => format!("<type 'collections.{}'>", self.name),
            _ => format!("<type '{}'>", self.name),
        }
    }

    fn call(&self, vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        self.constructor.call(vm, args)
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        if name == "__name__" {
            return Some(Value::str(self.name));
        }
        let own = match self.kind {
            PlainKind::Dict | PlainKind::OrderedDict => dict::OF_TYPE,
            PlainKind::Str | PlainKind::Unicode => str::OF_TYPE,
            _ => &[],
        };
        Builtin::find(own, name).or_else(|| find(tables(self.kind), name)).map(Function::value)
    }
}

/// The types with their other names. `NoneType` has none.
const TYPES: &[(PlainKind, Table, usize, &[&str])] = &[
    (PlainKind::Object, NOTHING, 0, &["object"]),
    (PlainKind::Type, TYPE, 0, &["type"]),
    (PlainKind::None, NOTHING, 1, &[]),
    (PlainKind::Bool, number::CONSTRUCTORS, 0, &["bool"]),
    (PlainKind::Int, number::CONSTRUCTORS, 1, &["int", "long"]),
    (PlainKind::Float, number::CONSTRUCTORS, 2, &["float"]),
    (PlainKind::Str, str::CONSTRUCTORS, 0, &["str", "bytes"]),
    (PlainKind::Unicode, str::CONSTRUCTORS, 1, &["unicode"]),
    (PlainKind::BaseString, NOTHING, 2, &["basestring"]),
    (PlainKind::List, list::CONSTRUCTORS, 0, &["list"]),
    (PlainKind::Tuple, list::CONSTRUCTORS, 1, &["tuple"]),
    (PlainKind::Dict, dict::CONSTRUCTORS, 0, &["dict"]),
    (PlainKind::OrderedDict, dict::CONSTRUCTORS, 1, &[]),
    (PlainKind::DefaultDict, dict::CONSTRUCTORS, 2, &[]),
    (PlainKind::Counter, counter::CONSTRUCTOR, 0, &[]),
    (PlainKind::Set, set::CONSTRUCTORS, 0, &["set"]),
    (PlainKind::FrozenSet, set::CONSTRUCTORS, 1, &["frozenset"]),
];

/// Types that make no values.
const NOTHING: Table = builtins![
    object(**kwargs) Constant => no_values,
    NoneType(**kwargs) Constant => no_values,
    basestring(**kwargs) Constant => no_values,
];

const TYPE: Table = builtins![type(@, *args) Constant => type_function];

fn no_values(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    Err(Fault::bad_call("this type makes no values").at(args.span))
}

/// `type(x)`
fn type_function(_: &mut dyn Vm, span: Span, args: Vec<Value>) -> Result<Value, Fault> {
    match args.as_slice() {
        [value] => Ok(type_of(value)),
        [_, _, _] => {
            Err(Fault::bad_call("types are not made with type()").help("write class Name(Struct): ..."))
        }
        [] => Err(Fault::bad_call("type() needs the argument `x`").at(span)),
        more => {
            let message = format!("type() takes 1 argument, but {} are given", more.len());
            Err(Fault::bad_call(message).at(span))
        }
    }
}

thread_local! {
    static VALUES: Vec<(PlainKind, Value)> =
        TYPES.iter().map(|(kind, table, index, _)| (*kind, plain_type(*kind, &table[*index]))).collect();
}

fn plain_type(kind: PlainKind, constructor: &'static Builtin) -> Value {
    Value::native(PlainType { name: constructor.name, kind, constructor })
}

/// Every type under each of its names.
pub(super) fn all() -> Vec<(&'static str, Value)> {
    TYPES.iter().flat_map(|(kind, .., names)| names.iter().map(|name| (*name, of_kind(*kind)))).collect()
}

/// What `type(value)` gives.
pub fn type_of(value: &Value) -> Value {
    let kind = match value {
        Value::Object(o) => return Value::Type(o.ty().clone()),
        Value::None => PlainKind::None,
        Value::Bool(_) => PlainKind::Bool,
        Value::Int(_) | Value::Big(_) => PlainKind::Int,
        Value::Float(_) => PlainKind::Float,
        Value::Str(text) if text.is_unicode() => PlainKind::Unicode,
        Value::Str(_) => PlainKind::Str,
        Value::List(_) | Value::Range(_) => PlainKind::List,
        Value::Tuple(_) => PlainKind::Tuple,
        Value::Dict(dict) => kind_of_dict(&dict.borrow()),
        Value::Set(s) if s.borrow().frozen => PlainKind::FrozenSet,
        Value::Set(_) => PlainKind::Set,
        Value::Type(_) => PlainKind::Type,
        Value::Empty | Value::Signature(_) => PlainKind::Object,
        Value::Native(n) => {
            if let Some(class) = n.attribute("__class__") {
                return class;
            }
            let name = n.type_name().to_string();
            return match name.as_str() {
                "type" => of_kind(PlainKind::Type),
                _ => Value::native(OtherType { name }),
            };
        }
    };
    of_kind(kind)
}

fn kind_of_dict(dict: &Dict) -> PlainKind {
    match &dict.missing {
        Missing::Zero => PlainKind::Counter,
        Missing::Made(_) => PlainKind::DefaultDict,
        Missing::Refused if dict.kind() == DictKind::Ordered => PlainKind::OrderedDict,
        Missing::Refused => PlainKind::Dict,
    }
}

/// The type of this kind.
pub(super) fn of_kind(kind: PlainKind) -> Value {
    VALUES.with(|all| all.iter().find(|(k, _)| *k == kind).map_or(Value::None, |(_, v)| v.clone()))
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

fn tables(kind: PlainKind) -> &'static [Table] {
    match kind {
        PlainKind::Str | PlainKind::Unicode | PlainKind::BaseString => str::METHODS,
        PlainKind::List => &[list::METHODS],
        PlainKind::Tuple => &[list::TUPLE_METHODS],
        PlainKind::Dict | PlainKind::OrderedDict | PlainKind::DefaultDict => &[dict::METHODS],
        PlainKind::Counter => &[counter::METHODS, dict::METHODS],
        PlainKind::Set => &[set::METHODS, set::CHANGING_METHODS],
        PlainKind::FrozenSet => &[set::METHODS],
        PlainKind::Int | PlainKind::Bool => &[number::INT_METHODS],
        PlainKind::Float => &[number::FLOAT_METHODS],
        PlainKind::Object | PlainKind::Type | PlainKind::None => &[],
    }
}

fn tables_of(value: &Value) -> &'static [Table] {
    match value {
        Value::Str(_) => str::METHODS,
        Value::List(_) => tables(PlainKind::List),
        Value::Tuple(_) | Value::Range(_) => tables(PlainKind::Tuple),
        Value::Dict(dict) => tables(kind_of_dict(&dict.borrow())),
        Value::Set(set) if set.borrow().frozen => tables(PlainKind::FrozenSet),
        Value::Set(_) => tables(PlainKind::Set),
        Value::Bool(_) | Value::Int(_) | Value::Big(_) => tables(PlainKind::Int),
        Value::Float(_) => tables(PlainKind::Float),
        _ => &[],
    }
}

fn find(tables: &'static [Table], name: &str) -> Option<&'static Builtin> {
    tables.iter().find_map(|table| Builtin::find(table, name))
}

/// A method of a plain value.
pub fn method(value: &Value, name: &str) -> Option<&'static Builtin> {
    find(tables_of(value), name)
}

/// The names of the methods of a plain value, for suggestions.
pub(super) fn method_names(value: &Value) -> Vec<&'static str> {
    tables_of(value).iter().copied().flatten().map(|builtin| builtin.name).collect()
}
