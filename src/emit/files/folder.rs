//! The output folder: opening and locking it, and what lies in it.

use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::manifest::{MANIFEST, Manifest};
use super::{in_the_way, refused};
use crate::diagnostics::Diagnostic;
use crate::emit::outputs::Refusal;

/// The folder of `-o`. It is created when it is opened, and removed again if nothing was written to it.
#[derive(Debug)]
pub struct Folder {
    /// As the user wrote it, for messages.
    name: PathBuf,
    /// Absolute, without links: the working directory may change its name while jobc runs.
    path: PathBuf,
    /// Holds the lock while this lives.
    lock: File,
    /// Whether the lock is held.
    is_locked: AtomicBool,
    /// The folders that were created on the way, innermost first.
    created: Vec<PathBuf>,
}

/// What lies at a path of the folder.
#[derive(Debug)]
pub(super) enum Present {
    /// Nothing.
    Nothing,
    /// A regular file.
    File {
        /// What it holds.
        content: Vec<u8>,
        /// Its mode and owner.
        meta: Metadata,
    },
    /// A symbolic link, a pipe, a socket or a device.
    Special,
}

impl Folder {
    /// Opens the folder without locking it. A folder that does not exist is created.
    ///
    /// # Errors
    /// When it is not a folder, or cannot be created or opened.
    pub fn open(name: &Path) -> Result<Folder, Refusal> {
        if fs::metadata(name).is_ok_and(|meta| !meta.is_dir()) {
            return Err(refused("cannot be written to", name)(io::ErrorKind::NotADirectory.into()));
        }
        let missing = name.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists());
        let mut created: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        fs::create_dir_all(name).map_err(refused("cannot be created as a directory", name))?;
        let path = fs::canonicalize(name).map_err(refused("cannot be opened", name))?;
        for folder in &mut created {
            *folder = fs::canonicalize(&*folder).map_err(refused("cannot be opened", folder))?;
        }
        let lock = lock_file(&path).map_err(refused("cannot be opened", name))?;
        Ok(Folder { name: name.to_owned(), path, lock, is_locked: AtomicBool::new(false), created })
    }

    /// Takes the lock that keeps other runs out; `false` while another run holds it, and when the folder was replaced
    /// since it was opened, so that it has to be opened again.
    ///
    /// # Errors
    /// When the file system has no locks.
    pub fn try_lock(&self) -> Result<bool, Refusal> {
        match self.lock.try_lock() {
            Ok(()) => {
                let is_ours = self.is_in_place();
                self.is_locked.store(is_ours, Ordering::Relaxed);
                Ok(is_ours)
            }
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => {
                let what = "cannot be locked, so two runs could mix their files there";
                Err(refused(what, &self.name)(error))
            }
        }
    }

    /// Whether the name of the folder still leads to the folder that was opened.
    pub(super) fn is_in_place(&self) -> bool {
        let (Ok(opened), Ok(named)) = (self.lock.metadata(), lock_metadata(&self.path)) else { return false };
        is_same(&opened, &named)
    }

    /// The name of the folder, as the user wrote it.
    pub fn name(&self) -> &Path {
        &self.name
    }

    /// Where a path of the folder is on the disk.
    pub(super) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path.join(path)
    }

    /// A path of the folder as the user would write it.
    pub fn shown(&self, path: impl AsRef<Path>) -> PathBuf {
        self.name.join(path)
    }

    /// A file as it is called in the manifest: its path from the folder, with `/` between the parts. It does not depend
    /// on the working directory.
    pub fn relative(&self, file: &Path) -> String {
        let parent = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = match (fs::canonicalize(parent), file.file_name()) {
            (Ok(parent), Some(name)) => parent.join(name),
            _ => file.to_owned(),
        };
        let shared = self.path.components().zip(file.components()).take_while(|(a, b)| a == b).count();
        let up = self.path.components().skip(shared).map(|_| "..".into());
        let down = file.components().skip(shared).map(|c| match c {
            Component::RootDir => "".into(),
            part => part.as_os_str().to_string_lossy(),
        });
        up.chain(down).collect::<Vec<_>>().join("/")
    }

    /// Whether the entry file of this name is still there.
    pub(super) fn has_entry(&self, owner: &str) -> bool {
        is_unnamed(owner) || self.path.join(owner).is_file()
    }

    /// What was written to the folder earlier.
    pub(super) fn manifest(&self) -> Result<Manifest, Refusal> {
        match self.present(MANIFEST)? {
            Present::Nothing => Ok(Manifest::default()),
            Present::File { content, .. } => {
                Manifest::parse(&content, &self.shown(MANIFEST)).map_err(|refusal| (*refusal).into())
            }
            Present::Special => Err(self.in_the_way(MANIFEST, "is not a regular file").into()),
        }
    }

    /// What lies at a path.
    pub(super) fn present(&self, path: &str) -> Result<Present, Refusal> {
        self.check_folders(Path::new(path))?;
        let place = self.path(path);
        match fs::symlink_metadata(&place) {
            Ok(meta) if meta.is_dir() => {
                Err(self.in_the_way(path, "is a folder, but a file goes there").into())
            }
            Ok(meta) if meta.is_file() => {
                let content = fs::read(&place).map_err(refused("cannot be read", &self.shown(path)))?;
                Ok(Present::File { content, meta })
            }
            Ok(_) => Ok(Present::Special),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Present::Nothing),
            Err(error) => Err(refused("cannot be looked at", &self.shown(path))(error)),
        }
    }

    /// Refuses to write through links: they could lead out of the folder.
    fn check_folders(&self, path: &Path) -> Result<(), Refusal> {
        let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) else { return Ok(()) };
        self.check_folders(folder)?;
        match fs::symlink_metadata(self.path(folder)) {
            Ok(meta) if meta.is_dir() => Ok(()),
            Ok(meta) if meta.is_symlink() => {
                let why = "is a link, which could lead out of the directory";
                Err(self.in_the_way(folder, why).into())
            }
            Ok(_) => Err(self.in_the_way(folder, "is a file, but a folder goes there").into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(refused("cannot be looked at", &self.shown(folder))(error)),
        }
    }

    /// The error for something at a path that no file can take the place of.
    pub(super) fn in_the_way(&self, path: impl AsRef<Path>, why: &str) -> Diagnostic {
        in_the_way(&self.shown(path), why)
    }

    /// Whether the file system treats names that differ in case as one.
    pub(super) fn ignores_case(&self) -> Result<bool, Refusal> {
        let probe = |error| refused("cannot be written", &self.name)(error);
        let file = tempfile::Builder::new().prefix(".jobc-case").tempfile_in(&self.path).map_err(probe)?;
        let name = file.path().file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        Ok(self.path.join(name).exists())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Without the lock, another run may be about to write here. Only empty folders can be removed this way: those
        // that were created for nothing.
        let created = if self.is_locked.load(Ordering::Relaxed) { self.created.as_slice() } else { &[] };
        for folder in created {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

/// Whether an entry file is text without a file, such as standard input.
fn is_unnamed(owner: &str) -> bool {
    owner.ends_with('>') && owner.rsplit('/').next().is_some_and(|name| name.starts_with('<'))
}

#[cfg(unix)]
fn lock_file(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

#[cfg(unix)]
fn lock_metadata(folder: &Path) -> io::Result<Metadata> {
    fs::metadata(folder)
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// The file that is locked where folders cannot be.
#[cfg(not(unix))]
const LOCK: &str = ".jobc-lock";

#[cfg(not(unix))]
fn lock_file(folder: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))
}

#[cfg(not(unix))]
fn lock_metadata(folder: &Path) -> io::Result<Metadata> {
    fs::metadata(folder.join(LOCK))
}

#[cfg(not(unix))]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    one.created().ok() == other.created().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entry_files_are_named_from_the_folder() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["out/deep", "jobs"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("jobs/one.aurora"), "").unwrap();
        let folder = Folder::open(&root.path().join("out/deep")).unwrap();
        let name = folder.relative(&root.path().join("jobs/one.aurora"));
        assert_eq!(name, "../../jobs/one.aurora");
        assert_eq!(folder.relative(&root.path().join("out/../jobs/one.aurora")), name);
        assert_eq!(folder.relative(&root.path().join("out/deep/x.aurora")), "x.aurora");
        assert!(folder.has_entry(&name) && !folder.has_entry("../../jobs/two.aurora"));
        assert!(folder.has_entry("../../<stdin>"));
    }

    #[test]
    fn what_is_created_for_nothing_is_removed() {
        let root = tempfile::tempdir().unwrap();
        let name = root.path().join("a/b/c");
        let folder = Folder::open(&name).unwrap();
        // One that is not locked may be about to be used by another run.
        drop(Folder::open(&name).unwrap());
        assert!(folder.try_lock().unwrap());
        drop(folder);
        assert!(!root.path().join("a").exists());
        let folder = Folder::open(&name).unwrap();
        assert!(folder.try_lock().unwrap());
        fs::write(folder.path("file"), "").unwrap();
        drop(folder);
        assert!(name.join("file").exists());
    }

    #[test]
    fn one_run_at_a_time_and_only_in_the_folder_that_was_opened() {
        let root = tempfile::tempdir().unwrap();
        let name = root.path().join("out");
        fs::create_dir(&name).unwrap();
        let (first, second) = (Folder::open(&name).unwrap(), Folder::open(&name).unwrap());
        assert!(first.try_lock().unwrap());
        assert!(!second.try_lock().unwrap());
        drop(first);
        fs::rename(&name, root.path().join("moved")).unwrap();
        fs::create_dir(&name).unwrap();
        assert!(!second.try_lock().unwrap());
        assert!(Folder::open(&name).unwrap().try_lock().unwrap());
    }
}
