//! The scheduler's rules, checked before a job is sent.
//!
//! The rules are those of the scheduler's `ConfigurationManager`, `SchedulerThriftInterface` and cron classes (Aurora
//! 0.22); `docs/admission.md` lists them with their codes and settings.
//!
//! | question | file |
//! |---|---|
//! | names, environment, number of instances | `identity.rs` |
//! | tier, executor, dedicated hosts | `task.rs` |
//! | containers, fetcher URIs | `container.rs` |
//! | GPUs; what an instance takes with its executor | `resources.rs`, `totals.rs` |
//! | SLA policies | `sla.rs` |
//! | cron schedules | `cron.rs` |
//! | requests for an update | `update.rs` |
//! | places and words that the rules share | `check.rs` |

mod check;
mod container;
mod cron;
mod identity;
mod resources;
mod sla;
mod task;
mod totals;
mod update;

#[cfg(test)]
mod tests;

use check::JobCheck;
pub use totals::{Amounts, InstanceResources, Overhead, instance_resources};

use super::settings::{Clusters, Settings, Strictness};
use super::{CompiledExecutor, ConvertedJob};
use crate::diagnostics::Diagnostic;
use crate::source::Span;

/// What the scheduler would reject about a job, as far as the job alone shows it: everything but the executor's name.
pub fn check(job: &ConvertedJob, settings: &Settings) -> Vec<Diagnostic> {
    let mut check = JobCheck::new(job, settings);
    if settings.strictness != Strictness::None {
        identity::check(&mut check);
        task::check(&mut check);
        container::check(&mut check);
        resources::check(&mut check);
        sla::check(&mut check);
        cron::check(&mut check);
        update::check(&mut check);
    } else {
        identity::doubt_line_breaks(&mut check);
    }
    check.found
}

/// What could be read of a job with mistakes.
#[derive(Debug)]
pub struct Draft {
    job: ConvertedJob,
    /// Where its mistakes are.
    mistaken: Vec<Span>,
}

impl Draft {
    /// A job in which mistakes were found; those at the places `covered` are reported elsewhere.
    pub fn new(job: ConvertedJob, found: &[Diagnostic], covered: &[Span]) -> Draft {
        let mistaken = found.iter().filter(|d| d.is_error()).map(|d| d.primary);
        Draft { job, mistaken: mistaken.chain(covered.iter().copied()).collect() }
    }

    /// Whether a problem may only be a consequence of the mistakes that were found.
    fn explains(&self, problem: &Diagnostic) -> bool {
        let is_of = |span: &Span| {
            let touches =
                |place: Span| place.file == span.file && place.start <= span.start && span.end <= place.end;
            touches(problem.primary) || problem.labels.iter().any(|l| touches(l.span))
        };
        self.mistaken.iter().any(is_of)
    }
}

/// Says what the scheduler would reject about jobs, each against the settings of its own cluster.
pub struct Judge<'s> {
    clusters: &'s Clusters,
    executors: Option<Vec<&'s str>>,
}

impl<'s> Judge<'s> {
    /// A judge of the jobs of a file.
    ///
    /// Executors that the file declares, and those of `known` (from an executors file), count as known to every
    /// cluster; without `known`, no name can be checked.
    pub fn new(
        clusters: &'s Clusters,
        declared: &'s [CompiledExecutor],
        known: Option<&'s [String]>,
    ) -> Judge<'s> {
        let declared = declared.iter().map(|e| e.entry.executor.name.as_str());
        let executors = known.map(|k| declared.chain(k.iter().map(String::as_str)).collect());
        Judge { clusters, executors }
    }

    /// What would be rejected about a job.
    pub fn job(&self, job: &ConvertedJob) -> Vec<Diagnostic> {
        let settings = self.clusters.of(&job.cluster);
        let unknown = self.executors.as_ref().and_then(|e| task::unknown_executor(job, settings, e));
        check(job, settings).into_iter().chain(unknown).collect()
    }

    /// What would be rejected about the sound parts of a job with mistakes.
    pub fn draft(&self, draft: &Draft) -> Vec<Diagnostic> {
        let found = check(&draft.job, self.clusters.of(&draft.job.cluster)).into_iter();
        found.filter(|d| d.is_error() && !draft.explains(d)).collect()
    }
}

/// Whether the name of a job's executor is judged by [`Judge`], so that no other check needs to.
pub fn judges_executor(job: &ConvertedJob, settings: &Settings) -> bool {
    let executor = job.configuration.task_config.executor_config.as_ref();
    let nameless = executor.is_some_and(|e| e.name.is_empty());
    settings.knows_cluster() || (nameless && settings.strictness != Strictness::None)
}
