//! Calling types and objects, with the warnings that only the call can have.

use super::lints;
use super::machine::{Eval, Machine};
use crate::lints::eval::PAIR_AS_MAP;
use crate::python::not_callable;
use crate::syntax::ast::{Arg, ArgKind};
use crate::template::value::{Args, Fault, Value, Vm};
use crate::template::{self, Kind, Object, Type};

/// `Type(args)`
pub(super) fn of_type(machine: &mut Machine, ty: &Type, args: &Args) -> Eval {
    machine.charge(1)?;
    doubt_values(machine, ty, args);
    let made = template::construct(ty, args)?;
    machine.recorder.made(&made, args);
    Ok(Value::Object(made))
}

/// `object(field=value)`
pub(super) fn extended(machine: &mut Machine, object: &Object, args: &Args) -> Eval {
    machine.charge(1)?;
    if object.slots().is_none() {
        let ty = object.ty().written();
        let fault: Fault = not_callable(&Value::Object(object.clone()));
        return Err(fault.map(|mut d| {
            d.message = format!("a {ty} object cannot be called");
            d
        }));
    }
    doubt_values(machine, object.ty(), args);
    let made = template::extend(object, args)?;
    machine.recorder.made(&made, args);
    Ok(Value::Object(made))
}

/// What else is wrong with a call that cannot be made as an argument failed: keywords that are no fields of what it makes,
/// and sound arguments that do not fit their fields.
pub(super) fn mistakes_besides(
    machine: &mut Machine,
    callee: &Value,
    list: &[Arg],
    sound: Args,
) -> Vec<Fault> {
    let ty = match callee {
        Value::Type(ty) => ty,
        Value::Object(object) => object.ty(),
        _ => return Vec::new(),
    };
    let Some(fields) = ty.fields() else { return Vec::new() };
    let misspelt = list.iter().filter_map(|arg| match &arg.kind {
        ArgKind::Keyword(name) if !fields.contains_key(&name.name) => {
            Some(template::unknown_field(ty, &name.name, name.span))
        }
        _ => None,
    });
    let keyword = sound.keyword.into_iter().filter(|k| fields.contains_key(&k.name)).collect();
    let sound = Args { keyword, ..Args::none(sound.span) };
    doubt_values(machine, ty, &sound);
    let unfit = template::construct(ty, &sound).err();
    misspelt.chain(unfit).collect()
}

/// Warns about values that a field accepts but that are probably a mistake: a list of two items becomes one entry of a
/// map.
fn doubt_values(machine: &mut Machine, ty: &Type, args: &Args) {
    let Some(fields) = ty.fields() else { return };
    for keyword in &args.keyword {
        lints::unusable(machine, ty, &keyword.name, &keyword.value, keyword.span);
        let pair = match &keyword.value {
            Value::List(items) => items.borrow().len() == 2,
            Value::Tuple(items) => items.len() == 2,
            Value::Str(text) => text.as_str().chars().count() == 2,
            _ => false,
        };
        if pair && fields.get(&keyword.name).is_some_and(|f| matches!(f.ty.kind(), Kind::Map(..))) {
            let message = format!("`{}` is a map, and these two items become one entry of it", keyword.name);
            machine.warn(&PAIR_AS_MAP, keyword.span, message, "write a dict: {key: value}");
        }
    }
}
