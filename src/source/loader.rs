//! Loaders, the only way to read a file: they resolve names and stay below a root directory.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::beneath::{Directory, OpenError};
use super::disk::{Disk, FileKind};
use super::paths::{common_folder, normalise};

/// Why a file could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// There is no such file.
    NotFound,
    /// The path, or a link on the way, leaves the root directory.
    OutsideRoot {
        /// The root that reads are confined to.
        root: PathBuf,
        /// The smallest folder that would do, unless that is the whole file system, or a link leads out.
        needed: Option<PathBuf>,
    },
    /// The file is larger than the budget for source text.
    TooLarge {
        /// Size of the file in bytes.
        size: u64,
        /// The budget in bytes.
        limit: u64,
    },
    /// The text is not UTF-8; the offset of the first bad byte.
    NotUtf8 {
        /// Offset of the first byte that is not UTF-8.
        offset: usize,
        /// The text before it.
        before: String,
    },
    /// The path names something that is not a regular file, such as a directory or a pipe.
    NotAFile,
    /// The operating system's message.
    Io(String),
}

impl LoadError {
    /// What to do about the error, where that does not depend on who asked for the file.
    pub fn advice(&self) -> Option<String> {
        match self {
            LoadError::OutsideRoot { needed: Some(folder), .. } => {
                let folder = folder.display();
                Some(format!(
                    "put an empty jobc.toml into `{folder}`, the smallest folder that holds both files, or give \
                     --root {folder}"
                ))
            }
            LoadError::OutsideRoot { needed: None, .. } => {
                Some("files are read only below the root, also through links: copy it there".to_string())
            }
            _ => None,
        }
    }

    /// The error for bytes that are not UTF-8.
    pub fn not_utf8(error: &std::string::FromUtf8Error) -> LoadError {
        let offset = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..offset]).into_owned();
        LoadError::NotUtf8 { offset, before }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::NotFound => f.write_str("no such file"),
            LoadError::OutsideRoot { root, .. } => {
                write!(f, "it is outside the root directory `{}`", shown_directory(root).display())
            }
            LoadError::TooLarge { size, limit } => {
                write!(f, "the file has {size} bytes, more than the {limit} that are allowed")
            }
            LoadError::NotUtf8 { offset, .. } => {
                write!(f, "the text is not UTF-8 (first bad byte at {offset})")
            }
            LoadError::NotAFile => f.write_str("not a regular file"),
            LoadError::Io(words) => f.write_str(words),
        }
    }
}

/// A file that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The normalised path: what identifies the file.
    pub path: PathBuf,
    /// How many bytes it should have.
    pub size: u64,
}

/// A file that was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The normalised path: what identifies the file.
    pub path: PathBuf,
    /// The path to show to the user.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Read {
    fn new(path: PathBuf, text: String) -> Read {
        Read { name: path.display().to_string(), path, text }
    }
}

/// Resolves and reads files for the compiler.
pub trait Loader: Send + Sync {
    /// The file called `name`, relative to the directory of `from` (a path given by an earlier read, or `None` for the
    /// working directory).
    ///
    /// # Errors
    /// When the file is missing, no regular file, larger than the budget, or outside the root.
    fn find(&self, from: Option<&Path>, name: &str) -> Result<Found, LoadError>;

    /// Reads a file that [`find`](Loader::find) has given.
    ///
    /// # Errors
    /// When the file is unreadable, too large, or not UTF-8.
    fn read(&self, found: Found) -> Result<Read, LoadError>;

    /// Finds a file and reads it.
    ///
    /// # Errors
    /// Those of both.
    fn load(&self, from: Option<&Path>, name: &str) -> Result<Read, LoadError> {
        self.read(self.find(from, name)?)
    }

    /// Names of files beside `name` (seen from `from`), for suggestions. May be empty.
    fn siblings(&self, from: Option<&Path>, name: &str) -> Vec<String>;

    /// The directory that files are read from, and nowhere else.
    fn root(&self) -> &Path {
        Path::new("")
    }
}

