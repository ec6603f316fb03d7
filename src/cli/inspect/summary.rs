//! What is worth knowing of a job, in lines of a name and a value.

use std::fmt::Write as _;

use jobc::model::admission::{Amounts, InstanceResources, Overhead, instance_resources};
use jobc::model::cron::{self, Moment};
use jobc::model::settings::Clusters;
use jobc::model::thrift::{
    Container, CronCollisionPolicy, Image, JobUpdateSettings, JobUpdateStrategy, Resource, SlaPolicy,
    TaskConfig, TaskConstraint,
};
use jobc::model::{Bundle, CompiledExecutor, CompiledJob};
use jobc::render::{Place, one_line};
use jobc::source::{SourceMap, Span};

use super::plan::{Process, processes};

/// What a summary is made with, beside the jobs.
pub(super) struct Background<'b> {
    /// Where the texts are.
    pub(super) sources: &'b SourceMap,
    /// What the schedulers are set to.
    pub(super) clusters: &'b Clusters,
    /// The time after which the runs of cron jobs are shown.
    pub(super) from: Option<Moment>,
}

/// How many runs of a cron job are shown.
const RUNS: usize = 5;

/// The summaries of all jobs and executors.
pub(super) fn of(bundle: &Bundle, background: &Background<'_>) -> String {
    let executors = bundle.executors.iter().map(|executor| of_executor(executor, background.sources));
    let jobs = bundle.jobs.iter().map(|job| of_job(job, &bundle.executors, background));
    executors.chain(jobs).collect::<Vec<_>>().join("\n")
}

/// Lines of a name and a value, below a title.
struct Lines(String);

impl Lines {
    fn new(title: &str, span: Span, sources: &SourceMap) -> Lines {
        let mut text = one_line(title).into_owned();
        if let Some(place) = Place::of(span, sources) {
            let _ = write!(text, "  ({}:{})", one_line(&place.file), place.start.line);
        }
        text.push('\n');
        Lines(text)
    }

    /// Adds a line; none where there is nothing to say.
    fn add(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            let _ = writeln!(self.0, "  {name:<12} {}", one_line(value));
        }
    }
}

fn of_job(job: &CompiledJob, executors: &[CompiledExecutor], background: &Background<'_>) -> String {
    let configuration = &job.configuration;
    let task = &configuration.task_config;
    let mut lines = Lines::new(&job.key(), job.places.span(), background.sources);
    lines.add("kind", &kind(job));
    lines.add("instances", &configuration.instance_count.to_string());
    if let Some(schedule) = &configuration.cron_schedule {
        let collision = match configuration.cron_collision_policy {
            CronCollisionPolicy::KillExisting => "the run before is killed",
            CronCollisionPolicy::CancelNew => "not while another run lasts",
            CronCollisionPolicy::RunOverlap => "beside the run before",
        };
        lines.add("cron", &format!("{schedule} ({collision})"));
        add_runs(&mut lines, schedule, background.from);
    }
    let entries = executors.iter().map(|e| &e.entry);
    let taken = instance_resources(task, entries, background.clusters.of(&job.cluster));
    add_resources(&mut lines, &taken, configuration.instance_count);
    lines.add("ports", &ports(&task.resources));
    lines.add("constraints", &constraints(task));
    lines.add("container", &container(&task.container));
    lines.add("tier", task.tier.as_deref().unwrap_or_default());
    lines.add("failures", &failures(task.max_task_failures));
    lines.add("sla", &task.sla_policy.as_ref().map(sla).unwrap_or_default());
    lines.add("update", &job.update.as_ref().map(update).unwrap_or_default());
    lines.add("contact", task.contact_email.as_deref().unwrap_or_default());
    let metadata: Vec<String> = task.metadata.iter().map(|m| format!("{}={}", m.key, m.value)).collect();
    lines.add("metadata", &metadata.join(", "));
    let executor = task.executor_config.as_ref();
    lines.add("executor", executor.map_or("none: the container runs by itself", |e| e.name.as_str()));
    let plan = executor.map(|e| processes(&e.data)).unwrap_or_default();
    for (index, process) in plan.iter().enumerate() {
        add_process(&mut lines, index, process);
    }
    lines.0
}

fn of_executor(executor: &CompiledExecutor, sources: &SourceMap) -> String {
    let entry = &executor.entry;
    let mut lines = Lines::new(&entry.executor.name, executor.span(), sources);
    lines.add("kind", "custom executor");
    lines.add("each takes", &format!("{}, {} MB ram", cpus(entry.executor.cpus), entry.executor.mem));
    lines.add("task prefix", &entry.task_prefix);
    let command = &entry.executor.command;
    let words: Vec<&str> =
        std::iter::once(&command.value).chain(&command.arguments).map(String::as_str).collect();
    lines.add("command", &words.join(" "));
    let uris: Vec<&str> = command.uris.iter().map(|u| u.value.as_str()).collect();
    lines.add("fetches", &uris.join(", "));
    let volume = |v: &jobc::model::executor::VolumeMount| {
        format!("{} on {} ({})", v.host_path, v.container_path, v.mode.name())
    };
    lines.add("mounts", &entry.volume_mounts.iter().map(volume).collect::<Vec<_>>().join(", "));
    lines.0
}

