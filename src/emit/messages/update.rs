//! Update settings.

use crate::emit::sink::{I32, I32List, Message, Sink};
use crate::model::thrift::{JobUpdateSettings, JobUpdateStrategy};

impl Message for JobUpdateSettings {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "updateGroupSize", &I32(self.update_group_size));
        to.field(2, "maxPerInstanceFailures", &I32(self.max_per_instance_failures));
        to.field(3, "maxFailedInstances", &I32(self.max_failed_instances));
        to.field(5, "minWaitInInstanceRunningMs", &I32(self.min_wait_in_instance_running_ms));
        to.field(6, "rollbackOnFailure", &self.rollback_on_failure);
        to.field(8, "waitForBatchCompletion", &self.wait_for_batch_completion);
        to.optional(9, "blockIfNoPulsesAfterMs", self.block_if_no_pulses_after_ms.map(I32).as_ref());
        to.optional(10, "slaAware", self.sla_aware.as_ref());
        to.optional(11, "updateStrategy", self.update_strategy.as_ref());
    }
}

impl Message for JobUpdateStrategy {
    fn fields<S: Sink>(&self, to: &mut S) {
        match self {
            JobUpdateStrategy::Queue { group_size } => {
                to.field(1, "queueStrategy", &QueueJobUpdateStrategy(*group_size));
            }
            JobUpdateStrategy::Batch { group_size, autopause_after_batch } => {
                let strategy =
                    BatchJobUpdateStrategy { group_size: *group_size, autopause: *autopause_after_batch };
                to.field(2, "batchStrategy", &strategy);
            }
            JobUpdateStrategy::VariableBatch { group_sizes, autopause_after_batch } => {
                let strategy =
                    VariableBatchJobUpdateStrategy { group_sizes, autopause: *autopause_after_batch };
                to.field(3, "varBatchStrategy", &strategy);
            }
        }
    }
}

struct QueueJobUpdateStrategy(i64);

impl Message for QueueJobUpdateStrategy {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "groupSize", &I32(self.0));
    }
}

struct BatchJobUpdateStrategy {
    group_size: i64,
    autopause: bool,
}

impl Message for BatchJobUpdateStrategy {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "groupSize", &I32(self.group_size));
        to.field(2, "autopauseAfterBatch", &self.autopause);
    }
}

struct VariableBatchJobUpdateStrategy<'a> {
    group_sizes: &'a [i64],
    autopause: bool,
}

impl Message for VariableBatchJobUpdateStrategy<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "groupSizes", &I32List(self.group_sizes));
        to.field(2, "autopauseAfterBatch", &self.autopause);
    }
}
