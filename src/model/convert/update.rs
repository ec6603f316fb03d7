//! Settings of an update (client/api/updater_util.py).

use super::container::unwrapped;
use super::reader::{Reader, text_of};
use crate::diagnostics::codes::job::BAD_UPDATE;
use crate::diagnostics::{Diagnostic, Severity};
use crate::model::thrift::{JobUpdateSettings, JobUpdateStrategy};
use crate::source::Span;
use crate::template::value::Value;
use crate::template::{Object, parse_integer};

/// Shortest pulse interval, in seconds (MIN_PULSE_INTERVAL_SECONDS).
const SHORTEST_PULSE: i64 = 60;

/// What the fields of an UpdateConfig say.
struct Fields {
    batch_size: i64,
    watch_secs: i64,
    max_total_failures: i64,
    max_per_shard_failures: i64,
    rollback_on_failure: bool,
    wait_for_batch_completion: bool,
    pulse_interval_secs: Option<i64>,
    sla_aware: bool,
    strategy: Option<Object>,
}

/// The settings for startJobUpdate; services only. Where the client would refuse the update, a warning, or an error
/// if `strict`.
pub(super) fn settings(job: &Object, strict: bool, reader: &mut Reader) -> Option<JobUpdateSettings> {
    if reader.boolean(job, "service") != Some(true) {
        return None;
    }
    let mut own = Reader::default();
    let result = read(job, &mut own);
    for mut diagnostic in own.into_diagnostics() {
        let ours = std::ptr::eq(diagnostic.code, &raw const BAD_UPDATE);
        if ours && !strict {
            diagnostic.severity = Severity::Warning;
        }
        // Whatever else is wrong with these fields has been said by the checks of the whole job.
        if ours {
            reader.push(diagnostic);
        }
    }
    result
}

fn read(job: &Object, reader: &mut Reader) -> Option<JobUpdateSettings> {
    let update = reader.structure(job, "update_config")?;
    let place = job.field_span("update_config").or(job.origin());
    let fields = read_fields(&update, reader)?;
    check(&update, place, &fields, reader);
    if !reader.is_clean() {
        return None;
    }
    let (group, wait, strategy) = match &fields.strategy {
        None => implied_strategy(&fields),
        Some(strategy) => explicit_strategy(strategy, &fields, reader)?,
    };
    Some(JobUpdateSettings {
        update_group_size: group,
        max_per_instance_failures: fields.max_per_shard_failures,
        max_failed_instances: fields.max_total_failures,
        min_wait_in_instance_running_ms: fields.watch_secs * 1000,
        rollback_on_failure: fields.rollback_on_failure,
        wait_for_batch_completion: wait,
        block_if_no_pulses_after_ms: fields.pulse_interval_secs.filter(|s| *s != 0).map(|s| s * 1000),
        sla_aware: Some(fields.sla_aware),
        update_strategy: Some(strategy),
    })
}

fn read_fields(update: &Object, reader: &mut Reader) -> Option<Fields> {
    Some(Fields {
        batch_size: reader.integer32(update, "batch_size")?,
        watch_secs: reader.integer32(update, "watch_secs")?,
        max_total_failures: reader.integer32(update, "max_total_failures")?,
        max_per_shard_failures: reader.integer32(update, "max_per_shard_failures")?,
        rollback_on_failure: reader.boolean(update, "rollback_on_failure")?,
        wait_for_batch_completion: reader.boolean(update, "wait_for_batch_completion")?,
        pulse_interval_secs: reader.optional_integer32(update, "pulse_interval_secs"),
        sla_aware: reader.boolean(update, "sla_aware")?,
        strategy: reader.field(update, "update_strategy").map(unwrapped),
    })
}

