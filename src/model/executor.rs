//! Custom executors: the entries of the scheduler's `-custom_executor_config` array.
//!
//! Field names are those of Mesos v1 `ExecutorInfo` and `CommandInfo`. `None` and empty lists are left out.

use super::thrift::Mode;

/// One entry of the array.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomExecutor {
    /// `executor`
    pub executor: Executor,
    /// `volume_mounts`
    pub volume_mounts: Vec<VolumeMount>,
    /// `task_prefix`
    pub task_prefix: String,
}

/// `ExecutorInfo`
#[derive(Debug, Clone, PartialEq)]
pub struct Executor {
    /// `name`
    pub name: String,
    /// `type`
    pub kind: Option<ExecutorType>,
    /// `command`
    pub command: Command,
    /// `cpus` of `resources`, in cores.
    pub cpus: Option<f64>,
    /// `mem` of `resources`, in MB.
    pub mem: Option<i64>,
    /// `labels`
    pub labels: Vec<(String, String)>,
    /// `shutdown_grace_period`, in seconds.
    pub shutdown_grace_period_secs: Option<i64>,
    /// `source`
    pub source: Option<String>,
}

/// `ExecutorInfo.Type`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExecutorType {
    /// `DEFAULT`
    Default,
    /// `CUSTOM`
    Custom,
}

impl ExecutorType {
    /// Mesos's name.
    pub fn name(self) -> &'static str {
        match self {
            ExecutorType::Default => "DEFAULT",
            ExecutorType::Custom => "CUSTOM",
        }
    }
}

/// `CommandInfo`
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// `value`
    pub value: String,
    /// `shell`
    pub shell: Option<bool>,
    /// `arguments`
    pub arguments: Vec<String>,
    /// `uris`
    pub uris: Vec<Uri>,
    /// `user`
    pub user: Option<String>,
    /// `environment.variables`
    pub environment: Vec<(String, String)>,
}

/// `CommandInfo.URI`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uri {
    /// `value`
    pub value: String,
    /// `executable`
    pub executable: Option<bool>,
    /// `extract`
    pub extract: Option<bool>,
    /// `cache`
    pub cache: Option<bool>,
    /// `output_file`
    pub output_file: Option<String>,
}

/// `Volume` of Mesos, as far as the scheduler reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeMount {
    /// `mode`
    pub mode: Mode,
    /// `container_path`
    pub container_path: String,
    /// `host_path`; without one, Mesos makes the directory in the sandbox
    pub host_path: Option<String>,
}
