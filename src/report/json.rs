//! One JSON object per diagnostic, each on its own line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use super::place::{Place, Position};
use super::visible::is_hidden;
use super::word;
use crate::diagnostics::Diagnostic;
use crate::source::SourceMap;

#[derive(Serialize)]
struct Record<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    file: Option<String>,
    primary: Option<Place>,
    labels: Vec<LabelRecord<'a>>,
    notes: &'a [String],
    help: Vec<&'a str>,
    suggestions: Vec<SuggestionRecord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    jobs: Vec<JobRecord<'a>>,
}

#[derive(Serialize)]
struct LabelRecord<'a> {
    message: &'a str,
    file: String,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct JobRecord<'a> {
    key: &'a str,
    /// Where it is listed.
    place: Option<Place>,
}

#[derive(Serialize)]
struct SuggestionRecord<'a> {
    place: Place,
    replacement: &'a str,
}

fn record<'a>(diagnostic: &'a Diagnostic, sources: &SourceMap) -> Record<'a> {
    let primary = Place::of(diagnostic.primary, sources);
    // The message at the primary place is a label like the others.
    let here = (!diagnostic.primary_label.is_empty())
        .then_some((diagnostic.primary, diagnostic.primary_label.as_str()));
    let others = diagnostic.labels.iter().map(|l| (l.span, l.message.as_str()));
    let labels = here
        .into_iter()
        .chain(others)
        .filter_map(|(span, message)| Some((Place::of(span, sources)?, message)))
        .map(|(Place { file, start, end }, message)| LabelRecord { message, file, start, end })
        .collect();
    let suggestions = diagnostic
        .suggestions
        .iter()
        .filter_map(|s| Some((Place::of(s.span, sources)?, s.replacement.as_str())))
        .map(|(place, replacement)| SuggestionRecord { place, replacement })
        .collect();
    let mut help: Vec<&str> = diagnostic.help.iter().map(String::as_str).collect();
    for words in diagnostic.suggestions.iter().map(|s| s.message.as_str()) {
        if !words.is_empty() && !help.contains(&words) {
            help.push(words);
        }
    }
    let jobs = diagnostic.jobs.iter();
    let jobs = jobs.map(|job| JobRecord { key: &job.key, place: Place::of(job.listed, sources) }).collect();
    Record {
        code: diagnostic.code.id,
        name: diagnostic.code.name,
        severity: word(diagnostic.severity),
        message: &diagnostic.message,
        file: primary.as_ref().map(|p| p.file.clone()),
        primary,
        labels,
        notes: &diagnostic.notes,
        help,
        suggestions,
        jobs,
    }
}

/// Compact JSON in which every hidden character is escaped: exact for programs, harmless on a terminal.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hidden) {
            let (head, tail) = rest.split_at(at);
            CompactFormatter.write_string_fragment(out, head)?;
            let Some(c) = tail.chars().next() else { break };
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &tail[c.len_utf8()..];
        }
        CompactFormatter.write_string_fragment(out, rest)
    }
}

/// Writes a value as one line of JSON with hidden characters escaped.
pub(super) fn write_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut text, Escaped))?;
    text.push(b'\n');
    out.write_all(&text)
}

pub(super) fn write(all: &[Diagnostic], sources: &SourceMap, out: &mut dyn Write) -> io::Result<()> {
    all.iter().try_for_each(|diagnostic| write_line(&record(diagnostic, sources), out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_come_back() {
        let text = "a\u{1b}\u{9b}\u{202e}\n\"é日\u{7f}";
        let mut out = Vec::new();
        write_line(&text, &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line, "\"a\\u001b\\u009b\\u202e\\n\\\"é日\\u007f\"\n");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}
