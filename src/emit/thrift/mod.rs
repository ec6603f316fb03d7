//! Thrift: the calls of the scheduler's API, in the two encodings that its `/api` takes.
//!
//! | question | file |
//! |---|---|
//! | TJSONProtocol | `tjson.rs` |
//! | TBinaryProtocol | `binary.rs` |
//! | numbers that the wire cannot carry | `check.rs` |

mod binary;
pub(super) mod check;
mod tjson;

use self::binary::Binary;
use self::tjson::TJson;
use super::messages::calls::{
    CreateArguments, JobUpdateKey, JobUpdateRequest, UpdateArguments, UpdateKeyArguments,
};
use super::sink::{Message, Value};
use crate::diagnostics::Diagnostic;
use crate::model::CompiledJob;
use crate::model::thrift::JobKey;

/// An encoding that the scheduler's `/api` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wire {
    /// TJSONProtocol.
    #[default]
    Json,
    /// TBinaryProtocol, strict.
    Binary,
}

impl Wire {
    /// The value of the request's `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Wire::Json => "application/vnd.apache.thrift.json",
            Wire::Binary => "application/vnd.apache.thrift.binary",
        }
    }

    /// The usual ending of a file's name, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Wire::Json => "json",
            Wire::Binary => "bin",
        }
    }
}

/// The name of the call that brings a job to the scheduler. Like the stock client and the scheduler, a cron schedule
/// counts as soon as it is set, be it empty.
pub fn create_call(job: &CompiledJob) -> &'static str {
    if job.configuration.cron_schedule.is_some() { "scheduleCronJob" } else { "createJob" }
}

/// Appends the call `createJob`, or `scheduleCronJob` for a job with a cron schedule.
///
/// # Errors
/// When a number of the job does not fit the type that the message has for it; nothing is appended then.
pub fn create(job: &CompiledJob, wire: Wire, out: &mut Vec<u8>) -> Result<(), Vec<Diagnostic>> {
    call(job, create_call(job), &CreateArguments(&job.configuration), wire, out)
}

/// Appends the call `startJobUpdate` with a message for the update's log. Gives `false`, and appends nothing, where the
/// job is not a service and so has no update.
///
/// # Errors
/// When a number of the job does not fit the type that the message has for it; nothing is appended then.
pub fn update(
    job: &CompiledJob,
    message: Option<&str>,
    wire: Wire,
    out: &mut Vec<u8>,
) -> Result<bool, Vec<Diagnostic>> {
    let Some(request) = JobUpdateRequest::of(job) else { return Ok(false) };
    call(job, "startJobUpdate", &UpdateArguments { request, message }, wire, out).map(|()| true)
}

/// A call about an update that has started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateCall {
    /// `getJobUpdateDetails`: how it gets on.
    Details,
    /// `rollbackJobUpdate`: takes it back.
    Rollback,
    /// `abortJobUpdate`: ends it where it is.
    Abort,
    /// `pulseJobUpdate`: lets one go on that waits for a pulse.
    Pulse,
}

impl UpdateCall {
    /// The name of the call.
    pub fn name(self) -> &'static str {
        match self {
            UpdateCall::Details => "getJobUpdateDetails",
            UpdateCall::Rollback => "rollbackJobUpdate",
            UpdateCall::Abort => "abortJobUpdate",
            UpdateCall::Pulse => "pulseJobUpdate",
        }
    }

    /// The number of the argument that is a message for the update's log.
    fn message(self) -> Option<i16> {
        match self {
            UpdateCall::Details | UpdateCall::Pulse => None,
            UpdateCall::Rollback => Some(2),
            UpdateCall::Abort => Some(3),
        }
    }
}

/// Appends a call about the update of a job with an id. The message goes into the update's log, where the call takes one.
pub fn update_call(
    which: UpdateCall,
    job: &JobKey,
    id: &str,
    message: Option<&str>,
    wire: Wire,
    out: &mut Vec<u8>,
) {
    let message = which.message().zip(message);
    encode(which.name(), &UpdateKeyArguments { key: JobUpdateKey { job, id }, message }, wire, out);
}

fn call<M: Message>(
    job: &CompiledJob,
    name: &str,
    arguments: &M,
    wire: Wire,
    out: &mut Vec<u8>,
) -> Result<(), Vec<Diagnostic>> {
    check::numbers(job, arguments)?;
    encode(name, arguments, wire, out);
    Ok(())
}

fn encode<M: Message>(name: &str, arguments: &M, wire: Wire, out: &mut Vec<u8>) {
    match wire {
        Wire::Json => {
            tjson::begin_call(out, name);
            arguments.put(&mut TJson::new(out));
            tjson::end_call(out);
        }
        Wire::Binary => {
            binary::begin_call(out, name);
            arguments.put(&mut Binary::new(out));
        }
    }
}
