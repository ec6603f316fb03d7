//! Evaluating a file again, to say where the values of its jobs come from.

use std::cell::OnceCell;
use std::sync::Arc;

use super::{Session, listed};
use crate::diagnostics::Diagnostic;
use crate::eval::{self, EvalOptions, Evaluation, Record};
use crate::model::convert::Outside;
use crate::source::{FileId, Loader, Read};
use crate::template::{Object, counted_apart, is_half_spent};
use crate::trace::{Files, TracedJob};

/// Where the values of a file's jobs come from. Nothing is done before somebody asks.
pub(super) struct Origins<'s> {
    session: &'s Session,
    loader: Arc<dyn Loader>,
    /// The entry file, without its text.
    entry: Read,
    file: FileId,
    files: Files,
    /// Whether the first run was short enough for a second one.
    may_run_again: bool,
    again: OnceCell<Option<Again>>,
}

/// What the second run has given.
struct Again {
    jobs: Vec<Object>,
    record: Box<Record>,
}

impl<'s> Origins<'s> {
    /// The origins of the values of a file that was evaluated, whose reads go through `loader`.
    pub(super) fn new(
        session: &'s Session,
        loader: Arc<dyn Loader>,
        entry: Read,
        evaluation: &Evaluation,
    ) -> Origins<'s> {
        Origins {
            session,
            loader,
            entry,
            file: evaluation.file,
            files: Files::new(&evaluation.includes),
            may_run_again: !evaluation.spent_half && !is_half_spent(),
            again: OnceCell::new(),
        }
    }

    /// The diagnostics about a job, each with the job's name, at the place where somebody would change something. `index`
    /// is the job's position among those of the file.
    pub(super) fn explain(
        &self,
        (index, raw): (usize, &Object),
        key: &str,
        diagnostics: &[Diagnostic],
        outside: &Outside<'_>,
    ) -> Vec<Diagnostic> {
        if diagnostics.is_empty() {
            return Vec::new();
        }
        counted_apart(|| {
            let again = self.again.get_or_init(|| self.run_again()).as_ref();
            let raw = again.and_then(|again| again.jobs.get(index)).unwrap_or(raw);
            let job = &outside.bound(raw).unwrap_or_else(|_| raw.clone());
            let record = again.map(|again| &*again.record);
            TracedJob { job, raw, record, files: &self.files }.explain(key, diagnostics)
        })
    }

    fn run_again(&self) -> Option<Again> {
        if !self.may_run_again {
            return None;
        }
        let text = self.session.sources.get(self.file)?.text.clone();
        let entry = Read { text, ..self.entry.clone() };
        let options = EvalOptions { record: true, ..self.session.evaluation() };
        let Session { sources, modules, .. } = self.session;
        let evaluation = eval::evaluate(entry, &options, &self.loader, sources, modules);
        let jobs = listed::find(&evaluation.globals, true, true, self.file, &mut Vec::new());
        Some(Again { jobs, record: evaluation.record? })
    }
}
