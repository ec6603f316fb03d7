//! What the references of a file's jobs become, for those who ask.

use crate::eval;
use crate::model::convert::{Outside, Shared};
use crate::model::executors;
use crate::source::Span;
use crate::template::{Answer, Object, Walk, install_limits};

use super::{Session, command_line_scopes, jobs, listed};

/// What a reference becomes in a job. It may go to another thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The job's key.
    pub job: String,
    /// Where the reference is written, as far as that is known.
    pub span: Span,
    /// Its address.
    pub reference: String,
    /// What it becomes.
    pub value: String,
    /// Where that is written; [`Span::NONE`] for what no file writes.
    pub source: Span,
}

/// References inside the answers of references.
const MAX_DEPTH: usize = 32;

impl Session {
    /// Evaluates a file and gives what each reference of its jobs becomes. What fails has no answer. To be called inside
    /// [`eval::with_stack`], as [`Session::compile`].
    pub fn answers(&self, file: &str) -> Vec<Answered> {
        let Ok(read) = self.loader.load(None, file) else { return Vec::new() };
        let Ok(bindings) = command_line_scopes(&self.options.bindings) else { return Vec::new() };
        install_limits(self.options.limits, self.options.cancel.clone());
        let evaluation = eval::evaluate(read, &self.evaluation(), &self.loader, &self.sources, &self.modules);
        let globals = &evaluation.globals;
        let assigned = globals.get("executors").filter(|value| !eval::is_poison(value));
        let declared = executors::from_globals(assigned, globals.span("executors"), &bindings);
        let shared = Shared::default();
        let outside = Outside {
            user: &self.options.user,
            bindings: &bindings,
            data_types: &declared.data_types,
            clusters: &self.options.clusters,
            strict_updates: self.options.strict_updates,
            shared: &shared,
        };
        let found = listed::find(globals, true, true, evaluation.file, &mut Vec::new());
        found.iter().flat_map(|raw| of_job(raw, &outside)).collect()
    }
}

fn of_job(raw: &Object, outside: &Outside<'_>) -> Vec<Answered> {
    let Ok(job) = outside.bound(raw) else { return Vec::new() };
    let key = jobs::key_of(raw, outside);
    let mut walk = Walk::recording();
    // What cannot be interpolated as a whole has answers all the same.
    let interpolated = job.interpolate(&mut walk);
    drop(interpolated);
    let mut found = Vec::new();
    walk.answers.iter().flatten().for_each(|answer| add(answer, &key, MAX_DEPTH, &mut found));
    found
}

fn add(answer: &Answer, job: &str, depth: usize, found: &mut Vec<Answered>) {
    found.push(Answered {
        job: job.to_string(),
        span: answer.span,
        reference: answer.reference.address(),
        value: answer.text.as_str().to_string(),
        source: answer.source.span,
    });
    if let Some(depth) = depth.checked_sub(1) {
        answer.source.inside.iter().for_each(|inner| add(inner, job, depth, found));
    }
}
