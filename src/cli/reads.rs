//! Which files a run has read.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

/// The files that were read, each with whether another file than itself was compiled with it.
#[derive(Debug, Default)]
pub(crate) struct Reads(FxHashMap<OsString, bool>);

impl Reads {
    /// Adds what was read for an entry.
    pub(crate) fn add(&mut self, entry: &str, reads: Vec<PathBuf>) {
        for read in reads {
            let read = read.into_os_string();
            match self.0.get_mut(&read) {
                Some(true) => {}
                Some(for_others) => *for_others = Path::new(&read) != Path::new(entry),
                None => {
                    let for_others = Path::new(&read) != Path::new(entry);
                    self.0.insert(read, for_others);
                }
            }
        }
    }

    /// Adds those of other entries.
    pub(crate) fn merge(&mut self, others: Reads) {
        self.0.reserve(others.0.len());
        for (read, for_others) in others.0 {
            *self.0.entry(read).or_default() |= for_others;
        }
    }

    /// Whether another file than this one was compiled with it. Paths are written as the loader writes them.
    pub(crate) fn is_part(&self, path: &Path) -> bool {
        self.0.get(path.as_os_str()).copied().unwrap_or_default()
    }

    /// All of them, sorted.
    pub(crate) fn all(&self) -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> = self.0.keys().map(PathBuf::from).collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_part_where_another_was_compiled_with_it() {
        let mut reads = Reads::default();
        reads.add("a", vec!["a".into(), "lib".into()]);
        reads.add("lib", vec!["lib".into()]);
        let mut others = Reads::default();
        others.add("b", vec!["b".into(), "c".into()]);
        others.add("c", vec!["c".into()]);
        reads.merge(others);
        let parts = ["a", "b", "c", "lib", "x"].map(|path| reads.is_part(Path::new(path)));
        assert_eq!(parts, [false, false, true, true, false]);
        assert_eq!(reads.all(), ["a", "b", "c", "lib"].map(PathBuf::from));
    }
}
