//! The executor of a job, and the data it gets: for Thermos the job itself as JSON text, for others what the job says.

use super::AURORA_EXECUTOR;
use super::executor_data;
use super::raw;
use super::reader::{Reader, text_in};
use super::references::Checked;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::executor::NO_EXECUTOR;
use crate::model::json_data::JsonWriter;
use crate::model::thrift::{Container, ExecutorConfig};
use crate::template::value::{Args, Fault, Keyword, Value};
use crate::template::{Object, Walk, extend};

/// Fields of a job that the data for Thermos leaves out: two so that changing them restarts nothing, and the extensions
/// of the schema, which Thermos would reject.
const LEFT_OUT: [&str; 4] = ["update_config", "instances", "ports", "mesos_fetcher_uris"];

/// Whether the job runs on an executor other than Thermos, or on none.
pub(super) fn is_custom(job: &Object) -> bool {
    match job.access_named("executor_config") {
        Ok(Some(config)) => match config.access_named("name") {
            Ok(Some(name)) => text_in(&name).is_some_and(|n| n != AURORA_EXECUTOR),
            _ => false,
        },
        Ok(None) => true,
        // Something else about it is wrong; the name may be as plain as ever.
        Err(_) => {
            let name = job.field("executor_config").and_then(|config| config.field("name"));
            name.and_then(text_in).is_some_and(|n| n != AURORA_EXECUTOR)
        }
    }
}

/// The job with a task without a name, where the name is the default and there is no process that it could come from: only
/// Thermos reads the name of a task.
pub(super) fn without_default_name(job: Object) -> Object {
    let Some(task) = job.field("task") else { return job };
    let is_default = task.slot("name").is_some_and(|slot| slot.span.is_none());
    if !is_default || task.field("processes").is_some() || !is_custom(&job) {
        return job;
    }
    executor_data::unset(task, "name")
        .and_then(|task| executor_data::with_field(&job, "task", task))
        .unwrap_or(job)
}

/// The executor and its data; nothing for a job in a Docker container that has no executor.
pub(super) fn of_job(
    job: &Object,
    checked: &Checked,
    container: Option<&Container>,
    json: &JsonWriter,
    reader: &mut Reader,
) -> Option<ExecutorConfig> {
    if job.field("executor_config").is_none() {
        if matches!(container, Some(Container::Mesos { .. })) {
            reader.push(no_executor(job));
        }
        return None;
    }
    let config = reader.required(job, "executor_config")?;
    let name = reader.text(&config, "name")?;
    let data = if name == AURORA_EXECUTOR {
        executor_data::without_effect(&config, reader);
        json.wrote_raw();
        let data = thermos_data(&checked.underlying, json, reader)?;
        if json.wrote_raw() {
            raw::refuse_in_thermos(&checked.underlying, reader);
        }
        data
    } else {
        executor_data::text(&config, json, reader)?
    };
    Some(ExecutorConfig { name, data })
}

fn no_executor(job: &Object) -> Diagnostic {
    let span = job.field_span("executor_config").or(job.origin());
    Diagnostic::error(&NO_EXECUTOR, span, "the job has neither an executor nor a Docker container")
        .label(job.field_span("container"), "only container=Docker(...) can do without an executor")
        .help("leave executor_config out to have Thermos, or add container=Docker(image='...')")
}

/// The job as Thermos reads it.
fn thermos_data(job: &Object, json: &JsonWriter, reader: &mut Reader) -> Option<String> {
    let write = |job: &Object| json.object_without(job, &LEFT_OUT);
    if job.is_stable() {
        return written(write(job), job, reader);
    }
    let keyword = |name: &str| Keyword {
        name: name.into(),
        name_span: job.origin(),
        value: Value::Empty,
        span: job.origin(),
    };
    let set = LEFT_OUT.into_iter().filter(|name| job.field(name).is_some());
    let args = Args { keyword: set.map(keyword).collect(), ..Args::none(job.origin()) };
    let shortened = extend(job, &args).and_then(|j| j.interpolate(&mut Walk::default()));
    written(shortened.and_then(|job| write(&job)), job, reader)
}

fn written(data: Result<String, Fault>, job: &Object, reader: &mut Reader) -> Option<String> {
    data.map_err(|fault| reader.fault(fault.at(job.origin()))).ok()
}
