//! What the wire cannot carry: whole numbers beyond 32 bits where the message has an `i32`, numbers that are not finite.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::NUMBER_TOO_LARGE;
use crate::emit::sink::{Message, Sink, ThriftType, Value};
use crate::model::CompiledJob;

/// Rejects the numbers of a job's message that do not fit their types.
///
/// # Errors
/// One diagnostic for each such number, at the place where it was written.
pub(in crate::emit) fn numbers<M: Message>(job: &CompiledJob, message: &M) -> Result<(), Vec<Diagnostic>> {
    let mut check = NumberCheck::default();
    message.put(&mut check);
    if check.found.is_empty() {
        return Ok(());
    }
    Err(check.found.into_iter().map(|misfit| refused(job, misfit)).collect())
}

/// A number that does not fit, and the message's field it is for.
struct Misfit {
    field: &'static str,
    number: String,
    needs: &'static str,
}

fn refused(job: &CompiledJob, Misfit { field, number, needs }: Misfit) -> Diagnostic {
    let message = format!("`{field}` of job {} cannot be sent: {number} is not {needs}", job.key());
    let span = written_as(field).map_or_else(|| job.places.span(), |path| job.places.at(path));
    Diagnostic::error(&NUMBER_TOO_LARGE, span, message).here(format!("gives {number}"))
}

/// The path, in a job file's words, of what a field of a message is made from.
fn written_as(field: &str) -> Option<&'static str> {
    Some(match field {
        "instanceCount" => "instances",
        "priority" => "priority",
        "maxTaskFailures" => "max_task_failures",
        "limit" => "constraints",
        "numCpus" => "task.resources.cpu",
        "percentage" => "sla_policy.percentage",
        "updateGroupSize" => "update_config.batch_size",
        "groupSize" | "groupSizes" => "update_config.update_strategy",
        "maxPerInstanceFailures" => "update_config.max_per_shard_failures",
        "maxFailedInstances" => "update_config.max_total_failures",
        "minWaitInInstanceRunningMs" => "update_config.watch_secs",
        "blockIfNoPulsesAfterMs" => "update_config.pulse_interval_secs",
        _ => return None,
    })
}

/// An encoding that only looks.
#[derive(Default)]
struct NumberCheck {
    field: &'static str,
    found: Vec<Misfit>,
}

impl NumberCheck {
    fn add(&mut self, number: String, needs: &'static str) {
        self.found.push(Misfit { field: self.field, number, needs });
    }

    fn size(&mut self, size: usize) {
        if i32::try_from(size).is_err() {
            self.add(format!("a length of {size}"), "within 32 bits");
        }
    }
}

impl Sink for NumberCheck {
    fn begin_struct(&mut self) {}
    fn end_struct(&mut self) {}

    fn begin_field(&mut self, _number: i16, name: &'static str, _kind: ThriftType) {
        self.field = name;
    }

    fn end_field(&mut self) {}
    fn begin_items(&mut self, _kind: ThriftType, _item: ThriftType, count: usize) {
        self.size(count);
    }
    fn next_item(&mut self) {}
    fn end_items(&mut self) {}

    fn text_map(&mut self, entries: &[(String, String)]) {
        self.size(entries.len());
    }

    fn boolean(&mut self, _value: bool) {}

    fn double(&mut self, value: f64) {
        if !value.is_finite() {
            self.add(value.to_string(), "a finite number");
        }
    }

    fn int32(&mut self, value: i64) {
        if i32::try_from(value).is_err() {
            self.add(value.to_string(), "a whole number of 32 bits");
        }
    }

    fn int64(&mut self, _value: i64) {}

    fn text(&mut self, value: &str) {
        self.size(value.len());
    }

    fn enumeration(&mut self, _number: i32, _name: &'static str) {}
}
