//! `collections`.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Members, Table, deque, functions, namedtuple};
use crate::eval::builtins::{new_dict, ordered_dict};
use crate::eval::machine::Machine;
use crate::eval::methods::count_up;
use crate::template::value::{Args, Dict, Fault, Missing, Value};

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

fn defaultdict(machine: &mut Machine, mut args: Args) -> Result<Value, Fault> {
    let factory = if args.positional.is_empty() { Value::None } else { args.positional.remove(0).0 };
    let missing = match factory {
        Value::None => Missing::Refused,
        function @ (Value::Native(_) | Value::Type(_)) => Missing::Made(function),
        other => {
            let message = format!("defaultdict() needs a function, not {}", crate::eval::params::a(&other));
            return Err(
                Fault::type_error(message).help("write defaultdict(list), or defaultdict(lambda: value)")
            );
        }
    };
    let mut dict = new_dict(machine, "defaultdict", args)?;
    dict.missing = missing;
    Ok(Value::dict(dict))
}

fn counter(machine: &mut Machine, args: Args) -> Result<Value, Fault> {
    let mut counts = Dict::new();
    counts.missing = Missing::Zero;
    let counts = Rc::new(RefCell::new(counts));
    count_up(machine, &counts, args, 1)?;
    Ok(Value::Dict(counts))
}
