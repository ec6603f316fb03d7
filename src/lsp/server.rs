//! The main loop: messages of the client in their order, and what the threads have done meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crossbeam_channel::select;
use gen_lsp_types::{
    Diagnostic, DiagnosticRefreshRequest, LogMessageNotification, LogMessageParams, MessageType,
    Notification as _, PublishDiagnosticsNotification, PublishDiagnosticsParams, Request as _, Uri,
};
use lsp_server::{Connection, ErrorCode, Message, ProtocolError, Request, RequestId, Response};
use serde_json::Value;

use super::analysis::{Outcome, analyse};
use super::dispatch;
use super::graph::Graph;
use super::refusal::Refusal;
use super::state::{Pending, Root, State};
use super::uri::uri_of;
use super::workers::{Lane, Work, Workers, words};

/// What the threads tell the main loop.
pub(super) enum Event {
    /// A file was compiled.
    Compiled(Box<Outcome>),
    /// A compile panicked.
    Crashed {
        /// The file.
        path: PathBuf,
        /// The task's.
        round: u64,
        /// What the panic says.
        words: String,
    },
    /// The includes of the folders were read.
    Graph(Graph),
    /// A request was answered.
    Answered(RequestId, Result<Value, Refusal>),
}

/// Closed files that are compiled for the sake of an open one which they include.
const MAX_BORROWED: usize = 3;

/// The server.
pub(super) struct Server<'h> {
    pub(super) state: State<'h>,
    pub(super) connection: Connection,
    workers: Workers<Event>,
    /// The number of the last compile.
    round: u64,
    /// The number of the last request of our own.
    own_requests: i32,
    /// What the client shows, by file.
    published: BTreeMap<PathBuf, Vec<Diagnostic>>,
    /// Requests that wait for the compile of a file.
    waiting: Vec<(Request, PathBuf)>,
    /// Requests that a thread answers.
    under_way: BTreeSet<String>,
}

impl<'h> Server<'h> {
    pub(super) fn new(state: State<'h>, connection: Connection, workers: Workers<Event>) -> Server<'h> {
        Server {
            state,
            connection,
            workers,
            round: 0,
            own_requests: 0,
            published: BTreeMap::new(),
            waiting: Vec::new(),
            under_way: BTreeSet::new(),
        }
    }

    /// Runs until the client asks for the end, or is gone.
    pub(super) fn run(mut self) -> Result<(), ProtocolError> {
        self.read_graph();
        loop {
            select! {
                recv(self.connection.receiver) -> message => match message {
                    Ok(Message::Request(request)) => {
                        if self.connection.handle_shutdown(&request)? {
                            break;
                        }
                        self.request(request);
                    }
                    Ok(Message::Notification(notification)) => self.notification(notification),
                    Ok(Message::Response(_)) => {}
                    Err(_) => break,
                },
                recv(self.workers.done) -> event => if let Ok(event) = event {
                    self.event(event);
                },
            }
        }
        // What nobody waits for any more ends.
        self.state.roots.values().filter_map(|root| root.pending.as_ref()).for_each(stop);
        Ok(())
    }

    fn request(&mut self, request: Request) {
        let waits_for = dispatch::waits_for(&self.state, &request);
        let is_pending = |path: &PathBuf| self.state.roots.get(path).is_some_and(|r| r.pending.is_some());
        match waits_for.filter(is_pending) {
            Some(path) => self.waiting.push((request, path)),
            None => self.answer(request),
        }
    }

    fn answer(&mut self, Request { id, method, params }: Request) {
        let answer = catch_unwind(AssertUnwindSafe(|| dispatch::answer(&self.state, &method, params)));
        match answer {
            Ok(dispatch::Answer::Now(result)) => self.respond(id, result),
            Ok(dispatch::Answer::Later(work)) => {
                self.under_way.insert(id.to_string());
                let crashed = id.clone();
                self.workers.send(
                    Lane::Quick,
                    Work {
                        run: Box::new(move |host| Event::Answered(id, work(host))),
                        failed: Box::new(move |words| {
                            Event::Answered(crashed, Err(Refusal::of_panic(&words)))
                        }),
                    },
                );
            }
            Err(panic) => {
                let words = words(&*panic);
                self.log(&format!("{method}: {words}"));
                self.respond(id, Err(Refusal::of_panic(&words)));
            }
        }
    }

    fn respond(&self, id: RequestId, result: Result<Value, Refusal>) {
        let response = match result {
            Ok(value) => Response::new_ok(id, value),
            Err(Refusal { code, words }) => Response::new_err(id, code as i32, words),
        };
        self.send(Message::Response(response));
    }

    /// Sends a message. When the client is gone, the loop ends by itself.
    fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }

