//! What jobc wrote into a folder and for whom, kept there as `.jobc-manifest.json`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::diagnostics::Diagnostic;
use crate::diagnostics::codes::emit::BAD_MANIFEST;
use crate::emit::outputs::OutputKind;
use crate::source::Span;

/// The name of the file.
pub(super) const MANIFEST: &str = ".jobc-manifest.json";

/// The version that this jobc reads and writes.
const VERSION: u64 = 2;

/// The manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    version: u64,
    /// By path below the folder.
    pub(super) outputs: BTreeMap<String, Record>,
    /// The entries of `executors.json`, by the entry file that declares them.
    pub(super) executors: BTreeMap<String, Vec<ExecutorEntry>>,
}

/// One output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub(super) kind: OutputKind,
    /// The entry files that it was made from. Several only where one file holds what several give.
    pub(super) owners: Vec<String>,
    /// What was written there.
    pub(super) sha256: String,
    /// The job that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) job: Option<JobRecord>,
}

/// A job at the time that an output was made from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JobRecord {
    pub(super) key: String,
    /// The hash of its configuration and update settings.
    pub(super) sha256: String,
}

/// An entry of `executors.json`, as JSON without white space.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct ExecutorEntry(Box<RawValue>);

/// The one property of an entry that is looked at.
#[derive(Deserialize)]
struct Named {
    executor: Name,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

impl ExecutorEntry {
    /// An entry from its JSON text, `None` where it is not one.
    pub(super) fn new(json: String) -> Option<ExecutorEntry> {
        RawValue::from_string(json).ok().map(ExecutorEntry)
    }

    /// The JSON text.
    pub(super) fn json(&self) -> &str {
        self.0.get()
    }

    /// The name of the executor.
    pub(super) fn name(&self) -> Option<String> {
        serde_json::from_str::<Named>(self.json()).ok().map(|entry| entry.executor.name)
    }
}

impl PartialEq for ExecutorEntry {
    fn eq(&self, other: &ExecutorEntry) -> bool {
        self.json() == other.json()
    }
}

impl Eq for ExecutorEntry {}

impl Default for Manifest {
    fn default() -> Manifest {
        Manifest { version: VERSION, outputs: BTreeMap::new(), executors: BTreeMap::new() }
    }
}

/// Read before anything else: what other versions hold is not known.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

impl Manifest {
    /// Reads a manifest; `name` is what it is called in the error. The error is boxed because it is large and rare.
    ///
    /// # Errors
    /// When it is damaged or of another version. It never counts as empty: then jobc would not know its own files.
    pub(super) fn parse(bytes: &[u8], name: &Path) -> Result<Manifest, Box<Diagnostic>> {
        let unreadable = |why: &str| {
            let message = format!("`{}` {why}", name.display());
            let help = "restore it, from version control for example; or remove it and run with --force, which takes \
                        over the files of this run: all others then count as files of somebody else";
            Box::new(Diagnostic::error(&BAD_MANIFEST, Span::NONE, message).help(help))
        };
        let damaged = |_| unreadable("cannot be read, so jobc does not know which files here are its own");
        let Versioned { version } = serde_json::from_slice(bytes).map_err(damaged)?;
        if version != VERSION {
            return Err(unreadable(&format!(
                "is of version {version}, and this jobc reads version {VERSION}"
            )));
        }
        let manifest: Manifest = serde_json::from_slice(bytes).map_err(damaged)?;
        let named = manifest.executors.values().flatten().all(|entry| entry.name().is_some());
        match named && manifest.outputs.keys().all(|path| stays_inside(path)) {
            true => Ok(manifest),
            false => Err(unreadable("names files or executors that jobc does not write")),
        }
    }

    /// The manifest as text.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = serde_json::to_vec_pretty(self).unwrap_or_default();
        out.push(b'\n');
        out
    }
}

/// Whether a path only has ordinary parts.
pub(super) fn stays_inside(path: &str) -> bool {
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

    fn parse(text: &str) -> Result<Manifest, String> {
        Manifest::parse(text.as_bytes(), Path::new("out/m")).map_err(|d| d.message)
    }

    #[test]
    fn reads_back_what_it_writes() {
        let mut manifest = Manifest::default();
        let job = JobRecord { key: "west/www/prod/a".to_owned(), sha256: hash(b"job") };
        let record = Record {
            kind: OutputKind::Create,
            owners: vec!["../a.aurora".to_owned()],
            sha256: hash(b"a"),
            job: Some(job),
        };
        manifest.outputs.insert("jobs/a.json".to_owned(), record);
        let entry = ExecutorEntry::new("{\"executor\":{\"name\":\"x\",\"cpus\":1.0}}".to_owned()).unwrap();
        manifest.executors.insert("../a.aurora".to_owned(), vec![entry]);
        let text = String::from_utf8(manifest.bytes()).unwrap();
        assert!(text.contains("\"kind\": \"create\"") && text.contains("\"cpus\":1.0"), "{text}");
        assert_eq!(parse(&text), Ok(manifest));
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let damaged = [
            "",
            "[]",
            "{\"version\":2}",
            "<<<<<<< ours\n",
            "{\"version\":2,\"outputs\":3,\"executors\":{}}",
            "{\"version\":2,\"outputs\":{},\"executors\":{},\"pending\":{}}",
        ];
        for text in damaged {
            assert!(parse(text).unwrap_err().contains("cannot be read"), "{text}");
        }
        for version in [0, 1, 3] {
            let text = format!("{{\"version\":{version},\"files\":{{}}}}");
            assert!(parse(&text).unwrap_err().contains(&format!("is of version {version}")));
        }
    }

    #[test]
    fn paths_that_leave_the_folder_are_an_error() {
        for path in ["../x", "/x", "", "jobs/../../x"] {
            let record = "{\"kind\":\"jobs\",\"owners\":[],\"sha256\":\"\"}";
            let text = format!("{{\"version\":2,\"outputs\":{{{path:?}:{record}}},\"executors\":{{}}}}");
            assert!(parse(&text).unwrap_err().contains("does not write"), "{path}");
        }
    }
}
