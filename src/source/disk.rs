//! What a run has learnt of the disk: each thing is asked once, so that all files and threads see the same.

use std::collections::HashMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use rustc_hash::FxBuildHasher;

type Known<T> = Mutex<HashMap<PathBuf, T, FxBuildHasher>>;

/// What a name stands for on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file of so many bytes.
    File(u64),
    /// A link, which is to be followed.
    Link,
    /// A directory, a pipe, and so on.
    Other,
}

impl Kind {
    /// The kind that the system tells.
    pub(super) fn of(meta: &Metadata) -> Kind {
        match meta.is_file() {
            true => Kind::File(meta.len()),
            false if meta.is_symlink() => Kind::Link,
            false => Kind::Other,
        }
    }
}

/// What a run has learnt of the disk. To be shared by the loaders of the run, whatever their roots.
#[derive(Debug, Default)]
pub struct Disk {
    working_directory: OnceLock<PathBuf>,
    /// Where directories really are, by their names.
    directories: Known<PathBuf>,
    /// Sizes of regular files, in bytes.
    files: Known<u64>,
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
        // Without the steps that go nowhere.
        Ok(here.join(path).components().collect())
    }

    /// Where a directory really is.
    pub(super) fn canonical(&self, directory: &Path) -> io::Result<PathBuf> {
        let mut known = self.directories.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(real) = known.get(directory) {
            return Ok(real.clone());
        }
        let real = directory.canonicalize()?;
        known.insert(directory.to_path_buf(), real.clone());
        Ok(real)
    }

    /// What a name stands for; links are not followed.
    pub(super) fn kind(&self, path: &Path) -> io::Result<Kind> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(size) = files.get(path) {
            return Ok(Kind::File(*size));
        }
        let kind = Kind::of(&std::fs::symlink_metadata(path)?);
        if let Kind::File(size) = kind {
            files.insert(path.to_path_buf(), size);
        }
        Ok(kind)
    }
}
