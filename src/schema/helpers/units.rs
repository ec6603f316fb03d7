//! `Units`: arithmetic on resources and waiting times.

use num_bigint::BigInt;

use super::arguments::{bind, items, keywords, schema_type};
use crate::source::Span;
use crate::template::value::{Args, Fault, Value};
use crate::template::{Object, construct};

/// The fields of Resources that are added or compared.
const FIELDS: [&str; 4] = ["cpu", "ram", "disk", "gpu"];

/// `Units.safe_get(unit)`: the plain value, 0 for `Empty`.
pub(super) fn safe_get(args: &Args) -> Result<Value, Fault> {
    let [(unit, span)] = bind("safe_get", ["unit"], args)?;
    plain(&unit).map_err(|f| f.at(span))
}

fn plain(unit: &Value) -> Result<Value, Fault> {
    match unit {
        Value::Empty => Ok(Value::Int(0)),
        Value::Object(object) => object.get(),
        other => Err(Fault::type_error(format!("a {} is no field of a template object", other.type_name()))),
    }
}

/// `Units.optional_resources(resources)`: the resources, or empty ones for `Empty`.
pub(super) fn optional_resources(args: &Args) -> Result<Value, Fault> {
    let [(resources, _)] = bind("optional_resources", ["resources"], args)?;
    match resources {
        Value::Empty => construct(&schema_type("Resources")?, &Args::none(args.span)).map(Value::Object),
        other => Ok(other),
    }
}

/// `Units.resources_sum(*resources)`.
pub(super) fn resources_sum(args: &Args) -> Result<Value, Fault> {
    let given: Vec<Value> = args.positional.iter().map(|(v, _)| v.clone()).collect();
    fold(&given, args.span, sum).map(Value::Object)
}

/// `Units.resources_max(resources)`.
pub(super) fn resources_max(args: &Args) -> Result<Value, Fault> {
    let [(list, span)] = bind("resources_max", ["resources"], args)?;
    fold(&items(&list, span)?, args.span, max).map(Value::Object)
}

/// `Units.finalization_wait_sum(waits)`, in seconds.
pub(super) fn finalization_wait_sum(args: &Args) -> Result<Value, Fault> {
    let [(waits, span)] = bind("finalization_wait_sum", ["waits"], args)?;
    wait(&items(&waits, span)?, sum).map_err(|f| f.at(span))
}

/// `Units.finalization_wait_max(waits)`, in seconds.
pub(super) fn finalization_wait_max(args: &Args) -> Result<Value, Fault> {
    let [(waits, span)] = bind("finalization_wait_max", ["waits"], args)?;
    wait(&items(&waits, span)?, max).map_err(|f| f.at(span))
}

/// Waiting times folded into one, from 0.
pub(super) fn wait(waits: &[Value], fold: Fold) -> Result<Value, Fault> {
    waits.iter().try_fold(Value::Int(0), |total, wait| fold(&total, &plain(wait)?))
}

/// How two numbers become one.
pub(super) type Fold = fn(&Value, &Value) -> Result<Value, Fault>;

/// Resources folded into one, field by field, from nothing. `Empty` counts as nothing.
pub(super) fn fold(resources: &[Value], span: Span, fold: Fold) -> Result<Object, Fault> {
    let mut totals = FIELDS.map(|f| if f == "cpu" { Value::Float(0.0) } else { Value::Int(0) });
    for one in resources {
        let Value::Object(object) = one else {
            if matches!(one, Value::Empty) {
                continue;
            }
            return Err(Fault::type_error(format!("a {} is no Resources object", one.type_name())).at(span));
        };
        for (total, field) in totals.iter_mut().zip(FIELDS) {
            let amount = object.access_named(field)?.map_or(Ok(Value::Int(0)), |a| a.get())?;
            *total = fold(total, &amount)
                .map_err(|f| f.at(object.field_span(field).or(object.origin()).or(span)))?;
        }
    }
    let entries = FIELDS.into_iter().zip(totals).collect();
    construct(&schema_type("Resources")?, &keywords(span, entries))
}

/// The sum of two numbers.
pub(super) fn sum(a: &Value, b: &Value) -> Result<Value, Fault> {
    match (integer(a), integer(b)) {
        (Some(x), Some(y)) => Ok(Value::int(x + y)),
        _ => Ok(Value::Float(number(a)? + number(b)?)),
    }
}

/// The larger of two values as Python 2 has it: text that still holds a reference is more than any number.
pub(super) fn max(a: &Value, b: &Value) -> Result<Value, Fault> {
    let larger = match (a, b) {
        (Value::Str(a), Value::Str(b)) => b.as_str() > a.as_str(),
        (Value::Str(_), _) => false,
        (_, Value::Str(_)) => true,
        _ => match (integer(a), integer(b)) {
            (Some(x), Some(y)) => y > x,
            _ => number(b)? > number(a)?,
        },
    };
    Ok(if larger { b.clone() } else { a.clone() })
}

fn integer(value: &Value) -> Option<BigInt> {
    value.as_bigint()
}

fn number(value: &Value) -> Result<f64, Fault> {
    value.as_f64().ok_or_else(|| {
        let message = format!("{} is no number yet, so it cannot be added or compared", value.repr());
        Fault::type_error(message).help("bind the reference before the tasks are combined")
    })
}
