//! The files of `-o DIR`: a run changes what belongs to the entry files that it compiles, as a whole or not at all.
//!
//! `docs/formats.md` states what is promised. A run takes these steps, the first before it reads its input:
//!
//! 1. [`Folder::open`] and [`Folder::try_lock`] keep other runs out; [`recover`] completes or undoes what a killed run left.
//! 2. [`prepare`] compares the outputs with the manifest and with what is there. Nothing changes yet.
//! 3. [`Prepared::commit`] stages the new files, writes a journal, and renames the files one by one, the manifest last.
//!
//! | question | file |
//! |---|---|
//! | the folder, its lock, what lies in it | `folder.rs` |
//! | which files there are about jobs, which names are unsafe | `layout.rs` |
//! | which files are jobc's, and whose | `manifest.rs` |
//! | what belongs to which entry file | `owners.rs` |
//! | what a run changes | `changes.rs` |
//! | where files wait | `stage.rs` |
//! | which steps a run takes | `journal.rs`, `commit.rs` |
//! | what becomes of a killed run | `recovery.rs` |

mod changes;
mod commit;
mod folder;
mod journal;
mod layout;
mod manifest;
mod owners;
mod recovery;
mod stage;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

pub use commit::Prepared;
pub use folder::Folder;
pub use recovery::recover;

use self::changes::Changes;
use self::manifest::{ExecutorEntry, MANIFEST, Manifest, Record};
use self::owners::{Owners, Standing};
use super::json;
use super::outputs::{Format, Input, OutputKind, Refusal, of_all, of_job};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::{GONE_OWNER, IN_THE_WAY, KEPT_EXECUTORS, OTHER_OWNER, REMOVED};
use crate::source::Span;

/// The files that are not about one job.
const DOCUMENTS: [(OutputKind, &str); 3] = [
    (OutputKind::Executors, "executors.json"),
    (OutputKind::Bundle, "bundle.json"),
    (OutputKind::Deps, "deps.json"),
];

/// What to write.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The kinds of output.
    pub kinds: Vec<OutputKind>,
    /// Whether `executors.json` is written even if no entry file declares an executor.
    pub empty_executors: bool,
    /// How.
    pub format: Format,
    /// Whether the jobs are a selection; others are then left alone.
    pub selected: bool,
    /// Whether the outputs of entry files that no longer exist are removed.
    pub prune: bool,
    /// Whether files are replaced and removed that jobc did not write, or that were changed since.
    pub force: bool,
    /// Whether to wait until new files are on the disk, so that the promises hold for a machine that loses power, too.
    pub sync: bool,
}

/// What one entry file gives: a part of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The entry file, as [`Folder::relative`] calls it.
    pub owner: String,
    /// The positions of its jobs.
    pub jobs: Range<usize>,
    /// The positions of its executors, of which several files may have the same.
    pub executors: Vec<usize>,
}

/// What became of a set. Paths are below the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or have new content, in the order of the outputs.
    pub written: Vec<PathBuf>,
    /// How many files had the right content already.
    pub unchanged: usize,
    /// Files of an earlier set that were removed.
    pub removed: Vec<PathBuf>,
}

/// Decides what changes in a folder, which must be locked and recovered.
///
/// # Errors
/// When a name is unsafe, two outputs are one file, a number does not fit a call, something belongs to another entry file
/// or was not written by jobc, or the operating system refuses. Nothing has changed.
pub fn prepare<'f>(
    folder: &'f Folder,
    plan: &Plan,
    input: Input<'_>,
    shares: &[Share],
) -> Result<Prepared<'f>, Refusal> {
    let old = folder.manifest()?;
    let outputs = layout::outputs(&plan.kinds, &input.bundle.jobs, plan.format.wire)?;
    let owners = Owners::new(folder, &old, input, shares);
    let refusals = owners.jobs_of_others(folder, &old);
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let mut changes = Changes::new(folder, &old, plan.force);
    let mut notices = Vec::new();
    let executors = owners::executors(folder, &owners, plan, &old, (input, shares))?;
    put_executors(&mut changes, &owners, plan, executors, &mut notices)?;
    put_documents(folder, &mut changes, (&owners, &old), plan, input)?;
    for output in &outputs {
        let mut content = Vec::new();
        of_job(output.kind, output.job, &plan.format, &mut content)?;
        let Some(job) = owners.jobs.get(output.index) else { continue };
        let record = record(output.kind, vec![job.owner.clone()], Some(job.record.clone()));
        let taken = old.outputs.get(&output.path);
        let taken = taken.and_then(|o| owners.taken((&output.path, output.span()), (&record, o), plan));
        changes.refusals.extend(taken);
        changes.put(&output.path, record, content)?;
    }
    let written: Vec<&str> = outputs.iter().map(|o| o.path.as_str()).collect();
    leave_out(&mut changes, (folder, &owners, &old), plan, &written, &mut notices)?;
    distinct(folder, &changes.new)?;
    if !changes.refusals.is_empty() {
        return Err(changes.refusals.into());
    }
    let first = outputs.first().map(|output| output.path.as_str());
    let documents = DOCUMENTS
        .iter()
        .find(|(kind, path)| plan.kinds.contains(kind) && changes.new.outputs.contains_key(*path));
    let first = documents.map(|(_, path)| *path).or(first).unwrap_or(MANIFEST);
    Ok(Prepared::new(folder, PathBuf::from(first), changes, notices, plan.sync))
}

