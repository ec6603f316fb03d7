//! Our own cases: a folder with an input and what a command prints for it.
//!
//! `command` holds the arguments, one a line; without it they are `compile job.aurora` and those of `args`. `stdin` is
//! what the command reads. Expected are `expected.stdout`, `expected.stderr` (no file: nothing is printed) and
//! `expected.exit` (no file: 0).

use std::path::Path;

use libtest_mimic::Trial;

use crate::{difference, folders_with, jobc, lines, root, trial, updating};

pub(crate) fn trials() -> Vec<Trial> {
    let directory = root("tests/cases");
    folders_with(
        &directory,
        &["job.aurora", "command", "expected.stdout", "expected.stderr", "expected.exit"],
    )
    .into_iter()
    .map(|folder| {
        let path = directory.join(&folder);
        trial(format!("cases/{}", folder.display()), move || run(&path).map(drop))
    })
    .collect()
}

/// Runs a case, and gives what it prints on standard error.
pub(crate) fn run(folder: &Path) -> Result<String, String> {
    let arguments = arguments(folder)?;
    // What writes files works on a copy.
    let copy = tempfile::tempdir().map_err(|error| error.to_string())?;
    let output = if arguments.iter().any(|argument| argument == "-o") {
        copy_all(folder, copy.path()).map_err(|error| error.to_string())?;
        jobc(copy.path(), &arguments)?
    } else {
        jobc(folder, &arguments)?
    };
    let stdout = without_times(&String::from_utf8_lossy(&output.stdout));
    let stderr = without_times(&String::from_utf8_lossy(&output.stderr));
    let exit = output.status.code().map_or_else(|| output.status.to_string(), |code| code.to_string());
    let exit = if exit == "0" { String::new() } else { exit + "\n" };
    let mut wrong = String::new();
    for (name, actual) in
        [("expected.stdout", &stdout), ("expected.stderr", &stderr), ("expected.exit", &exit)]
    {
        let path = folder.join(name);
        if updating() {
            rewrite(&path, actual)?;
            continue;
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if expected != *actual {
            wrong.push_str(&format!("{name}:\n{}", difference(&expected, actual)));
        }
    }
    if wrong.is_empty() { Ok(stderr) } else { Err(wrong) }
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

fn arguments(folder: &Path) -> Result<Vec<String>, String> {
    let command = lines(&folder.join("command"));
    if !command.is_empty() {
        return Ok(command);
    }
    if !folder.join("job.aurora").is_file() {
        return Err("there are expectations here, but neither job.aurora nor a command".to_string());
    }
    let fixed = ["compile", "job.aurora"].map(str::to_string);
    Ok(fixed.into_iter().chain(lines(&folder.join("args"))).collect())
}

fn rewrite(path: &Path, text: &str) -> Result<(), String> {
    let written = match text {
        "" if !path.exists() => Ok(()),
        "" => std::fs::remove_file(path),
        text => std::fs::write(path, text),
    };
    written.map_err(|error| format!("{}: {error}", path.display()))
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
