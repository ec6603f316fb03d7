//! Arguments of the scheduler's calls, of the service `AuroraSchedulerManager`.

use crate::emit::sink::{I32, Message, Sink};
use crate::model::thrift::{JobConfiguration, JobUpdateSettings, TaskConfig};

/// Of `createJob` and `scheduleCronJob`.
pub(in crate::emit) struct CreateArguments<'a>(pub(in crate::emit) &'a JobConfiguration);

impl Message for CreateArguments<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "description", self.0);
    }
}

/// Of `startJobUpdate`. There is no argument 2.
pub(in crate::emit) struct UpdateArguments<'a> {
    pub(in crate::emit) request: JobUpdateRequest<'a>,
    pub(in crate::emit) message: Option<&'a str>,
}

impl Message for UpdateArguments<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "request", &self.request);
        to.optional(3, "message", self.message);
    }
}

/// What to change a job into. Field 4, metadata of the update itself, is for a client to add.
pub(in crate::emit) struct JobUpdateRequest<'a> {
    pub(in crate::emit) task_config: &'a TaskConfig,
    pub(in crate::emit) instance_count: i64,
    pub(in crate::emit) settings: &'a JobUpdateSettings,
}

impl Message for JobUpdateRequest<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "taskConfig", self.task_config);
        to.field(2, "instanceCount", &I32(self.instance_count));
        to.field(3, "settings", self.settings);
    }
}
