//! SARIF 2.1.0 (OASIS), which code-scanning services read: one document with one run.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::place::Place;
use super::{advice, jobs, json as lines, word};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{SourceMap, Span};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(all: &[Diagnostic], sources: &SourceMap, out: &mut dyn Write) -> io::Result<()> {
    let used: BTreeMap<&str, &Code> = all.iter().map(|d| (d.code.id, d.code)).collect();
    let indices: BTreeMap<&str, usize> = used.keys().enumerate().map(|(i, id)| (*id, i)).collect();
    let rules: Vec<Value> = used.values().map(|code| rule(code)).collect();
    let results: Vec<Value> = all.iter().map(|d| result(d, indices[d.code.id], sources)).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "jobc",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    lines::write_line(&document, out)
}

fn rule(code: &Code) -> Value {
    let Code { what, why, bad, good, .. } = code;
    let level = match code.is_note() {
        true => "note",
        false if code.is_lint() => "warning",
        false => "error",
    };
    let (judgement, language) = (code.judgement(), code.example_language());
    json!({
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": what},
        "fullDescription": {"text": why},
        "defaultConfiguration": {"level": level},
        "help": {
            "text": format!("{what}\n\n{why}\n\n{judgement}:\n\n{bad}\n\nBetter:\n\n{good}\n"),
            "markdown": format!(
                "{what}\n\n{why}\n\n{judgement}:\n\n```{language}\n{bad}\n```\n\nBetter:\n\n```{language}\n{good}\n```\n"
            ),
        },
    })
}

fn result(diagnostic: &Diagnostic, index: usize, sources: &SourceMap) -> Value {
    let mut text = diagnostic.message.clone();
    let notes = jobs(diagnostic, sources).into_iter().chain(diagnostic.notes.iter().cloned());
    for line in notes.chain(advice(diagnostic)) {
        text.push('\n');
        text.push_str(&line);
    }
    let mut result = json!({
        "ruleId": diagnostic.code.id,
        "ruleIndex": index,
        "level": word(diagnostic.severity),
        "message": {"text": text},
    });
    let location = |span: Span, message: &str| {
        let mut location = json!({"physicalLocation": physical(&Place::of(span, sources)?)});
        if !message.is_empty() {
            location["message"] = json!({"text": message});
        }
        Some(location)
    };
    let locations: Vec<Value> = location(diagnostic.primary, &diagnostic.primary_label).into_iter().collect();
    let related: Vec<Value> = diagnostic.labels.iter().filter_map(|l| location(l.span, &l.message)).collect();
    let fixes: Vec<Value> = diagnostic
        .suggestions
        .iter()
        .filter_map(|s| Some((Place::of(s.span, sources)?, s)))
        .map(|(place, s)| fix(&place, &s.replacement, super::mend(s)))
        .collect();
    for (name, values) in [("locations", locations), ("relatedLocations", related), ("fixes", fixes)] {
        if !values.is_empty() {
            result[name] = Value::Array(values);
        }
    }
    result
}

fn physical(place: &Place) -> Value {
    json!({"artifactLocation": {"uri": uri(&place.file)}, "region": region(place)})
}

fn region(place: &Place) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

fn fix(place: &Place, replacement: &str, words: String) -> Value {
    json!({
        "description": {"text": words},
        "artifactChanges": [{
            "artifactLocation": {"uri": uri(&place.file)},
            "replacements": [{
                "deletedRegion": region(place),
                "insertedContent": {"text": replacement},
            }],
        }],
    })
}

/// A path as a URI reference: absolute paths as `file:` URIs, others relative.
fn uri(path: &str) -> String {
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("jobs/web.aurora"), "jobs/web.aurora");
        assert_eq!(uri("/srv/a b.aurora"), "file:///srv/a%20b.aurora");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
        assert_eq!(uri("ü:x"), "%C3%BC%3Ax");
    }
}
