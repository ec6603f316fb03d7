//! Jobs with the key of another.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Part;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::job::DUPLICATE_JOB;
use crate::lints::job::KEY_IN_TWO_FILES;
use crate::model::CompiledJob;
use crate::model::thrift::JobKey;
use crate::source::Span;

/// Where a key was first seen.
struct First {
    file: usize,
    span: Span,
}

/// What there is to say about jobs with the key of an earlier one, each with the number of the file that the later is in.
/// It is an error; only a warning where both are in files that were found by searching a folder, as not all files of a
/// folder need be meant for one scheduler.
pub(super) fn of_keys(parts: &[Part]) -> Vec<(usize, Diagnostic)> {
    let jobs = parts.iter().map(|part| part.compilation.bundle.jobs.len()).sum();
    // Not a table that strangers could flood.
    let mut seen: HashMap<(&str, &JobKey), First> = HashMap::with_capacity(jobs);
    let mut found = Vec::new();
    for (file, part) in parts.iter().enumerate() {
        for job in &part.compilation.bundle.jobs {
            let span = job.places.span();
            match seen.entry((&job.cluster, &job.configuration.key)) {
                Entry::Vacant(slot) => {
                    slot.insert(First { file, span });
                }
                Entry::Occupied(first) => {
                    let first = first.get();
                    let diagnostic = match first.file == file {
                        true => in_one_file(job, first.span),
                        false => in_two_files(job, first.span, parts[first.file].found && part.found),
                    };
                    found.push((file, diagnostic));
                }
            }
        }
    }
    found
}

const HELP: &str = "give one of them another name, environment, role or cluster";

fn in_one_file(second: &CompiledJob, first: Span) -> Diagnostic {
    let message = format!("two jobs have the key {}", second.key());
    let span = second.places.span();
    let d = Diagnostic::error(&DUPLICATE_JOB, span, message).here("the second");
    let d = match first == span {
        true => d.note("both are made by the same call"),
        false => d.label(first, "the first"),
    };
    d.help(HELP)
}

fn in_two_files(second: &CompiledJob, first: Span, found: bool) -> Diagnostic {
    let span = second.places.span();
    let d = match found {
        true => {
            let message = format!("two files have a job with the key {}", second.key());
            Diagnostic::warning(&KEY_IN_TWO_FILES, span, message)
        }
        false => {
            let message = format!("two jobs have the key {}", second.key());
            Diagnostic::error(&DUPLICATE_JOB, span, message)
        }
    };
    let d = d.here("the second");
    let d = match first == span {
        true => d.note("both are made by the same call, once for each file"),
        false => d.label(first, "the first"),
    };
    d.help(HELP)
}
