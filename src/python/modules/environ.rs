//! `os.environ`: the variables that the caller declared, and no others.

use crate::python::arguments::{Table, builtins};
use crate::python::iterate::{Iterate, Iterator, ValueIter};
use crate::python::short;
use crate::source::Span;
use crate::template::value::{Dict, Fault, Native, Text, Value, Vm};

#[derive(Debug)]
struct Environ;

/// `os.environ`
pub(super) fn value() -> Value {
    Value::native(Environ)
}

const METHODS: Table = builtins![
    get(self, @, key, default = None) Constant => |vm, _: Value, span, name, default| getenv(vm, span, name, default),
    has_key(self, @, key) Constant => |vm: &mut dyn Vm, _: Value, span: Span, name: Value| {
        Ok(Value::Bool(name.as_str().is_some_and(|name| vm.variable(name, span).is_some())))
    },
    keys(self) Constant => |vm: &mut dyn Vm, _: Value| listed(vm, |k, _| Value::str(k)),
    values(self) Constant => |vm: &mut dyn Vm, _: Value| listed(vm, |_, v| Value::str(v)),
    items(self) Constant => |vm: &mut dyn Vm, _: Value| listed(vm, pair),
    iteritems(self) Constant => |vm: &mut dyn Vm, _: Value| listed(vm, pair),
    copy(self) Constant => |vm: &mut dyn Vm, _: Value| Ok(Value::dict(declared(vm))),
];

fn declared(vm: &mut dyn Vm) -> Dict {
    vm.read_all_variables();
    let mut dict = Dict::new();
    for (name, value) in vm.environment() {
        dict.insert_str(name, Value::str(value.as_str()));
    }
    dict
}

/// `os.environ.get(key, default)`, `os.getenv(key, default)`
pub(super) fn getenv(
    vm: &mut dyn Vm,
    span: Span,
    name: Text,
    default: Option<Value>,
) -> Result<Value, Fault> {
    let found = vm.variable(name.as_str(), span).map(|value| Value::str(value.as_str()));
    Ok(found.or(default).unwrap_or(Value::None))
}

fn pair(name: &str, value: &str) -> Value {
    Value::tuple(vec![Value::str(name), Value::str(value)])
}

fn listed(vm: &mut dyn Vm, item: fn(&str, &str) -> Value) -> Result<Value, Fault> {
    vm.read_all_variables();
    Ok(Value::list(vm.environment().iter().map(|(k, v)| item(k, v)).collect()))
}

impl Native for Environ {
    fn type_name(&self) -> &str {
        "environ"
    }

    fn get_item(&self, vm: &mut dyn Vm, index: &Value) -> Option<Result<Value, Fault>> {
        let declared = |name: &&str| vm.environment().contains_key(*name);
        let name = index.as_str().filter(declared);
        let found = name.and_then(|name| vm.variable(name, Span::NONE));
        Some(found.map(|v| Value::str(v.as_str())).ok_or_else(|| {
            let help = match index.as_str() {
                Some(name) => format!("declare it with --env {name}=value, or give a default with .get()"),
                None => "the names of variables are text".to_string(),
            };
            let message = format!("the environment variable {} is not declared", short(index));
            Fault::key_error(message).args(vec![index.clone()]).help(help)
        }))
    }

    fn contains(&self, vm: &mut dyn Vm, item: &Value) -> Option<Result<bool, Fault>> {
        Some(Ok(item.as_str().is_some_and(|name| vm.variable(name, Span::NONE).is_some())))
    }

    fn entries(&self, vm: &mut dyn Vm) -> Option<Dict> {
        Some(declared(vm))
    }

    fn iter(&self) -> Option<Value> {
        Some(Iterator::value("iterator", ValueIter::Source(Box::new(Names(None)))))
    }

    fn methods(&self) -> Table {
        METHODS
    }
}

/// A walk over the names, which are looked up at its first step.
#[derive(Debug)]
struct Names(Option<std::vec::IntoIter<String>>);

impl Iterate for Names {
    fn next(&mut self, vm: &mut dyn Vm) -> Result<Option<Value>, Fault> {
        vm.read_all_variables();
        let names = || vm.environment().keys().cloned().collect::<Vec<_>>().into_iter();
        Ok(self.0.get_or_insert_with(names).next().map(Value::str))
    }
}
