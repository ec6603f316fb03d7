//! A parsed text, for the questions that need no evaluation.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::{Location, Position, Range, Uri};

use super::text::{Encoding, Text};
use super::uri::uri_of;
use crate::source::{FileId, Span};
use crate::syntax::{self, Parsed};

/// How deep brackets, blocks and operators may nest, as in a compile.
const MAX_NESTING: usize = 200;

/// A text, its tree, and what it is called.
#[derive(Debug)]
pub(super) struct Unit {
    /// What identifies the file.
    pub(super) path: PathBuf,
    /// What the client calls it.
    pub(super) uri: Uri,
    /// The text.
    pub(super) text: Text,
    /// The statements that could be parsed, comments, and what is wrong with the rest.
    pub(super) parsed: Parsed,
}

impl Unit {
    /// Parses a text.
    pub(super) fn new(path: &Path, uri: Option<Uri>, text: Text) -> Arc<Unit> {
        let parsed = syntax::parse(FileId::NONE, text.as_str(), MAX_NESTING);
        let uri = uri.unwrap_or_else(|| uri_of(path));
        Arc::new(Unit { path: path.to_path_buf(), uri, text, parsed })
    }

    /// Whether every statement could be parsed.
    pub(super) fn is_whole(&self) -> bool {
        !self.parsed.diagnostics.iter().any(crate::diagnostics::Diagnostic::is_error)
    }

    /// The source of a span.
    pub(super) fn snippet(&self, span: Span) -> &str {
        self.text.as_str().get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The byte of a position.
    pub(super) fn offset(&self, position: Position, encoding: Encoding) -> usize {
        self.text.offset(position, encoding)
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span, encoding: Encoding) -> Range {
        self.text.range(span.start as usize..span.end as usize, encoding)
    }

    /// The place of a span.
    pub(super) fn location(&self, span: Span, encoding: Encoding) -> Location {
        Location { uri: self.uri.clone(), range: self.range(span, encoding) }
    }
}
