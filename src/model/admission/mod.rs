//! What the scheduler would refuse, found before it is asked.
//!
//! The rules are those of the scheduler's `ConfigurationManager`, `SchedulerThriftInterface` and cron classes (Aurora
//! 0.22); `docs/admission.md` lists them with their codes and settings.
//!
//! | question | file |
//! |---|---|
//! | names, environment, number of instances | `identity.rs` |
//! | tier, executor, dedicated hosts | `task.rs` |
//! | containers, fetcher URIs | `container.rs` |
//! | resources; what an instance takes with its executor | `resources.rs`, `totals.rs` |
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

use rustc_hash::FxHashMap;

use check::Check;
pub use totals::{Amounts, InstanceResources, Overhead, instance_resources};

use super::settings::{Mode, Settings};
use super::{Bundle, CompiledJob};
use crate::diagnostics::Diagnostic;
use crate::source::Span;

/// What the scheduler would refuse about a job, as far as the job alone shows it: everything but the executor's name.
pub fn check(job: &CompiledJob, settings: &Settings) -> Vec<Diagnostic> {
    let mut check = Check::new(job, settings);
    if settings.mode != Mode::None {
        identity::check(&mut check);
        task::check(&mut check);
        container::check(&mut check);
        resources::check(&mut check);
        sla::check(&mut check);
        cron::check(&mut check);
        update::check(&mut check);
    }
    check.found
}

/// What the scheduler would refuse about the jobs of a bundle, each against the settings of its own cluster.
///
/// Executors that the bundle declares, and those of `known` (from an executors file), count as known to every cluster.
/// What is found alike at one place for several jobs is told once, with the number of the others.
pub fn check_bundle<'s>(
    bundle: &Bundle,
    known: &[String],
    settings_for: impl Fn(&str) -> &'s Settings,
) -> Vec<Diagnostic> {
    let declared = bundle.executors.iter().map(|e| e.entry.executor.name.as_str());
    let executors: Vec<&str> = declared.chain(known.iter().map(String::as_str)).collect();
    let mut found = Vec::new();
    for job in &bundle.jobs {
        let settings = settings_for(&job.cluster);
        found.extend(check(job, settings));
        found.extend(task::unknown_executor(job, settings, &executors));
    }
    told_once(found)
}

/// The first of each that are alike, with a note of how many more there are.
fn told_once(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut first: FxHashMap<(&'static str, Span, String), usize> = FxHashMap::default();
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    for diagnostic in found {
        let alike = (diagnostic.code.id, diagnostic.primary, diagnostic.message.clone());
        match first.get(&alike) {
            Some(index) => kept[*index].1 += 1,
            None => {
                first.insert(alike, kept.len());
                kept.push((diagnostic, 0));
            }
        }
    }
    kept.into_iter()
        .map(|(diagnostic, more)| match more {
            0 => diagnostic,
            1 => diagnostic.note("the same holds for 1 more job"),
            n => diagnostic.note(format!("the same holds for {n} more jobs")),
        })
        .collect()
}
