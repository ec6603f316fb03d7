//! `ExecutorInfo`, and how an executor is started and found.

use super::FieldKind::{Bool, Bytes, Enum, Int32, Int64, Message, String};
use super::common::{LABELS, SECRET};
use super::container::CONTAINER_INFO;
use super::resource::RESOURCE;
use super::{Descriptor, optional, repeated, required};

/// Values of `type` of `ExecutorInfo`
static EXECUTOR_INFO_TYPE: &[(&str, i32)] = &[("UNKNOWN", 0), ("DEFAULT", 1), ("CUSTOM", 2)];

/// `ExecutorInfo`. Mesos requires `executor_id`, but the loader fills it in itself.
pub(in crate::model::executors::import) static EXECUTOR_INFO: Descriptor = Descriptor {
    what: "the executor",
    fields: &[
        optional("type", Enum(EXECUTOR_INFO_TYPE)),
        optional("executor_id", Message(&EXECUTOR_ID)),
        optional("framework_id", Message(&FRAMEWORK_ID)),
        optional("command", Message(&COMMAND_INFO)),
        optional("container", Message(&CONTAINER_INFO)),
        repeated("resources", Message(&RESOURCE)),
        optional("name", String),
        optional("source", String),
        optional("data", Bytes),
        optional("discovery", Message(&DISCOVERY_INFO)),
        optional("shutdown_grace_period", Message(&DURATION_INFO)),
        optional("labels", Message(&LABELS)),
    ],
};

/// `ExecutorID`
pub(super) static EXECUTOR_ID: Descriptor =
    Descriptor { what: "the executor_id", fields: &[required("value", String)] };

/// `FrameworkID`
pub(super) static FRAMEWORK_ID: Descriptor =
    Descriptor { what: "the framework_id", fields: &[required("value", String)] };

/// `CommandInfo`
pub(super) static COMMAND_INFO: Descriptor = Descriptor {
    what: "the command",
    fields: &[
        repeated("uris", Message(&COMMAND_INFO_URI)),
        optional("environment", Message(&ENVIRONMENT)),
        optional("shell", Bool),
        optional("value", String),
        repeated("arguments", String),
        optional("user", String),
    ],
};

/// `CommandInfo.URI`
pub(super) static COMMAND_INFO_URI: Descriptor = Descriptor {
    what: "the uri",
    fields: &[
        required("value", String),
        optional("executable", Bool),
        optional("extract", Bool),
        optional("cache", Bool),
        optional("output_file", String),
    ],
};

/// `Environment`
pub(super) static ENVIRONMENT: Descriptor =
    Descriptor { what: "the environment", fields: &[repeated("variables", Message(&ENVIRONMENT_VARIABLE))] };

/// Values of `type` of `Environment.Variable`
static ENVIRONMENT_VARIABLE_TYPE: &[(&str, i32)] = &[("UNKNOWN", 0), ("VALUE", 1), ("SECRET", 2)];

/// `Environment.Variable`
pub(super) static ENVIRONMENT_VARIABLE: Descriptor = Descriptor {
    what: "the variable",
    fields: &[
        required("name", String),
        optional("type", Enum(ENVIRONMENT_VARIABLE_TYPE)),
        optional("value", String),
        optional("secret", Message(&SECRET)),
    ],
};

/// Values of `visibility` of `DiscoveryInfo`
static VISIBILITY: &[(&str, i32)] = &[("FRAMEWORK", 0), ("CLUSTER", 1), ("EXTERNAL", 2)];

/// `DiscoveryInfo`
pub(super) static DISCOVERY_INFO: Descriptor = Descriptor {
    what: "the discovery",
    fields: &[
        required("visibility", Enum(VISIBILITY)),
        optional("name", String),
        optional("environment", String),
        optional("location", String),
        optional("version", String),
        optional("ports", Message(&PORTS)),
        optional("labels", Message(&LABELS)),
    ],
};

/// `Ports`
pub(super) static PORTS: Descriptor =
    Descriptor { what: "`Ports`", fields: &[repeated("ports", Message(&PORT))] };

/// `Port`
pub(super) static PORT: Descriptor = Descriptor {
    what: "`Port`",
    fields: &[
        required("number", Int32),
        optional("name", String),
        optional("protocol", String),
        optional("visibility", Enum(VISIBILITY)),
        optional("labels", Message(&LABELS)),
    ],
};

/// `DurationInfo`
pub(super) static DURATION_INFO: Descriptor =
    Descriptor { what: "the grace period", fields: &[required("nanoseconds", Int64)] };
