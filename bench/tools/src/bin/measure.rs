//! `measure OUTPUT COMMAND...` runs a command with its standard output in a new file, and prints one line: seconds of
//! wall time, seconds of user and system time, peak resident memory in bytes.
//!
//! The system counts the memory of the process that starts a command as the command's own, up to the moment the command
//! begins. A script's interpreter would hide the peak of small commands; this process takes hardly any.

use std::error::Error;
use std::fs::{self, File};
use std::process::{Command, ExitCode};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

fn main() -> ExitCode {
    match measure() {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("measure: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<String, Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let output = arguments.next().ok_or("no output")?;
    let program = arguments.next().ok_or("no command")?;
    // Emptying an old file takes time, which is not the command's.
    if fs::metadata(&output).is_ok_and(|m| m.is_file()) {
        fs::remove_file(&output)?;
    }
    let file = File::create(&output)?;
    let mut command = Command::new(&program);
    command.args(arguments).stdout(file);
    let begun = Instant::now();
    let status = command.status()?;
    let wall = begun.elapsed();
    if !status.success() {
        return Err(format!("{} ended with {status}", program.display()).into());
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(format!("{:.6} {:.6} {}", wall.as_secs_f64(), cpu as f64 / 1e6, usage.max_rss() * RSS_UNIT))
}

/// Bytes in a unit of `ru_maxrss`: macOS counts bytes, others kilobytes.
const RSS_UNIT: i64 = if cfg!(target_os = "macos") { 1 } else { 1024 };
