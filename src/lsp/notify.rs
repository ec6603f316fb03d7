//! Notifications of the client.

use gen_lsp_types::{
    CancelParams, DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, Id,
};
use lsp_server::{Notification, RequestId};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::settings;
use super::server::Server;
use super::text::Text;
use super::uri::path_of;

/// The name of a project's file, which may change what holds for every file.
const PROJECT: &str = "jobc.toml";

impl Server<'_> {
    /// Takes note of what the client tells.
    pub(super) fn notification(&mut self, Notification { method, params }: Notification) {
        match &*method {
            "initialized" => self.watch(),
            "textDocument/didOpen" => self.with(&method, params, Server::opened),
            "textDocument/didChange" => self.with(&method, params, Server::edited),
            "textDocument/didSave" => self.with(&method, params, Server::saved),
            "textDocument/didClose" => self.with(&method, params, Server::closed),
            "workspace/didChangeWatchedFiles" => self.with(&method, params, Server::changed_on_disk),
            "workspace/didChangeWorkspaceFolders" => self.with(&method, params, Server::changed_folders),
            "workspace/didChangeConfiguration" => self.with(&method, params, Server::configured),
            "$/cancelRequest" => self.with(&method, params, Server::cancelled),
            // Those that are not known may be left out.
            _ => {}
        }
    }

    fn with<P: DeserializeOwned>(&mut self, method: &str, params: Value, take: fn(&mut Self, P)) {
        match serde_json::from_value(params) {
            Ok(params) => take(self, params),
            Err(error) => self.log(&format!("{method}: {error}")),
        }
    }

    /// Asks to be told of files that change on disk.
    fn watch(&mut self) {
        if !self.state.client.watches {
            return;
        }
        let globs = ["**/*.aurora", "**/*.aur", "**/jobc.toml", "**/*.json"];
        let watchers = globs.map(|glob| json!({ "globPattern": glob })).to_vec();
        let registration = json!({
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        self.ask("client/registerCapability", json!({ "registrations": [registration] }));
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let path = self.state.put(item.uri, item.version, Text::new(item.text));
        self.compile(&path);
        self.changed_for_others(&path);
    }

    fn edited(&mut self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        let uri = document.text_document_identifier.uri;
        match self.state.edit(&uri, document.version, params.content_changes) {
            Some(path) => self.changed(&path),
            None => self.log(&format!("{uri} was changed and is not open")),
        }
    }

    /// A saved file may be one that others read from disk, or hold settings.
    fn saved(&mut self, params: DidSaveTextDocumentParams) {
        let path = self.state.path(&params.text_document.uri);
        match path.ends_with(PROJECT) {
            true => self.all_changed(),
            false => self.changed_for_others(&path),
        }
        self.read_graph();
    }

    fn closed(&mut self, params: DidCloseTextDocumentParams) {
        let path = self.state.close(&params.text_document.uri);
        self.drop_root(&path);
        // Others see what is on disk again.
        self.changed_for_others(&path);
        self.borrow();
    }

    fn changed_for_others(&mut self, path: &std::path::Path) {
        for reader in self.state.readers(path) {
            if reader != path {
                self.compile(&reader);
            }
        }
    }

    fn changed_on_disk(&mut self, params: DidChangeWatchedFilesParams) {
        let paths: Vec<_> = params.changes.iter().filter_map(|change| path_of(&change.uri)).collect();
        if paths.iter().any(|path| path.ends_with(PROJECT)) {
            self.all_changed();
        } else {
            // An open buffer hides what is on disk.
            let hidden = |path: &std::path::PathBuf| self.state.documents.contains_key(path);
            let seen: Vec<_> = paths.iter().filter(|path| !hidden(path)).collect();
            let mut readers: Vec<_> = seen.into_iter().flat_map(|path| self.state.readers(path)).collect();
            readers.sort_unstable();
            readers.dedup();
            readers.iter().for_each(|reader| self.compile(reader));
        }
        self.read_graph();
    }

    fn changed_folders(&mut self, params: DidChangeWorkspaceFoldersParams) {
        let gone: Vec<_> = params.event.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        self.state.folders.retain(|folder| !gone.contains(folder));
        self.state.folders.extend(params.event.added.iter().filter_map(|folder| path_of(&folder.uri)));
        self.all_changed();
        self.read_graph();
    }

    fn configured(&mut self, params: DidChangeConfigurationParams) {
        let settings = settings(&params.settings);
        if settings != self.state.settings {
            self.state.settings = settings;
            self.all_changed();
        }
    }

    fn cancelled(&mut self, params: CancelParams) {
        self.cancel(match params.id {
            Id::Int(number) => RequestId::from(number),
            Id::String(name) => RequestId::from(name),
        });
    }
}
