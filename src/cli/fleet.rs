//! Compiling many files, several at a time, with the same result as one after the other.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use jobc::diagnostics::codes::output::CANNOT_READ;
use jobc::diagnostics::{Diagnostic, nearest};
use jobc::driver::{Compilation, Session};
use jobc::eval::with_stack;
use jobc::report::one_line;
use jobc::source::Span;

use super::exit::Failure;
use super::flags_used::FlagUse;
use super::input::Setup;
use super::reads::Reads;
use super::schedulers::Refusal;
use super::stdin::DASH;
use super::walk::Entry;

/// What became of one file.
#[derive(Debug)]
pub(crate) struct Outcome<T> {
    /// Errors and warnings.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What the flags came to.
    pub(crate) flags: FlagUse,
    /// How many jobs there are.
    pub(crate) jobs: usize,
    /// Whether the file itself could not be read.
    pub(crate) unreadable: bool,
    /// What the command wants of the compilation.
    pub(crate) harvest: T,
}

/// What became of all files.
#[derive(Debug)]
pub(crate) struct Fleet<T> {
    /// One for each entry, in their order.
    pub(crate) outcomes: Vec<Outcome<T>>,
    /// The files that were read.
    pub(crate) reads: Reads,
}

/// What one thread has done.
struct Share<T> {
    /// By the numbers of the entries.
    outcomes: Vec<(usize, Outcome<T>)>,
    reads: Reads,
}

/// Compiles every entry on `threads` threads and takes from each compilation what `harvest` wants, on the thread that
/// compiled it: the values of a compilation cannot leave their thread.
///
/// # Errors
/// When standard input cannot be read, a thread cannot be started, or one has panicked.
pub(crate) fn compile_all<T: Send>(
    entries: &[Entry],
    setup: &Setup<'_>,
    threads: usize,
    harvest: impl Fn(&mut Compilation) -> T + Sync,
) -> Result<Fleet<T>, Failure> {
    keep_memory();
    let next = AtomicUsize::new(0);
    let work = || -> Result<Share<T>, Failure> {
        let mut share = Share { outcomes: Vec::new(), reads: Reads::default() };
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(entry) = entries.get(index) else { return Ok(share) };
            let (outcome, reads) = compile(entry, setup, &harvest)?;
            share.reads.add(entry, outcome.jobs, reads);
            share.outcomes.push((index, outcome));
        }
    };
    let Share { outcomes, reads } = thread::scope(|scope| {
        // The first thread works too.
        let others: Vec<_> = (1..threads)
            .map(|_| {
                thread::Builder::new().spawn_scoped(scope, || {
                    gather_memory();
                    with_stack(work)
                })
            })
            .collect::<io::Result<_>>()
            .map_err(|error| Failure::Io("no thread can be started".to_string(), error))?;
        let mut all = with_stack(work)?;
        for other in others {
            let share = other.join().map_err(|_| Failure::Bug)??;
            all.outcomes.extend(share.outcomes);
            all.reads.merge(share.reads);
        }
        Ok::<_, Failure>(all)
    })?;
    Ok(Fleet { outcomes: in_order(outcomes), reads })
}

/// The largest piece, in bytes, for which the C library may be taught not to ask the system each time, or nearly.
const PIECE: usize = 31 << 20;

/// Has the C library keep what it is given back, and take large pieces from it: up to the size of the largest piece that
/// it was ever given back. Pages that were used once need not be asked for again.
fn keep_memory() {
    get_and_give_back(PIECE);
}

/// Has the C library get memory for this thread in one piece, of which only what is used counts. It asks the system for
/// every page of other threads than the first, and all threads wait while the system answers.
fn gather_memory() {
    get_and_give_back(PIECE - (1 << 20));
}

/// Gets memory and gives it back; where there is not enough, the run does without.
fn get_and_give_back(bytes: usize) {
    let mut space: Vec<u8> = Vec::new();
    if space.try_reserve_exact(bytes).is_ok() {
        // Memory that nobody looks at would not be asked for.
        std::hint::black_box(&mut space);
    }
}

fn in_order<T>(mut outcomes: Vec<(usize, Outcome<T>)>) -> Vec<Outcome<T>> {
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// What became of a file, and the files that were read for it.
fn compile<T>(
    entry: &Entry,
    setup: &Setup<'_>,
    harvest: impl Fn(&mut Compilation) -> T,
) -> Result<(Outcome<T>, Vec<PathBuf>), Failure> {
    let settings = setup.settings(entry);
    let session = setup.session(entry, settings.as_ref().as_ref().ok())?;
    let mut compilation = match &*settings {
        Ok(_) => session.compile(setup.name(entry)),
        Err(_) => Compilation::default(),
    };
    // Where not even the file itself was read, there may be more to say.
    let refusal = match compilation.reads.is_empty() {
        false => None,
        true => unreadable(entry, &session)
            .map(|refusal| Refusal { diagnostics: vec![refusal], unreadable: true })
            .or_else(|| settings.as_ref().as_ref().err().cloned()),
    };
    let unreadable = refusal.as_ref().is_some_and(|r| r.unreadable);
    if let Some(refusal) = refusal {
        compilation = Compilation { diagnostics: refusal.diagnostics, ..Compilation::default() };
    } else if let Ok(in_force) = &*settings {
        compilation.reads.extend(in_force.reads.iter().cloned());
    }
    let jobs = compilation.jobs;
    let flags = FlagUse::of(&compilation);
    let harvest = harvest(&mut compilation);
    let Compilation { diagnostics, reads, bundle, .. } = compilation;
    if setup.exits_next {
        std::mem::forget(bundle);
    }
    Ok((Outcome { diagnostics, flags, jobs, unreadable, harvest }, reads))
}

/// Why a file cannot be compiled at all: not for what it says, but because it is not there, or may not be read.
fn unreadable(entry: &Entry, session: &Session) -> Option<Diagnostic> {
    if entry.file == DASH {
        return None;
    }
    let refuse = |why: &str| {
        let message = format!("`{}` cannot be read: {why}", one_line(&entry.file));
        Diagnostic::error(&CANNOT_READ, Span::NONE, message)
    };
    // Opening a pipe would wait for whoever writes to it.
    let looked_at = std::fs::metadata(&entry.file);
    let opened = looked_at.and_then(|meta| match meta.is_file() {
        true => std::fs::File::open(&entry.file).map(|_| meta),
        false => Ok(meta),
    });
    match opened {
        Ok(meta) if meta.is_dir() => {
            Some(refuse("it is a directory").help("`jobc check` and `jobc list` take directories"))
        }
        Ok(meta) if !meta.is_file() => Some(
            refuse("it is not a regular file")
                .help("send the text to standard input and write `-` for the file"),
        ),
        Ok(_) => None,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let siblings = session.loader.siblings(None, &entry.file);
            let near = nearest(&entry.file, siblings.iter().map(String::as_str));
            let refusal = refuse("there is no such file");
            Some(match near {
                Some(near) => refusal.help(format!("did you mean `{}`?", one_line(near))),
                None => refusal,
            })
        }
        Err(error) => Some(refuse(&error.to_string())),
    }
}
