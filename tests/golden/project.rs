//! Tests of the project itself: which stage may use which, and documents that are made from the code.

use std::path::Path;

use jobc::diagnostics::all_codes;
use libtest_mimic::Trial;

use crate::{difference, jobc, root, trial, updating};

/// What each part of the library may use of the others; nobody may use the command line.
const ALLOWED: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diagnostics", &["source"]),
    ("lints", &["source", "diagnostics"]),
    ("render", &["source", "diagnostics"]),
    ("syntax", &["source", "diagnostics"]),
    ("template", &["source", "diagnostics"]),
    ("schema", &["source", "diagnostics", "template"]),
    ("eval", &["source", "diagnostics", "syntax", "template", "schema"]),
    ("model", &["source", "diagnostics", "template", "schema"]),
    ("emit", &["source", "diagnostics", "template", "schema", "model"]),
    ("driver", &["source", "diagnostics", "syntax", "template", "schema", "eval", "model"]),
];

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("project/imports".to_string(), imports),
        trial("project/errors.md".to_string(), errors_md),
        trial("project/codes".to_string(), codes),
    ]
}

fn imports() -> Result<(), String> {
    let mut wrong = Vec::new();
    for path in rust_files(&root("src")) {
        let relative = path.strip_prefix(root("src")).unwrap_or(&path).display().to_string();
        let part = relative.split(['/', '.']).next().unwrap_or_default();
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == part) else {
            if !matches!(part, "lib" | "main" | "cli") {
                wrong.push(format!("{relative}: `{part}` is not in the table of stages"));
            }
            continue;
        };
        for (line, used) in uses(&text) {
            if used != part && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{relative}:{line}: {part} uses {used}"));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// The parts of the library that a file names, as `crate::part`, outside comments; each with its line.
fn uses(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            // Macros and grouped imports of the root are rare; a group is taken apart at its commas.
            let names = if name.is_empty() { grouped(rest) } else { vec![name] };
            found.extend(names.into_iter().map(|name| (index + 1, name)));
        }
    }
    found.retain(|(_, name)| name.chars().next().is_some_and(char::is_lowercase));
    found
}

fn grouped(rest: &str) -> Vec<String> {
    let inside = rest.trim_start_matches('{');
    let first = |part: &str| part.trim().split("::").next().unwrap_or_default().to_string();
    inside.split(',').map(first).filter(|name| !name.is_empty()).collect()
}

fn rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for item in std::fs::read_dir(folder).into_iter().flatten().filter_map(|item| item.ok()) {
        let path = item.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// docs/errors.md is what the codes say.
fn errors_md() -> Result<(), String> {
    let path = root("docs/errors.md");
    let output = jobc(&root("."), &["explain", "--markdown"].map(str::to_string))?;
    let actual = String::from_utf8_lossy(&output.stdout).into_owned();
    if updating() {
        return std::fs::write(&path, actual).map_err(|error| error.to_string());
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if expected == actual { Ok(()) } else { Err(difference(&expected, &actual)) }
}

/// Codes are unique, and named like each other.
fn codes() -> Result<(), String> {
    let all = all_codes();
    let mut wrong = Vec::new();
    for pair in all.windows(2) {
        if pair[0].id == pair[1].id {
            wrong.push(format!("{} is used twice", pair[0].id));
        }
    }
    for (index, code) in all.iter().enumerate() {
        if all[..index].iter().any(|other| other.name == code.name) {
            wrong.push(format!("two codes are named {}", code.name));
        }
        let (kind, number) = code.id.split_at(1);
        if !matches!(kind, "E" | "W") || number.len() != 4 || !number.bytes().all(|b| b.is_ascii_digit()) {
            wrong.push(format!("{} is not a letter and four digits", code.id));
        }
        let plain = code.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !plain || [code.what, code.why, code.bad, code.good].contains(&"") {
            wrong.push(format!("{} {} lacks a name in lower case, or a text", code.id, code.name));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}
