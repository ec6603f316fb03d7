//! Which files there are about jobs, and that their names are safe.

use std::collections::HashMap;
use std::path::Path;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::{SAME_FILE, UNSAFE_NAME};
use crate::emit::outputs::{OutputKind, has_none};
use crate::emit::thrift::Wire;
use crate::model::CompiledJob;
use crate::source::Span;

/// The folder of what is per job.
pub(super) const JOBS: &str = "jobs";

/// The longest name that file systems take, in bytes.
const LONGEST: usize = 255;

/// One file about a job.
#[derive(Debug)]
pub(super) struct Output<'a> {
    /// Its path below the folder, with `/` between the parts.
    pub(super) path: String,
    /// What it holds.
    pub(super) kind: OutputKind,
    /// The job it is about.
    pub(super) job: &'a CompiledJob,
    /// The position of the job in the bundle.
    pub(super) index: usize,
}

impl Output<'_> {
    pub(super) fn span(&self) -> Span {
        self.job.places.span()
    }
}

/// The files about jobs, in the order of the jobs and the kinds.
///
/// # Errors
/// When a part of a job's key cannot be the name of a file or folder, two outputs would be one file, or a service has no
/// update to send.
pub(super) fn outputs<'a>(
    kinds: &[OutputKind],
    jobs: &'a [CompiledJob],
    wire: Wire,
) -> Result<Vec<Output<'a>>, Vec<Diagnostic>> {
    let (mut outputs, mut refusals) = (Vec::new(), Vec::new());
    let per_job: Vec<OutputKind> = kinds.iter().copied().filter(|k| k.is_per_job()).collect();
    let jobs = jobs.iter().enumerate().filter(|_| !per_job.is_empty());
    for (index, job) in jobs {
        match folder(job) {
            Err(refusal) => refusals.push(*refusal),
            Ok(folder) => {
                for kind in per_job.iter().copied() {
                    if has_output(kind, job) {
                        let path = format!("{folder}{}", ending(kind, wire));
                        outputs.push(Output { path, kind, job, index });
                    } else if matches!(kind, OutputKind::Update | OutputKind::Request)
                        && job.configuration.task_config.is_service
                    {
                        refusals.push(has_none(kind, job));
                    }
                }
            }
        }
    }
    refusals.extend(same_files(&outputs));
    if refusals.is_empty() { Ok(outputs) } else { Err(refusals) }
}

fn has_output(kind: OutputKind, job: &CompiledJob) -> bool {
    match kind {
        OutputKind::Update | OutputKind::Request => job.update.is_some(),
        OutputKind::Data => job.configuration.task_config.executor_config.is_some(),
        _ => true,
    }
}

/// What follows a job's name.
fn ending(kind: OutputKind, wire: Wire) -> &'static str {
    match (kind, wire) {
        (OutputKind::Create, Wire::Json) => ".create.json",
        (OutputKind::Create, Wire::Binary) => ".create.bin",
        (OutputKind::Update, Wire::Json) => ".update.json",
        (OutputKind::Update, Wire::Binary) => ".update.bin",
        (OutputKind::Request, _) => ".request.json",
        (OutputKind::Data, _) => ".data",
        _ => ".json",
    }
}

/// The longest ending.
const ENDING: &str = ".request.json";

/// `jobs/CLUSTER/ROLE/ENVIRONMENT/NAME`, without an ending. The refusal is boxed because it is large and rare.
fn folder(job: &CompiledJob) -> Result<String, Box<Diagnostic>> {
    let key = &job.configuration.key;
    let parts = [
        ("cluster", &job.cluster, ""),
        ("role", &key.role, ""),
        ("environment", &key.environment, ""),
        ("name", &key.name, ENDING),
    ];
    let mut path = JOBS.to_owned();
    for (field, part, ending) in parts {
        if let Some(why) = unsafe_because(part, ending, cfg!(windows)) {
            let message = format!("the {field} of job {} cannot be the name of a file: {why}", job.key());
            let refusal = Diagnostic::error(&UNSAFE_NAME, job.places.at(field), message);
            return Err(Box::new(
                refusal.help("without `-o DIR`, the job can still be compiled to one document"),
            ));
        }
        path.push('/');
        path.push_str(part);
    }
    Ok(path)
}

/// Why a part of a job's key must not become a part of a path. What would lead elsewhere is rejected on every system, so
/// that what compiles on one does on all; names that only Windows forbids (`aux` is a fine name for a job) there alone.
fn unsafe_because(part: &str, ending: &str, windows: bool) -> Option<&'static str> {
    match part {
        "" => return Some("it is empty"),
        "." | ".." => return Some("it would name another folder"),
        _ => {}
    }
    if part.contains(['/', '\\']) {
        return Some("it holds a slash or backslash, which would lead to another folder");
    }
    if part.contains(|c: char| c.is_control()) {
        return Some("it holds a control character");
    }
    if part.starts_with('.') {
        return Some("it begins with a dot, so that most programs would not see the file");
    }
    if part.starts_with('-') {
        return Some("it begins with a hyphen, which programs take for an option");
    }
    if part.contains(['*', '?', '[']) || part.trim() != part {
        return Some("a shell would take it for a pattern, or for no name at all");
    }
    if part.len() + ending.len() > LONGEST {
        return Some("it is too long");
    }
    if windows { forbidden_by_windows(&format!("{part}{ending}")) } else { None }
}