fn record(kind: OutputKind, owners: Vec<String>, job: Option<manifest::JobRecord>) -> Record {
    Record { kind, owners, sha256: String::new(), job }
}

/// Decides about `executors.json`: it has the entries of all owners.
fn put_executors(
    changes: &mut Changes<'_>,
    owners: &Owners,
    plan: &Plan,
    table: BTreeMap<String, Vec<ExecutorEntry>>,
    notices: &mut Vec<Diagnostic>,
) -> Result<(), Refusal> {
    let (kind, path) = DOCUMENTS[0];
    let is_asked_for = plan.kinds.contains(&kind);
    if !is_asked_for && (!plan.prune || table == changes.new.executors) {
        return Ok(());
    }
    let mut texts: Vec<&str> = Vec::new();
    for entry in table.values().flatten() {
        // A registry that several files include is one registry.
        if !texts.contains(&entry.json()) {
            texts.push(entry.json());
        }
    }
    if is_asked_for {
        notices.extend(kept_executors(changes.folder, owners, &table));
    }
    if !texts.is_empty() || (is_asked_for && plan.empty_executors) {
        let holders = if texts.is_empty() { owners.compiled() } else { table.keys().cloned().collect() };
        let content = json::executors_of_texts(&texts, plan.format.style);
        changes.put(path, record(kind, holders, None), content)?;
    } else if changes.new.outputs.contains_key(path) && changes.remove(path)? {
        notices.push(removed(changes.folder, path, "no entry file declares executors"));
    }
    changes.new.executors = table;
    Ok(())
}

/// Tells that `executors.json` has executors of files that were not compiled.
fn kept_executors(
    folder: &Folder,
    owners: &Owners,
    table: &BTreeMap<String, Vec<ExecutorEntry>>,
) -> Option<Diagnostic> {
    let others: Vec<_> =
        table.iter().filter(|(owner, _)| owners.standing(owner) != Standing::Compiled).collect();
    let (first, _) = others.first()?;
    let count: usize = others.iter().map(|(_, entries)| entries.len()).sum();
    let whose = match others.len() {
        1 => format!("`{}`, which was not compiled", owners::shown(folder, first)),
        n => format!("{n} files that were not compiled"),
    };
    let executors = if count == 1 { "executor" } else { "executors" };
    let path = folder.shown(DOCUMENTS[0].1);
    let message = format!("`{}` keeps {count} {executors} of {whose}", path.display());
    Some(Diagnostic::notice(&KEPT_EXECUTORS, Span::NONE, message))
}

/// Decides about the bundle and the dependencies, which belong to all files of a run together.
fn put_documents(
    folder: &Folder,
    changes: &mut Changes<'_>,
    (owners, old): (&Owners, &Manifest),
    plan: &Plan,
    input: Input<'_>,
) -> Result<(), Refusal> {
    for (kind, path) in DOCUMENTS.into_iter().skip(1).filter(|(kind, _)| plan.kinds.contains(kind)) {
        let there = old.outputs.get(path);
        if let Some(other) = there.and_then(|record| owners.other(record)) {
            let other = owners::shown(folder, other);
            let message =
                format!("`{}` also belongs to `{other}`, another entry file", folder.shown(path).display());
            let help = "compile all its files in one run, or choose another directory";
            changes.refusals.push(Diagnostic::error(&OTHER_OWNER, Span::NONE, message).help(help));
            continue;
        }
        let mut reads: Vec<PathBuf>;
        let input = match kind {
            OutputKind::Deps => {
                reads = input.reads.iter().map(|read| folder.relative(read).into()).collect();
                reads.sort_unstable();
                Input { reads: &reads, ..input }
            }
            _ => input,
        };
        let content =
            of_all(kind, input, &plan.format).map_err(refused("cannot be made", &folder.shown(path)))?;
        let is_smaller = plan.selected && there.is_some_and(|r| r.sha256 != manifest::hash(&content));
        if kind == OutputKind::Bundle && is_smaller && !plan.force {
            let shown = folder.shown(path);
            let message = format!("`{}` would lose the jobs that --job leaves out", shown.display());
            let help = "leave --job out, or replace the file with --force";
            changes.refusals.push(Diagnostic::error(&OTHER_OWNER, Span::NONE, message).help(help));
            continue;
        }
        changes.put(path, record(kind, owners.compiled(), None), content)?;
    }
    Ok(())
}

