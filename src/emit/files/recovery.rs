//! Completing or undoing what a killed run had begun.

use std::fs;
use std::io;

use super::folder::{Folder, Present};
use super::journal::{JOURNAL, Journal, Step, Version};
use super::layout::JOBS;
use super::manifest::{MANIFEST, hash, stays_inside};
use super::stage::STAGE;
use super::{DOCUMENTS, refused};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::RECOVERED;
use crate::emit::outputs::Refusal;
use crate::source::Span;

/// Completes what a killed run had begun, or undoes it where that is not possible, and removes what it left. Gives what is
/// to be told. The folder must be locked.
///
/// # Errors
/// When neither is possible. The next run tries again.
pub fn recover(folder: &Folder) -> Result<Option<Diagnostic>, Refusal> {
    let stage = folder.path(STAGE);
    let cannot_remove = || refused("cannot be removed", &folder.shown(STAGE));
    let left = match fs::symlink_metadata(&stage) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refused("cannot be looked at", &folder.shown(STAGE))(error)),
        Ok(meta) if !meta.is_dir() => {
            return fs::remove_file(&stage).map(|()| None).map_err(cannot_remove());
        }
        Ok(_) => fs::read(stage.join(JOURNAL)).ok(),
    };
    // Without a whole journal, nothing was changed yet.
    let journal = left.and_then(|bytes| serde_json::from_slice::<Journal>(&bytes).ok());
    let told = journal.map(|journal| finish(folder, &journal)).transpose()?.flatten();
    fs::remove_dir_all(&stage).map_err(cannot_remove())?;
    Ok(told)
}

fn finish(folder: &Folder, journal: &Journal) -> Result<Option<Diagnostic>, Refusal> {
    if !journal.steps.iter().all(|step| is_plausible(folder, step)) {
        return Ok(None);
    }
    let mut to_do = Vec::new();
    for step in &journal.steps {
        // A file that has neither content was changed by somebody since, and stays.
        if state(folder, step)? == State::Old {
            to_do.push(step.clone());
        }
    }
    let rest = Journal { steps: to_do };
    let mut created = Vec::new();
    let words = match rest.take(folder, &mut created) {
        Ok(()) if rest.steps.is_empty() => return Ok(None),
        Ok(()) => "was completed",
        Err(_) => {
            undo(folder, journal)?;
            "was undone"
        }
    };
    rest.remove_empty_folders(folder);
    let message =
        format!("an earlier run was interrupted while it wrote to `{}`; it {words}", folder.name().display());
    Ok(Some(Diagnostic::notice(&RECOVERED, Span::NONE, message)))
}

