//! Job files with what the stock client makes of them: recorded, and not ours to rewrite. The reports on what it rejects
//! are ours.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use libtest_mimic::Trial;
use serde_json::Value;

use crate::cases::{compare, orphans};
use crate::compare::{first_difference, open_data, sort_sets};
use crate::{folders_with, jobc, lines, root, trial};

/// What a bundle must look like. Compiled once, which takes far longer than to use it.
static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let schema = document(&root("schemas/bundle.schema.json"));
    schema.and_then(|s| jsonschema::validator_for(&s).map_err(|e| e.to_string())).expect("the schema is one")
});

/// The cases that fail so far; the list may only shrink.
const KNOWN: &str = "tests/conformance/known-failures";

/// The report on a case that is rejected.
const REPORT: &str = "expected.stderr";

pub(crate) fn trials() -> Vec<Trial> {
    let directory = root("tests/conformance");
    let known: BTreeSet<String> = lines(&root(KNOWN)).into_iter().collect();
    let mut trials = Vec::new();
    let mut names = BTreeSet::new();
    for folder in folders_with(&directory, &["job.aurora"]) {
        let path = directory.join(&folder);
        if path.join("expected.json").is_file() || path.join("executors.json").is_file() {
            let name = format!("conformance/{}", folder.display());
            names.insert(name.clone());
            let (path, fails) = (path.clone(), known.contains(&name));
            trials.push(trial(name, move || expecting(fails, outcome(&path))));
        }
    }
    trials.push(orphans("conformance", orphaned(&directory)));
    trials.push(trial("conformance/known-failures".to_string(), move || {
        match known.difference(&names).next() {
            Some(name) => Err(format!("{KNOWN} lists `{name}`, which is no case")),
            None => Ok(()),
        }
    }));
    trials
}

/// Results without an input, and reports on what is not rejected.
fn orphaned(directory: &Path) -> Vec<PathBuf> {
    let has_no_input = |folder: &PathBuf| !directory.join(folder).join("job.aurora").is_file();
    let is_accepted = |folder: &PathBuf| {
        let expected = document(&directory.join(folder).join("expected.json"));
        !expected.is_ok_and(|e| e.get("rejected").is_some())
    };
    let results = folders_with(directory, &["expected.json"]).into_iter().filter(has_no_input);
    let reports = folders_with(directory, &[REPORT]).into_iter().filter(is_accepted);
    results.chain(reports).collect()
}

/// Turns the result around for a case that is known to fail.
fn expecting(failure: bool, result: Result<(), String>) -> Result<(), String> {
    match (failure, result) {
        (false, result) => result,
        (true, Err(_)) => Ok(()),
        (true, Ok(())) => Err(format!("passes now: take it off {KNOWN}")),
    }
}

pub(crate) fn arguments(folder: &Path, more: &[&str]) -> Vec<String> {
    let fixed = ["compile", "job.aurora", "--user", "oracle", "--scheduler", "none"];
    let fixed = fixed.iter().chain(more).map(ToString::to_string);
    fixed.chain(lines(&folder.join("args"))).collect()
}

pub(crate) fn document(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn outcome(folder: &Path) -> Result<(), String> {
    let output = jobc(folder, &arguments(folder, &[]))?;
    let report = String::from_utf8_lossy(&output.stderr);
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(format!("ended with {}: {report}", output.status));
    }
    let ours = folder.join("executors.json");
    if ours.is_file() {
        return executors(folder, &bundle(&output.stdout, &report)?);
    }
    let expected = document(&folder.join("expected.json"))?;
    if expected.get("rejected").is_some() {
        if output.status.success() {
            return Err(format!("accepted; the stock client says: {}", expected["rejected"]));
        }
        if !output.stdout.is_empty() {
            return Err("refused, with something on standard output".to_string());
        }
        if report.is_empty() {
            return Err("refused without a word".to_string());
        }
        return match compare(&folder.join(REPORT), &report)? {
            wrong if wrong.is_empty() => Ok(()),
            wrong => Err(wrong),
        };
    }
    let mut actual = bundle(&output.stdout, &report)?;
    let mut expected = expected;
    for jobs in [&mut actual, &mut expected] {
        for job in jobs["jobs"].as_array_mut().into_iter().flatten() {
            normalise(job);
        }
    }
    forget_updates(&expected, &mut actual);
    differing(&expected["jobs"], &actual["jobs"])
}

fn bundle(stdout: &[u8], report: &str) -> Result<Value, String> {
    if stdout.is_empty() {
        return Err(format!("refused:\n{report}"));
    }
    let bundle: Value =
        serde_json::from_slice(stdout).map_err(|error| format!("standard output is no bundle: {error}"))?;
    let refused = SCHEMA.iter_errors(&bundle).next();
    let refused = refused.map(|error| format!("the schema refuses {}: {error}", error.instance_path()));
    refused.map_or(Ok(bundle), Err)
}

pub(crate) fn normalise(job: &mut Value) {
    open_data(&mut job["configuration"]);
    sort_sets(job);
}

/// Where the stock client gave no update (the job is no service, or its own code failed), ours counts for nothing.
fn forget_updates(expected: &Value, actual: &mut Value) {
    let expected = expected["jobs"].as_array().into_iter().flatten();
    for job in expected.filter(|job| job.get("update").is_none()) {
        for ours in actual["jobs"].as_array_mut().into_iter().flatten() {
            if ours["key"] == job["key"]
                && let Some(fields) = ours.as_object_mut()
            {
                fields.remove("update");
            }
        }
    }
}

fn differing(expected: &Value, actual: &Value) -> Result<(), String> {
    first_difference(expected, actual).map_or(Ok(()), Err)
}

/// The cases of custom executors: the whole array, and of each job what it has to do with executors.
fn executors(folder: &Path, bundle: &Value) -> Result<(), String> {
    differing(&document(&folder.join("executors.json"))?, &bundle["executors"])?;
    let expected = document(&folder.join("jobs.json"))?;
    let jobs = bundle["jobs"].as_array().map(Vec::as_slice).unwrap_or_default();
    let actual: Vec<Value> = jobs.iter().map(executor_of).collect();
    let mut expected = expected;
    for job in expected.as_array_mut().into_iter().flatten() {
        open(&mut job["executorConfig"]["data"]);
    }
    differing(&expected, &Value::Array(actual))
}

fn open(data: &mut Value) {
    if let Some(parsed) = data.as_str().and_then(|text| serde_json::from_str(text).ok()) {
        *data = parsed;
    }
}

fn executor_of(job: &Value) -> Value {
    let mut job = job.clone();
    open_data(&mut job["configuration"]);
    let configuration = &job["configuration"];
    let task = &configuration["taskConfig"];
    let ports = task["resources"].as_array().into_iter().flatten().filter_map(|r| r.get("namedPort"));
    let mut shown = serde_json::json!({
        "key": job["key"],
        "executorConfig": task["executorConfig"],
        "ports": ports.collect::<Vec<_>>(),
        "instanceCount": configuration["instanceCount"],
    });
    if let Some(uris) = task.get("mesosFetcherUris") {
        shown["mesosFetcherUris"] = uris.clone();
    }
    shown
}
