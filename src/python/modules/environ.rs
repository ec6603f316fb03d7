//! `os.environ`: the variables that the caller declared, and no others.

use crate::python::iterate::{Iterate, Iterator, ValueIter};
use crate::python::ops::short;
use crate::python::params::{receiver, take, text};
use crate::template::value::{Args, BuiltinFn, Dict, Fault, Native, Value, Vm};

#[derive(Debug)]
struct Environ;

/// `os.environ`
pub(super) fn value() -> Value {
    Value::native(Environ)
}

const METHODS: &[(&str, BuiltinFn)] = &[
    ("get", get),
    ("has_key", |m, a| arguments("has_key", a, |a| has(m, a))),
    ("keys", |m, a| listed("keys", m, a, |k, _| Value::str(k))),
    ("values", |m, a| listed("values", m, a, |_, v| Value::str(v))),
    ("items", |m, a| listed("items", m, a, |k, v| Value::tuple(vec![Value::str(k), Value::str(v)]))),
    ("iteritems", |m, a| listed("iteritems", m, a, |k, v| Value::tuple(vec![Value::str(k), Value::str(v)]))),
    ("copy", |m, a| {
        arguments("copy", a, |a| {
            take("copy", a, [], [])?;
            Ok(Value::dict(declared(m)))
        })
    }),
];

fn declared(vm: &dyn Vm) -> Dict {
    let mut dict = Dict::new();
    for (name, value) in vm.environment() {
        dict.insert_str(name, Value::str(value.as_str()));
    }
    dict
}

fn arguments(name: &str, args: Args, run: impl FnOnce(Args) -> Result<Value, Fault>) -> Result<Value, Fault> {
    let (_, args) = receiver(name, args)?;
    run(args)
}

fn get(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (_, args) = receiver("get", args)?;
    let ([name], [default]) = take("get", args, ["key"], ["default"])?;
    let name = text("get", &name)?;
    let found = vm.environment().get(name.as_str()).map(|v| Value::str(v.as_str()));
    Ok(found.or(default).unwrap_or(Value::None))
}

fn has(vm: &dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([name], []) = take("has_key", args, ["key"], [])?;
    Ok(Value::Bool(name.as_str().is_some_and(|n| vm.environment().contains_key(n))))
}

fn listed(name: &str, vm: &dyn Vm, args: Args, item: fn(&str, &str) -> Value) -> Result<Value, Fault> {
    let (_, args) = receiver(name, args)?;
    take(name, args, [], [])?;
    Ok(Value::list(vm.environment().iter().map(|(k, v)| item(k, v)).collect()))
}

impl Native for Environ {
    fn type_name(&self) -> &str {
        "environ"
    }

    fn get_item(&self, vm: &mut dyn Vm, index: &Value) -> Option<Result<Value, Fault>> {
        let found = index.as_str().and_then(|name| vm.environment().get(name));
        Some(found.map(|v| Value::str(v.as_str())).ok_or_else(|| {
            let help = match index.as_str() {
                Some(name) => format!("declare it with --env {name}=value, or give a default with .get()"),
                None => "the names of variables are text".to_string(),
            };
            let message = format!("the environment variable {} is not declared", short(index));
            Fault::key_error(message).help(help)
        }))
    }

    fn contains(&self, vm: &mut dyn Vm, item: &Value) -> Option<Result<bool, Fault>> {
        Some(Ok(item.as_str().is_some_and(|name| vm.environment().contains_key(name))))
    }

    fn entries(&self, vm: &mut dyn Vm) -> Option<Dict> {
        Some(declared(vm))
    }

    fn iter(&self) -> Option<Value> {
        Some(Iterator::value("iterator", ValueIter::Source(Box::new(Names(None)))))
    }

    fn method(&self, name: &str) -> Option<(&'static str, BuiltinFn)> {
        METHODS.iter().find(|(n, _)| *n == name).copied()
    }

    fn names(&self) -> Vec<&str> {
        METHODS.iter().map(|(n, _)| *n).collect()
    }
}

/// A walk over the names, which are looked up at its first step.
#[derive(Debug)]
struct Names(Option<std::vec::IntoIter<String>>);

impl Iterate for Names {
    fn next(&mut self, vm: &mut dyn Vm) -> Result<Option<Value>, Fault> {
        let names = || vm.environment().keys().cloned().collect::<Vec<_>>().into_iter();
        Ok(self.0.get_or_insert_with(names).next().map(Value::str))
    }
}
