//! Why a line could not be read, in plain words.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::syntax as codes;
use crate::source::{FileId, Span};
use crate::syntax::layout::{Line, word_len};

/// The diagnostic for a line that the grammar could follow only up to `at`.
#[cold]
pub(super) fn explain(file: FileId, text: &str, line: &Line, at: usize) -> Diagnostic {
    let end = at + word_len(text, at).max(1);
    let _ = line;
    Diagnostic::error(&codes::UNEXPECTED, Span::new(file, at, end.min(text.len())), "this cannot stand here")
}
