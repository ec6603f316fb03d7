//! Diagnostics of several jobs as one list: each mistake once, in source order.

use indexmap::IndexMap;
use indexmap::map::Entry;
use rustc_hash::FxHashSet;

use crate::common::FxIndexMap;
use crate::diagnostics::codes::job::UNBOUND;
use crate::diagnostics::{Diagnostic, JobPlace, Kept};
use crate::lints::eval::UNUSABLE_VALUE;
use crate::source::{SourceMap, Span};

/// A code, a place, the words where there is no place, and which one it is of those that a job says there.
type Key = (&'static str, Span, String, usize);

/// What jobs say, by code and place.
#[derive(Debug, Default)]
pub(super) struct ByPlace {
    entries: IndexMap<Key, (Diagnostic, Vec<JobPlace>)>,
    kept: Kept,
}

impl ByPlace {
    /// Adds what one job says.
    pub(super) fn add(&mut self, diagnostics: &[Diagnostic]) {
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            // What one job says about one place in other words is another mistake.
            let same = |d: &&Diagnostic| d.code.id == diagnostic.code.id && d.primary == diagnostic.primary;
            let nth = diagnostics[..index].iter().filter(same).count();
            // Without a place, only the words can tell two mistakes apart.
            let words = if diagnostic.primary.is_none() { diagnostic.message.clone() } else { String::new() };
            let key = (diagnostic.code.id, diagnostic.primary, words, nth);
            let (_, jobs) = match self.entries.entry(key) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(_) if !self.kept.has_room(diagnostic.severity) => continue,
                Entry::Vacant(entry) => {
                    let mut diagnostic = diagnostic.clone();
                    self.kept.add(&mut diagnostic);
                    entry.insert((diagnostic, Vec::new()))
                }
            };
            for job in &diagnostic.jobs {
                if jobs.last() != Some(job) {
                    jobs.push(job.clone());
                }
            }
        }
    }

    /// Adds what ends the work on all jobs.
    pub(super) fn stop(&mut self, last: Diagnostic) {
        let key = (last.code.id, last.primary, String::new(), 0);
        self.entries.entry(key).or_insert_with(|| (last, Vec::new()));
    }

    /// Whether as many errors are kept as there may be.
    pub(super) fn is_full(&self) -> bool {
        self.kept.is_full()
    }

    /// The diagnostics, each with the jobs that it is about.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let mut bindings: FxIndexMap<(String, Span), Diagnostic> = FxIndexMap::default();
        let mut all = Vec::new();
        for (diagnostic, jobs) in self.entries.into_values() {
            let diagnostic = Diagnostic { jobs, ..diagnostic };
            match diagnostic.code == &UNBOUND {
                true => add_unbound(&mut bindings, diagnostic),
                false => all.push(diagnostic),
            }
        }
        all.extend(bindings.into_values());
        all
    }
}

/// Adds what a job does not bind. Where several jobs lack the same for the same references, that is one mistake, made in a
/// list of jobs or in what they share.
fn add_unbound(bindings: &mut FxIndexMap<(String, Span), Diagnostic>, diagnostic: Diagnostic) {
    let first = diagnostic.labels.first().map_or(diagnostic.primary, |label| label.span);
    match bindings.entry((diagnostic.message.clone(), first)) {
        Entry::Vacant(entry) => {
            entry.insert(diagnostic);
        }
        Entry::Occupied(entry) => {
            let first = entry.into_mut();
            first.jobs.extend(diagnostic.jobs);
            if !first.suggestions.is_empty() {
                at_reference(first);
            }
        }
    }
}

/// Several jobs bind the same other name: then the reference is as likely to be misspelt.
fn at_reference(d: &mut Diagnostic) {
    let Some(reference) = d.labels.first_mut() else { return };
    std::mem::swap(&mut reference.span, &mut d.primary);
    reference.message = "the jobs bind another name, such as here".to_string();
    d.primary_label = "no job binds this".to_string();
    d.suggestions.clear();
    d.help.push("give the reference and the bindings the same name".to_string());
}

/// Puts what is said about a file into its order, each mistake once and no more than anybody reads.
pub(super) fn settle(diagnostics: &mut Vec<Diagnostic>, sources: &SourceMap) {
    in_source_order(diagnostics, sources);
    bounded(diagnostics);
}

/// Drops what is more than anybody reads, the last of it first.
fn bounded(diagnostics: &mut Vec<Diagnostic>) {
    let mut kept = Kept::default();
    diagnostics.retain_mut(|diagnostic| {
        let room = kept.has_room(diagnostic.severity);
        if room {
            kept.add(diagnostic);
        }
        room
    });
}

/// Sorts by file and place, and drops repetitions.
fn in_source_order(diagnostics: &mut Vec<Diagnostic>, sources: &SourceMap) {
    let name = |span: Span| sources.get(span.file).map(|f| f.name.clone()).unwrap_or_default();
    diagnostics.sort_by_cached_key(|d| (name(d.primary), d.primary.start, d.primary.end, d.code.id));
    let refused: FxHashSet<Span> = diagnostics.iter().filter(|d| d.is_error()).map(|d| d.primary).collect();
    diagnostics.retain(|d| d.code.id != UNUSABLE_VALUE.id || !refused.contains(&d.primary));
    diagnostics.dedup_by(|b, a| a.code.id == b.code.id && a.primary == b.primary && a.message == b.message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::codes::job::BAD_RESOURCES;
    use crate::source::FileId;

    fn at(start: usize) -> Span {
        Span::new(FileId(0), start, start + 1)
    }

    fn said_by(job: &str, diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic { jobs: vec![JobPlace { key: job.to_string(), listed: at(90) }], ..diagnostic }
    }

    fn merged(all: Vec<Diagnostic>) -> Vec<(Span, Vec<String>)> {
        let mut said = ByPlace::default();
        all.iter().for_each(|d| said.add(std::slice::from_ref(d)));
        let keys = |d: &Diagnostic| d.jobs.iter().map(|job| job.key.clone()).collect();
        said.finish().iter().map(|d| (d.primary, keys(d))).collect()
    }

    #[test]
    fn one_mistake_of_several_jobs_is_told_once_and_names_them_all() {
        let small = |place| Diagnostic::error(&BAD_RESOURCES, place, "too small");
        let all = vec![said_by("a", small(at(1))), said_by("b", small(at(1))), said_by("c", small(at(5)))];
        let names = |names: &[&str]| names.iter().map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(merged(all), [(at(1), names(&["a", "b"])), (at(5), names(&["c"]))]);
    }

    #[test]
    fn jobs_that_lack_the_same_binding_make_one_mistake() {
        let lacks = |place, reference| {
            Diagnostic::error(&UNBOUND, place, "the job does not bind `x`").label(reference, "needs `x`")
        };
        let all = vec![said_by("a", lacks(at(1), at(30))), said_by("b", lacks(at(2), at(30)))];
        assert_eq!(merged(all), [(at(1), vec!["a".to_string(), "b".to_string()])]);
    }
}
