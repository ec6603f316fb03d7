//! ParsedFile files, shared by all entry files of a run so that a library is parsed once.

use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use rustc_hash::FxHashMap;

use super::ast::{Future, Module};
use super::frames::{FrameLayouts, layouts};
use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Found, LoadError, Loader, Read, SourceFile, SourceMap};

/// A parsed file.
#[derive(Debug)]
pub struct ParsedFile {
    /// The statements that could be parsed.
    pub module: Module,
    /// Where the names of its functions live.
    pub layouts: FrameLayouts,
    /// What is wrong with the rest.
    pub diagnostics: Vec<Diagnostic>,
    /// The path to show to the user.
    pub name: String,
}

impl Default for ParsedFile {
    fn default() -> ParsedFile {
        let module = Module { file: FileId::NONE, body: Vec::new(), future: Future::default() };
        ParsedFile { module, layouts: FrameLayouts::default(), diagnostics: Vec::new(), name: String::new() }
    }
}

/// What is known of a file.
#[derive(Debug, Default)]
struct CachedFile {
    /// Its text, which is read once.
    file: OnceLock<FileId>,
    parsed: OnceLock<Arc<ParsedFile>>,
}

impl CachedFile {
    fn parsed(&self, read: Read, sources: &SourceMap, max_nesting: usize) -> Arc<ParsedFile> {
        let parsed = self.parsed.get_or_init(|| {
            let Read { name, path, text } = read;
            let add = || sources.add(SourceFile::new(name.clone(), Some(&path), text));
            let file = *self.file.get_or_init(add);
            Arc::new(parse(file, name, sources, max_nesting))
        });
        parsed.clone()
    }
}

/// Who wants a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// The run itself, which compiles it.
    Run,
    /// Another file, which includes it.
    Include,
}

#[derive(Debug, Default)]
struct Known {
    entry: Arc<CachedFile>,
    is_included: bool,
}

impl Known {
    fn wanted(&mut self, by: Reader) -> &Arc<CachedFile> {
        self.is_included |= by == Reader::Include;
        &self.entry
    }
}

/// The files parsed so far, by normalised path. Cloning shares the cache; it may be used from several threads.
#[derive(Debug, Clone, Default)]
pub struct ModuleCache {
    files: Arc<Mutex<FxHashMap<OsString, Known>>>,
}

impl ModuleCache {
    /// An empty cache.
    pub fn new() -> ModuleCache {
        ModuleCache::default()
    }

    /// Loads and parses a file that was found, or gives what an earlier call parsed.
    pub fn load(
        &self,
        found: Found,
        loader: &dyn Loader,
        sources: &SourceMap,
        max_nesting: usize,
    ) -> Result<Arc<ParsedFile>, LoadError> {
        if let Some(parsed) = self.known(&found.path) {
            return Ok(parsed);
        }
        let read = loader.read(found)?;
        let entry = self.entry(&read.path, Reader::Include);
        Ok(entry.parsed(read, sources, max_nesting))
    }

    /// What an earlier call has parsed of a file that is included now.
    fn known(&self, path: &Path) -> Option<Arc<ParsedFile>> {
        self.files().get_mut(path.as_os_str())?.wanted(Reader::Include).parsed.get().cloned()
    }

    /// Parses a string that the run compiles, or gives what an earlier call parsed for its path.
    pub fn parse(&self, read: Read, sources: &SourceMap, max_nesting: usize) -> Arc<ParsedFile> {
        self.entry(&read.path, Reader::Run).parsed(read, sources, max_nesting)
    }

    /// Frees the tree of a file that has been compiled and that no other file has included so far. Should one do so later,
    /// the same text is parsed again.
    pub fn release(&self, path: &Path) {
        if let Some(known) = self.files().get_mut(path.as_os_str())
            && !known.is_included
        {
            let file = known.entry.file.clone();
            known.entry = Arc::new(CachedFile { file, parsed: OnceLock::new() });
        }
    }

    /// What is known of a file. The lock is not held while parsing: other files can be parsed at the same time.
    fn entry(&self, path: &Path, by: Reader) -> Arc<CachedFile> {
        let mut files = self.files();
        match files.get_mut(path.as_os_str()) {
            Some(known) => known.wanted(by).clone(),
            None => files.entry(path.into()).or_default().wanted(by).clone(),
        }
    }

    fn files(&self) -> MutexGuard<'_, FxHashMap<OsString, Known>> {
        self.files.lock().unwrap_or_else(|e| e.into_inner())
    }
}

fn parse(file: FileId, name: String, sources: &SourceMap, max_nesting: usize) -> ParsedFile {
    let text = sources.get(file);
    let text = text.as_ref().map_or("", |f| f.text.as_str());
    let parsed = super::parse(file, text, max_nesting);
    let layouts = layouts(&parsed.module);
    ParsedFile { module: parsed.module, layouts, diagnostics: parsed.diagnostics, name }
}

#[cfg(test)]
mod tests {
    use std::sync::Weak;

    use super::*;
    use crate::source::MemoryLoader;

    const NESTING: usize = 100;

    struct Run {
        loader: MemoryLoader,
        sources: SourceMap,
        cache: ModuleCache,
    }

    impl Run {
        fn new() -> Run {
            let loader =
                MemoryLoader::new([("job.aurora", "include('lib.aurora')\n"), ("lib.aurora", "a = 1\n")]);
            Run { loader, sources: SourceMap::new(), cache: ModuleCache::new() }
        }

        fn compiled(&self, name: &str) -> Arc<ParsedFile> {
            self.cache.parse(self.loader.load(None, name).unwrap(), &self.sources, NESTING)
        }

        fn included(&self, name: &str) -> Arc<ParsedFile> {
            let found = self.loader.find(None, name).unwrap();
            self.cache.load(found, &self.loader, &self.sources, NESTING).unwrap()
        }
    }

    #[test]
    fn a_library_is_parsed_once() {
        let run = Run::new();
        let first = run.included("lib.aurora");
        run.cache.release(Path::new("lib.aurora"));
        assert!(Arc::ptr_eq(&first, &run.included("lib.aurora")));
        assert!(Arc::ptr_eq(&first, &run.compiled("lib.aurora")));
    }

    #[test]
    fn the_tree_of_a_released_file_is_freed() {
        let run = Run::new();
        let tree: Weak<ParsedFile> = Arc::downgrade(&run.compiled("job.aurora"));
        assert!(tree.upgrade().is_some());
        run.cache.release(Path::new("job.aurora"));
        assert!(tree.upgrade().is_none());
    }

    #[test]
    fn a_released_file_may_be_included_and_stays_the_same_file() {
        let run = Run::new();
        let first = run.compiled("job.aurora").module.file;
        run.cache.release(Path::new("job.aurora"));
        let again = run.included("job.aurora");
        assert_eq!(again.module.file, first);
        assert_eq!(again.module.body.len(), 1);
        assert_eq!(again.name, "job.aurora");
        assert!(run.sources.get(FileId(first.0 + 1)).is_none());
    }
}
