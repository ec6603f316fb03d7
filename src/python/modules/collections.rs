//! `collections`.

use super::{Members, deque, functions, namedtuple};
use crate::python::arguments::{Table, builtins};
use crate::python::class::kind_of_dict;
use crate::python::counter;
use crate::python::types::dict::{new_dict, to_ordered_dict};
use crate::template::value::{Args, Fault, Missing, Value, Vm};

const TABLE: Table = builtins![
    defaultdict(**kwargs) Metered => defaultdict,
    OrderedDict(**kwargs) Metered => to_ordered_dict,
];

/// The members of `collections`.
pub(super) fn members() -> Members {
    let mut members = functions(&TABLE[..1]);
    for table in [counter::CONSTRUCTOR, deque::TABLE, namedtuple::TABLE] {
        members.extend(functions(table));
    }
    members.push(("OrderedDict", kind_of_dict(&TABLE[1])));
    members
}

fn defaultdict(vm: &mut dyn Vm, mut args: Args) -> Result<Value, Fault> {
    let factory = if args.positional.is_empty() { Value::None } else { args.positional.remove(0).0 };
    let missing = match factory {
        Value::None => Missing::Refused,
        function @ (Value::Native(_) | Value::Type(_)) => Missing::Made(function),
        other => {
            let message = format!("defaultdict() needs a function, not {}", other.described());
            return Err(
                Fault::type_error(message).help("write defaultdict(list), or defaultdict(lambda: value)")
            );
        }
    };
    let mut dict = new_dict(vm, "defaultdict", args)?;
    dict.missing = missing;
    Ok(Value::dict(dict))
}
