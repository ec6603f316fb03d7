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
use super::messages::calls::{CreateArguments, JobUpdateRequest, UpdateArguments};
use super::sink::{Message, Value};
use crate::diagnostics::Diagnostic;
use crate::model::CompiledJob;

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

fn call<M: Message>(
    job: &CompiledJob,
    name: &str,
    arguments: &M,
    wire: Wire,
    out: &mut Vec<u8>,
) -> Result<(), Vec<Diagnostic>> {
    check::numbers(job, arguments)?;
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
    Ok(())
}
