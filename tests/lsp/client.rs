//! A client: it starts the server, sends messages, and keeps those that come until a test has read them.

use std::collections::VecDeque;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How an editor is to be.
#[derive(Debug, Clone)]
pub(crate) struct Editor {
    /// What it says it can do.
    pub(crate) capabilities: Value,
    /// What it sets at the beginning.
    pub(crate) options: Value,
    /// Arguments of `jobc lsp`.
    pub(crate) arguments: Vec<String>,
}

impl Default for Editor {
    /// One of today that does not ask for diagnostics.
    fn default() -> Editor {
        let capabilities = json!({
            "general": { "positionEncodings": ["utf-32", "utf-16"] },
            "textDocument": {
                "completion": { "completionItem": { "snippetSupport": true } },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "hover": { "contentFormat": ["markdown", "plaintext"] },
                "publishDiagnostics": { "relatedInformation": true },
            },
        });
        Editor { capabilities, options: Value::Null, arguments: Vec::new() }
    }
}

/// A server that runs, and the messages that nobody has read yet.
pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Message>,
    unread: VecDeque<Message>,
    last_id: i32,
    last_version: i32,
    folder: PathBuf,
    /// What the server says it can do.
    pub(crate) server: Value,
}

impl Client {
    /// Starts a server for a folder.
    pub(crate) fn start(folder: &Path, editor: &Editor) -> Client {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jobc"))
            .arg("lsp")
            .args(&editor.arguments)
            .current_dir(folder)
            .env_clear()
            .env("LOGNAME", "golden")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, incoming) = channel();
        std::thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let folder = folder.to_path_buf();
        let mut client = Client {
            child,
            stdin,
            incoming,
            unread: VecDeque::new(),
            last_id: 0,
            last_version: 0,
            folder,
            server: Value::Null,
        };
        let uri = client.uri("");
        let initialize = json!({
            "processId": null,
            "rootUri": uri,
            "workspaceFolders": [{ "uri": uri, "name": "folder" }],
            "capabilities": editor.capabilities,
            "initializationOptions": editor.options,
        });
        client.server = client.request("initialize", initialize);
        client.notify("initialized", json!({}));
        client
    }

    /// What a file of the folder is called.
    pub(crate) fn uri(&self, name: &str) -> String {
        let path = if name.is_empty() { self.folder.clone() } else { self.folder.join(name) };
        format!("file://{}", path.display())
    }

    /// Sends a notification.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(Notification::new(method.to_string(), params).into());
    }

    /// Sends a request and gives its number.
    pub(crate) fn send_request(&mut self, method: &str, params: Value) -> RequestId {
        self.last_id += 1;
        let id = RequestId::from(self.last_id);
        self.send(Request::new(id.clone(), method.to_string(), params).into());
        id
    }

    /// Sends a request and gives its result, or its error as a string.
    pub(crate) fn try_request(&mut self, method: &str, params: Value) -> Result<Value, String> {
        let id = self.send_request(method, params);
        self.response(&id).response_result.map_err(|error| format!("{}: {}", error.code, error.message))
    }

    /// Sends a request that succeeds.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        self.try_request(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// The response to a request.
    pub(crate) fn response(&mut self, id: &RequestId) -> Response {
        let found = self.read(|message| matches!(message, Message::Response(r) if r.id == *id));
        match found {
            Message::Response(response) => response,
            other => panic!("{other:?}"),
        }
    }

    /// The parameters of the next notification of a method.
    pub(crate) fn notification(&mut self, method: &str) -> Value {
        match self.read(|message| matches!(message, Message::Notification(n) if n.method == method)) {
            Message::Notification(notification) => notification.params,
            other => panic!("{other:?}"),
        }
    }

    /// The next request of the server with a method, which is answered with nothing.
    pub(crate) fn asked(&mut self, method: &str) -> Value {
        match self.read(|message| matches!(message, Message::Request(r) if r.method == method)) {
            Message::Request(request) => {
                self.send(Response::new_ok(request.id, Value::Null).into());
                request.params
            }
            other => panic!("{other:?}"),
        }
    }

    /// Opens a file of the folder with a text, and gives what is reported in it.
    pub(crate) fn open(&mut self, name: &str, text: &str) -> Vec<Value> {
        let uri = self.uri(name);
        let version = self.next_version();
        let item = json!({ "uri": uri, "languageId": "aurora", "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
        self.reported(name)
    }

    /// Opens a file as it is on disk.
    pub(crate) fn open_file(&mut self, name: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(self.folder.join(name)).unwrap();
        self.open(name, &text)
    }

    /// Sends edits of a file.
    pub(crate) fn edit(&mut self, name: &str, changes: Value) {
        let version = self.next_version();
        let document = json!({ "uri": self.uri(name), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// Sends a new text of a file, and gives what is reported in it then.
    pub(crate) fn change(&mut self, name: &str, text: &str) -> Vec<Value> {
        self.edit(name, json!([{ "text": text }]));
        self.reported(name)
    }

    /// Says that a file is closed.
    pub(crate) fn close(&mut self, name: &str) {
        let uri = self.uri(name);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// What is reported in a file, once it is known for its last text.
    pub(crate) fn reported(&mut self, name: &str) -> Vec<Value> {
        let (uri, version) = (self.uri(name), self.last_version);
        loop {
            let params = self.reported_next(&uri);
            if params["version"].is_null() || params["version"] == json!(version) {
                return params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// Waits until what is reported in a file has these codes, and gives it.
    pub(crate) fn reported_until(&mut self, name: &str, codes: &[&str]) -> Vec<Value> {
        let uri = self.uri(name);
        loop {
            let all = self.reported_next(&uri)["diagnostics"].as_array().unwrap().clone();
            if all.iter().map(|one| one["code"].as_str().unwrap()).eq(codes.iter().copied()) {
                return all;
            }
        }
    }

    fn reported_next(&mut self, uri: &str) -> Value {
        let is_wanted = |message: &Message| match message {
            Message::Notification(n) => {
                n.method == "textDocument/publishDiagnostics" && n.params["uri"] == json!(uri)
            }
            _ => false,
        };
        match self.read(is_wanted) {
            Message::Notification(notification) => notification.params,
            other => panic!("{other:?}"),
        }
    }

    fn next_version(&mut self) -> i32 {
        self.last_version += 1;
        self.last_version
    }

    fn send(&mut self, message: Message) {
        message.write(self.stdin.as_mut().unwrap()).unwrap();
    }

    fn read(&mut self, is_wanted: impl Fn(&Message) -> bool) -> Message {
        if let Some(at) = self.unread.iter().position(&is_wanted) {
            return self.unread.remove(at).unwrap();
        }
        loop {
            let message = self.incoming.recv_timeout(PATIENCE).expect("the server says nothing");
            if is_wanted(&message) {
                return message;
            }
            self.unread.push_back(message);
        }
    }

    /// Ends the server. No message may be left that no test has read, but for what is reported about files, which may be
    /// reported more than once.
    pub(crate) fn finish(mut self) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.stdin = None;
        let status = self.child.wait().unwrap();
        assert!(status.success(), "the server ended with {status}");
        while let Ok(message) = self.incoming.recv_timeout(PATIENCE) {
            self.unread.push_back(message);
        }
        let is_report = |message: &Message| matches!(message, Message::Notification(n) if n.method == "textDocument/publishDiagnostics");
        self.unread.retain(|message| !is_report(message));
        assert!(self.unread.is_empty(), "nobody has read {:?}", self.unread);
    }
}

impl Drop for Client {
    /// A test that fails leaves no process.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
