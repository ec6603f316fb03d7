//! What several files come to together.

use std::collections::HashMap;

use rustc_hash::FxHashSet;

use super::included::{Listed, included};
use super::{Compilation, Contribution, Part, duplicates, merge};
use crate::diagnostics::codes::job::NO_JOBS;
use crate::diagnostics::{Diagnostic, Severity};
use crate::model::{CompiledExecutor, executors};
use crate::source::SourceMap;

/// What files describe together, in their order, with what there is to say about one beside the others.
///
/// A file that was found in a folder may describe nothing. Where another file includes it, it was checked there, with the
/// names that it finds there, and nothing is said of it alone.
pub fn put_together(mut parts: Vec<Part>, sources: &SourceMap) -> Compilation {
    skip_libraries(&mut parts);
    let refused = parts.iter().any(|part| part.compilation.has_errors());
    let included = included(&parts.iter().map(listed).collect::<Vec<_>>());
    for (part, included) in parts.iter_mut().zip(included).filter(|(part, _)| part.found) {
        let nothing_to_say = |d: &Diagnostic| included || d.code == &NO_JOBS;
        part.compilation.diagnostics.retain(|d| !nothing_to_say(d));
    }
    let mut changed = FxHashSet::default();
    for (number, diagnostic) in duplicates::of_keys(&parts) {
        parts[number].compilation.diagnostics.push(diagnostic);
        changed.insert(number);
    }
    for number in changed {
        merge::settle(&mut parts[number].compilation.diagnostics, sources);
    }
    let mut whole = joined(parts);
    whole.refused |= refused || whole.has_errors();
    whole
}

/// Where some file has jobs or executors, a file that was named and has neither is a library, and only noted.
fn skip_libraries(parts: &mut [Part]) {
    let describes_something = |part: &Part| {
        let bundle = &part.compilation.bundle;
        !bundle.jobs.is_empty() || !bundle.executors.is_empty()
    };
    if !parts.iter().any(describes_something) {
        return;
    }
    let diagnostics = parts.iter_mut().flat_map(|part| &mut part.compilation.diagnostics);
    for diagnostic in diagnostics.filter(|d| d.code == &NO_JOBS && d.is_error()) {
        diagnostic.severity = Severity::Note;
        diagnostic.message.push_str("; it is skipped, as a file that others include");
    }
}

fn listed(part: &Part) -> Listed<'_> {
    Listed {
        path: &part.path,
        may_be_part: part.found && part.compilation.bundle.jobs.is_empty(),
        reads: &part.compilation.reads,
    }
}

fn joined(mut parts: Vec<Part>) -> Compilation {
    if parts.len() == 1 {
        let mut whole = parts.remove(0).compilation;
        let executors = (0..whole.bundle.executors.len()).collect();
        whole.contributions = vec![Contribution { jobs: whole.bundle.jobs.len(), executors }];
        return whole;
    }
    let mut whole = Compilation::default();
    let mut registry = Registry::default();
    let mut reads = FxHashSet::default();
    for Part { found, compilation: part, .. } in parts {
        let jobs = part.bundle.jobs.len();
        whole.bundle.jobs.extend(part.bundle.jobs);
        let executors =
            part.bundle.executors.into_iter().map(|executor| registry.add(executor, found)).collect();
        whole.contributions.push(Contribution { jobs, executors });
        whole.diagnostics.extend(part.diagnostics);
        whole.candidates.extend(part.candidates);
        whole.failed_jobs += part.failed_jobs;
        reads.extend(part.reads);
        whole.used_variables.extend(part.used_variables);
        whole.used_bindings.resize(whole.used_bindings.len().max(part.used_bindings.len()), false);
        whole.used_bindings.iter_mut().zip(part.used_bindings).for_each(|(used, here)| *used |= here);
    }
    whole.bundle.executors = registry.executors;
    whole.diagnostics.extend(registry.refusals);
    whole.reads = reads.into_iter().collect();
    whole.reads.sort_unstable();
    whole
}

/// The executors of all files. A registry that several files include is one registry.
#[derive(Default)]
struct Registry {
    executors: Vec<CompiledExecutor>,
    /// The numbers of those that have a name, each with whether its file was found in a folder.
    by_name: HashMap<String, Vec<(usize, bool)>>,
    refusals: Vec<Diagnostic>,
}

impl Registry {
    /// Adds an executor and gives its position.
    fn add(&mut self, executor: CompiledExecutor, found: bool) -> usize {
        let alike = self.by_name.entry(executor.entry.executor.name.clone()).or_default();
        let known = alike.iter().find(|(number, _)| self.executors[*number].entry == executor.entry);
        if let Some((number, _)) = known {
            return *number;
        }
        // Not all files of a folder need be meant for one scheduler.
        if let Some((first, first_found)) = alike.first()
            && !(found && *first_found)
        {
            self.refusals.push(executors::duplicate(&self.executors[*first], &executor));
        }
        let number = self.executors.len();
        alike.push((number, found));
        self.executors.push(executor);
        number
    }
}
