//! Putting together what several files describe.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::job::DUPLICATE_JOB;
use jobc::emit::Style;
use jobc::emit::json::rendered;
use jobc::model::executor::CustomExecutor;
use jobc::model::executors;
use jobc::model::thrift::{JobConfiguration, JobUpdateSettings};
use jobc::model::{Bundle, CompiledExecutor, CompiledJob, Places};
use jobc::report::one_line;
use jobc::source::Span;
use smol_str::SmolStr;

use super::fleet::Outcome;

/// What one file describes, without what is tied to the thread that compiled it.
#[derive(Debug, Default)]
pub(crate) struct Part {
    executors: Vec<(CustomExecutor, Span)>,
    jobs: Vec<PartJob>,
}

#[derive(Debug)]
struct PartJob {
    key: String,
    span: Span,
    content: Content,
}

/// A job as it is wanted.
#[derive(Debug)]
enum Content {
    /// The entry of a bundle.
    Rendered(Vec<u8>),
    Model {
        cluster: SmolStr,
        configuration: Box<JobConfiguration>,
        update: Option<JobUpdateSettings>,
    },
}

impl Part {
    /// What a bundle holds; the jobs are rendered if there is a style.
    pub(crate) fn of(bundle: Bundle, style: Option<Style>) -> Part {
        let executors = bundle.executors.into_iter().map(|e| (e.entry, e.places.span())).collect();
        let jobs = bundle.jobs.into_iter().map(|job| {
            let (key, span) = (job.key(), job.places.span());
            let content = match style {
                Some(style) => Content::Rendered(rendered(&job, style)),
                None => {
                    let CompiledJob { cluster, configuration, update, .. } = job;
                    Content::Model { cluster, configuration: Box::new(configuration), update }
                }
            };
            PartJob { key, span, content }
        });
        Part { executors, jobs: jobs.collect() }
    }
}

/// What all files describe.
#[derive(Debug, Default)]
pub(crate) struct Together {
    /// The executors, and the jobs that were not rendered.
    pub(crate) bundle: Bundle,
    /// The jobs that were.
    pub(crate) rendered: Vec<Vec<u8>>,
    /// What is to be said about the files, alone and together.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What all files describe, in their order.
pub(crate) fn together(outcomes: &mut [Outcome<Part>]) -> Together {
    let Together { mut bundle, mut rendered, diagnostics: mut all } = Together::default();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    let mut duplicates = Duplicates::of(outcomes.iter().map(|o| o.jobs).sum());
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
        for PartJob { key, span, content } in part.jobs {
            duplicates.look_at(key, span);
            match content {
                Content::Rendered(text) => rendered.push(text),
                Content::Model { cluster, configuration, update } => bundle.jobs.push(CompiledJob {
                    cluster,
                    configuration: *configuration,
                    update,
                    places: Places::whole(span),
                }),
            }
        }
        all.append(&mut outcome.diagnostics);
    }
    all.extend(executors::duplicates(&bundle.executors));
    all.extend(duplicates.found);
    // As many pieces of memory as there are jobs: the process ends soon, and the system frees them faster.
    std::mem::forget(duplicates.first);
    Together { bundle, rendered, diagnostics: all }
}

/// Jobs with the key of an earlier one.
struct Duplicates {
    first: HashMap<String, Span>,
    found: Vec<Diagnostic>,
}

impl Duplicates {
    /// None yet, with room for so many jobs.
    fn of(jobs: usize) -> Duplicates {
        Duplicates { first: HashMap::with_capacity(jobs), found: Vec::new() }
    }

    fn look_at(&mut self, key: String, span: Span) {
        match self.first.entry(key) {
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
                self.found.push(refusal.help("give one of them another name, environment, role or cluster"));
            }
        }
    }
}
