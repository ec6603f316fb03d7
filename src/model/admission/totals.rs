//! What an instance really takes: its task and its executor, added up as the scheduler does for offers and quota.

use std::ops::Add;

use crate::model::convert::AURORA_EXECUTOR;
use crate::model::executor::CustomExecutor;
use crate::model::settings::Settings;
use crate::model::thrift::{Resource, TaskConfig};

/// Amounts of resources.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Amounts {
    /// Cores.
    pub cpus: f64,
    /// Memory in MB.
    pub ram_mb: i64,
    /// Disk in MB.
    pub disk_mb: i64,
    /// GPUs.
    pub gpus: i64,
    /// Ports.
    pub ports: usize,
}

impl Add for Amounts {
    type Output = Amounts;

    fn add(self, other: Amounts) -> Amounts {
        Amounts {
            cpus: self.cpus + other.cpus,
            ram_mb: self.ram_mb.saturating_add(other.ram_mb),
            disk_mb: self.disk_mb.saturating_add(other.disk_mb),
            gpus: self.gpus.saturating_add(other.gpus),
            ports: self.ports + other.ports,
        }
    }
}

/// What an executor takes beside its task.
#[derive(Debug, Clone, PartialEq)]
pub enum Overhead {
    /// There is no executor: a Docker container on its own.
    None,
    /// The executor's own resources.
    Known(Amounts),
    /// The executor of this name is not known here, so neither is what it takes.
    Unknown(String),
}

/// What one instance of a job takes.
#[derive(Debug, Clone, PartialEq)]
pub struct InstanceResources {
    /// What the task asks for.
    pub task: Amounts,
    /// What its executor takes.
    pub executor: Overhead,
}

impl InstanceResources {
    /// Task and executor together; the task alone where the executor is not known.
    pub fn total(&self) -> Amounts {
        match &self.executor {
            Overhead::Known(overhead) => self.task + *overhead,
            Overhead::None | Overhead::Unknown(_) => self.task,
        }
    }
}

/// What one instance of a task takes, where these are the custom executors and the settings say what Thermos takes.
pub fn instance_resources<'e>(
    task: &TaskConfig,
    executors: impl IntoIterator<Item = &'e CustomExecutor>,
    settings: &Settings,
) -> InstanceResources {
    let asked = task.resources.iter().fold(Amounts::default(), |sum, r| sum + amount_of(r));
    let executor = match task.executor_config.as_ref().map(|e| e.name.as_str()) {
        None => Overhead::None,
        Some(AURORA_EXECUTOR) => Overhead::Known(Amounts {
            cpus: settings.thermos_executor_cpu,
            ram_mb: settings.thermos_executor_ram,
            ..Amounts::default()
        }),
        Some(name) => match executors.into_iter().find(|e| e.executor.name == name) {
            Some(found) => Overhead::Known(Amounts {
                cpus: found.executor.cpus.unwrap_or_default(),
                ram_mb: found.executor.mem.unwrap_or_default(),
                ..Amounts::default()
            }),
            None => Overhead::Unknown(name.to_string()),
        },
    };
    InstanceResources { task: asked, executor }
}

fn amount_of(resource: &Resource) -> Amounts {
    let none = Amounts::default();
    match resource {
        Resource::NumCpus(cpus) => Amounts { cpus: *cpus, ..none },
        Resource::RamMb(ram_mb) => Amounts { ram_mb: *ram_mb, ..none },
        Resource::DiskMb(disk_mb) => Amounts { disk_mb: *disk_mb, ..none },
        Resource::NumGpus(gpus) => Amounts { gpus: *gpus, ..none },
        Resource::NamedPort(_) => Amounts { ports: 1, ..none },
    }
}
