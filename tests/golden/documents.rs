//! Documents name only files and links that exist.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;

use crate::{root, trial};

/// The folders that documents name files of.
const FOLDERS: [&str; 9] =
    ["src/", "docs/", "tests/", "bench/", "benches/", "examples/", "fuzz/", "grammar/", ".ci/"];

/// Where documents are, and what they are called.
const DOCUMENTS: [(&str, &str); 6] =
    [(".", "md"), ("docs", "md"), ("tests", "md"), ("bench", "md"), ("fuzz", "md"), ("src", "rs")];

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial("project/documents".to_string(), documents)]
}

fn documents() -> Result<(), String> {
    let mut wrong = Vec::new();
    for path in DOCUMENTS.iter().flat_map(|(folder, extension)| files(&root(folder), extension)) {
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let name = path.strip_prefix(root(".")).unwrap_or(&path).display();
        let missing = match path.extension().is_some_and(|e| e == "rs") {
            true => missing_modules(&path, &text),
            false => missing_files(&path, &text),
        };
        wrong.extend(missing.into_iter().map(|(line, what)| format!("{name}:{line}: there is no {what}")));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// The files of a kind: of `.`, those directly in it; of other folders, those below it. Conformance cases and generated
/// documents have no names of files in them.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let is_root = folder == root(".");
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder).into_iter().flatten().filter_map(|item| item.ok()) {
        let path = item.path();
        if path.is_dir() && !is_root && !path.ends_with("target") {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) && !path.ends_with("errors.md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The links and the files in code spans that a document names, and that do not exist; each with its line.
fn missing_files(document: &Path, text: &str) -> Vec<(usize, String)> {
    let folder = document.parent().unwrap_or(document);
    let mut missing = Vec::new();
    for (number, line) in outside_blocks(text) {
        for target in links(line) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let linked = if file.is_empty() { document.to_path_buf() } else { folder.join(file) };
            if !linked.exists() || !(heading.is_empty() || has_heading(&linked, heading)) {
                missing.push((number, target.to_string()));
            }
        }
        let named = code_spans(line).filter(|span| FOLDERS.iter().any(|folder| span.starts_with(folder)));
        for span in named.filter(|span| is_literal(span)) {
            if !root(span).exists() && !folder.join(span).exists() {
                missing.push((number, span.to_string()));
            }
        }
    }
    missing
}

/// The source files that the documentation of a module names, and that do not exist: in its folder, or below `src`.
fn missing_modules(module: &Path, text: &str) -> Vec<(usize, String)> {
    let folder = module.parent().unwrap_or(module);
    let docs = text.lines().enumerate().filter_map(|(index, line)| {
        let comment = line.trim_start().strip_prefix("//")?;
        Some((index + 1, comment))
    });
    let mut missing = Vec::new();
    for (number, line) in docs {
        for span in code_spans(line).filter(|span| span.ends_with(".rs") && is_literal(span)) {
            let places = [folder.join(span), root("src").join(span), root(span)];
            if !places.iter().any(|place| place.exists()) {
                missing.push((number, span.to_string()));
            }
        }
    }
    missing
}

/// The lines of a document that are not in a fenced or indented block, with their numbers.
fn outside_blocks(text: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced && !line.starts_with("    ") {
            lines.push((index + 1, line));
        }
    }
    lines
}

/// The targets of links to files of the project: `[words](target)`.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://"))
}

fn code_spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Whether a path stands for itself: it has no wildcard, no space, and no part in capitals that stands for many.
fn is_literal(path: &str) -> bool {
    let placeholder =
        |part: &str| part.len() > 1 && part.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let mut parts = path.split(['/', '.', '-']);
    !path.contains(['*', ' ', '{', '<', ':']) && (!parts.any(placeholder) || path.ends_with(".md"))
}

/// Whether a document has a heading with this anchor: in lower case, spaces as hyphens, other signs left out.
fn has_heading(document: &Path, anchor: &str) -> bool {
    let text = std::fs::read_to_string(document).unwrap_or_default();
    let headings: BTreeSet<String> = text
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect();
    headings.contains(anchor)
}
