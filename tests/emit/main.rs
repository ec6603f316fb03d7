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
mod samples;
mod schema;
mod tree;
mod wire;
