//! Evaluating an entry file from its text to its names.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::frame::Code;
use super::globals::Globals;
use super::host::{Host, Included};
use super::lints;
use super::machine::Machine;
use super::record::{Record, Recorder};
use crate::common::Cancel;
use crate::diagnostics::Diagnostic;
use crate::lints::eval::UNKNOWN_MODULE;
use crate::source::{FileId, Loader, Read, SourceMap, Span};
use crate::syntax::ModuleCache;
use crate::template::value::Budgets;

/// The budgets and options of a run.
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
    /// Asked whether to stop, when the time is up for example.
    pub cancel: Option<Cancel>,
    /// Whether to note where values come from, which takes time and memory.
    pub record: bool,
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
    /// The files in the order in which they ran, with repetitions.
    pub includes: Vec<Included>,
    /// Whether more than half of the steps were used, so that it must not run again.
    pub spent_half: bool,
    /// Where values come from, where the options want it.
    pub record: Option<Box<Record>>,
    /// The declared environment variables that were read.
    pub variables_read: BTreeSet<String>,
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
    if options.record {
        machine.recorder = Recorder::active();
    }
    if let Err(fault) = machine.execute(Rc::new(Code { parsed, path }), Span::NONE) {
        machine.record(fault);
    }
    lints::hooks(&mut machine);
    let spent_half = machine.has_spent_half();
    let includes = machine.executed;
    let mut files: Vec<FileId> = includes.iter().map(|included| included.file).collect();
    files.sort_unstable();
    files.dedup();
    let (globals, report, record) = (machine.globals, machine.report, machine.recorder.finish());
    let mut diagnostics = report.into_diagnostics();
    // A use says more than the import.
    let blamed = machine.blamed_imports;
    diagnostics.retain(|d| d.code != &UNKNOWN_MODULE || !blamed.contains(&d.primary));
    let variables_read = machine.variables_read;
    Evaluation { globals, file, files, variables_read, includes, spent_half, record, diagnostics }
}

/// Stack sizes to try, in bytes: it is address space, used only as far as a program nests.
const STACKS: [usize; 3] = [1 << 30, 256 << 20, 64 << 20];

/// Runs a closure with a stack deep enough for the deepest program that the budgets allow. It stays on the thread: another
/// thread would not only take time to start, it would have to ask the system for memory in much smaller pieces.
///
/// # Panics
/// Goes on with the closure's own panic, if it panics.
pub fn with_stack<T>(run: impl FnOnce() -> T) -> T {
    match STACKS.into_iter().find(|size| is_at_hand(*size)) {
        Some(size) => stacker::grow(size, run),
        None => run(),
    }
}

/// Bytes of stack that a call in the language needs at the most.
const STACK_OF_A_CALL: usize = 64 << 10;

/// Bytes of stack for each step. A step makes a part of a nested value, which is dropped, compared or written by
/// functions that call themselves.
const STACK_OF_A_STEP: usize = 256;

/// The stack of a thread for which none of [`STACKS`] is at hand, in bytes.
const SMALL_STACK: usize = 2 << 20;

/// Budgets as far as the stack reaches that [`with_stack`] will get: where the system gives only a small one
/// (`ulimit -v`), deep programs are refused. With the usual one they are as they were given.
pub fn within_stack(budgets: Budgets) -> Budgets {
    let stack = match STACKS.into_iter().find(|size| is_at_hand(*size)) {
        Some(size) if size == STACKS[0] => return budgets,
        Some(size) => size,
        None => SMALL_STACK,
    };
    Budgets {
        steps: budgets.steps.min((stack / STACK_OF_A_STEP) as u64),
        call_depth: budgets.call_depth.min(stack / STACK_OF_A_CALL),
        ..budgets
    }
}

/// Whether the system lets the process have so much address space, in bytes, and as much again for what is computed.
fn is_at_hand(size: usize) -> bool {
    let mut space: Vec<u8> = Vec::new();
    let reserved = space.try_reserve_exact(2 * size);
    // Space that nobody looks at would not be asked for.
    std::hint::black_box(&mut space);
    reserved.is_ok()
}
