//! `jobc man`: manual pages, from the same definitions as `--help`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clap_mangen::Man as Page;

use super::exit::{Exit, Failure};

/// Prints the manual page, or writes the pages of all commands to a directory.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc man | man -l -
  jobc man /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// Where to write jobc.1, jobc-compile.1 and so on
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        match &self.directory {
            Some(directory) => clap_mangen::generate_to(super::definition(), directory)
                .map_err(|error| Failure::Io(format!("{} cannot be written", directory.display()), error))?,
            None => {
                let mut page = Vec::new();
                Page::new(super::definition()).render(&mut page)?;
                io::stdout().write_all(&page)?;
            }
        }
        Ok(Exit::Clean)
    }
}
