//! The Thermos types: processes, tasks, resources (facts of Thermos's schema_base.py; the descriptions are ours).

use super::spec::DefaultSpec::{Bool, EmptyList, Int, Str};
use super::spec::TypeSpec::{Boolean, Float, Integer, IntegerMap, List, Named, String};
use super::spec::{EnumSpec, StructSpec, default, optional, required};

/// Bytes of a MB.
const MB: i64 = 1 << 20;

/// The enums of Thermos.
pub(super) static ENUMS: &[EnumSpec] = &[
    EnumSpec {
        name: "LoggerDestination",
        type_name: "Enum_file_console_both_none",
        values: &["file", "console", "both", "none"],
        doc: "Where the output of a process goes.",
    },
    EnumSpec {
        name: "LoggerMode",
        type_name: "Enum_standard_rotate",
        values: &["standard", "rotate"],
        doc: "Whether logs are rotated.",
    },
];

/// The structs of Thermos, each after those it uses.
pub(super) static STRUCTS: &[StructSpec] = &[
    StructSpec {
        name: "ThermosContext",
        doc: "What Thermos binds when a task runs.",
        fields: &[
            optional("ports", IntegerMap, "The allocated ports, by name."),
            optional("task_id", String, "The id of the task."),
            optional("user", String, "The user that runs the task."),
        ],
    },
    StructSpec {
        name: "Resources",
        doc: "What an instance of a task takes from its host.",
        fields: &[
            required("cpu", Float, "Cores; fractions are allowed."),
            required("ram", Integer, "Memory in bytes, rounded down to whole MB."),
            required("disk", Integer, "Disk space in bytes, rounded down to whole MB."),
            default("gpu", Integer, Int(0), "Number of GPUs."),
        ],
    },
    StructSpec {
        name: "Constraint",
        doc: "An order of processes.",
        fields: &[optional("order", List(&String), "Names of processes; each waits for the one before it.")],
    },
    StructSpec {
        name: "RotatePolicy",
        doc: "When the logs of a process are rotated.",
        fields: &[
            default("log_size", Integer, Int(100 * MB), "Size in bytes at which a log is rotated."),
            default("backups", Integer, Int(5), "Number of old logs that are kept."),
        ],
    },
    StructSpec {
        name: "Logger",
        doc: "Where the output of a process goes, and how it is kept.",
        fields: &[
            default("destination", Named("LoggerDestination"), Str("file"), "Where the output goes."),
            default("mode", Named("LoggerMode"), Str("standard"), "Whether logs are rotated."),
            optional("rotate", Named("RotatePolicy"), "When they are rotated, in mode `rotate`."),
        ],
    },
    StructSpec {
        name: "Process",
        doc: "One command line that runs in the sandbox.",
        fields: &[
            required("cmdline", String, "The command line, run by bash."),
            required("name", String, "The name of the process and of its log directory."),
            optional("resources", Named("Resources"), "Reserved; Thermos ignores it."),
            default(
                "max_failures",
                Integer,
                Int(1),
                "Failures after which the process counts as failed; 0 is no limit.",
            ),
            default("daemon", Boolean, Bool(false), "Whether it is started again whenever it ends."),
            default("ephemeral", Boolean, Bool(false), "Whether the task may end while it runs."),
            default("min_duration", Integer, Int(5), "Seconds between the starts of two runs, at the least."),
            default(
                "final",
                Boolean,
                Bool(false),
                "Whether it runs after all others, whatever became of them.",
            ),
            optional("logger", Named("Logger"), "Where its output goes."),
        ],
    },
    StructSpec {
        name: "Task",
        doc: "Processes that run together on one host, and their order.",
        fields: &[
            default(
                "name",
                String,
                Str("{{processes[0].name}}"),
                "The name; that of the first process unless given.",
            ),
            optional("processes", List(&Named("Process")), "The processes."),
            default("constraints", List(&Named("Constraint")), EmptyList, "Orders of the processes."),
            optional("resources", Named("Resources"), "What an instance takes from its host."),
            default(
                "max_failures",
                Integer,
                Int(1),
                "Failed processes after which the task fails; 0 is no limit.",
            ),
            default(
                "max_concurrency",
                Integer,
                Int(0),
                "Processes that run at the same time; 0 is no limit.",
            ),
            default("finalization_wait", Integer, Int(30), "Seconds that final processes get."),
            optional("user", String, "The user that runs the processes."),
        ],
    },
];
