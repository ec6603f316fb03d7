//! Metadata, SLA policy, partition policy, cron collision policy.

use indexmap::IndexSet;

use super::container::unwrapped;
use super::reader::Reader;
use crate::diagnostics::codes::job::BAD_CHOICE_OF_WORD;
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::thrift::{CronCollisionPolicy, Metadata, PartitionPolicy, SlaPolicy};
use crate::template::Object;

/// The metadata of a job: a set, in written order.
pub(super) fn metadata(job: &Object, reader: &mut Reader) -> Vec<Metadata> {
    let mut out: IndexSet<Metadata> = IndexSet::new();
    for entry in reader.optional_list(job, "metadata").unwrap_or_default().iter() {
        if let (Some(key), Some(value)) = (reader.text(entry, "key"), reader.text(entry, "value")) {
            out.insert(Metadata { key, value });
        }
    }
    out.into_iter().collect()
}

/// The partition policy, if the job has one.
pub(super) fn partition(job: &Object, reader: &mut Reader) -> Option<PartitionPolicy> {
    let policy = reader.field(job, "partition_policy")?;
    let reschedule = reader.boolean(&policy, "reschedule");
    let delay_secs = reader.integer(&policy, "delay_secs");
    Some(PartitionPolicy { reschedule: reschedule?, delay_secs: Some(delay_secs?) })
}

/// The SLA policy, if the job has one.
pub(super) fn sla(job: &Object, reader: &mut Reader) -> Option<SlaPolicy> {
    let policy = unwrapped(reader.field(job, "sla_policy")?);
    match policy.ty().name() {
        "CoordinatorSlaPolicy" => {
            let coordinator_url = reader.text(&policy, "coordinator_url");
            let status_key = reader.text(&policy, "status_key");
            Some(SlaPolicy::Coordinator { coordinator_url: coordinator_url?, status_key: status_key? })
        }
        "CountSlaPolicy" => {
            let count = reader.integer(&policy, "count");
            let duration_secs = reader.integer(&policy, "duration_secs");
            Some(SlaPolicy::Count { count: count?, duration_secs: duration_secs? })
        }
        _ => {
            let percentage = reader.float(&policy, "percentage");
            let duration_secs = reader.integer(&policy, "duration_secs");
            Some(SlaPolicy::Percentage { percentage: percentage?, duration_secs: duration_secs? })
        }
    }
}

/// What happens when a cron run meets the one before; written in any case.
pub(super) fn cron_collision(job: &Object, reader: &mut Reader) -> Option<CronCollisionPolicy> {
    let text = reader.text(job, "cron_collision_policy")?;
    let found = CronCollisionPolicy::ALL.into_iter().find(|p| p.name() == text.to_uppercase());
    if found.is_none() {
        let span = job.field_span("cron_collision_policy").or(job.origin());
        let names = CronCollisionPolicy::ALL.map(CronCollisionPolicy::name);
        let d = Diagnostic::error(
            &BAD_CHOICE_OF_WORD,
            span,
            format!("there is no cron collision policy `{text}`"),
        );
        let d = d.note(format!("the policies are {}", crate::diagnostics::quoted_list(names, 3)));
        reader.push(match nearest(&text, names) {
            Some(near) => d.meant(&text, near),
            None => d,
        });
    }
    found
}
