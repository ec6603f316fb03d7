//! What a run has read from the file system: each path is looked up once, so that all files and threads see the same
//! state.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rustc_hash::FxBuildHasher;

use super::beneath::Directory;

/// By path as it is written, which is faster to hash than its parts.
type Table<T> = HashMap<OsString, T, FxBuildHasher>;
type Known<T> = Mutex<Table<T>>;

fn locked<T>(known: &Known<T>) -> MutexGuard<'_, Table<T>> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a name stands for on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A regular file of so many bytes.
    File(u64),
    /// A link, which is to be followed.
    Link,
    /// A directory, a pipe, and so on.
    Other,
}

impl FileKind {
    /// The kind in a file's metadata.
    pub(super) fn of(meta: &Metadata) -> FileKind {
        match meta.is_file() {
            true => FileKind::File(meta.len()),
            false if meta.is_symlink() => FileKind::Link,
            false => FileKind::Other,
        }
    }
}

/// What a run has read from the file system. All loaders of the run share it, whatever their roots.
#[derive(Debug, Default)]
pub struct Disk {
    working_directory: OnceLock<PathBuf>,
    /// Where directories really are, by their names.
    directories: Known<PathBuf>,
    /// Sizes of regular files, in bytes.
    files: Known<u64>,
    /// The files that were found, by root, directory and name.
    found: Known<(PathBuf, u64)>,
    /// Directories that are held open, by where they really are.
    opened: Known<Arc<Directory>>,
}

impl Disk {
    /// The path from the root of the file system; its steps upwards stay.
    ///
    /// # Errors
    /// When there is no working directory any more.
    pub fn absolute(&self, path: &Path) -> io::Result<PathBuf> {
        let here = match self.working_directory.get() {
            Some(here) => here,
            None => {
                let here = std::path::absolute(".")?;
                self.working_directory.get_or_init(|| here)
            }
        };
        // Without `.` components.
        Ok(here.join(path).components().collect())
    }

    /// Where a directory really is.
    pub(super) fn canonical(&self, directory: &Path) -> io::Result<PathBuf> {
        if let Some(real) = locked(&self.directories).get(directory.as_os_str()) {
            return Ok(real.clone());
        }
        let real = directory.canonicalize()?;
        Ok(locked(&self.directories).entry(directory.into()).or_insert(real).clone())
    }

    /// A directory, held open from now on. `real` is where it really is.
    pub(super) fn opened(&self, real: &Path) -> io::Result<Arc<Directory>> {
        if let Some(directory) = locked(&self.opened).get(real.as_os_str()) {
            return Ok(Arc::clone(directory));
        }
        let directory = Arc::new(Directory::open(real)?);
        Ok(Arc::clone(locked(&self.opened).entry(real.into()).or_insert(directory)))
    }

    /// What a name stands for; links are not followed.
    pub(super) fn kind(&self, path: &Path) -> io::Result<FileKind> {
        if let Some(size) = locked(&self.files).get(path.as_os_str()) {
            return Ok(FileKind::File(*size));
        }
        // Other threads continue while the system answers; the first answer wins.
        match FileKind::of(&std::fs::symlink_metadata(path)?) {
            FileKind::File(size) => {
                Ok(FileKind::File(*locked(&self.files).entry(path.into()).or_insert(size)))
            }
            other => Ok(other),
        }
    }

    /// The file that a name below a root means, seen from a directory, and its size in bytes: what `find` says the
    /// first time.
    pub(super) fn find<E>(
        &self,
        (root, directory, name): (&Path, &Path, &str),
        find: impl FnOnce() -> Result<(PathBuf, u64), E>,
    ) -> Result<(PathBuf, u64), E> {
        let mut key =
            OsString::with_capacity(root.as_os_str().len() + directory.as_os_str().len() + name.len() + 2);
        let parts: [&OsStr; 5] =
            [root.as_ref(), "\0".as_ref(), directory.as_ref(), "\0".as_ref(), name.as_ref()];
        parts.iter().for_each(|part| key.push(part));
        if let Some(found) = locked(&self.found).get(&key) {
            return Ok(found.clone());
        }
        let found = find()?;
        Ok(locked(&self.found).entry(key).or_insert(found).clone())
    }
}
