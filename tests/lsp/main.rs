//! Tests of `jobc lsp`, with a client of our own that speaks to the program.
//!
//! | file | what it tests |
//! |---|---|
//! | `fixtures.rs` | the folders of `tests/editor`: what requests give, at places that comments point to |
//! | `sessions.rs` | what editors do one after the other: edits, saves, files that come and go |
//! | `agreement.rs` | that the server reports what `jobc check` reports, for every conformance case, and after random edits |
//! | `client.rs` | the client |
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and say so by panicking"
)]

mod agreement;
mod client;
mod fixtures;
mod sessions;
mod show;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = fixtures::trials();
    trials.extend(sessions::trials());
    trials.extend(agreement::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A file or folder of the project.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A test that panics where it fails.
fn trial(name: impl Into<String>, test: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        test();
        Ok(())
    })
}
