//! `combine_tasks` and `concat_tasks`: several tasks as one.

use super::arguments::{bind, elements, items, keywords, list_of, object, schema_type};
use super::sequence::{name_of, order_of};
use super::units;
use crate::source::Span;
use crate::template::value::{Args, Fault, Value};
use crate::template::{Object, construct, distinct, extend};

/// `combine_tasks(*tasks, **fields)`: a Task that runs all processes in parallel.
pub(super) fn combine(args: &Args) -> Result<Value, Fault> {
    let Some(tasks) = tasks_of(args)? else { return empty_task(args.span) };
    let resources = units::fold(&field_of_each(&tasks, "resources")?, args.span, units::sum)?;
    let wait = units::wait(&field_of_each(&tasks, "finalization_wait")?, units::max)?;
    let constraints = merged(&tasks, "constraints", args.span)?;
    finish(&tasks, resources, constraints, wait, args)
}

/// `concat_tasks(*tasks, **fields)`: a Task that runs every process of a task before any of the next.
pub(super) fn concat(args: &Args) -> Result<Value, Fault> {
    let Some(tasks) = tasks_of(args)? else { return empty_task(args.span) };
    let resources = units::fold(&field_of_each(&tasks, "resources")?, args.span, units::max)?;
    let wait = units::wait(&field_of_each(&tasks, "finalization_wait")?, units::sum)?;
    let mut constraints = merged(&tasks, "constraints", args.span)?;
    for pair in tasks.windows(2) {
        let (before, after) =
            (elements(&pair[0], "processes", args.span)?, elements(&pair[1], "processes", args.span)?);
        for first in &before {
            for second in &after {
                if !first.equals(second)? {
                    constraints.push(order_of(vec![name_of(first)?, name_of(second)?], args.span)?);
                }
            }
        }
    }
    finish(&tasks, resources, constraints, wait, args)
}

/// `Units.processes_merge(tasks)`: the processes of all tasks, each once.
pub(super) fn processes_merge(args: &Args) -> Result<Value, Fault> {
    merge_argument("processes_merge", "processes", args)
}

/// `Units.constraints_merge(tasks)`: the constraints of all tasks, each once.
pub(super) fn constraints_merge(args: &Args) -> Result<Value, Fault> {
    merge_argument("constraints_merge", "constraints", args)
}

fn merge_argument(function: &str, field: &'static str, args: &Args) -> Result<Value, Fault> {
    let [(tasks, span)] = bind(function, ["tasks"], args)?;
    let tasks: Vec<Object> =
        items(&tasks, span)?.iter().map(|t| object(function, t, span)).collect::<Result<_, _>>()?;
    merged(&tasks, field, span).map(list_of)
}

fn tasks_of(args: &Args) -> Result<Option<Vec<Object>>, Fault> {
    if args.positional.is_empty() {
        return Ok(None);
    }
    let tasks = args.positional.iter().map(|(value, span)| object("combine_tasks", value, *span));
    tasks.collect::<Result<Vec<_>, _>>().map(Some)
}

fn empty_task(span: Span) -> Result<Value, Fault> {
    construct(&schema_type("Task")?, &Args::none(span)).map(Value::Object)
}

fn field_of_each(tasks: &[Object], field: &'static str) -> Result<Vec<Value>, Fault> {
    tasks.iter().map(|t| Ok(t.access_named(field)?.map_or(Value::Empty, Value::Object))).collect()
}

/// The elements of a list field of all tasks, each once, in the order of the set that the stock client puts them in.
fn merged(tasks: &[Object], field: &'static str, span: Span) -> Result<Vec<Object>, Fault> {
    let of_each: Vec<Vec<Object>> =
        tasks.iter().map(|task| elements(task, field, span)).collect::<Result<_, _>>()?;
    distinct(of_each.into_iter().flatten())
}

/// The last task, with everything merged into it.
fn finish(
    tasks: &[Object],
    resources: Object,
    constraints: Vec<Object>,
    wait: Value,
    args: &Args,
) -> Result<Value, Fault> {
    const COMPUTED: [&str; 3] = ["resources", "constraints", "finalization_wait"];
    if let Some(keyword) = args.keyword.iter().find(|k| COMPUTED.contains(&&*k.name)) {
        let message = format!("`{}` is computed from the tasks and cannot be given here", keyword.name);
        return Err(Fault::bad_call(message)
            .at(keyword.name_span)
            .help("extend the result: combine_tasks(...)(field=value)"));
    }
    let Some(head) = tasks.last() else { return empty_task(args.span) };
    let processes = merged(tasks, "processes", args.span)?;
    let fields = vec![
        ("processes", list_of(processes)),
        ("resources", Value::Object(resources)),
        ("constraints", list_of(constraints)),
        ("finalization_wait", wait),
    ];
    let mut all = keywords(args.span, fields);
    all.keyword.extend(args.keyword.iter().cloned());
    extend(head, &all).map(Value::Object)
}
