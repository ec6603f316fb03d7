//! Sets of files in a directory: written whole, changed in as few steps as the file system allows, pruned on request.
//!
//! `docs/formats.md` states what is promised. The way of a set: every output is made and compared with the file that is
//! there; those that differ are staged in a folder inside the directory; then the folder that holds all differences is
//! exchanged for one that holds the new files, in one step. What stays as it is keeps its file, and so its time.
//!
//! | question | file |
//! |---|---|
//! | which files there are, which names are refused | `layout.rs` |
//! | what is in the directory already | `target.rs` |
//! | where new files wait | `stage.rs` |
//! | how the new set takes the place of the old | `swap.rs` |
//! | which files are jobc's | `manifest.rs` |

mod layout;
mod manifest;
mod stage;
mod swap;
mod target;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use self::layout::Output;
use self::manifest::{MANIFEST, Manifest};
use self::stage::Stage;
use self::target::Target;
use super::outputs::{Format, Input, Kind, Refusal, of_all, of_job};

/// What to write where.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The directory; it is made if it is not there.
    pub directory: PathBuf,
    /// What to write.
    pub kinds: Vec<Kind>,
    /// How.
    pub format: Format,
    /// Whether to remove the files that jobc wrote there earlier and that are not in this set.
    pub prune: bool,
    /// Whether to wait until new files are on the disk before they take their place, so that the promise holds for a
    /// machine that loses power, too.
    pub sync: bool,
}

/// What became of a set. Paths are below the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or have new content, in the order of the outputs.
    pub written: Vec<PathBuf>,
    /// The first file of the set, written now or not.
    pub first: Option<PathBuf>,
    /// How many files had the right content already.
    pub unchanged: usize,
    /// Files of an earlier set that were removed.
    pub removed: Vec<PathBuf>,
    /// Files of an earlier set that are not in this one. They stay until a run with `prune`.
    pub stale: Vec<PathBuf>,
    /// Files of an earlier set that were changed by somebody else since; not even `prune` removes them.
    pub edited: Vec<PathBuf>,
}

/// Files that differ from what is in the directory.
#[derive(Debug, Default)]
struct Changes {
    /// To be put in their places.
    written: Vec<String>,
    /// To be removed.
    removed: Vec<String>,
}

/// Makes the directory hold the files of the plan.
///
/// # Errors
/// When a name is unsafe, two outputs are one file, a number does not fit a call, or the operating system refuses. The
/// directory then holds the old set, but for what `docs/formats.md` says about file systems that cannot exchange folders.
pub fn write(plan: &Plan, input: Input<'_>) -> Result<Report, Refusal> {
    let outputs = layout::outputs(&plan.kinds, input, &plan.format)?;
    let mut target = Target::open(&plan.directory)?;
    let stage = Stage::begin(&target)?;
    distinct(&stage, &outputs)?;
    let old = target.read(MANIFEST)?.map_or_else(Manifest::default, |bytes| Manifest::parse(&bytes));
    let mut new = Manifest::default();
    let mut changes = Changes::default();
    let first = outputs.first().map(|output| PathBuf::from(&output.path));
    let mut report = Report { first, ..Report::default() };
    for output in &outputs {
        let content = content(plan, input, output)?;
        if target.holds(&output.path, &content)? {
            report.unchanged += 1;
            let known = old.files.get(&output.path).filter(|_| !old.pending.contains_key(&output.path));
            let hash = known.cloned().unwrap_or_else(|| manifest::hash(&content));
            new.files.insert(output.path.clone(), hash);
        } else {
            stage.put(&output.path, &content)?;
            new.files.insert(output.path.clone(), manifest::hash(&content));
            changes.written.push(output.path.clone());
        }
    }
    let dropped = dropped(&old, &new, &stage)?;
    sort_out_stale(plan.prune, &mut target, (&old, &dropped), &mut new, &mut changes, &mut report)?;
    commit(plan.sync, &target, &stage, &changes, (&old, &new))?;
    report.written = changes.written.iter().map(PathBuf::from).collect();
    report.removed = changes.removed.iter().map(PathBuf::from).collect();
    Ok(report)
}

