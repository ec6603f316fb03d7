//! The messages of Aurora's `api.thrift` (0.22) that a job becomes, field for field.
//!
//! Names are Thrift's own, in Rust's case. `None` is an optional field that is not set. Sets are vectors in a
//! deterministic order.

use smol_str::SmolStr;

/// `JobKey`. What is short in most jobs needs no memory of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobKey {
    /// The role (a user or group) that owns the job.
    pub role: SmolStr,
    /// The environment, such as `prod`.
    pub environment: SmolStr,
    /// The job's name.
    pub name: SmolStr,
}

impl JobKey {
    /// The key with the cluster it is in: `cluster/role/environment/name`.
    pub fn within(&self, cluster: &str) -> String {
        [cluster, &self.role, &self.environment, &self.name].join("/")
    }
}

/// `Identity`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The user who submits the job.
    pub user: SmolStr,
}

/// `JobConfiguration`
#[derive(Debug, Clone, PartialEq)]
pub struct JobConfiguration {
    /// Field 9.
    pub key: JobKey,
    /// Field 7.
    pub owner: Identity,
    /// Field 4. Empty text is kept as it is.
    pub cron_schedule: Option<String>,
    /// Field 5.
    pub cron_collision_policy: CronCollisionPolicy,
    /// Field 6.
    pub task_config: TaskConfig,
    /// Field 8.
    pub instance_count: i64,
}

/// `CronCollisionPolicy`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CronCollisionPolicy {
    /// 0
    KillExisting,
    /// 1
    CancelNew,
    /// 2
    RunOverlap,
}

impl CronCollisionPolicy {
    /// Every policy, by Thrift's number.
    pub const ALL: [CronCollisionPolicy; 3] =
        [CronCollisionPolicy::KillExisting, CronCollisionPolicy::CancelNew, CronCollisionPolicy::RunOverlap];

    /// Thrift's name.
    pub fn name(self) -> &'static str {
        match self {
            CronCollisionPolicy::KillExisting => "KILL_EXISTING",
            CronCollisionPolicy::CancelNew => "CANCEL_NEW",
            CronCollisionPolicy::RunOverlap => "RUN_OVERLAP",
        }
    }

    /// Thrift's number.
    pub fn number(self) -> i32 {
        self as i32
    }
}

/// `TaskConfig`
#[derive(Debug, Clone, PartialEq)]
pub struct TaskConfig {
    /// Field 28.
    pub job: JobKey,
    /// Field 17.
    pub owner: Identity,
    /// Field 7.
    pub is_service: bool,
    /// Field 11.
    pub priority: i64,
    /// Field 13.
    pub max_task_failures: i64,
    /// Field 18.
    pub production: Option<bool>,
    /// Field 30.
    pub tier: Option<String>,
    /// Field 32, a set.
    pub resources: Vec<Resource>,
    /// Field 20, a set.
    pub constraints: Vec<Constraint>,
    /// Field 33, a set.
    pub mesos_fetcher_uris: Option<Vec<MesosFetcherUri>>,
    /// Field 22; the stock client always sends an empty map.
    pub task_links: Vec<(String, String)>,
    /// Field 23.
    pub contact_email: Option<String>,
    /// Field 25.
    pub executor_config: Option<ExecutorConfig>,
    /// Field 27, a set.
    pub metadata: Vec<Metadata>,
    /// Field 34.
    pub partition_policy: Option<PartitionPolicy>,
    /// Field 35.
    pub sla_policy: Option<SlaPolicy>,
    /// Field 29.
    pub container: Container,
}

/// `Resource`, a union.
#[derive(Debug, Clone, PartialEq)]
pub enum Resource {
    /// Field 1: cores.
    NumCpus(f64),
    /// Field 2: MB.
    RamMb(i64),
    /// Field 3: MB.
    DiskMb(i64),
    /// Field 4: the name of a port to allocate.
    NamedPort(SmolStr),
    /// Field 5.
    NumGpus(i64),
}

/// `Constraint`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Field 1: the host attribute.
    pub name: SmolStr,
    /// Field 2.
    pub constraint: TaskConstraint,
}

/// `TaskConstraint`, a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskConstraint {
    /// Field 1, a `ValueConstraint`: 1 negated, 2 values (a set).
    Value {
        /// Whether the host must have none of the values.
        negated: bool,
        /// The values.
        values: Vec<SmolStr>,
    },
    /// Field 2, a `LimitConstraint`: 1 limit.
    Limit(i64),
}

