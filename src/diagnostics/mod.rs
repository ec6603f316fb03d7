//! One diagnostic type for every stage: a stable code, a severity, a primary place, labels, notes, help, suggestions.
//!
//! The wording is written where the problem is found; [`report`](crate::report) turns diagnostics into output.

mod code;
pub mod codes;
mod near;
mod synonyms;

pub use code::{Code, Level};
pub use near::{meant, nearest, quoted_list, with_article};
pub use synonyms::{other_name, other_way};

use crate::source::Span;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input is rejected.
    Error,
    /// The input is accepted, but something in it is probably a mistake.
    Warning,
    /// Something that the run did and that the user should know.
    Note,
}

/// A place other than the primary one, with a short message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A fix that a tool can apply: `replacement` replaces the source at `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The source to replace; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub replacement: String,
    /// What the fix does, for people.
    pub message: String,
}

/// A job that a diagnostic is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobPlace {
    /// Its key, `cluster/role/environment/name`, as far as it is known.
    pub key: String,
    /// Where it is listed among the jobs, or made where that is not known.
    pub listed: Span,
}

/// One error or warning about the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code and name.
    pub code: &'static Code,
    /// Error, warning or note.
    pub severity: Severity,
    /// One line that says what is wrong, in the user's own words.
    pub message: String,
    /// Where the mistake was made. [`Span::NONE`] while the place is not known yet.
    pub primary: Span,
    /// The message at the primary place; may be empty.
    pub primary_label: String,
    /// Other places.
    pub labels: Vec<Label>,
    /// Facts: what the rule is, what led here.
    pub notes: Vec<String>,
    /// What to do, for people.
    pub help: Vec<String>,
    /// What to do, as edits.
    pub suggestions: Vec<Suggestion>,
    /// The jobs it is about.
    pub jobs: Vec<JobPlace>,
}

/// The number of errors, and of warnings, that each stage keeps for one file. More would help nobody.
pub const MAX_KEPT: usize = 500;

/// Counts what is kept, up to [`MAX_KEPT`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Kept {
    errors: usize,
    warnings: usize,
}

impl Kept {
    /// Whether there is room for one more of this severity.
    pub fn has_room(&self, severity: Severity) -> bool {
        match severity {
            Severity::Error => self.errors < MAX_KEPT,
            Severity::Warning | Severity::Note => self.warnings < MAX_KEPT,
        }
    }

    /// Whether no more errors are kept, so that a stage can stop looking for them.
    pub fn is_full(&self) -> bool {
        !self.has_room(Severity::Error)
    }

    /// Counts one that is kept. The last one gets a note that says so.
    pub fn add(&mut self, diagnostic: &mut Diagnostic) {
        let count = match diagnostic.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning | Severity::Note => &mut self.warnings,
        };
        *count += 1;
        let words = "there may be more: this is the last one that is reported";
        if *count == MAX_KEPT && diagnostic.notes.iter().all(|note| note != words) {
            diagnostic.notes.push(words.to_string());
        }
    }
}

/// The maximum length of a message, in bytes.
const LONGEST: usize = 2000;

/// Cuts a message to the maximum length: names and values of any size are quoted in messages.
fn clipped(mut words: String) -> String {
    if words.len() > LONGEST {
        words.truncate(words.floor_char_boundary(LONGEST));
        words.push('…');
        words.shrink_to_fit();
    }
    words
}

impl Diagnostic {
    /// An error at a place.
    #[cold]
    pub fn error(code: &'static Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: clipped(message.into()),
            primary: span,
            primary_label: String::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            suggestions: Vec::new(),
            jobs: Vec::new(),
        }
    }

    /// A warning at a place.
    #[cold]
    pub fn warning(code: &'static Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// A note about what the run did.
    #[cold]
    pub fn notice(code: &'static Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Note, ..Diagnostic::error(code, span, message) }
    }

    /// Sets the message at the primary place.
    #[cold]
    #[must_use]
    pub fn here(mut self, words: impl Into<String>) -> Diagnostic {
        self.primary_label = clipped(words.into());
        self
    }

    /// Adds another place; left out where the span is [`Span::NONE`].
    #[cold]
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        if !span.is_none() {
            self.labels.push(Label { span, message: clipped(message.into()) });
        }
        self
    }

    /// Adds a fact.
    #[cold]
    #[must_use]
    pub fn note(mut self, words: impl Into<String>) -> Diagnostic {
        self.notes.push(clipped(words.into()));
        self
    }

    /// Adds advice.
    #[cold]
    #[must_use]
    pub fn help(mut self, words: impl Into<String>) -> Diagnostic {
        self.help.push(clipped(words.into()));
        self
    }

    /// Adds a fix: `replacement` replaces the source at `span`.
    #[cold]
    #[must_use]
    pub fn suggest(
        mut self,
        span: Span,
        replacement: impl Into<String>,
        message: impl Into<String>,
    ) -> Diagnostic {
        if !span.is_none() {
            self.suggestions.push(Suggestion {
                span,
                replacement: replacement.into(),
                message: message.into(),
            });
        }
        self
    }

    /// Suggests the word that was probably meant instead of the wrong one at the primary place: as a fix if only the
    /// wrong one is written there, and as help otherwise.
    #[cold]
    #[must_use]
    pub fn meant(self, wrong: &str, near: &str) -> Diagnostic {
        let words = format!("did you mean `{near}`?");
        let place = self.primary;
        if place.is_none() || (place.end - place.start) as usize != wrong.len() {
            return self.help(words);
        }
        let d = if self.primary_label.is_empty() { self.here(words) } else { self.help(words) };
        d.suggest(place, near, format!("write `{near}`"))
    }

    /// Sets the primary place if there is none yet.
    #[cold]
    #[must_use]
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.primary = self.primary.or(span);
        self
    }

    /// Whether this is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Whether the compile cannot go on after it: the time, the memory or the steps are used up.
    pub fn ends_everything(&self) -> bool {
        self.code == &codes::files::CANCELLED || self.code == &codes::budget::TOO_MANY_STEPS
    }
}
