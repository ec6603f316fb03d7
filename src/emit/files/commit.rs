//! Putting a set in place.

use std::path::{Path, PathBuf};

use super::changes::{Change, Changes};
use super::folder::{Folder, Present};
use super::journal::{Journal, Step, Stopped, Version};
use super::manifest::{MANIFEST, hash};
use super::stage::{Replaced, STAGE, Stage};
use super::{Report, refused};
use crate::diagnostics::Diagnostic;
use crate::emit::outputs::Refusal;

/// A set that can be put in place.
#[derive(Debug)]
pub struct Prepared<'f> {
    folder: &'f Folder,
    changes: Vec<Change>,
    /// The manifest of the new set.
    manifest: Vec<u8>,
    first: PathBuf,
    /// Every output of the folder, before the run or after it.
    outputs: Vec<PathBuf>,
    report: Report,
    notices: Vec<Diagnostic>,
    sync: bool,
}

impl<'f> Prepared<'f> {
    pub(super) fn new(
        folder: &'f Folder,
        first: PathBuf,
        changes: Changes<'_>,
        notices: Vec<Diagnostic>,
        sync: bool,
    ) -> Prepared<'f> {
        let Changes { new, changes, report, .. } = changes;
        let manifest = new.bytes();
        let outputs = new.outputs.into_keys().map(PathBuf::from).chain(report.removed.clone()).collect();
        Prepared { folder, changes, manifest, first, outputs, report, notices, sync }
    }

    /// A file that is there after the run, whatever it writes: the first of the set, or else the manifest.
    pub fn first(&self) -> &Path {
        &self.first
    }

    /// Whether a file, by its path without links, is an output or one in which jobc keeps its records.
    pub fn owns(&self, file: &Path) -> bool {
        let is_record = [MANIFEST, STAGE].iter().any(|path| file.starts_with(self.folder.path(path)));
        is_record || self.outputs.iter().any(|path| file == self.folder.path(path))
    }

    /// Puts the set in place. Gives what was done, and what is to be told about it.
    ///
    /// # Errors
    /// When the operating system refuses. The message says which set is there then.
    pub fn commit(mut self) -> Result<(Report, Vec<Diagnostic>), Refusal> {
        let (path, old) = (MANIFEST.to_owned(), self.folder.present(MANIFEST)?);
        let old = match old {
            Present::File { content, meta } => Some((content, meta)),
            _ => None,
        };
        if old.as_ref().is_none_or(|(content, _)| *content != self.manifest) {
            let new = Some(std::mem::take(&mut self.manifest));
            self.changes.push(Change { path, new, old });
        }
        if !self.changes.is_empty() {
            put_in_place(self.folder, &self.changes, self.sync)?;
        }
        Ok((self.report, self.notices))
    }
}

fn put_in_place(folder: &Folder, changes: &[Change], sync: bool) -> Result<(), Refusal> {
    if !folder.is_in_place() {
        let gone = std::io::ErrorKind::NotFound.into();
        return Err(refused("was removed or replaced while jobc ran; nothing was written", folder.name())(
            gone,
        ));
    }
    let mut stage = Stage::create(folder)?;
    let staged = stage_all(folder, changes, &mut stage).and_then(|journal| {
        if sync {
            stage.sync()?;
        }
        journal.write(&stage, sync).map_err(refused("cannot be written", &folder.shown(STAGE)))?;
        Ok(journal)
    });
    let journal = match staged {
        Ok(journal) => journal,
        Err(refusal) => {
            // The next run removes what cannot be removed now.
            let _ = stage.remove();
            return Err(still_old(folder, refusal));
        }
    };
    let mut created = Vec::new();
    if let Err(Stopped { at, why }) = journal.take(folder, &mut created) {
        return Err(match journal.take_back(folder, at, &created) {
            Ok(()) => {
                let _ = stage.remove();
                still_old(folder, why)
            }
            Err(_) => mixed(folder, why),
        });
    }
    journal.remove_empty_folders(folder);
    // The new set is in place: what fails from here on is put right by the next run.
    if !sync || journal.sync(folder).is_ok() {
        let _ = stage.remove();
    }
    Ok(())
}

fn stage_all(folder: &Folder, changes: &[Change], stage: &mut Stage) -> Result<Journal, Refusal> {
    let mut journal = Journal::default();
    for change in changes {
        let (place, shown) = (folder.path(&change.path), folder.shown(&change.path));
        let replaced = change.old.as_ref().map(|(_, meta)| Replaced { place: &place, shown: &shown, meta });
        let new = change.new.as_ref().map(|content| {
            let staged = stage.put(content, replaced.as_ref())?;
            Ok::<_, Refusal>(Version { staged, sha256: hash(content) })
        });
        let new = new.transpose()?;
        let old = change.old.as_ref().zip(replaced.as_ref()).map(|((content, _), replaced)| {
            let staged = stage.keep(replaced)?;
            Ok::<_, Refusal>(Version { staged, sha256: hash(content) })
        });
        journal.steps.push(Step { path: change.path.clone(), new, old: old.transpose()? });
    }
    Ok(journal)
}

/// Says that nothing has changed.
fn still_old(folder: &Folder, refusal: Refusal) -> Refusal {
    let name = folder.name().display();
    with_words(refusal, &format!("; `{name}` holds the old set"))
}

/// Says that the next run has to put the folder right.
fn mixed(folder: &Folder, refusal: Refusal) -> Refusal {
    let name = folder.name().display();
    with_words(
        refusal,
        &format!("; `{name}` holds some new files, and the next run completes or undoes them"),
    )
}

fn with_words(refusal: Refusal, words: &str) -> Refusal {
    match refusal {
        Refusal::Io { what, error } => Refusal::Io { what: what + words, error },
        other => other,
    }
}
