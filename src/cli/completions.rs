//! `jobc completions`: scripts that complete commands and flags in a shell.

use std::io::{self, Write};

use clap::Args;
use clap_complete::Shell;

use super::exit::{Exit, Failure};

/// Prints a script that completes commands and flags in a shell.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc completions bash >/etc/bash_completion.d/jobc
  jobc completions zsh >~/.zfunc/_jobc
  jobc completions fish >~/.config/fish/completions/jobc.fish")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        // Written to memory first: the generator panics where a writer fails, as a closed pipe does.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::definition(), "jobc", &mut script);
        io::stdout().write_all(&script)?;
        Ok(Exit::Clean)
    }
}
