//! SLA policies: for whom they are, and that they leave an instance to stop.

use super::check::{JobCheck, counted, quoted};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::admission::{
    SLA_COUNT, SLA_DURATION, SLA_PERCENTAGE, SLA_TIER, SLA_TOO_FEW_INSTANCES,
};
use crate::model::thrift::SlaPolicy;

pub(super) fn check(check: &mut JobCheck<'_>) {
    let Some(policy) = &check.task().sla_policy else { return };
    tier(check);
    match policy {
        SlaPolicy::Coordinator { .. } => {}
        SlaPolicy::Count { count: wanted, duration_secs } => {
            enough_instances(check);
            count(check, *wanted);
            duration(check, *duration_secs);
        }
        SlaPolicy::Percentage { percentage: wanted, duration_secs } => {
            enough_instances(check);
            percentage(check, *wanted);
            duration(check, *duration_secs);
        }
    }
}

fn tier(check: &mut JobCheck<'_>) {
    let settings = check.settings;
    let Some(name) = check.task().tier.as_deref() else { return };
    // A tier that the cluster does not have is rejected as such.
    let Some(tier) = settings.tier(name) else { return };
    if settings.sla_aware_kill_non_prod || tier.is_production() {
        return;
    }
    let given = check.job.places.exactly("tier");
    let policy = check.at("sla_policy");
    let mut problem = match given {
        Some(place) => {
            let message = format!("the tier {} does not support an SLA policy", quoted(name));
            Diagnostic::error(&SLA_TIER, place, message).label(policy, "the SLA policy")
        }
        None => {
            let name = quoted(name);
            let message = format!("the job has an SLA policy, but its tier {name} does not support one");
            Diagnostic::error(&SLA_TIER, policy, message)
                .note(format!("the job names no tier, so it gets {name} from the cluster"))
        }
    };
    problem = match settings.tiers.iter().find(|t| t.is_production()) {
        Some(good) => problem.help(format!("write tier = '{}', or drop the SLA policy", good.name)),
        None => problem.help("drop the SLA policy: no tier of the cluster supports one"),
    };
    check.found.push(check.limited_by(problem, "sla_aware_kill_non_prod"));
}

fn enough_instances(check: &mut JobCheck<'_>) {
    let (given, least) = (check.instances(), check.settings.min_required_instances_for_sla_check);
    if given >= least {
        return;
    }
    let message = format!(
        "a job with {} cannot have a count or percentage SLA policy: the scheduler wants at least {least}",
        counted(given, "instance")
    );
    let policy = check.at("sla_policy");
    let place = check.at_first(&["instances", "sla_policy"]);
    let mut problem = Diagnostic::error(&SLA_TOO_FEW_INSTANCES, place, message);
    if place != policy {
        problem = problem.label(policy, "the SLA policy");
    }
    problem = problem.help(format!(
        "write instances = {least} or more, drop the policy, or use a CoordinatorSlaPolicy, which has no such limit"
    ));
    check.found.push(check.limited_by(problem, "min_required_instances_for_sla_check"));
}

fn count(check: &mut JobCheck<'_>, count: i64) {
    let instances = check.instances();
    if instances.saturating_sub(count) >= 1 {
        return;
    }
    let message = format!(
        "the SLA policy's count is `{count}` of {}, which leaves none that may be stopped",
        counted(instances, "instance")
    );
    let place = check.at("instances");
    check.refuse(&SLA_COUNT, "sla_policy.count", message, |d| {
        d.label(place, "the number of instances")
            .help(format!("write a count of at most {}", instances.saturating_sub(1).max(0)))
    });
}

/// The same sum in floating point as the scheduler's, so that the boundary is the same.
fn percentage(check: &mut JobCheck<'_>, percentage: f64) {
    let instances = check.instances() as f64;
    if instances - instances * (percentage / 100.0) >= 1.0 || percentage.is_nan() {
        return;
    }
    let message = format!(
        "the SLA policy's percentage is `{percentage}` of {}, which leaves less than one that may be stopped",
        counted(check.instances(), "instance")
    );
    let most = ((instances - 1.0) / instances * 100.0 * 1000.0).floor() / 1000.0;
    let place = check.at("instances");
    check.refuse(&SLA_PERCENTAGE, "sla_policy.percentage", message, |d| {
        d.label(place, "the number of instances").help(format!("write a percentage of at most {most}"))
    });
}

fn duration(check: &mut JobCheck<'_>, seconds: i64) {
    let most = check.settings.max_sla_duration_secs;
    if seconds <= most {
        return;
    }
    let message =
        format!("the SLA policy's duration is `{seconds}` seconds, and the scheduler takes at most {most}");
    let problem = Diagnostic::error(&SLA_DURATION, check.at("sla_policy.duration_secs"), message)
        .help(format!("write duration_secs = {most} or less"));
    check.found.push(check.limited_by(problem, "max_sla_duration_secs"));
}
