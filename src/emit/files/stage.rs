//! The folder inside the directory where new files wait.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::refused;
use super::target::Target;
use crate::emit::outputs::Refusal;

/// The name of the folder. A run that was stopped may leave it; the next one removes it.
const STAGE: &str = ".jobc-stage";

/// How many files are brought to the disk one by one, rather than all that the file system holds back.
#[cfg(target_os = "linux")]
const ONE_BY_ONE: usize = 32;

/// The folder. It goes when this goes.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    files: std::cell::RefCell<Vec<PathBuf>>,
}

impl Stage {
    /// Makes the folder. The directory is locked, so what another run may have left there is of use to nobody.
    pub(super) fn begin(target: &Target) -> Result<Stage, Refusal> {
        let folder = target.path(STAGE);
        if fs::symlink_metadata(&folder).is_ok() {
            fs::remove_dir_all(&folder).map_err(refused("cannot be removed", &folder))?;
        }
        fs::create_dir(&folder).map_err(refused("cannot be made", &folder))?;
        Ok(Stage { folder, files: std::cell::RefCell::default() })
    }

    /// Where a file waits.
    pub(super) fn waiting(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.join("new").join(path)
    }

    /// Where a folder is put together that will take the place of another.
    pub(super) fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// Writes a new file.
    pub(super) fn put(&self, path: &str, content: &[u8]) -> Result<(), Refusal> {
        let place = self.waiting(path);
        let written = || {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            File::create_new(&place)?.write_all(content)
        };
        written().map_err(refused("cannot be written", &place))?;
        self.files.borrow_mut().push(place);
        Ok(())
    }

    /// Puts a waiting file in its place, over an older one.
    pub(super) fn place(&self, path: &str, target: &Target, to: &str) -> Result<(), Refusal> {
        let place = target.path(to);
        let moved = || {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(self.waiting(path), &place)
        };
        moved().map_err(refused("cannot be written", &place))
    }

    /// Whether the file system takes names that differ in case for one.
    pub(super) fn ignores_case(&self) -> Result<bool, Refusal> {
        let probe = self.folder.join("probe");
        File::create(&probe).map_err(refused("cannot be written", &probe))?;
        Ok(self.folder.join("PROBE").exists())
    }

    /// Waits until the new files are on the disk.
    pub(super) fn sync(&self) -> Result<(), Refusal> {
        self.bring_to_disk().map_err(refused("cannot be brought to the disk", &self.folder))
    }

    fn bring_to_disk(&self) -> io::Result<()> {
        let files = self.files.borrow();
        #[cfg(target_os = "linux")]
        if files.len() > ONE_BY_ONE {
            return Ok(rustix::fs::syncfs(File::open(&self.folder)?)?);
        }
        files.iter().try_for_each(|file| File::open(file)?.sync_all())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
