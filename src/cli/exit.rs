//! How the process ends.

use std::io::{self, Write};
use std::process::ExitCode;

use jobc::diagnostics::Diagnostic;
use jobc::report::one_line;

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is well.
    Clean,
    /// The input is refused.
    Problems,
    /// Wrong usage, or a file could not be read or written.
    Trouble,
    /// A bug of ours.
    Bug,
}

/// The exit code of a panic, as Rust programs have it.
const EXIT_OF_A_BUG: u8 = 101;

impl Exit {
    /// The exit code of a report; `unreadable` where a file that was named could not be read.
    pub(crate) fn of(all: &[Diagnostic], unreadable: bool) -> Exit {
        match all.iter().any(Diagnostic::is_error) {
            true if unreadable => Exit::Trouble,
            true => Exit::Problems,
            false => Exit::Clean,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Clean => 0,
            Exit::Problems => 1,
            Exit::Trouble => 2,
            Exit::Bug => EXIT_OF_A_BUG,
        })
    }
}

/// Why a command could not do its work; not to be confused with mistakes in the input.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments do not fit together; what to do instead.
    Usage(String),
    /// Something could not be read or written.
    Io(String, io::Error),
    /// Reading or writing failed on the way to standard output.
    Output(io::Error),
    /// A thread panicked; the panic was reported.
    Bug,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

impl Failure {
    /// Tells the user, and gives the exit code. A reader that closed its pipe has read enough: that is no failure.
    pub(crate) fn report(self) -> Exit {
        let (words, exit) = match self {
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return Exit::Clean,
            Failure::Bug => return Exit::Bug,
            Failure::Usage(words) => (words, Exit::Trouble),
            Failure::Io(what, error) => (format!("{}: {error}", one_line(&what)), Exit::Trouble),
            Failure::Output(error) => (format!("writing the output failed: {error}"), Exit::Trouble),
        };
        // Nobody is left to tell when this cannot be written.
        let _ = writeln!(io::stderr(), "error: {words}");
        exit
    }
}

/// Replaces the report of a panic, which would be one of our own bugs, by something that its reader can act on. The
/// process ends with it.
pub(crate) fn apologise_for_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let payload = panic.payload();
        let words = payload
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("no words");
        let place = panic.location().map(|l| format!(" ({}:{})", l.file(), l.line())).unwrap_or_default();
        let _ = writeln!(
            io::stderr(),
            "Sorry: jobc has come to a point that it should never reach. This is a bug in jobc, not in your file.\n\
             Please report it, if you can together with the file, and with this line:\n  \
             jobc {} on {} {}: {}{place}",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
            one_line(words),
        );
        #[expect(clippy::disallowed_methods, reason = "the process would end anyway, but by a signal")]
        std::process::exit(EXIT_OF_A_BUG.into());
    }));
}