/// The path that a name means, seen from a file, whether or not there is such a file.
pub fn resolved(from: Option<&Path>, name: &str) -> PathBuf {
    normalise(directory(from), name)
}

/// A directory as it is shown: the working directory has an empty path.
fn shown_directory(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

fn directory(from: Option<&Path>) -> &Path {
    from.and_then(Path::parent).unwrap_or(Path::new(""))
}

/// Reads files from disk, confined to a root directory.
#[derive(Debug)]
pub struct DiskLoader {
    root: PathBuf,
    limit: u64,
    disk: Arc<Disk>,
    roots: OnceLock<Roots>,
}

/// The root directory of a loader.
#[derive(Debug)]
struct Roots {
    /// As it is written and where it really is, from the root of the file system.
    paths: [PathBuf; 2],
    /// The directory that was found there. Whatever takes its place later is not looked at.
    directory: Arc<Directory>,
}

impl DiskLoader {
    /// A loader confined to `root`; files over `limit` bytes are rejected.
    pub fn new(root: impl Into<PathBuf>, limit: u64, disk: Arc<Disk>) -> DiskLoader {
        DiskLoader { root: root.into(), limit, disk, roots: OnceLock::new() }
    }

    fn roots(&self) -> io::Result<&Roots> {
        if let Some(roots) = self.roots.get() {
            return Ok(roots);
        }
        let start = shown_directory(&self.root);
        let paths = [normalise(&self.disk.absolute(start)?, ""), self.disk.canonical(start)?];
        let directory = self.disk.opened(&paths[1])?;
        Ok(self.roots.get_or_init(|| Roots { paths, directory }))
    }

    /// A folder, written as the root is: seen from the working directory, or from the root of the file system.
    fn written_as_root(&self, folder: &Path) -> PathBuf {
        match self.root.is_absolute() {
            true => folder.to_path_buf(),
            false => shown_directory(&self.disk.from_here(folder)).to_path_buf(),
        }
    }

    /// What a path leads to, if that lies below the root.
    fn confined(&self, path: &Path) -> Result<FileKind, LoadError> {
        let outside = || LoadError::OutsideRoot { root: self.root.clone(), needed: None };
        let io = of_system;
        let roots = &self.roots().map_err(io)?.paths;
        let [written, root] = roots;
        // The path is checked before the disk is read, so that the existence of files outside cannot be probed.
        let absolute = normalise(&self.disk.absolute(path).map_err(io)?, "");
        if !roots.iter().any(|root| absolute.starts_with(root)) {
            let needed = common_folder(written, &absolute).map(|folder| self.written_as_root(&folder));
            return Err(LoadError::OutsideRoot { root: self.root.clone(), needed });
        }
        // Where a link outside leads is not reported, not even that it leads nowhere.
        let lost = |error: io::Error| match leads_out(&absolute, roots) {
            true => outside(),
            false => io(error),
        };
        let (parent, name) =
            (absolute.parent().unwrap_or(&absolute), absolute.file_name().unwrap_or_default());
        if !self.disk.canonical(parent).map_err(lost)?.join(name).starts_with(root) {
            return Err(outside());
        }
        match self.disk.kind(&absolute).map_err(io)? {
            FileKind::Link => match absolute.canonicalize().map_err(lost)? {
                real if real.starts_with(root) => {
                    std::fs::metadata(real).map(|m| FileKind::of(&m)).map_err(io)
                }
                _ => Err(outside()),
            },
            kind => Ok(kind),
        }
    }

    /// Opens a file below the root. The path may mean something else by now than when it was found.
    fn open(&self, path: &Path) -> Result<std::fs::File, LoadError> {
        let outside = || LoadError::OutsideRoot { root: self.root.clone(), needed: None };
        let Roots { paths, directory } = self.roots().map_err(of_system)?;
        let absolute = normalise(&self.disk.absolute(path).map_err(of_system)?, "");
        let below = paths.iter().find_map(|root| absolute.strip_prefix(root).ok()).ok_or_else(outside)?;
        let opened = match directory.open_file(below) {
            // A link that is absolute may lead below the root all the same.
            Err(OpenError::Leaves) => {
                let real = absolute.canonicalize().map_err(|_| outside())?;
                directory.open_real_file(real.strip_prefix(&paths[1]).map_err(|_| outside())?)
            }
            opened => opened,
        };
        opened.map_err(|error| match error {
            OpenError::Leaves => outside(),
            OpenError::NotAFile => LoadError::NotAFile,
            OpenError::Io(error) => of_system(error),
        })
    }

    /// The bytes of a file. Some files, such as those in `/proc`, have size 0 and are not empty.
    fn bytes(&self, found: &Found) -> Result<Vec<u8>, LoadError> {
        let limit = self.limit;
        let file = self.open(&found.path)?;
        // With one byte more than the size, the end is found without another buffer.
        let size = usize::try_from(found.size.min(limit)).unwrap_or(0).saturating_add(1);
        let mut bytes = Vec::with_capacity(size);
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(of_system)?;
        match bytes.len() as u64 {
            size if size > limit => Err(LoadError::TooLarge { size, limit }),
            _ => Ok(bytes),
        }
    }
}

/// The error for what the system says about a path.
fn of_system(error: io::Error) -> LoadError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => LoadError::NotFound,
        _ => LoadError::Io(error.to_string()),
    }
}

