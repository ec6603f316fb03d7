//! `functools`.

use super::{Members, functions};
use crate::python::Function;
use crate::python::arguments::{Table, builtins};
use crate::python::builtins::REDUCE;
use crate::template::value::{Args, Fault, Native, Value, Vm};

const TABLE: Table = builtins![
    partial(**kwargs) Constant => partial,
    wraps(wrapped, assigned = None, updated = None) Constant => |_, _: Value, _: Option<Value>, _: Option<Value>| {
        Ok(Function::value(&SAME[0]))
    },
    cmp_to_key(mycmp) Constant => |_, function: Value| Ok(Value::native(ByComparison(function))),
];

/// What `wraps(function)` gives: a function that gives its argument back. Names of functions do not matter here.
const SAME: Table = builtins![wraps(function) Constant => |_, function: Value| Ok(function)];

/// The members of `functools`.
pub(super) fn members() -> Members {
    functions(TABLE).into_iter().chain(functions(REDUCE)).collect()
}

/// `partial(function, *args, **kwargs)`
#[derive(Debug)]
struct Partial {
    function: Value,
    args: Args,
}

fn partial(_: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
    if args.positional.is_empty() {
        return Err(Fault::bad_call("partial() needs a function"));
    }
    let (function, _) = args.positional.remove(0);
    Ok(Value::native(Partial { function, args }))
}

impl Native for Partial {
    fn type_name(&self) -> &str {
        "partial"
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
        vm.call(&self.function, self.args.clone().followed_by(args))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "func" => Some(self.function.clone()),
            "args" => Some(Value::tuple(self.args.positional.iter().map(|(v, _)| v.clone()).collect())),
            _ => None,
        }
    }

    fn names(&self) -> Vec<&str> {
        vec!["func", "args"]
    }
}

/// `cmp_to_key(function)`: a key for sorting that stands for a comparison function.
#[derive(Debug)]
struct ByComparison(Value);

impl Native for ByComparison {
    fn type_name(&self) -> &str {
        "function"
    }

    fn is_callable(&self) -> bool {
        true
    }

    fn call(&self, _: &mut dyn Vm, _: Args) -> Result<Value, Fault> {
        Err(Fault::type_error("what cmp_to_key() gives can only be a `key` of sorted() or .sort()"))
    }

    fn comparison(&self) -> Option<Value> {
        Some(self.0.clone())
    }
}
