//! `functools`.

use super::{Members, Table, functions};
use crate::python::builtins::reduce;
use crate::python::params::take;
use crate::template::value::{Args, Fault, Native, Value, Vm};

const TABLE: Table =
    &[("partial", partial), ("reduce", reduce), ("wraps", wraps), ("cmp_to_key", cmp_to_key)];

/// The members of `functools`.
pub(super) fn members() -> Members {
    functions(TABLE)
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

/// `wraps(function)` gives a function that gives its argument back: names of functions do not matter here.
fn wraps(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    take("wraps", args, ["wrapped"], ["assigned", "updated"])?;
    Ok(crate::python::Builtin::value("wraps", |_, args| {
        let ([function], []) = take("wraps", args, ["function"], [])?;
        Ok(function)
    }))
}

fn cmp_to_key(_: &mut dyn Vm, _: Args) -> Result<Value, Fault> {
    Err(Fault::type_error("cmp_to_key() is not needed here")
        .help("pass the function itself: sorted(items, cmp=function)"))
}
