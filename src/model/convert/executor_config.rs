//! The executor of a job, and the data it gets: for Thermos the job itself as JSON text.

use rustc_hash::FxHashMap;

use super::reader::{Reader, text_of};
use super::references::Checked;
use super::{AURORA_EXECUTOR, Outside};
use crate::model::json_data;
use crate::model::thrift::{Container, ExecutorConfig};
use crate::template::value::{Args, Keyword, Value};
use crate::template::{Object, Type, Walk, extend};

/// The types that declared executors want their data to have, by executor name.
pub type DataTypes = FxHashMap<String, Type>;

/// Fields of a job that the data for Thermos leaves out, so that changing them restarts nothing.
const LEFT_OUT: [&str; 2] = ["update_config", "instances"];

/// Whether the job runs on an executor other than Thermos, or on none.
pub(super) fn is_custom(job: &Object) -> bool {
    match job.access_named("executor_config") {
        Ok(Some(config)) => match config.access_named("name") {
            Ok(Some(name)) => text_of(&name).is_some_and(|n| n != AURORA_EXECUTOR),
            _ => false,
        },
        Ok(None) => true,
        Err(_) => false,
    }
}

/// The executor and its data; nothing for a job in a Docker container that has no executor.
pub(super) fn of_job(
    job: &Object,
    checked: &Checked,
    container: Option<&Container>,
    outside: &Outside<'_>,
    reader: &mut Reader,
) -> Option<ExecutorConfig> {
    if job.field("executor_config").is_none() && matches!(container, Some(Container::Docker { .. })) {
        return None;
    }
    let config = reader.required(job, "executor_config")?;
    let name = reader.text(&config, "name")?;
    let data = if name == AURORA_EXECUTOR {
        thermos_data(&checked.underlying, reader)?
    } else {
        let _ = outside.data_types;
        reader.text(&config, "data")?
    };
    Some(ExecutorConfig { name, data })
}

/// The job as Thermos reads it.
fn thermos_data(job: &Object, reader: &mut Reader) -> Option<String> {
    if job.is_closed() {
        return Some(json_data::object_without(job, &LEFT_OUT));
    }
    let keyword = |name: &str| Keyword {
        name: name.into(),
        name_span: job.origin(),
        value: Value::Empty,
        span: job.origin(),
    };
    let args = Args { span: job.origin(), positional: Vec::new(), keyword: LEFT_OUT.map(keyword).into() };
    let shortened = extend(job, &args).and_then(|j| j.interpolate(&mut Walk::default()));
    match shortened {
        Ok(job) => Some(json_data::object_without(&job, &LEFT_OUT)),
        Err(fault) => {
            reader.fault(fault);
            None
        }
    }
}