fn kind(job: &CompiledJob) -> String {
    let task = &job.configuration.task_config;
    let kind = match (&job.configuration.cron_schedule, task.is_service) {
        (Some(_), _) => "cron job",
        (None, true) => "service",
        (None, false) => "job",
    };
    match task.production {
        Some(true) => format!("{kind}, production"),
        _ => kind.to_string(),
    }
}

fn cpus(n: f64) -> String {
    if n == 1.0 { "1 cpu".to_string() } else { format!("{n} cpus") }
}

/// What an instance asks for, what it takes with its executor, and what all instances take.
fn add_resources(lines: &mut Lines, taken: &InstanceResources, instances: i64) {
    lines.add("each asks", &amounts(&taken.task, 1));
    let total = taken.total();
    let executor = match &taken.executor {
        Overhead::None => String::new(),
        Overhead::Known(overhead) => format!(" (of it {} for the executor)", amounts(overhead, 1)),
        Overhead::Unknown(name) => format!(" and what the executor {name} takes, which is not known"),
    };
    lines.add("each takes", &format!("{}{executor}", amounts(&total, 1)));
    if instances > 1 {
        lines.add("in total", &amounts(&total, instances));
    }
}

fn amounts(each: &Amounts, instances: i64) -> String {
    let times = |n: i64| n.saturating_mul(instances);
    // Tenths and hundredths of cores add up to noise in the last digits.
    let cores = (each.cpus * instances as f64 * 1e6).round() / 1e6;
    let mut words = vec![cpus(cores), format!("{} MB ram", times(each.ram_mb))];
    if each.disk_mb > 0 {
        words.push(format!("{} MB disk", times(each.disk_mb)));
    }
    if each.gpus > 0 {
        words.push(format!("{} gpus", times(each.gpus)));
    }
    words.join(", ")
}

/// The next runs of a cron job; none without a time to count from, or where the schedule is not the scheduler's.
fn add_runs(lines: &mut Lines, schedule: &str, from: Option<Moment>) {
    let (Some(from), Ok(schedule)) = (from, cron::parse(schedule)) else { return };
    for (index, run) in cron::next_runs(&schedule, from).take(RUNS).enumerate() {
        let name = if index == 0 { "next runs" } else { "" };
        lines.add(name, &format!("{} {run}", run.weekday_name()));
    }
}

fn ports(resources: &[Resource]) -> String {
    let port = |resource: &Resource| match resource {
        Resource::NamedPort(name) => Some(name.clone()),
        _ => None,
    };
    resources.iter().filter_map(port).collect::<Vec<_>>().join(", ")
}

fn constraints(task: &TaskConfig) -> String {
    let words = |c: &jobc::model::thrift::Constraint| match &c.constraint {
        TaskConstraint::Limit(n) => format!("{}: at most {n} each", c.name),
        TaskConstraint::Value { negated: false, values } => format!("{}: {}", c.name, values.join(" or ")),
        TaskConstraint::Value { negated: true, values } => format!("{}: not {}", c.name, values.join(" or ")),
    };
    task.constraints.iter().map(words).collect::<Vec<_>>().join("; ")
}

fn container(container: &Container) -> String {
    match container {
        Container::Docker { image, parameters } => {
            let options = parameters.iter().flatten().map(|p| format!(" --{}={}", p.name, p.value));
            format!("docker {image}{}", options.collect::<String>())
        }
        Container::Mesos { image: Some(Image::Docker { name, tag }), .. } => {
            format!("mesos, docker image {name}:{tag}")
        }
        Container::Mesos { image: Some(Image::Appc { name, image_id }), .. } => {
            format!("mesos, appc image {name} {image_id}")
        }
        Container::Mesos { image: None, .. } => String::new(),
    }
}

fn failures(most: i64) -> String {
    match most {
        -1 => "any number are forgiven".to_string(),
        n => format!("failed for good after {n}"),
    }
}

fn sla(policy: &SlaPolicy) -> String {
    match policy {
        SlaPolicy::Percentage { percentage, duration_secs } => {
            format!("{percentage}% up for {duration_secs} s")
        }
        SlaPolicy::Count { count, duration_secs } => format!("{count} up for {duration_secs} s"),
        SlaPolicy::Coordinator { coordinator_url, status_key } => {
            format!("as {coordinator_url} says under {status_key}")
        }
    }
}

