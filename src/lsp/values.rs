//! What a reference becomes in each job, beside what is known of it without evaluation.

use std::path::{Path, PathBuf};

use gen_lsp_types::{Contents, Hover, MarkupContent};

use super::analysis::{Task, over_buffers};
use super::host::Host;
use super::refusal::{Later, Refusal};
use super::state::State;
use super::words::clipped;
use crate::source::Span;

/// Files that are evaluated for one request.
const MAX_ROOTS: usize = 3;

/// Values that are named, and jobs for each.
const MAX_VALUES: usize = 8;
const MAX_JOBS: usize = 3;

/// The files whose jobs a file has a part in: itself, where it has jobs, or those that include it.
fn roots(state: &State<'_>, path: &Path) -> Vec<PathBuf> {
    let has_jobs = |path: &PathBuf| {
        let outcome = state.roots.get(path).and_then(|root| root.outcome.as_ref());
        outcome.is_none_or(|outcome| !outcome.jobs.is_empty())
    };
    let mut all = state.readers(path);
    all.extend(state.graph.includers(path));
    all.retain(has_jobs);
    all.dedup();
    all.truncate(MAX_ROOTS);
    all
}

/// Adds to a hover what the reference at a place becomes.
pub(super) fn with_values(state: &State<'_>, path: &Path, reference: Span, hover: Hover) -> Later {
    let tasks: Vec<Task> = roots(state, path).iter().map(|root| state.task(root, 0)).collect();
    let path = path.to_path_buf();
    Box::new(move |host| {
        let mut found: Vec<(String, Vec<String>)> = Vec::new();
        for task in &tasks {
            for (value, job) in values(task, &path, reference, host) {
                match found.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, jobs)) if !jobs.contains(&job) => jobs.push(job),
                    Some(_) => {}
                    None => found.push((value, vec![job])),
                }
            }
        }
        serde_json::to_value(added(hover, &found)).map_err(|error| Refusal::of_panic(&error.to_string()))
    })
}

/// What the reference becomes in each job of a file.
fn values(task: &Task, path: &Path, reference: Span, host: &dyn Host) -> Vec<(String, String)> {
    let disk = host.look(&task.settings);
    let opened = disk.session(&task.path, task.below.as_deref());
    if !opened.refused.is_empty() {
        return Vec::new();
    }
    let session = over_buffers(opened.session, task);
    let answers = session.answers(&task.path.to_string_lossy());
    let is_here = |span: Span| {
        let file = session.sources.get(span.file);
        let is_same = file.is_some_and(|file| file.path.as_deref() == Some(path));
        is_same && reference.start <= span.start && span.end <= reference.end
    };
    answers.into_iter().filter(|one| is_here(one.span)).map(|one| (one.value, one.job)).collect()
}

fn added(mut hover: Hover, found: &[(String, Vec<String>)]) -> Hover {
    let Contents::MarkupContent(MarkupContent { value: words, .. }) = &mut hover.contents else {
        return hover;
    };
    for (value, jobs) in found.iter().take(MAX_VALUES) {
        let named = jobs.iter().take(MAX_JOBS).cloned().collect::<Vec<_>>().join(", ");
        let more = match jobs.len().saturating_sub(MAX_JOBS) {
            0 => String::new(),
            1 => " and 1 more job".to_string(),
            n => format!(" and {n} more jobs"),
        };
        words.push_str(&format!("\n- `{}` in {named}{more}", clipped(value)));
    }
    if found.len() > MAX_VALUES {
        words.push_str(&format!("\n- and {} more values", found.len() - MAX_VALUES));
    }
    hover
}
