//! Limits on failures and times that the client checks before anything is sent (client/config.py).

use super::reader::{Reader, text_in};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::job::{BAD_FAILURE_LIMIT, NEGATIVE};
use crate::template::Object;
use crate::template::value::Value;

/// A dedicated job must bear failures of this share of its instances.
const DEDICATED_SHARE: f64 = 0.02;

/// Checks failure limits and health-check numbers.
pub(super) fn check(job: &Object, reader: &mut Reader) {
    let instances = reader.integer32(job, "instances");
    if let Some(update) = reader.structure(job, "update_config") {
        let limit = reader.integer32(&update, "max_total_failures");
        if let (Some(instances), Some(limit)) = (instances, limit) {
            check_failures(job, &update, instances, limit, reader);
        }
        non_negative(job, &update, "update_config", &["watch_secs"], reader);
    }
    if let Some(health) = reader.structure(job, "health_check_config") {
        let names = [
            "max_consecutive_failures",
            "min_consecutive_successes",
            "initial_interval_secs",
            "interval_secs",
        ];
        non_negative(job, &health, "health_check_config", &names, reader);
    }
}

fn check_failures(job: &Object, update: &Object, instances: i64, limit: i64, reader: &mut Reader) {
    let written = update.field_span("max_total_failures");
    let span = written.or(job.field_span("instances")).or(job.field_span("update_config")).or(job.origin());
    let counted = job.field_span("instances").or(job.origin());
    if instances < 1 && limit >= instances {
        let message = format!("`instances` is {instances}, but a job needs at least one instance");
        return reader.push(Diagnostic::error(&BAD_FAILURE_LIMIT, counted, message).help("write 1 or more"));
    }
    if limit >= instances {
        let message = format!("max_total_failures is {limit}, but the job has only {instances} instances");
        let d = Diagnostic::error(&BAD_FAILURE_LIMIT, span, message);
        let d = if counted == span { d } else { d.label(counted, format!("{instances} instances")) };
        let most = instances - 1;
        reader.push(d.help(format!("use max_total_failures <= {most}, or more instances")));
    }
    let least = (instances as f64 * DEDICATED_SHARE).floor() as i64;
    if limit < least && is_dedicated(job, reader) {
        let message = format!(
            "max_total_failures is {limit}, but a dedicated job of {instances} instances needs at least {least}"
        );
        reader.push(
            Diagnostic::error(&BAD_FAILURE_LIMIT, span, message)
                .help(format!("use max_total_failures >= {least}")),
        );
    }
}

fn non_negative(
    job: &Object,
    object: &Object,
    owner: &'static str,
    names: &[&'static str],
    reader: &mut Reader,
) {
    for name in names {
        // A reference to the instance stays open until the task runs; the checks of references judge it.
        let Some(Some(value)) = reader.structure(object, name).map(|v| v.raw().and_then(Value::as_f64))
        else {
            continue;
        };
        if value < 0.0 {
            let span = object.field_span(name).or(job.field_span(owner)).or(job.origin());
            let message = format!("`{name}` is {value}, but cannot be negative");
            reader.push(Diagnostic::error(&NEGATIVE, span, message).help("write 0 or more"));
        }
    }
}

/// Whether the job has a `dedicated` constraint.
pub(super) fn is_dedicated(job: &Object, reader: &mut Reader) -> bool {
    let Some(map) = reader.field(job, "constraints") else { return false };
    map.entries().unwrap_or_default().iter().any(|(k, _)| text_in(k).as_deref() == Some("dedicated"))
}