fn update(settings: &JobUpdateSettings) -> String {
    let pause = |on: &bool| if *on { ", pausing after each" } else { "" };
    let mut words = match &settings.update_strategy {
        Some(JobUpdateStrategy::Queue { group_size }) => format!("{group_size} at a time"),
        Some(JobUpdateStrategy::Batch { group_size, autopause_after_batch }) => {
            format!("in batches of {group_size}{}", pause(autopause_after_batch))
        }
        Some(JobUpdateStrategy::VariableBatch { group_sizes, autopause_after_batch }) => {
            let sizes: Vec<String> = group_sizes.iter().map(i64::to_string).collect();
            format!("in batches of {}{}", sizes.join(", "), pause(autopause_after_batch))
        }
        None => format!("{} at a time", settings.update_group_size),
    };
    let _ = write!(
        words,
        "; watched for {} s; {} failures each and {} failed instances are forgiven; {}",
        settings.min_wait_in_instance_running_ms / 1000,
        settings.max_per_instance_failures,
        settings.max_failed_instances,
        if settings.rollback_on_failure { "rolls back" } else { "no rollback" },
    );
    if let Some(ms) = settings.block_if_no_pulses_after_ms {
        let _ = write!(words, "; blocks after {} s without a pulse", ms / 1000);
    }
    if settings.sla_aware == Some(true) {
        words.push_str("; sla aware");
    }
    words
}

fn add_process(lines: &mut Lines, index: usize, process: &Process) {
    let marks = [(process.daemon, "daemon"), (process.ephemeral, "ephemeral"), (process.is_final, "final")];
    let mut words: Vec<String> =
        marks.iter().filter(|(on, _)| *on).map(|(_, mark)| mark.to_string()).collect();
    if !process.after.is_empty() {
        words.push(format!("after {}", process.after.join(", ")));
    }
    let words = if words.is_empty() { String::new() } else { format!(" ({})", words.join("; ")) };
    let name = if index == 0 { "processes" } else { "" };
    lines.add(name, &format!("{}. {}{words}", index + 1, process.name));
    lines.add("", &format!("   {}", first_line(&process.cmdline)));
}

/// The first line of a command, cut where it is long.
fn first_line(command: &str) -> String {
    const WIDTH: usize = 90;
    let mut lines = command.trim().lines();
    let first = lines.next().unwrap_or_default();
    let cut: String = first.chars().take(WIDTH).collect();
    if cut.len() < first.len() || lines.next().is_some() { format!("{cut} …") } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_summed_over_instances() {
        let each = Amounts { cpus: 0.1, ram_mb: 64, disk_mb: 10, ..Amounts::default() };
        assert_eq!(amounts(&each, 1), "0.1 cpus, 64 MB ram, 10 MB disk");
        assert_eq!(amounts(&each, 3), "0.3 cpus, 192 MB ram, 30 MB disk");
        assert_eq!(ports(&[Resource::NamedPort("http".to_string()), Resource::RamMb(64)]), "http");
    }

    #[test]
    fn what_an_instance_takes_counts_its_executor() {
        let task = Amounts { cpus: 0.5, ram_mb: 64, disk_mb: 10, ..Amounts::default() };
        let overhead = Amounts { cpus: 0.25, ram_mb: 128, ..Amounts::default() };
        let mut lines = Lines(String::new());
        add_resources(&mut lines, &InstanceResources { task, executor: Overhead::Known(overhead) }, 2);
        assert_eq!(
            lines.0,
            "  each asks    0.5 cpus, 64 MB ram, 10 MB disk\n  \
             each takes   0.75 cpus, 192 MB ram, 10 MB disk (of it 0.25 cpus, 128 MB ram for the executor)\n  \
             in total     1.5 cpus, 384 MB ram, 20 MB disk\n"
        );
    }

    #[test]
    fn five_runs_are_shown_from_the_time_given() {
        let mut lines = Lines(String::new());
        add_runs(&mut lines, "30 9 * * MON-FRI", None);
        assert_eq!(lines.0, "");
        add_runs(&mut lines, "30 9 * * MON-FRI", cron::parse_moment("2026-02-27").ok());
        assert_eq!(lines.0.lines().count(), 5);
        assert!(lines.0.starts_with("  next runs    Fri 2026-02-27 09:30 UTC\n"));
        assert!(lines.0.ends_with("Thu 2026-03-05 09:30 UTC\n"));
    }

    #[test]
    fn commands_are_cut_to_one_line() {
        assert_eq!(first_line("echo hi"), "echo hi");
        assert_eq!(first_line("\n  set -e\n  run\n"), "set -e …");
        assert_eq!(first_line(&"x".repeat(100)).chars().count(), 92);
    }
}
