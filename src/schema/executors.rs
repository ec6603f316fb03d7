//! The types of custom executors: what the scheduler's `-custom_executor_config` file holds (an extension of jobc).

use super::spec::TypeSpec::{Any, Boolean, Integer, List, Named, String, StringMap};
use super::spec::{EnumSpec, StructSpec, optional, required};

/// The enums of executors.
pub(super) static ENUMS: &[EnumSpec] = &[EnumSpec {
    name: "ExecutorType",
    type_name: "Enum_DEFAULT_CUSTOM",
    values: &["DEFAULT", "CUSTOM"],
    doc: "Mesos's type of an executor; agents since 1.5 want CUSTOM on some.",
}];

/// The structs of executors, each after those it uses.
pub(super) static STRUCTS: &[StructSpec] = &[
    StructSpec {
        name: "Uri",
        doc: "A file that the Mesos fetcher brings into the sandbox of an executor.",
        fields: &[
            required("value", String, "Where it is."),
            optional("executable", Boolean, "Whether it is made executable."),
            optional(
                "extract",
                Boolean,
                "Whether an archive is unpacked; Mesos does so unless told otherwise.",
            ),
            optional("cache", Boolean, "Whether the agent keeps it for other tasks."),
            optional("output_file", String, "Its name in the sandbox."),
        ],
    },
    StructSpec {
        name: "Command",
        doc: "How an executor is started.",
        fields: &[
            required("value", String, "The command line, or the file to run where shell is False."),
            optional("shell", Boolean, "Whether a shell runs it; Mesos uses one unless told otherwise."),
            optional("arguments", List(&String), "Arguments; only without a shell."),
            optional("uris", List(&Named("Uri")), "Files for the sandbox."),
            optional("user", String, "The user that runs it."),
            optional("environment", StringMap, "Environment variables."),
        ],
    },
    StructSpec {
        name: "Executor",
        doc: "An executor, as Mesos sees it.",
        fields: &[
            required("name", String, "The name that jobs use."),
            required("command", Named("Command"), "How it is started."),
            optional(
                "resources",
                Named("Resources"),
                "What it takes beside the task: cpu in cores, ram in bytes.",
            ),
            optional("type", Named("ExecutorType"), "Mesos's type of executor."),
            optional("labels", StringMap, "Labels for Mesos."),
            optional("shutdown_grace_period_secs", Integer, "Seconds it gets to end by itself."),
            optional("source", String, "Where it comes from, for Mesos's web pages."),
        ],
    },
    StructSpec {
        name: "CustomExecutor",
        doc: "An entry of the scheduler's list of custom executors.",
        fields: &[
            required("task_prefix", String, "What the ids of its tasks begin with."),
            required(
                "executor",
                Named("Executor"),
                "The executor: its name, how it is started, what it takes.",
            ),
            optional("volume_mounts", List(&Named("Volume")), "Directories of the host that it sees."),
            optional("data_type", Any, "The struct type that the data of its jobs must have."),
        ],
    },
];
