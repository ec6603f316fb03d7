//! What the scheduler refuses and what it takes, from job files to the report.
//!
//! A folder is a rule. Each `refused*.aurora` is refused with exactly the codes that comments in it say, at their
//! lines, with a message that holds the text behind the code: `# E0502: production`. Each `accepted*.aurora` is taken,
//! with no more than the warnings that its comments say. A `settings.toml` is the cluster that a folder is about, a
//! `jobc.toml` names the settings of several; without either, nothing is known of the cluster. Refused files are taken under `--scheduler none`, but for those whose
//! first line says that the client refuses them too.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read files and say by panicking what is wrong"
)]

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
    // Those that a folder here cannot show: the client speaks first, no scheduler is asked, or it is about settings.
    let beyond_files = ["E0503", "W0503", "E0540", "E0541", "E0542"];
    for code in jobc::diagnostics::codes::admission::ALL {
        let said = texts.iter().any(|t| t.contains(&format!("# {}: ", code.id)));
        assert!(said || beyond_files.contains(&code.id), "{} {} has no case", code.id, code.name);
    }
}

#[test]
fn config_says_what_is_in_force_and_from_where() {
    let config = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_jobc"))
            .arg("config")
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let project = Path::new("tests/admission/project");
    let file = project.join("accepted.aurora");
    let (code, text) = config(&[file.to_str().unwrap()]);
    assert_eq!(code, Some(0));
    let place = |file: &str, line: usize| format!("{}:{line}", project.join(file).display());
    let lines: Vec<&str> = text.lines().collect();
    let west = format!("# cluster west: scheduler = clusters/west.toml ({})", place("jobc.toml", 4));
    assert_eq!(lines[0], west);
    let given = |line: &&&str| line.starts_with("max_tasks_per_job = 10 ");
    assert!(lines.iter().find(given).unwrap().ends_with(&place("clusters/west.toml", 1)));
    assert!(text.contains("# cluster lab: scheduler = default"));
    assert!(text.contains(&format!("# every other cluster: scheduler = none ({})", place("jobc.toml", 1))));
    let (code, text) = config(&[file.to_str().unwrap(), "--scheduler", "none"]);
    assert_eq!(code, Some(0));
    assert!(text.starts_with("# every cluster: scheduler = none (--scheduler)"), "{text}");
    assert_eq!(config(&["--scheduler", "nowhere.toml"]), (Some(2), String::new()));
}

#[test]
fn a_settings_file_with_mistakes_refuses_the_run_at_its_own_line() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("west.toml");
    fs::write(&settings, "allow_gpu_resource = true\nmax_task_per_job = 5\n").unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/admission/features/accepted.aurora");
    let (code, reported) = compile(&file, settings.to_str());
    assert_eq!(code, 1);
    assert_eq!(reported[0].0, (2, "E0541".to_string()));
    assert!(reported[0].1.contains("max_task_per_job"));
    fs::remove_file(&settings).unwrap();
    assert_eq!(compile(&file, settings.to_str()).0, 2);
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
    let scheduler = match (settings.exists(), folder.join("jobc.toml").exists()) {
        (true, _) => Some(settings.to_str().unwrap()),
        (false, true) => None,
        (false, false) => Some("default"),
    };
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
    match compile(file, Some("none")) {
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
fn compile(file: &Path, scheduler: Option<&str>) -> (i32, Vec<(Finding, String)>) {
    let output = Command::new(env!("CARGO_BIN_EXE_jobc"))
        .args(["compile", "--user", "ann", "--error-format", "json"])
        .args(scheduler.map(|s| format!("--scheduler={s}")))
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
