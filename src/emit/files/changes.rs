//! What a run changes: each output is compared with what is there, and with what jobc wrote there.

use std::fs::Metadata;
use std::path::PathBuf;

use super::Report;
use super::folder::{Folder, Present};
use super::manifest::{Manifest, Record, hash};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::NOT_OURS;
use crate::emit::outputs::Refusal;
use crate::source::Span;

/// One file that changes.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) path: String,
    /// What it will hold; nothing if it is removed.
    pub(super) new: Option<Vec<u8>>,
    /// What it holds.
    pub(super) old: Option<(Vec<u8>, Metadata)>,
}

/// The changes of a run, as far as they are known.
#[derive(Debug)]
pub(super) struct Changes<'a> {
    pub(super) folder: &'a Folder,
    /// What was written earlier.
    old: &'a Manifest,
    /// What will have been written.
    pub(super) new: Manifest,
    /// Whether files that are not jobc's are taken over.
    force: bool,
    pub(super) changes: Vec<Change>,
    pub(super) report: Report,
    pub(super) refusals: Vec<Diagnostic>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(folder: &'a Folder, old: &'a Manifest, force: bool) -> Changes<'a> {
        Changes {
            folder,
            old,
            new: old.clone(),
            force,
            changes: Vec::new(),
            report: Report::default(),
            refusals: Vec::new(),
        }
    }

    /// Has an output hold something. The hash of the record is filled in here.
    ///
    /// # Errors
    /// When the operating system refuses to say what is there.
    pub(super) fn put(&mut self, path: &str, record: Record, content: Vec<u8>) -> Result<(), Refusal> {
        let sha256 = hash(&content);
        self.new.outputs.insert(path.to_owned(), Record { sha256, ..record });
        let Some(present) = self.look_at(path)? else { return Ok(()) };
        let old = match present {
            Present::File { content: old, .. } if old == content => {
                self.report.unchanged += 1;
                return Ok(());
            }
            Present::File { content: old, meta } => {
                if let Some(refusal) = self.refuse(path, &old, &meta) {
                    self.refusals.push(refusal);
                    return Ok(());
                }
                Some((old, meta))
            }
            Present::Nothing => None,
            Present::Special => {
                self.refusals
                    .push(self.folder.in_the_way(path, "is a link or a device, which jobc does not replace"));
                return Ok(());
            }
        };
        self.report.written.push(PathBuf::from(path));
        self.changes.push(Change { path: path.to_owned(), new: Some(content), old });
        Ok(())
    }

    /// Removes an output that was written earlier. Gives whether there is anything to remove.
    ///
    /// # Errors
    /// When the operating system refuses to say what is there.
    pub(super) fn remove(&mut self, path: &str) -> Result<bool, Refusal> {
        self.new.outputs.remove(path);
        match self.look_at(path)? {
            Some(Present::File { content, meta }) => {
                if let Some(refusal) = self.refuse(path, &content, &meta) {
                    self.refusals.push(refusal);
                    return Ok(false);
                }
                self.report.removed.push(PathBuf::from(path));
                self.changes.push(Change { path: path.to_owned(), new: None, old: Some((content, meta)) });
                Ok(true)
            }
            // Whoever put a link there has removed what jobc wrote.
            _ => Ok(false),
        }
    }

    /// What lies at a path; nothing if that is an error in itself.
    fn look_at(&mut self, path: &str) -> Result<Option<Present>, Refusal> {
        match self.folder.present(path) {
            Ok(present) => Ok(Some(present)),
            Err(Refusal::Input(refusals)) => {
                self.refusals.extend(refusals);
                Ok(None)
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// Why a file that is there may be neither replaced nor removed.
    fn refuse(&self, path: &str, content: &[u8], meta: &Metadata) -> Option<Diagnostic> {
        if links(meta) > 1 {
            let why = "has other names (hard links), which would keep the old content";
            return Some(self.folder.in_the_way(path, why));
        }
        let known = self.old.outputs.get(path);
        if self.force || known.is_some_and(|record| record.sha256 == hash(content)) {
            return None;
        }
        let why = match known {
            Some(_) => "was changed since jobc wrote it",
            None => "was not written by jobc",
        };
        let message = format!("`{}` {why}", self.folder.shown(path).display());
        let help = "move it away, or replace it with --force";
        Some(Diagnostic::error(&NOT_OURS, Span::NONE, message).help(help))
    }
}

/// How many names a file has.
#[cfg(unix)]
fn links(meta: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(meta)
}

#[cfg(not(unix))]
fn links(_meta: &Metadata) -> u64 {
    1
}
