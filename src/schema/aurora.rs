//! The Aurora types: jobs, updates, health checks, containers, policies (facts of Aurora's config/schema/base.py; the
//! descriptions are ours).

use super::spec::DefaultSpec::{self, Bool, EmptyList, Int, Map, Str, Struct};
use super::spec::TypeSpec::{self, Any, Boolean, Choice, Float, Integer, List, Named, String, StringMap};
use super::spec::{EnumSpec, StructSpec, default, extension, optional, required};

/// The default health checker: an HTTP check of `/health`.
const HTTP_CHECKER: DefaultSpec =
    Struct("HealthCheckerConfig", &[("http", Struct("HttpHealthChecker", &[]))]);

/// The default lifecycle: HTTP calls before a task is killed.
const HTTP_LIFECYCLE: DefaultSpec =
    Struct("LifecycleConfig", &[("http", Struct("HttpLifecycleConfig", &[]))]);

/// The alternatives of an update strategy.
const STRATEGIES: TypeSpec =
    Choice(&["QueueUpdateStrategy", "BatchUpdateStrategy", "VariableBatchUpdateStrategy"]);

/// The enums of Aurora.
pub(super) static ENUMS: &[EnumSpec] = &[EnumSpec {
    name: "Mode",
    type_name: "Enum_RO_RW",
    values: &["RO", "RW"],
    doc: "Whether a volume is read-only or read-write.",
}];

/// Named objects of the schema.
pub(super) static OBJECTS: &[(&str, DefaultSpec)] = &[
    ("DefaultHealthChecker", HTTP_CHECKER),
    ("DisableLifecycle", Struct("LifecycleConfig", &[])),
    ("DefaultLifecycleConfig", HTTP_LIFECYCLE),
    ("Service", Struct("MesosJob", &[("service", Bool(true))])),
];

