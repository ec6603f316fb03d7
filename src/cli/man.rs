//! `jobc man`: manual pages, from the same definitions as `--help`.

use std::fs;
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
        let mut jobc = super::definition().disable_help_subcommand(true);
        jobc.build();
        let Some(directory) = &self.directory else {
            io::stdout().write_all(page(jobc)?.1.as_bytes())?;
            return Ok(Exit::Clean);
        };
        let write = || -> io::Result<()> {
            fs::create_dir_all(directory)?;
            for command in jobc.get_subcommands().chain([&jobc]) {
                let (name, text) = page(command.clone())?;
                fs::write(directory.join(name), text)?;
            }
            Ok(())
        };
        write()
            .map_err(|error| Failure::Io(format!("`{}` cannot be written", directory.display()), error))?;
        Ok(Exit::Clean)
    }
}

/// The page of a command: the name of its file, and its text.
fn page(command: clap::Command) -> io::Result<(String, String)> {
    let page = Page::new(command).source(concat!("jobc ", env!("CARGO_PKG_VERSION"))).manual("jobc");
    let mut text = Vec::new();
    page.render(&mut text)?;
    Ok((page.get_filename(), with_examples(&String::from_utf8_lossy(&text))))
}

/// Gives the examples a section of that name, line by line as they are to be typed.
fn with_examples(text: &str) -> String {
    let Some((head, rest)) = text.split_once(".SH EXTRA\nExamples:\n") else { return text.to_string() };
    let end = rest.find(".SH ").unwrap_or(rest.len());
    let (examples, tail) = rest.split_at(end);
    format!("{head}.SH EXAMPLES\n.nf\n{}\n.fi\n{tail}", examples.trim_end())
}
