//! Compiling the files of a run, one or ten thousand.

use std::io;
use std::path::PathBuf;

use jobc::diagnostics::codes::output::CANNOT_READ;
use jobc::diagnostics::{Diagnostic, nearest};
use jobc::driver::{Compilation, Part, Refusal, Session, in_parallel, put_together};
use jobc::report::one_line;
use jobc::source::Span;

use super::exit::Failure;
use super::input::Setup;
use super::stdin::DASH;
use super::walk::InputFile;

/// What came of the files.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// What they describe together.
    pub(crate) compilation: Compilation,
    /// Whether one of them could not be read.
    pub(crate) unreadable: bool,
}

/// Compiles files, several at a time, and builds what they describe.
///
/// # Errors
/// When standard input cannot be read, or a thread cannot be started.
pub(crate) fn compile_all(entries: &[InputFile], setup: &Setup<'_>) -> Result<Compiled, Failure> {
    let compile = |number: usize| compile(&entries[number], setup);
    let results = in_parallel(entries.len(), setup.threads(entries.len()), compile)
        .map_err(|error| Failure::Io("no thread can be started".to_string(), error))?;
    let mut unreadable = false;
    let mut parts = Vec::with_capacity(entries.len());
    for (entry, result) in entries.iter().zip(results) {
        let (compilation, is_unreadable) = result?;
        unreadable |= is_unreadable;
        parts.push(Part { path: PathBuf::from(&entry.file), found: entry.below.is_some(), compilation });
    }
    Ok(Compiled { compilation: put_together(parts, &setup.sources), unreadable })
}

/// What one file describes, and whether it could not be read.
fn compile(entry: &InputFile, setup: &Setup<'_>) -> Result<(Compilation, bool), Failure> {
    let settings = setup.settings(entry);
    let (session, _time) = setup.session(entry, settings.as_ref().as_ref().ok())?;
    let mut compilation = match &*settings {
        Ok(_) => session.compile_part(setup.name(entry)),
        Err(_) => Compilation::default(),
    };
    // Where not even the file itself was read, there may be more to say.
    let refusal = match compilation.reads.is_empty() {
        false => None,
        true => unreadable(entry, &session)
            .map(|refusal| Refusal { diagnostics: vec![refusal], unreadable: true })
            .or_else(|| settings.as_ref().as_ref().err().cloned()),
    };
    if let Some(Refusal { diagnostics, unreadable }) = refusal {
        return Ok((Compilation { diagnostics, ..Compilation::default() }, unreadable));
    }
    if let Ok(in_force) = &*settings {
        compilation.reads.extend(in_force.reads.iter().cloned());
    }
    Ok((compilation, false))
}

/// Why a file cannot be compiled at all: not for what it says, but because it is not there, or may not be read.
fn unreadable(entry: &InputFile, session: &Session) -> Option<Diagnostic> {
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
        Ok(meta) if meta.is_dir() => Some(
            refuse("it is a directory").help("`jobc compile`, `jobc check` and `jobc list` take directories"),
        ),
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
