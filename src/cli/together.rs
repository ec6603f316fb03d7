//! Putting together what several files describe.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::job::{DUPLICATE_JOB, NO_SUCH_JOB};
use jobc::model::executor::CustomExecutor;
use jobc::model::thrift::{JobConfiguration, JobUpdateSettings};
use jobc::model::{Bundle, CompiledExecutor, CompiledJob, Places};
use jobc::render::one_line;
use jobc::source::Span;

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
pub(crate) fn together(outcomes: Vec<Outcome<Part>>) -> (Bundle, Vec<Diagnostic>) {
    let mut bundle = Bundle::default();
    let mut reports = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        for (entry, span) in outcome.harvest.executors {
            // A registry that several files include is one registry.
            if !bundle.executors.iter().any(|e| e.entry == entry) {
                bundle.executors.push(CompiledExecutor { entry, places: Places::whole(span) });
            }
        }
        bundle.jobs.extend(outcome.harvest.jobs.into_iter().map(|job| {
            let PartJob { cluster, configuration, update, span } = job;
            CompiledJob { cluster, configuration, update, places: Places::whole(span) }
        }));
        reports.push(outcome.diagnostics);
    }
    let mut all = selected_nowhere(reports);
    all.extend(duplicates(&bundle.jobs));
    (bundle, all)
}

/// Jobs with the key of an earlier one.
fn duplicates(jobs: &[CompiledJob]) -> Vec<Diagnostic> {
    let mut first: HashMap<String, Span> = HashMap::with_capacity(jobs.len());
    let mut out = Vec::new();
    for job in jobs {
        let (key, span) = (job.key(), job.places.span());
        match first.entry(key) {
            Slot::Vacant(slot) => {
                slot.insert(span);
            }
            Slot::Occupied(slot) => {
                let message = format!("there is a job `{}` already", one_line(slot.key()));
                let label = if *slot.get() == span { "made here, for both files" } else { "the first one" };
                out.push(Diagnostic::error(&DUPLICATE_JOB, span, message).label(*slot.get(), label));
            }
        }
    }
    out
}

/// A --job that selects nothing in one file may select something in another. What is said in every file is said once,
/// with the candidates of all of them.
fn selected_nowhere(reports: Vec<Vec<Diagnostic>>) -> Vec<Diagnostic> {
    let files = reports.len();
    let mut out = Vec::new();
    let mut misses: Vec<(Diagnostic, usize)> = Vec::new();
    for diagnostic in reports.into_iter().flatten() {
        if diagnostic.code != &NO_SUCH_JOB {
            out.push(diagnostic);
            continue;
        }
        match misses.iter_mut().find(|(d, _)| d.message == diagnostic.message) {
            Some((known, count)) => {
                *count += 1;
                let new: Vec<String> =
                    diagnostic.notes.into_iter().filter(|n| !known.notes.contains(n)).collect();
                known.notes.extend(new);
            }
            None => misses.push((diagnostic, 1)),
        }
    }
    out.extend(misses.into_iter().filter(|(_, count)| *count == files).map(|(d, _)| d));
    out
}
