//! Methods of numbers.

use num_traits::Signed;

use super::Table;
use crate::python::params::{receiver, take, wants};
use crate::template::value::{Args, Fault, Value, Vm};

pub(super) const INT: Table = &[("bit_length", bit_length), ("conjugate", conjugate)];

pub(super) const FLOAT: Table = &[("is_integer", is_integer), ("conjugate", conjugate)];

fn bit_length(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (value, args) = receiver("bit_length", args)?;
    take("bit_length", args, [], [])?;
    let number = value.as_bigint().ok_or_else(|| wants("bit_length", "a whole number", &value))?;
    Ok(Value::Int(number.abs().bits() as i64))
}

fn conjugate(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (value, args) = receiver("conjugate", args)?;
    take("conjugate", args, [], [])?;
    Ok(value)
}

fn is_integer(_: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let (value, args) = receiver("is_integer", args)?;
    take("is_integer", args, [], [])?;
    match value {
        Value::Float(x) => Ok(Value::Bool(x.is_finite() && x.fract() == 0.0)),
        other => Err(wants("is_integer", "a float", &other)),
    }
}