fn check(update: &Object, place: Span, fields: &Fields, reader: &mut Reader) {
    let span = |name: &'static str| update.field_span(name).or(place);
    if fields.batch_size <= 0 {
        let message =
            format!("`batch_size` is {}, but an update needs groups of at least 1", fields.batch_size);
        reader.push(Diagnostic::error(&BAD_UPDATE, span("batch_size"), message));
    }
    if let Some(pulse) = fields.pulse_interval_secs.filter(|p| *p < SHORTEST_PULSE) {
        let message =
            format!("`pulse_interval_secs` is {pulse}, but must be at least {SHORTEST_PULSE} seconds");
        reader.push(Diagnostic::error(&BAD_UPDATE, span("pulse_interval_secs"), message));
    }
    if fields.strategy.is_none() {
        return;
    }
    let clash = |name: &'static str| {
        Diagnostic::error(
            &BAD_UPDATE,
            span(name),
            format!("`{name}` stands beside an explicit `update_strategy`"),
        )
        .label(update.field_span("update_strategy"), "the strategy")
        .help(format!("leave `{name}` out and say it in the strategy"))
    };
    if fields.wait_for_batch_completion {
        reader.push(clash("wait_for_batch_completion"));
    }
    if fields.batch_size > 1 {
        reader.push(clash("batch_size"));
    }
}

fn implied_strategy(fields: &Fields) -> (i64, bool, JobUpdateStrategy) {
    let group_size = fields.batch_size;
    let wait = fields.wait_for_batch_completion;
    let strategy = if wait {
        JobUpdateStrategy::Batch { group_size, autopause_after_batch: false }
    } else {
        JobUpdateStrategy::Queue { group_size }
    };
    (group_size, wait, strategy)
}

/// Group size, whether to wait for batches, and the strategy. The stock client crashes on the first two kinds.
fn explicit_strategy(
    strategy: &Object,
    fields: &Fields,
    reader: &mut Reader,
) -> Option<(i64, bool, JobUpdateStrategy)> {
    match strategy.ty().name() {
        "QueueUpdateStrategy" => {
            let group_size = group_size(strategy, reader)?;
            Some((group_size, fields.wait_for_batch_completion, JobUpdateStrategy::Queue { group_size }))
        }
        "BatchUpdateStrategy" => {
            let group_size = group_size(strategy, reader)?;
            let autopause_after_batch = reader.boolean(strategy, "autopause_after_batch")?;
            Some((group_size, true, JobUpdateStrategy::Batch { group_size, autopause_after_batch }))
        }
        _ => {
            let group_sizes = group_sizes(strategy, reader)?;
            let autopause_after_batch = reader.boolean(strategy, "autopause_after_batch")?;
            let strategy = JobUpdateStrategy::VariableBatch { group_sizes, autopause_after_batch };
            Some((fields.batch_size, fields.wait_for_batch_completion, strategy))
        }
    }
}

fn group_size(strategy: &Object, reader: &mut Reader) -> Option<i64> {
    let size = reader.integer32(strategy, "batch_size")?;
    if size <= 0 {
        let span = strategy.field_span("batch_size").or(strategy.origin());
        let message = format!("`batch_size` is {size}, but an update needs groups of at least 1");
        reader.push(Diagnostic::error(&BAD_UPDATE, span, message));
        return None;
    }
    Some(size)
}

fn group_sizes(strategy: &Object, reader: &mut Reader) -> Option<Vec<i64>> {
    let span = strategy.field_span("batch_sizes").or(strategy.origin());
    reader.required(strategy, "batch_sizes")?;
    let list = reader.optional_list(strategy, "batch_sizes").unwrap_or_default();
    let mut sizes = Vec::with_capacity(list.len());
    for item in list.iter() {
        let text = text_of(item).unwrap_or_default();
        match parse_integer(&text).and_then(small) {
            Some(size) if size > 0 => sizes.push(size),
            _ => {
                let message = format!("`batch_sizes` holds {text}, but an update needs groups of at least 1");
                reader.push(Diagnostic::error(&BAD_UPDATE, item.origin().or(span), message));
                return None;
            }
        }
    }
    Some(sizes)
}

fn small(value: Value) -> Option<i64> {
    value.as_i64().filter(|n| i32::try_from(*n).is_ok())
}
