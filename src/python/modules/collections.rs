//! `collections`.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Members, Table, deque, functions, namedtuple};
use crate::python::builtins::{new_dict, ordered_dict};
use crate::python::methods::count_up;
use crate::template::value::{Args, Dict, Fault, Missing, Value, Vm};

const TABLE: Table = &[
    ("defaultdict", defaultdict),
    ("Counter", counter),
    ("deque", deque::deque),
    ("namedtuple", namedtuple::namedtuple),
];

/// The members of `collections`.
pub(super) fn members() -> Members {
    let mut members = functions(TABLE);
    members.push(("OrderedDict", ordered_dict()));
    members
}

fn defaultdict(vm: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
    let factory = if args.positional.is_empty() { Value::None } else { args.positional.remove(0).0 };
    let missing = match factory {
        Value::None => Missing::Refused,
        function @ (Value::Native(_) | Value::Type(_)) => Missing::Made(function),
        other => {
            let message = format!("defaultdict() needs a function, not {}", crate::python::params::a(&other));
            return Err(
                Fault::type_error(message).help("write defaultdict(list), or defaultdict(lambda: value)")
            );
        }
    };
    let mut dict = new_dict(vm, "defaultdict", args)?;
    dict.missing = missing;
    Ok(Value::dict(dict))
}

fn counter(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let mut counts = Dict::new();
    counts.missing = Missing::Zero;
    let counts = Rc::new(RefCell::new(counts));
    count_up(vm, &counts, args.through_init(), 1)?;
    Ok(Value::Dict(counts))
}
