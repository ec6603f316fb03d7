//! Tier, executor, and dedicated hosts.

use smol_str::SmolStr;

use super::check::{JobCheck, quoted};
use super::identity::{GOOD_IDENTIFIER, wrong_identifier};
use crate::diagnostics::codes::admission::{
    DEDICATED_LIMIT, DEDICATED_ROLE, DEDICATED_VALUES, EXECUTOR_NOT_IN_CLUSTER, EXECUTOR_WITHOUT_NAME,
    IDENTIFIER_REFUSED, UNKNOWN_TIER,
};
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::lints::admission::DEDICATED_NEGATED;
use crate::model::ConvertedJob;
use crate::model::convert::AURORA_EXECUTOR;
use crate::model::settings::Settings;
use crate::model::thrift::TaskConstraint;

pub(super) fn check(check: &mut JobCheck<'_>) {
    tier(check);
    executor(check);
    let constraints = &check.task().constraints;
    for dedicated in constraints.iter().filter(|c| c.name == "dedicated") {
        match &dedicated.constraint {
            TaskConstraint::Limit(limit) => dedicated_limit(check, *limit),
            TaskConstraint::Value { negated, values } => dedicated_values(check, *negated, values),
        }
    }
}

fn tier(check: &mut JobCheck<'_>) {
    let Some(name) = &check.task().tier else { return };
    if let Some(wrong) = wrong_identifier(name) {
        let message = format!("the tier {} {wrong}", quoted(name));
        let problem = check.text_error(&IDENTIFIER_REFUSED, "tier", name, message);
        check.found.push(problem.help(GOOD_IDENTIFIER));
        return;
    }
    if check.settings.tier(name).is_some() {
        return;
    }
    let names = || check.settings.tiers.iter().map(|t| t.name.as_str());
    let message = format!("the cluster has no tier {}", quoted(name));
    let mut problem = check.text_error(&UNKNOWN_TIER, "tier", name, message);
    if let Some(near) = nearest(name, names()) {
        problem = check.mended(problem, "tier", name, near);
    }
    problem = problem.help(format!("the tiers are {}", quoted_list(names(), 10)));
    check.found.push(check.limited_by(problem, "tiers"));
}

fn executor(check: &mut JobCheck<'_>) {
    if check.task().executor_config.as_ref().is_some_and(|executor| executor.name.is_empty()) {
        let message = "the executor's name is `` (empty), and the scheduler wants one".to_string();
        check.refuse(&EXECUTOR_WITHOUT_NAME, "executor_config.name", message, |d| {
            d.help(format!("leave the name out for {AURORA_EXECUTOR}"))
        });
    }
}

/// A job whose executor is neither declared nor one of the cluster's; only where the cluster is known.
pub(super) fn unknown_executor(
    job: &ConvertedJob,
    settings: &Settings,
    declared: &[&str],
) -> Option<Diagnostic> {
    let name = job.configuration.task_config.executor_config.as_ref()?.name.as_str();
    let known = || {
        let of_cluster = settings.executors.iter().map(String::as_str);
        of_cluster.chain(declared.iter().copied()).chain([AURORA_EXECUTOR])
    };
    if !settings.knows_cluster() || name.is_empty() || known().any(|k| k == name) {
        return None;
    }
    let check = JobCheck::new(job, settings);
    let message = format!("the cluster has no executor {}", quoted(name));
    let mut problem = Diagnostic::error(&EXECUTOR_NOT_IN_CLUSTER, check.at("executor_config.name"), message);
    if let Some(near) = nearest(name, known()) {
        problem = problem.help(format!("did you mean `{near}`?"));
    }
    let names = quoted_list(known(), 10);
    problem = problem.help(format!(
        "known executors are {names}; declare it in `executors`, or add it to `executors` of the cluster's settings"
    ));
    Some(check.limited_by(problem, "executors"))
}

const DEDICATED: &str = "constraints.dedicated";

fn dedicated_limit(check: &mut JobCheck<'_>, limit: i64) {
    let role = &check.job.configuration.key.role;
    let message = format!(
        "the constraint `dedicated` is a limit, {}, where the scheduler wants a value",
        quoted(&format!("limit:{limit}"))
    );
    check.refuse(&DEDICATED_LIMIT, DEDICATED, message, |d| d.help(example(role)));
}

fn dedicated_values(check: &mut JobCheck<'_>, negated: bool, values: &[SmolStr]) {
    let role = &check.job.configuration.key.role;
    let mut distinct: Vec<&str> = values.iter().map(SmolStr::as_str).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let [value] = distinct.as_slice() else {
        let message = format!(
            "the constraint `dedicated` has {} values, {}, where the scheduler wants one",
            distinct.len(),
            quoted(&values.join(","))
        );
        return check.refuse(&DEDICATED_VALUES, DEDICATED, message, |d| d.help(example(role)));
    };
    let owner = value.split('/').next().unwrap_or_default();
    if owner != "*" && owner != role {
        let message = format!(
            "the job's role is {}, but the constraint `dedicated` is {}, for hosts of the role {}",
            quoted(role),
            quoted(value),
            quoted(owner)
        );
        let place = check.at("role");
        check.refuse(&DEDICATED_ROLE, DEDICATED, message, |d| {
            d.label(place, "the job's role").help(example(role))
        });
    } else if negated {
        let message = format!(
            "the constraint `dedicated` is negated, {}: the job would run on all other hosts",
            quoted(&format!("!{value}"))
        );
        let place = check.at(DEDICATED);
        let doubt = Diagnostic::warning(&DEDICATED_NEGATED, place, message);
        check.found.push(doubt.help("drop the `!` to run on the dedicated hosts"));
    }
}

fn example(role: &str) -> String {
    format!("write '{role}/PURPOSE', or '*/PURPOSE' for hosts that every role may use")
}
