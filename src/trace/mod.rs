//! Where the values of jobs come from.
//!
//! An entry file that has mistakes, or about which somebody asks, is evaluated again with a [`Record`]; the strings of the
//! jobs in question are interpolated again, noting who answers each reference. What comes out are places and strings, which
//! may go to another thread.
//!
//! | question | file |
//! |---|---|
//! | the steps from a value as it is written to the field of a job that it becomes | `steps.rs` |
//! | which files include which | `files.rs` |
//! | what a diagnostic says about that | `explain.rs` |

mod explain;
mod files;
mod steps;

use crate::diagnostics::{Diagnostic, JobPlace};
use crate::eval::Record;
use crate::source::Span;
use crate::template::Object;

pub use files::Files;
pub use steps::{Step, StepKind, Trace};

/// A job, as it is written, and what is known of how it came about.
pub struct TracedJob<'t> {
    /// The job with all that is bound to it, not interpolated.
    pub job: &'t Object,
    /// The same job before anything is bound to it from outside: the one that the record knows.
    pub raw: &'t Object,
    /// What evaluating the file again has noted, if it was done.
    pub record: Option<&'t Record>,
    /// The files that were evaluated.
    pub files: &'t Files,
}

impl TracedJob<'_> {
    /// Where the job is listed among the jobs; where that is not known, where it is made.
    pub fn listed(&self) -> Span {
        let listed = self.record.and_then(|record| record.listed(self.raw)).map(|used| used.span);
        listed.unwrap_or(Span::NONE).or(self.job.origin())
    }

    /// Where the value at a path comes from, such as `task.resources.ram`; `None` where there is no such value.
    pub fn at_path(&self, path: &str) -> Option<Trace> {
        let mut found = None;
        self.job.visit_parts(&mut |part| {
            if found.is_none() && part.path == path {
                found = Some(steps::of_part(part, None, self));
            }
        });
        found
    }

    /// The diagnostics about the job, each at the place where somebody would change something.
    pub fn explain(&self, key: &str, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
        let place = JobPlace { key: key.to_string(), listed: self.listed() };
        explain::all(self, &place, diagnostics)
    }
}
