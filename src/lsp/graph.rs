//! Who includes whom in the folders of the workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::analysis::Task;
use super::host::Host;
use super::includes::includes;
use super::overlay::Overlay;
use crate::source::{FileId, Loader as _, resolved};
use crate::syntax;

/// How deep brackets, blocks and operators may nest.
const MAX_NESTING: usize = 200;

/// The files that include a file, by that file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Graph(BTreeMap<PathBuf, BTreeSet<PathBuf>>);

impl Graph {
    /// Reads the job files of the folders. `task` says what is open and set.
    pub(super) fn build(task: &Task, folders: &[PathBuf], host: &dyn Host) -> Graph {
        let mut graph = Graph::default();
        let disk = host.look(&task.settings);
        for folder in folders {
            for file in disk.job_files(folder) {
                let files = disk.session(&file, Some(folder)).session.loader.clone();
                let loader = Overlay { files, buffers: task.buffers.clone() };
                let Ok(read) = loader.load(None, &file.to_string_lossy()) else { continue };
                // Most files of a folder include something; few are large.
                if read.text.contains("include") {
                    let parsed = syntax::parse(FileId::NONE, &read.text, MAX_NESTING);
                    for include in includes(&parsed.module) {
                        let target = resolved(Some(&read.path), &include.name);
                        graph.0.entry(target).or_default().insert(read.path.clone());
                    }
                }
            }
        }
        graph
    }

    /// The files that include a file, themselves or by others, and are not included: those that may be compiled.
    pub(super) fn includers(&self, path: &Path) -> Vec<PathBuf> {
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<&Path> = vec![path];
        let mut top = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            if !seen.insert(next) {
                continue;
            }
            match self.0.get(next) {
                Some(includers) => waiting.extend(includers.iter().map(PathBuf::as_path)),
                None => drop(top.insert(next.to_path_buf())),
            }
        }
        top.remove(path);
        top.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn includers_are_the_files_that_may_be_compiled() {
        let mut graph = Graph::default();
        for (file, includer) in [("base", "mid"), ("mid", "job"), ("base", "other"), ("loop", "loop")] {
            graph.0.entry(file.into()).or_default().insert(includer.into());
        }
        let found = |path: &str| graph.includers(Path::new(path));
        assert_eq!(found("base"), [PathBuf::from("job"), PathBuf::from("other")]);
        assert_eq!(found("mid"), [PathBuf::from("job")]);
        assert!(found("job").is_empty() && found("loop").is_empty());
    }
}
