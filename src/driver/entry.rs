//! Reading the entry file, and recording the reads of one compile.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::diagnostics::codes::output::CANNOT_READ;
use crate::diagnostics::{Diagnostic, nearest};
use crate::source::{Found, LoadError, Loader, Read, SourceFile, SourceMap, Span, resolved};

/// A loader that records what is looked for through it and leaves the rest to another.
pub(super) struct Recorder {
    inner: Arc<dyn Loader>,
    reads: Mutex<Vec<PathBuf>>,
}

impl Recorder {
    /// Records nothing yet.
    pub(super) fn new(inner: Arc<dyn Loader>) -> Recorder {
        Recorder { inner, reads: Mutex::new(Vec::new()) }
    }

    /// Every file found or missed so far, sorted, without duplicates. From now on, others are recorded.
    pub(super) fn take_reads(&self) -> Vec<PathBuf> {
        let mut reads = std::mem::take(&mut *self.reads.lock().unwrap_or_else(|e| e.into_inner()));
        reads.sort_unstable();
        reads.dedup();
        reads
    }
}

impl Loader for Recorder {
    fn root(&self) -> &Path {
        self.inner.root()
    }

    fn find(&self, from: Option<&Path>, name: &str) -> Result<Found, LoadError> {
        let found = self.inner.find(from, name);
        let path = match &found {
            Ok(found) => found.path.clone(),
            // What the file describes may change when there is such a file.
            Err(LoadError::NotFound) => resolved(from, name),
            Err(_) => return found,
        };
        self.reads.lock().unwrap_or_else(|e| e.into_inner()).push(path);
        found
    }

    fn read(&self, found: Found) -> Result<Read, LoadError> {
        self.inner.read(found)
    }

    fn siblings(&self, from: Option<&Path>, name: &str) -> Vec<String> {
        self.inner.siblings(from, name)
    }
}

/// The error for an entry file that cannot be read. The file becomes a source as far as it is known, so that the error
/// has a place there.
pub(super) fn unreadable(
    loader: &dyn Loader,
    sources: &SourceMap,
    file: &str,
    error: LoadError,
) -> Diagnostic {
    let message = format!("`{file}` cannot be read: {error}");
    let mut d = Diagnostic::error(&CANNOT_READ, Span::NONE, message);
    d.help.extend(error.advice());
    let known = |text: String| {
        let (start, end) = (text.trim_end_matches('\u{fffd}').len(), text.len());
        Span::new(sources.add(SourceFile::new(file, None, text)), start, end)
    };
    match error {
        LoadError::NotFound => {
            let names = loader.siblings(None, file);
            match nearest(file, names.iter().map(String::as_str)) {
                Some(near) => d.help(format!("did you mean `{near}`?")),
                None => d,
            }
        }
        LoadError::TooLarge { .. } => {
            d.at(known(String::new())).help("raise the budget with --max-source-bytes if this is meant")
        }
        LoadError::NotUtf8 { before, .. } => {
            d.at(known(before + "\u{fffd}")).here("this byte is not text").help("save the file as UTF-8")
        }
        LoadError::OutsideRoot { .. } => d,
        LoadError::NotAFile | LoadError::Io(_) => d.at(known(String::new())),
    }
}