    /// Writes to the client's log.
    pub(super) fn log(&self, words: &str) {
        let params = LogMessageParams { kind: MessageType::Error, message: words.to_string() };
        let method = LogMessageNotification::METHOD.as_str().to_string();
        self.send(Message::Notification(lsp_server::Notification::new(method, params)));
    }

    /// Sends a request of our own, whose answer says nothing.
    pub(super) fn ask(&mut self, method: &str, params: Value) {
        self.own_requests += 1;
        let id = RequestId::from(self.own_requests);
        self.send(Message::Request(Request::new(id, method.to_string(), params)));
    }

    /// Ends a request that the client does not want any more.
    pub(super) fn cancel(&mut self, id: RequestId) {
        let cancelled = || Refusal { code: ErrorCode::RequestCanceled, words: "cancelled".to_string() };
        if let Some(at) = self.waiting.iter().position(|(request, _)| request.id == id) {
            let (request, _) = self.waiting.remove(at);
            self.respond(request.id, Err(cancelled()));
        } else if self.under_way.remove(&id.to_string()) {
            self.respond(id, Err(cancelled()));
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Compiled(outcome) => self.compiled(*outcome),
            Event::Crashed { path, round, words } => {
                self.log(&format!("{}: {words}", path.display()));
                self.crashed(&path, round);
            }
            Event::Graph(graph) => {
                self.state.graph = graph;
                self.borrow();
            }
            // One that was cancelled has its answer.
            Event::Answered(id, result) => {
                if self.under_way.remove(&id.to_string()) {
                    self.respond(id, result);
                }
            }
        }
    }

    fn compiled(&mut self, outcome: Outcome) {
        let path = outcome.path.clone();
        let Some(root) = self.state.roots.get_mut(&path) else { return };
        // An older one than the client waits for.
        if root.pending.as_ref().is_none_or(|pending| pending.round != outcome.round) {
            return;
        }
        root.pending = None;
        let new: BTreeSet<PathBuf> = places(&outcome);
        let old = root.outcome.replace(outcome).map(|old| places(&old)).unwrap_or_default();
        let is_open = self.state.documents.contains_key(&path);
        self.publish(is_open.then_some(path.as_path()), old.union(&new));
        self.answer_waiting(&path);
        self.borrow();
    }

    /// What was known of a file stays, as nothing newer is.
    fn crashed(&mut self, path: &Path, round: u64) {
        let Some(root) = self.state.roots.get_mut(path) else { return };
        if root.pending.as_ref().is_some_and(|pending| pending.round == round) {
            root.pending = None;
            self.answer_waiting(path);
        }
    }

    fn answer_waiting(&mut self, path: &Path) {
        let all = std::mem::take(&mut self.waiting);
        let (ready, waiting) = all.into_iter().partition(|(_, waits_for)| waits_for == path);
        self.waiting = waiting;
        let ready: Vec<(Request, PathBuf)> = ready;
        ready.into_iter().for_each(|(request, _)| self.answer(request));
    }

