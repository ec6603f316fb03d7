//! What is asked of each job as soon as it is converted, so that nobody has to keep it for that.

use crate::diagnostics::Diagnostic;
use crate::model::admission::{self, Draft, Judge};
use crate::model::executors::DeclaredNames;
use crate::model::settings::Clusters;
use crate::model::{CompiledExecutor, ConvertedJob};

/// What the schedulers of jobs would reject, and whether the executors that jobs name are declared anywhere.
pub(super) struct Verdict<'s> {
    clusters: &'s Clusters,
    judge: Judge<'s>,
    names: Option<DeclaredNames<'s>>,
}

impl<'s> Verdict<'s> {
    /// A verdict on no jobs yet. `known` are the names of executors that are declared beside those of the file, if that
    /// can be told. What a cluster's settings say of executors is for that cluster alone; other clusters may have any of
    /// them.
    pub(super) fn new(
        clusters: &'s Clusters,
        executors: &'s [CompiledExecutor],
        known: Option<&'s [String]>,
    ) -> Verdict<'s> {
        let of_clusters = clusters.executors();
        let names =
            known.map(|k| DeclaredNames::new(executors, k.iter().map(String::as_str).chain(of_clusters)));
        Verdict { clusters, judge: Judge::new(clusters, executors, known), names }
    }

    /// What there is to say about a job.
    pub(super) fn job(&self, job: &ConvertedJob) -> Vec<Diagnostic> {
        let mut found = self.judge.job(job);
        if let Some(names) = &self.names
            && !admission::judges_executor(job, self.clusters.of(&job.cluster))
        {
            found.extend(names.check(job));
        }
        found
    }

    /// What the schedulers would reject about the sound parts of a job with mistakes.
    pub(super) fn draft(&self, draft: &Draft) -> Vec<Diagnostic> {
        self.judge.draft(draft)
    }
}
