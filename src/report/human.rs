//! Diagnostics for people: the source, underlined.

use std::io::{self, Write};

use codespan_reporting::diagnostic as shown;
use codespan_reporting::files::Error;
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{Config, emit_to_write_style};

use super::excerpt::Excerpts;
use super::visible::{many_lines, one_line};
use super::{advice, jobs};
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::SourceMap;

pub(super) fn write(
    all: &[Diagnostic],
    sources: &SourceMap,
    color: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let config = Config::default();
    for diagnostic in all {
        // One write per diagnostic, so that a terminal never shows half of one.
        let text = if color {
            let mut text = Ansi::new(Vec::new());
            emit(diagnostic, sources, &config, &mut text)?;
            text.into_inner()
        } else {
            let mut text = NoColor::new(Vec::new());
            emit(diagnostic, sources, &config, &mut text)?;
            without_trailing_blanks(&text.into_inner())
        };
        out.write_all(&text)?;
    }
    Ok(())
}

fn without_trailing_blanks(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|b| *b == b'\n') {
        out.extend_from_slice(line.trim_ascii_end());
        out.push(b'\n');
    }
    out
}

fn emit(
    diagnostic: &Diagnostic,
    sources: &SourceMap,
    config: &Config,
    out: &mut impl WriteColor,
) -> io::Result<()> {
    let (excerpts, report) = report(diagnostic, sources);
    emit_to_write_style(out, config, &excerpts, &report).map_err(|error| match error {
        Error::Io(error) => error,
        other => io::Error::other(other.to_string()),
    })
}

fn report(diagnostic: &Diagnostic, sources: &SourceMap) -> (Excerpts, shown::Diagnostic<usize>) {
    let spans: Vec<_> =
        std::iter::once(diagnostic.primary).chain(diagnostic.labels.iter().map(|l| l.span)).collect();
    let excerpts = Excerpts::new(&spans, sources);
    let mut labels = Vec::new();
    if let Some((file, range)) = excerpts.range(diagnostic.primary) {
        labels.push(shown::Label::primary(file, range).with_message(one_line(&diagnostic.primary_label)));
    }
    for label in &diagnostic.labels {
        if let Some((file, range)) = excerpts.range(label.span) {
            labels.push(shown::Label::secondary(file, range).with_message(one_line(&label.message)));
        }
    }
    let severity = match diagnostic.severity {
        Severity::Error => shown::Severity::Error,
        Severity::Warning => shown::Severity::Warning,
        Severity::Note => shown::Severity::Note,
    };
    let notes = diagnostic.notes.iter().map(|n| format!("note: {n}"));
    let notes = jobs(diagnostic, sources).into_iter().chain(notes).chain(advice(diagnostic));
    let report = shown::Diagnostic::new(severity)
        .with_code(format!("{} {}", diagnostic.code.id, diagnostic.code.name))
        .with_message(one_line(&diagnostic.message))
        .with_labels(labels)
        .with_notes(notes.map(|n| many_lines(&n).into_owned()).collect());
    (excerpts, report)
}
