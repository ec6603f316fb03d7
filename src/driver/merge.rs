//! Diagnostics of several jobs as one list: each mistake once, in source order.

use indexmap::IndexMap;
use indexmap::map::Entry;
use rustc_hash::FxHashSet;

use crate::diagnostics::{Diagnostic, Kept};
use crate::lints::eval::UNUSABLE_VALUE;
use crate::source::{SourceMap, Span};

/// Job keys that are named before the rest is counted.
const MAX_NAMED: usize = 3;

/// A code, a place, the words where there is no place, and which one it is of those that a job says there.
type Key = (&'static str, Span, String, usize);

/// What jobs say, by code and place.
#[derive(Debug, Default)]
pub(super) struct ByPlace {
    entries: IndexMap<Key, (Diagnostic, Vec<String>)>,
    kept: Kept,
}

impl ByPlace {
    /// Adds what one job says.
    pub(super) fn add(&mut self, diagnostics: &[Diagnostic], job: &str) {
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            // What one job says about one place in other words is another mistake.
            let same = |d: &&Diagnostic| d.code.id == diagnostic.code.id && d.primary == diagnostic.primary;
            let nth = diagnostics[..index].iter().filter(same).count();
            // Without a place, only the words can tell two mistakes apart.
            let words = if diagnostic.primary.is_none() { diagnostic.message.clone() } else { String::new() };
            let key = (diagnostic.code.id, diagnostic.primary, words, nth);
            let entry = match self.entries.entry(key) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(_) if !self.kept.has_room(diagnostic.severity) => continue,
                Entry::Vacant(entry) => {
                    let mut diagnostic = diagnostic.clone();
                    self.kept.add(&mut diagnostic);
                    entry.insert((diagnostic, Vec::new()))
                }
            };
            if entry.1.last().is_none_or(|last| last != job) {
                entry.1.push(job.to_string());
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

    /// The diagnostics, each with the number of jobs it affects if there are several.
    pub(super) fn finish(self) -> impl Iterator<Item = Diagnostic> {
        self.entries.into_values().map(|(diagnostic, jobs)| match jobs.len() {
            0 | 1 => diagnostic,
            count => {
                let named = jobs.iter().take(MAX_NAMED).cloned().collect::<Vec<_>>().join(", ");
                let rest = if count > MAX_NAMED { ", …" } else { "" };
                diagnostic.note(format!("affects {count} jobs: {named}{rest}"))
            }
        })
    }
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
