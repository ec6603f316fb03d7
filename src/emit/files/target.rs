//! The directory that a set is written to, as it is before.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::refused;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::IN_THE_WAY;
use crate::emit::outputs::Refusal;
use crate::source::Span;

/// The directory. While this lives, other runs of jobc wait.
#[derive(Debug)]
pub(super) struct Target {
    directory: PathBuf,
    /// Folders that are known to be real folders, or not there.
    real: HashSet<PathBuf>,
    /// Holds the lock. Nothing is kept where the system cannot lock folders.
    _lock: Option<File>,
}

impl Target {
    /// Opens the directory, makes it if it is not there, and waits until no other run writes to it.
    pub(super) fn open(directory: &Path) -> Result<Target, Refusal> {
        if fs::metadata(directory).is_ok_and(|meta| !meta.is_dir()) {
            return Err(refused("cannot be written to", directory)(io::ErrorKind::NotADirectory.into()));
        }
        fs::create_dir_all(directory).map_err(refused("cannot be made", directory))?;
        let lock = File::open(directory).ok().filter(|folder| folder.lock().is_ok());
        Ok(Target { directory: directory.to_owned(), real: HashSet::new(), _lock: lock })
    }

    /// Where a path of the set is on the disk.
    pub(super) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.directory.join(path)
    }

    /// The content of a file of the set, if there is such a file.
    pub(super) fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Refusal> {
        if self.size(path)?.is_none() {
            return Ok(None);
        }
        let place = self.path(path);
        fs::read(&place).map(Some).map_err(refused("cannot be read", &place))
    }

    /// Whether a file of the set is there with this content.
    pub(super) fn holds(&mut self, path: &str, content: &[u8]) -> Result<bool, Refusal> {
        let same_size = self.size(path)? == Some(content.len() as u64);
        Ok(same_size && self.read(path)?.is_some_and(|old| old == content))
    }

    /// Whether a file of the set is there.
    pub(super) fn exists(&mut self, path: &str) -> Result<bool, Refusal> {
        self.size(path).map(|size| size.is_some())
    }

    /// The size of a file of the set. Links count as not there: they are replaced, never followed.
    fn size(&mut self, path: &str) -> Result<Option<u64>, Refusal> {
        self.check_folders(Path::new(path))?;
        let place = self.path(path);
        match fs::symlink_metadata(&place) {
            Ok(meta) if meta.is_dir() => Err(in_the_way(&place, "is a folder, but a file goes there")),
            Ok(meta) => Ok(meta.is_file().then_some(meta.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(refused("cannot be looked at", &place)(error)),
        }
    }

    /// Refuses to write through links: they could lead out of the directory.
    fn check_folders(&mut self, path: &Path) -> Result<(), Refusal> {
        let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) else { return Ok(()) };
        if self.real.contains(folder) {
            return Ok(());
        }
        self.check_folders(folder)?;
        let place = self.path(folder);
        match fs::symlink_metadata(&place) {
            Ok(meta) if meta.is_dir() => {}
            Ok(meta) if meta.is_symlink() => {
                return Err(in_the_way(&place, "is a link, which could lead out of the directory"));
            }
            Ok(_) => return Err(in_the_way(&place, "is a file, but a folder goes there")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(refused("cannot be looked at", &place)(error)),
        }
        self.real.insert(folder.to_owned());
        Ok(())
    }
}

fn in_the_way(place: &Path, why: &str) -> Refusal {
    let message = format!("`{}` {why}", place.display());
    Diagnostic::error(&IN_THE_WAY, Span::NONE, message)
        .help("move it away, or choose another directory")
        .into()
}
