//! What references in the data of a custom executor see.
//!
//! Text stays in the scopes of the stock client, where the name of the executor hides that of the job. Structured data, which
//! no file of the stock client has, sees its own fields and then those of the job.

use std::rc::Rc;

use super::executor_data::{is_structure, replaced};
use super::reader::Reader;
use crate::diagnostics::Diagnostic;
use crate::lints::executor::EXECUTOR_NAME;
use crate::template::value::{Text, Value};
use crate::template::{Component, Environment, Object, Ref, Scope, Segment};

/// The job with structured data that sees the job's name before that of the executor. Text that refers to `{{name}}` is a
/// warning.
pub(super) fn in_scope_of_job(job: Object, reader: &mut Reader) -> Object {
    let Some(config) = job.field("executor_config") else { return job };
    let Some(data) = config.field("data").filter(|data| !data.is_closed()) else { return job };
    if !is_structure(data) {
        if let Some(Value::Str(text)) = data.raw() {
            warn_of_name(text, &job, reader);
        }
        return job;
    }
    let Some(name) = job.field("name").and_then(Object::raw) else { return job };
    let mut environment = Environment::default();
    let bound = environment.bind(&Ref::name("name"), name);
    let data = bound.and_then(|()| data.in_scopes(&[Scope::Environment(Rc::new(environment))]));
    match data {
        Ok(data) => replaced(&job, config, data).unwrap_or(job),
        Err(fault) => {
            reader.fault(fault.at(job.origin()));
            job
        }
    }
}

fn warn_of_name(text: &Text, job: &Object, reader: &mut Reader) {
    let segments = text.template().into_iter().flat_map(|template| &template.segments);
    for segment in segments {
        let Segment::Ref { target: Ok(reference), range } = segment else { continue };
        if matches!(reference.components(), [Component::Name(name)] if &**name == "name") {
            let place = text.span_of(range.clone()).or(job.origin());
            let message = "`{{name}}` in this string is the name of the executor, not of the job";
            reader.push(Diagnostic::warning(&EXECUTOR_NAME, place, message).help(
                "write the name of the job out, bind it under another name, or give the data as a dict",
            ));
        }
    }
}