/// The structs of Aurora, each after those it uses.
pub(super) static STRUCTS: &[StructSpec] = &[
    StructSpec {
        name: "MesosContext",
        doc: "What the executor binds when a task runs.",
        fields: &[
            required("instance", Integer, "The number of the instance, from 0."),
            required("hostname", String, "The host that the instance runs on."),
        ],
    },
    StructSpec {
        name: "QueueUpdateStrategy",
        doc: "Updates so many instances at a time, starting the next as one is done.",
        fields: &[default("batch_size", Integer, Int(1), "Instances updated at a time.")],
    },
    StructSpec {
        name: "BatchUpdateStrategy",
        doc: "Updates instances in batches, each after the one before is done.",
        fields: &[
            default("batch_size", Integer, Int(1), "Instances of a batch."),
            default("autopause_after_batch", Boolean, Bool(false), "Whether to pause after each batch."),
        ],
    },
    StructSpec {
        name: "VariableBatchUpdateStrategy",
        doc: "Updates instances in batches of given sizes; the last size repeats.",
        fields: &[
            required("batch_sizes", List(&Integer), "Instances of each batch."),
            default("autopause_after_batch", Boolean, Bool(false), "Whether to pause after each batch."),
        ],
    },
    StructSpec {
        name: "UpdateConfig",
        doc: "How a service is updated.",
        fields: &[
            default("batch_size", Integer, Int(1), "Instances updated at a time, without a strategy."),
            default(
                "watch_secs",
                Integer,
                Int(45),
                "Seconds an instance must stay healthy to count as updated.",
            ),
            default("max_per_shard_failures", Integer, Int(0), "Restarts of one instance that are forgiven."),
            default("max_total_failures", Integer, Int(0), "Failed instances that are forgiven."),
            default("rollback_on_failure", Boolean, Bool(true), "Whether a failed update is rolled back."),
            default(
                "wait_for_batch_completion",
                Boolean,
                Bool(false),
                "Whether a batch is done before the next begins.",
            ),
            optional("pulse_interval_secs", Integer, "Seconds without a pulse after which the update waits."),
            default("sla_aware", Boolean, Bool(false), "Whether the update respects the SLA policy."),
            optional("update_strategy", STRATEGIES, "The order in which instances are updated."),
        ],
    },
    StructSpec {
        name: "HttpHealthChecker",
        doc: "Asks an HTTP endpoint of the instance.",
        fields: &[
            default("endpoint", String, Str("/health"), "The path to ask."),
            default("expected_response", String, Str("ok"), "The body that means health; empty accepts any."),
            default(
                "expected_response_code",
                Integer,
                Int(0),
                "The status that means health; 0 accepts any.",
            ),
        ],
    },
    StructSpec {
        name: "ShellHealthChecker",
        doc: "Runs a command beside the instance.",
        fields: &[required("shell_command", String, "The command; exit code 0 means health.")],
    },
    StructSpec {
        name: "HealthCheckerConfig",
        doc: "How health is found out.",
        fields: &[
            optional("http", Named("HttpHealthChecker"), "By HTTP."),
            optional("shell", Named("ShellHealthChecker"), "By a command."),
        ],
    },
    StructSpec {
        name: "HealthCheckConfig",
        doc: "When and how health is checked.",
        fields: &[
            default("health_checker", Named("HealthCheckerConfig"), HTTP_CHECKER, "How health is found out."),
            default(
                "initial_interval_secs",
                Float,
                DefaultSpec::Float(15.0),
                "Seconds in which failures do not count.",
            ),
            default("interval_secs", Float, DefaultSpec::Float(10.0), "Seconds between two checks."),
            default("max_consecutive_failures", Integer, Int(0), "Failures in a row that are forgiven."),
            default("min_consecutive_successes", Integer, Int(1), "Successes in a row that mean health."),
            default("timeout_secs", Float, DefaultSpec::Float(1.0), "Seconds that one check may take."),
        ],
    },
    StructSpec {
        name: "HttpLifecycleConfig",
        doc: "HTTP calls that ask an instance to end.",
        fields: &[
            default("port", String, Str("health"), "The named port to call."),
            default(
                "graceful_shutdown_endpoint",
                String,
                Str("/quitquitquit"),
                "The path of the first call.",
            ),
            default("shutdown_endpoint", String, Str("/abortabortabort"), "The path of the last call."),
            default("graceful_shutdown_wait_secs", Integer, Int(5), "Seconds to wait after the first call."),
            default("shutdown_wait_secs", Integer, Int(5), "Seconds to wait after the last call."),
        ],
    },
    StructSpec {
        name: "LifecycleConfig",
        doc: "What happens before an instance is killed.",
        fields: &[optional("http", Named("HttpLifecycleConfig"), "HTTP calls.")],
    },
    StructSpec {
        name: "Announcer",
        doc: "Registers instances in a discovery service.",
        fields: &[
            default("primary_port", String, Str("http"), "The named port that is announced."),
            default(
                "portmap",
                StringMap,
                Map(&[("aurora", "{{primary_port}}")]),
                "More names for ports, or fixed ports.",
            ),
            optional("zk_path", String, "Where in ZooKeeper to register, instead of the default path."),
        ],
    },
    StructSpec {
        name: "MesosTaskInstance",
        doc: "One instance of a task, as the executor sees it.",
        fields: &[
            required("task", Named("Task"), "The task."),
            required("instance", Integer, "The number of the instance."),
            required("role", String, "The role of the job."),
            optional("announce", Named("Announcer"), "How it is announced."),
            required("environment", String, "The environment of the job."),
            default(
                "health_check_config",
                Named("HealthCheckConfig"),
                Struct("HealthCheckConfig", &[]),
                "Its health checks.",
            ),
            optional("lifecycle", Named("LifecycleConfig"), "What happens before it is killed."),
        ],
    },
    StructSpec {
        name: "Parameter",
        doc: "An option of `docker run`.",
        fields: &[
            required("name", String, "The option, without dashes."),
            required("value", String, "Its value."),
        ],
    },
    StructSpec {
        name: "Docker",
        doc: "A container of the Docker containerizer.",
        fields: &[
            required("image", String, "The image, with its tag."),
            default("parameters", List(&Named("Parameter")), EmptyList, "Options of `docker run`."),
        ],
    },
    StructSpec {
        name: "AppcImage",
        doc: "An AppC image.",
        fields: &[
            required("name", String, "The name of the image."),
            required("image_id", String, "The id of the image."),
        ],
    },
    StructSpec {
        name: "DockerImage",
        doc: "A Docker image for the Mesos containerizer.",
        fields: &[
            required("name", String, "The name of the image."),
            required("tag", String, "The tag of the image."),
        ],
    },
    StructSpec {
        name: "Volume",
        doc: "A directory of the host inside a container.",
        fields: &[
            required("container_path", String, "Where it is in the container."),
            required("host_path", String, "Where it is on the host."),
            required("mode", Named("Mode"), "RO for read-only, RW for read-write."),
        ],
    },
    StructSpec {
        name: "Mesos",
        doc: "A container of the Mesos containerizer.",
        fields: &[
            optional(
                "image",
                Choice(&["AppcImage", "DockerImage"]),
                "The image; without one, the host's own files.",
            ),
            default("volumes", List(&Named("Volume")), EmptyList, "Directories of the host to mount."),
        ],
    },
    StructSpec {
        name: "Container",
        doc: "The older form of a Docker container.",
        fields: &[optional("docker", Named("Docker"), "The Docker container.")],
    },
    StructSpec {
        name: "PartitionPolicy",
        doc: "What happens to instances whose host is out of reach.",
        fields: &[
            default("reschedule", Boolean, Bool(true), "Whether they are started elsewhere."),
            default("delay_secs", Integer, Int(0), "Seconds to wait before that."),
        ],
    },
    StructSpec {
        name: "Metadata",
        doc: "A key and a value shown with the job.",
        fields: &[required("key", String, "The key."), required("value", String, "The value.")],
    },
    StructSpec {
        name: "ExecutorConfig",
        doc: "The executor that runs the job.",
        fields: &[
            default("name", String, Str("AuroraExecutor"), "The executor's name; AuroraExecutor is Thermos."),
            default(
                "data",
                Any,
                Str(""),
                "What a custom executor is given: text, or a structure that becomes JSON.",
            ),
        ],
    },
    StructSpec {
        name: "PercentageSlaPolicy",
        doc: "A share of the instances must stay up.",
        fields: &[
            required("percentage", Float, "Percent of the instances."),
            required("duration_secs", Integer, "Seconds an instance must be up to count."),
        ],
    },
    StructSpec {
        name: "CountSlaPolicy",
        doc: "A number of instances must stay up.",
        fields: &[
            required("count", Integer, "Instances."),
            required("duration_secs", Integer, "Seconds an instance must be up to count."),
        ],
    },
    StructSpec {
        name: "CoordinatorSlaPolicy",
        doc: "A service of the user decides.",
        fields: &[
            required("coordinator_url", String, "Where to ask."),
            default("status_key", String, Str("drain"), "The key of the answer."),
        ],
    },
    StructSpec {
        name: "MesosFetcherUri",
        doc: "A file that the Mesos fetcher brings into the sandbox of a job (an extension of jobc).",
        fields: &[
            required("value", String, "Where it is."),
            optional("extract", Boolean, "Whether an archive is unpacked."),
            optional("cache", Boolean, "Whether the agent keeps it for other tasks."),
            optional("output_file", String, "Its name in the sandbox."),
        ],
    },
    StructSpec {
        name: "MesosJob",
        doc: "A job: a task, how often it runs, and how it is treated. `Job` is the same type.",
        fields: &[
            default("name", String, Str("{{task.name}}"), "The name; that of the task unless given."),
            required("role", String, "The user or group that owns the job."),
            optional("contact", String, "Whom to write when it fails."),
            required("cluster", String, "The cluster it is for."),
            required("environment", String, "The environment, such as prod or staging1."),
            default("instances", Integer, Int(1), "How many instances run."),
            required("task", Named("Task"), "What each instance runs."),
            optional("announce", Named("Announcer"), "How instances are announced."),
            optional(
                "tier",
                String,
                "How it is treated when hosts are short: preferred, preemptible or revocable.",
            ),
            optional("cron_schedule", String, "When it is started, in the scheduler's cron dialect, UTC."),
            default(
                "cron_collision_policy",
                String,
                Str("KILL_EXISTING"),
                "What happens if the last run still runs.",
            ),
            default(
                "update_config",
                Named("UpdateConfig"),
                Struct("UpdateConfig", &[]),
                "How it is updated.",
            ),
            optional("constraints", StringMap, "Host attributes to ask for, such as {'rack': 'limit:2'}."),
            default("metadata", List(&Named("Metadata")), EmptyList, "Keys and values shown with the job."),
            default(
                "service",
                Boolean,
                Bool(false),
                "Whether instances are started again whenever they end.",
            ),
            default(
                "max_task_failures",
                Integer,
                Int(1),
                "Failures of an instance after which it is given up; -1 is no limit.",
            ),
            default("production", Boolean, Bool(false), "Deprecated: use tier='preferred'."),
            default("priority", Integer, Int(0), "Higher goes first among the jobs of a role."),
            default(
                "health_check_config",
                Named("HealthCheckConfig"),
                Struct("HealthCheckConfig", &[]),
                "Its health checks.",
            ),
            default(
                "lifecycle",
                Named("LifecycleConfig"),
                HTTP_LIFECYCLE,
                "What happens before an instance is killed.",
            ),
            optional("task_links", StringMap, "Ignored by Aurora."),
            default(
                "executor_config",
                Named("ExecutorConfig"),
                Struct("ExecutorConfig", &[]),
                "The executor that runs it.",
            ),
            default("enable_hooks", Boolean, Bool(false), "Whether hooks of the stock client run."),
            optional(
                "partition_policy",
                Named("PartitionPolicy"),
                "What happens when a host is out of reach.",
            ),
            optional(
                "sla_policy",
                Choice(&["CoordinatorSlaPolicy", "CountSlaPolicy", "PercentageSlaPolicy"]),
                "How many instances must stay up.",
            ),
            optional(
                "container",
                Choice(&["Container", "Docker", "Mesos"]),
                "The container that instances run in.",
            ),
            extension(
                "ports",
                List(&String),
                "Named ports to request beside those that templates refer to (an extension of jobc).",
            ),
            extension(
                "mesos_fetcher_uris",
                List(&Named("MesosFetcherUri")),
                "Files for the sandbox (an extension of jobc).",
            ),
        ],
    },
];
