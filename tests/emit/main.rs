//! The emit stage from outside: what it writes, read back by other means.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

mod files;
mod killed;
mod one;
#[cfg(unix)]
mod owners;
#[cfg(unix)]
mod process;
mod readable;
#[cfg(unix)]
mod runs;
mod samples;
mod schema;
#[cfg(unix)]
mod site;
mod tree;
mod wire;
