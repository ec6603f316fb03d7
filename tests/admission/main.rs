//! What the scheduler refuses and what it takes, from job files to the report.
//!
//! A folder is a rule. Each `refused*.aurora` is refused with exactly the codes that comments in it say, at their
//! lines, with a message that holds the text behind the code: `# E0502: production`. Each `accepted*.aurora` is taken,
//! with no more than the warnings that its comments say. A `settings.toml` is the cluster that a folder is about;
//! without one, nothing is known of the cluster. Refused files are taken under `--scheduler none`, but for those whose
//! first line says that the client refuses them too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CLIENT_TOO: &str = "# The client refuses it too.";

/// A code at a line.
type Finding = (usize, String);

#[test]
fn each_rule_refuses_and_accepts_at_its_boundary() {
    let mut failures = Vec::new();
    for folder in sorted(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/admission")) {
        for file in sorted(&folder).into_iter().filter(|f| f.extension().is_some_and(|e| e == "aurora")) {
            failures.extend(check(&folder, &file).err().map(|why| format!("{}: {why}", file.display())));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_has_a_folder_with_both_kinds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/admission");
    let texts: Vec<String> = sorted(&folder)
        .iter()
        .flat_map(|d| sorted(d))
        .filter(|f| f.extension().is_some_and(|e| e == "aurora"))
        .map(|f| fs::read_to_string(f).unwrap())
        .collect();
    // What no file in the language can bring about is tested over hand-built models.
    let beyond_files = ["E0503", "E0505", "E0506", "E0533", "E0537", "E0538", "E0540", "E0541", "E0542"];
    for code in jobc::diagnostics::codes::admission::ALL {
        let said = texts.iter().any(|t| t.contains(&format!("# {}: ", code.id)));
        assert!(said || beyond_files.contains(&code.id), "{} {} has no case", code.id, code.name);
    }
}

/// The folders or files in a folder, by name.
fn sorted(folder: &Path) -> Vec<PathBuf> {
    if !folder.is_dir() {
        return Vec::new();
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

fn check(folder: &Path, file: &Path) -> Result<(), String> {
    let text = fs::read_to_string(file).unwrap();
    let settings = folder.join("settings.toml");
    let scheduler = if settings.exists() { settings.to_str().unwrap() } else { "default" };
    let (code, reported) = compile(file, scheduler);
    let refused = file.file_name().unwrap().to_str().unwrap().starts_with("refused");
    if code != i32::from(refused) {
        return Err(format!("exit code {code}: {reported:?}"));
    }
    let wanted: Vec<(Finding, &str)> = text.lines().enumerate().filter_map(expectation).collect();
    let found: BTreeSet<&Finding> = reported.iter().map(|(finding, _)| finding).collect();
    let expected: BTreeSet<&Finding> = wanted.iter().map(|(finding, _)| finding).collect();
    if found != expected {
        return Err(format!("expected {expected:?}, but {reported:?}"));
    }
    for (finding, value) in &wanted {
        let named = reported.iter().any(|(f, message)| f == finding && message.contains(value));
        if !named {
            return Err(format!("`{value}` is not in {reported:?}"));
        }
    }
    let client_too = text.starts_with(CLIENT_TOO);
    match compile(file, "none") {
        (0, _) if client_too => Err("the client does not refuse it".to_string()),
        (1, reported) if !client_too => Err(format!("refused without a scheduler: {reported:?}")),
        _ => Ok(()),
    }
}

/// `# CODE: VALUE` at the end of a line.
fn expectation((index, line): (usize, &str)) -> Option<(Finding, &str)> {
    let (_, comment) = line.rsplit_once("# ")?;
    let (code, value) = comment.split_once(": ")?;
    let is_code = code.len() == 5 && code[1..].bytes().all(|b| b.is_ascii_digit());
    is_code.then(|| ((index + 1, code.to_string()), value))
}

/// The exit code, and each diagnostic with its message.
fn compile(file: &Path, scheduler: &str) -> (i32, Vec<(Finding, String)>) {
    let output = Command::new(env!("CARGO_BIN_EXE_jobc"))
        .args(["compile", "--user", "ann", "--error-format", "json", "--scheduler", scheduler])
        .arg(file)
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let reported = stderr.lines().map(|line| {
        let diagnostic: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{stderr}"));
        let at = diagnostic["primary"]["start"]["line"].as_u64().unwrap_or_default() as usize;
        let text = |key: &str| diagnostic[key].as_str().unwrap_or_default().to_string();
        ((at, text("code")), text("message"))
    });
    (output.status.code().unwrap_or(-1), reported.collect())
}
