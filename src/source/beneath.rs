//! Opening files below a directory that is held open: whoever swaps a name for a link in the meantime leads nowhere.

use std::fs::File;
use std::io;
use std::path::Path;

/// Why a file below a directory could not be opened.
#[derive(Debug)]
pub(super) enum OpenError {
    /// The path leaves the directory.
    Leaves,
    /// It is not a regular file.
    NotAFile,
    /// The operating system's error.
    Io(io::Error),
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> OpenError {
        OpenError::Io(error)
    }
}

/// A directory that is held open.
#[derive(Debug)]
pub(super) struct Directory {
    #[cfg(unix)]
    handle: std::os::fd::OwnedFd,
    #[cfg(not(unix))]
    path: std::path::PathBuf,
}

/// The handle, if it is that of a regular file.
fn regular(file: File) -> Result<File, OpenError> {
    if file.metadata()?.is_file() { Ok(file) } else { Err(OpenError::NotAFile) }
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
    use std::path::Component;

    use rustix::fs::{Mode, OFlags, openat};
    use rustix::io::Errno;

    use super::{Directory, File, OpenError, Path, io, regular};

    /// A pipe that nobody writes to must not be waited for, and a terminal must not become that of the process.
    const TO_READ: OFlags =
        OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC).union(OFlags::NOCTTY);
    const TO_PASS: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

    impl From<Errno> for OpenError {
        fn from(error: Errno) -> OpenError {
            match error {
                Errno::XDEV => OpenError::Leaves,
                other => OpenError::Io(other.into()),
            }
        }
    }

    impl Directory {
        /// Opens a directory.
        ///
        /// # Errors
        /// When it cannot be opened.
        pub(in crate::source) fn open(path: &Path) -> io::Result<Directory> {
            Ok(Directory { handle: rustix::fs::open(path, TO_PASS, Mode::empty())? })
        }

        /// Opens a regular file for reading, by a path from the directory that has no steps upwards. Links are followed
        /// as long as they stay below the directory; an absolute one counts as one that leaves it.
        ///
        /// # Errors
        /// When there is no such file, or the path leaves the directory.
        pub(in crate::source) fn open_file(&self, path: &Path) -> Result<File, OpenError> {
            match opened_by_system(self.handle.as_fd(), path) {
                // Not every system knows the call, and some containers refuse it.
                Err(Errno::NOSYS | Errno::PERM | Errno::AGAIN) => self.open_real_file(path),
                opened => regular(File::from(opened?)),
            }
        }

        /// Opens a regular file for reading, by a path from the directory on which there are no links.
        ///
        /// # Errors
        /// When there is no such file. A link on the way counts as one that leaves the directory.
        pub(in crate::source) fn open_real_file(&self, path: &Path) -> Result<File, OpenError> {
            let mut names = path.components().peekable();
            let mut passed: Option<OwnedFd> = None;
            while let Some(component) = names.next() {
                let Component::Normal(name) = component else { return Err(OpenError::Leaves) };
                let directory = passed.as_ref().map_or(self.handle.as_fd(), AsFd::as_fd);
                let opened = step(directory, name, if names.peek().is_some() { TO_PASS } else { TO_READ })?;
                if names.peek().is_none() {
                    return regular(File::from(opened));
                }
                passed = Some(opened);
            }
            Err(OpenError::NotAFile)
        }
    }

    fn step(directory: BorrowedFd<'_>, name: &OsStr, flags: OFlags) -> Result<OwnedFd, OpenError> {
        match openat(directory, name, flags | OFlags::NOFOLLOW, Mode::empty()) {
            // How systems say that the name is a link.
            Err(Errno::LOOP | Errno::MLINK) => Err(OpenError::Leaves),
            Err(Errno::NOTDIR) if is_link(directory, name) => Err(OpenError::Leaves),
            opened => Ok(opened?),
        }
    }

    fn is_link(directory: BorrowedFd<'_>, name: &OsStr) -> bool {
        let stat = rustix::fs::statat(directory, name, rustix::fs::AtFlags::SYMLINK_NOFOLLOW);
        stat.is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode).is_symlink())
    }

    #[cfg(target_os = "linux")]
    fn opened_by_system(directory: BorrowedFd<'_>, path: &Path) -> Result<OwnedFd, Errno> {
        use rustix::fs::{ResolveFlags, openat2};
        let below = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
        openat2(directory, path, TO_READ, Mode::empty(), below)
    }

    #[cfg(not(target_os = "linux"))]
    fn opened_by_system(_: BorrowedFd<'_>, _: &Path) -> Result<OwnedFd, Errno> {
        Err(Errno::NOSYS)
    }
}

#[cfg(not(unix))]
impl Directory {
    /// Remembers a directory.
    ///
    /// # Errors
    /// When there is no such directory.
    pub(super) fn open(path: &Path) -> io::Result<Directory> {
        Ok(Directory { path: path.canonicalize()? })
    }

    /// Opens a regular file for reading, by a path from the directory that has no steps upwards.
    ///
    /// # Errors
    /// When there is no such file, or the path leaves the directory.
    pub(super) fn open_file(&self, path: &Path) -> Result<File, OpenError> {
        let real = self.path.join(path).canonicalize()?;
        if real.starts_with(&self.path) { regular(File::open(real)?) } else { Err(OpenError::Leaves) }
    }

    /// As [`Directory::open_file`].
    ///
    /// # Errors
    /// As there.
    pub(super) fn open_real_file(&self, path: &Path) -> Result<File, OpenError> {
        self.open_file(path)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// What opening gives, in a word.
    fn came_of(opened: &Result<File, OpenError>) -> &'static str {
        match opened {
            Ok(_) => "file",
            Err(OpenError::Leaves) => "leaves",
            Err(OpenError::NotAFile) => "not a file",
            Err(OpenError::Io(_)) => "error",
        }
    }

    #[test]
    fn nothing_outside_is_opened_and_nothing_is_waited_for() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("root");
        std::fs::create_dir_all(root.join("inner")).unwrap();
        std::fs::write(outer.path().join("secret"), "").unwrap();
        std::fs::write(root.join("inner/file"), "").unwrap();
        symlink("../secret", root.join("out")).unwrap();
        symlink("inner/file", root.join("in")).unwrap();
        symlink("inner", root.join("folder")).unwrap();
        symlink("..", root.join("up")).unwrap();
        let pipe = std::process::Command::new("mkfifo").arg(root.join("pipe")).status().unwrap();
        assert!(pipe.success());
        let directory = Directory::open(&root).unwrap();
        let cases = [
            ("inner/file", "file", "file"),
            ("in", "file", "leaves"),
            ("folder/file", "file", "leaves"),
            ("out", "leaves", "leaves"),
            ("up/secret", "leaves", "leaves"),
            ("inner", "not a file", "not a file"),
            ("pipe", "not a file", "not a file"),
            ("missing", "error", "error"),
            ("inner/file/x", "error", "error"),
        ];
        for (path, followed, real) in cases {
            // Elsewhere links are left to the caller, who knows where they lead.
            let followed = if cfg!(target_os = "linux") { followed } else { real };
            assert_eq!(came_of(&directory.open_file(Path::new(path))), followed, "{path}");
            assert_eq!(came_of(&directory.open_real_file(Path::new(path))), real, "{path}");
        }
        // The directory is the one that was opened, whatever takes its name.
        std::fs::rename(&root, outer.path().join("moved")).unwrap();
        symlink(".", &root).unwrap();
        assert_eq!(came_of(&directory.open_file(Path::new("inner/file"))), "file");
    }
}
