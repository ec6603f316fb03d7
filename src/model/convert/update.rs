//! Settings of an update (client/api/updater_util.py).

use super::container::unwrapped;
use super::reader::Reader;
use crate::diagnostics::codes::job::BAD_UPDATE;
use crate::diagnostics::{Diagnostic, Severity};
use crate::model::thrift::{JobUpdateSettings, JobUpdateStrategy};
use crate::source::Span;
use crate::template::Object;
use crate::template::value::Value;

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

/// The settings for startJobUpdate; services only. What the update would be rejected for is a warning, or an error if
/// `strict`; the settings are there all the same, unless they contradict themselves.
pub(super) fn settings(job: &Object, strict: bool, reader: &mut Reader) -> Option<JobUpdateSettings> {
    if reader.boolean(job, "service") != Some(true) {
        return None;
    }
    let mut own = Reader::default();
    let result = read(job, &mut own);
    let sound = reader.is_clean();
    for mut diagnostic in own.into_diagnostics() {
        let ours = *diagnostic.code == BAD_UPDATE;
        if !ours && !sound {
            // The checks of the whole job have said it.
            continue;
        }
        // A job whose update cannot be read can be created all the same.
        diagnostic.code = &BAD_UPDATE;
        if !strict {
            diagnostic.severity = Severity::Warning;
        }
        reader.push(diagnostic);
    }
    result
}

fn read(job: &Object, reader: &mut Reader) -> Option<JobUpdateSettings> {
    let update = reader.structure(job, "update_config")?;
    let place = job.field_span("update_config").or(job.origin());
    let fields = read_fields(&update, reader)?;
    check(&update, place, &fields, reader);
    if is_ambiguous(&update, place, &fields, reader) {
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
        min_wait_in_instance_running_ms: fields.watch_secs.saturating_mul(1000),
        rollback_on_failure: fields.rollback_on_failure,
        wait_for_batch_completion: wait,
        block_if_no_pulses_after_ms: fields
            .pulse_interval_secs
            .filter(|s| *s != 0)
            .map(|s| s.saturating_mul(1000)),
        sla_aware: Some(fields.sla_aware),
        update_strategy: Some(strategy),
    })
}

fn read_fields(update: &Object, reader: &mut Reader) -> Option<Fields> {
    Some(Fields {
        batch_size: reader.integer(update, "batch_size")?,
        watch_secs: reader.integer(update, "watch_secs")?,
        max_total_failures: reader.integer(update, "max_total_failures")?,
        max_per_shard_failures: reader.integer(update, "max_per_shard_failures")?,
        rollback_on_failure: reader.boolean(update, "rollback_on_failure")?,
        wait_for_batch_completion: reader.boolean(update, "wait_for_batch_completion")?,
        pulse_interval_secs: reader.optional_integer(update, "pulse_interval_secs"),
        sla_aware: reader.boolean(update, "sla_aware")?,
        strategy: reader.field(update, "update_strategy").map(unwrapped),
    })
}

fn check(update: &Object, place: Span, fields: &Fields, reader: &mut Reader) {
    let span = |name: &'static str| update.field_span(name).or(place);
    check_group_size("batch_size", fields.batch_size, span("batch_size"), reader);
    if let Some(pulse) = fields.pulse_interval_secs.filter(|p| *p < SHORTEST_PULSE) {
        let message =
            format!("`pulse_interval_secs` is {pulse}, but must be at least {SHORTEST_PULSE} seconds");
        reader.push(Diagnostic::error(&BAD_UPDATE, span("pulse_interval_secs"), message));
    }
}

/// Says what is wrong with a group of so many instances, if anything.
fn check_group_size(name: &str, size: i64, span: Span, reader: &mut Reader) {
    if size <= 0 {
        let message = format!("`{name}` is {size}, but an update needs groups of at least 1");
        reader.push(Diagnostic::error(&BAD_UPDATE, span, message));
    }
}

/// Whether the settings say the same thing twice, beside a strategy and in it.
fn is_ambiguous(update: &Object, place: Span, fields: &Fields, reader: &mut Reader) -> bool {
    if fields.strategy.is_none() {
        return false;
    }
    let mut clash = |name: &'static str| {
        let span = update.field_span(name).or(place);
        let message = format!("`{name}` stands beside an explicit `update_strategy`");
        let d = Diagnostic::error(&BAD_UPDATE, span, message);
        let d = d.label(update.field_span("update_strategy"), "the strategy");
        reader.push(d.help(format!("leave `{name}` out and say it in the strategy")));
    };
    if fields.wait_for_batch_completion {
        clash("wait_for_batch_completion");
    }
    if fields.batch_size > 1 {
        clash("batch_size");
    }
    fields.wait_for_batch_completion || fields.batch_size > 1
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
    let size = reader.integer(strategy, "batch_size")?;
    check_group_size("batch_size", size, strategy.field_span("batch_size").or(strategy.origin()), reader);
    Some(size)
}

fn group_sizes(strategy: &Object, reader: &mut Reader) -> Option<Vec<i64>> {
    let span = strategy.field_span("batch_sizes").or(strategy.origin());
    reader.required(strategy, "batch_sizes")?;
    let list = reader.optional_list(strategy, "batch_sizes").unwrap_or_default();
    let mut sizes = Vec::with_capacity(list.len());
    for (index, item) in list.iter().enumerate() {
        let size = item.raw().and_then(Value::as_i64)?;
        check_group_size(&format!("batch_sizes[{index}]"), size, item.origin().or(span), reader);
        sizes.push(size);
    }
    Some(sizes)
}
