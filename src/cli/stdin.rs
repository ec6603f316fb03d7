//! Standard input as a file: `-` on the command line.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jobc::source::{Found, LoadError, Loader, Read};

/// What stands for standard input where a file is named.
pub(crate) const DASH: &str = "-";

/// The text of standard input, and the name it goes by.
#[derive(Debug)]
pub(crate) struct StdinText {
    name: String,
    text: Result<String, LoadError>,
}

impl StdinText {
    /// Reads standard input, at most `limit` bytes of it.
    ///
    /// # Errors
    /// When reading fails.
    pub(crate) fn read(name: &str, limit: u64) -> std::io::Result<StdinText> {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        let size = bytes.len() as u64;
        let text = if size > limit {
            Err(LoadError::TooLarge { size, limit })
        } else {
            String::from_utf8(bytes).map_err(|e| LoadError::not_utf8(&e))
        };
        Ok(StdinText { name: name.to_string(), text })
    }
}

/// Gives the text of standard input for its name, and other files from another loader.
pub(crate) struct WithStdin {
    /// Where other files come from.
    pub(crate) files: Arc<dyn Loader>,
    /// The text.
    pub(crate) stdin: StdinText,
}

impl Loader for WithStdin {
    fn root(&self) -> &Path {
        self.files.root()
    }

    fn find(&self, from: Option<&Path>, name: &str) -> Result<Found, LoadError> {
        if from.is_some() || name != self.stdin.name {
            return self.files.find(from, name);
        }
        let size = self.stdin.text.as_ref().map_or(0, String::len) as u64;
        Ok(Found { path: PathBuf::from(name), size })
    }

    fn read(&self, found: Found) -> Result<Read, LoadError> {
        if *found.path != *self.stdin.name {
            return self.files.read(found);
        }
        let text = self.stdin.text.clone()?;
        Ok(Read { path: found.path, name: self.stdin.name.clone(), text })
    }

    fn siblings(&self, from: Option<&Path>, name: &str) -> Vec<String> {
        self.files.siblings(from, name)
    }
}
