//! The values of the language: Python's plain ones, and typed template objects.
//!
//! Values hold each other: a dict holds values, an object has a type, whose fields have objects as defaults. The data
//! that does so is declared here, in one place; what it does is in the files of this folder, which do not need each other
//! in a circle.

mod args;
mod bindings;
mod builtin;
mod closed;
mod compare;
mod dict;
mod display;
mod fault;
mod fields;
mod hash;
mod key;
mod loaded;
mod native;
mod object;
mod order;
mod range;
mod set;
mod table;
mod types;
mod vm;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

use crate::diagnostics::with_article;
use crate::source::Span;
use table::Table;

pub use super::text::{Origin, Origins, Text, TextBuilder};
pub use args::{Args, Keyword};
pub use bindings::{Binding, Bound, Environment, Scope};
pub use builtin::{Builtin, Charge, NO_DEFAULT, Parameter, ParameterKind};
pub(super) use closed::{is_closed, is_structure};
pub use dict::Entries;
pub(super) use display::shown;
pub use display::{Repr, float_repr, float_str, quote};
pub use fault::Fault;
pub use fields::Fields;
pub use hash::hash;
pub use loaded::Loaded;
pub use native::Native;
pub use order::ClassBody;
pub use range::Range;
pub use set::Items;
pub(super) use types::field_words;
pub use types::{Kind, Signature, Type};
pub use vm::{Budgets, Vm};

/// Any value a program can hold. Cloning is cheap: containers are shared, as in Python.
#[derive(Debug, Clone)]
pub enum Value {
    /// `None`
    None,
    /// Pystachio's `Empty`: a field that is not set.
    Empty,
    /// `True`, `False`
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// An integer that does not fit 64 bits. Never holds one that does.
    Big(Rc<BigInt>),
    /// A float.
    Float(f64),
    /// Text.
    Str(Text),
    /// A list.
    List(Rc<RefCell<Vec<Value>>>),
    /// A tuple.
    Tuple(Rc<[Value]>),
    /// A dict (also Pystachio's frozendict).
    Dict(Rc<RefCell<Dict>>),
    /// A set or frozenset.
    Set(Rc<RefCell<Set>>),
    /// `range(start, stop, step)`.
    Range(Rc<Range>),
    /// A typed template object.
    Object(Object),
    /// A type.
    Type(Type),
    /// `Required(T)` or `Default(T, value)`.
    Signature(Rc<Signature>),
    /// What the evaluator adds: functions, modules, exceptions, iterators.
    Native(Rc<dyn Native>),
}

/// A hashable value with its hash. Numbers that are equal are one key, whatever their type.
#[derive(Debug, Clone)]
pub struct Key {
    value: Value,
    hash: i64,
}

/// The value of a key, and where the entry was written.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The value.
    pub value: Value,
    /// Where the key of the entry was written.
    pub key_span: Span,
    /// Where the value of the entry was written; [`Span::NONE`] where that is not known.
    pub span: Span,
}

/// What a dict answers for a key that it does not have.
#[derive(Debug, Clone, Default)]
pub enum Missing {
    /// A KeyError.
    #[default]
    Refused,
    /// 0, as `collections.Counter` does.
    Zero,
    /// What this function gives, which is kept: `collections.defaultdict`.
    Made(Value),
}

/// Which of Python's kinds of dict it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DictKind {
    /// A dict, whose entries come in the order of the slots of its hash table.
    #[default]
    Plain,
    /// A `collections.OrderedDict`: in the order in which the entries were added.
    Ordered,
    /// What `.get()` of a struct or map gives: Pystachio's frozendict, which can be a key itself.
    Frozen,
}

/// A dict.
#[derive(Debug, Clone, Default)]
pub struct Dict {
    /// What indexing answers for a key that is not there.
    pub missing: Missing,
    kind: DictKind,
    table: Table<Entry>,
}

/// A set or frozenset. Its items come in the order of the slots of its hash table.
#[derive(Debug, Clone, Default)]
pub struct Set {
    /// Whether it is a frozenset.
    pub frozen: bool,
    table: Table<()>,
}

/// An object of a type. Cloning shares it; every change makes a new one.
#[derive(Clone)]
pub struct Object(Rc<ObjectData>);

struct ObjectData {
    ty: Type,
    origin: Span,
    scopes: Option<Scopes>,
    body: Body,
    /// Interpolation gives the object itself: no references, no bindings, every value already of its type.
    closed: bool,
    /// Interpolation in scopes that bind nothing new gives the object itself: what is open stays open.
    stable: bool,
    /// Whether the object has passed its check; only ever set for stable objects, whose check needs no scopes.
    passed: Cell<bool>,
    /// Objects inside objects, for the nesting budget.
    depth: u16,
}

/// The bindings of one object, nearest first.
pub(in crate::template) type Scopes = Rc<[Scope]>;

/// What an object holds.
#[derive(Clone)]
pub enum Body {
    /// The value of a scalar or enum, as given: coercion happens on use.
    Simple(Value),
    /// The elements of a list.
    List(Rc<[Object]>),
    /// The entries of a map, in order; keys may repeat.
    Map(Rc<[(Object, Object)]>),
    /// The fields of a struct, by index of its type's fields.
    Struct(Rc<[Slot]>),
    /// The value of a choice, as given.
    Choice(Value),
}

/// A field of a struct object.
#[derive(Clone)]
pub struct Slot {
    /// The value; `None` is `Empty`.
    pub value: Option<Object>,
    /// Where the value was given; [`Span::NONE`] for a default.
    pub span: Span,
}

