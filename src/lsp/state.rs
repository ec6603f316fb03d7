//! What the server knows: the open documents, and what came of the files that are compiled.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::analysis::{Outcome, Task};
use super::client::Client;
use super::findings::Finding;
use super::graph::Graph;
use super::host::{Host, Settings};
use super::includes::includes;
use super::overlay::{Buffer, Buffers, Overlay};
use super::text::Text;
use super::unit::Unit;
use super::uri::path_of;
use crate::source::{Loader as _, resolved};

/// An open document.
#[derive(Debug)]
pub(super) struct Document {
    /// The client's number for this text.
    pub(super) version: i32,
    /// The text.
    pub(super) unit: Arc<Unit>,
    /// The last text of which every statement could be parsed.
    pub(super) whole: Option<Arc<Unit>>,
}

/// A file that is compiled for itself.
#[derive(Debug, Default)]
pub(super) struct Root {
    /// What came of it last.
    pub(super) outcome: Option<Outcome>,
    /// The compile that is under way or waits.
    pub(super) pending: Option<Pending>,
}

/// A compile that is under way or waits.
#[derive(Debug)]
pub(super) struct Pending {
    /// Its number.
    pub(super) round: u64,
    /// Ends it.
    pub(super) stop: Arc<AtomicBool>,
}

/// What the server knows.
pub(super) struct State<'h> {
    /// The program that runs the server.
    pub(super) host: &'h dyn Host,
    /// What the client can do.
    pub(super) client: Client,
    /// What it has set.
    pub(super) settings: Settings,
    /// The folders that it has open.
    pub(super) folders: Vec<PathBuf>,
    /// The documents that it has open.
    pub(super) documents: BTreeMap<PathBuf, Document>,
    /// Their texts.
    pub(super) buffers: Buffers,
    /// The files that are compiled: those that are open, and some that include them.
    pub(super) roots: BTreeMap<PathBuf, Root>,
    /// Who includes whom in the folders.
    pub(super) graph: Graph,
}

