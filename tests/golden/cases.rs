//! Cases: an input, and beside it what a command prints for it. `tests/README.md` says how they are laid out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;

use libtest_mimic::Trial;

use crate::{difference, jobc, lines, root, trial, updating};

/// The folders of cases, below `tests`. The gallery of diagnostics asks more of its cases, so it makes its own trials.
const SUITES: [&str; 3] = ["cases", "rejected", "admission"];

/// Folders of files that cases include, and that are no cases themselves.
const SHARED: &str = "shared";

/// What expectations are called, after the dot.
const EXPECTED: [&str; 3] = ["stdout", "stderr", "exit"];

/// One input, and where its expectations are.
#[derive(Debug)]
pub(crate) struct Case {
    /// As in `admission/sla-tier/refused`.
    pub(crate) name: String,
    /// Where the command runs.
    folder: PathBuf,
    arguments: Vec<String>,
    /// Expectations are called `STEM.stdout`, `STEM.stderr`, `STEM.exit`.
    stem: String,
    /// Whether the report is all that is compared; the exit code then follows from it.
    report_only: bool,
}

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for suite in SUITES {
        let found = find(suite);
        trials.extend(
            found.cases.into_iter().map(|case| trial(case.name.clone(), move || case.run().map(drop))),
        );
        trials.push(orphans(suite, found.orphans));
    }
    trials
}

/// The cases of a suite, and the expectations that belong to none.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) cases: Vec<Case>,
    pub(crate) orphans: Vec<PathBuf>,
}

/// Finds the cases below `tests/SUITE`.
pub(crate) fn find(suite: &str) -> Found {
    let mut found = Found::default();
    let mut waiting = vec![root("tests").join(suite)];
    while let Some(folder) = waiting.pop() {
        let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) =
            entries(&folder).into_iter().partition(|path| path.is_dir());
        let cases = cases_in(&folder, &files);
        let stems: BTreeSet<&str> = cases.iter().map(|case| case.stem.as_str()).collect();
        found.orphans.extend(files.iter().filter(|file| is_orphan(file, &stems)).cloned());
        // What lies below a folder with a command is its input.
        if !stems.contains("expected") {
            waiting.extend(folders.into_iter().filter(|path| !path.ends_with(SHARED)));
        }
        found.cases.extend(cases);
    }
    found
}

/// A test that fails where there are expectations without a case.
pub(crate) fn orphans(suite: &str, orphans: Vec<PathBuf>) -> Trial {
    trial(format!("{suite}/orphans"), move || match orphans.as_slice() {
        [] => Ok(()),
        paths => Err(format!("these belong to no case: {paths:#?}")),
    })
}

fn cases_in(folder: &Path, files: &[PathBuf]) -> Vec<Case> {
    let tests = root("tests");
    let name = |path: &Path| path.strip_prefix(&tests).unwrap_or(path).display().to_string();
    let more = || lines(&folder.join("args")).into_iter();
    let case = |name: String, arguments: Vec<String>, stem: &str, report_only: bool| Case {
        name,
        folder: folder.to_path_buf(),
        arguments,
        stem: stem.to_string(),
        report_only,
    };
    let compile = |file: &str| -> Vec<String> {
        ["compile", file].map(str::to_string).into_iter().chain(more()).collect()
    };
    let command = lines(&folder.join("command"));
    if !command.is_empty() {
        return vec![case(name(folder), command, "expected", false)];
    }
    if folder.join("job.aurora").is_file() {
        return vec![case(name(folder), compile("job.aurora"), "expected", false)];
    }
    let inputs = files.iter().filter(|file| file.extension().is_some_and(|e| e == "aurora"));
    inputs
        .filter_map(|file| {
            let (stem, whole) = (file.file_stem()?.to_str()?, file.file_name()?.to_str()?);
            Some(case(name(&file.with_extension("")), compile(whole), stem, true))
        })
        .collect()
}

/// Whether a file is called like an expectation, but there is no such case.
fn is_orphan(file: &Path, stems: &BTreeSet<&str>) -> bool {
    let name = |part: Option<&std::ffi::OsStr>| part.and_then(|p| p.to_str()).unwrap_or_default().to_string();
    let expects = EXPECTED.contains(&name(file.extension()).as_str());
    expects && !stems.contains(name(file.file_stem()).as_str())
}

