//! Open buffers over the disk: a file that is open is what the editor shows, saved or not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::Uri;

use crate::source::{Found, LoadError, Loader, Read, resolved};

/// The open buffers by path. Cloning shares them.
pub(super) type Buffers = Arc<BTreeMap<PathBuf, Buffer>>;

/// An open buffer.
#[derive(Debug, Clone)]
pub(super) struct Buffer {
    /// What the client calls it.
    pub(super) uri: Uri,
    /// What it holds.
    pub(super) text: Arc<str>,
}

/// Gives open buffers, and other files from another loader, which also says what may be read at all.
pub(super) struct Overlay {
    /// Where other files come from.
    pub(super) files: Arc<dyn Loader>,
    /// The open buffers.
    pub(super) buffers: Buffers,
}

impl Loader for Overlay {
    fn root(&self) -> &Path {
        self.files.root()
    }

    fn find(&self, from: Option<&Path>, name: &str) -> Result<Found, LoadError> {
        let path = match self.files.find(from, name) {
            Ok(found) if !self.buffers.contains_key(&found.path) => return Ok(found),
            Ok(found) => found.path,
            // A buffer that was never saved.
            Err(LoadError::NotFound) => resolved(from, name),
            Err(error) => return Err(error),
        };
        let buffer = self.buffers.get(&path).ok_or(LoadError::NotFound)?;
        Ok(Found { size: buffer.text.len() as u64, path })
    }

    fn read(&self, found: Found) -> Result<Read, LoadError> {
        match self.buffers.get(&found.path) {
            Some(buffer) => Ok(Read {
                name: found.path.display().to_string(),
                path: found.path,
                text: buffer.text.to_string(),
            }),
            None => self.files.read(found),
        }
    }

    fn siblings(&self, from: Option<&Path>, name: &str) -> Vec<String> {
        self.files.siblings(from, name)
    }
}
