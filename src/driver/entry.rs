//! Reading the entry file, and recording the reads of one compile.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::diagnostics::codes::files::UNREADABLE;
use crate::diagnostics::{Diagnostic, nearest};
use crate::source::{LoadError, Loader, Read, Span};

/// A loader that records what is read through it and leaves the rest to another.
pub(super) struct Recorder {
    inner: Arc<dyn Loader>,
    reads: Mutex<Vec<PathBuf>>,
}

impl Recorder {
    /// Records nothing yet.
    pub(super) fn new(inner: Arc<dyn Loader>) -> Recorder {
        Recorder { inner, reads: Mutex::new(Vec::new()) }
    }
}

impl Loader for Recorder {
    fn load(&self, from: Option<&Path>, name: &str) -> Result<Read, LoadError> {
        let read = self.inner.load(from, name)?;
        self.reads.lock().unwrap_or_else(|e| e.into_inner()).push(read.path.clone());
        Ok(read)
    }

    fn siblings(&self, from: Option<&Path>, name: &str) -> Vec<String> {
        self.inner.siblings(from, name)
    }

    fn reads(&self) -> Vec<PathBuf> {
        let mut reads = self.reads.lock().unwrap_or_else(|e| e.into_inner()).clone();
        reads.sort();
        reads.dedup();
        reads
    }
}

/// The error for an entry file that cannot be read.
pub(super) fn unreadable(loader: &dyn Loader, file: &str, error: &LoadError) -> Diagnostic {
    let d = Diagnostic::error(&UNREADABLE, Span::NONE, format!("cannot read {file}: {error}"));
    match error {
        LoadError::NotFound => {
            let names = loader.siblings(None, file);
            match nearest(file, names.iter().map(String::as_str)) {
                Some(near) => d.help(format!("did you mean {near}?")),
                None => d,
            }
        }
        LoadError::TooLarge { .. } => d.help("raise the budget with --max-source-bytes if this is meant"),
        LoadError::NotUtf8 { .. } => d.help("save the file as UTF-8"),
        LoadError::OutsideRoot { .. } => d.help("name a directory that holds all files with --root"),
        _ => d,
    }
}
