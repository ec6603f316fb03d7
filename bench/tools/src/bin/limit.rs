//! `limit BUNDLE` writes a bundle to standard output from values that are there already, and prints the seconds that took
//! on standard error: what no compiler that writes these bytes with serde_json can beat.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::time::Instant;

use serde_json::Value;

/// Bytes to gather before they are written, as jobc gathers them.
const CHUNK: usize = 1 << 18;

fn main() -> ExitCode {
    match limit() {
        Ok(seconds) => {
            eprintln!("{seconds:.6}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("limit: {error}");
            ExitCode::FAILURE
        }
    }
}

fn limit() -> Result<f64, Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("no bundle")?;
    let bundle: Value = serde_json::from_slice(&fs::read(path)?)?;
    let begun = Instant::now();
    // Rust's own standard output would look for ends of lines.
    let to = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let mut out = BufWriter::with_capacity(CHUNK, to);
    serde_json::to_writer_pretty(&mut out, &bundle)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(begun.elapsed().as_secs_f64())
}
