//! Spans as people and programs name them: file, line, column.

use serde::Serialize;

use crate::source::{LineColumn, SourceMap, Span};

/// A position: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl From<LineColumn> for Position {
    fn from(at: LineColumn) -> Position {
        Position { line: at.line, column: at.column }
    }
}

/// A range of a file; the end is the position after the last character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file's name as the user would write it.
    pub file: String,
    /// The first character.
    pub start: Position,
    /// After the last character.
    pub end: Position,
}

impl Place {
    /// The place of a span; `None` if the span is not in a file.
    pub fn of(span: Span, sources: &SourceMap) -> Option<Place> {
        let file = sources.get(span.file)?;
        let (start, end) = (span.start as usize, span.end.max(span.start) as usize);
        Some(Place {
            file: file.name.clone(),
            start: file.position(start).into(),
            end: file.position(end).into(),
        })
    }
}
