//! The calls of the scheduler's API for every accepted conformance case: read back from both encodings, and compared with
//! what the stock client would have sent, field by field.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::compare::{first_difference, sort_sets};
use crate::conformance::{arguments, document, normalise};
use crate::tree::{Names, Tree, read_binary, read_tjson};
use crate::{folders_with, jobc, root, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let directory = root("tests/conformance");
    let accepted = |folder: &PathBuf| {
        document(&directory.join(folder).join("expected.json")).is_ok_and(|d| d.get("rejected").is_none())
    };
    let folders = folders_with(&directory, &["expected.json"]).into_iter().filter(accepted);
    folders
        .map(|folder| {
            let name = folder.display().to_string();
            let path = directory.join(folder);
            trial(format!("wire/{name}"), move || case(&name, &path))
        })
        .collect()
}

fn case(name: &str, folder: &Path) -> Result<(), String> {
    let made = tempfile::tempdir().map_err(|error| error.to_string())?;
    let emit = |wire: &str| {
        let out = made.path().join(wire).display().to_string();
        let emit = ["--no-sync", "--emit", "bundle,create,update", "--wire", wire, "-o", &out];
        let output = jobc(folder, &arguments(folder, &emit))?;
        if output.status.success() {
            Ok(())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    };
    emit("json")?;
    emit("binary")?;
    let bundle = document(&made.path().join("json/bundle.json"))?;
    let jobs = bundle["jobs"].as_array().ok_or("a bundle without jobs")?;
    let ours: BTreeMap<&str, &Value> =
        jobs.iter().filter_map(|job| job["key"].as_str().map(|key| (key, job))).collect();
    let expected = document(&folder.join("expected.json"))?;
    for job in expected["jobs"].as_array().into_iter().flatten() {
        let key = job["key"].as_str().unwrap_or_default();
        let ours = ours.get(key).ok_or_else(|| format!("no job {key}"))?;
        let mut tell = job.clone();
        let mut create = Call::of(made.path(), key, "create")?;
        let cron = job["configuration"].get("cronSchedule").is_some();
        create.is_named(if cron { "scheduleCronJob" } else { "createJob" })?;
        create.leave(name, key, &json!({"description": ours["configuration"]}))?;
        let mut told = json!({"configuration": create.arguments["description"].take()});
        for job in [&mut tell, &mut told] {
            normalise(job);
        }
        same(key, &tell["configuration"], &told["configuration"])?;
        if let Some(settings) = job.get("update") {
            let configuration = &ours["configuration"];
            let count = &configuration["instanceCount"];
            let request = json!({"taskConfig": configuration["taskConfig"], "instanceCount": count, "settings": settings});
            let mut update = Call::of(made.path(), key, "update")?;
            update.is_named("startJobUpdate")?;
            let mut arguments = json!({"request": request});
            update.leave(name, key, &arguments)?;
            [&mut arguments, &mut update.arguments].into_iter().for_each(sort_sets);
            same(key, &arguments, &update.arguments)?;
        }
    }
    Ok(())
}

fn same(key: &str, expected: &Value, actual: &Value) -> Result<(), String> {
    first_difference(expected, actual).map_or(Ok(()), |words| Err(format!("{key}{words}")))
}

/// A call that was read from its two files, which must tell the same.
struct Call {
    name: String,
    arguments: Value,
    files: [(&'static str, Vec<u8>); 2],
    kind: &'static str,
}

impl Call {
    fn of(made: &Path, key: &str, kind: &'static str) -> Result<Call, String> {
        let read = |wire: &str, ending: &str| {
            let path = made.join(format!("{wire}/jobs/{key}.{kind}.{ending}"));
            fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let (json, binary) = (read("json", "json")?, read("binary", "bin")?);
        let call: (String, Tree) = read_binary(&binary);
        if call != read_tjson(&json) {
            return Err(format!("{key}: the two encodings of {kind} differ"));
        }
        let arguments = Names::load().readable(&call.0, &call.1);
        Ok(Call { name: call.0, arguments, files: [("json", json), ("bin", binary)], kind })
    }

    fn is_named(&self, name: &str) -> Result<(), String> {
        if self.name == name { Ok(()) } else { Err(format!("{} instead of {name}", self.name)) }
    }

    /// Leaves the call, with what it must tell, for `tests/emit/check_wire.py`.
    fn leave(&self, case: &str, key: &str, arguments: &Value) -> Result<(), String> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire-conformance");
        let stem = format!("{case}.{key}.{}", self.kind).replace('/', "_");
        let expected = json!({"call": self.name, "arguments": arguments}).to_string();
        let leave = || {
            fs::create_dir_all(&folder)?;
            for (ending, bytes) in &self.files {
                fs::write(folder.join(format!("{stem}.{ending}")), bytes)?;
            }
            fs::write(folder.join(format!("{stem}.expected")), expected)
        };
        leave().map_err(|error: std::io::Error| error.to_string())
    }
}
