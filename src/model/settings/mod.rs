//! What a cluster's scheduler allows: its flags, under their own names, with the scheduler's own defaults.
//!
//! | question | file |
//! |---|---|
//! | which environments are allowed | `environments.rs` |
//! | how a settings file is read | `cluster.rs`, `read.rs` |
//! | which settings file a cluster has (`jobc.toml`) | `project.rs` |

mod cluster;
mod environments;
mod project;
mod read;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use cluster::parse;
pub use environments::Environments;
pub use project::{LintLevel, LintSetting, Project, Setting, parse_project};

use super::thrift::Container;
use crate::source::Span;

/// How much the scheduler's rules are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// `--scheduler none`: nothing; only the client's own rules hold.
    None,
    /// `--scheduler default`: rules that hold everywhere and limits at the scheduler's defaults. Features that a
    /// cluster must switch on are not complained of, as the cluster is not known.
    Default,
    /// `--scheduler FILE`: everything, as this cluster is set up.
    File,
}

/// The settings of a cluster's scheduler.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How much is checked.
    pub strictness: Strictness,
    /// `-allowed_job_environments`
    pub environments: Environments,
    /// `-max_tasks_per_job`
    pub max_tasks_per_job: i64,
    /// `-max_update_instance_failures`
    pub max_update_instance_failures: i64,
    /// `-min_required_instances_for_sla_check`
    pub min_required_instances_for_sla_check: i64,
    /// `-max_sla_duration_secs`, in seconds.
    pub max_sla_duration_secs: i64,
    /// `-sla_aware_kill_non_prod`
    pub sla_aware_kill_non_prod: bool,
    /// `-allowed_container_types`
    pub allowed_container_types: Vec<ContainerType>,
    /// `-allow_docker_parameters`
    pub allow_docker_parameters: bool,
    /// `-require_docker_use_executor`
    pub require_docker_use_executor: bool,
    /// `-allow_gpu_resource`
    pub allow_gpu_resource: bool,
    /// `-enable_mesos_fetcher`
    pub enable_mesos_fetcher: bool,
    /// `-allow_container_volumes`
    pub allow_container_volumes: bool,
    /// Names in the file of `-custom_executor_config`.
    pub executors: Vec<String>,
    /// The tiers of `-tier_config`.
    pub tiers: Vec<Tier>,
    /// The tier of a job that names none; `None` where a file lists tiers but not which is the default.
    pub default_tier: Option<String>,
    /// `-thermos_executor_cpu`, in cores.
    pub thermos_executor_cpu: f64,
    /// `-thermos_executor_ram`, in MB.
    pub thermos_executor_ram: i64,
    /// Where a settings file gives each key.
    pub(crate) places: BTreeMap<&'static str, Span>,
}

/// The environments that the scheduler allows by default.
pub const DEFAULT_ENVIRONMENTS: &str = r"^(prod|devel|test|staging\d*)$";

