//! Where new files wait, and where old ones are kept until all new ones are in their places.
//!
//! The names of these files say nothing: whoever looks for calls to send finds none here.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::refused;
use crate::emit::outputs::Refusal;

/// The name of the stage. A run that was killed leaves it; the next one removes it.
pub(super) const STAGE: &str = ".jobc-stage";

/// How many files are synchronised one by one, rather than the whole file system.
#[cfg(target_os = "linux")]
const MAX_ONE_BY_ONE: usize = 32;

/// The stage.
#[derive(Debug)]
pub(super) struct Stage {
    path: PathBuf,
    /// What it is called in errors.
    shown: PathBuf,
    files: Vec<PathBuf>,
}

impl Stage {
    /// Creates the stage. The folder is locked, and [`recover`](super::recovery::recover) has looked at what an earlier
    /// run left.
    pub(super) fn create(folder: &Folder) -> Result<Stage, Refusal> {
        let (path, shown) = (folder.path(STAGE), folder.shown(STAGE));
        fs::create_dir(&path).map_err(refused("cannot be made", &shown))?;
        Ok(Stage { path, shown, files: Vec::new() })
    }

    /// Writes a file, with the mode and the owner of another that it will replace. Gives its name.
    pub(super) fn put(&mut self, content: &[u8], like: Option<&Replaced<'_>>) -> Result<String, Refusal> {
        let name = format!("{}", self.files.len());
        let file = self.path.join(&name);
        let written = || {
            File::create_new(&file)?.write_all(content)?;
            like.map_or(Ok(()), |old| old.hand_on(&file))
        };
        written().map_err(|error| match like {
            Some(old) if error.kind() == io::ErrorKind::PermissionDenied => {
                let why = "cannot be replaced by a file with the same owner and mode";
                refused(why, old.shown)(error)
            }
            _ => refused("cannot be written", &self.shown.join(&name))(error),
        })?;
        self.files.push(file);
        Ok(name)
    }

    /// Keeps an old file until the new set is in place. Gives its name.
    pub(super) fn keep(&mut self, old: &Replaced<'_>) -> Result<String, Refusal> {
        let name = format!("{}", self.files.len());
        let file = self.path.join(&name);
        // Not every file system has links, and not every file may be linked.
        let kept = fs::hard_link(old.place, &file).or_else(|_| {
            fs::copy(old.place, &file)?;
            old.hand_on(&file)
        });
        kept.map_err(refused("cannot be kept until the new files are in place", old.shown))?;
        self.files.push(file);
        Ok(name)
    }

    /// Waits until everything that was put here is on the disk.
    pub(super) fn sync(&self) -> Result<(), Refusal> {
        self.bring_to_disk().map_err(refused("cannot be brought to the disk", &self.shown))
    }

    fn bring_to_disk(&self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if self.files.len() > MAX_ONE_BY_ONE {
            return Ok(rustix::fs::syncfs(File::open(&self.path)?)?);
        }
        self.files.iter().try_for_each(|file| File::open(file)?.sync_all())?;
        sync_folder(&self.path)
    }

    /// Where a file of the stage is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the stage.
    pub(super) fn remove(self) -> io::Result<()> {
        fs::remove_dir_all(&self.path)
    }
}

/// Waits until the entries of a folder are on the disk, where the system can do that.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A file that a new one will replace.
#[derive(Debug)]
pub(super) struct Replaced<'a> {
    pub(super) place: &'a Path,
    /// What it is called in errors.
    pub(super) shown: &'a Path,
    pub(super) meta: &'a Metadata,
}

impl Replaced<'_> {
    /// Gives another file the owner, the group, the mode and the extended attributes of this one.
    #[cfg(unix)]
    fn hand_on(&self, to: &Path) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        let (old, new) = (self.meta, fs::metadata(to)?);
        let differs = |old: u32, new: u32| (old != new).then_some(old);
        let (user, group) = (differs(old.uid(), new.uid()), differs(old.gid(), new.gid()));
        if user.is_some() || group.is_some() {
            chown(to, user, group)?;
        }
        if old.mode() != new.mode() {
            fs::set_permissions(to, fs::Permissions::from_mode(old.mode() & 0o7777))?;
        }
        copy_attributes(self.place, to)
    }

    #[cfg(not(unix))]
    fn hand_on(&self, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, self.meta.permissions())
    }
}

/// Bytes that the names of a file's attributes may take, and the value of one.
#[cfg(target_os = "linux")]
const MAX_ATTRIBUTES: usize = 1 << 16;

/// Copies the attributes that users set: their own, and access control lists.
#[cfg(target_os = "linux")]
fn copy_attributes(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
    let mut names = vec![0_u8; MAX_ATTRIBUTES];
    let Ok(length) = listxattr(from, &mut names) else { return Ok(()) };
    let is_of_users = |name: &&[u8]| name.starts_with(b"user.") || name == b"system.posix_acl_access";
    for name in names[..length].split(|b| *b == 0).filter(is_of_users) {
        let mut value = vec![0_u8; MAX_ATTRIBUTES];
        let length = getxattr(from, name, &mut value)?;
        setxattr(to, name, &value[..length], XattrFlags::empty())?;
    }
    Ok(())
}

#[cfg(all(unix, not(target_os = "linux")))]
fn copy_attributes(_from: &Path, _to: &Path) -> io::Result<()> {
    Ok(())
}
