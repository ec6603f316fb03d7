//! How a new set takes the place of the old one.
//!
//! Everything that changes below `jobs/` changes in one step: either it is one file, which is renamed into its place; or the
//! smallest folder that holds all changes is put together anew, out of links to the files that stay and of the new
//! files, and exchanged for the old one. Files beside `jobs/` are renamed one after the other, just before.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::layout::JOBS;
use super::stage::Stage;
use super::target::Target;
use super::{Changes, path_set, refused};
use crate::emit::outputs::Refusal;

/// Exchanges two folders in one step; the error where that cannot be done.
type Exchange = fn(&Path, &Path) -> io::Result<()>;

/// Puts the waiting files in their places and removes what is to be removed.
pub(super) fn swap(target: &Target, stage: &Stage, changes: &Changes) -> Result<(), Refusal> {
    swap_by(exchange, target, stage, changes)
}

fn swap_by(exchange: Exchange, target: &Target, stage: &Stage, changes: &Changes) -> Result<(), Refusal> {
    let below = |path: &&String| Path::new(path).starts_with(JOBS);
    let inside: Vec<&Path> =
        changes.written.iter().chain(&changes.removed).filter(below).map(Path::new).collect();
    // What takes room on the disk comes first, so that one that is full changes nothing.
    let step = match common_folder(&inside) {
        Some(folder) if inside.len() > 1 => prepare(target, stage, changes, folder)?,
        _ => Step::OneByOne,
    };
    for path in changes.written.iter().filter(|p| !below(p)) {
        stage.place(path, target, path)?;
    }
    let exchanged = step.take(exchange, target, stage, changes)?;
    if !exchanged {
        for path in changes.written.iter().filter(below) {
            stage.place(path, target, path)?;
        }
    }
    for path in changes.removed.iter().filter(|p| !exchanged || !below(p)) {
        remove(target, Path::new(path))?;
    }
    Ok(())
}

/// The innermost folder that holds all the files.
fn common_folder(files: &[&Path]) -> Option<PathBuf> {
    let (first, rest) = files.split_first()?;
    let mut folder = first.parent()?;
    for file in rest {
        while !file.starts_with(folder) {
            folder = folder.parent()?;
        }
    }
    Some(folder.to_owned())
}

/// Removes a file, and the folders that are empty then.
fn remove(target: &Target, path: &Path) -> Result<(), Refusal> {
    let place = target.path(path);
    fs::remove_file(&place).map_err(refused("cannot be removed", &place))?;
    remove_empty(target, path.parent());
    Ok(())
}

/// Removes a folder and those above it as long as they are empty, but not `jobs/` itself.
fn remove_empty(target: &Target, mut folder: Option<&Path>) {
    while let Some(inner) = folder.filter(|f| f.parent().is_some_and(|above| above != Path::new(""))) {
        if fs::remove_dir(target.path(inner)).is_err() {
            return;
        }
        folder = inner.parent();
    }
}

/// How the files below `jobs/` come into their places.
enum Step<'a> {
    /// A folder that is not there yet is renamed.
    New(PathBuf),
    /// A folder that was put together anew is exchanged for the old one.
    Exchange(Copy<'a>),
    /// Each file is renamed; one file, or a file system that can do no better.
    OneByOne,
}

/// Puts together the folder that will take the place of the old one. Nothing changes yet.
fn prepare<'a>(
    target: &Target,
    stage: &Stage,
    changes: &'a Changes,
    folder: PathBuf,
) -> Result<Step<'a>, Refusal> {
    let place = target.path(&folder);
    if fs::symlink_metadata(&place).is_err() {
        let made = place.parent().map_or(Ok(()), fs::create_dir_all);
        return made.map(|()| Step::New(folder)).map_err(refused("cannot be written", &place));
    }
    let mut gone = path_set(&changes.written);
    gone.extend(path_set(&changes.removed));
    let mut copy = Copy { from: place, to: stage.tree(), folder, gone, known: HashSet::new() };
    let mut put_together = || -> io::Result<()> {
        copy.links(Path::new(""))?;
        for path in changes.written.iter().filter_map(|p| Path::new(p).strip_prefix(&copy.folder).ok()) {
            let new = copy.to.join(path);
            new.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::hard_link(stage.waiting(copy.folder.join(path)), new)?;
        }
        Ok(())
    };
    match put_together() {
        Ok(()) => Ok(Step::Exchange(copy)),
        Err(error) if is_full(&error) => Err(refused("cannot be written", &copy.from)(error)),
        Err(_) => Ok(Step::OneByOne),
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

impl Step<'_> {
    /// Takes the step. Gives `false`, with nothing changed, where that takes one for each file.
    fn take(
        self,
        exchange: Exchange,
        target: &Target,
        stage: &Stage,
        changes: &Changes,
    ) -> Result<bool, Refusal> {
        match self {
            Step::New(folder) => {
                let place = target.path(&folder);
                let moved = fs::rename(stage.waiting(&folder), &place);
                moved.map(|()| true).map_err(refused("cannot be written", &place))
            }
            Step::Exchange(copy) => match exchange(&copy.to, &copy.from) {
                Ok(()) => {
                    // The new set is in place. What hinders clearing away the old one is no reason to say that it is not.
                    let _ = copy.clear(Path::new(""));
                    if !changes.removed.is_empty() {
                        remove_empty(target, Some(&copy.folder));
                    }
                    Ok(true)
                }
                Err(error) if is_full(&error) => Err(refused("cannot be written", &copy.from)(error)),
                Err(_) => Ok(false),
            },
            Step::OneByOne => Ok(false),
        }
    }
}

