//! What a run is about to change, written down before it changes anything: whoever is interrupted is completed or undone.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::layout::JOBS;
use super::refused;
use super::stage::{STAGE, Stage, sync_folder};
use crate::emit::outputs::Refusal;

/// The name of the journal in the stage.
pub(super) const JOURNAL: &str = "journal";

/// The steps of a run, in order. The manifest is the last.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    pub(super) steps: Vec<Step>,
}

/// One file that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// Its path below the folder.
    pub(super) path: String,
    /// What will be there; nothing if it is removed.
    pub(super) new: Option<Version>,
    /// What was there.
    pub(super) old: Option<Version>,
}

/// One of the two states of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Version {
    /// Where it waits, or is kept, in the stage.
    pub(super) staged: String,
    /// The hash of its content.
    pub(super) sha256: String,
}

/// How far a run came.
#[derive(Debug)]
pub(super) struct Stopped {
    /// The step that failed.
    pub(super) at: usize,
    pub(super) why: Refusal,
}

impl Journal {
    /// Writes the journal. From now on, the run can be completed by another.
    pub(super) fn write(&self, stage: &Stage, sync: bool) -> io::Result<()> {
        let draft = stage.path().join("draft");
        let mut file = File::create_new(&draft)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        if sync {
            file.sync_all()?;
        }
        fs::rename(draft, stage.path().join(JOURNAL))?;
        if sync { sync_folder(stage.path()) } else { Ok(()) }
    }

    /// Takes the steps, each of which is one system call.
    pub(super) fn take(&self, folder: &Folder, created: &mut Vec<PathBuf>) -> Result<(), Stopped> {
        for (at, step) in self.steps.iter().enumerate() {
            step.forward(folder, created).map_err(|why| Stopped { at, why })?;
        }
        Ok(())
    }

    /// Takes back the first `count` steps, and the folders that were created for them.
    pub(super) fn take_back(
        &self,
        folder: &Folder,
        count: usize,
        created: &[PathBuf],
    ) -> Result<(), Refusal> {
        for step in self.steps.iter().take(count).rev() {
            step.back(folder)?;
        }
        for new in created.iter().rev() {
            // One that somebody uses in the meantime is not empty, and stays.
            let _ = fs::remove_dir(new);
        }
        Ok(())
    }

    /// Removes the folders below `jobs/` that are empty after files were removed.
    pub(super) fn remove_empty_folders(&self, folder: &Folder) {
        let removed = self.steps.iter().filter(|step| step.new.is_none());
        for step in removed {
            let mut above = Path::new(&step.path).parent();
            while let Some(inner) = above.filter(|f| f.starts_with(JOBS) && *f != Path::new(JOBS)) {
                if fs::remove_dir(folder.path(inner)).is_err() {
                    break;
                }
                above = inner.parent();
            }
        }
    }

    /// Waits until the steps are on the disk.
    pub(super) fn sync(&self, folder: &Folder) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        return Ok(rustix::fs::syncfs(File::open(folder.path(""))?)?);
        #[cfg(not(target_os = "linux"))]
        {
            let mut parents: Vec<PathBuf> =
                self.steps.iter().filter_map(|s| folder.path(&s.path).parent().map(Path::to_owned)).collect();
            parents.dedup();
            parents.iter().filter(|f| f.exists()).try_for_each(|f| sync_folder(f))
        }
    }
}

impl Step {
    /// Puts the new file in its place, or removes the old one.
    pub(super) fn forward(&self, folder: &Folder, created: &mut Vec<PathBuf>) -> Result<(), Refusal> {
        let place = folder.path(&self.path);
        match &self.new {
            Some(new) => {
                let moved = create_parents(&place, created)
                    .and_then(|()| fs::rename(folder.path(STAGE).join(&new.staged), &place));
                moved.map_err(refused("cannot be written", &folder.shown(&self.path)))
            }
            None => fs::remove_file(&place).map_err(refused("cannot be removed", &folder.shown(&self.path))),
        }
    }

    /// Puts the old file back, or removes the new one.
    pub(super) fn back(&self, folder: &Folder) -> Result<(), Refusal> {
        let place = folder.path(&self.path);
        let restored = match &self.old {
            Some(old) => fs::rename(folder.path(STAGE).join(&old.staged), &place),
            None => fs::remove_file(&place),
        };
        restored.map_err(refused("cannot be restored", &folder.shown(&self.path)))
    }
}

/// Creates the folders above a path, and notes which are new.
fn create_parents(place: &Path, created: &mut Vec<PathBuf>) -> io::Result<()> {
    let Some(parent) = place.parent() else { return Ok(()) };
    let missing: Vec<&Path> = parent.ancestors().take_while(|f| !f.exists()).collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder)?;
        created.push(folder.to_owned());
    }
    Ok(())
}
