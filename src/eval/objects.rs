//! What a program can do with template objects: their methods, and accessors of their fields.

use std::rc::Rc;

use super::machine::Eval;
use super::results::{reference, type_check, with_plain_keys};
use crate::diagnostics::codes::eval::{BAD_CALL, NOT_AVAILABLE};
use crate::diagnostics::{nearest, quoted_list};
use crate::python::params::take;
use crate::syntax::ast::Ident;
use crate::template::value::{Args, Fault, Native, Value, Vm};
use crate::template::{Body, Object, Ref, Type, Walk};

/// A method of template objects.
type Method = fn(&mut dyn Vm, &Object, Args) -> Eval;

/// The methods of all objects. They hide fields of the same name.
const METHODS: &[(&str, Method)] = &[
    ("bind", |_, o, args| o.bind(&with_plain_keys(args)).map(Value::Object)),
    ("check", |_, o, args| no_arguments("check", args).and_then(|()| type_check(o))),
    ("copy", |_, o, args| no_arguments("copy", args).map(|()| Value::Object(o.clone()))),
    ("dup", |_, o, args| no_arguments("dup", args).map(|()| Value::Object(o.unbound()))),
    ("get", |_, o, args| no_arguments("get", args).and_then(|()| o.get())),
    ("in_scope", |_, o, args| o.in_scope(&with_plain_keys(args)).map(Value::Object)),
    ("interpolate", |_, o, args| no_arguments("interpolate", args).and_then(|()| interpolate(o))),
];

/// Methods of choices only.
const CHOICE_METHODS: &[(&str, Method)] =
    &[("unwrap", |_, o, args| no_arguments("unwrap", args).and_then(|()| unwrap(o)))];

/// Methods of structs only.
const STRUCT_METHODS: &[(&str, Method)] =
    &[("json_dumps", |m, o, args| no_arguments("json_dumps", args).and_then(|()| json_dumps(m, o)))];

fn method(object: &Object, name: &str) -> Option<(&'static str, Method)> {
    let own = METHODS.iter().find(|(n, _)| *n == name);
    let of_structs = || STRUCT_METHODS.iter().filter(|_| object.slots().is_some()).find(|(n, _)| *n == name);
    let of_choices = || {
        CHOICE_METHODS.iter().filter(|_| matches!(object.body(), Body::Choice(_))).find(|(n, _)| *n == name)
    };
    own.or_else(of_structs).or_else(of_choices).copied()
}

/// The value of a choice as the alternative that it fits.
fn unwrap(object: &Object) -> Eval {
    object.interpolate(&mut Walk::default()).map(Value::Object)
}

/// `object.name(args)`
pub(super) fn call(vm: &mut dyn Vm, object: &Object, name: &Ident, args: Args) -> Eval {
    let span = args.span;
    if let Some((_, function)) = method(object, &name.name) {
        return function(vm, object, args).map_err(|f| f.at(span));
    }
    let accessor = accessor(object, &name.name).map_err(|f| f.at(name.span))?;
    accessor.run(args).map_err(|f| f.at(span))
}

/// `object.name`
pub(super) fn attribute(object: &Object, name: &str) -> Eval {
    if let Some((name, function)) = method(object, name) {
        return Ok(Value::native(BoundObjectMethod { object: object.clone(), name, function }));
    }
    Ok(Value::native(accessor(object, name)?))
}

/// A field of a struct, or `has_` of one, waiting to be called.
#[derive(Debug)]
struct Accessor {
    object: Object,
    index: usize,
    /// Whether it is `has_field`.
    has: bool,
}

fn accessor(object: &Object, name: &str) -> Result<Accessor, Fault> {
    let index = |n: &str| object.ty().fields().and_then(|f| f.get_index_of(n));
    let has = || name.strip_prefix("has_").and_then(index);
    let found = has().map(|i| (i, true)).or_else(|| index(name).map(|i| (i, false)));
    match found {
        Some((index, has)) => Ok(Accessor { object: object.clone(), index, has }),
        None => Err(unknown(object, name)),
    }
}

