//! `min()` and `max()`.

use super::Table;
use crate::diagnostics::nearest;
use crate::python::iterate::collect;
use crate::python::ops::less_than;
use crate::template::value::{Args, Fault, Value, Vm};

pub(super) const TABLE: Table = &[("min", min), ("max", max)];

fn min(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    extreme(vm, "min", args, less_than)
}

fn max(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    extreme(vm, "max", args, |m, candidate, best| less_than(m, best, candidate))
}

/// The first item that no other one beats.
fn extreme(
    vm: &mut dyn Vm,
    function: &str,
    args: Args,
    beats: fn(&mut dyn Vm, &Value, &Value) -> Result<bool, Fault>,
) -> Result<Value, Fault> {
    let span = args.span;
    let (mut key, mut default) = (Value::None, None);
    for keyword in args.keyword {
        match &*keyword.name {
            "key" => key = keyword.value,
            "default" => default = Some(keyword.value),
            other => {
                let fault =
                    Fault::bad_call(format!("{function}() has no parameter `{other}`")).at(keyword.name_span);
                return Err(match nearest(other, ["key", "default"]) {
                    Some(near) => fault.help(format!("did you mean `{near}`?")),
                    None => fault,
                });
            }
        }
    }
    let items = match args.positional.as_slice() {
        [] => return Err(Fault::bad_call(format!("{function}() needs values to choose from"))),
        [(only, _)] => collect(vm, only)?,
        many => many.iter().map(|(v, _)| v.clone()).collect(),
    };
    let mut best: Option<(Value, Value)> = None;
    for item in items {
        vm.charge(1)?;
        let rank = match &key {
            Value::None => item.clone(),
            function => vm.call(function, Args::of(span, vec![item.clone()]))?,
        };
        let better = match &best {
            None => true,
            Some((champion, _)) => beats(vm, &rank, champion)?,
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