    /// Tells the client what there is to report in files: in `always` in any case, in others where it has changed.
    fn publish<'p>(&mut self, always: Option<&'p Path>, others: impl Iterator<Item = &'p PathBuf>) {
        let mut changed = false;
        let paths: BTreeSet<&Path> = others.map(PathBuf::as_path).chain(always).collect();
        for path in paths {
            let now: Vec<Diagnostic> =
                self.state.findings(path).into_iter().map(|finding| finding.shown.clone()).collect();
            let before = self.published.get(path);
            let is_new = before.map_or(!now.is_empty(), |before| *before != now);
            if self.state.client.pulls {
                // What the client asks for when it changes a file, it need not be told to ask for.
                changed |= is_new && !self.waiting.iter().any(|(_, waits_for)| waits_for == path);
            } else if is_new || always == Some(path) {
                self.tell(path, now.clone());
            }
            self.published.insert(path.to_path_buf(), now);
        }
        if changed {
            self.ask(DiagnosticRefreshRequest::METHOD.as_str(), Value::Null);
        }
    }

    fn tell(&self, path: &Path, diagnostics: Vec<Diagnostic>) {
        let document = self.state.documents.get(path);
        let uri: Uri = document.map_or_else(|| uri_of(path), |document| document.unit.uri.clone());
        let params =
            PublishDiagnosticsParams { uri, version: document.map(|document| document.version), diagnostics };
        let method = PublishDiagnosticsNotification::METHOD.as_str().to_string();
        self.send(Message::Notification(lsp_server::Notification::new(method, params)));
    }

    /// Compiles anew what a change of a file may change.
    pub(super) fn changed(&mut self, path: &Path) {
        for root in self.state.readers(path) {
            self.compile(&root);
        }
    }

    /// Compiles everything anew.
    pub(super) fn all_changed(&mut self) {
        let roots: Vec<PathBuf> = self.state.roots.keys().cloned().collect();
        roots.iter().for_each(|root| self.compile(root));
    }

    /// Compiles a file, and ends an earlier compile of it.
    pub(super) fn compile(&mut self, path: &Path) {
        self.round += 1;
        let round = self.round;
        let task = self.state.task(path, round);
        let root: &mut Root = self.state.roots.entry(path.to_path_buf()).or_default();
        let pending = Pending { round, stop: Arc::clone(&task.stop) };
        root.pending.replace(pending).iter().for_each(stop);
        let took_too_long = root.outcome.as_ref().is_some_and(|outcome| outcome.ended);
        let lane = if took_too_long { Lane::Slow } else { Lane::Quick };
        let path = path.to_path_buf();
        let work = Work {
            run: Box::new(move |host| Event::Compiled(Box::new(analyse(&task, host)))),
            failed: Box::new(move |words| Event::Crashed { path, round, words }),
        };
        self.workers.send(lane, work);
    }

    /// Forgets what came of a file that is not compiled any more.
    pub(super) fn drop_root(&mut self, path: &Path) {
        let Some(root) = self.state.roots.remove(path) else { return };
        root.pending.iter().for_each(stop);
        let told = root.outcome.map(|outcome| places(&outcome)).unwrap_or_default();
        self.publish(None, told.iter());
    }

    /// Reads who includes whom in the folders.
    pub(super) fn read_graph(&mut self) {
        let folders = self.state.folders.clone();
        if folders.is_empty() {
            return;
        }
        let task = self.state.task(&folders[0], 0);
        let work = Work {
            run: Box::new(move |host| Event::Graph(Graph::build(&task, &folders, host))),
            failed: Box::new(|_| Event::Graph(Graph::default())),
        };
        self.workers.send(Lane::Slow, work);
    }

    /// Compiles closed files for the sake of open ones without jobs that no open file includes, and forgets those that are
    /// not needed any more.
    pub(super) fn borrow(&mut self) {
        let wanted = self.borrowed();
        let is_needed = |path: &PathBuf| self.state.documents.contains_key(path) || wanted.contains(path);
        let idle: Vec<PathBuf> = self.state.roots.keys().filter(|path| !is_needed(path)).cloned().collect();
        idle.iter().for_each(|path| self.drop_root(path));
        let new: Vec<&PathBuf> = wanted.iter().filter(|path| !self.state.roots.contains_key(*path)).collect();
        new.into_iter().for_each(|path| self.compile(path));
    }

    fn borrowed(&self) -> BTreeSet<PathBuf> {
        let state = &self.state;
        let open = || state.documents.keys();
        let has_no_jobs = |path: &&PathBuf| {
            let outcome = state.roots.get(*path).and_then(|root| root.outcome.as_ref());
            outcome.is_some_and(|outcome| outcome.jobs.is_empty())
        };
        let is_read = |path: &PathBuf| {
            let reads = |other: &PathBuf| {
                let outcome = state.roots.get(other).and_then(|root| root.outcome.as_ref());
                outcome.is_some_and(|outcome| outcome.reads.contains(path))
            };
            open().any(|other| other != path && reads(other))
        };
        let libraries = open().filter(has_no_jobs).filter(|path| !is_read(path));
        libraries.flat_map(|path| state.graph.includers(path).into_iter().take(MAX_BORROWED)).collect()
    }
}

fn stop(pending: &Pending) {
    pending.stop.store(true, Ordering::Relaxed);
}

/// The files that an outcome says something about.
fn places(outcome: &Outcome) -> BTreeSet<PathBuf> {
    let found = outcome.findings.iter().map(|finding| finding.path.clone());
    // What it includes is not checked alone any more.
    found.chain(outcome.reads.iter().cloned()).collect()
}