/// What the operating system has for it.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A folder made of links to the files of another.
struct Copy<'a> {
    from: PathBuf,
    to: PathBuf,
    /// Where `from` is in the set.
    folder: PathBuf,
    /// Files of the set that are not taken over.
    gone: HashSet<&'a Path>,
    /// Every file that was seen, below `from`.
    known: HashSet<PathBuf>,
}

impl Copy<'_> {
    /// Links the files below a folder, whoever wrote them. Folders that lose their last file are left out.
    fn links(&mut self, folder: &Path) -> io::Result<()> {
        let (from, to) = (self.from.join(folder), self.to.join(folder));
        fs::create_dir(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            let (path, kind) = (folder.join(entry.file_name()), entry.file_type()?);
            if kind.is_dir() {
                self.links(&path)?;
                continue;
            }
            if !self.gone.contains(self.folder.join(&path).as_path()) {
                link(&entry.path(), &self.to.join(&path), kind.is_symlink())?;
            }
            self.known.insert(path);
        }
        if folder != Path::new("") && is_empty(&to)? && !is_empty(&from)? {
            return fs::remove_dir(&to);
        }
        fs::set_permissions(&to, fs::metadata(&from)?.permissions())
    }

    /// Clears the old folder away, which after the exchange is where the new one was. A file that somebody put there in
    /// the meantime moves to the new folder.
    fn clear(&self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(self.to.join(folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                self.clear(&path)?;
                continue;
            }
            let new = self.from.join(&path);
            if self.known.contains(&path) || new.exists() {
                fs::remove_file(entry.path())?;
            } else {
                new.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::rename(entry.path(), new)?;
            }
        }
        fs::remove_dir(self.to.join(folder))
    }
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    Ok(fs::read_dir(folder)?.next().is_none())
}

/// Another name for a file. A symbolic link is made again; other systems than Unix give up, and so the exchange.
fn link(from: &Path, to: &Path, symbolic: bool) -> io::Result<()> {
    if !symbolic {
        return fs::hard_link(from, to);
    }
    #[cfg(unix)]
    return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    #[cfg(not(unix))]
    return Err(io::ErrorKind::Unsupported.into());
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Puts a set in the place of one with three files, by a given way to exchange folders, and gives what is there then.
    fn swapped(exchange: Exchange) -> (Result<(), Refusal>, BTreeMap<String, String>) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("jobs/w/r")).unwrap();
        let files = ["executors.json", "jobs/w/r/a.json", "jobs/w/r/b.json", "jobs/w/r/c.json"];
        for file in files {
            fs::write(dir.path().join(file), "old").unwrap();
        }
        let target = Target::open(dir.path()).unwrap();
        let stage = Stage::begin(&target).unwrap();
        let written = ["executors.json", "jobs/w/r/a.json", "jobs/w/x/d.json"].map(str::to_owned).to_vec();
        written.iter().for_each(|path| stage.put(path, b"new").unwrap());
        let changes = Changes { written, removed: vec!["jobs/w/r/c.json".to_owned()] };
        let result = swap_by(exchange, &target, &stage, &changes);
        drop(stage);
        assert!(!dir.path().join(".jobc-stage").exists());
        let read = |file: &&str| {
            let text = fs::read(dir.path().join(file)).ok()?;
            Some((file.to_string(), String::from_utf8(text).unwrap()))
        };
        (result, files.iter().chain(&["jobs/w/x/d.json"]).filter_map(read).collect())
    }

    fn new_set() -> BTreeMap<String, String> {
        let files = [
            ("executors.json", "new"),
            ("jobs/w/r/a.json", "new"),
            ("jobs/w/r/b.json", "old"),
            ("jobs/w/x/d.json", "new"),
        ];
        files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
    }

    #[test]
    fn where_folders_cannot_be_exchanged_files_are_renamed_one_by_one() {
        let refusals: [Exchange; 3] = [
            |_, _| Err(io::ErrorKind::InvalidInput.into()),
            |_, _| Err(io::ErrorKind::Unsupported.into()),
            |_, _| Err(io::ErrorKind::PermissionDenied.into()),
        ];
        for exchange in refusals.into_iter().chain([super::exchange as Exchange]) {
            let (result, left) = swapped(exchange);
            assert!(result.is_ok(), "{result:?}");
            assert_eq!(left, new_set());
        }
    }

    #[test]
    fn a_disk_that_is_full_leaves_the_old_jobs() {
        let (result, left) = swapped(|_, _| Err(io::ErrorKind::StorageFull.into()));
        assert!(matches!(result, Err(Refusal::Io { .. })), "{result:?}");
        let old = [
            ("executors.json", "new"),
            ("jobs/w/r/a.json", "old"),
            ("jobs/w/r/b.json", "old"),
            ("jobs/w/r/c.json", "old"),
        ];
        assert_eq!(left, old.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect());
    }
}