impl Default for Settings {
    /// The scheduler's own defaults (Aurora 0.22), in [`Strictness::Default`].
    fn default() -> Settings {
        Settings {
            strictness: Strictness::Default,
            environments: Environments::Stock,
            max_tasks_per_job: 4000,
            max_update_instance_failures: 20_000,
            min_required_instances_for_sla_check: 20,
            max_sla_duration_secs: 2 * 60 * 60,
            sla_aware_kill_non_prod: false,
            allowed_container_types: vec![ContainerType::Mesos],
            allow_docker_parameters: false,
            require_docker_use_executor: true,
            allow_gpu_resource: false,
            enable_mesos_fetcher: false,
            allow_container_volumes: false,
            executors: Vec::new(),
            tiers: Tier::defaults(),
            default_tier: Some("preemptible".to_string()),
            thermos_executor_cpu: 0.25,
            thermos_executor_ram: 128,
            places: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Settings that check nothing, for `--scheduler none`.
    pub fn none() -> Settings {
        Settings { strictness: Strictness::None, ..Settings::default() }
    }

    /// Whether the cluster is known, so that features it must switch on are checked too.
    pub fn knows_cluster(&self) -> bool {
        self.strictness == Strictness::File
    }

    /// Where the settings file gives a key; [`Span::NONE`] where it is left at the scheduler's default.
    pub fn place(&self, key: &str) -> Span {
        self.places.get(key).copied().unwrap_or(Span::NONE)
    }

    /// The tier of this name.
    pub fn tier(&self, name: &str) -> Option<&Tier> {
        self.tiers.iter().find(|t| t.name == name)
    }

    /// Every setting as a line of a settings file, with the place that gives it ([`Span::NONE`] for a default).
    pub fn entries(&self) -> Vec<(String, Span)> {
        let mut lines: Vec<(String, Span)> = cluster::KEYS
            .iter()
            .filter_map(|k| Some((format!("{} = {}", k.name, (k.write)(self)?), self.place(k.name))))
            .collect();
        lines.extend(self.tiers.iter().map(|t| (t.to_string(), self.place("tiers"))));
        lines
    }
}

/// The settings of several clusters.
#[derive(Debug, Clone)]
pub struct Clusters {
    named: Vec<(String, Arc<Settings>)>,
    rest: Arc<Settings>,
}

impl Clusters {
    /// One setting for every cluster.
    pub fn all(settings: impl Into<Arc<Settings>>) -> Clusters {
        Clusters { named: Vec::new(), rest: settings.into() }
    }

    /// The same with settings of its own for a cluster.
    #[must_use]
    pub fn with(mut self, cluster: impl Into<String>, settings: impl Into<Arc<Settings>>) -> Clusters {
        self.named.push((cluster.into(), settings.into()));
        self
    }

    /// The settings of a cluster.
    pub fn of(&self, cluster: &str) -> &Settings {
        self.named.iter().find(|(name, _)| name == cluster).map_or(&self.rest, |(_, settings)| settings)
    }

    /// Whether anything is checked in any cluster.
    pub fn check_anything(&self) -> bool {
        let mut all = self.named.iter().map(|(_, settings)| settings).chain([&self.rest]);
        all.any(|settings| settings.strictness != Strictness::None)
    }

    /// The executors that any of the clusters is said to have.
    pub fn executors(&self) -> impl Iterator<Item = &str> {
        let all = self.named.iter().map(|(_, settings)| settings).chain([&self.rest]);
        all.flat_map(|settings| settings.executors.iter().map(String::as_str))
    }
}

impl Default for Clusters {
    /// Nothing is checked in any cluster.
    fn default() -> Clusters {
        Clusters::all(Settings::none())
    }
}

/// What the scheduler knows of a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Its name.
    pub name: String,
    /// Whether its tasks make room for tasks of other tiers.
    pub preemptible: bool,
    /// Whether its tasks run on resources that Mesos may take back.
    pub revocable: bool,
}

impl Tier {
    fn new(name: &str, preemptible: bool, revocable: bool) -> Tier {
        Tier { name: name.to_string(), preemptible, revocable }
    }

    /// The tiers that come with the scheduler.
    pub fn defaults() -> Vec<Tier> {
        vec![
            Tier::new("preferred", false, false),
            Tier::new("preemptible", true, false),
            Tier::new("revocable", true, true),
        ]
    }

    /// Whether its tasks keep their place: neither preemptible nor revocable.
    pub fn is_production(&self) -> bool {
        !self.preemptible && !self.revocable
    }
}

impl std::fmt::Display for Tier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = read::key_text(&self.name);
        write!(f, "tiers.{name} = {{ preemptible = {}, revocable = {} }}", self.preemptible, self.revocable)
    }
}

/// The kinds of container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContainerType {
    /// The Mesos containerizer; also of jobs without `container`.
    Mesos,
    /// The Docker containerizer.
    Docker,
}

impl ContainerType {
    /// Every kind.
    pub const ALL: [ContainerType; 2] = [ContainerType::Mesos, ContainerType::Docker];

    /// The scheduler's name.
    pub fn name(self) -> &'static str {
        match self {
            ContainerType::Mesos => "MESOS",
            ContainerType::Docker => "DOCKER",
        }
    }

    /// The kind of a container.
    pub fn of(container: &Container) -> ContainerType {
        match container {
            Container::Mesos { .. } => ContainerType::Mesos,
            Container::Docker { .. } => ContainerType::Docker,
        }
    }
}
