//! Pystachio's own names: `Struct`, `Required`, `Default`, `List`, `Map`, `Choice`, `Enum` and the scalars.

use std::rc::Rc;

use super::machine::Eval;
use super::results;
use crate::diagnostics::codes::eval::NOT_CALLABLE;
use crate::python::arguments::{Table, builtins};
use crate::python::class::{PlainKind, PlainType};
use crate::python::params::take;
use crate::python::{Function, iterate};
use crate::source::Span;
use crate::template::value::{Args, Dict, Fault, Key, Native, Value, Vm};
use crate::template::{Kind, Type, signature};

const FUNCTIONS: Table = builtins![
    Required(**kwargs) Constant => required,
    Default(**kwargs) Constant => default,
    List(**kwargs) Constant => list,
    Map(**kwargs) Constant => map,
    Choice(@, *types) Metered => choice,
    Enum(@, *words) Metered => enumeration,
    Environment(**kwargs) Metered => environment,
];

/// Every name of `from pystachio import *`.
pub(super) fn names() -> Vec<(&'static str, Value)> {
    let mut names = vec![
        ("String", Value::Type(Type::string())),
        ("Integer", Value::Type(Type::integer())),
        ("Float", Value::Type(Type::float())),
        ("Boolean", Value::Type(Type::boolean())),
        ("Empty", Value::Empty),
        ("Struct", Value::native(StructBase)),
        ("Ref", results::ref_class()),
    ];
    names.extend(FUNCTIONS.iter().map(|builtin| (builtin.name, Function::value(builtin))));
    names
}

/// What struct types are made from.
#[derive(Debug)]
struct StructBase;

impl Native for StructBase {
    fn type_name(&self) -> &str {
        "type"
    }

    fn display(&self) -> String {
        "<class 'pystachio.composite.Struct'>".to_string()
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, _vm: &mut dyn Vm, _args: Args) -> Eval {
        let fault = Fault::new("TypeError", &NOT_CALLABLE, "Struct itself makes no objects");
        Err(fault.help("declare a type first: class Name(Struct): ..."))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "__name__").then(|| Value::str("Struct"))
    }
}

/// Whether a value is `Struct`.
pub(super) fn is_struct_base(value: &Value) -> bool {
    value.downcast::<StructBase>().is_some()
}

/// The template type that stands for a type of Python, as it is written.
pub(super) fn template_type(value: &Value) -> Option<(&'static str, &'static str)> {
    let plain = value.downcast::<PlainType>()?;
    let written = match plain.kind {
        PlainKind::Str | PlainKind::Unicode | PlainKind::BaseString => "String",
        PlainKind::Int => "Integer",
        PlainKind::Float => "Float",
        PlainKind::Bool => "Boolean",
        PlainKind::List | PlainKind::Tuple | PlainKind::Set => "List(String)",
        PlainKind::Dict => "Map(String, String)",
        _ => return None,
    };
    Some((plain.name, written))
}

fn type_of(function: &str, value: &Value, span: Span) -> Result<Type, Fault> {
    if let Some((python, template)) = template_type(value) {
        let message = format!("{function}() takes a template type: {template}, not Python's `{python}`");
        return Err(Fault::type_error(message).at(span).map(|d| d.meant(python, template)));
    }
    match value {
        Value::Type(ty) => Ok(ty.clone()),
        other => {
            let fault = Fault::type_error(format!(
                "{function}() needs a type, not {}",
                crate::python::params::a(other)
            ));
            let fault = match other {
                Value::Signature(_) => {
                    fault.help("Required(...) and Default(...) stand only around a whole field")
                }
                Value::Object(o) => fault.help(format!("this is an object of the type {}", o.ty().written())),
                Value::Native(_) => {
                    fault.help("types are String, Integer, List(String), or a class made from Struct")
                }
                _ => fault,
            };
            Err(fault.at(span))
        }
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Type(ty) => ty.written().to_string(),
        other => other.described(),
    }
}

/// The place of the positional argument `index`, or of the call.
fn place(args: &Args, index: usize) -> Span {
    args.positional.get(index).map_or(args.span, |(_, s)| *s)
}

fn required(_: &mut dyn Vm, args: Args) -> Eval {
    let span = place(&args, 0);
    let ([ty], []) = take("Required", args, ["cls"], [])?;
    let signature = signature(&type_of("Required", &ty, span)?, true, None, span)?;
    Ok(Value::Signature(Rc::new(signature)))
}

fn default(_: &mut dyn Vm, args: Args) -> Eval {
    let (span, value_span) = (place(&args, 0), place(&args, 1));
    if let ([(Value::Type(ty), _)], []) = (&args.positional[..], &args.keyword[..]) {
        let written = ty.written();
        let fault = Fault::bad_call("Default() needs a value after the type").at(args.span);
        let help = format!("write Default({written}, {}), or Required({written})", empty_value(ty));
        return Err(fault.help(help));
    }
    let ([ty, value], []) = take("Default", args, ["cls", "default"], [])?;
    let signature = signature(&type_of("Default", &ty, span)?, false, Some(&value), value_span)?;
    Ok(Value::Signature(Rc::new(signature)))
}

