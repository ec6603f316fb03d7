//! `jobc stubs`: the schema for editors that know Python.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use jobc::emit::stubs;

use super::exit::{Exit, Failure};

/// Writes what Python tools need to know of job files: `__builtins__.pyi` for Pyright and editors with it, and
/// `ruff-aurora.toml` for ruff.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc stubs stubs/    # into a folder of their own")]
pub(crate) struct Stubs {
    /// The directory to write to; made where it is missing
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

impl Stubs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let failure = |path: &Path| {
            let words = format!("{} cannot be written", path.display());
            move |error| Failure::Io(words, error)
        };
        std::fs::create_dir_all(&self.directory).map_err(failure(&self.directory))?;
        type Write = fn(&mut dyn io::Write) -> io::Result<()>;
        let files: [(&str, Write); 2] =
            [("__builtins__.pyi", stubs::write), ("ruff-aurora.toml", stubs::write_ruff)];
        let mut shown = io::stdout().lock();
        for (name, write) in files {
            let path = self.directory.join(name);
            let mut text = Vec::new();
            write(&mut text)?;
            std::fs::write(&path, text).map_err(failure(&path))?;
            writeln!(shown, "wrote {}", path.display())?;
        }
        Ok(Exit::Clean)
    }
}