/// Why Windows takes a name for another one, or for none.
fn forbidden_by_windows(name: &str) -> Option<&'static str> {
    if name.contains(['<', '>', ':', '"', '|', '?', '*']) {
        return Some("it holds a character that Windows keeps for itself");
    }
    if name.ends_with(['.', ' ']) {
        return Some("it ends in a dot or a space, which Windows leaves out");
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |head: &str| {
        let number = stem.strip_prefix(head).map(str::as_bytes);
        matches!(number, Some([digit]) if digit.is_ascii_digit())
    };
    let device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL");
    (device || numbered("COM") || numbered("LPT")).then_some("it is the name of a device on Windows")
}

/// Outputs that have the path of an earlier one: two jobs of one key, or a job called `web.create` beside a job `web`.
fn same_files(outputs: &[Output<'_>]) -> Vec<Diagnostic> {
    let mut first: HashMap<&str, &Output<'_>> = HashMap::with_capacity(outputs.len());
    let mut refusals = Vec::new();
    for output in outputs {
        if let Some(earlier) = first.insert(&output.path, output) {
            refusals.push(same_file(earlier, output));
        }
    }
    refusals
}

/// The positions of two paths that differ in case only.
pub(super) fn same_but_for_case<'p>(paths: impl IntoIterator<Item = &'p str>) -> Option<(usize, usize)> {
    let mut first = HashMap::new();
    let mut paths = paths.into_iter().enumerate();
    paths.find_map(|(at, path)| Some((first.insert(path.to_lowercase(), at)?, at)))
}

/// The error for two outputs that are one file.
fn same_file(first: &Output<'_>, second: &Output<'_>) -> Diagnostic {
    let (one, other) = (described(first), described(second));
    let message = format!("{one} and {other} would both be written to `{}`", first.path);
    Diagnostic::error(&SAME_FILE, second.span(), message).label(first.span(), "the other one")
}

/// The error for two outputs that are one file where upper and lower case are one.
pub(super) fn same_but_for_case_error(first: &Path, second: &Path) -> Diagnostic {
    let (first, second) = (first.display(), second.display());
    let why = "this file system does not distinguish upper and lower case";
    let message = format!("`{first}` and `{second}` would be one file: {why}");
    Diagnostic::error(&SAME_FILE, Span::NONE, message)
}

fn described(output: &Output<'_>) -> String {
    format!("{} job {}", about(output.kind), output.job.key())
}

/// What an output of a kind is, with a preposition for the job.
pub(super) fn about(kind: OutputKind) -> &'static str {
    match kind {
        OutputKind::Create => "the call that creates",
        OutputKind::Update => "the call that updates",
        OutputKind::Request => "the update request of",
        OutputKind::Data => "the executor's data of",
        _ => "the configuration of",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_are_safe() {
        for name in ["web", "web.create", "a b", "ü", "a-x", "aux", "a:b", &"n".repeat(242)] {
            assert_eq!(unsafe_because(name, ENDING, false), None, "{name}");
        }
        assert_eq!(unsafe_because(&"n".repeat(255), "", false), None);
    }

    #[test]
    fn names_that_leave_the_folder_are_not() {
        let long = ["n".repeat(243), "ü".repeat(122)];
        for name in ["", ".", "..", "/", "/etc", "a/b", "..\\x", "a\0b", "a\nb", &long[0], &long[1]] {
            assert!(unsafe_because(name, ENDING, false).is_some(), "{name:?}");
        }
        assert!(unsafe_because(&"n".repeat(256), "", false).is_some());
    }

    #[test]
    fn names_that_programs_overlook_or_misread_are_not() {
        for name in [".web", "...", "-o", "--", "*", "w?b", "[ab]", " ", "web "] {
            assert!(unsafe_because(name, ENDING, false).is_some(), "{name:?}");
        }
    }

    #[test]
    fn windows_forbids_more() {
        for name in ["con", "Aux", "nul.web", "COM1", "lpt9.x", "a:b", "a|b"] {
            assert!(unsafe_because(name, ENDING, true).is_some(), "{name:?}");
        }
        for folder in ["web.", "web ", "CON"] {
            assert!(unsafe_because(folder, "", true).is_some(), "{folder:?}");
        }
        for name in ["web.", "console", "com", "com10", "comx", "lpt", "auxiliary"] {
            assert_eq!(unsafe_because(name, ENDING, true), None, "{name}");
        }
    }

    #[test]
    fn paths_that_differ_in_case_are_found() {
        let paths = ["jobs/w/r/e/web.json", "jobs/w/r/e/api.json", "jobs/W/r/e/Web.json"];
        assert_eq!(same_but_for_case(paths), Some((0, 2)));
        assert_eq!(same_but_for_case([paths[0], paths[1]]), None);
    }
}