impl Accessor {
    fn run(&self, args: Args) -> Eval {
        let name = || {
            let field = self.object.ty().fields().and_then(|f| f.get_index(self.index));
            field.map_or_else(String::new, |(n, _)| n.to_string())
        };
        if !args.positional.is_empty() || !args.keyword.is_empty() {
            let message = format!("`{}` of an object is read without arguments", name());
            let help = format!("to change it, call the object: x({}=...)", name());
            return Err(Fault::new("TypeError", &BAD_CALL, message).help(help));
        }
        if self.has {
            let slot = self.object.slots().and_then(|s| s.get(self.index));
            return Ok(Value::Bool(slot.is_some_and(|s| s.value.is_some())));
        }
        let read = self.object.access(self.index)?;
        Ok(read.map_or(Value::Empty, |object| Value::Object(object.with_unicode())))
    }
}

impl Native for Accessor {
    fn type_name(&self) -> &str {
        "function"
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, _vm: &mut dyn Vm, args: Args) -> Eval {
        self.run(args)
    }
}

/// A method taken from an object.
#[derive(Debug)]
struct BoundObjectMethod {
    object: Object,
    name: &'static str,
    function: Method,
}

impl Native for BoundObjectMethod {
    fn type_name(&self) -> &str {
        "instancemethod"
    }

    fn display(&self) -> String {
        format!("<bound method {}.{}>", self.object.ty().name(), self.name)
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, vm: &mut dyn Vm, args: Args) -> Eval {
        (self.function)(vm, &self.object, args)
    }
}

fn unknown(object: &Object, name: &str) -> Fault {
    let ty = object.ty();
    let fault = Fault::attribute_error(format!("a {} object has no attribute `{name}`", ty.written()))
        .python(match ty.fields() {
            Some(_) => format!("{} has no attribute {name}", ty.name()),
            None => format!("'{}' object has no attribute '{name}'", ty.name()),
        });
    if ty.is_simple() {
        return fault
            .help("to work with the plain value, take it with .get(), or make text of it with str()");
    }
    let methods = METHODS.iter().chain(STRUCT_METHODS).map(|(n, _)| *n);
    let fields = ty.fields().into_iter().flat_map(|f| f.keys().map(|k| &**k));
    let names: Vec<&str> = fields.chain(methods).collect();
    let fault = match nearest(name, names.iter().copied()) {
        Some(near) => fault.near(near),
        None => fault.help(format!("it has {}", quoted_list(names, 40))),
    };
    fault.map(|d| d.label(ty.span(), format!("{} is declared here", ty.written())))
}

fn no_arguments(name: &str, args: Args) -> Result<(), Fault> {
    take::<0, 0>(name, args, [], []).map(|_| ())
}

/// `interpolate()` gives the object and the references that stay open.
fn interpolate(object: &Object) -> Eval {
    let mut walk = Walk::default();
    let result = object.interpolate(&mut walk)?;
    let mut seen: Vec<Rc<Ref>> = Vec::new();
    for open in walk.unbound {
        if !seen.contains(&open.reference) {
            seen.push(open.reference);
        }
    }
    let references = seen.into_iter().map(reference).collect();
    Ok(Value::tuple(vec![Value::Object(result.with_unicode()), Value::list(references)]))
}

fn json_dumps(vm: &mut dyn Vm, object: &Object) -> Eval {
    let plain = object.interpolate(&mut Walk::default())?.get()?;
    let Some(module) = crate::python::modules::import(vm.loaded(), "json") else {
        return Err(Fault::new("AttributeError", &NOT_AVAILABLE, "there is no json module"));
    };
    let dumps = vm.attribute(&module, "dumps")?;
    vm.call(&dumps, Args::of(object.origin(), vec![plain]))
}

/// Attributes of types other than their name.
pub(super) fn of_type(ty: &Type, name: &str) -> Eval {
    let fault = Fault::attribute_error(format!("the type {} has no attribute `{name}`", ty.written()));
    Err(match ty.fields().is_some_and(|f| f.contains_key(name)) {
        true => fault.help(format!("fields belong to objects: {}(...).{name}()", ty.written())),
        false => fault,
    })
}
