//! Jobs and tasks.

use smol_str::SmolStr;

use crate::emit::sink::{I32, I64, Message, Set, Sink, TextMap, ThriftType, Value};
use crate::model::thrift::{
    Constraint, CronCollisionPolicy, ExecutorConfig, Identity, JobConfiguration, JobKey, MesosFetcherUri,
    Metadata, PartitionPolicy, Resource, SlaPolicy, TaskConfig, TaskConstraint,
};

impl Message for JobConfiguration {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(9, "key", &self.key);
        to.field(7, "owner", &self.owner);
        to.optional(4, "cronSchedule", self.cron_schedule.as_ref());
        to.field(5, "cronCollisionPolicy", &self.cron_collision_policy);
        to.field(6, "taskConfig", &self.task_config);
        to.field(8, "instanceCount", &I32(self.instance_count));
    }
}

impl Message for JobKey {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "role", &self.role);
        to.field(2, "environment", &self.environment);
        to.field(3, "name", &self.name);
    }
}

impl Message for Identity {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(2, "user", &self.user);
    }
}

impl Value for CronCollisionPolicy {
    const KIND: ThriftType = ThriftType::I32;

    fn put<S: Sink>(&self, to: &mut S) {
        to.enumeration(self.number(), self.name());
    }
}

impl Message for TaskConfig {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(28, "job", &self.job);
        to.field(17, "owner", &self.owner);
        to.field(7, "isService", &self.is_service);
        to.field(11, "priority", &I32(self.priority));
        to.field(13, "maxTaskFailures", &I32(self.max_task_failures));
        to.optional(18, "production", self.production.as_ref());
        to.optional(30, "tier", self.tier.as_ref());
        to.field(32, "resources", &Set(&self.resources));
        to.field(20, "constraints", &Set(&self.constraints));
        to.optional(33, "mesosFetcherUris", self.mesos_fetcher_uris.as_deref().map(Set).as_ref());
        to.field(22, "taskLinks", &TextMap(&self.task_links));
        to.optional(23, "contactEmail", self.contact_email.as_ref());
        to.optional(25, "executorConfig", self.executor_config.as_ref());
        to.field(27, "metadata", &Set(&self.metadata));
        to.optional(34, "partitionPolicy", self.partition_policy.as_ref());
        to.optional(35, "slaPolicy", self.sla_policy.as_ref());
        to.field(29, "container", &self.container);
    }
}

impl Message for Resource {
    fn fields<S: Sink>(&self, to: &mut S) {
        match self {
            Resource::NumCpus(cores) => to.field(1, "numCpus", cores),
            Resource::RamMb(size) => to.field(2, "ramMb", &I64(*size)),
            Resource::DiskMb(size) => to.field(3, "diskMb", &I64(*size)),
            Resource::NamedPort(name) => to.field(4, "namedPort", name),
            Resource::NumGpus(count) => to.field(5, "numGpus", &I64(*count)),
        }
    }
}

impl Message for Constraint {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "name", &self.name);
        to.field(2, "constraint", &self.constraint);
    }
}

impl Message for TaskConstraint {
    fn fields<S: Sink>(&self, to: &mut S) {
        match self {
            TaskConstraint::Value { negated, values } => {
                to.field(1, "value", &ValueConstraint { negated: *negated, values });
            }
            TaskConstraint::Limit(limit) => to.field(2, "limit", &LimitConstraint(*limit)),
        }
    }
}

struct ValueConstraint<'a> {
    negated: bool,
    values: &'a [SmolStr],
}

impl Message for ValueConstraint<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "negated", &self.negated);
        to.field(2, "values", &Set(self.values));
    }
}

struct LimitConstraint(i64);

impl Message for LimitConstraint {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "limit", &I32(self.0));
    }
}

impl Message for MesosFetcherUri {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "value", &self.value);
        to.field(2, "extract", &self.extract);
        to.field(3, "cache", &self.cache);
        to.optional(4, "outputFile", self.output_file.as_ref());
    }
}

impl Message for ExecutorConfig {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "name", &self.name);
        to.field(2, "data", &self.data);
    }
}

impl Message for Metadata {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "key", &self.key);
        to.field(2, "value", &self.value);
    }
}

impl Message for PartitionPolicy {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "reschedule", &self.reschedule);
        to.optional(2, "delaySecs", self.delay_secs.map(I64).as_ref());
    }
}

impl Message for SlaPolicy {
    fn fields<S: Sink>(&self, to: &mut S) {
        match self {
            SlaPolicy::Percentage { percentage, duration_secs } => {
                let policy = PercentageSlaPolicy { percentage: *percentage, duration_secs: *duration_secs };
                to.field(1, "percentageSlaPolicy", &policy);
            }
            SlaPolicy::Count { count, duration_secs } => {
                let policy = CountSlaPolicy { count: *count, duration_secs: *duration_secs };
                to.field(2, "countSlaPolicy", &policy);
            }
            SlaPolicy::Coordinator { coordinator_url, status_key } => {
                to.field(3, "coordinatorSlaPolicy", &CoordinatorSlaPolicy { coordinator_url, status_key });
            }
        }
    }
}

struct PercentageSlaPolicy {
    percentage: f64,
    duration_secs: i64,
}

impl Message for PercentageSlaPolicy {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "percentage", &self.percentage);
        to.field(2, "durationSecs", &I64(self.duration_secs));
    }
}

struct CountSlaPolicy {
    count: i64,
    duration_secs: i64,
}

impl Message for CountSlaPolicy {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "count", &I64(self.count));
        to.field(2, "durationSecs", &I64(self.duration_secs));
    }
}

struct CoordinatorSlaPolicy<'a> {
    coordinator_url: &'a str,
    status_key: &'a str,
}

impl Message for CoordinatorSlaPolicy<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "coordinatorUrl", self.coordinator_url);
        to.field(2, "statusKey", self.status_key);
    }
}
