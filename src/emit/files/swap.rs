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

/// Puts the waiting files in their places and removes what is to be removed.
pub(super) fn swap(target: &Target, stage: &Stage, changes: &Changes) -> Result<(), Refusal> {
    let below = |path: &&String| Path::new(path).starts_with(JOBS);
    for path in changes.written.iter().filter(|p| !below(p)) {
        stage.place(path, target, path)?;
    }
    let inside: Vec<&Path> =
        changes.written.iter().chain(&changes.removed).filter(below).map(Path::new).collect();
    let exchanged = match common_folder(&inside) {
        Some(folder) if inside.len() > 1 => exchange_folder(target, stage, changes, &folder)?,
        _ => false,
    };
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

/// Puts a folder with the new files in the place of the old one, in one step. Gives `false`, with nothing changed, where
/// the file system cannot do that.
fn exchange_folder(
    target: &Target,
    stage: &Stage,
    changes: &Changes,
    folder: &Path,
) -> Result<bool, Refusal> {
    let place = target.path(folder);
    if fs::symlink_metadata(&place).is_err() {
        let moved = || {
            place.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::rename(stage.waiting(folder), &place)
        };
        return moved().map(|()| true).map_err(refused("cannot be written", &place));
    }
    let mut gone = path_set(&changes.written);
    gone.extend(path_set(&changes.removed));
    let mut copy = Copy { from: &place, to: &stage.tree(), folder, gone, known: HashSet::new() };
    let mut put_together = || -> io::Result<()> {
        copy.links(Path::new(""))?;
        for path in changes.written.iter().filter_map(|p| Path::new(p).strip_prefix(folder).ok()) {
            let new = copy.to.join(path);
            new.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::hard_link(stage.waiting(folder.join(path)), new)?;
        }
        exchange(copy.to, copy.from)
    };
    match put_together() {
        Ok(()) => {
            // The new set is in place. What hinders clearing away the old one is no reason to say that it is not.
            let _ = copy.clear(Path::new(""));
            if !changes.removed.is_empty() {
                remove_empty(target, Some(folder));
            }
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::StorageFull => {
            Err(refused("cannot be written", &place)(error))
        }
        Err(_) => Ok(false),
    }
}

/// Exchanges two folders in one step.
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
    from: &'a Path,
    to: &'a Path,
    /// Where `from` is in the set.
    folder: &'a Path,
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
