//! The record of what jobc wrote into a directory, kept there as `.jobc-manifest.json`.
//!
//! It maps each path to the SHA-256 of what was written, so that `--prune` removes exactly what jobc wrote. Before a set
//! takes its place, the files that will be written are recorded as pending; so a run that is stopped leaves no file
//! that jobc wrote and does not know of.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of the record.
pub(super) const MANIFEST: &str = ".jobc-manifest.json";

/// What is understood of the record.
const VERSION: u32 = 1;

/// The record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u32,
    /// Path → hash of what jobc wrote there.
    pub(super) files: BTreeMap<String, String>,
    /// Path → hash of what jobc was about to write there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) pending: BTreeMap<String, String>,
}

impl Default for Manifest {
    fn default() -> Manifest {
        Manifest { version: VERSION, files: BTreeMap::new(), pending: BTreeMap::new() }
    }
}

impl Manifest {
    /// Reads a record. One that is not ours, or of another version, records nothing: then nothing is removed.
    pub(super) fn parse(bytes: &[u8]) -> Manifest {
        let mut manifest: Manifest = serde_json::from_slice(bytes).unwrap_or_default();
        if manifest.version != VERSION {
            return Manifest::default();
        }
        manifest.files.retain(|path, _| stays_inside(path));
        manifest.pending.retain(|path, _| stays_inside(path));
        manifest
    }

    /// The record as text.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = serde_json::to_vec_pretty(self).unwrap_or_default();
        out.push(b'\n');
        out
    }

    /// Whether jobc wrote this, or was about to.
    pub(super) fn wrote(&self, path: &str, content: &[u8]) -> bool {
        let hash = hash(content);
        [&self.files, &self.pending].into_iter().any(|m| m.get(path) == Some(&hash))
    }

    /// Every path that jobc has written to, as far as is known.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let pending = self.pending.keys().filter(|path| !self.files.contains_key(*path));
        self.files.keys().chain(pending).map(String::as_str)
    }
}

/// Whether a path of the record has ordinary parts only.
fn stays_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|c| matches!(c, Component::Normal(_)))
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(super) fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        let mut manifest = Manifest::default();
        manifest.files.insert("jobs/a.json".to_owned(), hash(b"a"));
        manifest.pending.insert("jobs/b.json".to_owned(), hash(b"b"));
        assert_eq!(Manifest::parse(&manifest.bytes()), manifest);
        assert!(manifest.wrote("jobs/a.json", b"a") && manifest.wrote("jobs/b.json", b"b"));
        assert!(!manifest.wrote("jobs/a.json", b"b"));
        assert_eq!(manifest.paths().collect::<Vec<_>>(), ["jobs/a.json", "jobs/b.json"]);
    }

    #[test]
    fn what_is_not_ours_records_nothing() {
        for text in ["", "[]", "{\"version\":2,\"files\":{\"a\":\"b\"}}", "{\"version\":1,\"files\":3}"] {
            assert_eq!(Manifest::parse(text.as_bytes()), Manifest::default(), "{text}");
        }
    }

    #[test]
    fn paths_that_leave_the_directory_are_forgotten() {
        let text = "{\"version\":1,\"files\":{\"../x\":\"\",\"/x\":\"\",\"\":\"\",\"jobs/../../x\":\"\",\"jobs/x\":\"\"}}";
        let manifest = Manifest::parse(text.as_bytes());
        assert_eq!(manifest.files.keys().collect::<Vec<_>>(), ["jobs/x"]);
    }
}