/// Links that are followed one after the other, as on Linux.
const MAX_LINKS: usize = 40;

/// Whether a link on the way to a path below one of the roots leads to where neither root is.
fn leads_out(path: &Path, roots: &[PathBuf]) -> bool {
    let below = |path: &Path| roots.iter().any(|root| path.starts_with(root));
    let mut path = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        let steps: Vec<&Path> = path.ancestors().take_while(|step| below(step)).collect();
        let link = steps.into_iter().rev().find_map(|step| Some((step, std::fs::read_link(step).ok()?)));
        let Some((step, target)) = link else { return false };
        let base = step.parent().unwrap_or(Path::new("")).join(target);
        let rest = path.strip_prefix(step).unwrap_or(Path::new(""));
        path = normalise(&base, &rest.to_string_lossy());
        if !below(&path) {
            return true;
        }
    }
    false
}

impl Loader for DiskLoader {
    fn root(&self) -> &Path {
        &self.root
    }

    fn find(&self, from: Option<&Path>, name: &str) -> Result<Found, LoadError> {
        if name.is_empty() || name.contains('\0') {
            return Err(LoadError::NotFound);
        }
        let directory = directory(from);
        let (path, size) = self.disk.find((&self.root, directory, name), || {
            let path = normalise(directory, name);
            if path.as_os_str().is_empty() {
                return Err(LoadError::NotAFile);
            }
            match self.confined(&path)? {
                FileKind::File(size) => Ok((path, size)),
                _ => Err(LoadError::NotAFile),
            }
        })?;
        match size > self.limit {
            true => Err(LoadError::TooLarge { size, limit: self.limit }),
            false => Ok(Found { path, size }),
        }
    }

    fn read(&self, found: Found) -> Result<Read, LoadError> {
        let bytes = self.bytes(&found)?;
        let text = String::from_utf8(bytes).map_err(|e| LoadError::not_utf8(&e))?;
        Ok(Read::new(found.path, text))
    }

    fn siblings(&self, from: Option<&Path>, name: &str) -> Vec<String> {
        let path = normalise(directory(from), name);
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if self.confined(parent).is_err() {
            return Vec::new();
        }
        let prefix = Path::new(name).parent().unwrap_or(Path::new(""));
        let Ok(entries) = std::fs::read_dir(parent) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .filter_map(|e| e.ok())
            .filter(|e| e.path().is_file())
            .map(|e| prefix.join(e.file_name()).display().to_string())
            .collect();
        names.sort();
        names
    }
}

/// Serves files from memory; for tests, fuzzing and editors.
#[derive(Debug, Default)]
pub struct MemoryLoader {
    files: BTreeMap<PathBuf, String>,
}

impl MemoryLoader {
    /// A loader for these files.
    pub fn new<N: Into<PathBuf>, T: Into<String>>(files: impl IntoIterator<Item = (N, T)>) -> MemoryLoader {
        let files = files.into_iter().map(|(n, t)| (n.into(), t.into())).collect();
        MemoryLoader { files }
    }
}