/// One field of a struct type.
#[derive(Debug, Clone)]
pub struct Field {
    /// The type of its value.
    pub ty: Type,
    /// Whether `check()` insists on it.
    pub required: bool,
    /// The value it has when none is given, without bindings.
    pub default: Option<Object>,
    /// Where it is declared; [`Span::NONE`] in the built-in schema.
    pub span: Span,
}

impl Value {
    /// Text from a Rust string.
    pub fn str(text: impl Into<Text>) -> Value {
        Value::Str(text.into())
    }

    /// A new list.
    pub fn list(items: Vec<Value>) -> Value {
        Value::List(Rc::new(RefCell::new(items)))
    }

    /// A new tuple.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(items.into())
    }

    /// A new dict.
    pub fn dict(dict: Dict) -> Value {
        Value::Dict(Rc::new(RefCell::new(dict)))
    }

    /// A new set.
    pub fn set(set: Set) -> Value {
        Value::Set(Rc::new(RefCell::new(set)))
    }

    /// A value written in Rust.
    pub fn native(native: impl Native + 'static) -> Value {
        Value::Native(Rc::new(native))
    }

    /// The value as one written in Rust, if it is one.
    pub fn as_native(&self) -> Option<&dyn Native> {
        match self {
            Value::Native(native) => Some(&**native),
            _ => None,
        }
    }

    /// The value as one written in Rust of the type `T`, if it is one.
    pub fn downcast<T: 'static>(&self) -> Option<&T> {
        let native: &dyn Any = self.as_native()?;
        native.downcast_ref()
    }

    /// The items of a tuple, or of a kind of tuple.
    pub fn tuple_items(&self) -> Option<std::borrow::Cow<'_, [Value]>> {
        match self {
            Value::Tuple(items) => Some((&**items).into()),
            other => other.as_native().filter(|n| n.is_tuple())?.items().map(Into::into),
        }
    }

    /// An integer of any size.
    pub fn int(value: BigInt) -> Value {
        value.to_i64().map_or_else(|| Value::Big(Rc::new(value)), Value::Int)
    }

    /// The value as an integer of any size, if it is an int or a bool.
    pub fn as_bigint(&self) -> Option<BigInt> {
        match self {
            Value::Bool(b) => Some(BigInt::from(i64::from(*b))),
            Value::Int(n) => Some(BigInt::from(*n)),
            Value::Big(n) => Some((**n).clone()),
            _ => None,
        }
    }

    /// The value as a machine integer, if it is an int or a bool that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Bool(b) => Some(i64::from(*b)),
            Value::Int(n) => Some(*n),
            _ => None,
        }
    }

    /// The value as a float, if it is a number. Large integers round; beyond the range they give infinity.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Bool(b) => Some(f64::from(u8::from(*b))),
            Value::Int(n) => Some(*n as f64),
            Value::Big(n) => n.to_f64(),
            Value::Float(x) => Some(*x),
            _ => None,
        }
    }

    /// Items of a container, bytes of a string; 0 for other values.
    pub fn size(&self) -> usize {
        match self {
            Value::Str(text) => text.as_str().len(),
            Value::List(items) => items.borrow().len(),
            Value::Tuple(items) => items.len(),
            Value::Dict(dict) => dict.borrow().len(),
            Value::Set(set) => set.borrow().len(),
            _ => 0,
        }
    }

    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(t) => Some(t.as_str()),
            _ => None,
        }
    }

    /// Whether it is an int, a float or a bool.
    pub fn is_number(&self) -> bool {
        matches!(self, Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_))
    }

    /// The name of its type for messages: Python's, or that of a template type.
    pub fn type_name(&self) -> &str {
        match self {
            Value::None => "NoneType",
            Value::Empty => "Empty",
            Value::Bool(_) => "bool",
            Value::Int(_) | Value::Big(_) => "int",
            Value::Float(_) => "float",
            Value::Str(_) => "str",
            Value::List(_) => "list",
            Value::Tuple(_) => "tuple",
            Value::Dict(_) => "dict",
            Value::Set(s) => {
                if s.borrow().frozen {
                    "frozenset"
                } else {
                    "set"
                }
            }
            Value::Range(_) => "range",
            Value::Object(o) => o.ty().title(),
            Value::Type(_) => "type",
            Value::Signature(_) => "TypeSignature",
            Value::Native(n) => n.type_name(),
        }
    }

    /// The name of its type as Python 2 has it in the texts of exceptions.
    pub fn python_type(&self) -> &str {
        match self {
            Value::Str(text) if text.is_unicode() => "unicode",
            Value::Big(_) => "long",
            Value::Range(_) => "xrange",
            other => other.type_name(),
        }
    }

    /// What it is, for messages: `a list`, `an int`, `text`, `a Process object`, `None`.
    pub fn described(&self) -> String {
        match self {
            Value::None => "None".to_string(),
            Value::Empty => "Empty".to_string(),
            Value::Str(_) => "text".to_string(),
            Value::Object(o) => with_article(&format!("{} object", o.ty().written())),
            other => with_article(other.type_name()),
        }
    }

    /// Python's truth of the value. Template objects and `Empty` are always true.
    pub fn truthy(&self) -> bool {
        match self {
            Value::None => false,
            Value::Empty => true,
            Value::Bool(b) => *b,
            Value::Int(n) => *n != 0,
            Value::Big(n) => !n.is_zero(),
            Value::Float(x) => *x != 0.0,
            Value::Str(t) => !t.as_str().is_empty(),
            Value::List(l) => !l.borrow().is_empty(),
            Value::Tuple(t) => !t.is_empty(),
            Value::Dict(d) => !d.borrow().is_empty(),
            Value::Set(s) => !s.borrow().is_empty(),
            Value::Range(r) => !r.is_empty(),
            Value::Native(n) => !n.is_empty(),
            Value::Object(_) | Value::Type(_) | Value::Signature(_) => true,
        }
    }
}