/// `MesosFetcherURI`
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MesosFetcherUri {
    /// Field 1.
    pub value: String,
    /// Field 2. Always sent: unset means false to the scheduler, but clients in Go read it without looking.
    pub extract: bool,
    /// Field 3. Always sent, for the same reason.
    pub cache: bool,
    /// Field 4.
    pub output_file: Option<String>,
}

/// `ExecutorConfig`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecutorConfig {
    /// Field 1.
    pub name: String,
    /// Field 2: what the executor reads; for Thermos the job as JSON text.
    pub data: String,
}

/// `Metadata`
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Metadata {
    /// Field 1.
    pub key: String,
    /// Field 2.
    pub value: String,
}

/// `PartitionPolicy`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionPolicy {
    /// Field 1.
    pub reschedule: bool,
    /// Field 2: seconds.
    pub delay_secs: Option<i64>,
}

/// `SlaPolicy`, a union.
#[derive(Debug, Clone, PartialEq)]
pub enum SlaPolicy {
    /// Field 1: 1 percentage, 2 durationSecs.
    Percentage {
        /// Percent of instances that must be up.
        percentage: f64,
        /// Seconds.
        duration_secs: i64,
    },
    /// Field 2: 1 count, 2 durationSecs.
    Count {
        /// Instances that must be up.
        count: i64,
        /// Seconds.
        duration_secs: i64,
    },
    /// Field 3: 1 coordinatorUrl, 2 statusKey.
    Coordinator {
        /// Where to ask.
        coordinator_url: String,
        /// The key of the answer.
        status_key: String,
    },
}

/// `Container`, a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Container {
    /// Field 1, a `MesosContainer`: 1 image, 2 volumes.
    Mesos {
        /// The image.
        image: Option<Image>,
        /// The volumes; `None` where the job has no container.
        volumes: Option<Vec<Volume>>,
    },
    /// Field 2, a `DockerContainer`: 1 image, 2 parameters.
    Docker {
        /// The image.
        image: String,
        /// The parameters of `docker run`.
        parameters: Option<Vec<DockerParameter>>,
    },
}

/// `Image`, a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// Field 1, a `DockerImage`: 1 name, 2 tag.
    Docker {
        /// The name.
        name: String,
        /// The tag.
        tag: String,
    },
    /// Field 2, an `AppcImage`: 1 name, 2 imageId.
    Appc {
        /// The name.
        name: String,
        /// The image's id.
        image_id: String,
    },
}

/// `Volume`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Field 1.
    pub container_path: String,
    /// Field 2.
    pub host_path: String,
    /// Field 3.
    pub mode: Mode,
}

/// `Mode`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// 1
    Rw = 1,
    /// 2
    Ro = 2,
}

impl Mode {
    /// Thrift's name, which is Mesos's too.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Rw => "RW",
            Mode::Ro => "RO",
        }
    }

    /// Thrift's number.
    pub fn number(self) -> i32 {
        self as i32
    }
}

/// `DockerParameter`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DockerParameter {
    /// Field 1.
    pub name: String,
    /// Field 2.
    pub value: String,
}

/// `JobUpdateSettings`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobUpdateSettings {
    /// Field 1: instances updated at a time.
    pub update_group_size: i64,
    /// Field 2.
    pub max_per_instance_failures: i64,
    /// Field 3.
    pub max_failed_instances: i64,
    /// Field 5: milliseconds.
    pub min_wait_in_instance_running_ms: i64,
    /// Field 6.
    pub rollback_on_failure: bool,
    /// Field 8.
    pub wait_for_batch_completion: bool,
    /// Field 9: milliseconds.
    pub block_if_no_pulses_after_ms: Option<i64>,
    /// Field 10.
    pub sla_aware: Option<bool>,
    /// Field 11.
    pub update_strategy: Option<JobUpdateStrategy>,
}

/// `JobUpdateStrategy`, a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobUpdateStrategy {
    /// Field 1: 1 groupSize.
    Queue {
        /// Instances updated at a time.
        group_size: i64,
    },
    /// Field 2: 1 groupSize, 2 autopauseAfterBatch.
    Batch {
        /// Instances of a batch.
        group_size: i64,
        /// Whether to pause after each batch.
        autopause_after_batch: bool,
    },
    /// Field 3: 1 groupSizes, 2 autopauseAfterBatch.
    VariableBatch {
        /// Instances of each batch.
        group_sizes: Vec<i64>,
        /// Whether to pause after each batch.
        autopause_after_batch: bool,
    },
}