impl Case {
    /// Runs the command, and gives what it prints on standard error.
    ///
    /// # Errors
    /// How what it prints differs from what is expected.
    pub(crate) fn run(&self) -> Result<String, String> {
        let output = self.output()?;
        let stdout = without_times(&String::from_utf8_lossy(&output.stdout));
        let stderr = without_times(&String::from_utf8_lossy(&output.stderr));
        let exit = output.status.code().map_or_else(|| output.status.to_string(), |code| code.to_string());
        let mut wrong = self.compare("stderr", &stderr)?;
        if self.report_only {
            let refused = stderr.lines().any(|line| line.starts_with("error"));
            if exit != i32::from(refused).to_string() {
                wrong.push_str(&format!("the exit code is {exit}\n"));
            }
        } else {
            let exit = if exit == "0" { String::new() } else { exit + "\n" };
            wrong.push_str(&self.compare("stdout", &stdout)?);
            wrong.push_str(&self.compare("exit", &exit)?);
        }
        if wrong.is_empty() { Ok(stderr) } else { Err(wrong) }
    }

    /// Runs the command: in a copy of the folder, if it writes files.
    fn output(&self) -> Result<Output, String> {
        if !self.arguments.iter().any(|argument| argument == "-o") {
            return jobc(&self.folder, &self.arguments);
        }
        let copy = tempfile::tempdir().map_err(|error| error.to_string())?;
        copy_all(&self.folder, copy.path()).map_err(|error| error.to_string())?;
        jobc(copy.path(), &self.arguments)
    }

    /// What is printed on standard error where a flag has another value.
    ///
    /// # Errors
    /// When the command cannot be run.
    pub(crate) fn report_with(&self, flag: &str, value: &str) -> Result<String, String> {
        let mut arguments = self.arguments.clone();
        match arguments.iter().position(|argument| argument == flag) {
            Some(index) => arguments[index + 1] = value.to_string(),
            None => arguments.extend([flag, value].map(str::to_string)),
        }
        let output = jobc(&self.folder, &arguments)?;
        Ok(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// What is expected on standard output; empty where the case does not say.
    pub(crate) fn expected_stdout(&self) -> String {
        std::fs::read_to_string(self.expectation("stdout")).unwrap_or_default()
    }

    /// The expected report; empty where there is none.
    pub(crate) fn expected_stderr(&self) -> String {
        std::fs::read_to_string(self.expectation("stderr")).unwrap_or_default()
    }

    fn expectation(&self, what: &str) -> PathBuf {
        self.folder.join(format!("{}.{what}", self.stem))
    }

    fn compare(&self, what: &str, actual: &str) -> Result<String, String> {
        compare(&self.expectation(what), actual)
    }
}

/// How a text differs from the expectation in a file, which is empty where there is no file; when updating, the file is
/// rewritten instead.
///
/// # Errors
/// When the file cannot be rewritten.
pub(crate) fn compare(path: &Path, actual: &str) -> Result<String, String> {
    if updating() {
        return rewrite(path, actual).map(|()| String::new());
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    let name = path.file_name().unwrap_or_default().display();
    Ok(match expected == actual {
        true => String::new(),
        false => format!("{name}:\n{}", difference(&expected, actual)),
    })
}

fn rewrite(path: &Path, text: &str) -> Result<(), String> {
    let written = match text {
        "" if !path.exists() => Ok(()),
        "" => std::fs::remove_file(path),
        text => std::fs::write(path, text),
    };
    written.map_err(|error| format!("{}: {error}", path.display()))
}

fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    for item in std::fs::read_dir(from)? {
        let item = item?;
        let place = to.join(item.file_name());
        if item.file_type()?.is_dir() {
            std::fs::create_dir(&place)?;
            copy_all(&item.path(), &place)?;
        } else {
            std::fs::copy(item.path(), place)?;
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let items = std::fs::read_dir(folder).into_iter().flatten().filter_map(|item| item.ok());
    let mut paths: Vec<PathBuf> = items.map(|item| item.path()).collect();
    paths.sort();
    paths
}

/// The closing line of `check` has the time that it took.
fn without_times(text: &str) -> String {
    let line = |line: &str| match line
        .rsplit_once(" (")
        .and_then(|(head, tail)| Some((head, tail.strip_suffix(" ms)\n")?)))
    {
        Some((head, number)) if number.bytes().all(|b| b.is_ascii_digit()) => format!("{head} (TIME)\n"),
        _ => line.to_string(),
    };
    text.split_inclusive('\n').map(line).collect()
}
