//! The directory of `-o`: locked from before the first file is read until the process ends.

use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use jobc::diagnostics::Diagnostic;
use jobc::diagnostics::codes::emit::WAITING;
use jobc::emit::Refusal;
use jobc::emit::files::{self, Folder};
use jobc::report::one_line;
use jobc::source::Span;

use super::exit::Failure;

/// How often a lock is tried that another run holds.
const RETRY: Duration = Duration::from_millis(25);

/// After how long the user is told about the wait.
const PATIENCE: Duration = Duration::from_secs(1);

/// The directory. While this lives, other runs wait.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(crate) folder: Folder,
    /// What is to be told about what an earlier run left.
    pub(crate) told: Vec<Diagnostic>,
}

impl Destination {
    /// Opens and locks a directory, and completes or undoes what a killed run left there.
    ///
    /// # Errors
    /// When it cannot be opened or locked, or another run holds the lock for longer than `wait`.
    pub(crate) fn open(
        directory: &Path,
        wait: Duration,
        tell: impl FnOnce(&Diagnostic) -> io::Result<()>,
    ) -> Result<Destination, Failure> {
        let folder = locked(directory, wait, tell)?;
        let told = files::recover(&folder).map_err(failure)?.into_iter().collect();
        Ok(Destination { folder, told })
    }
}

fn locked(
    directory: &Path,
    wait: Duration,
    tell: impl FnOnce(&Diagnostic) -> io::Result<()>,
) -> Result<Folder, Failure> {
    let (started, mut tell) = (Instant::now(), Some(tell));
    loop {
        // Opened each time: the run that is waited for may remove or replace the directory.
        let folder = Folder::open(directory).map_err(failure)?;
        if folder.try_lock().map_err(failure)? {
            return Ok(folder);
        }
        let waited = started.elapsed();
        let name = directory.to_string_lossy();
        let name = one_line(&name);
        if waited >= wait {
            let seconds = wait.as_secs();
            let words = format!("`{name}` is in use by another run of jobc, for longer than {seconds} s");
            return Err(Failure::Usage(format!("{words}; nothing was written (--lock-wait)")));
        }
        if waited >= PATIENCE
            && let Some(tell) = tell.take()
        {
            let words = format!("waiting for another run of jobc that uses `{name}`");
            tell(&Diagnostic::notice(&WAITING, Span::NONE, words))?;
        }
        thread::sleep(RETRY.min(wait - waited));
    }
}

/// A refusal before anything was compiled.
fn failure(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Io { what, error } => Failure::Io(what, error),
        Refusal::Input(all) => {
            Failure::Usage(all.into_iter().map(|d| d.message).collect::<Vec<_>>().join("; "))
        }
    }
}
