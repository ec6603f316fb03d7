//! `order`, `SequentialTask`, `SimpleTask`.

use super::arguments::{bind, elements, keywords, list_of, object, schema_type};
use crate::source::Span;
use crate::template::value::{Args, Fault, Value};
use crate::template::{Object, construct, extend};

/// Memory and disk of a simple task, in bytes.
const SIMPLE_BYTES: i64 = 1 << 30;

/// `order(p, 'q', ...)`: a list of one Constraint that keeps processes, given as objects or names, in order.
pub(super) fn order(args: &Args) -> Result<Value, Fault> {
    if let Some(keyword) = args.keyword.first() {
        let message = format!("order() takes processes, not the keyword `{}`", keyword.name);
        return Err(Fault::bad_call(message).at(keyword.name_span));
    }
    let names: Vec<Value> =
        args.positional.iter().map(|(value, span)| process_name(value, *span)).collect::<Result<_, _>>()?;
    order_of(names, args.span).map(|constraint| list_of(vec![constraint]))
}

/// A Constraint of these names.
pub(super) fn order_of(names: Vec<Value>, span: Span) -> Result<Object, Fault> {
    construct(&schema_type("Constraint")?, &keywords(span, vec![("order", Value::list(names))]))
}

fn process_name(value: &Value, span: Span) -> Result<Value, Fault> {
    match value {
        Value::Str(_) => Ok(value.clone()),
        Value::Object(process) if process.is_a(&schema_type("Process")?) => name_of(process),
        other => {
            let message =
                format!("an order is made of processes and their names, not of {}", other.described());
            let fault = Fault::value_error(message).at(span);
            Err(match other {
                Value::List(_) | Value::Tuple(_) => fault.help("spread the list: order(*processes)"),
                _ => fault,
            })
        }
    }
}

/// The interpolated name of a process.
pub(super) fn name_of(process: &Object) -> Result<Value, Fault> {
    Ok(process.access_named("name")?.map_or(Value::Empty, Value::Object))
}

/// `SequentialTask(...)`: a Task whose processes run one after the other, in the order they are listed.
pub(super) fn sequential_task(args: &Args) -> Result<Value, Fault> {
    let task = construct(&schema_type("Task")?, args)?;
    make_sequential(&task, args.span)
}

/// `Tasks.sequential(task)`.
pub(super) fn sequential(args: &Args) -> Result<Value, Fault> {
    let [(task, span)] = bind("sequential", ["task"], args)?;
    make_sequential(&object("sequential", &task, span)?, args.span)
}

fn make_sequential(task: &Object, span: Span) -> Result<Value, Fault> {
    let constraints = task.access_named("constraints")?;
    if constraints.is_some_and(|c| c.elements().is_some_and(|e| !e.is_empty())) {
        let message = "the task has constraints already, so it cannot be made sequential";
        return Err(Fault::value_error(message)
            .at(task.field_span("constraints").or(span))
            .help("use Task(...) with constraints, or leave them out"));
    }
    if task.access_named("processes")?.is_none() {
        return Ok(Value::Object(task.clone()));
    }
    let names = elements(task, "processes", span)?.iter().map(name_of).collect::<Result<_, _>>()?;
    let order = list_of(vec![order_of(names, span)?]);
    extend(task, &keywords(span, vec![("constraints", order)])).map(Value::Object)
}

/// `SimpleTask(name, command)`: a Task of one process with one core and 1 GB of memory and disk.
pub(super) fn simple_task(args: &Args) -> Result<Value, Fault> {
    let [(name, name_span), (command, command_span)] = bind("SimpleTask", ["name", "command"], args)?;
    let span = args.span;
    let mut process = keywords(span, vec![("name", name.clone()), ("cmdline", command)]);
    process.keyword[0].span = name_span;
    process.keyword[1].span = command_span;
    let process = construct(&schema_type("Process")?, &process)?;
    let sizes = vec![
        ("cpu", Value::Float(1.0)),
        ("ram", Value::Int(SIMPLE_BYTES)),
        ("disk", Value::Int(SIMPLE_BYTES)),
    ];
    let resources = construct(&schema_type("Resources")?, &keywords(span, sizes))?;
    let fields =
        vec![("name", name), ("processes", list_of(vec![process])), ("resources", Value::Object(resources))];
    let mut task = keywords(span, fields);
    task.keyword[0].span = name_span;
    construct(&schema_type("Task")?, &task).map(Value::Object)
}