/// Restores the old set.
fn undo(folder: &Folder, journal: &Journal) -> Result<(), Refusal> {
    for step in journal.steps.iter().rev() {
        if state(folder, step)? == State::New {
            step.back(folder)?;
        }
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Old,
    New,
    Other,
}

/// Which content a file has now.
fn state(folder: &Folder, step: &Step) -> Result<State, Refusal> {
    let now = match folder.present(&step.path)? {
        Present::Nothing => None,
        Present::File { content, .. } => Some(hash(&content)),
        Present::Special => return Ok(State::Other),
    };
    let is = |version: &Option<Version>| version.as_ref().map(|v| &v.sha256) == now.as_ref();
    Ok(match (is(&step.new), is(&step.old)) {
        (true, _) => State::New,
        (false, true) => State::Old,
        _ => State::Other,
    })
}

/// Whether jobc could have written this step: the folder may come from anybody.
fn is_plausible(folder: &Folder, step: &Step) -> bool {
    let is_output = step.path.starts_with(&format!("{JOBS}/"))
        || step.path == MANIFEST
        || DOCUMENTS.iter().any(|(_, path)| step.path == *path);
    let staged = [&step.new, &step.old].into_iter().flatten().all(|version| {
        let file = folder.path(STAGE).join(&version.staged);
        let is_name = !version.staged.is_empty() && version.staged.bytes().all(|b| b.is_ascii_digit());
        // Those that were moved already are not there.
        is_name && fs::symlink_metadata(file).map_or(true, |meta| meta.is_file())
    });
    stays_inside(&step.path) && is_output && staged
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests read the files that they wrote")]
mod tests {
    use std::path::Path;

    use super::*;

    /// A folder in which a run was killed after its first step: `a` is new, `b` and `c` are not yet, `d` is changed.
    fn interrupted() -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        fs::create_dir_all(folder.path("jobs/w")).unwrap();
        fs::create_dir(folder.path(STAGE)).unwrap();
        let write = |path: &str, text: &str| fs::write(folder.path(path), text).unwrap();
        let mut steps = Vec::new();
        let files = [("a", Some("new a"), "new a"), ("b", Some("new b"), "old b"), ("c", None, "old c")];
        for (name, new, now) in files.into_iter().chain([("d", Some("new d"), "edited")]) {
            let path = format!("jobs/w/{name}");
            write(&path, now);
            let mut version = |text: &str| {
                let staged = format!("{}{}", steps.len(), u8::from(text.starts_with("old")));
                if text != now || text.starts_with("old") {
                    write(&format!("{STAGE}/{staged}"), text);
                }
                Version { staged, sha256: hash(text.as_bytes()) }
            };
            let (new, old) = (new.map(&mut version), version(&format!("old {name}")));
            steps.push(Step { path, new, old: Some(old) });
        }
        let journal = serde_json::to_vec(&Journal { steps }).unwrap();
        fs::write(folder.path(STAGE).join(JOURNAL), journal).unwrap();
        (dir, folder)
    }

    fn left(dir: &Path) -> Vec<Option<String>> {
        ["a", "b", "c", "d"].map(|name| fs::read_to_string(dir.join("jobs/w").join(name)).ok()).to_vec()
    }

    fn texts(texts: [&str; 4]) -> Vec<Option<String>> {
        texts.map(|text| (!text.is_empty()).then(|| text.to_owned())).to_vec()
    }

    #[test]
    fn a_run_that_was_killed_is_completed() {
        let (dir, folder) = interrupted();
        let told = recover(&folder).unwrap().unwrap();
        assert!(told.message.ends_with("it was completed"), "{told:?}");
        assert_eq!(left(dir.path()), texts(["new a", "new b", "", "edited"]));
        assert!(!folder.path(STAGE).exists());
        assert_eq!(recover(&folder).unwrap(), None);
    }

    #[test]
    fn a_run_that_cannot_be_completed_is_undone() {
        let (dir, folder) = interrupted();
        // The new content of `b` is gone.
        fs::remove_file(folder.path(STAGE).join("10")).unwrap();
        let told = recover(&folder).unwrap().unwrap();
        assert!(told.message.ends_with("it was undone"), "{told:?}");
        assert_eq!(left(dir.path()), texts(["old a", "old b", "old c", "edited"]));
    }

    #[test]
    fn a_journal_that_is_not_whole_changes_nothing() {
        let (dir, folder) = interrupted();
        let journal = folder.path(STAGE).join(JOURNAL);
        let text = fs::read_to_string(&journal).unwrap();
        fs::write(&journal, &text[..text.len() / 2]).unwrap();
        assert_eq!(recover(&folder).unwrap(), None);
        assert_eq!(left(dir.path()), texts(["new a", "old b", "old c", "edited"]));
        assert!(!folder.path(STAGE).exists());
    }

    #[test]
    fn a_journal_that_jobc_would_not_write_changes_nothing() {
        for (from, to) in [("jobs/w/b", "jobs/../b"), ("jobs/w/b", "other/b"), ("\"10\"", "\"../x\"")] {
            let (dir, folder) = interrupted();
            let journal = folder.path(STAGE).join(JOURNAL);
            let text = fs::read_to_string(&journal).unwrap();
            assert!(text.contains(from));
            fs::write(&journal, text.replace(from, to)).unwrap();
            assert_eq!(recover(&folder).unwrap(), None);
            assert_eq!(left(dir.path()), texts(["new a", "old b", "old c", "edited"]));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_stage_is_removed_and_not_followed() {
        let (dir, folder) = interrupted();
        let elsewhere = dir.path().join("elsewhere");
        fs::rename(folder.path(STAGE), &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.path(STAGE)).unwrap();
        assert_eq!(recover(&folder).unwrap(), None);
        assert!(elsewhere.join(JOURNAL).exists() && !folder.path(STAGE).exists());
        assert_eq!(left(dir.path()), texts(["new a", "old b", "old c", "edited"]));
    }
}
