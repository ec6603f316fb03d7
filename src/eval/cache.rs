//! Parsed files, shared by all entry files of a run so that a library is parsed once.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use rustc_hash::FxHashMap;

use super::layout::{Layouts, layouts};
use crate::diagnostics::Diagnostic;
use crate::source::{FileId, LoadError, Loader, Read, SourceFile, SourceMap};
use crate::syntax;
use crate::syntax::ast::{Future, Module};

/// A parsed file.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The statements that could be parsed.
    pub module: Module,
    /// Where the names of its functions live.
    pub layouts: Layouts,
    /// What is wrong with the rest.
    pub diagnostics: Vec<Diagnostic>,
    /// The path to show to the user.
    pub name: String,
}

impl Default for Parsed {
    fn default() -> Parsed {
        let module = Module { file: FileId::NONE, body: Vec::new(), future: Future::default() };
        Parsed { module, layouts: Layouts::default(), diagnostics: Vec::new(), name: String::new() }
    }
}

type Entry = Arc<OnceLock<Arc<Parsed>>>;

/// The files parsed so far, by normalised path. Cloning shares the cache; it may be used from several threads.
#[derive(Debug, Clone, Default)]
pub struct ModuleCache {
    files: Arc<Mutex<FxHashMap<OsString, Entry>>>,
}

impl ModuleCache {
    /// An empty cache.
    pub fn new() -> ModuleCache {
        ModuleCache::default()
    }

    /// Loads and parses a file, or gives what an earlier call parsed. The file is found again each time, so that the
    /// loader checks and records the read for every entry file.
    pub(super) fn load(
        &self,
        loader: &dyn Loader,
        sources: &SourceMap,
        from: Option<&Path>,
        name: &str,
        max_nesting: usize,
    ) -> Result<(PathBuf, Arc<Parsed>), LoadError> {
        let found = loader.find(from, name)?;
        if let Some(parsed) = self.known(&found.path) {
            return Ok((found.path, parsed));
        }
        let read = loader.read(found)?;
        Ok((read.path.clone(), self.parse(read, sources, max_nesting)))
    }

    /// What an earlier call has parsed.
    fn known(&self, path: &Path) -> Option<Arc<Parsed>> {
        let files = self.files.lock().unwrap_or_else(|e| e.into_inner());
        files.get(path.as_os_str())?.get().cloned()
    }

    /// Parses a text, or gives what an earlier call parsed for its path.
    pub(super) fn parse(&self, read: Read, sources: &SourceMap, max_nesting: usize) -> Arc<Parsed> {
        let entry = self.entry(&read.path);
        entry.get_or_init(|| Arc::new(parse(read, sources, max_nesting))).clone()
    }

    /// What is known of a file. The lock is not held while parsing: other files can be parsed at the same time.
    fn entry(&self, path: &Path) -> Entry {
        let mut files = self.files.lock().unwrap_or_else(|e| e.into_inner());
        match files.get(path.as_os_str()) {
            Some(entry) => entry.clone(),
            None => files.entry(path.into()).or_default().clone(),
        }
    }
}

fn parse(read: Read, sources: &SourceMap, max_nesting: usize) -> Parsed {
    let file = sources.add(SourceFile::new(read.name.clone(), Some(&read.path), read.text));
    let text = sources.get(file);
    let text = text.as_ref().map_or("", |f| f.text.as_str());
    let parsed = syntax::parse(file, text, max_nesting);
    let layouts = layouts(&parsed.module);
    Parsed { module: parsed.module, layouts, diagnostics: parsed.diagnostics, name: read.name }
}
