//! `min()` and `max()`.

use crate::python::arguments::{OrNone, Table, builtins};
use crate::python::compare::{Relation, compare};
use crate::python::iterate::collect;
use crate::source::Span;
use crate::template::value::{Args, Fault, Value, Vm};

pub(super) const TABLE: Table = builtins![
    min(@, *values, key = None, default?) Metered => |vm, span, values, key, default| {
        extreme(vm, "min", span, values, key, default, Relation::Less)
    },
    max(@, *values, key = None, default?) Metered => |vm, span, values, key, default| {
        extreme(vm, "max", span, values, key, default, Relation::Greater)
    },
];

/// The first item that no other one beats.
fn extreme(
    vm: &mut dyn Vm,
    function: &str,
    span: Span,
    values: Vec<Value>,
    key: OrNone<Value>,
    default: Option<Value>,
    beats: Relation,
) -> Result<Value, Fault> {
    let items = match values.as_slice() {
        [] => return Err(Fault::bad_call(format!("{function}() needs values to choose from"))),
        [only] => collect(vm, only)?,
        _ => values,
    };
    let mut best: Option<(Value, Value)> = None;
    for item in items {
        vm.charge(1)?;
        let rank = match &key.0 {
            None => item.clone(),
            Some(function) => vm.call(function, Args::of(span, vec![item.clone()]))?,
        };
        let better = match &best {
            None => true,
            Some((champion, _)) => compare(vm, beats, &rank, champion)?,
        };
        if better {
            best = Some((rank, item));
        }
    }
    best.map(|(_, item)| item).or(default).ok_or_else(|| {
        Fault::value_error(format!("{function}() of nothing: the sequence is empty"))
            .help("check first that it has items")
    })
}