impl Loader for MemoryLoader {
    fn find(&self, from: Option<&Path>, name: &str) -> Result<Found, LoadError> {
        let path = normalise(directory(from), name);
        if path.starts_with("..") || path.is_absolute() {
            return Err(LoadError::OutsideRoot { root: PathBuf::from("."), needed: None });
        }
        let size = self.files.get(&path).ok_or(LoadError::NotFound)?.len() as u64;
        Ok(Found { path, size })
    }

    fn read(&self, found: Found) -> Result<Read, LoadError> {
        let text = self.files.get(&found.path).ok_or(LoadError::NotFound)?.clone();
        Ok(Read::new(found.path, text))
    }

    fn siblings(&self, from: Option<&Path>, name: &str) -> Vec<String> {
        let path = normalise(directory(from), name);
        self.files.keys().filter(|f| f.parent() == path.parent()).map(|f| f.display().to_string()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_is_outside_of_the_root_cannot_be_asked_about() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("root");
        std::fs::create_dir_all(root.join("inner")).unwrap();
        std::fs::write(outer.path().join("there"), "").unwrap();
        std::fs::write(root.join("inner/file"), "x = 1").unwrap();
        let links = [
            ("out", "../there"),
            ("nowhere", "../missing"),
            ("twice", "nowhere"),
            ("parent", ".."),
            ("absolute", "/no/such/file"),
            ("loop", "loop"),
            ("lost", "inner/missing"),
            ("in", "inner/file"),
        ];
        for (name, target) in links {
            symlink(target, root.join(name)).unwrap();
        }
        let loader = DiskLoader::new(&root, 1000, Arc::default());
        let load = |name: &str| loader.load(Some(&root.join("job.aurora")), name);
        let outside = [
            "out",
            "nowhere",
            "twice",
            "parent/there",
            "parent/missing",
            "absolute",
            "../there",
            "../missing",
        ];
        for name in outside {
            assert!(matches!(load(name), Err(LoadError::OutsideRoot { .. })), "{name}: {:?}", load(name));
        }
        assert_eq!(load("lost"), Err(LoadError::NotFound));
        assert!(matches!(load("loop"), Err(LoadError::Io(_))));
        assert_eq!(load("in").unwrap().text, "x = 1");
        assert_eq!(load("inner"), Err(LoadError::NotAFile));
    }

    #[cfg(unix)]
    #[test]
    fn what_takes_the_name_of_a_file_after_it_was_found_is_not_read() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("root");
        std::fs::create_dir_all(root.join("inner")).unwrap();
        std::fs::write(outer.path().join("secret"), "s").unwrap();
        for name in ["link", "pipe", "inner/file", "absolute"] {
            std::fs::write(root.join(name), "x = 1").unwrap();
        }
        let loader = DiskLoader::new(&root, 1000, Arc::default());
        let find = |name: &str| loader.find(Some(&root.join("job.aurora")), name).unwrap();
        let found = ["link", "pipe", "inner/file", "absolute"].map(find);
        for name in ["link", "pipe", "absolute"] {
            std::fs::remove_file(root.join(name)).unwrap();
        }
        symlink("../secret", root.join("link")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(root.join("pipe")).status().unwrap().success());
        symlink(root.join("inner2/file"), root.join("absolute")).unwrap();
        std::fs::rename(root.join("inner"), root.join("inner2")).unwrap();
        std::fs::create_dir(outer.path().join("inner")).unwrap();
        std::fs::write(outer.path().join("inner/file"), "s").unwrap();
        symlink("../inner", root.join("inner")).unwrap();
        let [link, pipe, file, absolute] = found.map(|found| loader.read(found));
        assert!(matches!(link, Err(LoadError::OutsideRoot { .. })), "{link:?}");
        assert_eq!(pipe, Err(LoadError::NotAFile));
        assert!(matches!(file, Err(LoadError::OutsideRoot { .. })), "{file:?}");
        assert_eq!(absolute.unwrap().text, "x = 1");
    }
}
