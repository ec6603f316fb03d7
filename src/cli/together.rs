//! Putting together what several files describe.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::job::DUPLICATE_JOB;
use jobc::model::executor::CustomExecutor;
use jobc::model::executors;
use jobc::model::thrift::{JobConfiguration, JobUpdateSettings};
use jobc::model::{Bundle, CompiledExecutor, CompiledJob, Places};
use jobc::render::one_line;
use jobc::source::Span;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::fleet::Outcome;

/// What one file describes, without what is tied to the thread that compiled it.
#[derive(Debug, Default)]
pub(crate) struct Part {
    executors: Vec<(CustomExecutor, Span)>,
    jobs: Vec<PartJob>,
}

#[derive(Debug)]
struct PartJob {
    cluster: String,
    configuration: JobConfiguration,
    update: Option<JobUpdateSettings>,
    span: Span,
}

impl Part {
    /// What a bundle holds.
    pub(crate) fn of(bundle: Bundle) -> Part {
        let executors = bundle.executors.into_iter().map(|e| (e.entry, e.places.span())).collect();
        let jobs = bundle.jobs.into_iter().map(|job| {
            let span = job.places.span();
            let CompiledJob { cluster, configuration, update, .. } = job;
            PartJob { cluster, configuration, update, span }
        });
        Part { executors, jobs: jobs.collect() }
    }
}

/// The bundle of all files, in their order, and what is to be said about them, alone and together.
pub(crate) fn together(outcomes: &mut [Outcome<Part>]) -> (Bundle, Vec<Diagnostic>) {
    let mut bundle = Bundle::default();
    let mut all = Vec::new();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    bundle.jobs.reserve(outcomes.iter().map(|o| o.jobs).sum());
    for outcome in outcomes {
        let part = std::mem::take(&mut outcome.harvest);
        for (entry, span) in part.executors {
            // A registry that several files include is one registry.
            let alike = by_name.entry(entry.executor.name.clone()).or_default();
            if !alike.iter().any(|index| bundle.executors[*index].entry == entry) {
                alike.push(bundle.executors.len());
                bundle.executors.push(CompiledExecutor { entry, places: Places::whole(span) });
            }
        }
        bundle.jobs.extend(part.jobs.into_iter().map(|job| {
            let PartJob { cluster, configuration, update, span } = job;
            CompiledJob { cluster, configuration, update, places: Places::whole(span) }
        }));
        all.append(&mut outcome.diagnostics);
    }
    all.extend(executors::duplicates(&bundle.executors));
    all.extend(duplicates(&bundle.jobs));
    (bundle, all)
}

/// Jobs with the key of an earlier one.
fn duplicates(jobs: &[CompiledJob]) -> Vec<Diagnostic> {
    let mut first: FxHashMap<String, Span> = FxHashMap::with_capacity_and_hasher(jobs.len(), FxBuildHasher);
    let mut out = Vec::new();
    for job in jobs {
        let (key, span) = (job.key(), job.places.span());
        match first.entry(key) {
            Slot::Vacant(slot) => {
                slot.insert(span);
            }
            Slot::Occupied(slot) => {
                let message = format!("two jobs have the key {}", one_line(slot.key()));
                let refusal = Diagnostic::error(&DUPLICATE_JOB, span, message).here("the second");
                let refusal = match *slot.get() {
                    first if first == span => {
                        refusal.note("both are made by the same call, once for each file")
                    }
                    first => refusal.label(first, "the first"),
                };
                out.push(refusal.help("give one of them another name, environment, role or cluster"));
            }
        }
    }
    out
}
