//! The command line: one file per subcommand, with its arguments and `run`; what they share stands beside them.
//!
//! | question | file |
//! |---|---|
//! | flags about what goes in | `input.rs`, `budgets.rs` |
//! | flags about what comes out, and writing it | `output.rs`, `destination.rs`, `depfile.rs` |
//! | flags about the report, and writing it | `report_flags.rs` |
//! | which project a file belongs to, and what holds there | `projects.rs` |
//! | compiling the files of a run | `files.rs` |
//! | time and memory of a run | `watchdog.rs`, `process.rs` |
//! | variables that files may read | `environment.rs` |
//! | flags that come to nothing | `flags_used.rs` |
//! | files below a directory | `walk.rs` |
//! | executors files of the scheduler | `executors.rs` |
//! | outputs on a terminal | `terminal.rs` |
//! | text on standard input | `stdin.rs` |
//! | who submits the jobs | `user.rs` |
//! | exit codes, our own failures | `exit.rs` |

mod budgets;
mod check;
mod compile;
mod completions;
mod config;
mod depfile;
mod destination;
mod environment;
mod executors;
mod exit;
mod explain;
mod files;
mod flags_used;
mod ignored;
mod import;
mod input;
mod inspect;
mod list;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod output;
mod process;
mod projects;
mod reply;
mod report_flags;
mod schema;
mod stdin;
mod stubs;
mod terminal;
mod user;
mod walk;
mod watchdog;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use exit::{Exit, Failure};

/// Compiles Apache Aurora job files: unmodified `.aurora` text in, what the scheduler takes out.
///
/// Exit codes: 0 all is well; 1 the input is rejected; 2 wrong usage, or a file could not be read or written;
/// 101 a bug of jobc.
#[derive(Debug, Parser)]
#[command(
    name = "jobc",
    version,
    arg_required_else_help = true,
    after_help = "Examples:
  jobc compile job.aurora    # the jobs, as the scheduler takes them
  jobc check .               # every mistake in every file below
  jobc list .                # which jobs are where
  jobc explain E0104         # what a diagnostic means

`jobc COMMAND --help` has more."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Compile(compile::Compile),
    Check(check::Check),
    List(list::List),
    Inspect(inspect::Inspect),
    Import(import::Import),
    Reply(reply::Reply),
    Explain(explain::Explain),
    Config(config::Config),
    #[cfg(feature = "lsp")]
    Lsp(lsp::Lsp),
    Schema(schema::Schema),
    Stubs(stubs::Stubs),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    /// Whether it is run for what it prints. `check` is run for its exit code too.
    fn prints(&self) -> bool {
        match self {
            Command::Compile(command) => command.prints(),
            Command::Check(_) | Command::Reply(_) => false,
            _ => true,
        }
    }

    fn run(&self) -> Result<Exit, Failure> {
        if self.prints() && process::output_is_closed() {
            let words =
                "standard output is closed; send it to a file, or to /dev/null opened for writing only";
            return Err(Failure::Usage(words.to_string()));
        }
        match self {
            Command::Compile(command) => command.run(),
            Command::Check(command) => command.run(),
            Command::List(command) => command.run(),
            Command::Inspect(command) => command.run(),
            Command::Import(command) => command.run(),
            Command::Reply(command) => command.run(),
            Command::Explain(command) => command.run(),
            Command::Config(command) => command.run(),
            #[cfg(feature = "lsp")]
            Command::Lsp(command) => command.run(),
            Command::Schema(command) => command.run(),
            Command::Stubs(command) => command.run(),
            Command::Completions(command) => command.run(),
            Command::Man(command) => command.run(),
        }
    }
}

/// The definition of the whole command line, for completions and man pages.
fn definition() -> clap::Command {
    Cli::command()
}

/// Runs the command that the process was started with.
pub(crate) fn main() -> ExitCode {
    exit::report_panics();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let printed = error.print();
            let asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            let exit = match printed {
                Err(unwritten) if asked_for => Failure::Output(unwritten).report(),
                _ if asked_for => Exit::Clean,
                _ => Exit::Trouble,
            };
            return exit.into();
        }
    };
    match exit::failing_on_panic(|| cli.command.run()) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.report().into(),
    }
}
