//! Evaluating an entry file from its text to its names.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::cache::ModuleCache;
use super::frame::Code;
use super::globals::Globals;
use super::host::Host;
use super::machine::{Budgets, Machine};
use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Loader, Read, SourceMap, Span};

/// What a run may do, and what it is told from outside.
#[derive(Clone)]
pub struct EvalOptions {
    /// How much the program may do.
    pub budgets: Budgets,
    /// `--user`: what `getpass.getuser()` gives.
    pub user: String,
    /// `--env`: what `os.environ` holds.
    pub environment: BTreeMap<String, String>,
    /// Nesting of brackets, blocks and operators in source text.
    pub max_nesting: usize,
    /// Set by the caller to stop the run, when the time is up for example.
    pub cancel: Option<Arc<AtomicBool>>,
}

/// What evaluating a file gives.
#[derive(Debug)]
pub struct Evaluation {
    /// The names that the file and its includes have bound. Where statements failed, names hold a value for which
    /// [`super::is_poison`] is true.
    pub globals: Globals,
    /// The entry file among the sources.
    pub file: FileId,
    /// The entry file and those it includes, each once.
    pub files: Vec<FileId>,
    /// Errors and lints, in the order they were found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Evaluates an entry file. Deep programs need a deep stack: run the whole compile inside [`with_stack`].
pub fn evaluate(
    entry: Read,
    options: &EvalOptions,
    loader: &Arc<dyn Loader>,
    sources: &SourceMap,
    cache: &ModuleCache,
) -> Evaluation {
    let host = Host {
        loader: loader.clone(),
        sources: sources.clone(),
        cache: cache.clone(),
        user: options.user.clone(),
        environment: options.environment.clone(),
        max_nesting: options.max_nesting,
        cancel: options.cancel.clone(),
    };
    let path = entry.path.clone();
    let parsed = cache.parse(entry, sources, options.max_nesting);
    let file = parsed.module.file;
    let mut machine = Machine::with_host(options.budgets, host);
    if let Err(fault) = machine.execute(Rc::new(Code { parsed, path }), Span::NONE) {
        machine.record(fault);
    }
    let mut files = machine.executed;
    files.sort_unstable();
    files.dedup();
    let (globals, report) = (machine.globals, machine.report);
    Evaluation { globals, file, files, diagnostics: report.into_diagnostics() }
}

/// Stack sizes to try, in bytes: it is address space, used only as far as a program nests.
const STACKS: [usize; 3] = [1 << 30, 256 << 20, 64 << 20];

/// Runs a closure on a thread with a stack deep enough for the deepest program that the budgets allow.
///
/// # Panics
/// Goes on with the closure's own panic, if it panics.
pub fn with_stack<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    let run = std::sync::Mutex::new(Some(run));
    let take = || run.lock().unwrap_or_else(|e| e.into_inner()).take();
    std::thread::scope(|scope| {
        for size in STACKS {
            let body = || take().map(|run| run());
            let spawned = std::thread::Builder::new().stack_size(size).spawn_scoped(scope, body);
            if let Ok(handle) = spawned {
                match handle.join() {
                    Ok(Some(result)) => return Some(result),
                    Ok(None) => return None,
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        }
        take().map(|run| run())
    })
    .unwrap_or_else(|| unreachable!("the closure is taken once"))
}
