//! Workflow commands of GitHub Actions, which become annotations of a change.

use std::io::{self, Write};

use super::place::Place;
use super::visible::{many_lines, one_line};
use super::{advice, jobs, word};
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::SourceMap;

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(&one_line(text)).replace(':', "%3A").replace(',', "%2C")
}

pub(super) fn write(all: &[Diagnostic], sources: &SourceMap, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in all {
        let command = match diagnostic.severity {
            Severity::Note => "notice",
            severity => word(severity),
        };
        write!(out, "::{command} ")?;
        if let Some(Place { file, start, end }) = Place::of(diagnostic.primary, sources) {
            let (line, column) = (start.line, start.column);
            write!(out, "file={},line={line},col={column},endLine={}", property(&file), end.line)?;
            // GitHub rejects columns for a range over several lines.
            if end.line == line {
                write!(out, ",endColumn={}", end.column)?;
            }
            out.write_all(b",")?;
        }
        let title = format!("{} {}", diagnostic.code.id, diagnostic.code.name);
        let mut message = diagnostic.message.clone();
        let notes = jobs(diagnostic, sources).into_iter().chain(diagnostic.notes.iter().cloned());
        for line in notes.chain(advice(diagnostic)) {
            message.push('\n');
            message.push_str(&line);
        }
        writeln!(out, "title={}::{}", property(&title), data(&many_lines(&message)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_properties_are_escaped() {
        assert_eq!(data("50% of\na, b: c"), "50%25 of%0Aa, b: c");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25␊");
    }
}
