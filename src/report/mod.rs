//! Diagnostics as text, for people and for programs. Everything goes to the writer that is passed.
//!
//! | format | file |
//! |---|---|
//! | with the source, underlined | `human.rs`, on the excerpts of `excerpt.rs` |
//! | one line each | `short.rs` |
//! | JSON lines | `json.rs` |
//! | SARIF 2.1.0 | `sarif.rs` |
//! | annotations on GitHub | `github.rs` |
//!
//! In every format, control characters of the input are replaced or escaped (`visible.rs`).

mod excerpt;
mod github;
mod human;
mod json;
mod place;
mod sarif;
mod short;
mod visible;

use std::collections::HashSet;
use std::io::{self, Write};

pub use place::{Place, Position};
pub use visible::{is_hidden, many_lines, one_line};

use crate::diagnostics::{Diagnostic, Severity, Suggestion};
use crate::source::SourceMap;

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// With the source, underlined; for people.
    #[default]
    Human,
    /// `file:line:col: error[E0104]: message`, one line each.
    Short,
    /// One JSON object per line.
    Json,
    /// One SARIF 2.1.0 document.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// Sorts diagnostics by file and position; those without a place come first. Of several with the same message at one
/// place, only the first is kept.
pub fn arrange(all: Vec<Diagnostic>, sources: &SourceMap) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let mut placed: Vec<(Option<Place>, Diagnostic)> = all
        .into_iter()
        .map(|d| (Place::of(d.primary, sources), d))
        .filter(|(place, d)| seen.insert((place.clone().map(key), d.code.id, d.message.clone())))
        .collect();
    placed.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.code.id.cmp(y.code.id)));
    placed.into_iter().map(|(_, d)| d).collect()
}

fn key(place: Place) -> (String, usize, usize) {
    (place.file, place.start.line, place.start.column)
}

/// Writes diagnostics, in the order given. `color` is for [`Format::Human`] alone.
///
/// # Errors
/// When the writer fails.
pub fn write(
    all: &[Diagnostic],
    sources: &SourceMap,
    format: Format,
    color: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Human => human::write(all, sources, color, out),
        Format::Short => short::write(all, sources, out),
        Format::Json => json::write(all, sources, out),
        Format::Sarif => sarif::write(all, sources, out),
        Format::Github => github::write(all, sources, out),
    }
}

/// The counts, such as `2 errors, 1 warning`; an empty string if there are none.
pub fn tally(all: &[Diagnostic]) -> String {
    let of = |severity: Severity| all.iter().filter(|d| d.severity == severity).count();
    let counted = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        n => Some(format!("{n} {what}s")),
    };
    let parts = [counted(of(Severity::Error), "error"), counted(of(Severity::Warning), "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The jobs a diagnostic is about, in words: the first, and how many there are beside it.
fn jobs(diagnostic: &Diagnostic, sources: &SourceMap) -> Option<String> {
    let (first, others) = diagnostic.jobs.split_first()?;
    let place = Place::of(first.listed, sources);
    let place = place.map(|place| format!(" ({}:{})", place.file, place.start.line)).unwrap_or_default();
    let more = match others.len() {
        0 => String::new(),
        1 => " and 1 more job".to_string(),
        count => format!(" and {count} more jobs"),
    };
    Some(format!("in job {}{place}{more}", one_line(&first.key)))
}

/// Help and suggestions, as lines that begin with `help:`.
fn advice(diagnostic: &Diagnostic) -> impl Iterator<Item = String> + '_ {
    let mends = diagnostic.suggestions.iter().map(mend);
    diagnostic.help.iter().cloned().chain(mends).map(|words| format!("help: {words}"))
}

fn mend(suggestion: &Suggestion) -> String {
    let Suggestion { replacement, message, .. } = suggestion;
    let shown = format!("`{replacement}`");
    match (message.is_empty(), replacement.trim().is_empty()) {
        (true, true) => "leave this out".to_string(),
        (true, false) => format!("write {shown}"),
        (false, true) => message.clone(),
        (false, false) if message.contains(replacement.as_str()) => message.clone(),
        (false, false) => format!("{message}: {shown}"),
    }
}

#[cfg(test)]
mod tests;
