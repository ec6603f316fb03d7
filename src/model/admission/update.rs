//! The request for an update, as `startJobUpdate` takes it.

use super::check::{JobCheck, counted};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::admission::{
    UPDATE_FAILURES_NEGATIVE, UPDATE_GROUP_SIZE, UPDATE_TOO_MANY_FAILURES, UPDATE_WITHOUT_SLA,
};
use crate::model::thrift::{JobUpdateSettings, JobUpdateStrategy};

pub(super) fn check(check: &mut JobCheck<'_>) {
    let Some(update) = &check.job.update else { return };
    group_sizes(check, update);
    failures(check, update);
    if update.sla_aware == Some(true) && check.task().sla_policy.is_none() {
        let message = "`sla_aware = True` respects the job's SLA policy, but the job has none".to_string();
        check.refuse(&UPDATE_WITHOUT_SLA, "update_config.sla_aware", message, |d| {
            d.help("give the job an sla_policy, or leave sla_aware out")
        });
    }
}

fn group_sizes(check: &mut JobCheck<'_>, update: &JobUpdateSettings) {
    const OLD: &str = "update_config.batch_size";
    const NEW: &str = "update_config.update_strategy.batch_size";
    match &update.update_strategy {
        None => group_size(check, OLD, update.update_group_size),
        Some(
            JobUpdateStrategy::Queue { group_size: size } | JobUpdateStrategy::Batch { group_size: size, .. },
        ) => {
            let path = if check.job.places.exactly(NEW).is_some() { NEW } else { OLD };
            group_size(check, path, *size);
        }
        Some(JobUpdateStrategy::VariableBatch { group_sizes, .. }) => {
            const SIZES: &str = "update_config.update_strategy.batch_sizes";
            for (index, size) in group_sizes.iter().enumerate() {
                group_size(check, &format!("{SIZES}[{index}]"), *size);
            }
            if group_sizes.is_empty() {
                let message = "the update's list of batch sizes is empty, `[]`, so no instance would change"
                    .to_string();
                check.refuse(&UPDATE_GROUP_SIZE, SIZES, message, |d| d.help("list at least one size"));
            }
        }
    }
}

fn group_size(check: &mut JobCheck<'_>, path: &str, size: i64) {
    if size <= 0 {
        let message = format!("the update's batch size is `{size}`, and the scheduler wants at least 1");
        check.refuse(&UPDATE_GROUP_SIZE, path, message, |d| d.help("write a number from 1"));
    }
}

fn failures(check: &mut JobCheck<'_>, update: &JobUpdateSettings) {
    let per_instance = update.max_per_instance_failures;
    for (field, value) in
        [("max_per_shard_failures", per_instance), ("max_total_failures", update.max_failed_instances)]
    {
        if value < 0 {
            let message = format!("`{field}` is `{value}`, and the scheduler wants 0 or more");
            let path = format!("update_config.{field}");
            check.refuse(&UPDATE_FAILURES_NEGATIVE, &path, message, |d| d.help("0 tolerates no failure"));
        }
    }
    let most = check.settings.max_update_instance_failures;
    let instances = check.instances();
    let all = per_instance.saturating_mul(instances);
    if instances <= 0 || all <= most {
        return;
    }
    let message = format!(
        "`max_per_shard_failures` is `{per_instance}`; for {} that makes up to {all} failures, and the scheduler takes at most {most}",
        counted(instances, "instance")
    );
    let place = check.at("instances");
    let problem = Diagnostic::error(
        &UPDATE_TOO_MANY_FAILURES,
        check.at("update_config.max_per_shard_failures"),
        message,
    )
    .label(place, "the number of instances")
    .help(format!("write max_per_shard_failures = {} or less", most / instances));
    check.found.push(check.limited_by(problem, "max_update_instance_failures"));
}