/// A value of a type that shows how one is written.
fn empty_value(ty: &Type) -> &'static str {
    match ty.kind() {
        Kind::Integer => "0",
        Kind::Float => "0.0",
        Kind::Boolean => "False",
        Kind::String => "''",
        Kind::List(_) => "[]",
        Kind::Map(..) => "{}",
        _ => "...",
    }
}

fn list(_: &mut dyn Vm, args: Args) -> Eval {
    let span = place(&args, 0);
    if args.positional.len() > 1 && args.positional.iter().all(|(value, _)| matches!(value, Value::Type(_))) {
        let names: Vec<String> = args.positional.iter().map(|(value, _)| written(value)).collect();
        let fault = Fault::bad_call("List() takes one type, that of its elements").at(args.span);
        let help = format!("write List({}), or Map({}) for keys and values", names[0], names[..2].join(", "));
        return Err(fault.help(help));
    }
    let ([element], []) = take("List", args, ["type"], [])?;
    if matches!(element, Value::List(_) | Value::Tuple(_)) {
        let fault = Fault::type_error("List() needs the type of its elements first");
        return Err(fault.at(span).help("write List(String)([...])"));
    }
    let element = type_of("List", &element, span)?;
    Type::check_size([&element].into_iter())?;
    Ok(Value::Type(Type::list(element)))
}

fn map(_: &mut dyn Vm, args: Args) -> Eval {
    let (key_span, value_span) = (place(&args, 0), place(&args, 1));
    let ([key, value], []) = take("Map", args, ["key type", "value type"], [])?;
    let (key, value) = (type_of("Map", &key, key_span)?, type_of("Map", &value, value_span)?);
    Type::check_size([&key, &value].into_iter())?;
    Ok(Value::Type(Type::map(key, value)))
}

fn choice(vm: &mut dyn Vm, span: Span, values: Vec<Value>) -> Eval {
    let (name, alternatives) = match values.as_slice() {
        [Value::Str(name), alternatives] => (Some(name.clone()), alternatives),
        [alternatives] => (None, alternatives),
        _ => return Err(Fault::bad_call("Choice() takes a list of types: Choice([A, B])").at(span)),
    };
    let items = iterate::collect(vm, alternatives)?;
    let types: Vec<Type> = items.iter().map(|v| type_of("Choice", v, span)).collect::<Result<_, Fault>>()?;
    Type::check_size(types.iter())?;
    Ok(Value::Type(Type::choice(name.as_ref().map(|n| n.as_str()), types, span)))
}

fn enumeration(vm: &mut dyn Vm, span: Span, values: Vec<Value>) -> Eval {
    let (name, words) = match values.as_slice() {
        [Value::Str(_), Value::List(_)] => {
            let fault = Fault::type_error("the values of a named Enum must be a tuple, which cannot change");
            return Err(fault.at(span).help("write Enum('Name', ('a', 'b'))"));
        }
        [Value::Str(name), words @ Value::Tuple(_)] => {
            (Some(name.as_str().to_string()), iterate::collect(vm, words)?)
        }
        words => (None, words.to_vec()),
    };
    // The words are copied, and the type's name may be made of all of them.
    vm.charge_text(words.iter().filter_map(Value::as_str).map(|w| w.len() + 1).sum())?;
    let words: Result<Vec<Box<str>>, Fault> = words.iter().map(|w| word(w).map_err(|f| f.at(span))).collect();
    let words = words?;
    let name = name.unwrap_or_else(|| format!("Enum_{}", words.join("_")));
    Ok(Value::Type(Type::enumeration(&name, words, span)))
}

fn word(value: &Value) -> Result<Box<str>, Fault> {
    let help = "write Enum('a', 'b'), or Enum('Name', ('a', 'b'))";
    value
        .as_str()
        .map(Box::from)
        .ok_or_else(|| Fault::type_error("the values of an Enum are text").help(help))
}

/// `Environment({...}, k=v)`: bindings, which a dict holds as well.
fn environment(_: &mut dyn Vm, args: Args) -> Eval {
    let mut all = Dict::new();
    for (value, span) in args.positional {
        let Value::Dict(dict) = &value else {
            return Err(Fault::value_error("Environment() takes dicts and keywords").at(span));
        };
        for (key, entry) in dict.borrow().iter() {
            all.insert_at(Key::new(key.clone())?, entry.value.clone(), entry.key_span, entry.span);
        }
    }
    for keyword in args.keyword {
        all.insert_at(Key::text(&keyword.name), keyword.value, keyword.name_span, keyword.span);
    }
    Ok(Value::dict(all))
}
