//! Readable JSON: the bundle, executors, job configurations and update settings.
//!
//! The bytes depend on the models alone. Everything ends with a newline.

use std::io::{self, Write};

use super::executors;
use super::messages::calls::JobUpdateRequest;
use super::readable::{Json, Style};
use super::relayout::relayout;
use super::sink::{Sink, Value};
use super::thrift::check::numbers;
use crate::diagnostics::Diagnostic;
use crate::model::thrift::{JobConfiguration, JobUpdateSettings};
use crate::model::{Bundle, CompiledExecutor, CompiledJob};

/// Bytes to gather before they are passed on.
const CHUNK: usize = 1 << 16;

/// Writes the bundle, `{"executors": […], "jobs": […]}`, one job at a time.
///
/// # Errors
/// When the writer fails.
pub fn write_bundle(bundle: &Bundle, style: Style, to: &mut dyn Write) -> io::Result<()> {
    let mut out = Vec::new();
    let mut json = Json::new(&mut out, style);
    json.begin(b'{');
    json.key("executors");
    json.array(&bundle.executors, |json, executor| executors::entry(json, &executor.entry));
    json.key("jobs");
    json.begin(b'[');
    for (index, job) in bundle.jobs.iter().enumerate() {
        let mut json = Json::inside(&mut out, style, 2, index == 0);
        json.separate();
        put_job(&mut json, job);
        if out.len() >= CHUNK {
            to.write_all(&out)?;
            out.clear();
        }
    }
    let mut json = Json::inside(&mut out, style, 2, bundle.jobs.is_empty());
    json.end(b']');
    json.end(b'}');
    out.push(b'\n');
    to.write_all(&out)
}

/// One entry of the bundle's jobs.
fn put_job(json: &mut Json<'_>, job: &CompiledJob) {
    json.begin(b'{');
    json.key("key");
    json.text(&job.key());
    json.key("configuration");
    job.configuration.put(json);
    if let Some(update) = &job.update {
        json.key("update");
        update.put(json);
    }
    json.end(b'}');
}

/// Writes what `-custom_executor_config` loads: the array of executor entries.
///
/// # Errors
/// When the writer fails.
pub fn write_executors(executors: &[CompiledExecutor], style: Style, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(&executors_bytes(executors, style))
}

pub(super) fn executors_bytes(executors: &[CompiledExecutor], style: Style) -> Vec<u8> {
    finished(style, |json| {
        json.array(executors, |json, executor| executors::entry(json, &executor.entry));
    })
}

/// One entry of the bundle's jobs, without white space: all that outputs about a job are made from.
pub(super) fn job_text(job: &CompiledJob) -> Vec<u8> {
    let mut out = Vec::new();
    put_job(&mut Json::new(&mut out, Style::Compact), job);
    out
}

/// One entry of [`executors_bytes`] without white space.
pub(super) fn executor_text(executor: &CompiledExecutor) -> String {
    let mut out = Vec::new();
    executors::entry(&mut Json::new(&mut out, Style::Compact), &executor.entry);
    String::from_utf8(out).unwrap_or_default()
}

/// [`executors_bytes`] of entries that are text already.
pub(super) fn executors_of_texts(entries: &[&str], style: Style) -> Vec<u8> {
    finished(style, |json| json.array(entries, |json, entry| relayout(json, entry)))
}

/// Writes one JobConfiguration.
///
/// # Errors
/// When the writer fails.
pub fn write_job_configuration(job: &JobConfiguration, style: Style, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(&job_bytes(job, style))
}

pub(super) fn job_bytes(job: &JobConfiguration, style: Style) -> Vec<u8> {
    finished(style, |json| job.put(json))
}

/// Writes one JobUpdateSettings.
///
/// # Errors
/// When the writer fails.
pub fn write_update(update: &JobUpdateSettings, style: Style, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(&finished(style, |json| update.put(json)))
}

/// The JobUpdateRequest of a service, as clients in other languages decode it; `None` for other jobs.
///
/// # Errors
/// When a number of the job does not fit the type that the message has for it.
pub(super) fn request_bytes(job: &CompiledJob, style: Style) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
    let Some(request) = JobUpdateRequest::of(job).map(JobUpdateRequest::with_metadata) else {
        return Ok(None);
    };
    numbers(job, &request)?;
    Ok(Some(finished(style, |json| request.put(json))))
}

fn finished(style: Style, put: impl FnOnce(&mut Json<'_>)) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut Json::new(&mut out, style));
    out.push(b'\n');
    out
}
