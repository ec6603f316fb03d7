//! Tests that are files in folders; `tests/README.md` says how they are laid out, and how to add one.
//!
//! | file | folders | what is compared |
//! |---|---|---|
//! | `cases.rs` | `tests/cases`, `tests/rejected`, `tests/admission` | what a command prints, with the files beside its input |
//! | `gallery.rs` | `tests/diagnostics` | the same; each code has a folder |
//! | `admission.rs` | `tests/admission` | that each rule of the scheduler has a case, and that only the scheduler refuses it |
//! | `conformance.rs`, `wire.rs` | `tests/conformance` | the bundle and the calls, with what the stock client gives; reports as above |
//! | `bytes.rs` | `tests/bytes` | the executor data, with what the stock client gives, byte for byte |
//! | `explained.rs`, `help.rs` | | the examples of `jobc explain` and of `--help`, by running them |
//! | `blocks.rs` | | the code blocks of the documents, by compiling and running them |
//! | `project.rs`, `documents.rs` | | the project itself: imports among stages, circles inside them (`modules.rs`, `source_text.rs`); documents made from the code, and files that documents name |
#![expect(clippy::disallowed_methods, reason = "tests read files and say so by panicking")]

mod admission;
#[cfg(unix)]
mod blocks;
mod bytes;
mod cases;
mod compare;
mod conformance;
mod documents;
#[cfg(unix)]
mod explained;
mod gallery;
#[cfg(unix)]
mod help;
mod modules;
mod project;
mod source_text;
#[path = "../emit/tree.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "the tests of the emit stage use all of it, and panic")]
mod tree;
mod wire;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = conformance::trials();
    trials.extend(bytes::trials());
    trials.extend(wire::trials());
    trials.extend(cases::trials());
    trials.extend(gallery::trials());
    trials.extend(admission::trials());
    trials.extend(project::trials());
    trials.extend(modules::trials());
    trials.extend(documents::trials());
    #[cfg(unix)]
    trials.extend(blocks::trials());
    #[cfg(unix)]
    trials.extend(explained::trials());
    #[cfg(unix)]
    trials.extend(help::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A file or folder of the project.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Whether expectations of our own are to be rewritten.
fn updating() -> bool {
    std::env::var("JOBC_UPDATE").is_ok_and(|value| value == "1")
}

/// A test that gives words where it fails.
fn trial(name: String, test: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    Trial::test(name, move || test().map_err(Failed::from))
}

/// The folders below a directory that hold a file of one of these names, sorted, as paths relative to it.
fn folders_with(directory: &Path, names: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![directory.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let Ok(items) = std::fs::read_dir(&folder) else { continue };
        waiting
            .extend(items.filter_map(|item| item.ok()).map(|item| item.path()).filter(|path| path.is_dir()));
        if names.iter().any(|name| folder.join(name).is_file()) {
            found.extend(folder.strip_prefix(directory).map(Path::to_path_buf));
        }
    }
    found.sort();
    found
}

/// Runs the command in a folder, in an environment that is the same everywhere.
fn jobc(folder: &Path, arguments: &[String]) -> Result<Output, String> {
    let stdin = std::fs::read(folder.join("stdin")).unwrap_or_default();
    let mut child = Command::new(env!("CARGO_BIN_EXE_jobc"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LOGNAME", "golden")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    if let Some(mut pipe) = child.stdin.take() {
        // A command that does not read its input closes the pipe.
        let _ = pipe.write_all(&stdin);
    }
    child.wait_with_output().map_err(|error| error.to_string())
}

/// The lines of a file, without empty ones; none where there is no such file.
fn lines(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).map(str::to_string).collect()
}

/// The difference between an expected and an actual text, line by line.
fn difference(expected: &str, actual: &str) -> String {
    let diff = similar::TextDiff::from_lines(expected, actual);
    diff.unified_diff().context_radius(3).header("expected", "actual").to_string()
}
