//! Job files with the executor data that the stock client gave for them, which must be the same byte for byte.
//!
//! A case of `tests/bytes` is a folder with `job.aurora` and `data`, which holds the data of one job on each line.

use std::path::Path;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::conformance::arguments;
use crate::{folders_with, jobc, lines, root, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let directory = root("tests/bytes");
    let case = |folder: std::path::PathBuf| {
        let path = directory.join(&folder);
        trial(format!("bytes/{}", folder.display()), move || outcome(&path))
    };
    folders_with(&directory, &["data"]).into_iter().map(case).collect()
}

fn outcome(folder: &Path) -> Result<(), String> {
    let output = jobc(folder, &arguments(folder, &[]))?;
    if !output.status.success() {
        return Err(format!("refused:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let bundle: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let jobs = bundle["jobs"].as_array().ok_or("a bundle without jobs")?;
    let data = |job: &Value| {
        job.pointer("/configuration/taskConfig/executorConfig/data")
            .and_then(Value::as_str)
            .map(str::to_string)
    };
    let actual: Vec<String> = jobs.iter().filter_map(data).collect();
    let expected = lines(&folder.join("data"));
    if actual.len() != expected.len() {
        return Err(format!("{} jobs instead of {}", actual.len(), expected.len()));
    }
    expected.iter().zip(&actual).enumerate().find_map(differing).map_or(Ok(()), Err)
}

/// Bytes that are shown before and after the place where two texts differ.
const SHOWN: usize = 60;

fn differing((index, (expected, actual)): (usize, (&String, &String))) -> Option<String> {
    if expected == actual {
        return None;
    }
    let same = expected.bytes().zip(actual.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        let shown = text.as_bytes().get(same.saturating_sub(SHOWN)..).unwrap_or_default();
        String::from_utf8_lossy(&shown[..shown.len().min(2 * SHOWN)]).into_owned()
    };
    Some(format!("job {index} differs at {same}:\n  {}\n  {}", around(expected), around(actual)))
}
