//! Which files a set consists of, and that their names are safe.

use std::collections::HashMap;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::{SAME_FILE, UNSAFE_NAME};
use crate::emit::outputs::{Format, Input, Kind};
use crate::emit::thrift::Wire;
use crate::model::CompiledJob;
use crate::source::Span;

/// The folder of what is per job.
pub(super) const JOBS: &str = "jobs";

/// The longest name that file systems take, in bytes.
const LONGEST: usize = 255;

/// One file of the set.
#[derive(Debug)]
pub(super) struct Output<'a> {
    /// Its path below the directory, with `/` between the parts.
    pub(super) path: String,
    /// What it holds.
    pub(super) kind: Kind,
    /// The job it is about.
    pub(super) job: Option<&'a CompiledJob>,
}

impl Output<'_> {
    pub(super) fn span(&self) -> Span {
        self.job.map_or(Span::NONE, |job| job.places.span())
    }
}

/// The files of a set, in the order of the kinds and the jobs.
///
/// # Errors
/// When a part of a job's key cannot be the name of a file or folder, or two outputs would be one file.
pub(super) fn outputs<'a>(
    kinds: &[Kind],
    input: Input<'a>,
    format: &Format,
) -> Result<Vec<Output<'a>>, Vec<Diagnostic>> {
    let (mut outputs, mut refusals) = (Vec::new(), Vec::new());
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds.iter().copied().filter(|k| !k.is_per_job()) {
        outputs.push(Output { path: format!("{}.json", kind.name()), kind, job: None });
    }
    let per_job: Vec<Kind> = kinds.into_iter().filter(|k| k.is_per_job()).collect();
    if !per_job.is_empty() {
        for job in &input.bundle.jobs {
            match folder(job) {
                Err(refusal) => refusals.push(*refusal),
                Ok(folder) => {
                    let has = per_job.iter().copied().filter(|&kind| has_output(kind, job));
                    outputs.extend(has.map(|kind| {
                        let path = format!("{folder}{}", ending(kind, format.wire));
                        Output { path, kind, job: Some(job) }
                    }));
                }
            }
        }
    }
    refusals.extend(same_files(&outputs));
    if refusals.is_empty() { Ok(outputs) } else { Err(refusals) }
}

fn has_output(kind: Kind, job: &CompiledJob) -> bool {
    match kind {
        Kind::Update => job.update.is_some(),
        Kind::Data => job.configuration.task_config.executor_config.is_some(),
        _ => true,
    }
}

/// What follows a job's name.
fn ending(kind: Kind, wire: Wire) -> &'static str {
    match (kind, wire) {
        (Kind::Create, Wire::Json) => ".create.json",
        (Kind::Create, Wire::Binary) => ".create.bin",
        (Kind::Update, Wire::Json) => ".update.json",
        (Kind::Update, Wire::Binary) => ".update.bin",
        (Kind::Data, _) => ".data",
        _ => ".json",
    }
}

/// The longest ending.
const ENDING: &str = ".create.json";

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

/// Why a part of a job's key must not become a part of a path. What would lead elsewhere is refused on every system, so
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
            refusals.push(same_file(earlier, output, ""));
        }
    }
    refusals
}

/// Outputs whose paths differ in case only.
pub(super) fn same_but_for_case<'o, 'a>(
    outputs: &'o [Output<'a>],
) -> Option<(&'o Output<'a>, &'o Output<'a>)> {
    let mut first: HashMap<String, &Output<'_>> = HashMap::with_capacity(outputs.len());
    outputs.iter().find_map(|output| Some((first.insert(output.path.to_lowercase(), output)?, output)))
}

/// The refusal of two outputs that are one file.
pub(super) fn same_file(first: &Output<'_>, second: &Output<'_>, why: &str) -> Diagnostic {
    let (one, other) = (described(first), described(second));
    let message = match first.path == second.path {
        true => format!("{one} and {other} would both be written to `{}`", first.path),
        false => format!("{one} (`{}`) and {other} (`{}`) would be one file{why}", first.path, second.path),
    };
    Diagnostic::error(&SAME_FILE, second.span(), message).label(first.span(), "the other one")
}

fn described(output: &Output<'_>) -> String {
    let Some(job) = output.job else { return format!("the {}", output.kind.name()) };
    let what = match output.kind {
        Kind::Create => "the call that creates",
        Kind::Update => "the call that updates",
        Kind::Data => "the executor's data of",
        _ => "the configuration of",
    };
    format!("{what} job {}", job.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_are_safe() {
        for name in ["web", "web.create", ".hidden", "a b", "ü", "...", "-x", "aux", "a:b", &"n".repeat(243)]
        {
            assert_eq!(unsafe_because(name, ENDING, false), None, "{name}");
        }
        assert_eq!(unsafe_because(&"n".repeat(255), "", false), None);
    }

    #[test]
    fn names_that_leave_the_folder_are_not() {
        let long = ["n".repeat(244), "ü".repeat(122)];
        for name in ["", ".", "..", "/", "/etc", "a/b", "..\\x", "a\0b", "a\nb", &long[0], &long[1]] {
            assert!(unsafe_because(name, ENDING, false).is_some(), "{name:?}");
        }
        assert!(unsafe_because(&"n".repeat(256), "", false).is_some());
    }

    #[test]
    fn windows_forbids_more() {
        for name in ["con", "Aux", "nul.web", "COM1", "lpt9.x", "prn ", "a:b", "what?", "a*"] {
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
        let output = |path: &str| Output { path: path.to_owned(), kind: Kind::Jobs, job: None };
        let outputs = ["jobs/w/r/e/web.json", "jobs/w/r/e/api.json", "jobs/W/r/e/Web.json"].map(output);
        let (first, second) = same_but_for_case(&outputs).unwrap();
        assert_eq!((first.path.as_str(), second.path.as_str()), (&*outputs[0].path, &*outputs[2].path));
        assert!(same_but_for_case(&outputs[..2]).is_none());
    }
}
