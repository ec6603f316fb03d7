//! What the server asks of the program that runs it: files, settings, time.

use std::any::Any;
use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostic;
use crate::driver::Session;
use crate::levels::Levels;

/// What a client may set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Names bound in the templates of every job, as `--bind`.
    pub bind: Vec<(String, String)>,
    /// The user who submits jobs, as `--user`.
    pub user: Option<String>,
}

/// The program that runs the server.
pub trait Host: Sync {
    /// The disk as it is now: nothing that an earlier look has read is kept.
    fn look<'h>(&'h self, settings: &Settings) -> Box<dyn Disk + 'h>;
    /// Which lints are reported, and as what.
    fn levels(&self) -> &Levels;
}

/// The disk at one moment.
pub trait Disk: Sync {
    /// A session for a file, which may read what is below a directory.
    fn session(&self, file: &Path, below: Option<&Path>) -> Opened;
    /// The job files below a directory, sorted, but for what `.gitignore` leaves out and for hidden ones.
    fn job_files(&self, directory: &Path) -> Vec<PathBuf>;
}

/// A session for a file.
pub struct Opened {
    /// Compiles it.
    pub session: Session,
    /// What is wrong with the settings of its project. Then it is not compiled.
    pub refused: Vec<Diagnostic>,
    /// The settings files that were read, or looked for.
    pub reads: Vec<PathBuf>,
    /// The time of the compile, which ends when this is dropped.
    pub time: Box<dyn Any>,
}
