//! The project that a file belongs to: the folder that its includes may reach.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::disk::Disk;
use super::paths::{normalise, relative};

/// The name of a project's file.
pub const PROJECT_FILE: &str = "jobc.toml";

/// What marks the top of a repository: a folder, or in a linked work tree a file.
const REPOSITORY: &str = ".git";

/// Why a folder is the root of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RootReason {
    /// It holds a `jobc.toml`.
    Project,
    /// It holds `.git`.
    Repository,
    /// No folder above the file is marked, so it is the file's own.
    Own,
}

/// The folder that the files of a project are read from, and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The folder: relative to the working directory if the file is, and then empty for the working directory itself.
    pub directory: PathBuf,
    /// Why it is this one.
    pub reason: RootReason,
}

impl Root {
    /// The project's file, if there is one.
    pub fn project_file(&self) -> Option<PathBuf> {
        (self.reason == RootReason::Project).then(|| self.directory.join(PROJECT_FILE))
    }
}

/// A folder with a mark.
type Marked = (PathBuf, RootReason);

/// Finds the roots of files, and looks at each folder once.
#[derive(Debug)]
pub struct Roots {
    disk: Arc<Disk>,
    /// The user's home directory, above which no project is looked for.
    home: Option<PathBuf>,
    known: Mutex<HashMap<OsString, Option<Marked>>>,
}

impl Roots {
    /// Nothing found yet. `home` is the user's home directory, if there is one.
    pub fn new(disk: Arc<Disk>, home: Option<PathBuf>) -> Roots {
        Roots { disk, home, known: Mutex::default() }
    }

    /// The root of a file: the nearest folder above it that holds `jobc.toml` or `.git`, not above the home directory or a
    /// file-system border; where there is none, the file's own folder.
    pub fn of_file(&self, file: &Path) -> Root {
        let own = file.parent().unwrap_or(Path::new(""));
        self.of_directory(own)
    }

    /// The root of the files in a folder.
    pub fn of_directory(&self, directory: &Path) -> Root {
        let own = Root { directory: directory.to_path_buf(), reason: RootReason::Own };
        let Ok(absolute) = self.disk.absolute(directory) else { return own };
        let absolute = normalise(&absolute, "");
        let Some((marked, reason)) = self.marked(&absolute) else { return own };
        // A link may lead to a folder that is not below the mark; what is there belongs to itself.
        let is_below =
            || Some(self.disk.canonical(&absolute).ok()?.starts_with(self.disk.canonical(&marked).ok()?));
        if is_below() == Some(false) {
            return own;
        }
        match directory.is_absolute() {
            true => Root { directory: marked, reason },
            false => Root { directory: self.disk.from_here(&marked), reason },
        }
    }

    /// The nearest folder with a mark, from a folder upwards.
    fn marked(&self, directory: &Path) -> Option<Marked> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(directory.as_os_str()) {
            return found.clone();
        }
        let found = self.look_upwards(directory);
        known().insert(directory.into(), found.clone());
        found
    }

    fn look_upwards(&self, directory: &Path) -> Option<Marked> {
        let device = device(directory);
        for folder in directory.ancestors().take_while(|folder| device_matches(device, folder)) {
            if folder.join(PROJECT_FILE).is_file() {
                return Some((folder.to_path_buf(), RootReason::Project));
            }
            if folder.join(REPOSITORY).exists() {
                return Some((folder.to_path_buf(), RootReason::Repository));
            }
            if self.home.as_deref() == Some(folder) {
                break;
            }
        }
        None
    }
}

impl Disk {
    /// An absolute path, seen from the working directory.
    pub fn from_here(&self, path: &Path) -> PathBuf {
        match self.absolute(Path::new("")) {
            Ok(here) => relative(&here, path),
            Err(_) => path.to_path_buf(),
        }
    }
}

/// The file system that a folder is on.
#[cfg(unix)]
fn device(folder: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(folder).ok().map(|meta| meta.dev())
}

/// Only Unix mounts file systems in folders.
#[cfg(not(unix))]
fn device(_: &Path) -> Option<u64> {
    None
}

/// Whether a folder is on the file system that the search began on; a folder that cannot be asked is passed over.
fn device_matches(device_of_first: Option<u64>, folder: &Path) -> bool {
    match (device_of_first, device(folder)) {
        (Some(first), Some(this)) => first == this,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let top = tempfile::tempdir().unwrap();
        for file in files {
            let file = top.path().join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        top
    }

    fn root(top: &tempfile::TempDir, home: &str, file: &str) -> (String, RootReason) {
        let roots = Roots::new(Arc::default(), Some(top.path().join(home)));
        let root = roots.of_file(&top.path().join(file));
        let below = root.directory.strip_prefix(top.path()).unwrap().display().to_string();
        (below, root.reason)
    }

    #[test]
    fn the_nearest_mark_wins() {
        let top = tree(&["p/.git", "p/a/jobc.toml", "p/a/b/x", "p/c/d/x", "p/e/.git/HEAD", "p/e/x"]);
        assert_eq!(root(&top, "", "p/a/b/x"), ("p/a".to_string(), RootReason::Project));
        assert_eq!(root(&top, "", "p/c/d/x"), ("p".to_string(), RootReason::Repository));
        assert_eq!(root(&top, "", "p/e/x"), ("p/e".to_string(), RootReason::Repository));
    }

    #[test]
    fn nothing_above_the_home_directory_counts() {
        let top = tree(&["jobc.toml", "home/x", "home/a/b/x"]);
        assert_eq!(root(&top, "home", "home/a/b/x"), ("home/a/b".to_string(), RootReason::Own));
        assert_eq!(root(&top, "home", "home/x"), ("home".to_string(), RootReason::Own));
        let top = tree(&["home/jobc.toml", "home/a/b/x"]);
        assert_eq!(root(&top, "home", "home/a/b/x"), ("home".to_string(), RootReason::Project));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_not_part_of_the_project_around_the_link() {
        let top = tree(&["p/.git", "elsewhere/x"]);
        std::os::unix::fs::symlink(top.path().join("elsewhere"), top.path().join("p/link")).unwrap();
        assert_eq!(root(&top, "", "p/link/x"), ("p/link".to_string(), RootReason::Own));
    }
}