/// Removes what the entry files of the run no longer give and, with `prune`, what belongs to those that no longer exist.
fn leave_out(
    changes: &mut Changes<'_>,
    (folder, owners, old): (&Folder, &Owners, &Manifest),
    plan: &Plan,
    written: &[&str],
    notices: &mut Vec<Diagnostic>,
) -> Result<(), Refusal> {
    let written: std::collections::HashSet<&str> = written.iter().copied().collect();
    let mut stay: BTreeMap<&String, usize> = BTreeMap::new();
    for (path, record) in old.outputs.iter().filter(|(path, _)| !written.contains(path.as_str())) {
        let first = record.owners.first().map_or("", String::as_str);
        let all_gone = record.owners.iter().all(|owner| owners.standing(owner) == Standing::Gone);
        if owners.is_left_over(record, plan) {
            if changes.remove(path)? {
                notices.push(removed(folder, path, &why_removed(folder, owners, record)));
            }
        } else if let Some(job) = record.job.as_ref().and_then(|job| owners.job(&job.key)) {
            // The job may have moved here from another file.
            if let Some(record) = changes.new.outputs.get_mut(path) {
                record.owners = vec![job.owner.clone()];
            }
        } else if all_gone && record.job.is_some() {
            record.owners.iter().for_each(|owner| *stay.entry(owner).or_default() += 1);
        } else if all_gone && plan.prune && record.kind != OutputKind::Executors && changes.remove(path)? {
            let why = format!("`{}` no longer exists", owners::shown(folder, first));
            notices.push(removed(folder, path, &why));
        }
    }
    for owner in owners.with(Standing::Gone).filter(|owner| changes.new.executors.contains_key(*owner)) {
        stay.entry(owner).or_default();
    }
    notices.extend(stay.into_iter().filter(|_| !plan.prune).map(|(owner, count)| {
        let message = format!(
            "`{}` no longer exists, but {} in `{}`",
            owners::shown(folder, owner),
            match count {
                0 => "its executors stay".to_owned(),
                1 => "its output stays".to_owned(),
                n => format!("its {n} outputs stay"),
            },
            folder.name().display()
        );
        Diagnostic::notice(&GONE_OWNER, Span::NONE, message).help("--prune removes what is left of it")
    }));
    Ok(())
}

fn why_removed(folder: &Folder, owners: &Owners, record: &Record) -> String {
    let (Some(old), Some(owner)) = (&record.job, record.owners.first()) else { return String::new() };
    let owner = owners::shown(folder, owner);
    match owners.job(&old.key) {
        Some(job) if job.record.sha256 != old.sha256 && record.kind.is_call() => {
            format!("job {} has changed since the call was made", old.key)
        }
        Some(job) => format!("`{}` no longer gives it", owners::shown(folder, &job.owner)),
        None if owners.standing(record.owners.first().map_or("", String::as_str)) == Standing::Gone => {
            format!("`{owner}` no longer exists")
        }
        None => format!("`{owner}` no longer gives job {}", old.key),
    }
}

/// Tells that a file was removed.
fn removed(folder: &Folder, path: &str, why: &str) -> Diagnostic {
    let message = format!("`{}` was removed: {why}", folder.shown(path).display());
    Diagnostic::notice(&REMOVED, Span::NONE, message)
}

/// Rejects outputs whose paths are one and the same to this file system.
fn distinct(folder: &Folder, new: &Manifest) -> Result<(), Refusal> {
    let Some((first, second)) = layout::same_but_for_case(new.outputs.keys().map(String::as_str)) else {
        return Ok(());
    };
    if !folder.ignores_case()? {
        return Ok(());
    }
    let path = |at: usize| new.outputs.keys().nth(at).map(|path| folder.shown(path)).unwrap_or_default();
    Err(layout::same_but_for_case_error(&path(first), &path(second)).into())
}

/// The error for something that no file can take the place of.
fn in_the_way(place: &Path, why: &str) -> Diagnostic {
    let message = format!("`{}` {why}", place.display());
    Diagnostic::error(&IN_THE_WAY, Span::NONE, message).help("move it away, or choose another directory")
}

/// Turns an error of the operating system into a refusal that says what was tried.
fn refused(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Refusal + use<> {
    let what = format!("`{}` {what}", path.display());
    move |error| Refusal::Io { what, error }
}