impl<'h> State<'h> {
    pub(super) fn new(host: &'h dyn Host) -> State<'h> {
        State {
            host,
            client: Client::default(),
            settings: Settings::default(),
            folders: Vec::new(),
            documents: BTreeMap::new(),
            buffers: Buffers::default(),
            roots: BTreeMap::new(),
            graph: Graph::default(),
        }
    }

    /// The path of a document; one that is in no file gets one beside the others.
    pub(super) fn path(&self, uri: &Uri) -> PathBuf {
        path_of(uri).unwrap_or_else(|| {
            let name: String = uri
                .0
                .chars()
                .map(|c| if c.is_alphanumeric() || "-._".contains(c) { c } else { '_' })
                .collect();
            self.folders.first().map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name))
        })
    }

    /// The document that the client calls so.
    pub(super) fn document(&self, uri: &Uri) -> Option<&Document> {
        self.documents.get(&self.path(uri))
    }

    /// The folder that a file is in; the innermost where folders are inside each other.
    pub(super) fn folder(&self, path: &Path) -> Option<&Path> {
        let inside = self.folders.iter().filter(|folder| path.starts_with(folder));
        inside.max_by_key(|folder| folder.components().count()).map(PathBuf::as_path)
    }

    /// Takes a text as that of a document.
    pub(super) fn put(&mut self, uri: Uri, version: i32, text: Text) -> PathBuf {
        let path = self.path(&uri);
        let shared = Arc::from(text.as_str());
        Arc::make_mut(&mut self.buffers).insert(path.clone(), Buffer { uri: uri.clone(), text: shared });
        let unit = Unit::new(&path, Some(uri), text);
        let before = self.documents.remove(&path).and_then(|document| document.whole);
        let whole = if unit.is_whole() { Some(unit.clone()) } else { before };
        self.documents.insert(path.clone(), Document { version, unit, whole });
        path
    }

    /// Makes edits in a document.
    pub(super) fn edit(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> Option<PathBuf> {
        let mut text = self.document(uri)?.unit.text.clone();
        text.edit(changes, self.client.encoding);
        Some(self.put(uri.clone(), version, text))
    }

    /// Forgets a document.
    pub(super) fn close(&mut self, uri: &Uri) -> PathBuf {
        let path = self.path(uri);
        self.documents.remove(&path);
        Arc::make_mut(&mut self.buffers).remove(&path);
        path
    }

    /// What is compiled, and with what.
    pub(super) fn task(&self, path: &Path, round: u64) -> Task {
        Task {
            path: path.to_path_buf(),
            below: self.folder(path).map(Path::to_path_buf),
            buffers: self.buffers.clone(),
            settings: self.settings.clone(),
            encoding: self.client.encoding,
            stop: Arc::default(),
            round,
        }
    }

    /// The roots that a change of a file may change, itself first.
    pub(super) fn readers(&self, path: &Path) -> Vec<PathBuf> {
        let reads = |root: &Root| {
            root.outcome.as_ref().is_some_and(|outcome| outcome.reads.iter().any(|read| read == path))
        };
        let others = self.roots.iter().filter(|(other, root)| *other != path && reads(root));
        let itself = self.roots.contains_key(path).then(|| path.to_path_buf());
        itself.into_iter().chain(others.map(|(other, _)| other.clone())).collect()
    }

    /// What there is to report in a file, each mistake once: what its own compile says, unless the file is only a part of
    /// others, and what the compiles of others say about it.
    pub(super) fn findings(&self, path: &Path) -> Vec<&Finding> {
        let own = self.roots.get(path).and_then(|root| root.outcome.as_ref());
        let others: Vec<&Outcome> = self
            .roots
            .iter()
            .filter(|(other, _)| *other != path)
            .filter_map(|(_, root)| root.outcome.as_ref())
            .filter(|outcome| outcome.reads.iter().any(|read| read == path))
            .collect();
        let is_open = self.documents.contains_key(path);
        let others = others.into_iter().filter(|o| is_open || self.documents.contains_key(&o.path));
        let others: Vec<&Outcome> = others.collect();
        let is_part = own.is_some_and(|own| own.jobs.is_empty()) && others.iter().any(|o| !o.ended);
        let mut all: Vec<&Finding> = Vec::new();
        for outcome in own.filter(|_| !is_part).into_iter().chain(others) {
            let known = all.len();
            let here = outcome.findings.iter().filter(|finding| finding.path == path);
            let new: Vec<&Finding> =
                here.filter(|finding| !all[..known].iter().any(|other| same(other, finding))).collect();
            all.extend(new);
        }
        all
    }

    /// A file as it is now: the buffer, or what is on disk.
    pub(super) fn unit(&self, path: &Path) -> Option<Arc<Unit>> {
        if let Some(document) = self.documents.get(path) {
            return Some(document.unit.clone());
        }
        let read = self.loader(path).load(None, &path.to_string_lossy()).ok()?;
        Some(Unit::new(&read.path, None, Text::new(read.text)))
    }

    /// Finds and reads files as the compile of this one would.
    pub(super) fn loader(&self, path: &Path) -> Overlay {
        let disk = self.host.look(&self.settings);
        let opened = disk.session(path, self.folder(path));
        Overlay { files: opened.session.loader.clone(), buffers: self.buffers.clone() }
    }

    /// A file and all that it includes, each once, in the order in which they are run.
    pub(super) fn closure(&self, path: &Path) -> Vec<Arc<Unit>> {
        let mut all = Vec::new();
        self.add_closure(path, &mut all);
        all
    }

    fn add_closure(&self, path: &Path, all: &mut Vec<Arc<Unit>>) {
        if all.len() > MAX_FILES || all.iter().any(|unit| unit.path == path) {
            return;
        }
        let Some(unit) = self.unit(path) else { return };
        all.push(unit.clone());
        for include in includes(&unit.parsed.module) {
            self.add_closure(&resolved(Some(path), &include.name), all);
        }
    }

    /// The files that share the names of a file: those that it includes, and those that include it, with all that they
    /// include.
    pub(super) fn family(&self, path: &Path) -> Vec<Arc<Unit>> {
        let mut all = Vec::new();
        self.add_closure(path, &mut all);
        let readers = self.readers(path).into_iter().chain(self.graph.includers(path));
        for reader in readers {
            self.add_closure(&reader, &mut all);
        }
        all
    }
}

/// Files that are looked at for one request.
const MAX_FILES: usize = 500;

/// Whether two compiles have found the same.
fn same(one: &Finding, other: &Finding) -> bool {
    one.shown.range == other.shown.range && one.shown.code == other.shown.code
}