/// What a file of the set holds.
fn content(plan: &Plan, input: Input<'_>, output: &Output<'_>) -> Result<Vec<u8>, Refusal> {
    let Some(job) = output.job else {
        let path = Path::new(&output.path);
        return of_all(output.kind, input, &plan.format).map_err(refused("cannot be made", path));
    };
    let mut out = Vec::new();
    of_job(output.kind, job, &plan.format, &mut out)?;
    Ok(out)
}

/// Refuses outputs whose paths are one and the same to this file system.
fn distinct(stage: &Stage, outputs: &[Output<'_>]) -> Result<(), Refusal> {
    match layout::same_but_for_case(outputs) {
        Some((first, second)) if stage.ignores_case()? => {
            let why = ": this file system does not tell upper from lower case";
            Err(layout::same_file(first, second, why).into())
        }
        _ => Ok(()),
    }
}

/// The paths of earlier sets that are not in this one.
fn dropped<'m>(old: &'m Manifest, new: &Manifest, stage: &Stage) -> Result<Vec<&'m str>, Refusal> {
    let mut dropped: Vec<&str> = old.paths().filter(|path| !new.files.contains_key(*path)).collect();
    if !dropped.is_empty() && stage.ignores_case()? {
        leave_out_renamed(&mut dropped, new);
    }
    Ok(dropped)
}

/// Leaves out paths that differ from one of the new set in case only: where the file system ignores case, they are the same
/// file, and to remove the old one would remove the new one.
fn leave_out_renamed(dropped: &mut Vec<&str>, new: &Manifest) {
    let kept: HashSet<String> = new.files.keys().map(|path| path.to_lowercase()).collect();
    dropped.retain(|path| !kept.contains(&path.to_lowercase()));
}

/// Decides about the files of earlier sets that are not in this one.
fn sort_out_stale(
    prune: bool,
    target: &mut Target,
    (old, dropped): (&Manifest, &[&str]),
    new: &mut Manifest,
    changes: &mut Changes,
    report: &mut Report,
) -> Result<(), Refusal> {
    for &path in dropped {
        if prune {
            match target.read(path)? {
                Some(content) if old.wrote(path, &content) => changes.removed.push(path.to_owned()),
                Some(_) => report.edited.push(PathBuf::from(path)),
                None => {}
            }
        } else if target.exists(path)? {
            report.stale.push(PathBuf::from(path));
            for (from, to) in [(&old.files, &mut new.files), (&old.pending, &mut new.pending)] {
                to.extend(from.get(path).map(|hash| (path.to_owned(), hash.clone())));
            }
        }
    }
    Ok(())
}

/// Puts the new set in place, with the record of it: first that files are pending, then the files, then that they are
/// there.
fn commit(
    sync: bool,
    target: &Target,
    stage: &Stage,
    changes: &Changes,
    (old, new): (&Manifest, &Manifest),
) -> Result<(), Refusal> {
    let nothing_to_do = changes.written.is_empty() && changes.removed.is_empty();
    if nothing_to_do && old == new {
        return Ok(());
    }
    // Both records are staged before anything changes: a disk that is full refuses now or never.
    stage.put("after", &new.bytes())?;
    if !nothing_to_do {
        let mut before = old.clone();
        let written = changes.written.iter().filter_map(|p| Some((p.clone(), new.files.get(p)?.clone())));
        before.pending.extend(written);
        stage.put("before", &before.bytes())?;
        if sync {
            stage.sync()?;
        }
        stage.place("before", target, MANIFEST)?;
        swap::swap(target, stage, changes)?;
    }
    stage.place("after", target, MANIFEST)
}

/// Turns an error of the operating system into a refusal that says what was tried.
fn refused(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Refusal {
    let what = format!("`{}` {what}", path.display());
    move |error| Refusal::Io { what, error }
}

/// The paths of changes, for looking up.
fn path_set(paths: &[String]) -> HashSet<&Path> {
    paths.iter().map(Path::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_whose_name_changed_in_case_is_not_an_old_one() {
        let mut new = Manifest::default();
        new.files.insert("jobs/w/r/e/web.json".to_owned(), String::new());
        let mut dropped = vec!["jobs/w/r/e/Web.json", "jobs/w/r/e/api.json"];
        leave_out_renamed(&mut dropped, &new);
        assert_eq!(dropped, ["jobs/w/r/e/api.json"]);
    }
}
