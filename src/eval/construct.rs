//! Calling types and objects, with the doubts that only the call can have.

use super::call::not_callable;
use super::expr::Eval;
use super::machine::Machine;
use crate::diagnostics::codes::eval::PAIR_AS_MAP;
use crate::template::value::{Args, Fault, Value};
use crate::template::{self, Kind, Object, Type};

/// `Type(args)`
pub(super) fn of_type(machine: &mut Machine, ty: &Type, args: &Args) -> Eval {
    machine.charge(1)?;
    doubt_pairs(machine, ty, args);
    template::construct(ty, args).map(Value::Object)
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
    doubt_pairs(machine, object.ty(), args);
    template::extend(object, args).map(Value::Object)
}

/// A list of two items becomes one entry of a map, which is hardly meant.
fn doubt_pairs(machine: &mut Machine, ty: &Type, args: &Args) {
    let Some(fields) = ty.fields() else { return };
    for keyword in &args.keyword {
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
