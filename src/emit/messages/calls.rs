//! Arguments of the scheduler's calls, of the service `AuroraSchedulerManager`.

use crate::emit::sink::{I32, Message, Set, Sink};
use crate::model::CompiledJob;
use crate::model::thrift::{JobConfiguration, JobKey, JobUpdateSettings, Metadata, TaskConfig};

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

/// Of the calls about an update that has started. The message has another number in each call.
pub(in crate::emit) struct UpdateKeyArguments<'a> {
    pub(in crate::emit) key: JobUpdateKey<'a>,
    pub(in crate::emit) message: Option<(i16, &'a str)>,
}

impl Message for UpdateKeyArguments<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "key", &self.key);
        if let Some((number, message)) = self.message {
            to.field(number, "message", message);
        }
    }
}

/// Which update of which job.
pub(in crate::emit) struct JobUpdateKey<'a> {
    pub(in crate::emit) job: &'a JobKey,
    pub(in crate::emit) id: &'a str,
}

impl Message for JobUpdateKey<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "job", self.job);
        to.field(2, "id", self.id);
    }
}

/// What to change a job into.
pub(in crate::emit) struct JobUpdateRequest<'a> {
    task_config: &'a TaskConfig,
    instance_count: i64,
    settings: &'a JobUpdateSettings,
    /// Of the update itself, not of its job: for a client to fill in.
    metadata: Option<&'a [Metadata]>,
}

impl<'a> JobUpdateRequest<'a> {
    /// The request that updates a service; `None` for other jobs.
    pub(in crate::emit) fn of(job: &'a CompiledJob) -> Option<JobUpdateRequest<'a>> {
        Some(JobUpdateRequest {
            task_config: &job.configuration.task_config,
            instance_count: job.configuration.instance_count,
            settings: job.update.as_ref()?,
            metadata: None,
        })
    }

    /// The same, with an empty set of metadata.
    pub(in crate::emit) fn with_metadata(self) -> JobUpdateRequest<'a> {
        JobUpdateRequest { metadata: Some(&[]), ..self }
    }
}

impl Message for JobUpdateRequest<'_> {
    fn fields<S: Sink>(&self, to: &mut S) {
        to.field(1, "taskConfig", self.task_config);
        to.field(2, "instanceCount", &I32(self.instance_count));
        to.field(3, "settings", self.settings);
        to.optional(4, "metadata", self.metadata.map(Set).as_ref());
    }
}
