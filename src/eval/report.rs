//! What was found wrong so far.

use rustc_hash::FxHashSet;

use crate::diagnostics::{Code, Diagnostic, Kept};
use crate::source::Span;

/// The diagnostics of a run; each is kept once.
#[derive(Debug, Default)]
pub(super) struct Report {
    diagnostics: Vec<Diagnostic>,
    kept: Kept,
    seen: FxHashSet<(&'static str, Span, Option<String>)>,
    /// Whether something was rejected.
    pub failed: bool,
    /// Whether names may be missing because a file could not be read or parsed as a whole.
    pub incomplete: bool,
}

impl Report {
    /// Keeps a diagnostic, unless one with the same code is at the same place already.
    pub(super) fn add(&mut self, mut diagnostic: Diagnostic) {
        self.failed |= diagnostic.is_error();
        if !self.kept.has_room(diagnostic.severity) {
            return;
        }
        let unplaced = diagnostic.primary.is_none().then(|| diagnostic.message.clone());
        if self.seen.insert((diagnostic.code.id, diagnostic.primary, unplaced)) {
            self.kept.add(&mut diagnostic);
            self.diagnostics.push(diagnostic);
        }
    }

    /// Whether a diagnostic with a code is known at a place.
    pub(super) fn has(&self, code: &Code, place: Span) -> bool {
        self.seen.contains(&(code.id, place, None))
    }

    /// Whether as many errors are kept as there may be.
    pub(super) fn is_full(&self) -> bool {
        self.kept.is_full()
    }

    /// The diagnostics, in the order they were found.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
