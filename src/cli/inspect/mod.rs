//! `jobc inspect`: a summary of each job for people.

mod plan;
mod summary;

use std::io::{self, Write};

use clap::Args;
use jobc::diagnostics::Diagnostic;

use super::exit::{Exit, Failure};
use super::fleet::compile_all;
use super::input::InputFlags;
use super::report::{ReportFlags, Stream, settle};
use super::walk::Entry;

/// Shows what each job of a file is: processes in the order of the plan, resources, ports, constraints, the update
/// policy, the executor. No scheduler is needed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jobc inspect hello_world.aurora
  jobc inspect fleet.aurora --job west/www/prod/web --bind tag=1.4.2")]
pub(crate) struct Inspect {
    /// A job file; `-` is standard input
    #[arg(value_name = "FILE")]
    file: String,
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    report: ReportFlags,
}

impl Inspect {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let levels = self.report.levels()?;
        let entries = [Entry::named(&self.file)];
        let setup = self.input.setup()?;
        let mut texts = Vec::new();
        let mut raw = Vec::new();
        let mut unreadable = false;
        for outcome in compile_all(&entries, &setup, 1, |c| summary::of(&c.bundle, &setup.sources))? {
            unreadable |= outcome.unreadable;
            texts.push(outcome.harvest);
            raw.extend(outcome.diagnostics);
        }
        let all = settle(raw, &setup.sources, &levels, []);
        if !all.iter().any(Diagnostic::is_error) {
            io::stdout().write_all(texts.concat().as_bytes())?;
        }
        self.report.write(&all, &setup.sources, Stream::Stderr)?;
        Ok(Exit::of(&all, unreadable))
    }
}
