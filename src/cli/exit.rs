//! How the process ends.

use std::io::{self, Write};
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::sync::Once;

use jobc::diagnostics::Diagnostic;
use jobc::report::one_line;

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is well.
    Clean,
    /// The input is rejected.
    Problems,
    /// Wrong usage, or a file could not be read or written.
    Trouble,
    /// A bug of ours.
    Bug,
}

impl Exit {
    /// The number that the process ends with.
    pub(crate) fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Problems => 1,
            Exit::Trouble => 2,
            // As Rust programs have it.
            Exit::Bug => 101,
        }
    }

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
        ExitCode::from(exit.code())
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
    /// Tells the user, and gives the exit code. A reader that closed its pipe has read enough: that is not a failure.
    pub(crate) fn report(self) -> Exit {
        let (words, exit) = match self {
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return Exit::Clean,
            Failure::Bug => return Exit::Bug,
            Failure::Usage(words) => (words, Exit::Trouble),
            Failure::Io(what, error) => (format!("{}: {error}", one_line(&what)), Exit::Trouble),
            Failure::Output(error) => (format!("writing the output failed: {error}"), Exit::Trouble),
        };
        // Nobody is left to tell when this cannot be written.
        let _ = writeln!(io::stderr(), "error: {}", one_line(&words));
        exit
    }
}

/// Replaces the report of a panic, which would be one of our own bugs, by one that its reader can act on. The panic
/// itself unwinds to [`failing_on_panic`].
pub(crate) fn report_panics() {
    static REPORTED: Once = Once::new();
    std::panic::set_hook(Box::new(|panic| {
        // One bug may hit several threads.
        REPORTED.call_once(|| {
            let message = panic.payload_as_str().unwrap_or("no message");
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let _ = io::stderr().write_all(bug_report(message, &place).as_bytes());
        });
    }));
}

/// What to say about a bug: the version, and what a report of it needs.
fn bug_report(message: &str, place: &str) -> String {
    format!(
        "Sorry, this is a bug in jobc, not in your file. Nothing was written to the output.\n\
         Please report it. Attach the files that you compiled, the command line, and these lines:\n  \
         jobc {} on {} {}\n  {} ({place})\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        one_line(message),
    )
}

/// Runs a command; a panic in it is [`Failure::Bug`].
///
/// # Errors
/// When the command fails or panics.
pub(crate) fn failing_on_panic(run: impl FnOnce() -> Result<Exit, Failure>) -> Result<Exit, Failure> {
    // Nothing that a panic could leave half changed is used after it.
    std::panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or(Err(Failure::Bug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_as_a_bug() {
        let ending = failing_on_panic(|| panic!("on purpose"));
        assert!(matches!(ending, Err(Failure::Bug)));
        assert_eq!(Failure::Bug.report(), Exit::Bug);
        assert_eq!(ExitCode::from(Exit::Bug), ExitCode::from(101));
    }

    #[test]
    fn the_report_of_a_bug_says_what_to_attach() {
        let report = bug_report("index out of\nbounds", "src/x.rs:1:2");
        let version = format!("jobc {}", env!("CARGO_PKG_VERSION"));
        for part in [&*version, "Attach", "(src/x.rs:1:2)"] {
            assert!(report.contains(part), "{report}");
        }
        assert_eq!(report.lines().count(), 4);
    }
}
