//! Diagnostics of a compile → diagnostics of the protocol, with the edits that they suggest.

use std::path::PathBuf;

use gen_lsp_types::{
    Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, Message,
    Position, Range, Uri,
};

use super::overlay::Buffers;
use super::text::Encoding;
use super::uri::uri_of;
use crate::diagnostics::{Diagnostic as Reported, Severity, Suggestion};
use crate::report::many_lines;
use crate::source::{SourceFile, SourceMap, Span};

/// What the server is called where a client shows who says something.
pub(super) const SOURCE: &str = "jobc";

/// A diagnostic, the file that it is about, and what it suggests.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finding {
    /// The file.
    pub(super) path: PathBuf,
    /// What the client shows.
    pub(super) shown: Diagnostic,
    /// The edits that it suggests; each is a way to mend it.
    pub(super) fixes: Vec<Fix>,
    /// Whether it can be allowed with a comment.
    pub(super) is_lint: bool,
}

/// One edit that mends something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fix {
    /// What it does.
    pub(super) title: String,
    /// The file.
    pub(super) uri: Uri,
    /// What is replaced.
    pub(super) range: Range,
    /// The replacement.
    pub(super) text: String,
}

/// Turns spans into places of the protocol.
pub(super) struct Places<'s> {
    pub(super) sources: &'s SourceMap,
    pub(super) buffers: &'s Buffers,
    pub(super) encoding: Encoding,
}

impl Places<'_> {
    /// What the client calls a file.
    pub(super) fn uri(&self, path: &std::path::Path) -> Uri {
        self.buffers.get(path).map_or_else(|| uri_of(path), |buffer| buffer.uri.clone())
    }

    /// The path and range of a span; nothing for what is in no file.
    pub(super) fn of(&self, span: Span) -> Option<(PathBuf, Range)> {
        let file = self.sources.get(span.file)?;
        let path = file.path.clone().unwrap_or_else(|| PathBuf::from(&file.name));
        let at = |offset: u32| position(&file, offset as usize, self.encoding);
        Some((path, Range { start: at(span.start), end: at(span.end) }))
    }

    fn location(&self, span: Span) -> Option<Location> {
        let (path, range) = self.of(span)?;
        Some(Location { uri: self.uri(&path), range })
    }

    /// What the client shows for a diagnostic. `entry` is the file that was compiled: it stands in for what has no place.
    pub(super) fn finding(&self, reported: &Reported, entry: &std::path::Path) -> Finding {
        let (path, range) =
            self.of(reported.primary).unwrap_or_else(|| (entry.to_path_buf(), Range::default()));
        let related = reported.labels.iter().filter_map(|label| {
            let location = self.location(label.span)?;
            Some(DiagnosticRelatedInformation { location, message: label.message.clone() })
        });
        let related: Vec<_> = related.collect();
        let shown = Diagnostic {
            range,
            severity: Some(severity(reported.severity)),
            code: Some(Code::String(reported.code.id.to_string())),
            source: Some(SOURCE.to_string()),
            message: Message::String(words(reported)),
            tags: tags(reported),
            related_information: (!related.is_empty()).then_some(related),
            ..Diagnostic::default()
        };
        let fixes = reported.suggestions.iter().filter_map(|suggestion| self.fix(suggestion)).collect();
        Finding { path, shown, fixes, is_lint: reported.code.is_lint() }
    }

    fn fix(&self, suggestion: &Suggestion) -> Option<Fix> {
        let Location { uri, range } = self.location(suggestion.span)?;
        let title = match &*suggestion.message {
            "" if suggestion.replacement.trim().is_empty() => "leave this out".to_string(),
            "" => format!("write `{}`", suggestion.replacement),
            words => words.trim_end_matches('?').to_string(),
        };
        Some(Fix { title, uri, range, text: suggestion.replacement.clone() })
    }
}

/// The position of a byte of a source. As clients do not show a byte-order mark, it has no column.
fn position(file: &SourceFile, offset: usize, encoding: Encoding) -> Position {
    let offset = file.text.floor_char_boundary(offset.min(file.text.len()));
    let line = file.line_index(offset);
    let start = file.line_start(line).min(offset);
    let column = encoding.width(&file.text[start..offset]);
    Position { line: line as u32, character: column as u32 }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}

/// The words of a report, without the excerpts of the source.
fn words(reported: &Reported) -> String {
    let mut lines = vec![reported.message.clone()];
    let label = &reported.primary_label;
    lines.extend(Some(label).filter(|label| !label.is_empty()).cloned());
    lines.extend(reported.notes.iter().map(|note| format!("note: {note}")));
    let help = reported.help.iter().chain(reported.suggestions.iter().map(|s| &s.message));
    lines.extend(
        help.filter(|words| !words.is_empty() && *words != label).map(|words| format!("help: {words}")),
    );
    many_lines(&lines.join("\n")).into_owned()
}

/// What clients show in a paler colour, or struck through.
fn tags(reported: &Reported) -> Option<Vec<DiagnosticTag>> {
    let name = reported.code.name;
    let has = |word: &str| name.split('-').any(|part| part == word);
    match () {
        () if has("unused") || has("stale") => Some(vec![DiagnosticTag::Unnecessary]),
        () if has("deprecated") => Some(vec![DiagnosticTag::Deprecated]),
        () => None,
    }
}
