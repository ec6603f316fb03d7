//! Which files a run has read, and which of them are only parts of others.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::walk::Entry;

/// The files that were read.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    /// Each with whether another file was compiled with it that counts for itself.
    files: FxHashMap<OsString, bool>,
    /// What was read for the files that perhaps do not: those that were found in a directory and have no jobs. Sorted.
    loose: FxHashMap<OsString, Vec<PathBuf>>,
}

impl Reads {
    /// Adds what was read for an entry that has so many jobs.
    pub(crate) fn add(&mut self, entry: &Entry, jobs: usize, mut reads: Vec<PathBuf>) {
        let own = path_of(entry);
        let counts = entry.below.is_none() || jobs > 0;
        let mut add = |read: OsString| {
            let for_others = counts && read != own;
            *self.files.entry(read).or_default() |= for_others;
        };
        if counts {
            reads.into_iter().for_each(|read| add(read.into_os_string()));
        } else {
            reads.iter().for_each(|read| add(read.clone().into_os_string()));
            reads.sort_unstable();
            self.loose.insert(own, reads);
        }
    }

    /// Adds those of other entries.
    pub(crate) fn merge(&mut self, others: Reads) {
        self.files.reserve(others.files.len());
        for (read, for_others) in others.files {
            *self.files.entry(read).or_default() |= for_others;
        }
        self.loose.extend(others.loose);
    }

    /// The files without jobs that are parts of others: they were checked there, with the names that they find there. Of
    /// files that include each other, the first by name counts for itself.
    pub(crate) fn parts(&self) -> Parts<'_> {
        let mut parts = FxHashSet::default();
        for (reader, reads) in &self.loose {
            if self.files.get(reader) == Some(&true) {
                parts.insert(&**reader);
            }
            for read in reads.iter().map(|read| read.as_os_str()).filter(|read| *read != reader) {
                let Some(back) = self.loose.get(read) else { continue };
                let is_mutual = back.binary_search_by(|read| read.as_os_str().cmp(reader)).is_ok();
                if !is_mutual || **reader < *read {
                    parts.insert(read);
                }
            }
        }
        Parts(parts)
    }

    /// All of them, sorted.
    pub(crate) fn all(&self) -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> = self.files.keys().map(PathBuf::from).collect();
        all.sort_unstable();
        all
    }
}

/// Files that are parts of others.
#[derive(Debug)]
pub(crate) struct Parts<'r>(FxHashSet<&'r OsStr>);

impl Parts<'_> {
    /// Whether an entry is one.
    pub(crate) fn contains(&self, entry: &Entry) -> bool {
        !self.0.is_empty() && self.0.contains(&*path_of(entry))
    }
}

/// The path of an entry as the loader writes it.
fn path_of(entry: &Entry) -> OsString {
    Path::new(&entry.file).components().collect::<PathBuf>().into_os_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str) -> Entry {
        Entry { file: file.to_string(), below: Some(PathBuf::from(".")) }
    }

    /// Adds files, each with its jobs and what it includes; gives those that are parts.
    fn parts<'f>(files: &[(&'f str, usize, &[&str])]) -> Vec<&'f str> {
        let mut halves = [Reads::default(), Reads::default()];
        for (index, (file, jobs, includes)) in files.iter().enumerate() {
            let reads = includes.iter().chain([file]).map(PathBuf::from).collect();
            halves[index % 2].add(&found(file), *jobs, reads);
        }
        let [mut all, others] = halves;
        all.merge(others);
        assert_eq!(all.all().len(), files.len());
        let parts = all.parts();
        files.iter().map(|(file, ..)| *file).filter(|file| parts.contains(&found(file))).collect()
    }

    #[test]
    fn a_file_is_a_part_of_one_that_counts() {
        assert_eq!(parts(&[("a", 1, &["lib"]), ("b", 1, &["c"]), ("c", 1, &[]), ("lib", 0, &[])]), ["lib"]);
        assert_eq!(
            parts(&[("a", 0, &["b", "c"]), ("b", 0, &["c"]), ("c", 0, &[]), ("d", 0, &[])]),
            ["b", "c"]
        );
    }

    #[test]
    fn of_files_that_include_each_other_one_counts() {
        assert_eq!(parts(&[("a", 0, &["b"]), ("b", 0, &["a"])]), ["b"]);
        assert_eq!(parts(&[("a", 0, &["b", "c"]), ("b", 0, &["c", "a"]), ("c", 0, &["b", "a"])]), ["b", "c"]);
        assert_eq!(parts(&[("a", 0, &["b"]), ("b", 0, &["a"]), ("c", 0, &["a", "b"])]), ["a", "b"]);
        assert_eq!(parts(&[("a", 0, &["b"]), ("b", 0, &["a"]), ("c", 1, &["a", "b"])]), ["a", "b"]);
        assert_eq!(parts(&[("a", 0, &["a"])]), [""; 0]);
    }
}
