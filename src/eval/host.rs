//! The options of a run, and the files it executes.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::frame::Code;
use crate::common::Cancel;
use crate::source::{FileId, Loader, MemoryLoader, SourceMap, Span};
use crate::syntax::ModuleCache;

/// The options of a run.
#[derive(Clone)]
pub(super) struct Host {
    pub loader: Arc<dyn Loader>,
    pub sources: SourceMap,
    pub cache: ModuleCache,
    pub user: String,
    pub environment: BTreeMap<String, String>,
    pub max_nesting: usize,
    pub cancel: Option<Cancel>,
}

impl Default for Host {
    fn default() -> Host {
        Host {
            loader: Arc::new(MemoryLoader::default()),
            sources: SourceMap::new(),
            cache: ModuleCache::new(),
            user: String::new(),
            environment: BTreeMap::new(),
            max_nesting: 100,
            cancel: None,
        }
    }
}

/// A file that runs now.
#[derive(Debug, Clone)]
pub(super) struct Executing {
    /// The file.
    pub code: Rc<Code>,
    /// The include() that runs it; [`Span::NONE`] for the entry file.
    pub included_at: Span,
}

/// A file that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Included {
    /// The file.
    pub file: FileId,
    /// The include() that ran it; [`Span::NONE`] for the entry file.
    pub at: Span,
}
