//! What is worth knowing of a job, in lines of a name and a value.

use std::fmt::Write as _;

use jobc::model::admission::{Amounts, InstanceResources, Overhead, instance_resources};
use jobc::model::cron::{self, Moment};
use jobc::model::settings::Clusters;
use jobc::model::thrift::{
    Container, CronCollisionPolicy, Image, JobUpdateSettings, JobUpdateStrategy, MesosFetcherUri,
    PartitionPolicy, Resource, SlaPolicy, TaskConfig, TaskConstraint, Volume,
};
use jobc::model::{Bundle, CompiledExecutor, CompiledJob};
use jobc::report::{Place, one_line};
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
    lines.add("priority", &if task.priority == 0 { String::new() } else { task.priority.to_string() });
    lines.add("container", &container(&task.container));
    lines.add(
        "fetches",
        &task.mesos_fetcher_uris.iter().flatten().map(fetched).collect::<Vec<_>>().join(", "),
    );
    lines.add("tier", task.tier.as_deref().unwrap_or_default());
    lines.add("failures", &failures(task.max_task_failures));
    lines.add("sla", &task.sla_policy.as_ref().map(sla).unwrap_or_default());
    lines.add("partition", &task.partition_policy.as_ref().map(partition).unwrap_or_default());
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
    let takes = [entry.executor.cpus.map(cpus), entry.executor.mem.map(|mem| format!("{mem} MB ram"))];
    let takes: Vec<String> = takes.into_iter().flatten().collect();
    lines.add("each takes", if takes.is_empty() { "nothing".to_string() } else { takes.join(", ") }.as_str());
    lines.add("task prefix", &entry.task_prefix);
    let command = &entry.executor.command;
    let words: Vec<&str> =
        std::iter::once(&command.value).chain(&command.arguments).map(String::as_str).collect();
    lines.add("command", &words.join(" "));
    let uris: Vec<&str> = command.uris.iter().map(|u| u.value.as_str()).collect();
    lines.add("fetches", &uris.join(", "));
    let volume = |v: &jobc::model::executor::VolumeMount| {
        let host = v.host_path.as_deref().unwrap_or("the sandbox");
        format!("{host} on {} ({})", v.container_path, v.mode.name())
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
        let gpus = times(each.gpus);
        words.push(if gpus == 1 { "1 gpu".to_string() } else { format!("{gpus} gpus") });
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
        Container::Mesos { image: None, volumes } if volumes.as_ref().is_none_or(Vec::is_empty) => {
            String::new()
        }
        Container::Mesos { image, volumes } => {
            let image = image.as_ref().map(|image| match image {
                Image::Docker { name, tag } => format!("docker image {name}:{tag}"),
                Image::Appc { name, image_id } => format!("appc image {name} {image_id}"),
            });
            let volume = |v: &Volume| format!("{} on {} ({})", v.host_path, v.container_path, v.mode.name());
            let parts = image.into_iter().chain(volumes.iter().flatten().map(volume));
            std::iter::once("mesos".to_string()).chain(parts).collect::<Vec<_>>().join(", ")
        }
    }
}

fn fetched(uri: &MesosFetcherUri) -> String {
    let name = uri.output_file.as_ref().map(|name| format!(" as {name}")).unwrap_or_default();
    format!("{}{name}", uri.value)
}

fn partition(policy: &PartitionPolicy) -> String {
    match (policy.reschedule, policy.delay_secs) {
        (false, _) => "instances are waited for".to_string(),
        (true, None | Some(0)) => "instances are replaced at once".to_string(),
        (true, Some(seconds)) => format!("instances are replaced after {seconds} s"),
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
    for line in command_lines(&process.cmdline) {
        match line {
            "" => lines.0.push('\n'),
            _ => lines.add("", &format!("   {line}")),
        }
    }
}

/// The lines of a command, without the indentation that they share and empty lines around them.
fn command_lines(command: &str) -> Vec<&str> {
    let lines: Vec<&str> = command.lines().map(str::trim_end).collect();
    let indentation = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let shared = lines.iter().filter(|line| !line.is_empty()).map(indentation).min().unwrap_or_default();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines[first..end].iter().map(|line| line.get(shared..).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_summed_over_instances() {
        let each = Amounts { cpus: 0.1, ram_mb: 64, disk_mb: 10, ..Amounts::default() };
        assert_eq!(amounts(&each, 1), "0.1 cpus, 64 MB ram, 10 MB disk");
        assert_eq!(amounts(&each, 3), "0.3 cpus, 192 MB ram, 30 MB disk");
        assert_eq!(ports(&[Resource::NamedPort("http".into()), Resource::RamMb(64)]), "http");
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
    fn commands_are_shown_whole() {
        assert_eq!(command_lines("echo hi"), ["echo hi"]);
        assert_eq!(command_lines("\n    set -e\n\n      run \n  \n"), ["set -e", "", "  run"]);
        assert_eq!(command_lines(" \n"), [""; 0]);
        assert_eq!(command_lines("\ta\n  é"), ["a", " é"]);
    }

    #[test]
    fn what_happens_to_instances_that_are_cut_off() {
        let words = |reschedule, delay_secs| partition(&PartitionPolicy { reschedule, delay_secs });
        assert_eq!(words(false, Some(30)), "instances are waited for");
        assert_eq!(words(true, None), "instances are replaced at once");
        assert_eq!(words(true, Some(30)), "instances are replaced after 30 s");
    }
}
