//! Included files as a thread has them, with their functions. Each evaluation of a file would make these anew: a thread
//! makes them once for all the files of a run that it compiles. Nor does it ask again for what all threads share, which
//! only one of them can at a time.

use std::cell::RefCell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::cache::{ModuleCache, Parsed, WeakModuleCache};
use super::frame::Code;
use super::layout::FunctionId;
use crate::template::value::Value;

/// Included files whose functions a thread keeps.
const MOST_LIBRARIES: usize = 256;

/// An included file by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LibraryId(usize);

/// A file, and those of its functions that have been made. The functions hold the file, but not the other way around.
struct Library {
    code: Rc<Code>,
    /// Each with the number of the evaluation that had it last.
    functions: Vec<Option<(Value, u64)>>,
}

#[derive(Default)]
struct Libraries {
    /// The cache that the files are from.
    cache: WeakModuleCache,
    /// Evaluations so far.
    evaluations: u64,
    all: Vec<Library>,
    /// Their numbers, by their paths as they are written, which is faster to hash than their parts.
    numbers: FxHashMap<OsString, usize>,
}

thread_local! {
    static LIBRARIES: RefCell<Libraries> = RefCell::default();
}

/// Begins an evaluation with the files of a cache. Those of another cache are let go of.
pub(super) fn begin(cache: &ModuleCache) {
    LIBRARIES.with_borrow_mut(|libraries| {
        libraries.evaluations += 1;
        if !libraries.cache.is(cache) || libraries.all.len() >= MOST_LIBRARIES {
            libraries.cache = cache.downgrade();
            libraries.all.clear();
            libraries.numbers.clear();
        }
    });
}

/// A file that the thread has included before.
pub(super) fn known(path: &Path) -> Option<Rc<Code>> {
    LIBRARIES.with_borrow(|libraries| {
        let number = libraries.numbers.get(path.as_os_str())?;
        Some(libraries.all[*number].code.clone())
    })
}

/// A file that the thread includes for the first time.
pub(super) fn included(parsed: Arc<Parsed>, path: PathBuf) -> Rc<Code> {
    LIBRARIES.with_borrow_mut(|libraries| {
        let number = libraries.all.len();
        let library = (number < MOST_LIBRARIES).then_some(LibraryId(number));
        let code = Rc::new(Code { parsed, path, library });
        if library.is_some() {
            libraries.numbers.insert(code.path.clone().into_os_string(), number);
            libraries.all.push(Library { code: code.clone(), functions: Vec::new() });
        }
        code
    })
}

/// A function of an included file that is the same whenever it is made. One evaluation has it once; where its `def` runs
/// again, that is another function.
pub(super) fn function(library: LibraryId, id: FunctionId, make: impl FnOnce() -> Value) -> Value {
    LIBRARIES.with_borrow_mut(|libraries| {
        let evaluation = libraries.evaluations;
        let Some(library) = libraries.all.get_mut(library.0) else { return make() };
        let functions = &mut library.functions;
        if functions.len() <= id.0 {
            functions.resize(id.0 + 1, None);
        }
        match &mut functions[id.0] {
            Some((_, last)) if *last == evaluation => make(),
            Some((function, last)) => {
                *last = evaluation;
                function.clone()
            }
            unknown => unknown.insert((make(), evaluation)).0.clone(),
        }
    })
}
