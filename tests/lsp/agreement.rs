//! The server reports what `jobc check` reports.

use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::client::{Client, Editor};
use crate::{root, trial};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("agreement/conformance", || folder("tests/conformance")),
        trial("agreement/rejected", || folder("tests/rejected")),
        trial("agreement/random-edits", random_edits),
    ]
}

/// What there is to report: line, column, code and message of each.
type Report = Vec<(u64, u64, String, String)>;

/// What `jobc check` reports of a file in its own folder.
fn checked(folder: &Path, name: &str) -> Report {
    let output = Command::new(env!("CARGO_BIN_EXE_jobc"))
        .args(["check", name, "--error-format", "json"])
        .current_dir(folder)
        .env_clear()
        .env("LOGNAME", "golden")
        .output()
        .unwrap();
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let records = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let here = records.filter(|record| record["file"].is_null() || record["file"] == json!(name));
    let mut all: Report = here
        .map(|record| {
            let start = &record["primary"]["start"];
            let number = |name: &str| start[name].as_u64().unwrap_or(1);
            let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
            (number("line"), number("column"), text(&record["code"]), text(&record["message"]))
        })
        // A file without jobs may be a part of others, and the server does not blame it.
        .filter(|(_, _, code, _)| code != "E0317")
        .collect();
    all.sort();
    all
}

/// What the server reports, without what it says at includes about other files.
fn served(folder: &Path, all: &[Value]) -> Report {
    // `check` names files and directories as they are seen from the working directory.
    let root = folder.display().to_string();
    let here = format!("{root}/");
    let own = all.iter().filter(|one| one["source"] == json!("jobc"));
    let mut all: Report = own
        .map(|one| {
            let start = &one["range"]["start"];
            let number = |name: &str| start[name].as_u64().unwrap() + 1;
            let message = one["message"].as_str().unwrap().replace(&here, "").replace(&root, "");
            let first = message.lines().next().unwrap_or_default().to_string();
            (number("line"), number("character"), one["code"].as_str().unwrap().to_string(), first)
        })
        .collect();
    all.sort();
    all
}

fn job_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in std::fs::read_dir(folder).unwrap().filter_map(Result::ok) {
        let path = item.path();
        if path.is_dir() {
            job_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "aurora") && !is_part(&path) {
            found.push(path);
        }
    }
    found.sort();
}

/// Whether a file is there for others: beside a `job.aurora`, in a folder below it, or in one that is shared.
fn is_part(path: &Path) -> bool {
    let is_shared = path.components().any(|part| part.as_os_str() == "shared");
    let is_beside = path.ancestors().skip(1).any(|folder| folder.join("job.aurora").is_file());
    is_shared || (is_beside && !path.ends_with("job.aurora"))
}

fn folder(name: &str) {
    let mut files = Vec::new();
    job_files(&root(name), &mut files);
    assert!(files.len() > 50, "{} files in {name}", files.len());
    let mut wrong = Vec::new();
    for group in files.chunk_by(|a, b| a.parent() == b.parent()) {
        let folder = group[0].parent().unwrap();
        let mut client = Client::start(folder, &Editor::default());
        for path in group {
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            let expected = checked(folder, &file);
            let actual = served(folder, &client.open(&file, &text));
            client.close(&file);
            if actual != expected {
                wrong.push(format!("{}:\n  check  {expected:?}\n  server {actual:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Strings that edits insert.
const PIECES: [&str; 12] =
    ["", "x", "'", "(", ")", "\n", "\r\n", "😀é", "{{a}}", " = ", "include('no.aurora')\n", "\t"];

/// After each of many edits, the server's text is the client's: a cold server reports and outlines the same.
fn random_edits() {
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = Numbers(7);
    for (name, _) in [("hello_world.aurora", 0), ("cron.aurora", 1), ("docker.aurora", 2)] {
        let start = std::fs::read_to_string(root("examples").join(name)).unwrap();
        let mut lines: Vec<char> = start.chars().collect();
        let mut client = Client::start(folder.path(), &Editor::default());
        client.open(name, &start);
        for round in 0..160 {
            // Now and then from the beginning: a text of nothing but mistakes shows little.
            if round % 40 == 39 {
                lines = start.chars().collect();
                client.change(name, &start);
            }
            let at = numbers.below(lines.len() + 1);
            let end = (at + numbers.below(4)).min(lines.len());
            let piece = PIECES[numbers.below(PIECES.len())];
            let range = json!({ "start": position(&lines, at), "end": position(&lines, end) });
            client.edit(name, json!([{ "range": range, "text": piece }]));
            lines.splice(at..end, piece.chars());
            let warm = served(folder.path(), &client.reported(name));
            if round % 10 == 0 {
                let text: String = lines.iter().collect();
                std::fs::write(folder.path().join(name), &text).unwrap();
                assert_eq!(warm, checked(folder.path(), name), "{name}, edit {round}:\n{text}");
            }
        }
        client.finish();
    }
}

/// The position of a character, in characters.
fn position(text: &[char], at: usize) -> Value {
    let (mut line, mut column) = (0, 0);
    for (index, c) in text[..at].iter().enumerate() {
        // An edit between the two characters of a line end is one before them, for the protocol.
        let ends = *c == '\n' || (*c == '\r' && text.get(index + 1) != Some(&'\n'));
        (line, column) = if ends { (line + 1, 0) } else { (line, column + 1) };
    }
    json!({ "line": line, "character": column })
}
