//! Programs that are refused: each file below `tests/rejected` says in comments which errors it gets, and where.
//!
//! | comment | what it asks for |
//! |---|---|
//! | `# E0314: TEXT` at the end of a line | this error, with its primary place on this line, that says or underlines TEXT |
//! | `# label: TEXT` | a label on this line that says TEXT |
//! | `# line 7 E0314: TEXT` | the same for another line of the file, which cannot hold a comment |
//! | `# shared/a.aurora:7 E0314: TEXT` | the same for a line of another file |
//!
//! There must be no other errors. Files in `shared` are for the others to include.

use std::collections::BTreeSet;
use std::path::Path;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::{jobc, root, trial};

/// A file, a line and a code (or `label`).
type Place = (String, u64, String);

pub(crate) fn trials() -> Vec<Trial> {
    let directory = root("tests/rejected");
    let mut files = Vec::new();
    for folder in entries(&directory).into_iter().filter(|name| name != "shared") {
        let names = entries(&directory.join(&folder)).into_iter();
        files.extend(names.map(|name| format!("{folder}/{name}")));
    }
    let test = |file: String| trial(format!("rejected/{file}"), move || check(&file));
    files.into_iter().map(test).collect()
}

fn entries(folder: &Path) -> Vec<String> {
    let items = std::fs::read_dir(folder).into_iter().flatten().filter_map(|item| item.ok());
    let mut names: Vec<String> = items.filter_map(|item| item.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn check(file: &str) -> Result<(), String> {
    let folder = root("tests/rejected");
    let text = std::fs::read_to_string(folder.join(file)).map_err(|error| error.to_string())?;
    let wanted: Vec<(Place, String)> = text
        .lines()
        .enumerate()
        .filter_map(|(index, line)| expectation(file, index as u64 + 1, line))
        .collect();
    let arguments = ["compile", file, "--user", "golden", "--root", ".", "--error-format", "json"];
    let output = jobc(&folder, &arguments.map(str::to_string))?;
    let report = String::from_utf8_lossy(&output.stderr);
    let mut found = Vec::new();
    for line in report.lines() {
        let diagnostic: Value = serde_json::from_str(line).map_err(|error| format!("{error}: {line}"))?;
        if diagnostic["severity"] == "error" {
            found.push(diagnostic);
        }
    }
    let at = |place: &Value, what: &str| {
        let file = place["file"].as_str().unwrap_or_default();
        (file.to_string(), place["start"]["line"].as_u64().unwrap_or_default(), what.to_string())
    };
    let actual: BTreeSet<Place> =
        found.iter().map(|d| at(&d["primary"], d["code"].as_str().unwrap_or_default())).collect();
    let errors: BTreeSet<Place> =
        wanted.iter().filter(|(place, _)| place.2 != "label").map(|(place, _)| place.clone()).collect();
    if output.status.code() != Some(1) || actual != errors || errors.is_empty() {
        return Err(format!("expected {errors:#?}, got {actual:#?}:\n{report}"));
    }
    for (place, words) in &wanted {
        let said = found.iter().any(|d| match place.2.as_str() {
            "label" => labels(d).any(|l| at(l, "label") == *place && text_of(&l["message"]).contains(words)),
            code => at(&d["primary"], code) == *place && d["code"] == code && says(d, words, &folder),
        });
        if !said {
            return Err(format!("nothing at {place:?} says {words:?}:\n{report}"));
        }
    }
    Ok(())
}

fn expectation(file: &str, line: u64, text: &str) -> Option<(Place, String)> {
    let (_, comment) = text.rsplit_once("# ")?;
    let (head, words) = comment.split_once(": ")?;
    let parts: Vec<&str> = head.split(' ').collect();
    let (file, line, kind) = match parts.as_slice() {
        [kind] => (file, line, *kind),
        ["line", number, kind] => (file, number.parse().ok()?, *kind),
        [place, kind] => {
            let (file, number) = place.rsplit_once(':')?;
            (file, number.parse().ok()?, *kind)
        }
        _ => return None,
    };
    let is_code = kind.len() == 5 && kind.starts_with('E') && kind[1..].bytes().all(|b| b.is_ascii_digit());
    (is_code || kind == "label").then(|| ((file.to_string(), line, kind.to_string()), words.to_string()))
}

fn labels(diagnostic: &Value) -> impl Iterator<Item = &Value> {
    diagnostic["labels"].as_array().into_iter().flatten()
}

/// Whether a diagnostic says a text, or underlines it.
fn says(diagnostic: &Value, words: &str, folder: &Path) -> bool {
    text_of(diagnostic).contains(words) || underlined(&diagnostic["primary"], folder).contains(words)
}

fn underlined(place: &Value, folder: &Path) -> String {
    let number = |end: &str, what: &str| place[end][what].as_u64().unwrap_or(1) as usize;
    let file = place["file"].as_str().unwrap_or_default();
    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
    let line = text.lines().nth(number("start", "line") - 1).unwrap_or_default();
    let (start, end) = (number("start", "column") - 1, number("end", "column") - 1);
    let end = if number("start", "line") == number("end", "line") { end } else { line.chars().count() };
    line.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// Every text in a diagnostic.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) => fields.values().map(text_of).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}
