//! Which objects of a file are its jobs.

use crate::diagnostics::codes::job::{NO_JOBS, NOT_A_JOB};
use crate::diagnostics::{Diagnostic, with_article};
use crate::eval::{Globals, is_poison};
use crate::schema::struct_type;
use crate::source::{FileId, Span};
use crate::template::value::Value;
use crate::template::{Object, Walk};

/// The Job objects of the list named `jobs`.
pub(super) fn find(
    globals: &Globals,
    has_executors: bool,
    failed: bool,
    file: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Object> {
    let span = globals.span("jobs");
    let Some(value) = globals.get("jobs") else {
        if !has_executors && !failed {
            diagnostics.push(unlisted(globals, file));
        }
        return Vec::new();
    };
    let items: Vec<Value> = match value {
        Value::List(items) => items.borrow().clone(),
        Value::Tuple(items) => items.to_vec(),
        Value::Object(list) if list.elements().is_some() => match list.interpolate(&mut Walk::default()) {
            Ok(list) => list.elements().unwrap_or_default().iter().cloned().map(Value::Object).collect(),
            Err(fault) => {
                diagnostics.push(*fault.at(span).diagnostic);
                return Vec::new();
            }
        },
        // The list could not be made; the jobs of it that could have mistakes of their own.
        poison if is_poison(poison) => return globals.spared("jobs").iter().filter_map(job).collect(),
        other => {
            diagnostics.push(not_a_list(other, span));
            return Vec::new();
        }
    };
    if items.is_empty() && !has_executors && !failed {
        diagnostics.push(nothing_defined(span, "the list of jobs is empty"));
    }
    let places = globals.item_places("jobs", items.len());
    let place = |index: usize| places.get(index).copied().unwrap_or(span);
    let find = |(index, item): (usize, &Value)| job_of(item, index, (place(index), span), diagnostics);
    items.iter().enumerate().filter_map(find).collect()
}

/// Nothing is called `jobs`; perhaps something else holds the jobs.
fn unlisted(globals: &Globals, file: FileId) -> Diagnostic {
    let Some((name, list)) = globals.iter().find_map(|(name, value)| Some((name, holds_jobs(value)?))) else {
        return nothing_defined(Span::new(file, 0, 0), "the file defines neither `jobs` nor `executors`");
    };
    let (what, help) = match list {
        true => ("a list of jobs", format!("jobs = {name}")),
        false => ("a job", format!("jobs = [{name}]")),
    };
    let message = format!("`{name}` holds {what}, but nothing is assigned to `jobs`");
    Diagnostic::error(&NO_JOBS, globals.span(name), message)
        .note("only the jobs of the list `jobs` are compiled")
        .help(format!("write {help}"))
}

/// Whether a value is a list of jobs, or a job.
fn holds_jobs(value: &Value) -> Option<bool> {
    let is_job = |value: &Value| job(value).is_some();
    match value {
        Value::List(items) if items.borrow().iter().any(is_job) => Some(true),
        one if is_job(one) => Some(false),
        _ => None,
    }
}

fn nothing_defined(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(&NO_JOBS, span, message).help("assign a list of jobs: jobs = [Job(...)]")
}

fn not_a_list(value: &Value, span: Span) -> Diagnostic {
    let d =
        Diagnostic::error(&NOT_A_JOB, span, format!("`jobs` is {}, but must be a list of jobs", kind(value)));
    match value {
        Value::Object(_) => d.help("put it in brackets: jobs = [...]"),
        Value::Dict(_) => d.help("write a list: jobs = [...], or make one with list(DICT.values())"),
        _ => d,
    }
}

/// What a value is, in a word.
fn kind(value: &Value) -> String {
    match value {
        Value::Object(object) => with_article(&object.ty().written()),
        other => other.described(),
    }
}

/// The job that a value is.
fn job(item: &Value) -> Option<Object> {
    match item {
        Value::Object(object) if object.is_a(&struct_type("MesosJob")?) => Some(object.clone()),
        _ => None,
    }
}

/// The job that an item of the list is. `here` is the place of the item, as far as that is known, and `span` that of the
/// list.
fn job_of(
    item: &Value,
    index: usize,
    (here, span): (Span, Span),
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Object> {
    if let Some(job) = job(item) {
        return Some(job);
    }
    let (place, name) = match item {
        Value::Object(object) => (object.origin().or(here), kind(item)),
        poison if is_poison(poison) => return None,
        other => (here, kind(other)),
    };
    let message = format!("`jobs[{index}]` is {name}, not a Job");
    let d = Diagnostic::error(&NOT_A_JOB, place, message);
    let d = if place == span { d } else { d.label(span, "the list of jobs") };
    diagnostics.push(match item {
        Value::Dict(_) => d.help("make it a job: Job(**{...})"),
        Value::Object(task) if task.ty().name() == "Task" => {
            d.help("put the task into a job: Job(task=..., ...)")
        }
        Value::List(_) | Value::Tuple(_) => d.help("add lists with +: jobs = first + second"),
        Value::None => d.help("a function that ends without `return` gives None"),
        Value::Native(native) if native.is_callable() => match native.attribute("__name__") {
            Some(Value::Str(called)) => d.help(format!("call it: {}()", called.as_str())),
            _ => d.help("call it, so that the list holds what it returns"),
        },
        _ => d,
    });
    None
}
