//! Which files are only parts of others.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

/// A file, as far as it matters here.
pub(super) struct Listed<'p> {
    pub(super) path: &'p Path,
    /// Whether it may be only a part: it was found in a folder and has no jobs.
    pub(super) may_be_part: bool,
    /// What was read for it, itself included.
    pub(super) reads: &'p [PathBuf],
}

/// For each file, whether it is only a part of others: it may be one, and another file includes it. Of files that include
/// each other, the first by name counts for itself.
pub(super) fn included(files: &[Listed<'_>]) -> Vec<bool> {
    let paths: Vec<PathBuf> = files.iter().map(|file| normal(file.path)).collect();
    let mut read_by_others = FxHashSet::default();
    let mut loose: FxHashMap<&OsStr, &[PathBuf]> = FxHashMap::default();
    for (file, own) in files.iter().zip(&paths) {
        if file.may_be_part {
            loose.insert(own.as_os_str(), file.reads);
        } else {
            let others = file.reads.iter().filter(|read| *read != own);
            read_by_others.extend(others.map(|read| read.as_os_str()));
        }
    }
    let mut included = FxHashSet::default();
    for (reader, reads) in &loose {
        if read_by_others.contains(reader) {
            included.insert(*reader);
        }
        for read in reads.iter().map(|read| read.as_os_str()).filter(|read| read != reader) {
            let Some(back) = loose.get(read) else { continue };
            let is_mutual = back.iter().any(|read| read.as_os_str() == *reader);
            if !is_mutual || *reader < read {
                included.insert(read);
            }
        }
    }
    paths.iter().map(|path| included.contains(path.as_os_str())).collect()
}

/// The path as the loader writes it.
fn normal(path: &Path) -> PathBuf {
    path.components().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    /// Files, each with whether it has a job and what it includes; gives those that are parts.
    fn parts<'f>(files: &[(&'f str, bool, &[&str])]) -> Vec<&'f str> {
        let reads = |(file, _, includes): &(&str, bool, &[&str])| -> Vec<PathBuf> {
            includes.iter().chain([file]).map(PathBuf::from).collect()
        };
        let reads: Vec<Vec<PathBuf>> = files.iter().map(reads).collect();
        let listed = files.iter().zip(&reads).map(|((file, has_job, _), reads)| Listed {
            path: Path::new(file),
            may_be_part: !has_job,
            reads,
        });
        let included = included(&listed.collect::<Vec<_>>());
        files.iter().zip(included).filter(|(_, included)| *included).map(|((file, ..), _)| *file).collect()
    }

    #[test]
    fn a_file_is_a_part_of_one_that_counts() {
        let files: &[(&str, bool, &[&str])] =
            &[("a", true, &["lib"]), ("b", true, &["c"]), ("c", true, &[]), ("lib", false, &[])];
        assert_eq!(parts(files), ["lib"]);
        assert_eq!(
            parts(&[("a", false, &["b", "c"]), ("b", false, &["c"]), ("c", false, &[]), ("d", false, &[])]),
            ["b", "c"]
        );
    }

    #[test]
    fn of_files_that_include_each_other_one_counts() {
        assert_eq!(parts(&[("a", false, &["b"]), ("b", false, &["a"])]), ["b"]);
        assert_eq!(
            parts(&[("a", false, &["b", "c"]), ("b", false, &["c", "a"]), ("c", false, &["b", "a"])]),
            ["b", "c"]
        );
        assert_eq!(
            parts(&[("a", false, &["b"]), ("b", false, &["a"]), ("c", false, &["a", "b"])]),
            ["a", "b"]
        );
        assert_eq!(
            parts(&[("a", false, &["b"]), ("b", false, &["a"]), ("c", true, &["a", "b"])]),
            ["a", "b"]
        );
        assert_eq!(parts(&[("a", false, &["a"])]), [""; 0]);
    }
}
