//! Which field of a job a message of the scheduler is about.
//!
//! The messages are those of `ConfigurationManager`, `SchedulerThriftInterface`, `QuotaManager`, `TierManager` and the cron
//! classes of Aurora 0.22.

/// A message, by how it begins and what else it has, and the path of the field that it is about.
struct Rule {
    begins: &'static str,
    has: &'static str,
    field: &'static str,
}

const fn rule(begins: &'static str, has: &'static str, field: &'static str) -> Rule {
    Rule { begins, has, field }
}

/// The first that fits holds.
const RULES: &[Rule] = &[
    rule("num_cpus must be", "", "task.resources.cpu"),
    rule("ram_mb must be", "", "task.resources.ram"),
    rule("disk_mb must be", "", "task.resources.disk"),
    rule("GPU resource support is disabled", "", "task.resources.gpu"),
    rule("Multiple resource values are not supported", "", "task.resources"),
    rule("Insufficient resource quota", "CPU", "task.resources.cpu"),
    rule("Insufficient resource quota", "RAM", "task.resources.ram"),
    rule("Insufficient resource quota", "disk", "task.resources.disk"),
    rule("Insufficient resource quota", "GPU", "task.resources.gpu"),
    rule("Insufficient resource quota", "", "task.resources"),
    rule("Instance count must be", "", "instances"),
    rule("Job environment ", "doesn't match", "environment"),
    rule("Job ", "already exists", "name"),
    rule("A service task may not be run on a cron schedule", "", "cron_schedule"),
    rule("Invalid cron schedule", "", "cron_schedule"),
    rule("Cron jobs may only be", "", "cron_schedule"),
    rule("Job ", "has no cron schedule", "cron_schedule"),
    rule("Updates are not supported for non-service", "", "service"),
    rule("Tier '", "does not support SlaPolicy", "sla_policy"),
    rule("Tier contains illegal characters", "", "tier"),
    rule("Invalid tier", "", "tier"),
    rule("Job with fewer than", "SlaPolicy", "sla_policy"),
    rule("Current PercentageSlaPolicy", "", "sla_policy.percentage"),
    rule("Current CountSlaPolicy", "", "sla_policy.count"),
    rule("PercentageSlaPolicy: durationSecs", "", "sla_policy.duration_secs"),
    rule("CountSlaPolicy: durationSecs", "", "sla_policy.duration_secs"),
    rule("slaAware is true", "", "update_config.sla_aware"),
    rule("This scheduler is configured to disallow Docker parameters", "", "container"),
    rule("This scheduler is configured to require an executor", "", "container"),
    rule("This scheduler is configured to disallow container volumes", "", "container"),
    rule("This scheduler is not configured to allow the container type", "", "container"),
    rule("A container must specify an image", "", "container"),
    rule("A job must have a container type", "", "container"),
    rule("Mesos Fetcher for individual jobs is disabled", "", "mesos_fetcher_uris"),
    rule("Configuration for executor '", "doesn't exist", "executor_config"),
    rule("Executor name may not be left unset", "", "executor_config"),
    rule("Configuration may not be null", "", "executor_config"),
    rule("A dedicated constraint must", "", "constraints"),
    rule("Only ", "may use hosts dedicated for that role", "constraints"),
    rule("Update results in no instance being modified", "", "update_config"),
    rule("All update group sizes must be positive", "", "update_config.update_strategy"),
    rule("Update strategy provided is unknown", "", "update_config.update_strategy"),
    rule("maxFailedInstances must be", "", "update_config.max_total_failures"),
    rule("maxPerInstanceFailures must be", "", "update_config.max_per_shard_failures"),
    rule("Your update allows too many failures", "", "update_config.max_per_shard_failures"),
    rule("minWaitInInstanceRunningMs must be", "", "update_config.watch_secs"),
    rule("blockIfNoPulsesAfterMs must be", "", "update_config.pulse_interval_secs"),
];

/// The path of the job's field that a message of the scheduler is about, such as `task.resources.cpu`, where that is known.
pub fn field_of(message: &str) -> Option<&'static str> {
    let fits = |rule: &&Rule| message.starts_with(rule.begins) && message.contains(rule.has);
    RULES.iter().find(fits).map(|rule| rule.field)
}
